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
    if (agrees === (verdict === 'not-reproduced'))
      problems.push(`${id}: called ${verdict}, and its numbers differ from that`);
  }
  const rates = claims.map(({ falseAlarmRate }) => Number(falseAlarmRate));
  const spent = rates.reduce((sum, rate) => sum + rate, 0);
  // The specs of the instruments spend a share of their own, so the total may be more than the claims' but not less.
  const said = Number(falseAlarm.spent);
  if (!(said >= spent * (1 - rates.length * Number.EPSILON))) {
    problems.push(`false alarms: ${said} said to be spent, the claims alone spend ${spent}`);
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

/** Works `green` out anew, from the roots upwards. */
function greenProblems(claims: readonly Claim[]): string[] {
  const green = new Map<string, boolean>();
  const isGreen = (id: string, above: readonly string[]): boolean => {
    const known = green.get(id);
    if (known !== undefined) return known;
    const claim = claims.find((each) => each.id === id);
    if (claim === undefined || above.includes(id)) return false;
    const sound = claim.verdict === 'holds' && claim.sabotages.every(({ verdict }) => verdict === 'refuted');
    const result = sound && claim.uses.every((parent) => isGreen(parent, [...above, id]));
    green.set(id, result);
    return result;
  };
  return claims
    .filter(({ id, green: said }) => isGreen(id, []) !== said)
    .map(({ id, green: said }) => `${id}: said to be ${said ? '' : 'not '}green, which does not follow`);
}
