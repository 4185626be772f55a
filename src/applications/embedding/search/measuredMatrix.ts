import type { RatioRange } from '../points/extremePairs.ts';
import type { PrincipalCoordinates } from '../points/principalCoordinates.ts';

/** A matrix with what a pass over every pair has told of it. */
export interface MeasuredMatrix {
  /** k·dimension, row-major, at any scale. */
  readonly matrix: Float64Array;
  readonly distortion: number;
  /** The ends of its ratios, over every pair. */
  readonly range: RatioRange;
}

/** out ← M·axes: the matrix that acts on original coordinates. */
export function outwardInto(
  out: Float64Array,
  matrix: Float64Array,
  coordinates: PrincipalCoordinates,
  dimension: number,
): Float64Array {
  const { axes, rank } = coordinates;
  const k = matrix.length / rank;
  out.fill(0);
  for (let i = 0; i < k; i++) {
    for (let a = 0; a < rank; a++) {
      const weight = matrix[i * rank + a];
      if (weight === 0) continue;
      for (let c = 0; c < dimension; c++) out[i * dimension + c] += weight * axes[a * dimension + c];
    }
  }
  return out;
}
