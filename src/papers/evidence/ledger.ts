import { ancestors, type Catalogue, type CatalogueEntry, type Hypothesis } from '../claims/catalogue.ts';
import { instrumentFalseAlarmRate, suiteFalseAlarmRate } from '../claims/falseAlarms.ts';
import { encodeNumbers } from '../claims/numbers.ts';
import type { Settings } from '../claims/settings.ts';
import {
  type ClaimEvidence,
  type Evidence,
  evidenceVersion,
  type NullEvidence,
  type Provenance,
  type SabotageEvidence,
} from './evidence.ts';
import type { Witness } from './shape/comparison.ts';
import type { ClaimPart } from './shape/part.ts';

const unjudged = {
  instances: 0,
  trivial: 0,
  hypothesisUnmet: 0,
  gaveUp: 0,
  trials: 0,
  tightness: 0,
  worst: null,
  histogram: [],
  strata: [],
  comparisons: [],
  falseAlarmRate: 0,
  seed: 0,
  replay: '',
};
const unjudgedSabotage = { comparison: '', share: 0, leastShare: 0, drops: '', restored: null };
const unjudgedNull = {
  verdict: 'inconclusive',
  reason: 'did not run',
  comparisons: [],
  share: 0,
  instances: 0,
  draws: 0,
  strata: [],
} as const;

/**
 * Puts the parts that the tests reported together into the evidence of one run, in catalogue order.
 *
 * Guarantee: `green` exactly where the verdict is `holds`, every named sabotage was judged and refuted, every null was
 * judged and none passes more than half of the instances, and all of this but for the nulls is so of every ancestor. A stated claim that did not report is `inconclusive`. The result does not depend on the order
 * of the parts.
 */
export function assembleEvidence(
  catalogue: Catalogue,
  parts: readonly ClaimPart[],
  settings: Settings,
  provenance: Provenance,
  badInputs: Evidence['badInputs'] = {},
): Evidence {
  const byId = new Map(catalogue.entries.map((entry) => [entry.id, entry]));
  const alone = catalogue.entries.map((entry) =>
    claimEvidence(entry, parts, settings, catalogue.accepted?.[entry.id]?.reason ?? ''),
  );
  const sound = new Set(alone.filter(({ blockedBy }) => blockedBy.length === 0).map(({ id }) => id));
  const claims = alone.map((claim): ClaimEvidence => {
    const unsound = [...ancestors(claim.id, byId)].filter((parent) => !sound.has(parent)).sort();
    const blockedBy = [...claim.blockedBy, ...unsound.map((parent) => `rests on ${parent}`)];
    return { ...claim, blockedBy, green: blockedBy.length === 0 && !claim.weak };
  });
  const order = new Map(catalogue.entries.map(({ id }, index) => [id, index]));
  const exhibits = parts.filter(isClaim).sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return {
    schemaVersion: evidenceVersion,
    paper: catalogue.paper,
    provenance,
    timings: Object.fromEntries(claims.map(({ id }) => [id, millisecondsOf(id, parts)])),
    falseAlarm: {
      budget: suiteFalseAlarmRate,
      spent: claims.reduce((total, { falseAlarmRate }) => total + falseAlarmRate, instrumentFalseAlarmRate),
    },
    claims,
    observations: exhibits.flatMap(({ exhibit }) => exhibit.observations),
    charts: exhibits.flatMap(({ exhibit }) => exhibit.charts),
    certificates: exhibits.flatMap(({ exhibit }) => exhibit.certificates ?? []),
    badInputs,
  };
}

/** The command that judges one instance again. */
export function replayCommand(
  id: string,
  { profile, seed, runs }: Pick<Settings, 'profile' | 'seed'> & { readonly runs?: number | null | undefined },
  witness: Witness | null,
  sabotage?: string,
): string {
  const words = ['npm run verify --', '--claim', id, '--profile', profile, '--seed', quote(seed)];
  if (runs) words.push('--runs', String(runs));
  if (sabotage !== undefined) words.push('--sabotage', quote(sabotage));
  if (witness !== null) words.push('--replay', quote(encodeNumbers(witness.instance)));
  return words.join(' ');
}

