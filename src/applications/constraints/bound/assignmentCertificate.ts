import { lemmaBound } from '../../../lemma/lemmaBound.ts';
import { checkLength } from '../../../numerics/base/checks.ts';
import type { StationarityGoal } from '../../../numerics/optimize/optimizer.ts';
import { signBands, signBandsInto } from '../sampler/signBands.ts';
import type { SmoothedAssignment } from '../sampler/smoothedAssignment.ts';
import { gradientLipschitzOf, steepestVariable } from '../sampler/smoothingBounds.ts';

/** What is verified of a point as a joint second-order stationary point, and what the lemma says of it. */
export interface AssignmentCertificate {
  /** ‖V‖_F. */
  readonly weightNorm: number;
  /** ‖∇f‖ over V and μ is at most this, rounding added. */
  readonly gradientNorm: number;
  /** λ_min of the full Hessian over V and μ is at least this: proven. */
  readonly lowestCurvature: number;
  readonly hessianLipschitz: number;
  /** The smallest ρ for which this shows ‖∇f‖ ≤ ρ and λ_min(∇²f) ≥ −√(Kρ). */
  readonly accuracy: number;
  /** ρ/(2λ − √(Kρ)) of Lemma 3.1, which bounds ‖V‖_F; infinite where it says nothing. */
  readonly lemmaBound: number;
  /** ½L‖V‖_F²: the most by which E Q at the point exceeds E Q at (0, μ). */
  readonly spreadLoss: number;
  /** Whether the lemma says something at that ρ, and ‖V‖_F is within its bound. */
  readonly holds: boolean;
}

/**
 * The goal under which Lemma 3.1 bounds the vectors by λ/K: ρ = λ²/K, so that √(Kρ) = λ < 2λ.
 */
export function assignmentGoal({ regularization, hessianLipschitz }: SmoothedAssignment): StationarityGoal {
  const gradientTolerance = regularization ** 2 / (hessianLipschitz || 1);
  return { gradientTolerance, curvatureTolerance: regularization };
}

/**
 * Verifies joint second-order stationarity at a point, for any number of variables.
 *
 *     λ_min(∇²f(V, μ)) ≥ min(0, λ_min(∇²g(μ))) − √3 K‖V‖_F
 *
 * Derivation: along (A, a) the second derivative of f is E (Az + a)ᵀ∇²g(Vz + μ)(Az + a) + 2λ‖A‖². K replaces ∇²g(Vz + μ)
 * by ∇²g(μ) at the price of K E‖Vz‖‖Az + a‖², which Cauchy and Schwarz bound by K‖V‖_F √3 (‖A‖² + |a|²), for
 * E‖Y‖⁴ ≤ 3(E‖Y‖²)² for a Gaussian Y. ∇²g(μ) has the sparsity of the couplings, and Gershgorin's circles bound it.
 *
 * Guarantee: ‖∇f‖ ≤ gradientNorm and λ_min(∇²f) ≥ lowestCurvature, rounding added; it is sharp where V ≈ 0.
 *
 * @param point V then μ; not written to
 * Source: arXiv 2510.19382, Definition 2.2 and Lemma 3.1.
 * Cost: one gradient and one pass over the couplings.
 */
export function certifyAssignment(objective: SmoothedAssignment, point: Float64Array): AssignmentCertificate {
  checkLength('point', point, objective.dimension);
  const { quadratic, rank, smoothing, regularization, hessianLipschitz, shift, dimension } = objective;
  const gradient = objective.gradientInto(new Float64Array(dimension), point);
  const error = objective.expectationErrorAt(point);
  let weightSquare = 0;
  let gradientSquare = 0;
  for (let c = 0; c < shift.start; c++) weightSquare += point[c] * point[c];
  for (let c = 0; c < dimension; c++) gradientSquare += gradient[c] * gradient[c];
  const weightNorm = Math.sqrt(weightSquare);
  // A slope sums terms of at most C(|a_i| + Σ|b_ij|)/τ, each with a relative error of some (64 + 4k)ε.
  const slopeRounding = (64 + 4 * rank) * Number.EPSILON * slopeSizes(objective, point);
  const gradientNorm = Math.sqrt(gradientSquare) + error.weightGradient + slopeRounding;
  const decided = Float64Array.from(point).fill(0, 0, shift.start);
  const level =
    Math.min(0, gershgorin(objective, decided)) - objective.expectationErrorAt(decided).shiftHessian;
  const lowestCurvature = level - Math.sqrt(3) * hessianLipschitz * weightNorm;
  const accuracy =
    hessianLipschitz === 0 ? gradientNorm : Math.max(gradientNorm, lowestCurvature ** 2 / hessianLipschitz);
  const bound = lemmaBound(accuracy, Math.sqrt(hessianLipschitz * accuracy), regularization);
  return {
    weightNorm,
    gradientNorm,
    lowestCurvature,
    hessianLipschitz,
    accuracy,
    lemmaBound: bound,
    spreadLoss: (gradientLipschitzOf(quadratic, smoothing) * weightSquare) / 2,
    holds: Number.isFinite(bound) && weightNorm <= bound,
  };
}

/** The 2-norm of what the slopes are summed from, at least: density, field and couplings of each variable. */
function slopeSizes({ quadratic, smoothing, shift }: SmoothedAssignment, point: Float64Array): number {
  let squared = 0;
  const largest = steepestVariable(quadratic, 1);
  for (let i = 0; i < shift.length; i++) {
    const standard = point[shift.start + i] / smoothing;
    squared += Math.exp(-standard * standard);
  }
  return (largest * Math.sqrt(squared)) / smoothing;
}

/** λ_min(∇²_μ f) is at least this, at a point with V = 0. */
function gershgorin(objective: SmoothedAssignment, point: Float64Array): number {
  const { quadratic } = objective;
  const bands = signBands(quadratic);
  signBandsInto(bands, objective, point);
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < quadratic.variables; i++) {
    let row = -bands.diagonal[i];
    for (let p = quadratic.offsets[i]; p < quadratic.offsets[i + 1]; p++) row -= Math.abs(bands.off[p]);
    lowest = Math.min(lowest, row);
  }
  return lowest;
}
