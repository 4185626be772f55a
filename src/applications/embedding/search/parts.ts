import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { PointFrame } from '../points/pairBlocks.ts';
import type { PointSet } from '../points/points.ts';
import type { WorkingPairs } from '../points/workingPairs.ts';

/** Fewest and most points of a part: distances of so many are remembered. */
const [fewest, most] = [300, 8000] as const;

/** Multiplications of plain passes in a second, about. */
const perSecond = 2e9;

/** How many points to search on: their distances take a twentieth of the time, twenty passes a tenth. */
export function partSize({ pointCount, dimension }: PointSet, k: number, seconds: number): number {
  const pairs = Math.min((0.05 * seconds * perSecond) / dimension, (0.1 * seconds * perSecond) / (20 * k));
  return Math.min(pointCount, most, Math.max(fewest, Math.ceil(Math.sqrt(2 * pairs))));
}

/**
 * Draws so many different points, and two that lie far apart: where any points differ, these do.
 *
 * @returns their numbers, rising
 */
export function firstPart(stream: RandomStream, frame: PointFrame, count: number): Int32Array {
  const { pointCount: n } = frame;
  // The first places of a Fisher–Yates shuffle.
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = stream.integer(i, n - 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const chosen = new Set(order.subarray(0, count));
  const far = farthest(frame, 0);
  chosen.add(far).add(farthest(frame, far));
  return Int32Array.from(chosen).sort();
}

function farthest({ scaled, pointCount, dimension: d }: PointFrame, from: number): number {
  let [found, largest] = [from, 0];
  for (let i = 0; i < pointCount; i++) {
    let squared = 0;
    for (let c = 0; c < d; c++) squared += (scaled[i * d + c] - scaled[from * d + c]) ** 2;
    if (squared > largest) [found, largest] = [i, squared];
  }
  return found;
}

/** Whether no two points differ. */
export function areAllEqual({ values, dimension: d }: PointSet): boolean {
  return values.every((entry, at) => entry === values[at % d]);
}

/** The part with the points of some pairs. */
export function joinedPart(part: Int32Array, { first, second, count }: WorkingPairs): Int32Array {
  const joined = new Set(part);
  for (let p = 0; p < count; p++) joined.add(first[p]).add(second[p]);
  return Int32Array.from(joined).sort();
}

/** The points of a part. */
export function rowsOf({ values, dimension: d }: PointSet, part: Int32Array): PointSet {
  const rows = new Float64Array(part.length * d);
  for (let i = 0; i < part.length; i++) rows.set(values.subarray(part[i] * d, (part[i] + 1) * d), i * d);
  return { values: rows, pointCount: part.length, dimension: d };
}
