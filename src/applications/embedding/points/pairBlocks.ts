import { embedInto } from './embedInto.ts';
import { type PointSet, pairCount } from './points.ts';
import { rowDistances } from './rowDistances.ts';

/** Points prepared for differences: nothing overflows, and a common offset costs no digits. */
export interface PointFrame {
  /** pointCount·dimension, row-major: coordinates divided by `unit`, exact. */
  readonly scaled: Float64Array;
  /** The same with the mean taken away; each entry has one rounding, relative to itself. */
  readonly centred: Float64Array;
  readonly pointCount: number;
  readonly dimension: number;
  /** A power of two near the largest coordinate. */
  readonly unit: number;
  /** If remembered: |x_i − x_j|² at i(i − 1)/2 + j for j < i; negative where a pass has to look at the difference. */
  readonly squaredDistances?: Float64Array;
}

/** A run of pairs of different points; the driver owns and overwrites it. */
export interface PairBlock {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** |x_i − x_j|² of the frame's points; 0 where the square underflows. */
  readonly squared: Float64Array;
  /** |M(x_i − x_j)|²/|x_i − x_j|². */
  readonly ratio: Float64Array;
  count: number;
}

/** Points a side of a block: two sides of 784 coordinates stay in a second-level cache. */
const side = 32;

/**
 * A pair nearer than this part of the points' distance from their mean is computed from its exact difference:
 * above it, differences of images lose at most five of sixteen digits.
 */
const nearSquared = 1e-10;

/** Scales and centres points. */
export function pointFrame(points: PointSet): PointFrame {
  const { values, pointCount: n, dimension: d } = points;
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  // Two divisions by powers of two: exact, and safe where 1/unit itself would overflow.
  const exponent = largest > 0 ? Math.floor(Math.log2(largest)) : 0;
  const first = 2 ** Math.trunc(exponent / 2);
  const second = 2 ** (exponent - Math.trunc(exponent / 2));
  const scaled = Float64Array.from(values, (value) => value / first / second);
  const centred = Float64Array.from(scaled);
  for (let c = 0; c < d; c++) {
    let mean = 0;
    for (let p = 0; p < n; p++) mean += scaled[p * d + c] / n;
    for (let p = 0; p < n; p++) centred[p * d + c] -= mean;
  }
  return { scaled, centred, pointCount: n, dimension: d, unit: first * second };
}

/** Most pairs whose distances are remembered: 256 MB. */
const mostRemembered = 2 ** 25;

/**
 * Adds the squared distances of all pairs to a frame, so that a pass costs n²k/2 and not n²(d + k)/2.
 *
 * @returns the frame itself where there are more than 2²⁵ pairs
 * Cost: n²d/2 multiplications; n²/2 numbers.
 */
export function withDistances(frame: PointFrame): PointFrame {
  const { centred, pointCount: n, dimension: d } = frame;
  if (pairCount(n) > mostRemembered) return frame;
  const lengths = squaredLengths(frame);
  const squaredDistances = new Float64Array(pairCount(n));
  const { row, measure } = rowDistances(centred, n, d, side);
  for (let top = 0; top < n; top += side) {
    for (let left = 0; left <= top; left += side) {
      for (let i = top; i < Math.min(n, top + side); i++) {
        const end = Math.min(i, left + side);
        if (end <= left) continue;
        measure(i, left, end);
        const start = (i * (i - 1)) / 2;
        for (let j = left; j < end; j++) {
          const squared = row[j - left];
          squaredDistances[start + j] = isNear(squared, lengths[i] + lengths[j]) ? -1 : squared;
        }
      }
    }
  }
  return { ...frame, squaredDistances };
}

/** Whether a computed squared distance may have lost too many digits, or all. */
export function isNear(squared: number, lengths: number): boolean {
  return squared <= nearSquared * lengths;
}

/** The squared distance of every point from the mean. */
export function squaredLengths({ centred, pointCount: n, dimension: d }: PointFrame): Float64Array {
  const lengths = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let c = i * d; c < (i + 1) * d; c++) lengths[i] += centred[c] * centred[c];
  return lengths;
}

