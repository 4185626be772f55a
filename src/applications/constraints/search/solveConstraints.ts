import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { assignmentGoal } from '../bound/assignmentCertificate.ts';
import { relaxationOf, solveRelaxation } from '../bound/relaxation.ts';
import { type AssignmentBound, relaxationBound } from '../bound/relaxationBound.ts';
import {
  type Assignment,
  type ConstraintProblem,
  satisfiedWeight,
  totalWeight,
} from '../problem/constraints.ts';
import { type SignQuadratic, signQuadratic } from '../problem/signQuadratic.ts';
import {
  type DerandomizedAssignment,
  type DerandomizeOptions,
  derandomizeAssignment,
} from '../sampler/derandomizedAssignment.ts';
import { hyperplaneStarts, rotatedPoint, seenFromTruth } from '../sampler/roundingStarts.ts';
import { type SmoothedAssignment, smoothedAssignment } from '../sampler/smoothedAssignment.ts';
import { exactAssignment, exactLimit } from './exactAssignment.ts';
import { tabuSearch } from './tabuSearch.ts';

/** When a search ends: after some seconds, or after some rounds and then as a function of its seed alone. */
export type ConstraintBudget = { readonly seconds: number } | { readonly rounds: number };

/** How a search stands. */
export interface ConstraintProgress {
  readonly weight: number;
  readonly upperBound: number;
  readonly seconds: number;
}

/** What a search is given. */
export interface ConstraintOptions {
  readonly budget: ConstraintBudget;
  /** Seconds since any fixed moment. */
  readonly clock: () => number;
  /** Ends the search with the best so far. */
  readonly signal?: AbortSignal;
  /** Called whenever the weight or its bound may have improved. */
  readonly onProgress?: (now: ConstraintProgress) => void;
  /** τ; default 0.02. */
  readonly smoothing?: number;
}

/** The best assignment of a search, the bound on all, and the evidence for both. */
export interface ConstraintSolution {
  readonly assignment: Assignment;
  readonly weight: number;
  readonly upperBound: AssignmentBound;
  /** Value of the relaxation's vectors: not a bound. Absent where the search ended before. */
  readonly relaxation?: number;
  /** The descent from the rounding, with its certificate. Absent where the search ended before. */
  readonly derandomized?: DerandomizedAssignment & {
    readonly weight: number;
    readonly smoothing: number;
    readonly regularization: number;
    readonly rank: number;
  };
  readonly outcome: 'optimal' | 'budget' | 'interrupted';
  readonly stages: readonly { readonly step: string; readonly weight: number; readonly seconds: number }[];
  readonly rounds: number;
  readonly seconds: number;
}

/** The share of a budget of seconds after which the relaxation stops, and of what is left that the descent may take. */
const relaxationShare = 0.3;
const descentShare = 0.6;

/** What a step costs at most, in gradients: L-BFGS searches along a line; a Newton step multiplies by the Hessian 60 times. */
const gradientsPerStep = 2;
const gradientsPerNewtonStep = 120;

/** Flips in a round of the search after the descent. */
const flipsPerRound = 20_000;

/**
 * Searches an assignment of large weight: the relaxation and its bound, the derandomized rounding, then tabu search
 * from it and from perturbations of the best.
 *
 * Guarantee: the weight never falls from one stage to the next; `optimal` means that the weight meets the bound, or that
 * all assignments were tried.
 *
 * @param stream forked by label
 */
export async function solveConstraints(
  stream: RandomStream,
  problem: ConstraintProblem,
  options: ConstraintOptions,
): Promise<ConstraintSolution> {
  const search = new ConstraintSearch(problem, options);
  await search.run(stream);
  return search.solution();
}

class ConstraintSearch {
  readonly #problem: ConstraintProblem;
  readonly #options: ConstraintOptions;
  readonly #quadratic: SignQuadratic;
  readonly #start: number;
  readonly #stages: { step: string; weight: number; seconds: number }[] = [];
  #best: Assignment;
  #weight: number;
  #bound: AssignmentBound;
  #relaxation: number | undefined;
  #derandomized: ConstraintSolution['derandomized'];
  #rounds = 0;

  constructor(problem: ConstraintProblem, options: ConstraintOptions) {
    this.#problem = problem;
    this.#options = options;
    this.#start = options.clock();
    this.#quadratic = signQuadratic(problem);
    this.#best = new Int8Array(problem.variables).fill(1);
    this.#weight = satisfiedWeight(problem, this.#best);
    this.#bound = { value: totalWeight(problem), method: 'total', failureProbability: 0 };
  }

