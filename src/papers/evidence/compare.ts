import type { ClaimEvidence, Evidence } from './evidence.ts';
import { observationStatuses, statuses, statusOf } from './status.ts';

/** A claim or published number whose verdict is another one now. */
export interface VerdictChange {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly worse: boolean;
}

/** A claim that holds in both runs and whose worst instance came closer to failing. */
export interface ShrunkMargin {
  readonly id: string;
  /** Share of the allowance that the worst instance used. */
  readonly before: number;
  readonly after: number;
}

/** How long a claim took. */
export interface SpeedRatio {
  readonly id: string;
  readonly before: number;
  readonly after: number;
  /** Old time over new time: above 1 is faster now. */
  readonly ratio: number;
}

/** What is different between two runs. */
export interface EvidenceChanges {
  /** What makes the two hard to compare: other machine, profile, seed. */
  readonly differences: readonly string[];
  readonly verdicts: readonly VerdictChange[];
  readonly observations: readonly VerdictChange[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly shrunk: readonly ShrunkMargin[];
  readonly speeds: readonly SpeedRatio[];
  /** Geometric mean of the ratios; 1 where there are none. */
  readonly speed: number;
}

/** Claims faster than this in both runs are left out of the ratios: their times are mostly the clock's. */
const shortestTimed = 20;

/** Compares an earlier run with a later one. */
export function compareEvidence(before: Evidence, after: Evidence): EvidenceChanges {
  const old = new Map(before.claims.map((claim) => [claim.id, claim]));
  const now = new Map(after.claims.map((claim) => [claim.id, claim]));
  const both = after.claims.flatMap((claim): [ClaimEvidence, ClaimEvidence][] => {
    const earlier = old.get(claim.id);
    return earlier === undefined ? [] : [[earlier, claim]];
  });
  const speeds = both.flatMap(([{ id }]) => speedRatio(id, before.timings[id] ?? 0, after.timings[id] ?? 0));
  const logs = speeds.reduce((sum, { ratio }) => sum + Math.log(ratio), 0);
  return {
    differences: differences(before, after),
    verdicts: both.flatMap(([a, b]) => change(a.id, statusOf(a), statusOf(b), statuses)),
    observations: observationChanges(before, after),
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    shrunk: both
      .filter(([a, b]) => a.verdict === 'holds' && b.verdict === 'holds' && b.tightness > a.tightness)
      .map(([a, b]) => ({ id: a.id, before: a.tightness, after: b.tightness }))
      .sort((a, b) => (1 - a.after) / (1 - a.before) - (1 - b.after) / (1 - b.before)),
    speeds,
    speed: speeds.length > 0 ? Math.exp(logs / speeds.length) : 1,
  };
}

/** Whether anything is worse: a claim fell to a lesser status, or a claim is gone. */
export function hasRegressed({ verdicts, removed }: EvidenceChanges): boolean {
  return removed.length > 0 || verdicts.some(({ worse }) => worse);
}

function change<S extends string>(id: string, before: S, after: S, order: readonly S[]): VerdictChange[] {
  if (before === after) return [];
  return [{ id, before, after, worse: order.indexOf(after) > order.indexOf(before) }];
}

function observationChanges(before: Evidence, after: Evidence): VerdictChange[] {
  const key = ({ id, quantity }: Evidence['observations'][number]): string => `${id}: ${quantity}`;
  const old = new Map(before.observations.map((each) => [key(each), each.verdict]));
  return after.observations.flatMap((each) => {
    const earlier = old.get(key(each));
    return earlier === undefined ? [] : change(key(each), earlier, each.verdict, observationStatuses);
  });
}

function speedRatio(id: string, before: number, after: number): SpeedRatio[] {
  if (Math.max(before, after) < shortestTimed || before <= 0 || after <= 0) return [];
  return [{ id, before, after, ratio: before / after }];
}

function differences({ provenance: a }: Evidence, { provenance: b }: Evidence): string[] {
  const names = ['profile', 'seed', 'runs', 'backend', 'cpu', 'cores', 'os', 'node'] as const;
  return names.filter((name) => a[name] !== b[name]).map((name) => `${name}: ${a[name]}, now ${b[name]}`);
}
