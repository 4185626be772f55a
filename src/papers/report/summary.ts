import type { ClaimEvidence, Evidence, SabotageEvidence } from '../evidence/evidence.ts';
import {
  isCaught,
  type ObservationStatus,
  observationStatuses,
  type Status,
  statuses,
  statusOf,
} from '../evidence/status.ts';
import { counted, grouped, percentage } from './wording.ts';

/** The numbers of a whole run. */
export interface Summary {
  readonly claims: number;
  readonly byStatus: Readonly<Record<Status, number>>;
  readonly instances: number;
  readonly trials: number;
  readonly sabotages: number;
  readonly sabotagesCaught: number;
  readonly byObservation: Readonly<Record<ObservationStatus, number>>;
  readonly milliseconds: number;
}

/** Adds up the claims, sabotages and observations of a run; sabotages' instances and trials are not counted in. */
export function summarize({ claims, observations, timings }: Evidence): Summary {
  const sabotages = claims.flatMap((claim) => claim.sabotages);
  return {
    claims: claims.length,
    byStatus: tally(statuses, claims.map(statusOf)),
    instances: total(claims.map(({ instances }) => instances)),
    trials: total(claims.map(({ trials }) => trials)),
    sabotages: sabotages.length,
    sabotagesCaught: sabotages.filter(isCaught).length,
    byObservation: tally(
      observationStatuses,
      observations.map(({ verdict }) => verdict),
    ),
    milliseconds: total(Object.values(timings)),
  };
}

/** Whether everything that was stated is green. */
export function isSuiteGreen({ byStatus, claims }: Summary): boolean {
  return byStatus.green > 0 && byStatus.green + byStatus.unstated === claims;
}

/** One sentence of verdict on the whole run. */
export function headline(summary: Summary): string {
  const { byStatus, claims, byObservation } = summary;
  const parts = [`${grouped(byStatus.green)} of ${counted(claims, 'claim')} hold on everything we tried`];
  if (byStatus.weak > 0)
    parts.push(`${grouped(byStatus.weak)} ${byStatus.weak === 1 ? 'holds' : 'hold'} weakly`);
  if (byStatus.refuted > 0) parts.push(`${grouped(byStatus.refuted)} ${are(byStatus.refuted)} refuted`);
  if (byStatus.blocked > 0)
    parts.push(
      `${grouped(byStatus.blocked)} ${byStatus.blocked === 1 ? 'holds' : 'hold'} without being green`,
    );
  const open = byStatus.vacuous + byStatus.inconclusive;
  if (open > 0) parts.push(`${grouped(open)} ${are(open)} undecided`);
  if (byStatus['not-run'] > 0)
    parts.push(`${grouped(byStatus['not-run'])} ${byStatus['not-run'] === 1 ? 'was' : 'were'} not run`);
  if (byStatus.unstated > 0) parts.push(`${grouped(byStatus.unstated)} ${are(byStatus.unstated)} not tested`);
  const differing = byObservation['not-reproduced'];
  const compared = differing + byObservation.qualified + byObservation.reproduced;
  const numbers =
    compared === 0
      ? ''
      : ` Of ${counted(compared, 'published number')}, ${differing === 0 ? 'all were reproduced' : `${grouped(differing)} did not reproduce`}.`;
  return `${listed(parts)}.${numbers}`;
}

/** What became of a claim, in one or two sentences. */
export function verdictInWords(claim: ClaimEvidence): string {
  const caught = claim.sabotages.filter(isCaught).length;
  const sabotages = `${caught} of ${counted(claim.sabotages.length, 'sabotage')} refuted.`;
  switch (statusOf(claim)) {
    case 'green':
      return `Held on all ${counted(claim.instances, 'instance')} tried${trialsText(claim)}; ${sabotages}`;
    case 'weak':
      return `Held on all ${counted(claim.instances, 'instance')} tried${trialsText(claim)}, but says little: ${passed(claim)}.`;
    case 'blocked':
      return `Held on all ${counted(claim.instances, 'instance')} tried${trialsText(claim)}, but is not green: ${claim.blockedBy.join('; ')}.`;
    case 'refuted':
      return `Fails. ${sentence(claim.reason)}`;
    case 'vacuous':
      return `Says too little to count: ${sentence(claim.reason)}`;
    case 'inconclusive':
      return `Not decided: ${sentence(claim.reason)}`;
    case 'not-run':
      return 'Not run: its test did not come to its end.';
    case 'unstated':
      return `Not tested here. ${sentence(claim.reason)}`;
  }
}

/** How much of what it must a sabotage broke, in a sentence. */
export function howCaught({ comparison, share, leastShare, instances }: SabotageEvidence): string {
  if (comparison === '') return `Judged on ${counted(instances, 'instance')}.`;
  return `It must break "${comparison}" on at least ${percentage(leastShare)} of the instances, and broke it on ${percentage(share)}.`;
}

/** The trivial methods that satisfy a claim on most of its instances, in words. */
function passed({ nulls }: ClaimEvidence): string {
  return nulls
    .filter(({ verdict }) => verdict === 'passes')
    .map(({ name, share }) => `${name} satisfies it on ${percentage(share)} of the instances`)
    .join('; ');
}

function trialsText({ trials }: ClaimEvidence): string {
  return trials > 0 ? ` (${counted(trials, 'random trial')})` : '';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function tally<K extends string>(keys: readonly K[], values: readonly K[]): Record<K, number> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const value of values) counts[value]++;
  return counts;
}
