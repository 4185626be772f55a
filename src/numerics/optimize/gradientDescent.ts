import { checkAbove, checkInteger } from '../base/checks.ts';
import { runDescent } from './descentDriver.ts';
import type { Optimizer } from './optimizer.ts';

export interface GradientDescentOptions {
  /** η > 0; at most 1/ℓ for the guarantee, ℓ a Lipschitz constant of the gradient. */
  readonly stepSize: number;
  /** Most iterations; default 100,000. */
  readonly stepLimit?: number;
}

/**
 * Makes plain gradient descent, x ← x − η ∇f(x), which looks at first order only.
 *
 * Guarantee: with η ≤ 1/ℓ the value never rises, and falls by at least (η/2)‖∇f‖² a step. `reached` says
 * ‖∇f‖ ≤ gradientTolerance and nothing about curvature: started on a saddle it stays there. It is here to be
 * compared with, and as the sabotage of claims that need second order.
 *
 * Source: Yu. Nesterov, Introductory Lectures on Convex Optimization (2004), section 1.2.3.
 * Cost: one gradient and one value a step.
 */
export function gradientDescent(options: GradientDescentOptions): Optimizer {
  const { stepSize, stepLimit = 100_000 } = options;
  checkAbove('stepSize', stepSize, 0);
  checkInteger('stepLimit', stepLimit, 0);
  return {
    name: 'gradient descent',
    minimize: (_stream, objective, start, goal, observe) =>
      runDescent({ objective, start, goal, stepLimit, observe }, (state) => () => {
        if (state.gradientNorm <= goal.gradientTolerance) return 'reached';
        state.propose(-stepSize, state.gradient);
        return state.advance() ? 'moved' : 'non-finite';
      }),
  };
}
