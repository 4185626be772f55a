import { dualBound, type Graph, solveSemidefinite } from '../../../../src/applications/maxcut/index.ts';
import { goemansWilliamsonRatio as alpha } from '../../../../src/applications/maxcut/sampler/smoothingBounds.ts';
import { rounding, sum, type Tolerance } from '../../../../src/numerics/base/tolerance.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { atLeast, atMost, type Comparison } from '../../../../src/papers/claims/comparison.ts';
import {
  type DescentEnd,
  type DescentTask,
  type DescentVariant,
  descentTask,
  relaxationValue,
  sizeOf,
  startLoss,
  theoremVariant,
} from './maxcutDescents.ts';

/** What the comparisons of Theorem 5.2 are called, for sabotages and nulls to name. */
export const compared = {
  start: 'cut against the expected cut of the start',
  relaxation: 'cut against α·SDP − losses',
  optimum: 'cut against α·OPT − losses',
  losses: 'losses to smoothing, λ and signs against 2 % of all weights',
  gradient: '‖∇f‖ over V and μ against ρ',
  curvature: 'λ_min of the full Hessian against −√(Kρ)',
  vectors: '‖V‖ against ρ/(2λ − √(Kρ))',
  descent: 'objective at the end against the start',
} as const;

/** A graph with its relaxation's vectors, at most 8 wide, and the theorem's task on it. */
export function posed(stream: RandomStream, graph: Graph) {
  const rank = Math.max(1, Math.min(8, Math.ceil(Math.sqrt(2 * graph.vertexCount))));
  const solution = solveSemidefinite(stream.fork('vectors'), graph, { rank, tolerance: 1e-6 });
  const variant = theoremVariant(graph);
  return {
    graph,
    variant,
    task: descentTask(graph, solution.vectors, variant),
    /** How far the vectors may be from the relaxation's optimum. */
    gap: (): number => Math.max(0, dualBound(stream.fork('bound'), graph, solution).value - solution.value),
  };
}

/**
 * Theorem 5.2 at the end of a descent: what makes the point second-order stationary, and what its signs are worth.
 *
 * The loss that is granted to the signs is computed at the point, and never more than a thousandth of all weights.
 */
export function stationaryComparisons(
  task: DescentTask,
  variant: DescentVariant,
  end: DescentEnd,
): Comparison[] {
  const { graph, goal, objective, start } = task;
  const { certificate, cut } = end;
  const rounded = roundedCut(graph);
  const size = sizeOf(graph);
  const signs = Math.min(end.loss, 1e-3 * size);
  const start0 = startLoss(graph, variant);
  const { gradientTolerance, curvatureTolerance } = goal;
  const bound = gradientTolerance / (2 * objective.regularization - curvatureTolerance);
  const known = {
    vertices: graph.vertexCount,
    edges: graph.edgeCount,
    coordinates: objective.dimension,
    [`by ${certificate.method}`]: 1,
    'probability of failure': certificate.failureProbability,
  };
  return [
    atLeast(compared.start, cut, -objective.value(start) - signs, rounded),
    atLeast(compared.relaxation, cut, alpha * relaxationValue(graph, task.vectors) - start0 - signs, rounded),
    atMost(compared.losses, start0 + end.loss, 0.02 * size, rounded),
    atMost(compared.gradient, certificate.gradientNorm, gradientTolerance, exactly),
    atLeast(compared.curvature, certificate.lowestCurvature, -curvatureTolerance, exactly, known),
    atMost(compared.vectors, certificate.weightNorm, bound, exactly),
    atMost(compared.descent, end.endValue, objective.value(start), rounded),
  ];
}

const exactly: Tolerance = { value: 0, because: 'rounding is part of what is compared' };

/** Rounding of sums over the edges of quantities of the size of all weights together. */
export function roundedCut(graph: Pick<Graph, 'edgeCount' | 'absoluteWeight'>): Tolerance {
  return sum(rounding(64 * (1 + graph.edgeCount), graph.absoluteWeight));
}
