import { weightFactor } from '../../../lemma/blocks.ts';
import { lanczosExtremes } from '../../../numerics/linalg/lanczos.ts';
import type { Objective } from '../../../numerics/optimize/objective.ts';
import type { Optimizer } from '../../../numerics/optimize/optimizer.ts';
import { perturbedDescent } from '../../../numerics/optimize/perturbedDescent.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { EstimatorStart } from './pessimisticEstimator.ts';

/**
 * Makes perturbed gradient descent for the sampler with constants in place of those of its theorem, whose waiting
 * times are out of reach (see {@link derandomizeProjection}):
 *
 * - ℓ is the largest |eigenvalue| of ∇²f at the start, not a bound over all points;
 * - √(ρε) is 1.8λ, just inside the lemma's γ < 2λ, instead of from the Hessian-Lipschitz constant of g;
 * - ε = 0.3 and δ = ½, which only enter the threshold ε/χ² of a small gradient and log factors.
 *
 * Steps are taken in the norm of the lemma, ‖W‖_F, which for W = σI is √(kd)|σ|: in σ itself the curvature would be kd
 * times as large, and ℓ with it.
 *
 * Guarantee: none in advance. What the point reached satisfies is for the certificate to say.
 *
 * @param stream source of Lanczos' start
 * @throws RangeError if λ is 0 or the Hessian at the start is not finite
 * Source: Jin et al. 2017 (arXiv 1703.00887), Algorithm 2, for the steps.
 * Cost: two waiting periods of at least 12·ℓ/(1.8λ) gradients.
 */
export function practicalDescent(stream: RandomStream, { objective, point }: EstimatorStart): Optimizer {
  const factor = Math.sqrt(weightFactor(objective.weights));
  const scaled = inWeightNorm(objective, factor, objective.weights.start);
  const start = scaled.into(point);
  const extremes = lanczosExtremes(
    stream,
    (out, direction) => scaled.hessianVectorInto(out, start, direction),
    objective.dimension,
    { steps: Math.min(objective.dimension, 60) },
  );
  if (extremes.outcome === 'non-finite')
    throw new RangeError('start: expected a finite Hessian, got one that is not');
  const gradientLipschitz = Math.max(Math.abs(extremes.highest.value), Math.abs(extremes.lowest.value));
  const accuracy = 0.3;
  const curvature = 1.8 * objective.regularization;
  const descent = perturbedDescent({
    gradientLipschitz,
    hessianLipschitz: curvature ** 2 / accuracy,
    valueGap: objective.value(point),
    failureProbability: 0.5,
    accuracy,
    stepLimit: 1_000_000,
  });
  return {
    name: descent.name,
    minimize: (own, wanted, from, goal, observe) => {
      const inner = inWeightNorm(wanted, factor, objective.weights.start);
      const end = descent.minimize(own, inner, inner.into(from), goal, observe);
      return { ...end, point: inner.outOf(end.point) };
    },
  };
}

/** The objective in coordinates where one of them, the scalar of W, is √c times as large, with the way there and back. */
function inWeightNorm(
  objective: Objective,
  factor: number,
  at: number,
): Objective & {
  readonly into: (x: Float64Array) => Float64Array;
  readonly outOf: (y: Float64Array) => Float64Array;
} {
  const x = new Float64Array(objective.dimension);
  const along = new Float64Array(objective.dimension);
  const changedInto = (out: Float64Array, from: Float64Array, by: number): Float64Array => {
    out.set(from);
    // Every coordinate of a diagonal or a matrix is its own already: the factor is then 1.
    out[at] *= by;
    return out;
  };
  return {
    dimension: objective.dimension,
    into: (from) => changedInto(new Float64Array(from.length), from, factor),
    outOf: (from) => changedInto(new Float64Array(from.length), from, 1 / factor),
    value: (y) => objective.value(changedInto(x, y, 1 / factor)),
    gradientInto: (out, y) => {
      objective.gradientInto(out, changedInto(x, y, 1 / factor));
      out[at] /= factor;
      return out;
    },
    hessianVectorInto: (out, y, direction) => {
      changedInto(x, y, 1 / factor);
      objective.hessianVectorInto(out, x, changedInto(along, direction, 1 / factor));
      out[at] /= factor;
      return out;
    },
  };
}
