import { symmetricEigen } from '../../../numerics/linalg/symmetricEigen.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { embedInto } from './embedInto.ts';
import type { PointFrame } from './pairBlocks.ts';

/** Points of a frame as seen along orthonormal axes of falling variance. */
export interface PrincipalCoordinates {
  /** pointCount·rank, row-major: the centred points along the axes. */
  readonly values: Float64Array;
  readonly pointCount: number;
  readonly rank: number;
  /** rank·dimension, row-major: orthonormal rows. */
  readonly axes: Float64Array;
  /** rank entries, falling: Σ_i values[i, a]². */
  readonly energies: Float64Array;
  /** Whether the axes span every difference of points, up to rounding. */
  readonly complete: boolean;
}

/** Work above which axes come from a sample of the points: about two seconds. */
const mostWork = 2e9;

/** Points in such a sample. */
const sampleSize = 400;

/**
 * Rotates the centred points of a frame to their principal axes.
 *
 * With all axes, distances between points are kept. Axes whose energy is rounding are left out. Where a full
 * decomposition would cost more than about 2e9 operations, the leading axes of a random sample of 400 points
 * serve: the caller optimises over fewer coordinates then, and measures in the original ones.
 *
 * @param stream source of the sample
 * @param mostAxes at least 1; more axes than this are computed only if `complete` costs little
 * @returns fresh arrays; `complete` says whether every difference of points lies in the span of the axes
 * Cost: n·d·min(n, d) + 20·min(n, d)³ operations, or the same with n = 400.
 */
export function principalCoordinates(
  stream: RandomStream,
  frame: PointFrame,
  mostAxes: number,
): PrincipalCoordinates {
  const { centred, pointCount: n, dimension: d } = frame;
  const size = Math.min(n, d);
  const complete = size * n * d + 20 * size ** 3 <= mostWork;
  const found = complete
    ? principalAxes(centred, n, d, size)
    : principalAxes(sampleRows(stream, centred, n, d, sampleSize), Math.min(n, sampleSize), d, mostAxes);
  const axes = complete ? completedAxes(found, centred, n, d) : found;
  const rank = axes.length / d;
  const values = embedInto(new Float64Array(n * rank), centred, axes, d, rank);
  const energies = new Float64Array(rank);
  for (let p = 0; p < n; p++) for (let a = 0; a < rank; a++) energies[a] += values[p * rank + a] ** 2;
  return { values, pointCount: n, rank, axes, energies, complete };
}

/** The first `most` principal axes of rows, through the smaller of their two Gram matrices; d entries each. */
function principalAxes(rows: Float64Array, n: number, d: number, most: number): Float64Array {
  const size = Math.min(n, d);
  const gram = n < d ? rowGram(rows, n, d) : columnGram(rows, n, d);
  const eigen = symmetricEigen(clearedOfDust(gram), size);
  if (eigen.outcome !== 'decomposed') return new Float64Array(0);
  const axes = new Float64Array(Math.min(size, most) * d);
  // A Gram matrix squares: an eigenvalue near ε of the largest is rounding of its own computation. Half of the
  // digits is a safe distance from there; what lies below is found from the points themselves.
  const rounding = n * d * Number.EPSILON ** 0.75 * Math.max(0, eigen.values[size - 1]);
  let rank = 0;
  for (let i = size - 1; i >= 0 && rank * d < axes.length && eigen.values[i] > rounding; i--) {
    const axis = axes.subarray(rank * d, (rank + 1) * d);
    const vector = eigen.vectors.subarray(i * size, (i + 1) * size);
    if (n >= d) axis.set(vector);
    else for (let p = 0; p < n; p++) for (let c = 0; c < d; c++) axis[c] += vector[p] * rows[p * d + c];
    if (orthonormalize(axes, rank, d)) rank++;
  }
  return axes.slice(0, rank * d);
}

/**
 * Adds axes until they span the points: what the squares of a Gram matrix hide, a small cluster far from another,
 * shows in what the axes leave of the points themselves. The largest remainder becomes the next axis.
 */
