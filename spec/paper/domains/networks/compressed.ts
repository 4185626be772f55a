import { gaussianRisk, reducedParameters } from '../../../../src/applications/networks/risk/gaussianRisk.ts';
import { productNodes } from '../../../../src/applications/networks/risk/productNodes.ts';
import {
  compressedFirstLayer,
  firstLayerSpectrum,
  predictionLipschitz,
} from '../../../../src/applications/networks/study/discoverStructure.ts';
import { lemmaBound } from '../../../../src/lemma/lemmaBound.ts';
import { rounding } from '../../../../src/numerics/base/tolerance.ts';
import { atMost, type Comparison } from '../../../../src/papers/claims/comparison.ts';
import type { JointInstance } from './jointNetworks.ts';

/** What the comparisons are called. */
export const dropped = {
  direction: 'largest singular value beyond those kept, against the bound',
  predictions: 'change of the predictions, root mean square, against its bound',
} as const;

/**
 * What a first layer loses when it is kept to so many directions: singular values, and accuracy of the predictions,
 * against what Theorem 4.1 leaves of W⊥ at a point of the instance's ρ and γ.
 *
 * Both are those of the reduced network on (x∥, Qx⊥), W⊥ = LQ: Q has orthonormal rows.
 */
export function compressed(
  { problem, risk, goal }: JointInstance,
  point: Float64Array,
  rank: number,
): readonly Comparison[] {
  const { relevantDimension: k, inputDimension, widths, activation } = problem;
  const axes = Math.min(widths[0], inputDimension - k);
  const reduced = gaussianRisk({ ...problem, inputDimension: k + axes });
  const { layout } = reduced;
  const bound = lemmaBound(goal.gradientTolerance, goal.curvatureTolerance, problem.regularization);
  const x = reducedParameters(risk.layout, point);
  const spectrum = firstLayerSpectrum(layout, x);
  const { weights } = productNodes(problem.relevantLaw, k, axes, problem.nodesPerAxis).nodes;
  const predictions = (parameters: Float64Array) =>
    reduced.predictionsInto(new Float64Array(weights.length), parameters);
  const before = predictions(x);
  const after = predictions(compressedFirstLayer(layout, x, rank));
  const change = Math.sqrt(
    weights.reduce((total, weight, n) => total + weight * (after[n] - before[n]) ** 2, 0),
  );
  const allowed = predictionLipschitz(layout, x, activation.suprema[1]) * bound;
  const slack = rounding(64 * reduced.dimension, spectrum[0] + Math.hypot(...before));
  return [
    atMost(dropped.direction, spectrum[rank] ?? 0, bound, slack),
    atMost(dropped.predictions, change, allowed, slack),
  ];
}
