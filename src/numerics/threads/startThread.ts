import { Worker } from 'node:worker_threads';

/**
 * Starts a thread at the one entry of all threads, threadEntry.cjs beside this file.
 *
 * @param start what it is started with: `kernels` for kernels on shared memory, nothing for a worker
 */
export function startThread(start: { readonly kernels?: object }): Worker {
  return new Worker(new URL('./threadEntry.cjs', import.meta.url), { workerData: start, execArgv: [] });
}
