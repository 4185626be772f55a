import type { ClaimEvidence, Evidence, SabotageEvidence } from './evidence.ts';

/** What a reader is told of a claim: its verdict, with `holds` split by whether it is green. */
export type Status =
  | 'green'
  | 'weak'
  | 'blocked'
  | 'refuted'
  | 'vacuous'
  | 'inconclusive'
  | 'not-run'
  | 'unstated';

/** How one status is shown: by a sign, a word and an outline, so that no one has to tell colours apart. */
export interface StatusLook {
  readonly sign: string;
  readonly word: string;
  /** Outline of the claim's node, as Graphviz attributes. */
  readonly outline: Readonly<Record<string, string>>;
  /** Colour of the badge. */
  readonly colour: string;
  /** What the status means. */
  readonly meaning: string;
}

/** The look of every status, best first. */
export const statusLooks: Readonly<Record<Status, StatusLook>> = {
  green: {
    sign: '✓',
    word: 'holds',
    outline: { shape: 'box', style: 'rounded' },
    colour: '#2e7d32',
    meaning:
      'held on every instance tried, each of its sabotages was refuted, and both are true of every claim it rests on',
  },
  weak: {
    sign: '≈',
    word: 'holds, weak',
    outline: { shape: 'box', style: 'rounded,dashed' },
    colour: '#8a6d00',
    meaning: 'held on every instance tried, but a trivial method satisfies it on most of them too',
  },
  blocked: {
    sign: '!',
    word: 'holds, not green',
    outline: { shape: 'box', peripheries: '2' },
    colour: '#b3541e',
    meaning:
      'held on every instance tried, but a sabotage was not refuted or a claim it rests on is not green',
  },
  refuted: {
    sign: '✗',
    word: 'refuted',
    outline: { shape: 'octagon' },
    colour: '#b71c1c',
    meaning: 'an instance was found on which it fails',
  },
  vacuous: {
    sign: '∅',
    word: 'vacuous',
    outline: { shape: 'note' },
    colour: '#8a6d00',
    meaning: 'a class of instances was never drawn, or too few instances met the hypotheses',
  },
  inconclusive: {
    sign: '?',
    word: 'inconclusive',
    outline: { shape: 'ellipse' },
    colour: '#8a6d00',
    meaning: 'interrupted, or a method gave up too often',
  },
  'not-run': {
    sign: '○',
    word: 'not run',
    outline: { shape: 'ellipse', style: 'dashed' },
    colour: '#b71c1c',
    meaning: 'stated, but its test did not come to its end',
  },
  unstated: {
    sign: '–',
    word: 'unstated',
    outline: { shape: 'box', style: 'dashed' },
    colour: '#616161',
    meaning: 'in the paper, without a test here; the reason is given',
  },
};

/** All statuses, best first. */
export const statuses = Object.keys(statusLooks) as readonly Status[];

/** The status of a claim. */
export function statusOf({
  verdict,
  green,
  weak,
  blockedBy,
  file,
}: Pick<ClaimEvidence, 'verdict' | 'green' | 'weak' | 'blockedBy' | 'file'>): Status {
  if (verdict === 'inconclusive' && file === '') return 'not-run';
  if (verdict !== 'holds') return verdict;
  if (green) return 'green';
  return weak && blockedBy.length === 0 ? 'weak' : 'blocked';
}

/** Whether the sabotage was caught, which is what a sabotage is for. */
export function isCaught({ verdict }: Pick<SabotageEvidence, 'verdict'>): boolean {
  return verdict === 'refuted';
}

/** How a published number compares with the one measured, as a report shows it. */
export type ObservationStatus = Evidence['observations'][number]['verdict'];

/** How the comparison with a published or derived number is shown; worst last. */
export const observationLooks: Readonly<Record<ObservationStatus, Omit<StatusLook, 'outline'>>> = {
  agrees: {
    sign: '✓',
    word: 'agrees',
    colour: '#2e7d32',
    meaning: 'our number agrees with one that is derived, not published',
  },
  reproduced: {
    sign: '✓',
    word: 'reproduced',
    colour: '#2e7d32',
    meaning: 'our number agrees with the published one within the stated difference',
  },
  qualified: {
    sign: '~',
    word: 'qualified',
    colour: '#8a6d00',
    meaning: 'our number agrees, and something has to be said about it',
  },
  differs: {
    sign: '≠',
    word: 'differs',
    colour: '#b3541e',
    meaning: 'our number differs from one that is derived, not published',
  },
  'not-reproduced': {
    sign: '≠',
    word: 'not reproduced',
    colour: '#b3541e',
    meaning: 'our number differs from the published one by more than the stated difference',
  },
};

/** Whether a published number did not reproduce: said beside the verdict on its claim wherever that stands. */
export function hasMismatch(observations: readonly { readonly verdict: ObservationStatus }[]): boolean {
  return observations.some(({ verdict }) => verdict === 'not-reproduced');
}

/** All verdicts on published numbers, best first. */
export const observationStatuses = Object.keys(observationLooks) as readonly ObservationStatus[];
