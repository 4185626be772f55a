import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { InputError } from '../../src/numerics/base/inputError.ts';

/** Where other papers than this project's own stand, a folder each. */
export const papersFolder = 'papers';

/** Another paper than this project's own, as a command line asks for it. */
export interface AskedPaper {
  readonly folder: string;
  /** The words without `--paper NAME`. */
  readonly words: readonly string[];
}

/**
 * Finds the paper that `--paper NAME` asks for.
 *
 * @param words of a command line
 * @returns undefined where it asks for none
 * @throws InputError for a name without a folder
 */
export function paperAsked(words: readonly string[]): AskedPaper | undefined {
  const at = words.findIndex((word) => word === '--paper' || word.startsWith('--paper='));
  if (at < 0) return undefined;
  const isApart = words[at] === '--paper';
  const name = isApart ? words[at + 1] : words[at].slice('--paper='.length);
  const folder = join(papersFolder, name ?? '');
  if (name === undefined || name === '' || !existsSync(join(folder, 'spec/paper/paper.ts'))) {
    const got = name === undefined ? 'nothing' : `"${name}"`;
    throw new InputError({
      source: '--paper',
      expected: `a folder of ${papersFolder} with a paper in it`,
      got,
    });
  }
  return { folder, words: [...words.slice(0, at), ...words.slice(at + (isApart ? 2 : 1))] };
}

/**
 * Runs a command of the package's program in the folder of a paper, as in a project of its own.
 *
 * A process of its own, since commands find specs, sources and reports by the folder that they were started in.
 *
 * @returns its exit code
 */
export function runInFolder(command: string, { folder, words }: AskedPaper): Promise<number> {
  const program = resolve('src/bin.ts');
  const loader = import.meta.resolve('tsx');
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--import', loader, program, command, ...words], {
      cwd: folder,
      stdio: 'inherit',
      // The loader would look for the compiler's options in that folder.
      env: { ...process.env, TSX_TSCONFIG_PATH: resolve('tsconfig.json') },
    });
    // Ctrl-C reaches the whole group of processes; this one waits for the end of the other.
    const wait = (): void => {};
    process.on('SIGINT', wait);
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', wait);
      done(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
  });
}
