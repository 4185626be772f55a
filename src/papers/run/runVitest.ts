import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

/** What a run of vitest ended with. */
export interface VitestRun {
  readonly exitCode: number;
  /** What it printed, where that was kept. */
  readonly output: string;
}

/**
 * Runs vitest in a process of its own, which a signal to this one reaches and which does not outlive it.
 *
 * @param keepOutput hold standard output back instead of showing it
 */
export async function runVitest(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  keepOutput = false,
): Promise<VitestRun> {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', ...words], {
    // The channel is there to be closed: vitest then knows that this process is gone.
    stdio: ['inherit', keepOutput ? 'pipe' : 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...environment },
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const forward = (signal: NodeJS.Signals): boolean => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, forward);
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  for (const each of signals) process.off(each, forward);
  return { exitCode: exitCode ?? 128 + constants.signals[signal ?? 'SIGKILL'], output };
}
