import { segmentNorm, weightCount, weightFactor, weightNorm } from '../../../lemma/blocks.ts';
import { lemmaBound } from '../../../lemma/lemmaBound.ts';
import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import { interruptible } from '../../../numerics/optimize/interruptible.ts';
import type { Descent, DescentStep, Optimizer } from '../../../numerics/optimize/optimizer.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { DirectionSet } from '../points/directionImages.ts';
import { violationProbability } from '../tail/violationProbability.ts';
import { DiagonalSampler } from './diagonalSampler.ts';
import { IsotropicSampler } from './isotropicSampler.ts';
import type { SamplerObjective } from './samplerObjective.ts';
import { scaledUnionStart, startOf } from './unionDimension.ts';

/** Where the pessimistic estimator starts: everything is fixed by the directions and ε, except by choice. */
export interface EstimatorStart {
  readonly objective: SamplerObjective;
  /** σ² + τ² = c/k for every entry, M = 0: a Gaussian matrix at its best scale, smoothing included. A fresh array. */
  readonly point: Float64Array;
}

/** What may be said to a descent, and heard of it. */
export interface DerandomizeOptions {
  readonly observe?: (step: DescentStep) => void;
  /** Polled at every step: once aborted, the descent ends where it stands. */
  readonly signal?: AbortSignal;
}

/** What the end of the descent says. */
export interface DerandomizedProjection {
  /** The last of the descents, one a goal. */
  readonly descent: Descent;
  /** M, row-major k·d: deterministic. */
  readonly matrix: Float64Array;
  /** |σ|, the largest of them for the diagonal sampler. */
  readonly deviation: number;
  /** ‖W‖_F: √(kd)·|σ| for W = σI, √(Σ σ_ij²) for W = diag(σ). */
  readonly weightNorm: number;
  /** Bound on ‖W‖_F from the lemma in its (ρ, γ) form, γ from a closed-form bound on the shift curvature. */
  readonly weightBound: number;
  readonly startValue: number;
  /** Σ p at the end. */
  readonly violationSum: number;
  /** Σ p below this proves that M violates no direction. */
  readonly threshold: number;
}

/** Part of the budget of ½ left to the union bound, to the regularizer, and to what smoothing costs. */
export const unionBudget = 0.4;
const regularizerBudget = 0.02;
const leastThreshold = 0.45;

/** What a start leaves open. */
export interface StartOptions {
  /** k, if not the one computed: then nothing is proved. */
  readonly rows?: number;
  /** One σ for all entries of the matrix, or one each; default `isotropic`. */
  readonly sampler?: 'isotropic' | 'diagonal';
  /** Part of the budget of ½ that the regularizer starts with, at most 0.3; default 0.02. The union bound gets 0.42 less it. */
  readonly regularizer?: number;
}

/**
 * Prepares the objective and the start for which the union bound proves that descent ends without a violation.
 *
 * k is the smallest number of rows with Σ p ≤ 0.4 at M = 0 for some variance σ² + τ² of the entries; τ is small enough
 * that a violated direction keeps p ≥ 0.45; λ is such that λ‖W‖_F² starts at 0.02. So f starts below 0.42.
 *
 * Guarantee: at every (σ, M) with f ≤ its start and σ so small that the threshold stays above 0.42, M distorts no
 * direction by more than ε.
 *
 * @param distortion ε in (0, 1)
 * @throws RangeError outside these
 * Source: the method of conditional expectations with a pessimistic estimator, Raghavan (1988); the sampler of
 * N. Tsikouras et al. (2024, arXiv 2412.07242).
 */
