import { createRequire } from 'node:module';
import { $, os, path } from 'zx';
import { environmentOf, type RunRequest } from './request.ts';

/** What a run of vitest ended with. */
export interface VitestRun {
  readonly exitCode: number;
  /** What it printed, where that was kept. */
  readonly output: string;
}

/**
 * Runs vitest in a process of its own, which a signal to this one reaches and which does not outlive it.
 *
 * @param words names of spec files, and options of vitest
 * @param keepOutput hold standard output back instead of showing it
 */
export async function runVitest(
  words: readonly string[],
  request: RunRequest,
  keepOutput = false,
): Promise<VitestRun> {
  const require = createRequire(import.meta.url);
  const vitest = path.join(path.dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
  const run = $({
    // The channel is there to be closed: vitest then knows that this process is gone.
    stdio: ['inherit', keepOutput ? 'pipe' : 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...environmentOf(request) },
    nothrow: true,
    quiet: true,
  })`exec ${process.execPath} ${vitest} run ${[...words]}`;
  const forward = (signal: NodeJS.Signals): boolean | undefined => run.child?.kill(signal);
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, forward);
  const { exitCode, signal, stdout } = await run;
  for (const each of signals) process.off(each, forward);
  return { exitCode: exitCode ?? 128 + os.constants.signals[signal ?? 'SIGKILL'], output: stdout };
}
