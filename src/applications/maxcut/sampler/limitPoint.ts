import { checkLength } from '../../../numerics/base/checks.ts';
import { roundConditionally } from './conditionalRounding.ts';
import type { SmoothedCutObjective } from './smoothedCut.ts';

/** A point that the descent tends to: V nearly 0, every vertex on a side. */
export interface LimitPoint {
  /** A fresh array, V then μ. */
  readonly point: Float64Array;
  readonly value: number;
  /** How often V was divided by 16. */
  readonly shrinkings: number;
}

/** |μ_i|/τ at which the smooth side of a vertex is 1 to float64 and its density below 1e-40. */
const decided = 14;

/**
 * Follows a descent to its limit: shrinks V and decides every vertex, as long as the objective does not rise.
 *
 * As V → 0 and |μ_i|/τ → ∞ the smooth expectation becomes a cut, and it gets there without a loss: V is divided
 * by 16 while f does not rise above its lowest value so far by more than rounding; μ is then moved to decided·τ on the
 * sides that conditional expectations choose, for which −f(0, μ) does not fall.
 *
 * Guarantee: value ≤ f(start) up to the rounding of f, (8 + m)·ε·Σ|w|.
 *
 * @param start V then μ; not written to
 * Cost: at most 17 values; three arrays of the point's size.
 */
export function followToLimit(objective: SmoothedCutObjective, start: Float64Array): LimitPoint {
  checkLength('start', start, objective.dimension);
  const { graph, shift, smoothing, weights } = objective;
  const point = Float64Array.from(start);
  const slack = (8 + graph.edgeCount) * Number.EPSILON * graph.absoluteWeight;
  let value = objective.value(point);
  let lowest = value;
  const trial = Float64Array.from(point);
  let shrinkings = 0;
  while (shrinkings < 15) {
    for (let c = 0; c < weights.rows * weights.columns; c++) trial[c] = point[c] / 16;
    const reached = objective.value(trial);
    if (!(reached <= lowest + slack)) break;
    value = reached;
    lowest = Math.min(lowest, reached);
    point.set(trial);
    shrinkings++;
  }
  const mean = point.subarray(shift.start, shift.start + shift.length);
  const sides = roundConditionally(graph, mean, smoothing);
  trial.set(point);
  for (let i = 0; i < shift.length; i++) {
    const size = Math.max(Math.abs(mean[i]), decided * smoothing);
    trial[shift.start + i] = sides[i] * size;
  }
  const reached = objective.value(trial);
  if (reached <= lowest + slack) {
    point.set(trial);
    value = reached;
  }
  return { point, value, shrinkings };
}
