import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../claims/settings.ts';
import type { Provenance } from '../evidence/evidence.ts';

/** Everything the verdicts depend on. */
const inputs = ['src', 'spec', 'fixtures', 'package-lock.json', 'vitest.config.ts'];

/** Describes the machine, the commit and the inputs of a run that is ending now. */
export function provenanceOf(settings: Settings): Provenance {
  const processors = cpus();
  return {
    commit: git('rev-parse', 'HEAD') ?? 'no commit',
    dirty: (git('status', '--porcelain', '--', ...inputs) ?? 'unknown') !== '',
    inputs: inputsHash(),
    lockFile: hashFiles(['package-lock.json']),
    node: process.version,
    os: `${type()} ${release()} ${process.arch}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    profile: settings.profile,
    seed: settings.seed,
    runs: settings.runs ?? null,
    backend: 'float64 TypeScript',
    finished: new Date().toISOString(),
  };
}

/** Hash of the contents of all inputs: evidence is current while this has not changed. */
export function inputsHash(): string {
  return hashFiles(inputs.flatMap(filesBelow).sort());
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  return path.includes('.')
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
}

function hashFiles(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Output of a git command; undefined outside a checkout or without git. */
function git(...words: string[]): string | undefined {
  try {
    return execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
