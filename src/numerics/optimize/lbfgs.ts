import { checkAbove, checkInteger } from '../base/checks.ts';
import { dot, norm, scaleInto } from '../linalg/vectors.ts';
import { CurvaturePairs } from './curvaturePairs.ts';
import { runDescent } from './descentDriver.ts';
import { negativeCurvatureStep } from './negativeCurvature.ts';
import type { Optimizer } from './optimizer.ts';
import { wolfeSearch } from './wolfeSearch.ts';

/** What limited-memory BFGS is made with. */
export interface LbfgsOptions {
  /** Pairs kept; default 10. */
  readonly memory?: number;
  /** Most iterations; default 100,000. */
  readonly stepLimit?: number;
  /** Most Hessian products a curvature test; default 200 (never more than the dimension). */
  readonly krylovSteps?: number;
  /** Longest negative-curvature step; default 1. */
  readonly escapeLength?: number;
}

const conditions = { decrease: 1e-4, curvature: 0.9 } as const;

/**
 * Makes limited-memory BFGS, with a negative-curvature step wherever the gradient has become small.
 *
 * Guarantee: f never rises by more than rounding. `reached` means that gradient and Ritz value passed the goal.
 *
 * Source: J. Nocedal and S. Wright, Numerical Optimization (2006), Algorithms 7.4 and 7.5.
 * Notation: pointChange ↔ s_k, gradientChange ↔ y_k, inverse product ↔ ρ_k = 1/(y_k·s_k).
 * Cost: about one gradient and 4·memory·dimension operations a step.
 */
export function lbfgs(options: LbfgsOptions = {}): Optimizer {
  const { memory = 10, stepLimit = 100_000, krylovSteps = 200, escapeLength = 1 } = options;
  checkInteger('memory', memory, 1);
  checkInteger('stepLimit', stepLimit, 0);
  checkInteger('krylovSteps', krylovSteps, 1);
  checkAbove('escapeLength', escapeLength, 0);
  return {
    name: 'L-BFGS',
    minimize: (stream, objective, start, goal, observe) =>
      runDescent({ objective, start, goal, stepLimit, observe }, (state) => {
        const curvatureStep = negativeCurvatureStep(
          stream.fork('curvature'),
          state,
          krylovSteps,
          escapeLength,
        );
        const history = new CurvaturePairs(memory, state.dimension);
        const direction = new Float64Array(state.dimension);
        const oldPoint = new Float64Array(state.dimension);
        const oldGradient = new Float64Array(state.dimension);
        return () => {
          if (state.gradientNorm <= goal.gradientTolerance) {
            history.clear();
            return curvatureStep();
          }
          oldPoint.set(state.point);
          oldGradient.set(state.gradient);
          if (!history.isEmpty) {
            history.applyInverseHessianInto(scaleInto(direction, -1, state.gradient));
            const slope = dot(direction, state.gradient);
            // A direction nearly orthogonal to the gradient, or without a step, comes from a stale model.
            if (slope < -1e-8 * state.gradientNorm * norm(direction)) {
              const { end } = wolfeSearch(state, direction, slope, 1, conditions);
              if (end === 'moved') history.push(state.point, oldPoint, state.gradient, oldGradient);
              if (end !== 'breakdown') return end;
            }
            history.clear();
          }
          scaleInto(direction, -1, state.gradient);
          const first = Math.min(1, 1 / state.gradientNorm);
          const { end } = wolfeSearch(state, direction, -(state.gradientNorm ** 2), first, conditions);
          if (end === 'moved') history.push(state.point, oldPoint, state.gradient, oldGradient);
          return end;
        };
      }),
  };
}
