import type { RecheckedEvidence } from './recheckEvidence.ts';
import type { StatedClaim } from './statedClaims.ts';

/**
 * Finds what the specs state and evidence leaves out, or has more of than can be: claims, sabotages, nulls, strata,
 * instances.
 *
 * @returns one sentence for each problem
 */
export function manifestProblems(
  { claims, provenance }: RecheckedEvidence,
  stated: readonly StatedClaim[],
): string[] {
  const known = new Set(stated.map(({ id }) => id));
  const problems = claims
    .filter(({ id, verdict }) => verdict !== 'unstated' && !known.has(id))
    .map(({ id }) => `${id}: no spec states it`);
  for (const { id, sabotages, nulls, strata, instances } of stated) {
    const found = claims.filter((claim) => claim.id === id);
    const [claim] = found;
    if (claim === undefined || found.length > 1) {
      problems.push(`${id}: ${claim === undefined ? 'not run' : 'there twice'}`);
      continue;
    }
    if (claim.verdict === 'unstated') problems.push(`${id}: called unstated, and a spec states it`);
    // Of a claim that is not decided nothing is promised.
    if (claim.verdict === 'inconclusive') continue;
    const lists = [
      ['sabotage', sabotages, claim.sabotages],
      ['null', nulls, claim.nulls ?? []],
      ['stratum', strata, claim.strata ?? []],
    ] as const;
    for (const [what, names, got] of lists) {
      for (const name of names)
        if (!got.some((each) => each.name === name)) problems.push(`${id}: ${what} not run: ${name}`);
    }
    const most = provenance?.runs ?? instances[provenance?.profile ?? ''] ?? Number.POSITIVE_INFINITY;
    const drawn = claim.instances + (claim.trivial ?? 0) + (claim.hypothesisUnmet ?? 0) + (claim.gaveUp ?? 0);
    if (!(drawn <= most)) problems.push(`${id}: ${drawn} instances, of ${most} that are drawn`);
  }
  return problems;
}
