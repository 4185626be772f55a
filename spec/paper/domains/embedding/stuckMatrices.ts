import {
  type PairedDirections,
  spannedPoints,
} from '../../../../src/applications/embedding/points/pairedDirections.ts';
import type { PointSet } from '../../../../src/applications/embedding/points/points.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { type Domain, integer, map } from '../../../../src/papers/claims/domain.ts';
import { type PointInstance, simplex } from './embedding.ts';

/**
 * Matrices at which descent on the matrix alone stays:
 *
 * - `zero`: every image is 0;
 * - `too long`: twice an isometry, so that every pair is stretched;
 * - `collapsed`: an isometry less one difference, so that one pair falls on one point and the others are kept.
 */
export type StuckKind = 'zero' | 'too long' | 'collapsed';

/** The pairs of a point set in coordinates along the axes of their span, which are its rank. */
export function spannedPairs(stream: RandomStream, points: PointSet): PairedDirections {
  const spanned = spannedPoints(stream, points);
  if ('outcome' in spanned) throw new Error('more points than a decomposition affords');
  return spanned.directions;
}

/** Such a matrix of at least as many rows as the rank, row-major. */
export function stuckMatrix(kind: StuckKind, directions: PairedDirections, rows: number): Float64Array {
  const matrix = new Float64Array(rows * directions.dimension);
  const rank = directions.dimension;
  if (kind === 'zero') return matrix;
  for (let i = 0; i < rank; i++) matrix[i * rank + i] = kind === 'too long' ? 2 : 1;
  if (kind === 'too long') return matrix;
  const { points } = directions;
  const difference = Float64Array.from({ length: rank }, (_, c) => points[rank + c] - points[c]);
  const length = Math.hypot(...difference);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < rank; j++)
      matrix[i * rank + j] -= (difference[i] / length) * (difference[j] / length);
  }
  return matrix;
}

/** Regular simplices of four points or more. */
export function simplices(most: number): Domain<PointInstance> {
  return map(integer(4, most), (n) => ({ family: 'simplex', points: simplex(n) }));
}