/** Quotes a word for a POSIX shell where it needs it. */
function quote(word: string): string {
  return /^[\w.,:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function claimEvidence(
  entry: CatalogueEntry,
  parts: readonly ClaimPart[],
  settings: Settings,
  accepted: string,
): ClaimEvidence {
  const { id, kind, label, title, statement, unstated, uses } = entry;
  const own = parts.filter((part) => part.id === id);
  const claim = own.find(isClaim);
  const hypotheses = entry.hypotheses.map(({ words, shownBy }) => ({
    words,
    shownBy,
    needed: parts.some((part) => showsNeed(part, shownBy)),
  }));
  const about = { id, kind, label, title, statement, hypotheses, uses, accepted };
  if (claim === undefined) {
    const verdict = unstated === undefined ? 'inconclusive' : 'unstated';
    return {
      ...about,
      file: '',
      ...unjudged,
      verdict,
      reason: unstated ?? 'did not run',
      weak: false,
      green: false,
      blockedBy: [verdict],
      sabotages: [],
      nulls: [],
    };
  }
  const sabotages = claim.sabotages.map((name) => sabotageEvidence(id, own, name, settings));
  const nulls = (claim.nulls ?? []).map((name) => nullEvidence(own, name));
  const blockedBy: string[] = claim.judgement.verdict === 'holds' ? [] : [claim.judgement.verdict];
  for (const { name, verdict } of sabotages)
    if (verdict !== 'refuted') blockedBy.push(`sabotage not refuted: ${name}`);
  for (const { name, verdict } of nulls)
    if (verdict === 'inconclusive') blockedBy.push(`null not judged: ${name}`);
  return {
    ...about,
    file: claim.file,
    ...claim.judgement,
    replay: replayCommand(id, settings, claim.judgement.worst),
    weak: nulls.some(({ verdict }) => verdict === 'passes'),
    green: false,
    blockedBy,
    sabotages,
    nulls,
  };
}

type Own<K extends 'sabotage' | 'nullMethod'> = Extract<ClaimPart, { readonly [key in K]: string }>;

function isClaim(part: ClaimPart): part is Exclude<ClaimPart, Own<'sabotage'> | Own<'nullMethod'>> {
  return part.sabotage === undefined && part.nullMethod === undefined;
}

function sabotageEvidence(
  id: string,
  own: readonly ClaimPart[],
  name: string,
  settings: Settings,
): SabotageEvidence {
  const part = own.find((each): each is Own<'sabotage'> => each.sabotage === name);
  if (part === undefined)
    return { name, ...unjudged, ...unjudgedSabotage, verdict: 'inconclusive', reason: 'did not run' };
  const { judgement } = part;
  return { name, ...judgement, replay: replayCommand(id, settings, judgement.worst, name) };
}

function nullEvidence(own: readonly ClaimPart[], name: string): NullEvidence {
  const part = own.find((each): each is Own<'nullMethod'> => each.nullMethod === name);
  return { name, ...(part?.judgement ?? unjudgedNull) };
}

/** Whether a part is the refuted sabotage that drops a hypothesis, restored. */
function showsNeed(part: ClaimPart, shownBy: Hypothesis['shownBy']): boolean {
  return (
    shownBy !== null &&
    part.id === shownBy.id &&
    part.sabotage === shownBy.sabotage &&
    part.judgement.verdict === 'refuted' &&
    part.judgement.restored !== null
  );
}

function millisecondsOf(id: string, parts: readonly ClaimPart[]): number {
  return parts.filter((part) => part.id === id).reduce((total, { milliseconds }) => total + milliseconds, 0);
}
