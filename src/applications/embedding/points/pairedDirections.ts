import type { RandomStream } from '../../../numerics/random/stream.ts';
import { pointFrame } from './pairBlocks.ts';
import type { Directions } from './pairDirections.ts';
import { type PointSet, pairCount } from './points.ts';
import { principalCoordinates } from './principalCoordinates.ts';

/** The unit differences of pairs of points, (x_i − x_j)/|x_i − x_j|, not written out. */
export interface PairedDirections {
  /** pointCount·dimension, row-major. */
  readonly points: Float64Array;
  readonly pointCount: number;
  readonly dimension: number;
  readonly count: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** 1/|x_i − x_j|, finite. */
  readonly inverse: Float64Array;
}

/** Points along orthonormal axes that span their differences, divided by a common power of two. */
export interface SpannedPoints {
  readonly directions: PairedDirections;
  /** rank·d, row-major: orthonormal rows. `directions.dimension` is the rank. */
  readonly axes: Float64Array;
}

/**
 * Expresses points in axes that span their differences, so that a matrix has as many columns as the differences have
 * rank, and lists the pairs of different points.
 *
 * A pair whose points are equal has no direction and is left out.
 *
 * Guarantee: directions have a relative error of about ε·|x_i|/|x_i − x_j|, |x_i| seen from the points' mean.
 *
 * @param stream source of a sample where there are too many points for all axes
 * @returns the directions, or that the axes were not all found
 * Cost: a decomposition of n·d·min(n, d) + 20·min(n, d)³ operations; 16 bytes a pair.
 */
export function spannedPoints(
  stream: RandomStream,
  points: PointSet,
): SpannedPoints | { readonly outcome: 'too-large' } {
  const coordinates = principalCoordinates(stream, pointFrame(points), 1);
  if (!coordinates.complete) return { outcome: 'too-large' };
  const { values, pointCount, rank, axes } = coordinates;
  return { directions: pairedDirections({ values, pointCount, dimension: rank }), axes };
}

/** Lists the pairs of different points, in the order (1, 0), (2, 0), (2, 1), … */
export function pairedDirections(points: PointSet): PairedDirections {
  const { values, pointCount: n, dimension: d } = points;
  const first = new Int32Array(pairCount(n));
  const second = new Int32Array(pairCount(n));
  const inverse = new Float64Array(pairCount(n));
  let count = 0;
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let squared = 0;
      for (let c = 0; c < d; c++) squared += (values[i * d + c] - values[j * d + c]) ** 2;
      if (!(squared > 0) || !Number.isFinite(1 / squared)) continue;
      first[count] = i;
      second[count] = j;
      inverse[count] = 1 / Math.sqrt(squared);
      count++;
    }
  }
  return {
    points: values,
    pointCount: n,
    dimension: d,
    count,
    first: first.subarray(0, count),
    second: second.subarray(0, count),
    inverse: inverse.subarray(0, count),
  };
}

/** Writes the directions out. Cost: count·d numbers. */
export function writtenDirections(directions: PairedDirections): Directions {
  const { points, dimension: d, count, first, second, inverse } = directions;
  const values = new Float64Array(count * d);
  for (let p = 0; p < count; p++) {
    for (let c = 0; c < d; c++) {
      values[p * d + c] = (points[first[p] * d + c] - points[second[p] * d + c]) * inverse[p];
    }
  }
  return { values, count, dimension: d };
}
