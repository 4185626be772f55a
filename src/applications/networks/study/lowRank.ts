import { checkInteger, checkLength } from '../../../numerics/base/checks.ts';
import type { SingularVectors } from '../../../numerics/linalg/singularVectors.ts';

/** Two matrices whose product stands for a larger one. */
export interface LowRankFactors {
  readonly rank: number;
  /** rows·rank and rank·columns entries, row-major. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** ‖W − left·right‖_F is at most this: measured on the factors as they are, rounding of the measurement included. */
  readonly change: number;
}

/** The smallest rank, at least 1, whose dropped singular values have at most this part of the norm of all. */
export function rankForChange(singularValues: ArrayLike<number>, relativeChange: number): number {
  const largest = singularValues[0] || 1;
  let total = 0;
  for (let i = 0; i < singularValues.length; i++) total = Math.hypot(total, singularValues[i] / largest);
  let tail = 0;
  for (let rank = singularValues.length; rank > 1; rank--) {
    tail = Math.hypot(tail, singularValues[rank - 1] / largest);
    if (tail > relativeChange * total) return rank;
  }
  return 1;
}

/**
 * Factors the best approximation of a matrix with so many directions: W ≈ left·right.
 *
 * One factor has orthonormal rows or columns, singular vectors of the shorter side; the other is W along them.
 *
 * Guarantee: the product of the returned factors is within `change` of W; without rounding to float32 that is the root
 * of the sum of squares of the dropped singular values, up to rounding.
 *
 * @param matrix rows·columns, row-major
 * @param singular of the same matrix
 * @param rank in [1, min(rows, columns)]
 * @param hold gives each factor as it will be kept, as rounding to float32 does
 * Cost: 3·rows·columns·rank operations.
 */
export function lowRankFactors(
  matrix: Float64Array,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  { vectors, size }: SingularVectors,
  rank: number,
  hold: (factor: Float64Array) => Float64Array = (factor) => factor,
): LowRankFactors {
  checkLength('matrix', matrix, rows * columns);
  checkInteger('rank', rank, 1, size);
  const left = new Float64Array(rows * rank);
  const right = new Float64Array(rank * columns);
  for (let r = 0; r < rank; r++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const entry = matrix[i * columns + j];
        if (rows <= columns) right[r * columns + j] += vectors[r * size + i] * entry;
        else left[i * rank + r] += vectors[r * size + j] * entry;
      }
    }
    if (rows <= columns) for (let i = 0; i < rows; i++) left[i * rank + r] = vectors[r * size + i];
    else for (let j = 0; j < columns; j++) right[r * columns + j] = vectors[r * size + j];
  }
  const held = { left: hold(left), right: hold(right), rank };
  return { ...held, change: productError(matrix, rows, columns, held) };
}

/** An upper bound on ‖W − left·right‖_F, in units of the largest entry so that no square leaves the range. */
function productError(
  matrix: Float64Array,
  rows: number,
  columns: number,
  { left, right, rank }: Pick<LowRankFactors, 'left' | 'right' | 'rank'>,
): number {
  let unit = Number.MIN_VALUE;
  for (let i = 0; i < matrix.length; i++) unit = Math.max(unit, Math.abs(matrix[i]));
  const row = new Float64Array(columns);
  let squares = 0;
  let sizes = 0;
  for (let i = 0; i < rows; i++) {
    row.fill(0);
    for (let r = 0; r < rank; r++) {
      const entry = left[i * rank + r];
      for (let j = 0; j < columns; j++) row[j] += entry * right[r * columns + j];
    }
    for (let j = 0; j < columns; j++) {
      squares += ((matrix[i * columns + j] - row[j]) / unit) ** 2;
      sizes += (matrix[i * columns + j] / unit) ** 2;
    }
  }
  // Each entry is a sum of `rank` products and one difference, and the squares are summed: the first rounds by at most
  // (rank + 2)·ε of Σ|left||right| ≤ ‖left row‖·‖right column‖, the second by (rows·columns)·ε of itself.
  const rounding = (rank + 2) * Number.EPSILON * Math.sqrt(rank) * 2 * Math.sqrt(sizes);
  const measured = Math.sqrt(squares) * (1 + rows * columns * Number.EPSILON);
  return (measured + rounding) * unit;
}
