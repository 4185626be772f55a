import type { ClaimEvidence, Evidence, SabotageEvidence } from '../evidence/evidence.ts';
import type { Judgement } from '../evidence/shape/judgement.ts';
import { observationLooks, statusOf } from '../evidence/status.ts';
import { originText, readable } from './wording.ts';

/** Widths that add up to at most 80 columns with the mark and the gaps. */
const widths = { id: 38, verdict: 13, instances: 11, tightness: 10 };

/** Head of the table of claims; at most 80 columns wide. */
export function tableHeader(): string {
  return `\n  ${line('claim', 'verdict', 'instances', 'tightness')}`;
}

/** One claim's own row, before its ancestors are known, and a further line for each sabotage not refuted. */
export function tableRow(claim: ClaimEvidence): string {
  const unsound = claim.blockedBy.filter((problem) => !problem.startsWith('rests on'));
  const sign = unsound.length > 0 ? '✗' : claim.weak ? '≈' : '✓';
  const verdict = claim.weak && claim.verdict === 'holds' ? 'holds, weak' : claim.verdict;
  const rows = [`${sign} ${line(claim.id, verdict, grouped(claim.instances), tightnessText(claim))}`];
  if (claim.verdict !== 'holds' && claim.verdict !== 'unstated')
    rows.push(`    ${claim.reason}`, `    ${claim.replay}`);
  for (const sabotage of claim.sabotages) {
    if (sabotage.verdict !== 'refuted') rows.push(`    not refuted: ${sabotage.name} (${sabotage.reason})`);
  }
  for (const { name, verdict, share, reason } of claim.nulls) {
    if (verdict === 'passes') rows.push(`    passed by: ${name} (on ${Math.round(100 * share)} %)`);
    if (verdict === 'inconclusive') rows.push(`    null not judged: ${name} (${reason})`);
  }
  if (claim.accepted !== '') rows.push(`    accepted: ${claim.accepted}`);
  return rows.join('\n');
}

/** Counts over all claims, and what is not green though it was stated. */
export function tableSummary({ claims, observations, falseAlarm }: Evidence): string {
  const green = claims.filter((claim) => claim.green).length;
  const weak = claims.filter((claim) => statusOf(claim) === 'weak').length;
  const unstated = claims.filter(({ verdict }) => verdict === 'unstated').length;
  const instances = claims.reduce((total, claim) => total + claim.instances, 0);
  const sabotages = claims.flatMap((claim) => claim.sabotages);
  const refuted = sabotages.filter(({ verdict }) => verdict === 'refuted').length;
  const counted = (verdict: string): number => observations.filter((each) => each.verdict === verdict).length;
  const rows = [
    `\n${green} of ${claims.length} claims green, ${weak} weak, ${unstated} unstated; ${grouped(instances)} instances; ${refuted} of ${sabotages.length} sabotages refuted`,
    `observations: ${counted('reproduced')} reproduced, ${counted('qualified')} qualified, ${counted('not-reproduced')} not reproduced`,
    `false alarms: ${falseAlarm.spent.toExponential(1)} of ${falseAlarm.budget.toExponential(1)} a run`,
  ];
  for (const claim of claims) {
    if (!claim.green && claim.verdict !== 'unstated')
      rows.push(
        `not green: ${claim.id}: ${[...claim.blockedBy, ...(claim.weak ? ['weak'] : [])].join('; ')}`,
      );
  }
  return rows.join('\n');
}

/** A number of the paper beside ours, in two lines. */
export function observationText(observation: Evidence['observations'][number]): string {
  const { quantity, reported, measured, verdict, origin } = observation;
  const { sign, word } = observationLooks[verdict];
  const theirs = `${readable(reported)} (${originText(origin)})`;
  return `${sign} ${quantity}\n    reported ${theirs}, measured ${readable(measured)}: ${word}`;
}

/** Everything that is known of one judged instance. */
export function replayText({
  verdict,
  reason,
  worst,
}: Pick<Judgement, 'verdict' | 'reason' | 'worst'>): string {
  if (worst === null) return `${verdict}: ${reason}`;
  const { what, left, relation, right, tolerance, numbers } = worst.comparison;
  return [
    `${verdict}: ${what}`,
    `  ${left} ${relation} ${right}, tolerance ${tolerance.value} (${tolerance.because})`,
    `  margin ${worst.margin}, tightness ${worst.tightness}`,
    ...Object.entries(numbers).map(([name, value]) => `  ${name} = ${value}`),
  ].join('\n');
}

/** Tightness in four significant digits; a refuted claim's is above 1. */
export function tightnessText({
  tightness,
  instances,
}: Pick<SabotageEvidence, 'tightness' | 'instances'>): string {
  if (instances === 0) return '–';
  return Number.isFinite(tightness) ? tightness.toPrecision(4) : '∞';
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

function line(id: string, verdict: string, instances: string, tightness: string): string {
  return [
    id.padEnd(widths.id),
    verdict.padEnd(widths.verdict),
    instances.padStart(widths.instances),
    tightness.padStart(widths.tightness),
  ].join(' ');
}
