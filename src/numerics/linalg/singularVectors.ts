import { checkInteger, checkLength } from '../base/checks.ts';
import { lqFactorInto } from './lqFactor.ts';

/** Singular values of a matrix, with the singular vectors of its shorter side. */
export interface SingularVectors {
  /** size = min(rows, columns) entries, descending. */
  readonly values: Float64Array;
  /**
   * size·size: row i is the singular vector of `values[i]`, of the rows' space where rows ≤ columns and of the
   * columns' space otherwise; zeros where the value is 0.
   */
  readonly vectors: Float64Array;
  readonly size: number;
}

/** Sweeps over all pairs; a dozen is more than any matrix has been seen to need. */
const mostSweeps = 60;

/**
 * Computes all singular values of a dense matrix, and the vectors of its shorter side.
 *
 *     A = Σ σ_i u_i v_iᵀ,   σ_1 ≥ σ_2 ≥ … ≥ 0
 *
 * Guarantee: values and vectors are those of a matrix within a few size·ε·σ_1 of A, whatever the scale of A; vectors of
 * values that are not 0 are orthonormal to about size·ε.
 *
 * @param matrix rows·columns finite entries, row-major; not written to
 * @returns fresh arrays
 * @throws RangeError for another length, or an entry that is not finite
 * Source: one-sided Jacobi on the triangle of an orthogonal factorization; Z. Drmač and K. Veselić, New fast and
 * accurate Jacobi SVD algorithm I (2008), without its pivoting.
 * Cost: 4·size²·max(rows, columns) operations, then about 4·size³ a sweep, of which there are six to ten.
 */
export function singularVectors(matrix: ArrayLike<number>, rows: number, columns: number): SingularVectors {
  checkInteger('rows', rows, 1);
  checkInteger('columns', columns, 1);
  checkLength('matrix', matrix, rows * columns);
  const unit = unitOf(matrix);
  const [size, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const wide = new Float64Array(size * length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      wide[rows <= columns ? i * columns + j : j * rows + i] = matrix[i * columns + j] / unit;
    }
  }
  const triangle = new Float64Array(size * size);
  lqFactorInto(triangle, new Float64Array(size * length), wide, size);
  // Row i of this is column i of the triangle: what the rotations make orthogonal.
  const work = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) work[j * size + i] = triangle[i * size + j];
  orthogonalize(work, size);
  const norms = Float64Array.from({ length: size }, (_, i) => Math.sqrt(product(work, i, i, size)));
  const order = Array.from(norms.keys()).sort((a, b) => norms[b] - norms[a]);
  const vectors = new Float64Array(size * size);
  for (const [at, i] of order.entries()) {
    for (let c = 0; c < size && norms[i] > 0; c++) vectors[at * size + c] = work[i * size + c] / norms[i];
  }
  return { values: Float64Array.from(order, (i) => norms[i] * unit), vectors, size };
}

/** Rotates rows in pairs until every two of them are orthogonal up to rounding. In place. */
function orthogonalize(work: Float64Array, size: number): void {
  const tolerance = Math.sqrt(size) * Number.EPSILON;
  const squares = new Float64Array(size);
  for (let sweep = 0, isDone = false; sweep < mostSweeps && !isDone; sweep++) {
    isDone = true;
    // Rotations update the squares of the lengths; once a sweep they are taken afresh.
    for (let i = 0; i < size; i++) squares[i] = product(work, i, i, size);
    for (let p = 0; p + 1 < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const inner = product(work, p, q, size);
        const [a, b] = [squares[p], squares[q]];
        // A row that underflows beside the others is a zero of this matrix.
        if (!(Math.abs(inner) > tolerance * Math.sqrt(a) * Math.sqrt(b)) || inner === 0) continue;
        isDone = false;
        const zeta = (b - a) / (2 * inner);
        const tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cosine = 1 / Math.hypot(1, tangent);
        rotate(work, p * size, q * size, size, cosine, cosine * tangent);
        squares[p] = Math.max(0, a - tangent * inner);
        squares[q] = b + tangent * inner;
      }
    }
  }
}

/** (x, y) ← (c·x − s·y, s·x + c·y), for two rows of the work. */
function rotate(work: Float64Array, p: number, q: number, size: number, c: number, s: number): void {
  for (let i = 0; i < size; i++) {
    const x = work[p + i];
    const y = work[q + i];
    work[p + i] = c * x - s * y;
    work[q + i] = s * x + c * y;
  }
}

/** The inner product of two rows, in four sums. */
function product(work: Float64Array, i: number, j: number, size: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const [left, right] = [i * size, j * size];
  let at = 0;
  for (; at + 4 <= size; at += 4) {
    a += work[left + at] * work[right + at];
    b += work[left + at + 1] * work[right + at + 1];
    c += work[left + at + 2] * work[right + at + 2];
    d += work[left + at + 3] * work[right + at + 3];
  }
  for (; at < size; at++) a += work[left + at] * work[right + at];
  return a + b + (c + d);
}

/** A power of two near the largest entry: dividing by it is exact and keeps squares in range. */
function unitOf(matrix: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < matrix.length; i++) {
    if (!Number.isFinite(matrix[i]))
      throw new RangeError(`matrix: expected finite entries, got ${matrix[i]}`);
    largest = Math.max(largest, Math.abs(matrix[i]));
  }
  return largest === 0 ? 1 : 2 ** Math.min(1023, Math.max(-1022, Math.floor(Math.log2(largest))));
}
