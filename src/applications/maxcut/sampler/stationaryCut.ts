import { checkLength } from '../../../numerics/base/checks.ts';
import type { Descent, StationarityGoal } from '../../../numerics/optimize/optimizer.ts';
import { trustRegion } from '../../../numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { cutValue, type Sides } from '../graph/cut.ts';
import type { SmoothedCutObjective } from './smoothedCut.ts';
import { descendSmoothedCut, type SmoothedDescentOptions } from './smoothedDescent.ts';
import { excessOver } from './smoothedExcess.ts';

/** Where the theorem's descent ended: a point that its own tests call second-order stationary, and its signs. */
export interface StationaryCut {
  /** `reached`: gradient and Ritz value passed the goal; see `Descent` for the others. `certifyStationary` decides. */
  readonly outcome: 'reached' | 'step-limit' | 'non-finite' | 'breakdown';
  /** A fresh array, V then μ. */
  readonly point: Float64Array;
  readonly startValue: number;
  readonly value: number;
  /** sign(μ), +1 where μ_i = 0, and what it cuts. */
  readonly sides: Sides;
  readonly cut: number;
  /** Steps of the perturbed descent, then of the trust region. */
  readonly steps: number;
  /** Gradients and Hessian products. */
  readonly evaluations: number;
}

/**
 * The goal under which Lemma 3.1 bounds the vectors of a smoothed cut by λ/K.
 *
 *     ρ = λ²/K  ⇒  √(Kρ) = λ < 2λ,   ‖V‖_F ≤ ρ/(2λ − √(Kρ)) = λ/K
 */
export function stationarityGoal({
  regularization,
  hessianLipschitz,
}: SmoothedCutObjective): StationarityGoal {
  const gradientTolerance = regularization ** 2 / (hessianLipschitz || 1);
  return { gradientTolerance, curvatureTolerance: regularization };
}

/**
 * Descends from (V, 0) to a second-order stationary point of the smoothed cut, and reads off the cut sign(μ).
 *
 *     (V, 0)  →  perturbed first-order descent  →  trust region with negative-curvature steps  →  sign(μ)
 *
 * The trust region minimises f + cut of the signs at its start, the same function without cancellation.
 *
 * Nothing is shrunk or rounded: V is small where λ and the descent made it so, and a vertex that μ leaves undecided
 * is reported by `signLoss`.
 *
 * Guarantee: value ≤ startValue up to the rounding of f.
 *
 * @param stream source of the perturbation and of Lanczos' starts
 * @param start V then μ; not written to
 * @param goal what a certificate is to show: usually `stationarityGoal(objective)`
 * @param options of the first-order part; with `perturbation: 0` the trust region, which would leave the saddle too, is
 * left out, and the outcome is `breakdown`
 * @returns fresh arrays
 * @throws RangeError for a start of the wrong length or options outside their ranges
 * Source: arXiv 2510.19382, Theorem 5.2.
 * Cost: hundreds of gradients, then a few trust-region steps of some ten Hessian products each.
 */
export function descendToStationary(
  stream: RandomStream,
  objective: SmoothedCutObjective,
  start: Float64Array,
  goal: StationarityGoal,
  options: SmoothedDescentOptions = {},
): StationaryCut {
  checkLength('start', start, objective.dimension);
  const descent = descendSmoothedCut(stream.fork('perturbation'), objective, start, {
    steps: 1500,
    ...options,
  });
  const finish = options.perturbation === 0 ? undefined : finishFrom(stream, objective, descent.point, goal);
  const point = finish?.point ?? descent.point;
  const sides = signsOf(objective, point);
  return {
    outcome: finish?.outcome ?? 'breakdown',
    point,
    startValue: descent.startValue,
    value: objective.value(point),
    sides,
    cut: cutValue(objective.graph, sides),
    steps: descent.steps + (finish?.steps ?? 0),
    evaluations: descent.steps + (finish === undefined ? 0 : finish.gradients + finish.hessianProducts),
  };
}

function finishFrom(
  stream: RandomStream,
  objective: SmoothedCutObjective,
  point: Float64Array,
  goal: StationarityGoal,
): Descent {
  const value = excessOver(objective, signsOf(objective, point));
  // Half of what is asked for, so that a certificate can add its rounding and still pass.
  const half = {
    gradientTolerance: goal.gradientTolerance / 2,
    curvatureTolerance: goal.curvatureTolerance / 2,
  };
  const optimizer = trustRegion({ stepLimit: 40, krylovSteps: 60 });
  return optimizer.minimize(stream.fork('finish'), { ...objective, value }, point, half);
}

/** sign(μ), +1 where μ_i = 0. */
export function signsOf({ shift }: SmoothedCutObjective, point: Float64Array): Sides {
  return Int8Array.from(point.subarray(shift.start, shift.start + shift.length), (mean) =>
    mean < 0 ? -1 : 1,
  );
}
