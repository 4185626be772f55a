import type { Certificate } from './certificate.ts';
import { isAtMost } from './exact.ts';
import { recheckCertificates } from './recheckCertificates.ts';

/** Both sides of an inequality or equation, and what it may be wrong by. Numbers may stand as texts. */
export interface Comparison {
  readonly left: number | string;
  readonly relation: string;
  readonly right: number | string;
  readonly tolerance: { readonly value: number | string };
}
/** A claim or sabotage as it was judged: its verdict and the instance nearest to the other one. */
export interface Judged {
  readonly verdict: string;
  readonly instances: number;
  readonly histogram: readonly number[];
  readonly falseAlarmRate: number | string;
  readonly worst: { readonly comparison: Comparison; readonly tightness: number | string } | null;
}
/** A claim, the claims that it rests on, and its sabotages. */
export interface Claim extends Judged {
  readonly id: string;
  readonly uses: readonly string[];
  readonly green: boolean;
  readonly sabotages: readonly (Judged & { readonly name: string })[];
  readonly weak?: boolean;
  readonly nulls?: readonly Null[];
  readonly strata?: readonly { readonly name: string }[];
  readonly trivial?: number;
  readonly hypothesisUnmet?: number;
  readonly gaveUp?: number;
}
/** A trivial method under a claim's comparisons, and the share of the instances that it passes. */
export interface Null {
  readonly name: string;
  readonly verdict: string;
  readonly share: number | string;
}
/** A published number beside the one that was measured. */
export interface Observation {
  readonly id: string;
  readonly reported: number | string;
  readonly measured: number | string;
  readonly tolerance: { readonly value: number | string };
  readonly verdict: string;
}
/** The part of an evidence file that is checked again. */
export interface RecheckedEvidence {
  readonly claims: readonly Claim[];
  readonly observations: readonly Observation[];
  readonly falseAlarm: { readonly budget: number | string; readonly spent: number | string };
  readonly certificates?: readonly Certificate[];
  readonly provenance?: {
    readonly commit: string;
    readonly dirty: boolean;
    readonly inputs: string;
    readonly profile: string;
    readonly runs: number | null;
  };
}

/** What checking again found. */
export interface Recheck {
  /** Inequalities evaluated again without rounding. */
  readonly inequalities: number;
  /** Certificates by kind, all of which were checked. */
  readonly certificates: Readonly<Record<string, number>>;
  /** One line for each place where the evidence contradicts itself, or a certificate does not show what it says. */
  readonly problems: readonly string[];
}

/**
 * Checks that evidence says of itself what its own numbers say: worst instances hold where claims hold and fail
 * where they are refuted, green follows from verdicts and from what claims rest on, counts add up, published numbers
 * agree exactly where they are called reproduced, and the false-alarm budget is kept. Certificates are checked from
 * their points, edges and matrices.
 *
 * It shares no code with what wrote the evidence and compares in exact arithmetic. Of an instance without a
 * certificate it cannot know whether the two sides were computed rightly: the replay commands are for that.
 */
export function recheckEvidence({
  claims,
  observations,
  falseAlarm,
  certificates = [],
}: RecheckedEvidence): Recheck {
  const problems: string[] = [];
  let inequalities = 0;
  const judged = claims.flatMap((claim) => [
    { name: claim.id, of: claim as Judged },
    ...claim.sabotages.map((sabotage) => ({ name: `${claim.id}, ${sabotage.name}`, of: sabotage as Judged })),
  ]);
  for (const { name, of } of judged) {
    if (of.worst !== null) inequalities++;
    problems.push(...contradictions(of).map((text) => `${name}: ${text}`));
  }
  problems.push(...greenProblems(claims));
  for (const { id, reported, measured, tolerance, verdict } of observations) {
    inequalities++;
    const agrees = near(Number(measured), Number(reported), Number(tolerance.value));
    if (agrees === (verdict === 'not-reproduced' || verdict === 'differs'))
      problems.push(`${id}: called ${verdict}, and its numbers differ from that`);
    // As large as the number itself, or 1, a tolerance would let anything be reproduced.
    if (!(Number(tolerance.value) <= Math.max(1, Math.abs(Number(reported)))))
      problems.push(`${id}: a tolerance of ${tolerance.value} for ${reported}`);
  }
  const rates = claims.map(({ falseAlarmRate }) => Number(falseAlarmRate));
  const spent = rates.reduce((sum, rate) => sum + rate, 0);
  // The specs of the instruments spend a share of their own, so the total may be more than the claims' but not less.
  const said = Number(falseAlarm.spent);
  if (!(said >= spent * (1 - rates.length * Number.EPSILON))) {
    problems.push(`false alarms: ${said} reported as spent, the claims alone spend ${spent}`);
  }
  if (!(said <= Number(falseAlarm.budget))) problems.push(`false alarms: ${said} is over the budget`);
  const checked = recheckCertificates(
    certificates,
    claims.map(({ id }) => id),
  );
  const kinds: Record<string, number> = {};
  for (const { kind } of certificates) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    inequalities: inequalities + checked.inequalities,
    certificates: kinds,
    problems: [...problems, ...checked.problems],
  };
}

