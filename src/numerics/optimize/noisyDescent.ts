import { checkAbove, checkInteger } from '../base/checks.ts';
import { alongInto } from '../linalg/vectors.ts';
import { gaussianInto } from '../random/fills.ts';
import { runDescent } from './descentDriver.ts';
import { negativeCurvatureStep } from './negativeCurvature.ts';
import type { Optimizer } from './optimizer.ts';

export interface NoisyDescentOptions {
  /** η > 0; at most 1/ℓ for the guarantee. */
  readonly stepSize: number;
  /** σ₀ > 0, the noise's standard deviation a coordinate, in units of the gradient; default 0.1. */
  readonly noise?: number;
  /** Steps in which the noise halves; default 100. */
  readonly halfLife?: number;
  /** Most iterations; default 100,000. */
  readonly stepLimit?: number;
  /** Most Hessian products a curvature test; default 200 (never more than the dimension). */
  readonly krylovSteps?: number;
}

/**
 * Makes noisy gradient descent with decaying isotropic noise.
 *
 *     x ← x − η (∇f(x) + σ₀ 2^{−t/halfLife} ξ),  ξ ~ N(0, I)
 *
 * Where ‖∇f‖ ≤ gradientTolerance the curvature is tested; if it is below −curvatureTolerance, one
 * negative-curvature step is made and t starts again at 0, so that the noise is back to full strength.
 *
 * Guarantee: `reached` means that gradient and Ritz value passed the goal. The noise leaves strict saddles with
 * high probability; the noise is what it is called for, not monotone.
 *
 * Source: R. Ge, F. Huang, C. Jin, Y. Yuan, Escaping from saddle points: online stochastic gradient for tensor
 * decomposition (COLT 2015, arXiv 1503.02101), Algorithm 1, with the decay added.
 * Cost: one gradient, one value and `dimension` normal draws a step.
 */
export function noisyDescent(options: NoisyDescentOptions): Optimizer {
  const { stepSize, noise = 0.1, halfLife = 100, stepLimit = 100_000, krylovSteps = 200 } = options;
  checkAbove('stepSize', stepSize, 0);
  checkAbove('noise', noise, 0);
  checkAbove('halfLife', halfLife, 0);
  checkInteger('stepLimit', stepLimit, 0);
  checkInteger('krylovSteps', krylovSteps, 1);
  const decay = 2 ** (-1 / halfLife);
  return {
    name: 'noisy gradient descent',
    minimize: (stream, objective, start, goal, observe) =>
      runDescent({ objective, start, goal, stepLimit, observe }, (state) => {
        const curvatureStep = negativeCurvatureStep(stream.fork('curvature'), state, krylovSteps, 1);
        const draws = stream.fork('noise');
        const direction = new Float64Array(state.dimension);
        let deviation = noise;
        return () => {
          if (state.gradientNorm <= goal.gradientTolerance) {
            deviation = noise;
            return curvatureStep();
          }
          gaussianInto(direction, draws, deviation);
          alongInto(direction, direction, 1, state.gradient);
          deviation *= decay;
          state.propose(-stepSize, direction);
          return state.advance() ? 'moved' : 'non-finite';
        };
      }),
  };
}
