import { checkInteger, checkLength } from '../numerics/base/checks.ts';

/**
 * A linear subspace S of the k × d matrices with an orthonormal basis B_1 … B_p.
 *
 *     W = Σ_j s_j B_j,   ‖W‖_F = |s|
 *
 * Sparsity masks, blocks, Toeplitz matrices, convolutions and tied rows are such subspaces. Matrices are row-major,
 * rows·columns entries. Kernels allocate nothing and `out` may not alias the input.
 */
export interface WeightStructure {
  readonly rows: number;
  readonly columns: number;
  /** p, the number of free parameters. */
  readonly dimension: number;
  /** out ← Σ_j s_j B_j. */
  expandInto(out: Float64Array, s: Float64Array): Float64Array;
  /** out_j ← ⟨B_j, W⟩: the coordinates of the orthogonal projection of W on S. */
  projectInto(out: Float64Array, matrix: Float64Array): Float64Array;
}

/**
 * Makes the structure of matrices whose entries are zero or shared in groups.
 *
 * @param groupOf the group of entry (i, j), a whole number from 0, or −1 where the entry is zero; every number
 * below the largest has to occur
 * @throws RangeError for an empty structure or a group that no entry belongs to
 */
export function sharedEntries(
  rows: number,
  columns: number,
  groupOf: (i: number, j: number) => number,
): WeightStructure {
  const groups = Int32Array.from({ length: rows * columns }, (_, e) =>
    groupOf(Math.floor(e / columns), e % columns),
  );
  const dimension = groups.reduce((most, group) => Math.max(most, group), -1) + 1;
  checkInteger('number of groups', dimension, 1);
  const sizes = new Int32Array(dimension);
  for (const group of groups) if (group >= 0) sizes[group]++;
  checkInteger('entries of the smallest group', Math.min(...sizes), 1);
  const scales = Float64Array.from(sizes, (size) => 1 / Math.sqrt(size));
  return {
    rows,
    columns,
    dimension,
    expandInto(out, s) {
      for (let e = 0; e < groups.length; e++) out[e] = groups[e] < 0 ? 0 : scales[groups[e]] * s[groups[e]];
      return out;
    },
    projectInto(out, matrix) {
      out.fill(0);
      for (let e = 0; e < groups.length; e++) if (groups[e] >= 0) out[groups[e]] += matrix[e];
      for (let g = 0; g < dimension; g++) out[g] *= scales[g];
      return out;
    },
  };
}

/**
 * Makes the structure spanned by given matrices, by two passes of modified Gram–Schmidt.
 *
 * @param spanning linearly independent matrices, each rows·columns entries, row-major; not kept
 * @throws RangeError where one of them depends on those before it, to rounding
 */
export function spannedBy(
  rows: number,
  columns: number,
  spanning: readonly ArrayLike<number>[],
): WeightStructure {
  const size = rows * columns;
  const dimension = spanning.length;
  checkInteger('spanning.length', dimension, 1, size);
  const basis = new Float64Array(dimension * size);
  for (const [p, matrix] of spanning.entries()) {
    checkLength(`spanning[${p}]`, matrix, size);
    const own = basis.subarray(p * size, (p + 1) * size);
    own.set(matrix);
    const before = Math.hypot(...own);
    for (let pass = 0; pass < 2; pass++) {
      for (let q = 0; q < p; q++) {
        const other = basis.subarray(q * size, (q + 1) * size);
        let inner = 0;
        for (let e = 0; e < size; e++) inner += own[e] * other[e];
        for (let e = 0; e < size; e++) own[e] -= inner * other[e];
      }
    }
    const norm = Math.hypot(...own);
    if (!(norm > 1e-8 * before))
      throw new RangeError(`spanning[${p}]: expected a matrix independent of those before it`);
    for (let e = 0; e < size; e++) own[e] /= norm;
  }
  return {
    rows,
    columns,
    dimension,
    expandInto(out, s) {
      out.fill(0, 0, size);
      for (let p = 0; p < dimension; p++) {
        for (let e = 0; e < size; e++) out[e] += s[p] * basis[p * size + e];
      }
      return out;
    },
    projectInto(out, matrix) {
      for (let p = 0; p < dimension; p++) {
        let inner = 0;
        for (let e = 0; e < size; e++) inner += basis[p * size + e] * matrix[e];
        out[p] = inner;
      }
      return out;
    },
  };
}
