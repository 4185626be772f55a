import { checkInteger, checkLength } from '../../../numerics/base/checks.ts';

/** A truth value for each variable: entry i is 1 (true) or −1 (false). */
export type Assignment = Int8Array;

/** Most variables and constraints: what typed arrays of a few hundred megabytes hold. */
export const constraintLimits = { variables: 1_000_000, constraints: 20_000_000 } as const;

/**
 * Weighted constraints on one or two literals each: MAX-2SAT, or MAX-DICUT.
 *
 * A literal is a variable's number, from 1, with a minus sign where it is negated, as in DIMACS. All arrays are
 * read-only by convention.
 */
export interface ConstraintProblem {
  readonly variables: number;
  /** `clauses` are satisfied by one true literal, `conjunctions` by true literals only. */
  readonly kind: 'clauses' | 'conjunctions';
  readonly first: Int32Array;
  /** 0 where a constraint has one literal. */
  readonly second: Int32Array;
  /** At least 0: the guarantees speak of no others. */
  readonly weights: Float64Array;
}

/** Constraint c joins the literals `first[c]` and `second[c]` (0: none), with weight `weights[c]`. */
export interface ConstraintList {
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/**
 * Builds a problem from its constraints.
 *
 * @param variables n, in [0, constraintLimits.variables]
 * @param list not kept
 * @throws RangeError for a literal out of range, a weight that is negative or not finite, or arrays of different lengths
 */
export function constraintProblem(
  variables: number,
  kind: ConstraintProblem['kind'],
  list: ConstraintList,
): ConstraintProblem {
  checkInteger('variables', variables, 0, constraintLimits.variables);
  const count = list.first.length;
  checkInteger('constraint count', count, 0, constraintLimits.constraints);
  checkLength('list.second', list.second, count);
  checkLength('list.weights', list.weights, count);
  for (let c = 0; c < count; c++) {
    const isLiteral = (literal: number): boolean =>
      Number.isInteger(literal) && Math.abs(literal) <= variables && literal !== 0;
    const isRight = isLiteral(list.first[c]) && (list.second[c] === 0 || isLiteral(list.second[c]));
    if (!isRight) {
      throw new RangeError(
        `constraint ${c}: expected literals of 1 to ${variables}, got ${list.first[c]} and ${list.second[c]}`,
      );
    }
    if (!(list.weights[c] >= 0 && list.weights[c] < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`constraint ${c}: expected a weight of at least 0, got ${list.weights[c]}`);
    }
  }
  return {
    variables,
    kind,
    first: Int32Array.from(list.first),
    second: Int32Array.from(list.second),
    weights: Float64Array.from(list.weights),
  };
}

/**
 * The maximum directed cut as constraints: the arc u → v is cut where u is true and v is false.
 *
 * @param sources, targets vertices from 0
 */
export function directedCut(
  vertexCount: number,
  { sources, targets, weights }: { readonly [key in 'sources' | 'targets' | 'weights']: ArrayLike<number> },
): ConstraintProblem {
  const first = Array.from(sources, (u) => u + 1);
  const second = Array.from(targets, (v) => -(v + 1));
  return constraintProblem(vertexCount, 'conjunctions', { first, second, weights });
}

/** Σ w over all constraints. */
export function totalWeight({ weights }: ConstraintProblem): number {
  let total = 0;
  for (let c = 0; c < weights.length; c++) total += weights[c];
  return total;
}

/**
 * The weight that an assignment satisfies, summed constraint by constraint.
 *
 * @param assignment n entries, each 1 or −1
 * Cost: O(n + m).
 */
export function satisfiedWeight(problem: ConstraintProblem, assignment: Assignment): number {
  const { variables, kind, first, second, weights } = problem;
  checkLength('assignment', assignment, variables);
  const isTrue = (literal: number): boolean => assignment[Math.abs(literal) - 1] * literal > 0;
  let satisfied = 0;
  for (let c = 0; c < weights.length; c++) {
    const one = isTrue(first[c]);
    const other = second[c] === 0 ? one : isTrue(second[c]);
    if (kind === 'clauses' ? one || other : one && other) satisfied += weights[c];
  }
  return satisfied;
}
