import { ballInto } from '../random/fills.ts';
import { runDescent } from './descentDriver.ts';
import type { Optimizer } from './optimizer.ts';
import { perturbedDescentConstants } from './perturbedDescentConstants.ts';

export interface PerturbedDescentOptions {
  readonly gradientLipschitz: number;
  readonly hessianLipschitz: number;
  readonly valueGap: number;
  /** δ; default 0.01. */
  readonly failureProbability?: number;
  /** c; default 1. The guarantee is for small c; tests measure what this one does. */
  readonly constant?: number;
  /** ε; default min(gradientTolerance, curvatureTolerance²/ρ, ℓ²/ρ), so that the guarantee covers the goal. */
  readonly accuracy?: number;
  /** Most iterations; default 10⁷. The algorithm ends by itself within `iterationBound`. */
  readonly stepLimit?: number;
}

/**
 * Makes perturbed gradient descent: gradient steps, a small uniform kick where the gradient is small, and an end
 * when the kick did not help.
 *
 * Guarantee: for an ℓ-smooth, ρ-Hessian-Lipschitz f, with probability at least 1 − δ the returned point has
 * ‖∇f‖ ≤ ε and λ_min(∇²f) ≥ −√(ρε), after O(ℓ(f(x₀) − f*)/ε² · log⁴(dℓΔ_f/(ε²δ))) steps. Not monotone: a kick may
 * raise f.
 *
 * The goal enters through ε only. `reached` is the algorithm's own end; the point is x̃, the one before the last
 * kick.
 *
 * Source: Jin et al. 2017 (arXiv 1703.00887), Algorithm 2, step for step.
 * Notation: accuracy ↔ ε, gradientLipschitz ↔ ℓ, hessianLipschitz ↔ ρ.
 * Cost: one gradient and one value a step, two in a step that kicks; no Hessian products.
 */
export function perturbedDescent(options: PerturbedDescentOptions): Optimizer {
  const { gradientLipschitz, hessianLipschitz, valueGap, stepLimit = 10_000_000 } = options;
  const { failureProbability = 0.01, constant = 1 } = options;
  return {
    name: 'perturbed gradient descent',
    minimize: (stream, objective, start, goal, observe) => {
      const { dimension } = objective;
      const curvature = Math.min(goal.curvatureTolerance, gradientLipschitz);
      const fromGoal = Math.min(goal.gradientTolerance, curvature ** 2 / hessianLipschitz);
      const accuracy = options.accuracy ?? fromGoal;
      const { stepSize, perturbationRadius, gradientThreshold, valueThreshold, waitingSteps } =
        perturbedDescentConstants({
          dimension,
          gradientLipschitz,
          hessianLipschitz,
          accuracy,
          valueGap,
          failureProbability,
          constant,
        });
      const kicks = stream.fork('perturbation');
      return runDescent({ objective, start, goal, stepLimit, observe }, (state) => {
        const kick = new Float64Array(dimension);
        const anchor = new Float64Array(dimension);
        let anchorValue = 0;
        let lastKick = -waitingSteps - 1;
        return () => {
          const t = state.step;
          if (state.gradientNorm <= gradientThreshold && t - lastKick > waitingSteps) {
            anchor.set(state.point);
            anchorValue = state.value;
            lastKick = t;
            state.propose(1, ballInto(kick, kicks, perturbationRadius));
            if (!state.advance()) return 'non-finite';
          }
          if (t - lastKick === waitingSteps && state.value - anchorValue > -valueThreshold) {
            state.proposePoint(anchor);
            return state.advance() ? 'reached' : 'non-finite';
          }
          state.propose(-stepSize, state.gradient);
          return state.advance() ? 'moved' : 'non-finite';
        };
      });
    },
  };
}
