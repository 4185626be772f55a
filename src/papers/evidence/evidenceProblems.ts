import { ancestors, type Catalogue, type CatalogueEntry } from '../claims/catalogue.ts';
import { margin } from '../claims/comparison.ts';
import type { Profile } from '../claims/settings.ts';
import type { ClaimEvidence, Evidence } from './evidence.ts';

/** A claim as its spec states it. */
export interface StatedClaim {
  readonly id: string;
  readonly sabotages: readonly string[];
  readonly nulls: readonly string[];
  readonly strata: readonly string[];
  /** How many instances it is judged on, by profile. */
  readonly instances: ReadonlyMap<Profile, number>;
}

/**
 * Finds where evidence says more than the catalogue, the specs and its own numbers allow: a claim that is not there,
 * fewer sabotages, nulls or strata than are stated, more instances than are drawn, green that does not follow from
 * verdicts, a verdict that its worst instance contradicts, a published number called reproduced that is not.
 *
 * @returns one sentence for each problem; empty for whatever a run of these specs can have written
 */
export function evidenceProblems(
  evidence: Evidence,
  catalogue: Catalogue,
  stated: readonly StatedClaim[],
): string[] {
  const byId = new Map(evidence.claims.map((claim) => [claim.id, claim]));
  const known = new Set(catalogue.entries.map(({ id }) => id));
  return [
    ...catalogue.entries.flatMap((entry) => {
      const claim = byId.get(entry.id);
      if (claim === undefined) return [`${entry.id}: not run`];
      const own = stated.find(({ id }) => id === entry.id);
      const problems = [
        ...entryProblems(claim, entry),
        ...(own === undefined ? [] : statementProblems(claim, own, evidence.provenance)),
        ...judgementProblems(claim),
      ];
      return problems.map((problem) => `${entry.id}: ${problem}`);
    }),
    ...evidence.claims
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => `${id}: not a claim of the catalogue`),
    ...greenProblems(byId),
    ...evidence.observations.flatMap(observationProblems),
    ...(evidence.falseAlarm.spent <= evidence.falseAlarm.budget ? [] : ['false alarms: over the budget']),
  ];
}

/**
 * Finds what keeps claims from being green, or makes them weak, and is not in the catalogue's list of what is accepted.
 *
 * @returns one sentence for each problem; what a claim only inherits from one that it rests on is told of that one
 */
export function unacceptedProblems({ claims }: Evidence, { accepted = {} }: Catalogue): string[] {
  return claims.flatMap(({ id, verdict, blockedBy, nulls }) => {
    if (verdict === 'unstated') return [];
    const own = blockedBy.filter((each) => !each.startsWith('rests on '));
    const passed = nulls.filter((each) => each.verdict === 'passes').map(({ name }) => `passed by: ${name}`);
    const known = accepted[id]?.problems ?? [];
    return [...own, ...passed].filter((each) => !known.includes(each)).map((each) => `${id}: ${each}`);
  });
}

/** What the catalogue says of a claim has to be what the evidence says. */
function entryProblems({ uses, verdict }: ClaimEvidence, entry: CatalogueEntry): string[] {
  const problems: string[] = [];
  if (uses.join() !== entry.uses.join()) problems.push(`rests on ${entry.uses.join(', ') || 'nothing'}`);
  if ((verdict === 'unstated') !== (entry.unstated !== undefined)) problems.push(`called ${verdict}`);
  return problems;
}

/** What a spec states has to be in the evidence, unless the claim is not said to have been judged. */
function statementProblems(
  claim: ClaimEvidence,
  stated: StatedClaim,
  { profile, runs }: Evidence['provenance'],
): string[] {
  if (claim.verdict === 'inconclusive') return [];
  const named = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);
  const missing = (what: string, names: readonly string[], got: readonly string[]): string[] =>
    names.filter((name) => !got.includes(name)).map((name) => `${what} not run: ${name}`);
  const problems = [
    ...missing('sabotage', stated.sabotages, named(claim.sabotages)),
    ...missing('null', stated.nulls, named(claim.nulls)),
    ...missing('stratum', stated.strata, named(claim.strata)),
  ];
  const most = runs ?? stated.instances.get(profile) ?? Number.POSITIVE_INFINITY;
  const drawn = claim.instances + claim.trivial + claim.hypothesisUnmet + claim.gaveUp;
  if (drawn > most) problems.push(`${drawn} instances, of ${most} that are drawn`);
  return problems;
}

/** The numbers of a judgement have to lead to its verdict. */
function judgementProblems({ sabotages, ...claim }: ClaimEvidence): string[] {
  const judged = [{ name: '', of: claim }, ...sabotages.map((of) => ({ name: `${of.name}: `, of }))];
  return judged.flatMap(({ name, of: { verdict, worst, instances, histogram } }) => {
    const problems: string[] = [];
    const counted = histogram.reduce((sum, count) => sum + count, 0);
    if (counted !== instances) problems.push(`${instances} instances, of which ${counted} are shown`);
    const decided = verdict === 'holds' || verdict === 'refuted';
    if (decided && worst === null) problems.push(`${verdict} without an instance`);
    if (decided && worst !== null && margin(worst.comparison) >= 0 !== (verdict === 'holds'))
      problems.push(`called ${verdict}, which its worst instance contradicts`);
    return problems.map((problem) => `${name}${problem}`);
  });
}

function isSound({ verdict, sabotages, nulls }: ClaimEvidence): boolean {
  return (
    verdict === 'holds' &&
    sabotages.every((each) => each.verdict === 'refuted') &&
    nulls.every((each) => each.verdict !== 'inconclusive')
  );
}

/** Weak and green have to follow from what claims, sabotages and nulls are called, and from all that a claim rests on. */
function greenProblems(byId: ReadonlyMap<string, ClaimEvidence>): string[] {
  return [...byId.values()].flatMap((claim) => {
    const { id, weak, green, nulls } = claim;
    const passed = nulls.some(({ verdict }) => verdict === 'passes');
    const rests = [...ancestors(id, byId)].every((parent) => {
      const ancestor = byId.get(parent);
      return ancestor !== undefined && isSound(ancestor);
    });
    const problems: string[] = [];
    for (const { name, verdict, share } of nulls) {
      const passes = share > 0.5;
      if (verdict !== 'inconclusive' && passes !== (verdict === 'passes'))
        problems.push(`${id}: the null ${name} called ${verdict} at ${share}`);
    }
    if (weak !== passed) problems.push(`${id}: called ${weak ? '' : 'not '}weak`);
    if (green !== (isSound(claim) && rests && !passed))
      problems.push(`${id}: called ${green ? '' : 'not '}green`);
    return problems;
  });
}

/** A tolerance as large as the number itself, or 1, would let anything be reproduced. */
function observationProblems({
  id,
  verdict,
  origin,
  reported,
  measured,
  tolerance,
}: Evidence['observations'][number]): string[] {
  const problems: string[] = [];
  const agrees = Math.abs(measured - reported) <= tolerance.value;
  if (agrees !== (verdict !== 'not-reproduced' && verdict !== 'differs'))
    problems.push(`${id}: called ${verdict}`);
  if (!(tolerance.value <= Math.max(1, Math.abs(reported))))
    problems.push(`${id}: within ${tolerance.value}`);
  if ((origin.kind === 'derived') !== (verdict === 'agrees' || verdict === 'differs'))
    problems.push(`${id}: ${origin.kind}, and called ${verdict}`);
  return problems;
}
