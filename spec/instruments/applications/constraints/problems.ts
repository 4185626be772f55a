import {
  type Assignment,
  type ConstraintProblem,
  constraintProblem,
} from '../../../../src/applications/constraints/index.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** Constraints of all shapes: single literals, a literal twice, a literal and its negation, repeated pairs, weight 0. */
export function randomProblem(
  stream: RandomStream,
  variables: number,
  kind: ConstraintProblem['kind'] = stream.uniform() < 0.5 ? 'clauses' : 'conjunctions',
): ConstraintProblem {
  const count = stream.integer(1, 4 * variables);
  const literal = (): number => stream.integer(1, variables) * (stream.uniform() < 0.5 ? -1 : 1);
  const draw = <T>(one: () => T): T[] => Array.from({ length: count }, one);
  return constraintProblem(variables, kind, {
    first: draw(literal),
    second: draw(() => (stream.uniform() < 0.2 ? 0 : literal())),
    weights: draw(() => (stream.uniform() < 0.1 ? 0 : stream.integer(1, 9) / 2)),
  });
}

/** All assignments of n variables, the slow way. */
export function* allAssignments(n: number): Generator<Assignment> {
  for (let code = 0; code < 2 ** n; code++) {
    yield Int8Array.from({ length: n }, (_, i) => (Math.floor(code / 2 ** i) % 2 === 1 ? 1 : -1));
  }
}

/** The satisfied weight by the meaning of clauses and conjunctions, with no code of the application. */
export function countedWeight(problem: ConstraintProblem, assignment: ArrayLike<number>): number {
  let sum = 0;
  problem.weights.forEach((weight, c) => {
    const literals = [problem.first[c], problem.second[c]].filter((literal) => literal !== 0);
    const truths = literals.map((literal) => assignment[Math.abs(literal) - 1] > 0 === literal > 0);
    const holds = problem.kind === 'clauses' ? truths.some((truth) => truth) : truths.every((truth) => truth);
    if (holds) sum += weight;
  });
  return sum;
}
