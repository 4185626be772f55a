import { type MaxCutTask, runBound, runDerandomize, runResample } from './tasks.ts';

/** The entry of a worker thread: runs one task. */
export default function runTask(task: MaxCutTask) {
  switch (task.kind) {
    case 'bound':
      return runBound(task);
    case 'derandomize':
      return runDerandomize(task);
    case 'resample':
      return runResample(task);
  }
}
