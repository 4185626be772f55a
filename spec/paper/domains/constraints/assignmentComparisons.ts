import {
  type Assignment,
  assignmentGoal,
  hyperplaneExpectation,
  johnsonAssignment,
  satisfiedWeight,
} from '../../../../src/applications/constraints/index.ts';
import { rounding, type Tolerance } from '../../../../src/numerics/base/tolerance.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { atLeast, atMost, type Comparison } from '../../../../src/papers/claims/comparison.ts';
import type { AssignmentEnd, AssignmentTask } from './constraintDescents.ts';

/** What the comparisons of the claim are called, for sabotages and nulls to name. */
export const assigned = {
  start: 'satisfied weight against the expected weight of the start',
  hyperplanes: 'satisfied weight against the expectation of hyperplanes − losses',
  relaxation: 'satisfied weight against α·SDP − losses',
  optimum: 'satisfied weight against α·OPT − losses',
  losses: 'losses to smoothing, λ and V against 2 % of all weights',
  gradient: '‖∇f‖ over V and μ against ρ',
  curvature: 'λ_min of the full Hessian against −√(Kρ)',
  vectors: '‖V‖ against ρ/(2λ − √(Kρ))',
  descent: 'objective at the end against the start',
} as const;

/** Rounding of sums over the constraints of quantities of the size of all weights together. */
export function roundedWeight({ problem }: Pick<AssignmentTask, 'problem'>): Tolerance {
  const size = problem.weights.reduce((total, weight) => total + Math.abs(weight), 0);
  return rounding(64 * (1 + problem.weights.length), size);
}

/**
 * The claim at the end of a descent: what makes the point second-order stationary, and what its assignment is worth.
 *
 * What is lost to the rest of V is computed at the point, and never more than a thousandth of all weights.
 */
export function assignmentComparisons(task: AssignmentTask, end: AssignmentEnd): Comparison[] {
  const { problem, quadratic, objective, start, alpha } = task;
  const { certificate, assignment } = end;
  const rounded = roundedWeight(task);
  const exactly: Tolerance = { value: 0, because: 'rounding is part of what is compared' };
  const satisfied = satisfiedWeight(problem, assignment);
  const size = quadratic.totalWeight;
  const spread = Math.min(certificate.spreadLoss, 1e-3 * Math.abs(size));
  const lost = task.startLoss + spread;
  const { gradientTolerance, curvatureTolerance } = assignmentGoal(objective);
  const bound = gradientTolerance / (2 * objective.regularization - curvatureTolerance);
  const expected = hyperplaneExpectation(quadratic, task.seen);
  return [
    atLeast(assigned.start, satisfied, -objective.value(start) - spread, rounded),
    atLeast(assigned.hyperplanes, satisfied, expected - lost, rounded),
    atLeast(assigned.relaxation, satisfied, alpha * task.relaxation - lost, rounded),
    atMost(assigned.losses, task.startLoss + certificate.spreadLoss, 0.02 * size, rounded),
    atMost(assigned.gradient, certificate.gradientNorm, gradientTolerance, exactly),
    atLeast(assigned.curvature, certificate.lowestCurvature, -curvatureTolerance, exactly, {
      variables: problem.variables,
      constraints: problem.weights.length,
      coordinates: objective.dimension,
    }),
    atMost(assigned.vectors, certificate.weightNorm, bound, exactly),
    atMost(assigned.descent, end.value, objective.value(start), rounded),
  ];
}

/** An assignment of which nothing is claimed but its values: what a null returns. */
export function bareAssignment(assignment: Assignment): AssignmentEnd {
  return {
    assignment,
    value: Number.POSITIVE_INFINITY,
    certificate: {
      weightNorm: Number.POSITIVE_INFINITY,
      gradientNorm: Number.POSITIVE_INFINITY,
      lowestCurvature: Number.NEGATIVE_INFINITY,
      hessianLipschitz: 0,
      accuracy: Number.POSITIVE_INFINITY,
      lemmaBound: Number.POSITIVE_INFINITY,
      spreadLoss: 0,
      holds: false,
    },
  };
}

/** Every variable by a coin. */
export function coinAssignment(stream: RandomStream, variables: number): Assignment {
  return Int8Array.from({ length: variables }, () => (stream.uniform() < 0.5 ? -1 : 1));
}

/** Johnson's greedy in a random order. */
export function greedyAssignment(stream: RandomStream, { quadratic }: AssignmentTask): Assignment {
  const order = Array.from({ length: quadratic.variables }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = stream.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return johnsonAssignment(quadratic, order);
}
