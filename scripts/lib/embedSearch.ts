import { Worker } from 'node:worker_threads';
import type { PointSet } from '../../src/applications/embedding/points/points.ts';
import type { Embedding } from '../../src/applications/embedding/search/embedPoints.ts';

/** What the thread of a search is given; `flag` and `progress` are shared with it. */
export interface SearchTask {
  readonly points: PointSet;
  readonly goal: { readonly embeddingDimension: number } | { readonly distortion: number };
  readonly seconds: number;
  readonly threads: number;
  readonly seed: string;
  /** One entry; not 0: end the search and return its best. */
  readonly flag: Int32Array;
  /** One entry: the smallest distortion of any round. */
  readonly progress: Float64Array;
}

/**
 * Runs a search on a thread of its own, so that this one can listen for an interruption meanwhile.
 *
 * @param onProgress told the smallest distortion so far, some times a second
 */
export async function embedSearch(
  task: Omit<SearchTask, 'flag' | 'progress'>,
  signal: AbortSignal,
  onProgress: (distortion: number) => void,
): Promise<Embedding> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const progress = new Float64Array(new SharedArrayBuffer(8)).fill(Infinity);
  const workerData: SearchTask = { ...task, flag, progress };
  const interrupt = () => Atomics.store(flag, 0, 1);
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt);
  const timer = setInterval(() => {
    if (progress[0] < Infinity) onProgress(progress[0]);
  }, 200);
  try {
    return await new Promise<Embedding>((resolve, reject) => {
      const search = new Worker(new URL('./embedThread.mjs', import.meta.url), { workerData, execArgv: [] });
      search.once('message', resolve);
      search.once('error', reject);
      search.once('exit', () => reject(new Error('the search ended without an embedding')));
    });
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', interrupt);
  }
}
