import { singularVectors } from './singularVectors.ts';
import { axpyInto, dot, norm, scaleInto } from './vectors.ts';

/** The Moore–Penrose inverse of a matrix. */
export interface PseudoInverse {
  /** columns·rows of the matrix, row-major. */
  readonly values: Float64Array;
  /** Singular values that are no rounding of 0. */
  readonly rank: number;
}

/**
 * Computes the Moore–Penrose inverse: A A⁺ A = A, A⁺ A A⁺ = A⁺, and both products are symmetric.
 *
 * Singular values up to max(rows, columns)·ε of the largest count as 0.
 *
 * @param matrix rows·columns finite entries, row-major
 * @returns fresh arrays; zeros for a matrix of zeros
 * Cost: as {@link singularVectors}.
 */
export function pseudoInverse(matrix: Float64Array, rows: number, columns: number): PseudoInverse {
  const { values: sigma, vectors, size } = singularVectors(matrix, rows, columns);
  const isWide = rows <= columns;
  const out = new Float64Array(columns * rows);
  const least = Math.max(rows, columns) * Number.EPSILON * sigma[0];
  const length = isWide ? columns : rows;
  const others = new Float64Array(size * length);
  let rank = 0;
  for (; rank < size && sigma[rank] > least; rank++) {
    const vector = vectors.subarray(rank * size, (rank + 1) * size);
    const other = others.subarray(rank * length, (rank + 1) * length);
    // The other vector of the pair, from the matrix itself: Aᵀu/σ for a wide one, Av/σ for a tall one.
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const entry = matrix[i * columns + j] / sigma[rank];
        if (isWide) other[j] += vector[i] * entry;
        else other[i] += vector[j] * entry;
      }
    }
    removeEarlier(others, rank, length);
    const [left, right] = isWide ? [vector, other] : [other, vector];
    for (let j = 0; j < columns; j++) {
      const entry = right[j] / sigma[rank];
      for (let i = 0; i < rows; i++) out[j * rows + i] += entry * left[i];
    }
  }
  return { values: out, rank };
}

/** Takes from vector `at` what division by a small σ made of the rounding along the vectors before it; unit length. */
function removeEarlier(vectors: Float64Array, at: number, length: number): void {
  const vector = vectors.subarray(at * length, (at + 1) * length);
  for (let r = 0; r < at; r++) {
    const earlier = vectors.subarray(r * length, (r + 1) * length);
    axpyInto(vector, -dot(vector, earlier), earlier);
  }
  scaleInto(vector, 1 / norm(vector), vector);
}
