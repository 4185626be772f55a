import { checkLength } from '../base/checks.ts';

/**
 * Factors a wide matrix as a lower triangle times orthonormal rows, by Householder reflections.
 *
 *     A = L Q,   L rows × rows lower triangular,   Q Qᵀ = I
 *
 * Guarantee: ‖A − LQ‖ and ‖QQᵀ − I‖ are a few roundings, whatever the rank of A. Where A has dependent rows, Q is
 * still orthonormal and L has zeros on its diagonal.
 *
 * @param l rows·rows, row-major; written to
 * @param q rows·columns, row-major; written to
 * @param a rows·columns entries from `offset`, row-major, rows ≤ columns; may not share memory with l or q
 * @throws RangeError for buffers of other lengths
 * Source: G. Golub and C. Van Loan, Matrix Computations (2013), section 5.2, transposed.
 * Cost: 4·rows²·columns operations; allocates one number a row.
 */
export function lqFactorInto(
  l: Float64Array,
  q: Float64Array,
  a: Float64Array,
  rows: number,
  offset = 0,
): void {
  checkLength('l', l, rows * rows);
  const columns = q.length / rows;
  const reflected = a.slice(offset, offset + rows * columns);
  checkLength('a from offset', reflected, q.length);
  const scales = new Float64Array(rows);
  l.fill(0);
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    // Reflect row i onto its entry i: v = (row + sign·norm·e_i)/norm, kept in place; H = I − v vᵀ/|v_i|.
    const norm = tailNorm(reflected, row + i, row + columns);
    for (let j = 0; j < i; j++) l[i * rows + j] = reflected[row + j];
    if (norm === 0) continue;
    const sign = reflected[row + i] >= 0 ? 1 : -1;
    l[i * rows + i] = -sign * norm;
    for (let j = i; j < columns; j++) reflected[row + j] /= norm;
    reflected[row + i] += sign;
    scales[i] = 1 / Math.abs(reflected[row + i]);
    for (let r = i + 1; r < rows; r++)
      reflectRow(reflected, r * columns, reflected, row, i, columns, scales[i]);
  }
  // Q is the first rows of the product of the reflections, applied from the last to the first.
  q.fill(0);
  for (let i = 0; i < rows; i++) q[i * columns + i] = 1;
  for (let i = rows - 1; i >= 0; i--) {
    for (let r = 0; r < rows; r++) reflectRow(q, r * columns, reflected, i * columns, i, columns, scales[i]);
  }
}

/** √Σ x_j² over [from, to), without underflow of the squares. */
function tailNorm(x: Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let j = from; j < to; j++) largest = Math.max(largest, Math.abs(x[j]));
  if (largest === 0) return 0;
  let squared = 0;
  for (let j = from; j < to; j++) squared += (x[j] / largest) ** 2;
  return largest * Math.sqrt(squared);
}

/** x ← x − scale·(x·v) v over entries from `start`. */
function reflectRow(
  x: Float64Array,
  at: number,
  v: Float64Array,
  from: number,
  start: number,
  columns: number,
  scale: number,
): void {
  let inner = 0;
  for (let j = start; j < columns; j++) inner += x[at + j] * v[from + j];
  inner *= scale;
  for (let j = start; j < columns; j++) x[at + j] -= inner * v[from + j];
}
