import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { checkInteger, checkLength } from '../base/checks.ts';
import { allFinite, scaleInto } from './vectors.ts';

/** All eigenvalues of a symmetric matrix, with a bound on their error that was computed, not assumed. */
export interface SymmetricEigen {
  readonly outcome: 'decomposed';
  /** Ascending. */
  readonly values: Float64Array;
  /** Row i (n entries from i·n) is the unit eigenvector of `values[i]`. */
  readonly vectors: Float64Array;
  /** Every true eigenvalue is within `error` of the computed one of the same rank. */
  readonly error: number;
}

/** The matrix had an entry that is not finite, or the iteration lost the eigenvalues. */
export interface EigenFailure {
  readonly outcome: 'non-finite' | 'breakdown';
}

/**
 * Computes all eigenvalues and eigenvectors of a dense symmetric matrix.
 *
 *     A V = V Λ
 *
 * Guarantee: |λᵢ(A) − values[i]| ≤ error for every i, where
 * error = (‖AV − VΛ‖_F + rounding) / √(1 − ‖VᵀV − I‖_F) is evaluated from the computed pairs: for any invertible V
 * and symmetric B, eigenvalues of A and B differ by at most ‖AV − VB‖ / σ_min(V). The rounding term
 * (n + 2)·ε·√n·(‖A‖_F + ‖Λ‖_∞), with ε machine epsilon, covers the evaluation of the residual itself.
 *
 * @param matrix n·n, row-major; its upper triangle and diagonal are read as given, the lower as well: the caller
 * symmetrises
 * @param dimension n, at least 1
 * @returns fresh arrays; a failure where an entry is not finite, or where the iteration breaks down
 * @throws RangeError if the length of `matrix` is not n²
 *
 * Source: Householder tridiagonalisation and implicit QL (EISPACK tred2, tql2) of ml-matrix; W. Kahan, Inclusion
 * theorems for clusters of eigenvalues of Hermitian matrices (1967), with the constant of Cao, Xie and Li (1996).
 * Cost: about 12 n³ operations, 5 n² numbers.
 */
export function symmetricEigen(matrix: ArrayLike<number>, dimension: number): SymmetricEigen | EigenFailure {
  checkInteger('dimension', dimension, 1);
  checkLength('matrix', matrix, dimension * dimension);
  const unit = unitScale(matrix);
  const scaled = Float64Array.from(matrix, (entry) => entry / unit);
  const pairs = decompose(scaled, dimension);
  if (pairs.outcome !== 'decomposed') return pairs;
  // Near underflow, scaling back rounds each value and the error itself by half of the smallest number.
  const underflow = unit < 1 ? Number.MIN_VALUE : 0;
  const error = unit * eigenvalueError(scaled, dimension, pairs.values, pairs.vectors) + underflow;
  if (!Number.isFinite(error)) return { outcome: 'breakdown' };
  return { ...pairs, values: scaleInto(pairs.values, unit, pairs.values), error };
}

/** Eigenpairs without the error bound, for callers that check what they build from them. */
export interface EigenPairs {
  readonly outcome: 'decomposed';
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Computes the eigenpairs of the symmetric tridiagonal matrix with the given diagonals, without an error bound.
 *
 * @param diagonal n entries, n at least 1
 * @param offDiagonal at least n − 1 entries; the first n − 1 are used
 * @returns as {@link symmetricEigen}
 * Cost: about 9 n³ operations (the dense routine).
 */
export function tridiagonalEigen(
  diagonal: ArrayLike<number>,
  offDiagonal: ArrayLike<number>,
): EigenPairs | EigenFailure {
  const n = diagonal.length;
  checkInteger('diagonal.length', n, 1);
  checkInteger('offDiagonal.length', offDiagonal.length, n - 1);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = diagonal[i];
    if (i + 1 < n) {
      matrix[i * n + i + 1] = offDiagonal[i];
      matrix[(i + 1) * n + i] = offDiagonal[i];
    }
  }
  const unit = unitScale(matrix);
  const pairs = decompose(scaleInto(matrix, 1 / unit, matrix), n);
  if (pairs.outcome !== 'decomposed') return pairs;
  return { ...pairs, values: scaleInto(pairs.values, unit, pairs.values) };
}

/** The power of two next to the largest entry: dividing by it is exact and keeps squares inside the range. */
function unitScale(matrix: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < matrix.length; i++) largest = Math.max(largest, Math.abs(matrix[i]));
  return largest > 0 && Number.isFinite(largest) ? 2 ** Math.max(-1000, Math.floor(Math.log2(largest))) : 1;
}

/**
 * Entries below this, in a matrix whose largest is about 1, are taken as 0: tql2 divides by off-diagonal entries, and
 * a quotient by one near underflow overflows. Eigenvalues move by n·2⁻⁵⁰⁰ at most, which a residual includes.
 */
const dust = 2 ** -500;

function decompose(matrix: ArrayLike<number>, n: number): EigenPairs | EigenFailure {
  if (!allFinite(matrix)) return { outcome: 'non-finite' };
  const rows = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const entry = matrix[i * n + j];
      rows.set(i, j, Math.abs(entry) < dust ? 0 : entry);
    }
  }
  const decomposition = decomposeDense(rows);
  if (decomposition === undefined) return { outcome: 'breakdown' };
  const found = decomposition.realEigenvalues;
  const columns = decomposition.eigenvectorMatrix;
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    values[i] = found[i];
    for (let j = 0; j < n; j++) vectors[i * n + j] = columns.get(j, i);
  }
  return allFinite(values) && allFinite(vectors)
    ? { outcome: 'decomposed', values, vectors }
    : { outcome: 'breakdown' };
}

/** The library's decomposition; undefined where its search for a negligible entry meets NaN and leaves the matrix. */
function decomposeDense(rows: Matrix): EigenvalueDecomposition | undefined {
  try {
    return new EigenvalueDecomposition(rows, { assumeSymmetric: true });
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The bound of {@link symmetricEigen}; infinite where the vectors are too far from orthogonal. */
function eigenvalueError(
  matrix: ArrayLike<number>,
  n: number,
  values: Float64Array,
  vectors: Float64Array,
): number {
  let residualSquared = 0;
  let matrixSquared = 0;
  let defectSquared = 0;
  for (let p = 0; p < n; p++) {
    const value = values[p];
    const vector = p * n;
    for (let i = 0; i < n; i++) {
      const row = i * n;
      // Residual of equation i of pair p, and the inner product of eigenvectors i and p.
      let image = 0;
      let product = 0;
      for (let j = 0; j < n; j++) {
        image += matrix[row + j] * vectors[vector + j];
        product += vectors[row + j] * vectors[vector + j];
      }
      const residual = image - value * vectors[vector + i];
      const defect = product - (i === p ? 1 : 0);
      residualSquared += residual * residual;
      defectSquared += defect * defect;
      matrixSquared += matrix[p * n + i] ** 2;
    }
  }
  const largestValue = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
  const unit = (n + 2) * Number.EPSILON;
  const rounding = unit * Math.sqrt(n) * (Math.sqrt(matrixSquared) + largestValue);
  const orthogonality = 1 - Math.sqrt(defectSquared) - unit * n;
  return orthogonality > 0 ? (Math.sqrt(residualSquared) + rounding) / Math.sqrt(orthogonality) : Infinity;
}
