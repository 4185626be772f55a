import { dot } from '../linalg/vectors.ts';
import type { DescentState, Iteration } from './descentDriver.ts';

/** Which steps a line search accepts: 0 < decrease < curvature < 1, decrease < 1/2. */
export interface WolfeConditions {
  /** c₁ of f(x + td) ≤ f(x) + c₁ t ∇f·d. */
  readonly decrease: number;
  /** c₂ of ∇f(x + td)·d ≥ c₂ ∇f(x)·d. */
  readonly curvature: number;
}

/** How a search ended, and the step it took; 0 unless it moved. */
export interface SearchEnd {
  readonly end: Exclude<Iteration, 'reached'>;
  readonly step: number;
}

/** Bisections and doublings before a search gives up: 2⁶⁰ spans every useful ratio of steps. */
const trials = 60;

/**
 * Searches along a descent direction for a step that satisfies the weak Wolfe conditions, and advances to it.
 *
 * Where the wanted decrease is below the rounding of f, values decide nothing and the slope does instead:
 * ∇f(x + td)·d ≤ (2c₁ − 1) ∇f·d, which is the first condition if f is quadratic along d, with
 * f(x + td) ≤ f(x) + rounding. So f never rises by more than `valueRounding`.
 *
 * @param direction d with slope = ∇f(point)·d < 0
 * @param firstStep first t tried, above 0
 * @returns `moved` with t; `breakdown` if no step was found, `non-finite` if the gradient where f was low enough is
 * not finite: the point then stays. A value that is not finite only shortens the step.
 *
 * Source: A. Lewis and M. Overton, Nonsmooth optimization via quasi-Newton methods (2013), Algorithm 2.6;
 * approximate condition: W. Hager and H. Zhang, SIAM J. Optim. 16 (2005), (4.1).
 * Cost: a value and mostly a gradient a trial; no array is allocated.
 */
export function wolfeSearch(
  state: DescentState,
  direction: Float64Array,
  slope: number,
  firstStep: number,
  conditions: WolfeConditions,
): SearchEnd {
  let low = 0;
  let high = Infinity;
  let t = firstStep;
  for (let trial = 0; trial < trials && Number.isFinite(t); trial++) {
    state.propose(t, direction);
    if (!decreasesEnough(state, direction, slope, t, conditions.decrease)) high = t;
    else if (dot(state.candidateGradient(), direction) < conditions.curvature * slope) low = t;
    else return ended(state, t);
    t = high < Infinity ? (low + high) / 2 : 2 * t;
  }
  // The longest step that the first condition admits, where the second was never met: without a decrease that can
  // be measured it would be a walk on rounding.
  if (low > 0) state.propose(low, direction);
  if (low === 0 || !(state.candidateValue() < state.value)) return { end: 'breakdown', step: 0 };
  return ended(state, low);
}

function ended(state: DescentState, step: number): SearchEnd {
  return state.advance() ? { end: 'moved', step } : { end: 'non-finite', step: 0 };
}

/** A bound on what rounding may do to a difference of two values near `value`, as far as f is O(1) inside. */
export function valueRounding(value: number): number {
  return 16 * Number.EPSILON * Math.max(1, Math.abs(value));
}

function decreasesEnough(
  state: DescentState,
  direction: Float64Array,
  slope: number,
  t: number,
  fraction: number,
): boolean {
  const change = state.candidateValue() - state.value;
  if (change <= fraction * t * slope) return true;
  const rounding = valueRounding(state.value);
  if (!(change <= rounding) || -fraction * t * slope > rounding) return false;
  return dot(state.candidateGradient(), direction) <= (2 * fraction - 1) * slope;
}
