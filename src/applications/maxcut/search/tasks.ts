import { randomStream } from '../../../numerics/random/stream.ts';
import { type DualBound, dualBound } from '../bound/dualBound.ts';
import { solveSemidefinite } from '../bound/semidefinite.ts';
import { cutValue, type Sides } from '../graph/cut.ts';
import type { Graph } from '../graph/graph.ts';
import { type DerandomizedCut, derandomizedCut } from '../sampler/derandomizedCut.ts';
import { annealedSampler } from './annealedSampler.ts';
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

/** Solves the relaxation at full rank and bounds all cuts. */
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

export type MaxCutTask = BoundTask | DerandomizeTask | ResampleTask;

/** The relaxation's value, attained by vectors, and the bound. */
export interface BoundResult {
  readonly sdp: number;
  readonly converged: boolean;
  readonly bound: DualBound;
}

export interface ResampleResult extends Elite {
  readonly sweeps: number;
  readonly milliseconds: number;
}

/** What each kind of task returns. */
export interface TaskResults {
  readonly bound: BoundResult;
  readonly derandomize: DerandomizedCut;
  readonly resample: ResampleResult;
}

/** Milliseconds on a clock that all threads of the process share. */
export function absoluteMilliseconds(): number {
  return performance.timeOrigin + performance.now();
}

/** Solves the relaxation until the deadline, then bounds all cuts. */
export function runBound(task: BoundTask): BoundResult {
  const stream = randomStream(task.seed);
  const solution = solveSemidefinite(stream.fork('vectors'), task.graph, {
    shouldStop: stopAt(task.deadline),
  });
  const bound = dualBound(stream.fork('bound'), task.graph, solution);
  return { sdp: solution.value, converged: solution.outcome === 'converged', bound };
}

/** Runs the paper's method until its end or the deadline. */
export function runDerandomize({ seed, graph, rank, deadline }: DerandomizeTask): DerandomizedCut {
  return derandomizedCut(randomStream(seed), graph, {
    ...(rank === undefined ? {} : { rank }),
    descent: { shouldStop: stopAt(deadline) },
  });
}

/** Anneals once, then takes over what members of the pool do better, region by region. */
export function runResample(task: ResampleTask): ResampleResult {
  const started = performance.now();
  const { graph, deviation, sweeps, pool } = task;
  const stream = randomStream(task.seed);
  const start = task.start ?? randomSides(stream.fork('start'), graph.vertexCount);
  const shouldStop = stopAt(task.deadline);
  const run = annealedSampler(stream.fork('draws'), graph, start, { deviation, sweeps, shouldStop });
  const sides = oneOpt(graph, run.sides);
  for (let rise = 1; rise > 0; ) {
    rise = 0;
    for (const member of pool) rise += recombineInto(sides, graph, member.sides);
  }
  const cut = cutValue(graph, sides);
  return { sides, cut, sweeps: run.sweeps, milliseconds: performance.now() - started };
}

function randomSides(stream: ReturnType<typeof randomStream>, n: number): Sides {
  const sides: Sides = new Int8Array(n);
  for (let i = 0; i < n; i++) sides[i] = stream.uniform() < 0.5 ? -1 : 1;
  return sides;
}

function stopAt(deadline: number): () => boolean {
  return () => absoluteMilliseconds() >= deadline;
}
