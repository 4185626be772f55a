import type { Survivor } from '../../src/report/mutationRecord.ts';

/** Why a mutant that nothing notices is no gap in the suite, or which gap it shows. */
interface Explanation extends Pick<Survivor, 'file' | 'text' | 'becomes'> {
  readonly because: string;
}

const explanations: readonly Explanation[] = [];

/** The committed reason why a mutant survives, by what it changes and not by where its line has moved to. */
export function explanationOf({ file, text, becomes }: Omit<Explanation, 'because'>): string | undefined {
  return explanations.find((each) => each.file === file && each.text === text && each.becomes === becomes)
    ?.because;
}
