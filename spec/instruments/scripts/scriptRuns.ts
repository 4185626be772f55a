import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How a run of a script ended. */
export interface ScriptRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The run that a test is a part of must not speak to the runs that it starts. */
export const cleanEnvironment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(VITEST|CLAIMS$|NODE_ENV|TEST$)/.test(name)),
);

const host = join(import.meta.dirname, 'scriptHost.ts');

/**
 * Runs a script of `scripts/` once for each list of words, in one process: starting one takes longer than a refusal.
 *
 * Meant for runs that end by themselves at once: what a run leaves open is not waited for.
 *
 * @throws Error when the process ends otherwise than by itself, or not within two minutes
 */
export function scriptRuns(script: string, cases: readonly (readonly string[])[]): ScriptRun[] {
  const given = JSON.stringify([pathToFileURL(`scripts/${script}.ts`).href, cases]);
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ['--import', 'tsx', host, given], {
    encoding: 'utf8',
    env: cleanEnvironment,
    timeout: 120_000,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0)
    throw error ?? new Error(`${script}: the process of all runs ended with ${status}: ${stderr}`);
  const runs: ScriptRun[] = JSON.parse(stdout);
  return runs;
}