function contradictions({ verdict, instances, histogram, worst }: Judged): string[] {
  const found: string[] = [];
  const counted = histogram.reduce((sum, count) => sum + count, 0);
  if (counted !== instances) found.push(`${instances} instances, but the histogram counts ${counted}`);
  if ((verdict === 'holds' || verdict === 'refuted') && (worst === null || instances === 0)) {
    return [...found, `${verdict} without an instance`];
  }
  if (worst === null) return found;
  const holds = exactlyHolds(worst.comparison);
  if (verdict === 'holds' && !holds) found.push('holds, but its worst instance fails');
  if (verdict === 'refuted' && holds) found.push('refuted, but its counterexample does not fail');
  if (holds !== Number(worst.tightness) <= 1)
    found.push(`tightness ${worst.tightness} is on the wrong side of 1`);
  return found;
}

/** A comparison may be decided wrongly by the one rounding of evaluating it; that much is granted. */
function exactlyHolds({ left, relation, right, tolerance }: Comparison): boolean {
  const [l, r, t] = [Number(left), Number(right), Number(tolerance.value)];
  const size = Math.max(Math.abs(l), Math.abs(r), t);
  const slack = Number.isFinite(size) ? t + 2 * Number.EPSILON * size : t;
  switch (relation) {
    case '≤':
      return isAtMost(l, r, slack);
    case '≥':
      return isAtMost(r, l, slack);
    default:
      return near(l, r, slack);
  }
}

function near(a: number, b: number, slack: number): boolean {
  return isAtMost(a, b, slack) && isAtMost(b, a, slack);
}

/** Works `weak` and `green` out anew, from the roots upwards. */
function greenProblems(claims: readonly Claim[]): string[] {
  const known = new Map<string, boolean>();
  const isSound = (id: string, above: readonly string[]): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const claim = claims.find((each) => each.id === id);
    if (claim === undefined || above.includes(id)) return false;
    const sound =
      claim.verdict === 'holds' &&
      claim.sabotages.every(({ verdict }) => verdict === 'refuted') &&
      (claim.nulls ?? []).every(({ verdict }) => verdict !== 'inconclusive');
    const result = sound && claim.uses.every((parent) => isSound(parent, [...above, id]));
    known.set(id, result);
    return result;
  };
  return claims.flatMap(({ id, green, weak = false, nulls = [] }) => {
    const passed = nulls.some(({ verdict }) => verdict === 'passes');
    const problems = nulls
      .filter(
        ({ verdict, share }) => verdict !== 'inconclusive' && Number(share) > 0.5 !== (verdict === 'passes'),
      )
      .map(({ name, verdict }) => `${id}: the null ${name} is called ${verdict}, which does not follow`);
    if (weak !== passed) problems.push(`${id}: called ${weak ? '' : 'not '}weak, which does not follow`);
    // A weak claim is not green, and what rests on it may be.
    if (green !== (isSound(id, []) && !passed))
      problems.push(`${id}: called ${green ? '' : 'not '}green, which does not follow`);
    return problems;
  });
}
