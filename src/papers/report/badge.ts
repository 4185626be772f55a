import { makeBadge } from 'badge-maker';
import type { Evidence } from '../evidence/evidence.ts';
import {
  hasMismatch,
  observationLooks,
  observationStatuses,
  statusLooks,
  statusOf,
} from '../evidence/status.ts';
import { isSuiteGreen, summarize } from './summary.ts';
import { shortened, xmlSafe } from './wording.ts';

/** The JSON that badge services read from an endpoint. */
export interface Badge {
  readonly schemaVersion: 1;
  readonly label: string;
  readonly message: string;
  readonly color: string;
}

/** A badge under the name of its file. */
export interface NamedBadge {
  readonly name: string;
  readonly badge: Badge;
}

/**
 * Makes all badges of a run: `suite`, one per claim under its id, and `reproduction.<id>` for each claim whose
 * exhibit holds published numbers against ours.
 *
 * Guarantee: a function of ids, labels and verdicts alone, so that committed badges change only when a verdict does.
 *
 * @throws RangeError where two badges would have the same file name.
 */
export function badgesOf(evidence: Evidence): readonly NamedBadge[] {
  const mismatched = mismatchedClaims(evidence);
  const claims = evidence.claims.map((claim): NamedBadge => {
    const status = statusOf(claim);
    const { word, colour } = statusLooks[status];
    if (status !== 'green' || !mismatched.has(claim.id))
      return { name: claim.id, badge: badge(claim.label, word, colour) };
    const { colour: warning } = observationLooks['not-reproduced'];
    return { name: claim.id, badge: badge(claim.label, `${word}, ≠ number`, warning) };
  });
  const reproductions = evidence.claims.flatMap((claim): NamedBadge[] => {
    const verdicts = observationsOf(evidence, claim.id).map(({ verdict }) => verdict);
    const worst = observationStatuses.findLast((status) => verdicts.includes(status));
    if (worst === undefined) return [];
    const { word, colour } = observationLooks[worst];
    return [{ name: `reproduction.${claim.id}`, badge: badge(claim.label, word, colour) }];
  });
  const badges = [{ name: 'suite', badge: suiteBadge(evidence) }, ...claims, ...reproductions];
  const names = badges.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RangeError(`badges: expected one badge named ${twice}, got two`);
  return badges;
}

/** The published numbers that belong to a claim: those whose longest matching claim id is the claim's. */
export function observationsOf(evidence: Evidence, id: string): Evidence['observations'] {
  return evidence.observations.filter((observation) => ownerOf(evidence, observation.id) === id);
}

/** Ids of the claims with a published number that did not reproduce. */
export function mismatchedClaims(evidence: Evidence): ReadonlySet<string> {
  return new Set(
    evidence.claims.map(({ id }) => id).filter((id) => hasMismatch(observationsOf(evidence, id))),
  );
}

/** The id of the claim that an observation belongs to; undefined where there is none. */
export function ownerOf({ claims }: Evidence, observationId: string): string | undefined {
  let owner: string | undefined;
  for (const { id } of claims) {
    if (observationId !== id && !observationId.startsWith(`${id}.`)) continue;
    if (owner === undefined || id.length > owner.length) owner = id;
  }
  return owner;
}

/** Draws a badge as SVG. */
export function badgeSvg({ label, message, color }: Badge): string {
  return makeBadge({ label, message, color });
}

function suiteBadge(evidence: Evidence): Badge {
  const summary = summarize(evidence);
  const { green, weak, refuted, unstated } = summary.byStatus;
  const stated = summary.claims - unstated;
  const held = `${green} of ${stated} hold${weak > 0 ? `, ${weak} weakly` : ''}`;
  const message = refuted > 0 ? `${refuted} of ${stated} refuted` : held;
  const status = isSuiteGreen(summary) ? 'green' : refuted > 0 ? 'refuted' : 'inconclusive';
  return badge('claims', message, statusLooks[status].colour);
}

function badge(label: string, message: string, color: string): Badge {
  return { schemaVersion: 1, label: shortened(xmlSafe(label), 60), message, color };
}
