import { type ThreadContext, threadFunction } from '../../../numerics/threads/threadFunction.ts';
import { WorkerPool } from '../../../numerics/threads/workerPool.ts';
import type { DualBound } from '../bound/dualBound.ts';
import type { Graph } from '../graph/graph.ts';
import {
  type MaxCutTask,
  runBound,
  runBranch,
  runDerandomize,
  runResample,
  type TaskResults,
} from './tasks.ts';

/** Runs tasks, here or on other threads. */
export interface TaskRunner {
  /** @param onBound told each better bound while a `bound` task runs */
  run<K extends MaxCutTask['kind']>(
    task: Extract<MaxCutTask, { kind: K }>,
    onBound?: (bound: DualBound) => void,
  ): Promise<TaskResults[K]>;
  /** Ends the threads at once, whatever they are doing. */
  close(): Promise<void>;
}

/**
 * Starts a runner.
 *
 * @param threads 0: every task runs on the caller's thread when it is asked for; otherwise the number of workers
 */
export function startTaskRunner(threads: number): TaskRunner {
  const pool = new WorkerPool(threads);
  const task = threadFunction(import.meta.url, runTask);
  return {
    run: async (wanted, onBound) => (await pool.run(task, wanted, { progress: onBound })) as never,
    close: () => pool.close(),
  };
}

/** Runs one task, on whatever thread. */
export function runTask(
  task: MaxCutTask,
  { progress }: ThreadContext<DualBound>,
): TaskResults[MaxCutTask['kind']] {
  switch (task.kind) {
    case 'bound':
      return runBound(task, progress);
    case 'derandomize':
      return runDerandomize(task);
    case 'resample':
      return runResample(task);
    case 'branch':
      return runBranch(task);
  }
}

/** The same graph with its arrays in memory that threads share instead of copying; itself where they are there. */
export function shareGraph(graph: Graph): Graph {
  if (graph.neighbours.buffer instanceof SharedArrayBuffer) return graph;
  const offsets = new Int32Array(new SharedArrayBuffer(graph.offsets.byteLength));
  const neighbours = new Int32Array(new SharedArrayBuffer(graph.neighbours.byteLength));
  const weights = new Float64Array(new SharedArrayBuffer(graph.weights.byteLength));
  offsets.set(graph.offsets);
  neighbours.set(graph.neighbours);
  weights.set(graph.weights);
  return { ...graph, offsets, neighbours, weights };
}
