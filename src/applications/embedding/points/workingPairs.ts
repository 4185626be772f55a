import type { RandomStream } from '../../../numerics/random/stream.ts';

/** Some pairs of points, with the inverse of their squared distances. */
export interface WorkingPairs {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** 1/|x_i − x_j|², finite. */
  readonly inverseSquared: Float64Array;
  /** How many pairs each stands for: 1, or more for a random sample. */
  readonly weight: Float64Array;
  readonly count: number;
}

/** Joins two lists of pairs, leaving out of the second what the first already has. */
export function joinPairs(a: WorkingPairs, b: WorkingPairs, pointCount: number): WorkingPairs {
  const seen = new Set<number>();
  for (let p = 0; p < a.count; p++) seen.add(pairKey(a, p, pointCount));
  const first = new Int32Array(a.count + b.count);
  const second = new Int32Array(a.count + b.count);
  const inverseSquared = new Float64Array(a.count + b.count);
  const weight = new Float64Array(a.count + b.count);
  first.set(a.first.subarray(0, a.count));
  second.set(a.second.subarray(0, a.count));
  inverseSquared.set(a.inverseSquared.subarray(0, a.count));
  weight.set(a.weight.subarray(0, a.count));
  let count = a.count;
  for (let p = 0; p < b.count; p++) {
    if (seen.has(pairKey(b, p, pointCount))) continue;
    first[count] = b.first[p];
    second[count] = b.second[p];
    inverseSquared[count] = b.inverseSquared[p];
    weight[count] = b.weight[p];
    count++;
  }
  return {
    first: first.subarray(0, count),
    second: second.subarray(0, count),
    inverseSquared: inverseSquared.subarray(0, count),
    weight: weight.subarray(0, count),
    count,
  };
}

function pairKey(pairs: WorkingPairs, p: number, pointCount: number): number {
  const i = pairs.first[p];
  const j = pairs.second[p];
  return i > j ? i * pointCount + j : j * pointCount + i;
}

/**
 * Draws pairs of different points uniformly; repetitions are left out, so there may be fewer than asked for.
 *
 * @param coordinates points, with the distances that count
 * @param represented how many pairs the sample stands for: the weights add up to it
 * Cost: count·rank.
 */
export function randomPairs(
  stream: RandomStream,
  coordinates: { readonly values: Float64Array; readonly pointCount: number; readonly rank: number },
  count: number,
  represented: number,
): WorkingPairs {
  const { values, pointCount: n, rank } = coordinates;
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const inverseSquared = new Float64Array(count);
  const seen = new Set<number>();
  let kept = 0;
  for (let p = 0; p < count && n > 1; p++) {
    const i = stream.integer(1, n - 1);
    const j = stream.integer(0, n - 1);
    const low = Math.min(i, j);
    const high = Math.max(i, j);
    const key = high * n + low;
    if (low === high || seen.has(key)) continue;
    let squared = 0;
    for (let a = 0; a < rank; a++) squared += (values[high * rank + a] - values[low * rank + a]) ** 2;
    if (!(squared > 0) || !Number.isFinite(1 / squared)) continue;
    seen.add(key);
    first[kept] = high;
    second[kept] = low;
    inverseSquared[kept] = 1 / squared;
    kept++;
  }
  return {
    first: first.slice(0, kept),
    second: second.slice(0, kept),
    inverseSquared: inverseSquared.slice(0, kept),
    weight: new Float64Array(kept).fill(Math.max(1, represented / Math.max(1, kept))),
    count: kept,
  };
}
