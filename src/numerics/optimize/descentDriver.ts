import { checkInteger, checkLength, checkWithin } from '../base/checks.ts';
import { allFinite, alongInto, norm } from '../linalg/vectors.ts';
import type { Objective } from './objective.ts';
import type { Descent, DescentOutcome, DescentStep, StationarityGoal } from './optimizer.ts';

/**
 * Where a descent stands, for the method that makes its steps.
 *
 * A method proposes a candidate, may look at its value and gradient, and advances to it or proposes another. The
 * arrays belong to the driver and change places when it advances: read them, do not keep or write them.
 */
export interface DescentState {
  readonly dimension: number;
  readonly goal: StationarityGoal;
  /** Current iterate; value and gradient at it are finite. */
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly gradientNorm: number;
  /** Steps completed so far. */
  readonly step: number;
  /** candidate ← point + scale·direction. */
  propose(scale: number, direction: Float64Array): void;
  /** candidate ← x. */
  proposePoint(x: Float64Array): void;
  /** f(candidate); may be not finite. Evaluated once a candidate. */
  candidateValue(): number;
  /** ∇f(candidate); entries may be not finite. Evaluated once a candidate. */
  candidateGradient(): Float64Array;
  /**
   * Makes the candidate the current iterate, evaluating there what was not evaluated yet.
   *
   * @returns false, without moving, if value or gradient there is not finite.
   */
  advance(): boolean;
  /** ∇²f(point)·direction into `out`. */
  hessianVectorInto(out: Float64Array, direction: Float64Array): Float64Array;
}

/** One iteration: `moved`, or the reason to end at the current iterate. */
export type Iteration = 'moved' | Exclude<DescentOutcome, 'step-limit'>;

/** What a method and its caller hand to the driver. */
export interface DescentTask {
  readonly objective: Objective;
  readonly start: Float64Array;
  readonly goal: StationarityGoal;
  /** Most iterations, at least 0. */
  readonly stepLimit: number;
  readonly observe: ((step: DescentStep) => void) | undefined;
}

/**
 * Runs a descent: counts, guards against values that are not finite, tells the observer, ends.
 *
 * A method's `begin` allocates its workspace and returns the function that makes one iteration. It is asked once
 * more after the last allowed step, so that a goal reached by that step is seen; if it wanted to go on, the end is
 * `step-limit` and the move it then made is undone.
 *
 * @returns a fresh record; where f is not finite at the start, `non-finite` with infinite value and gradient norm
 * @throws RangeError if start has the wrong length, the step limit is negative or a tolerance is
 */
export function runDescent(task: DescentTask, begin: (state: DescentState) => () => Iteration): Descent {
  const { objective, start, goal, stepLimit, observe } = task;
  checkLength('start', start, objective.dimension);
  checkInteger('stepLimit', stepLimit, 0);
  checkWithin('gradientTolerance', goal.gradientTolerance, 0, Number.MAX_VALUE);
  checkWithin('curvatureTolerance', goal.curvatureTolerance, 0, Number.MAX_VALUE);
  const state = new TrackedState(objective, start, goal);
  if (!state.begin()) return { ...state.summary('non-finite'), value: Infinity, gradientNorm: Infinity };
  const iterate = begin(state);
  while (state.step < stepLimit) {
    const iteration = iterate();
    if (iteration !== 'moved') return state.summary(iteration);
    state.step++;
    observe?.(state);
  }
  const reached = state.summary('step-limit');
  const last = iterate();
  return last === 'moved'
    ? { ...reached, gradients: state.gradients, hessianProducts: state.hessianProducts }
    : state.summary(last);
}

class TrackedState implements DescentState {
  readonly dimension: number;
  readonly goal: StationarityGoal;
  point: Float64Array;
  gradient: Float64Array;
  value = 0;
  gradientNorm = 0;
  step = 0;
  gradients = 0;
  hessianProducts = 0;
  readonly #objective: Objective;
  #candidate: Float64Array;
  #candidateGradient: Float64Array;
  #valueKnown = false;
  #candidateValue = 0;
  #gradientKnown = false;

  constructor(objective: Objective, start: Float64Array, goal: StationarityGoal) {
    this.#objective = objective;
    this.dimension = objective.dimension;
    this.goal = goal;
    this.point = Float64Array.from(start);
    this.#candidate = Float64Array.from(start);
    this.gradient = new Float64Array(start.length);
    this.#candidateGradient = new Float64Array(start.length);
  }

  /** Evaluates at the start. */
  begin(): boolean {
    return allFinite(this.#candidate) && this.advance();
  }

  propose(scale: number, direction: Float64Array): void {
    alongInto(this.#candidate, this.point, scale, direction);
    this.#valueKnown = false;
    this.#gradientKnown = false;
  }

  proposePoint(x: Float64Array): void {
    this.#candidate.set(x);
    this.#valueKnown = false;
    this.#gradientKnown = false;
  }

  candidateValue(): number {
    if (!this.#valueKnown) {
      this.#candidateValue = this.#objective.value(this.#candidate);
      this.#valueKnown = true;
    }
    return this.#candidateValue;
  }

  candidateGradient(): Float64Array {
    if (!this.#gradientKnown) {
      this.gradients++;
      this.#objective.gradientInto(this.#candidateGradient, this.#candidate);
      this.#gradientKnown = true;
    }
    return this.#candidateGradient;
  }

  advance(): boolean {
    const value = this.candidateValue();
    const gradient = this.candidateGradient();
    const length = norm(gradient);
    if (!Number.isFinite(value) || !Number.isFinite(length)) return false;
    this.#candidateGradient = this.gradient;
    this.gradient = gradient;
    const previous = this.point;
    this.point = this.#candidate;
    this.#candidate = previous;
    this.#valueKnown = false;
    this.#gradientKnown = false;
    this.value = value;
    this.gradientNorm = length;
    return true;
  }

  hessianVectorInto(out: Float64Array, direction: Float64Array): Float64Array {
    this.hessianProducts++;
    return this.#objective.hessianVectorInto(out, this.point, direction);
  }

  summary(outcome: DescentOutcome): Descent {
    return {
      outcome,
      point: Float64Array.from(this.point),
      value: this.value,
      gradientNorm: this.gradientNorm,
      steps: this.step,
      gradients: this.gradients,
      hessianProducts: this.hessianProducts,
    };
  }
}
