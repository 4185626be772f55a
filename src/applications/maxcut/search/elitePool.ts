import type { Sides } from '../graph/cut.ts';

/** A cut that is worth returning from. */
export interface Elite {
  readonly sides: Sides;
  readonly cut: number;
}

/**
 * Adds a cut to a pool of good and different ones.
 *
 * A cut within one percent of the vertices of a member replaces that member if it is no worse; otherwise it fills a
 * free place, or that of the worst member if it is no worse than that.
 *
 * @param pool at most `capacity` members; not written to
 * @returns the new pool, best first, newest first among equals
 */
export function withElite(pool: readonly Elite[], candidate: Elite, capacity: number): readonly Elite[] {
  const near = pool.findIndex(
    (member) => distance(member.sides, candidate.sides) * 100 < candidate.sides.length,
  );
  const rest = pool.filter((_, index) => index !== near);
  if (near >= 0 && pool[near].cut > candidate.cut) return pool;
  return [candidate, ...rest].sort((a, b) => b.cut - a.cut).slice(0, capacity);
}

/** In how many vertices two cuts differ, at best over flipping one of them. */
export function distance(a: Sides, b: Sides): number {
  let same = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) same++;
  return Math.min(same, a.length - same);
}
