import { z } from 'zod';
import { exhibitShape } from './exhibit.ts';
import { judgementShape, nullJudgementShape, sabotageJudgementShape } from './judgement.ts';

const absent = z.never().exactOptional();
const about = {
  id: z.string(),
  /** Names of all sabotages and nulls, so that a missing part is noticed. */
  sabotages: z.array(z.string()).readonly(),
  nulls: z.array(z.string()).readonly().exactOptional(),
  exhibit: exhibitShape,
  milliseconds: z.number(),
  /** Spec file, relative to the project. */
  file: z.string(),
};

export const partShape = z.union([
  z.strictObject({ ...about, sabotage: absent, nullMethod: absent, judgement: judgementShape }),
  z.strictObject({ ...about, sabotage: z.string(), nullMethod: absent, judgement: sabotageJudgementShape }),
  z.strictObject({ ...about, sabotage: absent, nullMethod: z.string(), judgement: nullJudgementShape }),
]);

/** What one test tells the reporter, as text in its metadata: text survives every channel unchanged. */
export type ClaimPart = z.output<typeof partShape>;

/** Reads a part from the text of a test's metadata or of a journal. */
export function readPart(text: string): ClaimPart {
  return partShape.parse(JSON.parse(text));
}

/** Claim parts that an interrupted run finished, as the text of their metadata, by `partKey`. */
export type FinishedParts = Readonly<Record<string, string>>;

/** Which test of a claim: the claim itself, one of its sabotages or one of its nulls. */
export interface PartName {
  readonly id: string;
  readonly sabotage?: string;
  readonly nullMethod?: string;
}

/** Names one test of a claim. */
export function partKey({ id, sabotage, nullMethod }: PartName): string {
  if (sabotage !== undefined) return `${id}: ${sabotage}`;
  return nullMethod === undefined ? id : `${id}, null: ${nullMethod}`;
}

/** What is wrong with a part, in the words in which it can be accepted; undefined where nothing is. */
export function problemOf(
  part: Pick<ClaimPart, 'sabotage' | 'nullMethod' | 'judgement'>,
): string | undefined {
  const { sabotage, nullMethod } = part;
  const { verdict } = part.judgement;
  if (sabotage !== undefined) return verdict === 'refuted' ? undefined : `sabotage not refuted: ${sabotage}`;
  if (nullMethod === undefined) return verdict === 'holds' ? undefined : verdict;
  if (verdict === 'fails') return undefined;
  return verdict === 'passes' ? `passed by: ${nullMethod}` : `null not judged: ${nullMethod}`;
}
