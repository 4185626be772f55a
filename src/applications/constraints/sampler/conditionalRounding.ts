import { checkAbove, checkLength } from '../../../numerics/base/checks.ts';
import { normalCdf } from '../../../numerics/statistics/normal.ts';
import type { Assignment } from '../problem/constraints.ts';
import { fieldAt, type SignQuadratic } from '../problem/signQuadratic.ts';

/**
 * Rounds independent signs of mean q_i = 2Φ(μ_i/τ) − 1 to fixed ones by conditional expectations.
 *
 * Variables with |q_i| = 1 in float64 keep their sign; the others follow by decreasing |μ_i|, each to the sign of
 * F_i = a_i + Σ_j b_ij q_j with the choices made so far (that of μ_i in a tie).
 *
 * Guarantee: Q of the result is at least E Q at (0, μ): Q is linear in every sign. Rounding aside.
 *
 * @param shift μ, n entries
 * @param smoothing τ > 0
 * @returns a fresh assignment
 * Source: P. Erdős and J. Selfridge (1973); P. Raghavan (1988).
 * Cost: O(m + n log n).
 */
export function roundAssignment(
  quadratic: SignQuadratic,
  shift: ArrayLike<number>,
  smoothing: number,
): Assignment {
  const n = quadratic.variables;
  checkLength('shift', shift, n);
  checkAbove('smoothing', smoothing, 0);
  const means = new Float64Array(n);
  const undecided: number[] = [];
  for (let i = 0; i < n; i++) {
    means[i] = 2 * normalCdf(shift[i] / smoothing) - 1;
    if (Math.abs(means[i]) < 1) undecided.push(i);
  }
  undecided.sort((i, j) => Math.abs(shift[j]) - Math.abs(shift[i]) || i - j);
  for (const i of undecided) {
    const force = fieldAt(quadratic, means, i);
    means[i] = force === 0 ? (shift[i] < 0 ? -1 : 1) : Math.sign(force);
  }
  return Int8Array.from(means);
}