export function estimatorStart(
  directions: DirectionSet,
  distortion: number,
  { rows: wanted, sampler = 'isotropic', regularizer = regularizerBudget }: StartOptions = {},
): EstimatorStart {
  checkAbove('distortion', distortion, 0);
  checkWithin('distortion', distortion, 0, 1 - Number.EPSILON);
  checkWithin('regularizer', regularizer, 0, 0.3);
  if (wanted !== undefined) checkInteger('rows', wanted, 1);
  const { rows, variance: total } =
    wanted === undefined
      ? scaledUnionStart(directions.count, distortion, unionBudget + regularizerBudget - regularizer)
      : startOf(wanted, directions.count, distortion);
  const probability = violationProbability(rows, distortion);
  let smoothing = 0.1 / Math.sqrt(rows);
  while (probability.threshold(smoothing ** 2) < leastThreshold) smoothing /= 2;
  const variance = total - smoothing ** 2;
  const size = rows * directions.dimension;
  const Sampler = sampler === 'isotropic' ? IsotropicSampler : DiagonalSampler;
  const objective = new Sampler(directions, {
    embeddingDimension: rows,
    distortion,
    smoothing,
    regularization: regularizer / (size * variance),
  });
  const point = new Float64Array(objective.dimension);
  const { start } = objective.weights;
  point.fill(Math.sqrt(variance), start, start + weightCount(objective.weights));
  return { objective, point };
}

/**
 * What the descent is asked for, in turn. The start is a saddle on whose flat side a gradient method would crawl
 * towards a small gradient: a coarse goal lets second-order methods look for negative curvature at once. At the last
 * goal the probabilities are far below the rounding of their budget.
 *
 * Perturbed gradient descent is not among the optimizers that are held to these goals: before it ends it waits
 * (χ/c²)·ℓ/√(ρε) ≥ 12·ℓ/curvatureTolerance steps (Jin et al. 2017, c ≤ 1, χ ≥ 12). ℓ at the start was measured as 24
 * for three points in the plane at distortion 0.9 and as 2000 for four in space at 0.5, so the last goal costs 3e8 to
 * 2e10 gradients: half an hour to two days for what second-order methods do in tens of steps.
 * With practical constants it gets there on the smallest instances: practicalDescent.ts.
 */
const goals = [
  { gradientTolerance: 0.3, curvatureTolerance: 1e-3 },
  { gradientTolerance: 1e-2, curvatureTolerance: 1e-3 },
  { gradientTolerance: 1e-5, curvatureTolerance: 1e-4 },
  { gradientTolerance: 1e-9, curvatureTolerance: 1e-6 },
] as const;

/**
 * Descends from a sampler to a deterministic projection, and evaluates what it then satisfies.
 *
 * Guarantee: weightNorm ≤ weightBound at the end, up to a few roundings, whatever the optimizer did; if violationSum < threshold, M
 * distorts no direction by more than ε.
 *
 * @param stream source of the optimizer's perturbations
 * @param start not written to
 * Source: Theorem 5.5 of N. Tsikouras et al. (2025, arXiv 2510.19382).
 */
export function derandomizeProjection(
  stream: RandomStream,
  { objective, point }: EstimatorStart,
  optimizer: Optimizer,
  { observe, signal }: DerandomizeOptions = {},
): DerandomizedProjection {
  const descended = signal === undefined ? objective : interruptible(objective, signal);
  let descent = optimizer.minimize(stream.fork('goal 0'), descended, point, goals[0], observe);
  let before = descent.steps;
  for (let i = 1; i < goals.length && !signal?.aborted; i++) {
    const offset = before;
    const shifted = (step: DescentStep): void =>
      observe?.({
        step: step.step + offset,
        value: step.value,
        gradientNorm: step.gradientNorm,
        point: step.point,
      });
    descent = optimizer.minimize(stream.fork(`goal ${i}`), descended, descent.point, goals[i], shifted);
    before += descent.steps;
  }
  const end = descent.point;
  const { weights, shift, regularization } = objective;
  const { violationSum, threshold, shiftCurvature } = objective.stateAt(end);
  const gradient = objective.gradientInto(new Float64Array(objective.dimension), end);
  const error = objective.expectationErrorAt(end);
  const slope = segmentNorm(gradient, weights.start, weightCount(weights)) + error.weightGradient;
  let deviation = 0;
  for (let i = 0; i < weightCount(weights); i++) {
    deviation = Math.max(deviation, Math.abs(end[weights.start + i]));
  }
  return {
    descent: { ...descent, steps: before },
    matrix: end.slice(shift.start),
    deviation,
    weightNorm: weightNorm(objective, end),
    weightBound: lemmaBound(
      slope / Math.sqrt(weightFactor(weights)),
      Math.max(0, error.shiftHessian - shiftCurvature),
      regularization,
    ),
    startValue: objective.value(point),
    violationSum,
    threshold,
  };
}
