import type { RandomStream } from '../../../numerics/random/stream.ts';
import { type DualBound, degreeBound } from '../bound/dualBound.ts';
import { cutValue, type Sides } from '../graph/cut.ts';
import type { Graph } from '../graph/graph.ts';
import { isWorthReducing, reduceGraph, unreduced } from '../graph/reduction.ts';
import { roundConditionally } from '../sampler/conditionalRounding.ts';
import type { DerandomizedCut } from '../sampler/derandomizedCut.ts';
import { branchLimit } from './branchAndBound.ts';
import { type Elite, withElite } from './elitePool.ts';
import { exactCut, exactLimit } from './exactCut.ts';
import type { MaxCutOptions, MaxCutSolution } from './maxCutSolution.ts';
import { oneOpt } from './oneOpt.ts';
import { planRound, poolCapacity } from './searchPlan.ts';
import { shareGraph, type TaskRunner } from './taskRunner.ts';
import { absoluteMilliseconds } from './tasks.ts';

/** Shares of a time budget: the bound, beside everything else, ends at the first, the paper's descent at the second. */
const boundShare = 0.35;
const descentShare = 0.5;

/** Thrown inside a search when its signal fires; never leaves it. */
class Interrupted extends Error {}

/**
 * One search: the descent, then 1-opt and returns to sampler space, with the bound computed beside them.
 *
 * Owns what has been found so far; `solveMaxCut` is its only caller.
 */
export class CutSearch {
  readonly #stream: RandomStream;
  readonly #graph: Graph;
  readonly #options: MaxCutOptions;
  readonly #runner: TaskRunner;
  readonly #started = performance.now();
  readonly #interruption: Promise<never>;
  readonly #stages: { step: string; cut: number; seconds: number }[] = [];
  #sides: Sides;
  #cut: number;
  #bound: DualBound;
  #sdp: number | undefined;
  #isBoundFinal = false;
  #derandomized: DerandomizedCut | undefined;
  #rounds = 0;

