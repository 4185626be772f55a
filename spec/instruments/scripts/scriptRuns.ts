import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
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

/** Where a script runs, and what it is told of its surroundings. */
export interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What lets Node.js run a script as it is written, from any folder. */
export const tsx = createRequire(import.meta.url).resolve('tsx');

const host = join(import.meta.dirname, 'scriptHost.ts');

/**
 * Runs a script of `scripts/` once for each list of words, in one process: starting one takes longer than a refusal.
 *
 * Meant for runs that end by themselves at once: what a run leaves open is not waited for.
 *
 * @param place the project whose script it is; this one where it is left out
 * @throws Error when the process ends otherwise than by itself, or not within two minutes
 */
export function scriptRuns(
  script: string,
  cases: readonly (readonly string[])[],
  { cwd, env }: Place = { cwd: '.', env: cleanEnvironment },
): ScriptRun[] {
  const given = JSON.stringify([pathToFileURL(join(cwd, `scripts/${script}.ts`)).href, cases]);
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ['--import', tsx, host, given], {
    encoding: 'utf8',
    cwd,
    env,
    timeout: 120_000,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0)
    throw error ?? new Error(`${script}: the process of all runs ended with ${status}: ${stderr}`);
  const runs: ScriptRun[] = JSON.parse(stdout);
  return runs;
}
