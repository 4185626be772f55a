import { checkAbove, checkInteger } from '../base/checks.ts';
import { norm } from '../linalg/vectors.ts';
import { type DescentState, type Iteration, runDescent } from './descentDriver.ts';
import { negativeCurvatureStep } from './negativeCurvature.ts';
import type { Optimizer } from './optimizer.ts';
import { steihaugStep } from './steihaug.ts';
import { valueRounding } from './wolfeSearch.ts';

export interface TrustRegionOptions {
  /** First radius; default 1. */
  readonly radius?: number;
  /** Most iterations; default 10,000. */
  readonly stepLimit?: number;
  /** Most Hessian products a curvature test; default 300 (never more than the dimension). */
  readonly krylovSteps?: number;
  /** Longest negative-curvature step; default 1. */
  readonly escapeLength?: number;
}

/**
 * Makes a Newton trust region with truncated conjugate gradients, and negative-curvature steps where the gradient
 * is small.
 *
 * Guarantee: f never rises by more than rounding. Near a minimiser with ∇²f ≻ 0 convergence is superlinear, down
 * to the rounding of the gradient: where the predicted decrease is below the rounding of f, a step is judged by
 * ‖∇f‖ instead. `reached` means that gradient and Ritz value passed the goal.
 *
 * Source: T. Steihaug (1983); A. Conn, N. Gould, Ph. Toint, Trust-Region Methods (2000), Algorithm 6.1.1 and
 * section 17.4.2 on rounding; J. Nocedal and S. Wright (2006), Algorithm 4.1.
 * Cost: a value, a gradient and a few Hessian products a step.
 */
export function trustRegion(options: TrustRegionOptions = {}): Optimizer {
  const { radius = 1, stepLimit = 10_000, krylovSteps = 300, escapeLength = 1 } = options;
  checkAbove('radius', radius, 0);
  checkInteger('stepLimit', stepLimit, 0);
  checkInteger('krylovSteps', krylovSteps, 1);
  checkAbove('escapeLength', escapeLength, 0);
  return {
    name: 'trust region',
    minimize: (stream, objective, start, goal, observe) =>
      runDescent({ objective, start, goal, stepLimit, observe }, (state) => {
        const curvatureStep = negativeCurvatureStep(
          stream.fork('curvature'),
          state,
          krylovSteps,
          escapeLength,
        );
        const newtonStep = trustedStep(state, radius);
        return () => (state.gradientNorm <= goal.gradientTolerance ? curvatureStep() : newtonStep());
      }),
  };
}

/** The function that makes one accepted step, shrinking the region as often as it must. */
function trustedStep(state: DescentState, firstRadius: number): () => Iteration {
  const n = state.dimension;
  const workspace = {
    step: new Float64Array(n),
    residual: new Float64Array(n),
    direction: new Float64Array(n),
    image: new Float64Array(n),
  };
  let radius = firstRadius;
  return () => {
    const tolerance = state.gradientNorm * Math.min(0.1, Math.sqrt(state.gradientNorm));
    const smallest = Number.EPSILON * Math.max(norm(state.point), Number.EPSILON);
    while (radius > smallest) {
      const model = steihaugStep(state, radius, tolerance, workspace);
      if (!Number.isFinite(model.decrease)) return 'non-finite';
      state.propose(1, workspace.step);
      const ratio = agreement(state, model.decrease);
      if (ratio < 0.25) radius = model.length / 4;
      else if (ratio > 0.75 && model.onBoundary) radius = Math.min(2 * radius, Number.MAX_VALUE);
      if (ratio > 0.1) return state.advance() ? 'moved' : 'non-finite';
    }
    return 'breakdown';
  };
}

/** Actual over predicted decrease; where rounding swamps both, 1 or 0 by whether the gradient became smaller. */
function agreement(state: DescentState, predicted: number): number {
  const actual = state.value - state.candidateValue();
  // An overflow on the far side of the region is a reason to shrink it, not to end.
  if (!Number.isFinite(actual)) return 0;
  const rounding = valueRounding(state.value);
  if (predicted > 10 * rounding) return actual / predicted;
  if (actual < -rounding) return 0;
  return norm(state.candidateGradient()) < state.gradientNorm ? 1 : 0;
}
