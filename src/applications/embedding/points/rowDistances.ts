import { KernelPool } from '../../../numerics/threads/kernelPool.ts';
import { pairKernel } from './pairKernel.ts';

/** Distances from one row of a matrix to a run of others. */
export interface RowDistances {
  /** The last answer; at least as long as the longest run asked for. Owned here, overwritten by the next one. */
  readonly row: Float64Array;
  /** row_{j − from} ← |x_i − x_j|² for from ≤ j < to. */
  measure(i: number, from: number, to: number): void;
}

/** Multiplications of a pass over all pairs from which vector instructions are worth a copy of the points. */
const worthwhile = 1e7;

const pageBytes = 65536;

/**
 * Prepares distances between rows; which loops compute them depends on the sizes alone.
 *
 * Guarantee: each is a sum of squares of differences, with a relative error of (width + 2)·ε at most.
 *
 * @param x n·width, row-major; read until the last measure
 * @param longest run that will be asked for
 * Cost: a copy of x where n²·width is large; an answer half a nanosecond a coordinate.
 */
export function rowDistances(x: Float64Array, n: number, width: number, longest: number): RowDistances {
  if ((n * n * width) / 2 < worthwhile) {
    const row = new Float64Array(longest);
    return { row, measure: (i, from, to) => distancesInto(row, x, width, i, from, to) };
  }
  const padded = 2 * Math.ceil(width / 2);
  const places = 4 * Math.ceil(longest / 4);
  const rowBytes = 8 * padded;
  const bytes = 8 * places + (n + 3) * rowBytes;
  const pool = new KernelPool(new WebAssembly.Module(pairKernel), Math.ceil(bytes / pageBytes), 1);
  const numbers = new Float64Array(pool.memory.buffer);
  if (padded === width) numbers.set(x.subarray(0, n * width), places);
  else for (let i = 0; i < n; i++) numbers.set(x.subarray(i * width, (i + 1) * width), places + i * padded);
  const task = [0, 8 * places, rowBytes, rowBytes, 0, 0, 0];
  const tasks = [task];
  return {
    row: numbers.subarray(0, places),
    measure: (i, from, to) => {
      task[4] = i;
      task[5] = from;
      task[6] = to;
      pool.run('distances', tasks);
    },
  };
}

/** out[j − from] ← |x_i − x_j|² for from ≤ j < to, four rows at a time. */
function distancesInto(
  out: Float64Array,
  x: Float64Array,
  d: number,
  i: number,
  from: number,
  to: number,
): void {
  const own = i * d;
  let j = from;
  for (; j + 4 <= to; j += 4) {
    const j0 = j * d;
    const j1 = j0 + d;
    const j2 = j1 + d;
    const j3 = j2 + d;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let c = 0; c < d; c++) {
      const t = x[own + c];
      const t0 = t - x[j0 + c];
      const t1 = t - x[j1 + c];
      const t2 = t - x[j2 + c];
      const t3 = t - x[j3 + c];
      s0 += t0 * t0;
      s1 += t1 * t1;
      s2 += t2 * t2;
      s3 += t3 * t3;
    }
    out[j - from] = s0;
    out[j - from + 1] = s1;
    out[j - from + 2] = s2;
    out[j - from + 3] = s3;
  }
  for (; j < to; j++) {
    let s = 0;
    for (let c = 0; c < d; c++) {
      const t = x[own + c] - x[j * d + c];
      s += t * t;
    }
    out[j - from] = s;
  }
}
