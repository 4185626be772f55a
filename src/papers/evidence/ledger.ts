import { ancestors, type Catalogue, type CatalogueEntry } from '../claims/catalogue.ts';
import { instrumentFalseAlarmRate, suiteFalseAlarmRate } from '../claims/falseAlarms.ts';
import { encodeNumbers } from '../claims/numbers.ts';
import type { Settings } from '../claims/settings.ts';
import {
  type ClaimEvidence,
  type Evidence,
  evidenceVersion,
  type Provenance,
  type SabotageEvidence,
} from './evidence.ts';
import type { Witness } from './shape/comparison.ts';
import type { ClaimPart } from './shape/part.ts';

const unjudged = {
  instances: 0,
  hypothesisUnmet: 0,
  gaveUp: 0,
  trials: 0,
  tightness: 0,
  worst: null,
  histogram: [],
  coverage: {},
  falseAlarmRate: 0,
  seed: 0,
  replay: '',
};

/**
 * Puts the parts that the tests reported together into the evidence of one run, in catalogue order.
 *
 * Guarantee: `green` exactly where the verdict is `holds`, every named sabotage was judged and refuted, and every
 * ancestor is green. A stated claim that did not report is `inconclusive`. The result does not depend on the order
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
  const alone = catalogue.entries.map((entry) => claimEvidence(entry, parts, settings));
  const sound = new Set(alone.filter(({ blockedBy }) => blockedBy.length === 0).map(({ id }) => id));
  const claims = alone.map((claim): ClaimEvidence => {
    const unsound = [...ancestors(claim.id, byId)].filter((parent) => !sound.has(parent)).sort();
    const blockedBy = [...claim.blockedBy, ...unsound.map((parent) => `rests on ${parent}`)];
    return { ...claim, blockedBy, green: blockedBy.length === 0 };
  });
  const order = new Map(catalogue.entries.map(({ id }, index) => [id, index]));
  const exhibits = parts
    .filter(({ sabotage }) => sabotage === undefined)
    .sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
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
): ClaimEvidence {
  const { id, kind, label, title, statement, unstated } = entry;
  const own = parts.filter((part) => part.id === id);
  const claim = own.find(({ sabotage }) => sabotage === undefined);
  const about = {
    id,
    kind,
    label,
    title,
    statement,
    hypotheses: entry.hypotheses,
    uses: entry.uses,
  };
  if (claim === undefined) {
    const verdict = unstated === undefined ? 'inconclusive' : 'unstated';
    const reason = unstated ?? 'did not run';
    return {
      ...about,
      file: '',
      ...unjudged,
      verdict,
      reason,
      green: false,
      blockedBy: [verdict],
      sabotages: [],
    };
  }
  const sabotages = claim.sabotages.map((name): SabotageEvidence => {
    const part = own.find(({ sabotage }) => sabotage === name);
    if (part === undefined) return { name, ...unjudged, verdict: 'inconclusive', reason: 'did not run' };
    return {
      name,
      ...part.judgement,
      replay: replayCommand(id, settings, part.judgement.worst, name),
    };
  });
  const blockedBy: string[] = claim.judgement.verdict === 'holds' ? [] : [claim.judgement.verdict];
  for (const { name, verdict } of sabotages)
    if (verdict !== 'refuted') blockedBy.push(`sabotage not refuted: ${name}`);
  return {
    ...about,
    file: claim.file,
    ...claim.judgement,
    replay: replayCommand(id, settings, claim.judgement.worst),
    green: false,
    blockedBy,
    sabotages,
  };
}

function millisecondsOf(id: string, parts: readonly ClaimPart[]): number {
  return parts.filter((part) => part.id === id).reduce((total, { milliseconds }) => total + milliseconds, 0);
}
