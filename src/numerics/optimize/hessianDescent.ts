import { checkAbove, checkInteger } from '../base/checks.ts';
import { scaleInto } from '../linalg/vectors.ts';
import { runDescent } from './descentDriver.ts';
import { negativeCurvatureStep } from './negativeCurvature.ts';
import type { Optimizer } from './optimizer.ts';
import { wolfeSearch } from './wolfeSearch.ts';

/** What Hessian descent is made with. */
export interface HessianDescentOptions {
  /** Most iterations; default 100,000. */
  readonly stepLimit?: number;
  /** Most Hessian products a curvature test; default 200 (never more than the dimension). */
  readonly krylovSteps?: number;
  /** Longest negative-curvature step; default 1. */
  readonly escapeLength?: number;
}

/** Halves: a Wolfe step is then at least 1/(2ℓ) long. */
const conditions = { decrease: 0.25, curvature: 0.5 } as const;

/**
 * Makes Hessian descent: gradient steps while the gradient is large, negative-curvature steps where it is small.
 *
 * Guarantee: f never rises by more than rounding; a gradient step lowers it by at least ‖∇f‖²/(8ℓ), a
 * negative-curvature step by at least ¼|λ| min(escapeLength, ¾|λ|/ρ)², with Lipschitz constants ℓ and ρ of gradient
 * and Hessian that it need not know. So it ends after
 * O(max(ℓ gradientTolerance⁻², ρ² curvatureTolerance⁻³)) steps.
 *
 * Source: C. Royer and S. Wright (2018, arXiv 1706.03131); the method by this name in N. Tsikouras et al.,
 * Optimization Can Learn Johnson Lindenstrauss Embeddings (NeurIPS 2024, arXiv 2412.07242).
 * Cost: about two gradients a gradient step, up to `krylovSteps` + 2 Hessian products a curvature test.
 */
export function hessianDescent(options: HessianDescentOptions = {}): Optimizer {
  const { stepLimit = 100_000, krylovSteps = 200, escapeLength = 1 } = options;
  checkInteger('stepLimit', stepLimit, 0);
  checkInteger('krylovSteps', krylovSteps, 1);
  checkAbove('escapeLength', escapeLength, 0);
  return {
    name: 'Hessian descent',
    minimize: (stream, objective, start, goal, observe) =>
      runDescent({ objective, start, goal, stepLimit, observe }, (state) => {
        const curvatureStep = negativeCurvatureStep(
          stream.fork('curvature'),
          state,
          krylovSteps,
          escapeLength,
        );
        const direction = new Float64Array(state.dimension);
        let stepSize = 1;
        return () => {
          if (state.gradientNorm <= goal.gradientTolerance) return curvatureStep();
          const slope = -(state.gradientNorm ** 2);
          scaleInto(direction, -1, state.gradient);
          const { end, step } = wolfeSearch(state, direction, slope, stepSize, conditions);
          if (end === 'moved') stepSize = step;
          return end;
        };
      }),
  };
}
