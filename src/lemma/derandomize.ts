import type { EigenFailure } from '../numerics/linalg/symmetricEigen.ts';
import type { Descent, Optimizer, StationarityGoal } from '../numerics/optimize/optimizer.ts';
import type { RandomStream } from '../numerics/random/stream.ts';
import { type LemmaCertificate, lemmaCertificate } from './lemmaCertificate.ts';
import type { RandomizedObjective } from './randomizedObjective.ts';

/** A randomized solution made deterministic: where the descent ended and what the lemma says of that point. */
export interface Derandomized {
  readonly descent: Descent;
  /** b at the end: with W small, the deterministic solution. A fresh array. */
  readonly shift: Float64Array;
  readonly certificate: LemmaCertificate | EigenFailure;
}

/**
 * Descends from a randomized start to a second-order stationary point, and certifies it.
 *
 * Guarantee: where the certificate's bound is finite, ‖W‖_F ≤ certificate.bound. That the descent lowers f, and
 * how far, is the optimizer's guarantee.
 *
 * @param stream source of the optimizer's perturbations
 * @param start not written to
 * @param goal the second-order stationarity that the optimizer is asked for; the certificate measures afresh
 */
export function derandomize(
  stream: RandomStream,
  objective: RandomizedObjective,
  start: Float64Array,
  optimizer: Optimizer,
  goal: StationarityGoal,
): Derandomized {
  const descent = optimizer.minimize(stream, objective, start, goal);
  const { start: from, length } = objective.shift;
  return {
    descent,
    shift: descent.point.slice(from, from + length),
    certificate: lemmaCertificate(objective, descent.point),
  };
}