  constructor(stream: RandomStream, graph: Graph, options: MaxCutOptions, runner: TaskRunner) {
    this.#stream = stream;
    this.#graph = shareGraph(graph);
    this.#options = options;
    this.#runner = runner;
    // What an interruption before the first step ends with: every vertex in turn on its better side.
    this.#sides = roundConditionally(graph, new Float64Array(graph.vertexCount), 1);
    this.#cut = cutValue(graph, this.#sides);
    this.#bound = degreeBound(graph);
    this.#interruption = new Promise((_, reject) => {
      const { signal } = options;
      if (signal?.aborted) reject(new Interrupted());
      signal?.addEventListener('abort', () => reject(new Interrupted()), { once: true });
    });
    // Without a listener an early rejection would end the process.
    this.#interruption.catch(() => {});
  }

  async run(): Promise<MaxCutSolution> {
    try {
      return this.#solution(await this.#search());
    } catch (error) {
      if (error instanceof Interrupted) return this.#solution('interrupted');
      throw error;
    }
  }

  async #search(): Promise<Exclude<MaxCutSolution['outcome'], 'interrupted'>> {
    const graph = this.#graph;
    const { polish, rank, start } = this.#options;
    if (start !== undefined) this.#offer('the given start', start);
    if (this.#hasTarget()) {
      if (start === undefined) this.#offer('each vertex in turn', this.#sides);
      return 'target';
    }
    const bounded = this.#runner
      .run(
        { kind: 'bound', graph, seed: this.#seed('bound'), deadline: this.#deadline(boundShare) },
        (bound) => this.#takeBound(bound),
      )
      .then(({ sdp, converged, bound }) => {
        this.#sdp = sdp;
        this.#isBoundFinal = converged;
        this.#takeBound(bound);
      });
    bounded.catch(() => {});
    const deadline = this.#deadline(descentShare);
    const derandomize = { kind: 'derandomize', graph, seed: this.#seed('derandomize'), deadline } as const;
    const derandomized = await this.#unlessInterrupted(
      this.#runner.run(rank === undefined ? derandomize : { ...derandomize, rank }),
    );
    this.#derandomized = derandomized;
    if (derandomized !== undefined) this.#offer('derandomization', derandomized.sides);
    else if (start === undefined) this.#offer('each vertex in turn', this.#sides);
    if (this.#hasTarget()) return 'target';
    let isOptimal = false;
    if (polish !== 'none') this.#offer('1-opt', oneOpt(graph, this.#sides));
    if (polish === 'resample' && !this.#hasTarget()) isOptimal = await this.#resample();
    if (!isOptimal && this.#hasTarget()) return 'target';
    await this.#unlessInterrupted(this.#waitForBound(bounded));
    return isOptimal || this.#meetsBound() ? 'optimal' : 'budget';
  }

  /** Returns to sampler space until the budget ends; true where the cut is known to be maximum. */
  async #resample(): Promise<boolean> {
    const reduction = isWorthReducing(this.#graph) ? reduceGraph(this.#graph) : unreduced(this.#graph);
    const { kept, lift } = reduction;
    if (reduction.graph.vertexCount <= exactLimit) {
      this.#offer('exhaustive search', lift(exactCut(reduction.graph).sides));
      // The search and the value of its cut are sums of at most 2m weights, exact where the weights have a unit.
      const value = this.#cut + this.#rounding();
      if (value <= this.#bound.value) this.#bound = { value, method: 'exhaustive', failureProbability: 0 };
      return true;
    }
    const graph = shareGraph(reduction.graph);
    const restricted = Int8Array.from(kept, (vertex) => this.#sides[vertex]);
    if (graph.vertexCount < this.#graph.vertexCount) this.#offer('exact reduction', lift(restricted));
    let pool: readonly Elite[] = [{ sides: restricted, cut: cutValue(graph, restricted) }];
    const isTimed = 'seconds' in this.#options.budget;
    if (isTimed && graph.vertexCount <= branchLimit) this.#prove(graph, restricted, lift);
    while (!this.#isSpent() && !this.#meetsBound() && !this.#hasTarget()) {
      const stream = this.#stream.fork(`round ${this.#rounds}`);
      const plan = planRound(stream, graph, pool, isTimed);
      const { deviation, sweeps } = plan;
      const deadline = this.#deadline(1);
      const results = await this.#unlessInterrupted(
        Promise.all(
          plan.starts.map((start, place) => {
            const seed = this.#seed(`round ${this.#rounds}, place ${place}`);
            const task = { kind: 'resample', graph, seed, deadline, pool, deviation, sweeps } as const;
            return this.#runner.run(start === undefined ? task : { ...task, start: start.sides });
          }),
        ),
      );
      this.#rounds++;
      for (const result of results) pool = withElite(pool, result, poolCapacity);
      this.#offer('return to sampler space', oneOpt(this.#graph, lift(pool[0].sides)));
    }
    return false;
  }

  #offer(step: string, sides: Sides): void {
    const cut = cutValue(this.#graph, sides);
    if (cut > this.#cut || this.#stages.length === 0) {
      this.#cut = cut;
      this.#sides = sides;
    }
    const last = this.#stages.at(-1);
    if (last?.step === step) this.#stages.pop();
    this.#stages.push({ step, cut: this.#cut, seconds: this.#seconds() });
    this.#report();
  }

  /** Begins a proof beside the rounds; on the caller's own thread it takes half of the time at most. */
  #prove(graph: Graph, start: Sides, lift: (sides: Sides) => Sides): void {
    const deadline = this.#deadline(this.#options.threads === 0 ? 0.5 : 0.95);
    this.#runner
      .run({ kind: 'branch', graph, seed: this.#seed('branch'), deadline, start })
      .then(({ outcome, sides }) => {
        this.#offer('branch and bound', oneOpt(this.#graph, lift(sides)));
        if (outcome !== 'proven' || this.#graph.unit === 0) return;
        this.#takeBound({ value: this.#cut, method: 'branch', failureProbability: 0 });
      })
      // What a closed runner rejects comes after the search has ended.
      .catch(() => {});
  }

  #takeBound(bound: DualBound): void {
    if (bound.value >= this.#bound.value) return;
    this.#bound = bound;
    this.#report();
  }

  #report(): void {
    const { onProgress } = this.#options;
    onProgress?.({ cut: this.#cut, upperBound: this.#bound.value, seconds: this.#seconds() });
  }

  #solution(outcome: MaxCutSolution['outcome']): MaxCutSolution {
    // A cut that meets its bound is the bound; and none is above it, whatever rounding did to either.
    const { unit } = this.#graph;
    const isMet = outcome === 'optimal' && unit > 0;
    const value = isMet ? this.#cut : Math.max(this.#bound.value, this.#cut + this.#rounding());
    this.#bound = { ...this.#bound, value };
    return {
      outcome,
      sides: this.#sides,
      cut: this.#cut,
      upperBound: this.#bound,
      isBoundFinal: this.#isBoundFinal || outcome === 'optimal',
      ...(this.#sdp === undefined ? {} : { sdp: this.#sdp }),
      ...(this.#derandomized === undefined ? {} : { derandomized: this.#derandomized }),
      stages: this.#stages,
      rounds: this.#rounds,
      seconds: this.#seconds(),
    };
  }

  /** How far the value of a cut, and of the best of all, may be off: 0 where the weights have a unit. */
  #rounding(): number {
    const { unit, edgeCount, absoluteWeight } = this.#graph;
    return unit > 0 ? 0 : 2 * edgeCount * Number.EPSILON * absoluteWeight;
  }

  /** No cut lies strictly between the largest multiple of the unit below the bound and the bound. */
  #meetsBound(): boolean {
    const { value, failureProbability } = this.#bound;
    const { unit } = this.#graph;
    const best = unit > 0 ? Math.floor(value / unit) * unit : value;
    return failureProbability === 0 && this.#cut >= best;
  }

  #hasTarget(): boolean {
    const { target } = this.#options;
    return target !== undefined && this.#cut >= target;
  }

  #isSpent(): boolean {
    const { budget } = this.#options;
    return 'seconds' in budget ? this.#seconds() >= budget.seconds : this.#rounds >= budget.rounds;
  }

  #deadline(share: number): number {
    const { budget } = this.#options;
    if (!('seconds' in budget)) return Number.POSITIVE_INFINITY;
    return absoluteMilliseconds() - 1000 * this.#seconds() + 1000 * share * budget.seconds;
  }

  #seed(label: string): string {
    const stream = this.#stream.fork(label);
    return `${stream.integer(0, 0x7fffffff)}.${stream.integer(0, 0x7fffffff)}`;
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  /** Waits for the bound; under a time budget no longer than a twentieth of it and half a second beyond its end. */
  async #waitForBound(bounded: Promise<void>): Promise<void> {
    const { budget } = this.#options;
    if (!('seconds' in budget)) return await bounded;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      const left = 1.05 * budget.seconds + 0.5 - this.#seconds();
      timer = setTimeout(resolve, Math.max(0, 1000 * left));
    });
    await Promise.race([bounded, timeout]).finally(() => clearTimeout(timer));
  }

  #unlessInterrupted<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.#interruption, work]);
  }
}
