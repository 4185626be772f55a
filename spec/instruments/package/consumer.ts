import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What a program printed and how it ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The checkout. */
export const root = resolve(import.meta.dirname, '../../..');

/** Runs a program to its end, whatever that is. */
export function run(cwd: string, file: string, ...words: readonly string[]): Promise<Ended> {
  return new Promise((done) => {
    // What this process was told by npm and vitest is not what a user's shell would tell.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^(npm_|vitest|node_options|node_env$|test$)/i.test(name),
      ),
    );
    execFile(file, words, { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      done({ exitCode, stdout, stderr });
    });
  });
}

/** The text of a program that has to succeed. @throws Error with all that it printed */
export async function output(cwd: string, file: string, ...words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(cwd, file, ...words);
  if (exitCode === 0) return stdout;
  throw new Error(`${file} ${words.join(' ')}: exit code ${exitCode}\n${stdout}\n${stderr}`);
}

/** Makes an empty project outside of the checkout. */
export function emptyProject(within = tmpdir()): string {
  const folder = mkdtempSync(join(within, 'project-'));
  write(folder, 'package.json', JSON.stringify({ private: true, type: 'module' }));
  return folder;
}

export function write(folder: string, name: string, text: string): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/**
 * Installs packages from the registry, or from what npm has kept of it.
 *
 * @returns why the registry cannot be reached, where that is so
 * @throws Error where it can, and the installation fails
 */
export async function install(folder: string, ...words: readonly string[]): Promise<string | undefined> {
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const { exitCode, stdout, stderr } = await run(folder, 'npm', 'install', ...quiet, ...words);
  if (exitCode === 0) return undefined;
  const unreachable =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/;
  const reason = unreachable.exec(stderr);
  if (reason !== null) return `the package registry cannot be reached (${reason[0]})`;
  throw new Error(`npm install ${words.join(' ')}: exit code ${exitCode}\n${stdout}\n${stderr}`);
}
