import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fs, path } from 'zx';
import type { Survivor } from '../../src/papers/evidence/mutationRecord.ts';

type Change = Pick<Survivor, 'file' | 'text' | 'becomes'>;

/** Why each mutant that nothing notices is no gap in the suite, or which gap it showed, by `mutantKey`. */
const explanations = z
  .record(
    z.string(),
    z.strictObject({ file: z.string(), text: z.string(), becomes: z.string(), because: z.string().min(1) }),
  )
  .parse(fs.readJsonSync(path.join(import.meta.dirname, '../../fixtures/mutation/explained.json')));

/**
 * Names a mutant by what it changes into what: neither the folder of its file, nor its line, nor how the formatter
 * breaks it matters.
 */
export function mutantKey({ file, text, becomes }: Change): string {
  const bare = (code: string): string => code.replace(/\s+/g, '');
  const identity = [path.basename(file), bare(text), bare(becomes)].join('\n');
  return createHash('sha256').update(identity).digest('hex').slice(0, 12);
}

/** The committed reason why a mutant survives; undefined where there is none. */
export function explanationOf(change: Change): string | undefined {
  return explanations[mutantKey(change)]?.because;
}
