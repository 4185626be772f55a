import { checkInteger } from '../../../numerics/base/checks.ts';
import { type Assignment, type ConstraintProblem, satisfiedWeight } from '../problem/constraints.ts';
import { fieldAt, type SignQuadratic } from '../problem/signQuadratic.ts';

/** Most variables that {@link exactAssignment} accepts: 2²² flips, well under a second. */
export const exactLimit = 22;

/**
 * Finds an assignment of the largest satisfied weight by visiting all in Gray code order.
 *
 * Guarantee: it is maximum (rounding of the running sum aside, which integral weights do not have).
 *
 * @param quadratic that of the problem
 * @returns a fresh assignment and the weight that it satisfies
 * @throws RangeError for more than `exactLimit` variables
 * Cost: 2^n flips.
 */
export function exactAssignment(
  problem: ConstraintProblem,
  quadratic: SignQuadratic,
): { readonly assignment: Assignment; readonly weight: number } {
  const n = quadratic.variables;
  checkInteger('variables', n, 0, exactLimit);
  const signs: Assignment = new Int8Array(n).fill(1);
  const best = Int8Array.from(signs);
  const fields = Float64Array.from(signs, (_, i) => fieldAt(quadratic, signs, i));
  let gained = 0;
  let bestGain = 0;
  for (let code = 1; code < 2 ** n; code++) {
    // The lowest set bit of the counter is the bit that changes in the Gray code.
    const i = 31 - Math.clz32(code & -code);
    gained -= 2 * signs[i] * fields[i];
    flip(quadratic, signs, fields, i);
    if (gained > bestGain) {
      bestGain = gained;
      best.set(signs);
    }
  }
  return { assignment: best, weight: satisfiedWeight(problem, best) };
}

/** Flips variable i and keeps F_j = a_j + Σ b_jk x_k right for all j. Cost: O(degree of i). */
export function flip(
  { offsets, neighbours, weights }: SignQuadratic,
  signs: Assignment,
  fields: Float64Array,
  i: number,
): void {
  signs[i] = -signs[i];
  for (let p = offsets[i]; p < offsets[i + 1]; p++) fields[neighbours[p]] += 2 * weights[p] * signs[i];
}
