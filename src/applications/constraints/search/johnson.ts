import { checkLength } from '../../../numerics/base/checks.ts';
import type { Assignment } from '../problem/constraints.ts';
import { fieldAt, type SignQuadratic } from '../problem/signQuadratic.ts';

/**
 * Johnson's greedy: one variable after the other to the value with the larger expected weight, the rest being coins.
 *
 * Guarantee: Q of the result is at least its mean over all assignments: three quarters of the weight of clauses with
 * two literals, a quarter of that of conjunctions.
 *
 * @param order the variables, each once
 * @returns a fresh assignment
 * Source: D. S. Johnson, J. Comput. Syst. Sci. 9 (1974) 256–278.
 * Cost: O(n + m).
 */
export function johnsonAssignment(quadratic: SignQuadratic, order: ArrayLike<number>): Assignment {
  checkLength('order', order, quadratic.variables);
  const means: Assignment = new Int8Array(quadratic.variables);
  for (let place = 0; place < order.length; place++) {
    const i = order[place];
    means[i] = fieldAt(quadratic, means, i) < 0 ? -1 : 1;
  }
  return means;
}
