import { createHash } from 'node:crypto';
import { $, fs, os, path } from 'zx';
import type { Settings } from '../claims/settings.ts';
import type { Provenance } from '../evidence/evidence.ts';

/** Everything that can change a verdict. */
const inputs = [
  'src',
  'spec',
  'scripts',
  'fixtures',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** Describes the machine, the commit and the inputs of a run that is ending now. */
export function provenanceOf({
  profile,
  seed,
  runs,
}: Pick<Settings, 'profile' | 'seed' | 'runs'>): Provenance {
  const processors = os.cpus();
  return {
    commit: git('rev-parse', 'HEAD') ?? 'no commit',
    dirty: (git('status', '--porcelain', '--', ...inputs) ?? 'unknown') !== '',
    inputs: inputsHash(),
    // A paper within another project, or of another package manager, has none.
    lockFile: hashFiles(filesBelow('package-lock.json')),
    node: process.version,
    os: `${os.type()} ${os.release()} ${process.arch}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    profile,
    seed,
    runs: runs ?? null,
    backend: 'float64 TypeScript',
    finished: new Date().toISOString(),
  };
}

/**
 * Finds where evidence says that it is of other sources than those here.
 *
 * @returns one sentence for each problem; empty where its inputs are those here, and its commit, where it had no
 * changes besides, is one that has them
 */
export function sourceProblems({ commit, dirty, inputs: hash }: Provenance): string[] {
  if (hash !== inputsHash()) return [`of sources with hash ${hash}, and those here have ${inputsHash()}`];
  if (git('rev-parse', 'HEAD') === undefined) return [];
  const belongs = dirty
    ? git('merge-base', '--is-ancestor', commit, 'HEAD')
    : git('diff', '--quiet', commit, '--', ...inputs);
  return belongs === undefined ? [`of commit ${commit}, which does not have the sources here`] : [];
}

/** Hash of the names and contents of all inputs: evidence is current while this has not changed. */
export function inputsHash(): string {
  return hashFiles(inputs.flatMap(filesBelow).sort());
}

function filesBelow(place: string): string[] {
  if (!fs.existsSync(place)) return [];
  if (fs.statSync(place).isFile()) return [place];
  return fs
    .readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function hashFiles(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(fs.readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Output of a git command; undefined outside a checkout or without git. */
function git(...words: string[]): string | undefined {
  const { ok, stdout } = $.sync({ nothrow: true, quiet: true })`git ${words}`;
  return ok ? stdout.trim() : undefined;
}
