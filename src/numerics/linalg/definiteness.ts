import { checkAbove, checkLength } from '../base/checks.ts';

/**
 * - `definite`: the matrix is positive semidefinite, rounding accounted for.
 * - `not-shown`: a pivot was not positive; the matrix is indefinite or within rounding of it.
 * - `too-large`: the factorisation would need more than the allowed operations, or was given up.
 */
export type Definiteness = 'definite' | 'not-shown' | 'too-large';

/** The entries of a symmetric matrix off its diagonal, as compressed sparse rows: a graph is one. */
export interface SparseSymmetric {
  /** One entry a row, and one more. */
  readonly offsets: Int32Array;
  /** The columns of row i stand at p in [offsets[i], offsets[i + 1]), its entries at the same places in `weights`. */
  readonly neighbours: Int32Array;
  readonly weights: Float64Array;
}

/** How much a factorisation may cost. */
export interface FactorizationLimits {
  /** Most multiplications that the dense remainder may cost. */
  readonly operations: number;
  /** Asked before each row; true gives the factorisation up. */
  readonly shouldStop: () => boolean;
}

/** Rows with more entries than this are left to the dense remainder. */
const sparseRowLimit = 48;

/**
 * Proves that W + Diag(diagonal) is positive semidefinite, by a floating-point Cholesky factorisation.
 *
 *     A = W + Diag(d) − c·I factors in float64  ⇒  W + Diag(d) ⪰ 0,   c = γ/(1 − γ) · Σ_i |d_i|,
 *     γ = (n + 3)u/(1 − (n + 3)u), u = 2⁻⁵³
 *
 * Guarantee: `definite` is a proof, not an estimate: where the factorisation of a symmetric matrix A runs to
 * completion in floating point, in whatever order of elimination, A + c·I ⪰ 0 for that c, because the computed
 * factor's backward error has norm at most γ/(1 − γ) times the trace.
 *
 * @param diagonal n entries
 * @param operations most multiplications that the dense remainder may cost
 * @param shouldStop asked before each row; true gives the factorisation up as `too-large`
 * @throws RangeError if `diagonal` has another length
 * Source: S. M. Rump, "Verification of positive definiteness", BIT 46 (2006) 433–452, theorem 2.3; elimination by
 * smallest degree until rows fill up, the remainder dense.
 * Cost: O(fill) for the sparse part and r³/3 operations, r²/2 numbers, for a remainder of r rows.
 */
export function showSemidefinite(
  matrix: SparseSymmetric,
  diagonal: ArrayLike<number>,
  operations: number,
  shouldStop: () => boolean = () => false,
): Definiteness {
  const n = matrix.offsets.length - 1;
  checkLength('diagonal', diagonal, n);
  checkAbove('operations', operations, 0);
  const pivots = new Float64Array(n);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += Math.abs(diagonal[i]);
  const unit = (n + 3) * Number.EPSILON;
  // Machine epsilon is 2u, and (n + 3)·2u/(1 − 2(n + 3)·2u) exceeds γ/(1 − γ) with room for the sums here.
  const margin = (unit / (1 - 2 * unit)) * trace;
  for (let i = 0; i < n; i++) pivots[i] = diagonal[i] - margin;
  const rows = sparseRows(matrix);
  const remainder = eliminateSparse(rows, pivots, shouldStop);
  if (typeof remainder === 'string') return remainder;
  if (remainder.length ** 3 / 3 > operations) return 'too-large';
  return factorDense(rows, pivots, remainder, shouldStop);
}

function sparseRows({ offsets, neighbours, weights }: SparseSymmetric): Map<number, number>[] {
  return Array.from({ length: offsets.length - 1 }, (_, i) => {
    const row = new Map<number, number>();
    for (let p = offsets[i]; p < offsets[i + 1]; p++) row.set(neighbours[p], weights[p]);
    return row;
  });
}

/**
 * Eliminates the vertex with the fewest entries until all have more than the limit; returns what is left, or why there
 * is nothing.
 */
function eliminateSparse(
  rows: Map<number, number>[],
  pivots: Float64Array,
  shouldStop: () => boolean,
): number[] | 'not-shown' | 'too-large' {
  const n = rows.length;
  const gone = new Uint8Array(n);
  const buckets: number[][] = Array.from({ length: sparseRowLimit + 1 }, () => []);
  const enqueue = (i: number): void => {
    if (rows[i].size <= sparseRowLimit) buckets[rows[i].size].push(i);
  };
  for (let i = n - 1; i >= 0; i--) enqueue(i);
  let size = 0;
  while (size <= sparseRowLimit) {
    const i = buckets[size].pop();
    if (i === undefined) {
      size++;
      continue;
    }
    // A vertex is queued again whenever its size changes; older entries are stale, as are those of emptied rows.
    if (rows[i].size !== size) continue;
    if (!(pivots[i] > 0)) return 'not-shown';
    if (shouldStop()) return 'too-large';
    gone[i] = 1;
    const entries = [...rows[i]];
    for (const [j] of entries) rows[j].delete(i);
    for (let a = 0; a < entries.length; a++) {
      const [ja, wa] = entries[a];
      const factor = wa / pivots[i];
      pivots[ja] -= factor * wa;
      for (let b = 0; b < a; b++) {
        const [jb, wb] = entries[b];
        const updated = (rows[ja].get(jb) ?? 0) - factor * wb;
        rows[ja].set(jb, updated);
        rows[jb].set(ja, updated);
      }
    }
    rows[i].clear();
    for (const [j] of entries) {
      enqueue(j);
      size = Math.min(size, rows[j].size);
    }
  }
  return Array.from({ length: n }, (_, i) => i).filter((i) => gone[i] === 0);
}

/** Cholesky of the remaining rows, left-looking on rows so that inner products run along memory. */
function factorDense(
  rows: Map<number, number>[],
  pivots: Float64Array,
  remainder: number[],
  shouldStop: () => boolean,
): Definiteness {
  const r = remainder.length;
  const place = new Map(remainder.map((vertex, index) => [vertex, index]));
  const factor = remainder.map((_, i) => new Float64Array(i + 1));
  for (let i = 0; i < r; i++) {
    factor[i][i] = pivots[remainder[i]];
    for (const [vertex, w] of rows[remainder[i]]) {
      const j = place.get(vertex) ?? i;
      if (j < i) factor[i][j] = w;
    }
  }
  for (let i = 0; i < r; i++) {
    if (shouldStop()) return 'too-large';
    const row = factor[i];
    for (let j = 0; j < i; j++) {
      row[j] = (row[j] - dotPrefix(row, factor[j], j)) / factor[j][j];
    }
    const pivot = row[i] - dotPrefix(row, row, i);
    if (!(pivot > 0)) return 'not-shown';
    row[i] = Math.sqrt(pivot);
  }
  return 'definite';
}

/** Σ a_l b_l for l < length, in four partial sums: any order of summation is covered by Rump's bound. */
function dotPrefix(a: Float64Array, b: Float64Array, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let l = 0;
  for (; l + 3 < length; l += 4) {
    s0 += a[l] * b[l];
    s1 += a[l + 1] * b[l + 1];
    s2 += a[l + 2] * b[l + 2];
    s3 += a[l + 3] * b[l + 3];
  }
  for (; l < length; l++) s0 += a[l] * b[l];
  return s0 + s1 + (s2 + s3);
}
