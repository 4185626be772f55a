import { Tinypool } from 'tinypool';
import { checkInteger } from '../../../numerics/base/checks.ts';
import type { Graph } from '../graph/graph.ts';
import type { MaxCutTask, TaskResults } from './tasks.ts';
import runTask from './worker.ts';

/** Runs tasks, here or on other threads. */
export interface TaskRunner {
  run<K extends MaxCutTask['kind']>(task: Extract<MaxCutTask, { kind: K }>): Promise<TaskResults[K]>;
  /** Ends the threads at once, whatever they are doing. */
  close(): Promise<void>;
}

/**
 * Starts a runner.
 *
 * @param threads 0: every task runs on the caller's thread when it is asked for; otherwise the number of workers
 */
export function startTaskRunner(threads: number): TaskRunner {
  checkInteger('threads', threads, 0, 256);
  if (threads === 0) {
    return {
      run: async (task) => runTask(task) as never,
      close: async () => {},
    };
  }
  const workers = new Tinypool({
    filename: new URL('./threadEntry.mjs', import.meta.url).href,
    runtime: 'worker_threads',
    minThreads: threads,
    maxThreads: threads,
    execArgv: [],
    isolateWorkers: false,
  });
  return {
    run: async (task) => await workers.run(task),
    close: async () => await workers.destroy(),
  };
}

/** The same graph with its arrays in memory that threads share instead of copying. */
export function shareGraph(graph: Graph): Graph {
  const offsets = new Int32Array(new SharedArrayBuffer(graph.offsets.byteLength));
  const neighbours = new Int32Array(new SharedArrayBuffer(graph.neighbours.byteLength));
  const weights = new Float64Array(new SharedArrayBuffer(graph.weights.byteLength));
  offsets.set(graph.offsets);
  neighbours.set(graph.neighbours);
  weights.set(graph.weights);
  return { ...graph, offsets, neighbours, weights };
}