/**
 * Visits every pair of different points once, block by block, with its squared ratio; never holds more than
 * one block of pairs.
 *
 * Guarantee: each ratio has an absolute error of about 1e5·(dimension + k)·ε·‖M‖² at worst, since pairs nearer than
 * 1e-5 of their distance from the mean are computed from their exact differences.
 *
 * @param matrix k·dimension, row-major
 * @param handle called once a block; must not keep the block
 * @returns the number of pairs of equal points, which have no direction and are left out
 * Cost: n²(dimension + k)/2 multiplications, n²k/2 with remembered distances; n·k + 4·1024 numbers.
 */
export function eachPairBlock(
  frame: PointFrame,
  matrix: Float64Array,
  k: number,
  handle: (block: PairBlock) => void,
): number {
  const { centred, pointCount: n, dimension: d, squaredDistances } = frame;
  const embedded = embedInto(new Float64Array(n * k), centred, matrix, d, k);
  const lengths = squaredDistances === undefined ? squaredLengths(frame) : new Float64Array(n);
  const block: PairBlock = {
    first: new Int32Array(side * side),
    second: new Int32Array(side * side),
    squared: new Float64Array(side * side),
    ratio: new Float64Array(side * side),
    count: 0,
  };
  const distances = squaredDistances === undefined ? rowDistances(centred, n, d, side) : undefined;
  const row = distances?.row ?? new Float64Array(side);
  const images = rowDistances(embedded, n, k, side);
  const imageRow = images.row;
  const difference = new Float64Array(d);
  let coincident = 0;
  for (let top = 0; top < n; top += side) {
    for (let left = 0; left <= top; left += side) {
      block.count = 0;
      for (let i = top; i < Math.min(n, top + side); i++) {
        const end = Math.min(i, left + side);
        if (end <= left) continue;
        if (squaredDistances === undefined) distances?.measure(i, left, end);
        else {
          const start = (i * (i - 1)) / 2;
          for (let j = left; j < end; j++) row[j - left] = squaredDistances[start + j];
        }
        images.measure(i, left, end);
        for (let j = left; j < end; j++) {
          let squared = row[j - left];
          let ratio = imageRow[j - left] / squared;
          // Remembered distances have negative ones for near pairs, and lengths of 0 here.
          if (isNear(squared, lengths[i] + lengths[j])) {
            const length = unitDifferenceInto(difference, frame.scaled, i, j);
            if (length === 0) {
              coincident++;
              continue;
            }
            squared = length * length;
            ratio = imageLength(matrix, difference, k);
          }
          block.first[block.count] = i;
          block.second[block.count] = j;
          block.squared[block.count] = squared;
          block.ratio[block.count] = ratio;
          block.count++;
        }
      }
      if (block.count > 0) handle(block);
    }
  }
  return coincident;
}

/** out ← (x_i − x_j)/|x_i − x_j|; returns the length, 0 only for equal points. */
export function unitDifferenceInto(out: Float64Array, x: Float64Array, i: number, j: number): number {
  const d = out.length;
  let largest = 0;
  for (let c = 0; c < d; c++) {
    out[c] = x[i * d + c] - x[j * d + c];
    largest = Math.max(largest, Math.abs(out[c]));
  }
  if (largest === 0) return 0;
  let squared = 0;
  for (let c = 0; c < d; c++) {
    out[c] /= largest;
    squared += out[c] * out[c];
  }
  const length = Math.sqrt(squared);
  for (let c = 0; c < d; c++) out[c] /= length;
  return largest * length;
}

/** |Mv|² for a difference v. */
export function imageLength(matrix: Float64Array, difference: Float64Array, k: number): number {
  const d = difference.length;
  let total = 0;
  for (let r = 0; r < k; r++) {
    let entry = 0;
    for (let c = 0; c < d; c++) entry += matrix[r * d + c] * difference[c];
    total += entry * entry;
  }
  return total;
}
