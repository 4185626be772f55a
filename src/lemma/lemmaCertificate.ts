import type { EigenFailure } from '../numerics/linalg/symmetricEigen.ts';
import { segmentNorm, weightCount, weightFactor, weightNorm } from './blocks.ts';
import { lemmaBound } from './lemmaBound.ts';
import { expectationSafety, type RandomizedObjective } from './randomizedObjective.ts';
import { shiftCurvature } from './shiftCurvature.ts';

/** What the lemma says of one point, from quantities that were computed at it. */
export interface LemmaCertificate {
  readonly outcome: 'certified';
  /** ‖W‖_F. */
  readonly weightNorm: number;
  /** ‖∇f‖ over all coordinates, expectation error added. */
  readonly gradientNorm: number;
  /** ‖∇_W f‖ / √c, expectation error added, with c of ‖W‖_F² = c·|s|²: the ρ that enters the bound. */
  readonly weightGradientNorm: number;
  /** λ_min and λ_max of ∇²_b f, and by how much they may be off. */
  readonly lowestShiftCurvature: number;
  readonly highestShiftCurvature: number;
  readonly curvatureError: number;
  /** γ = max(0, −(lowest − error)). */
  readonly curvatureDeficit: number;
  /** ‖W‖_F ≤ bound: ρ/(2λ − γ); infinite where the lemma says nothing. */
  readonly bound: number;
  /** How γ was obtained and what is rigorous about it. */
  readonly says: string;
}

/**
 * Evaluates the lemma's hypotheses and its bound at a point.
 *
 * Guarantee: ‖W‖_F ≤ bound, from the Stein identity and the b-block's dense eigenvalues; needs no Hessian-Lipschitz
 * constant and nothing about θ. Only rounding and the objective's expectation error stand between the numbers and a
 * proof, and both are added on the unfavourable side.
 *
 * Source: the (ρ, γ) form of Lemma 3.1: ⟨W, ∇_W f⟩ = ⟨W, (∇²_b f + 2λI)W⟩ ≥ (2λ − γ)‖W‖_F².
 * Cost: that of `shiftCurvature`.
 */
export function lemmaCertificate(
  objective: RandomizedObjective,
  x: Float64Array,
): LemmaCertificate | EigenFailure {
  const { weights, regularization, dimension } = objective;
  const gradient = objective.gradientInto(new Float64Array(dimension), x);
  const error = objective.expectationErrorAt(x);
  const curvature = shiftCurvature(objective, x, error);
  if (curvature.outcome !== 'decomposed') return curvature;
  const gradientError = expectationSafety * error.weightGradient;
  const weightGradientNorm =
    (segmentNorm(gradient, weights.start, weightCount(weights)) + gradientError) /
    Math.sqrt(weightFactor(weights));
  const gradientNorm = segmentNorm(gradient, 0, dimension) + gradientError;
  if (!Number.isFinite(gradientNorm)) return { outcome: 'non-finite' };
  const curvatureDeficit = Math.max(0, curvature.error - curvature.lowest);
  return {
    outcome: 'certified',
    weightNorm: weightNorm(objective, x),
    gradientNorm,
    weightGradientNorm,
    lowestShiftCurvature: curvature.lowest,
    highestShiftCurvature: curvature.highest,
    curvatureError: curvature.error,
    curvatureDeficit,
    bound: lemmaBound(weightGradientNorm, curvatureDeficit, regularization),
    says: `dense eigenvalues of the ${objective.shift.length}×${objective.shift.length} b-block, error at most ${curvature.error.toExponential(1)} (${error.method})`,
  };
}
