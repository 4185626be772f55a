import type { ClaimPart } from './part.ts';

/** Claim parts that an interrupted run finished, as the text of their metadata, by `partKey`. */
export type FinishedParts = Readonly<Record<string, string>>;

/** Names one test of a claim: the claim itself, or one of its sabotages. */
export function partKey({ id, sabotage }: Pick<ClaimPart, 'id' | 'sabotage'>): string {
  return sabotage === undefined ? id : `${id}: ${sabotage}`;
}