  async run(stream: RandomStream): Promise<void> {
    await this.#relaxAndDescend(stream);
    if (this.#problem.variables <= exactLimit) {
      const { assignment, weight } = exactAssignment(this.#problem, this.#quadratic);
      this.#offer('exhaustive search', assignment);
      this.#bound = { value: weight, method: 'exhaustive', failureProbability: 0 };
      return;
    }
    const search = stream.fork('search');
    const { budget } = this.#options;
    while (!this.#isOver() && !('rounds' in budget && this.#rounds >= budget.rounds)) {
      const own = search.fork(this.#rounds++);
      const from = this.#rounds === 1 ? this.#best : perturbed(own, this.#best);
      const found = tabuSearch(own, this.#quadratic, from, {
        flips: flipsPerRound,
        shouldStop: () => this.#isOver(),
      });
      this.#offer('tabu search', found);
      // A signal is only heard between two turns.
      await nextTurn();
    }
  }

  solution(): ConstraintSolution {
    const isOptimal = this.#isOptimal();
    const isInterrupted = this.#options.signal?.aborted === true;
    return {
      assignment: this.#best,
      weight: this.#weight,
      upperBound: this.#bound,
      ...(this.#relaxation === undefined ? {} : { relaxation: this.#relaxation }),
      ...(this.#derandomized === undefined ? {} : { derandomized: this.#derandomized }),
      outcome: isOptimal ? 'optimal' : isInterrupted ? 'interrupted' : 'budget',
      stages: this.#stages,
      rounds: this.#rounds,
      seconds: this.#seconds(),
    };
  }

  async #relaxAndDescend(stream: RandomStream): Promise<void> {
    const { variables, weights } = this.#problem;
    if (variables === 0 || weights.length === 0) return;
    const relaxation = relaxationOf(this.#quadratic);
    const shouldStop = (): boolean => this.#isOver(relaxationShare);
    const solution = solveRelaxation(stream.fork('vectors'), relaxation, { shouldStop });
    this.#relaxation = solution.value;
    this.#bound = tightened(
      this.#problem,
      relaxationBound(stream.fork('bound'), relaxation, solution, this.#bound.value),
    );
    this.#tell();
    await nextTurn();
    if (this.#isOver()) return;
    const { smoothing = 0.02 } = this.#options;
    const regularization = (0.005 * Math.max(this.#quadratic.totalWeight, Number.MIN_VALUE)) / variables;
    const seen = seenFromTruth(solution);
    const objective = smoothedAssignment(this.#quadratic, { rank: seen.rank, smoothing, regularization });
    const hyperplane = hyperplaneStarts(objective, seen, 12).best;
    const rotated = rotatedPoint(seen);
    const start =
      this.#problem.kind === 'clauses' && objective.value(rotated) < hyperplane.value
        ? rotated
        : hyperplane.point;
    const end = derandomizeAssignment(
      stream.fork('descent'),
      objective,
      start,
      assignmentGoal(objective),
      this.#affordable(objective, start),
    );
    const weight = satisfiedWeight(this.#problem, end.assignment);
    this.#derandomized = { ...end, weight, smoothing, regularization, rank: seen.rank };
    this.#offer('derandomization', end.assignment);
    await nextTurn();
  }

  /** The steps of the descent that fit into what is left, by the time of one gradient; all of them for a count of rounds. */
  #affordable(objective: SmoothedAssignment, point: Float64Array): DerandomizeOptions {
    const { budget, clock } = this.#options;
    if (!('seconds' in budget)) return {};
    const begun = clock();
    objective.gradientInto(new Float64Array(objective.dimension), point);
    const gradients = (descentShare * (budget.seconds - this.#seconds())) / Math.max(clock() - begun, 1e-9);
    return {
      steps: Math.floor(Math.min(1000, gradients / 2 / gradientsPerStep)),
      newtonSteps: Math.floor(Math.min(60, gradients / 2 / gradientsPerNewtonStep)),
    };
  }

  #offer(step: string, assignment: Assignment): void {
    const weight = satisfiedWeight(this.#problem, assignment);
    const isFirst = this.#stages.length === 0;
    if (weight > this.#weight || isFirst) {
      if (weight >= this.#weight) {
        this.#weight = weight;
        this.#best = Int8Array.from(assignment);
      }
      this.#stages.push({ step, weight: this.#weight, seconds: this.#seconds() });
    }
    this.#tell();
  }

  #tell(): void {
    this.#options.onProgress?.({
      weight: this.#weight,
      upperBound: this.#bound.value,
      seconds: this.#seconds(),
    });
  }

  #isOptimal(): boolean {
    return this.#bound.failureProbability === 0 && this.#weight >= this.#bound.value;
  }

  /** Whether this share of the budget is used up. */
  #isOver(share = 1): boolean {
    const { budget, signal } = this.#options;
    if (signal?.aborted === true || this.#isOptimal()) return true;
    return 'seconds' in budget && this.#seconds() >= share * budget.seconds;
  }

  #seconds(): number {
    return this.#options.clock() - this.#start;
  }
}

/** Where all weights are whole numbers, so is what an assignment satisfies: the bound is rounded down. */
function tightened({ weights }: ConstraintProblem, bound: AssignmentBound): AssignmentBound {
  return weights.every(Number.isInteger) && bound.value <= Number.MAX_SAFE_INTEGER
    ? { ...bound, value: Math.floor(bound.value) }
    : bound;
}

/** A tenth of the variables, at least four, flipped. */
function perturbed(stream: RandomStream, assignment: Assignment): Assignment {
  const changed = Int8Array.from(assignment);
  const count = Math.max(4, Math.floor(changed.length / 10));
  for (let flips = 0; flips < count; flips++) {
    const i = stream.integer(0, changed.length - 1);
    changed[i] = -changed[i];
  }
  return changed;
}
