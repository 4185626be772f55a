import { z } from 'zod';
import { exhibitShape } from './exhibit.ts';
import { judgementShape } from './judgement.ts';

export const partShape = z.object({
  id: z.string(),
  /** Absent: the claim itself. */
  sabotage: z.string().exactOptional(),
  /** Names of all sabotages, so that a missing part is noticed. */
  sabotages: z.array(z.string()).readonly(),
  judgement: judgementShape,
  exhibit: exhibitShape,
  milliseconds: z.number(),
  /** Spec file, relative to the project. */
  file: z.string(),
});

/** What one test tells the reporter, as text in its metadata: text survives every channel unchanged. */
export type ClaimPart = z.output<typeof partShape>;

/** Reads a part from the text of a test's metadata or of a journal. */
export function readPart(text: string): ClaimPart {
  return partShape.parse(JSON.parse(text));
}

/** Claim parts that an interrupted run finished, as the text of their metadata, by `partKey`. */
export type FinishedParts = Readonly<Record<string, string>>;

/** Names one test of a claim: the claim itself, or one of its sabotages. */
export function partKey({ id, sabotage }: Pick<ClaimPart, 'id' | 'sabotage'>): string {
  return sabotage === undefined ? id : `${id}: ${sabotage}`;
}
