import { ritzEnds } from '../../../numerics/linalg/chebyshevBound.ts';
import { randomStream } from '../../../numerics/random/stream.ts';
import { type DualBound, slackProduct } from '../bound/dualBound.ts';
import { sufficientRank } from '../bound/semidefinite.ts';
import { cutValue, type Sides } from '../graph/cut.ts';
import type { Graph } from '../graph/graph.ts';
import { type DerandomizedCut, derandomizedCut } from '../sampler/derandomizedCut.ts';
import { annealedSampler } from './annealedSampler.ts';
import { anytimeBound, type BoundResult } from './anytimeBound.ts';
import { type BranchAndBound, branchAndBound } from './branchAndBound.ts';
import type { Elite } from './elitePool.ts';
import { oneOpt } from './oneOpt.ts';
import { recombineInto } from './recombination.ts';

interface TaskCommon {
  readonly graph: Graph;
  /** Seed of the task's own stream: streams do not cross threads, seeds do. */
  readonly seed: string;
  /** When to stop, on the clock of {@link absoluteMilliseconds}; infinite where only steps count. */
  readonly deadline: number;
}

/** Solves the relaxation and bounds all cuts. */
export interface BoundTask extends TaskCommon {
  readonly kind: 'bound';
}

/** The paper's method: one descent. */
export interface DerandomizeTask extends TaskCommon {
  readonly kind: 'derandomize';
  readonly rank?: number;
}

/** One return to sampler space, from `start` or from random sides, then mixing with the pool. */
export interface ResampleTask extends TaskCommon {
  readonly kind: 'resample';
  readonly start?: Sides;
  readonly pool: readonly Elite[];
  readonly deviation: number;
  readonly sweeps: number;
}

/** A proof that a cut is maximum, or a better one. */
export interface BranchTask extends TaskCommon {
  readonly kind: 'branch';
  readonly start: Sides;
}

export type MaxCutTask = BoundTask | DerandomizeTask | ResampleTask | BranchTask;

export interface ResampleResult extends Elite {
  readonly sweeps: number;
}

/** What each kind of task returns. */
export interface TaskResults {
  readonly bound: BoundResult;
  /** Undefined where there is no time for a descent. */
  readonly derandomize: DerandomizedCut | undefined;
  readonly resample: ResampleResult;
  readonly branch: BranchAndBound;
}

/** Milliseconds on a clock that all threads of the process share. */
export function absoluteMilliseconds(): number {
  return performance.timeOrigin + performance.now();
}

/** Bounds all cuts until the deadline; `report` is told each better bound. */
export function runBound(task: BoundTask, report: (bound: DualBound) => void): BoundResult {
  const deadline = { now: absoluteMilliseconds, at: task.deadline };
  return anytimeBound(randomStream(task.seed), task.graph, deadline, report);
}

/**
 * Sweeps of the relaxation that the paper's method takes as long as: thirty of them, two hundred steps of two sweeps
 * each, and some fifty values to follow the descent to its limit and certify it.
 */
const descentSweeps = 500;

/** Runs the paper's method until its end or near the deadline, unless two measured products tell that it would not fit. */
export function runDerandomize(task: DerandomizeTask): DerandomizedCut | undefined {
  const { seed, graph, deadline } = task;
  const stream = randomStream(seed);
  const rank = task.rank ?? Math.min(8, sufficientRank(graph.vertexCount));
  const timed = Number.isFinite(deadline) && graph.edgeCount > 10_000;
  let sweep = 0;
  if (timed) {
    const before = absoluteMilliseconds();
    const multiplyInto = slackProduct(graph, new Float64Array(graph.vertexCount));
    ritzEnds(stream.fork('time'), multiplyInto, graph.vertexCount, 2);
    // A sweep takes 1.2 products a rank.
    sweep = 0.6 * rank * (absoluteMilliseconds() - before);
    if (before + descentSweeps * sweep > deadline) return undefined;
  }
  // The end takes some twenty values, and a value two sweeps.
  return derandomizedCut(stream, graph, { rank, descent: { shouldStop: stopAt(deadline - 80 * sweep) } });
}

/** Edges are passed so often from the end of an annealing to that of the round. */
const finalPasses = 20;

/** Anneals once, cold by the deadline, then takes over what members of the pool do better, region by region. */
export function runResample(task: ResampleTask): ResampleResult {
  const { graph, deviation, sweeps, pool, deadline } = task;
  const started = absoluteMilliseconds();
  if (started >= deadline && pool.length > 0) return { ...pool[0], sweeps: 0 };
  const stream = randomStream(task.seed);
  const start = task.start ?? randomSides(stream.fork('start'), graph.vertexCount);
  cutValue(graph, start);
  const end = deadline - finalPasses * (absoluteMilliseconds() - started);
  const elapsedShare = (): number => {
    const now = absoluteMilliseconds();
    return now >= end ? 1 : (now - started) / (end - started);
  };
  const timing = Number.isFinite(deadline) ? { elapsedShare } : {};
  const run = annealedSampler(stream.fork('draws'), graph, start, { deviation, sweeps, ...timing });
  const sides = oneOpt(graph, run.sides);
  for (let rise = 1; rise > 0; ) {
    rise = 0;
    for (const member of pool) rise += recombineInto(sides, graph, member.sides);
  }
  return { sides, cut: cutValue(graph, sides), sweeps: run.sweeps };
}

/** Looks for a good cut of a small graph, then proves that there is no better one, until the deadline. */
export function runBranch({ seed, graph, start, deadline }: BranchTask): BranchAndBound {
  const stream = randomStream(seed);
  let best: Elite = { sides: start, cut: cutValue(graph, start) };
  for (let run = 0; run < 4; run++) {
    const found = annealedSampler(stream.fork(`start ${run}`), graph, start, { deviation: 2, sweeps: 1000 });
    if (found.cut > best.cut) best = found;
  }
  return branchAndBound(stream.fork('nodes'), graph, best.sides, stopAt(deadline));
}

function randomSides(stream: ReturnType<typeof randomStream>, n: number): Sides {
  const sides: Sides = new Int8Array(n);
  for (let i = 0; i < n; i++) sides[i] = stream.uniform() < 0.5 ? -1 : 1;
  return sides;
}

function stopAt(deadline: number): () => boolean {
  return () => absoluteMilliseconds() >= deadline;
}