function completedAxes(axes: Float64Array, centred: Float64Array, n: number, d: number): Float64Array {
  const all = new Float64Array(Math.min(n, d) * d);
  all.set(axes);
  let rank = axes.length / d;
  // Seen from the first point, n points span at most n − 1 dimensions, whatever rounding did to their mean.
  const left = Float64Array.from(centred, (entry, at) => entry - centred[at % d]);
  let largest = 0;
  for (let p = 0; p < n; p++) largest = Math.max(largest, Math.sqrt(squaredLength(left, p * d, d)));
  // Rounding of the coordinates themselves, and of the projections taken away.
  const rounding = 8 * d * Number.EPSILON * largest;
  for (let a = 0; a < rank; a++) removeAxis(left, all, a, n, d);
  for (; rank < Math.min(n, d); rank++) {
    let farthest = 0;
    let length = 0;
    for (let p = 0; p < n; p++) {
      const remainder = Math.sqrt(squaredLength(left, p * d, d));
      if (remainder > length) {
        length = remainder;
        farthest = p;
      }
    }
    if (length <= rounding) break;
    all.set(left.subarray(farthest * d, (farthest + 1) * d), rank * d);
    if (!orthonormalize(all, rank, d)) break;
    removeAxis(left, all, rank, n, d);
  }
  return all.slice(0, rank * d);
}

function removeAxis(left: Float64Array, axes: Float64Array, a: number, n: number, d: number): void {
  for (let p = 0; p < n; p++) {
    let product = 0;
    for (let c = 0; c < d; c++) product += axes[a * d + c] * left[p * d + c];
    for (let c = 0; c < d; c++) left[p * d + c] -= product * axes[a * d + c];
  }
}

/** Entries that vanish in rounding anyway become 0: near underflow the QL iteration loses its place. In place. */
function clearedOfDust(gram: Float64Array): Float64Array {
  let largest = 0;
  for (let i = 0; i < gram.length; i++) largest = Math.max(largest, Math.abs(gram[i]));
  for (let i = 0; i < gram.length; i++) if (Math.abs(gram[i]) < 2 ** -100 * largest) gram[i] = 0;
  return gram;
}

function sampleRows(
  stream: RandomStream,
  rows: Float64Array,
  n: number,
  d: number,
  count: number,
): Float64Array {
  if (n <= count) return rows;
  // The first `count` places of a Fisher–Yates shuffle.
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const sample = new Float64Array(count * d);
  for (let i = 0; i < count; i++) {
    const j = stream.integer(i, n - 1);
    const chosen = order[j];
    order[j] = order[i];
    sample.set(rows.subarray(chosen * d, (chosen + 1) * d), i * d);
  }
  return sample;
}

function rowGram(x: Float64Array, n: number, d: number): Float64Array {
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let entry = 0;
      for (let c = 0; c < d; c++) entry += x[i * d + c] * x[j * d + c];
      gram[i * n + j] = entry;
      gram[j * n + i] = entry;
    }
  }
  return gram;
}

function columnGram(x: Float64Array, n: number, d: number): Float64Array {
  const gram = new Float64Array(d * d);
  for (let p = 0; p < n; p++) {
    const row = p * d;
    for (let a = 0; a < d; a++) {
      const weight = x[row + a];
      if (weight === 0) continue;
      for (let b = 0; b <= a; b++) gram[a * d + b] += weight * x[row + b];
    }
  }
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) gram[b * d + a] = gram[a * d + b];
  return gram;
}

/** Makes row `index` orthogonal to the rows before it and of length 1; false, cleared, if nothing is left of it. */
function orthonormalize(axes: Float64Array, index: number, d: number): boolean {
  const axis = axes.subarray(index * d, (index + 1) * d);
  const before = Math.sqrt(squaredLength(axis, 0, d));
  // Twice is enough (Kahan, Parlett): the second pass removes what cancellation left of the first.
  for (let pass = 0; pass < 2; pass++) {
    for (let a = 0; a < index; a++) {
      let product = 0;
      for (let c = 0; c < d; c++) product += axes[a * d + c] * axis[c];
      for (let c = 0; c < d; c++) axis[c] -= product * axes[a * d + c];
    }
  }
  const length = Math.sqrt(squaredLength(axis, 0, d));
  if (!(length > d * Number.EPSILON * before)) {
    axis.fill(0);
    return false;
  }
  for (let c = 0; c < d; c++) axis[c] /= length;
  return true;
}

function squaredLength(x: Float64Array, start: number, length: number): number {
  let total = 0;
  for (let c = start; c < start + length; c++) total += x[c] * x[c];
  return total;
}
