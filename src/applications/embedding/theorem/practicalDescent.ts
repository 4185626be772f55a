import { lanczosExtremes } from '../../../numerics/linalg/lanczos.ts';
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
 * Guarantee: none in advance. What the point reached satisfies is for the certificate to say.
 *
 * @param stream source of Lanczos' start
 * @throws RangeError if λ is 0 or the Hessian at the start is not finite
 * Source: Jin et al. 2017 (arXiv 1703.00887), Algorithm 2, for the steps.
 * Cost: two waiting periods of at least 12·ℓ/(1.8λ) gradients: 6·10⁴ gradients for three points in the plane at
 * distortion 0.9 (ℓ = 24); 10⁷ already for four in space at 0.8 (ℓ = 270).
 */
export function practicalDescent(stream: RandomStream, { objective, point }: EstimatorStart): Optimizer {
  const extremes = lanczosExtremes(
    stream,
    (out, direction) => objective.hessianVectorInto(out, point, direction),
    objective.dimension,
    { steps: Math.min(objective.dimension, 60) },
  );
  if (extremes.outcome === 'non-finite')
    throw new RangeError('start: expected a finite Hessian, got one that is not');
  const gradientLipschitz = Math.max(Math.abs(extremes.highest.value), Math.abs(extremes.lowest.value));
  const accuracy = 0.3;
  const curvature = 1.8 * objective.regularization;
  return perturbedDescent({
    gradientLipschitz,
    hessianLipschitz: curvature ** 2 / accuracy,
    valueGap: objective.value(point),
    failureProbability: 0.5,
    accuracy,
    stepLimit: 1_000_000,
  });
}
