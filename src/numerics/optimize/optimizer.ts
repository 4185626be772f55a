import type { RandomStream } from '../random/stream.ts';
import type { Objective } from './objective.ts';

/** What an optimizer is asked to reach: ‖∇f‖ ≤ gradientTolerance and λ_min(∇²f) ≥ −curvatureTolerance. */
export interface StationarityGoal {
  readonly gradientTolerance: number;
  readonly curvatureTolerance: number;
}

/**
 * How a descent ended.
 *
 * - `reached`: the optimizer's own test for the goal passed. It is a reason to stop, not a certificate:
 *   `certify` decides.
 * - `step-limit`: the allowed steps were used up.
 * - `non-finite`: a value or gradient was not finite; `point` is the last finite iterate.
 * - `breakdown`: no further progress was possible in float64.
 */
export type DescentOutcome = 'reached' | 'step-limit' | 'non-finite' | 'breakdown';

/** Evidence of one descent. Counts are of calls on the objective. */
export interface Descent {
  readonly outcome: DescentOutcome;
  /** A fresh array. */
  readonly point: Float64Array;
  readonly value: number;
  readonly gradientNorm: number;
  readonly steps: number;
  readonly gradients: number;
  readonly hessianProducts: number;
}

/** What a driver tells an observer after each step; `point` is a view that the next step overwrites. */
export interface DescentStep {
  readonly step: number;
  readonly value: number;
  readonly gradientNorm: number;
  readonly point: Float64Array;
}

/** A method that descends from a start towards a second-order stationary point. */
export interface Optimizer {
  /** Stable, human-readable: `perturbed gradient descent`. */
  readonly name: string;
  /**
   * Descends from a start until the goal is reached or the method can do no more.
   *
   * @param stream source of the perturbations; forked by label inside
   * @param start not written to
   * @param observe called after each step; for progress and figures
   */
  minimize(
    stream: RandomStream,
    objective: Objective,
    start: Float64Array,
    goal: StationarityGoal,
    observe?: (step: DescentStep) => void,
  ): Descent;
}
