import type { Directions } from '../points/pairDirections.ts';

/** `dependent`: no row was found, since the points depend on each other as far as rounding can tell. */
export type ExactRow =
  | { readonly outcome: 'solved'; readonly row: Float64Array }
  | { readonly outcome: 'dependent' };

/** √(2⁻⁵²). */
const halfOfTheDigits = 2 ** -26;

/**
 * Solves ⟨a, x_i⟩ = 1 for every point: one row that keeps the length of each, as independent points admit it.
 *
 *     a = Xᵀ(XXᵀ)⁻¹1, the solution of least norm
 *
 * Guarantee: a row that is returned has |⟨a, x_i⟩ − 1| ≤ 2⁻²⁶ for every point; where the points are independent it is
 * rounding times the condition of XXᵀ. Distances
 * *between* points are not kept, since ⟨a, x_i − x_j⟩ = 0.
 *
 * @param directions unit points, one a row, no more than their dimension
 * @returns d entries, fresh, or that there are none
 * Cost: count²·d + count³/3 operations.
 */
export function exactRow(directions: Directions): ExactRow {
  const { values, count: n, dimension: d } = directions;
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let c = 0; c < d; c++) product += values[i * d + c] * values[j * d + c];
      gram[i * n + j] = product;
      gram[j * n + i] = product;
    }
  }
  const row = new Float64Array(d);
  // Two rounds: the second solves for what rounding left of the first.
  for (let round = 0; round < 2; round++) {
    const left = new Float64Array(n).fill(1);
    for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) left[i] -= row[c] * values[i * d + c];
    const weights = solvePositive(gram, left, n);
    for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) row[c] += weights[i] * values[i * d + c];
  }
  // Contradictory points, x and −x say, may leave a pivot of rounding size in place of 0.
  for (let i = 0; i < n; i++) {
    let image = 0;
    for (let c = 0; c < d; c++) image += row[c] * values[i * d + c];
    if (!(Math.abs(image - 1) <= halfOfTheDigits)) return { outcome: 'dependent' };
  }
  return { outcome: 'solved', row };
}

/** Solves a positive definite system by Cholesky's factorisation. */
function solvePositive(matrix: Float64Array, right: Float64Array, n: number): Float64Array {
  const lower = Float64Array.from(matrix);
  const x = Float64Array.from(right);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let entry = lower[i * n + j];
      for (let c = 0; c < j; c++) entry -= lower[i * n + c] * lower[j * n + c];
      lower[i * n + j] = i === j ? Math.sqrt(entry) : entry / lower[j * n + j];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < i; c++) x[i] -= lower[i * n + c] * x[c];
    x[i] /= lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let c = i + 1; c < n; c++) x[i] -= lower[c * n + i] * x[c];
    x[i] /= lower[i * n + i];
  }
  return x;
}
