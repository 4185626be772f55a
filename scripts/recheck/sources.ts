import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import type { RecheckedEvidence } from './recheckEvidence.ts';

/** Everything that can change a verdict. */
const inputs =
  'src spec scripts fixtures package.json package-lock.json tsconfig.json vitest.config.ts'.split(' ');

/**
 * Finds where evidence says that it is of other sources than those of the current folder.
 *
 * @returns one sentence for each problem
 */
export function sourceProblems({ provenance }: RecheckedEvidence): string[] {
  if (provenance === undefined) return ['the evidence does not say of what sources it is'];
  const { commit, dirty } = provenance;
  const here = hashHere();
  if (provenance.inputs !== here) {
    return [`the evidence is of sources with hash ${provenance.inputs}, and those here have ${here}`];
  }
  const git = (...words: string[]): boolean => spawnSync('git', words, { stdio: 'ignore' }).status === 0;
  if (!git('rev-parse', 'HEAD')) return [];
  const belongs = dirty
    ? git('merge-base', '--is-ancestor', commit, 'HEAD')
    : git('diff', '--quiet', commit, '--', ...inputs);
  return belongs ? [] : [`the evidence is of commit ${commit}, which does not have the sources here`];
}

function hashHere(): string {
  const files = inputs.filter((place) => existsSync(place)).flatMap(filesAt);
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function filesAt(place: string): string[] {
  return statSync(place).isDirectory()
    ? readdirSync(place).flatMap((name) => filesAt(`${place}/${name}`))
    : [place];
}
