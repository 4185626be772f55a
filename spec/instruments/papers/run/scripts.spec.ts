import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeNumbers } from '../../../../src/papers/claims/numbers.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import type { Evidence } from '../../../../src/papers/evidence/evidence.ts';
import { isSuiteGreen, summarize } from '../../../../src/papers/report/summary.ts';
import { staleness } from '../../../../src/papers/run/currentEvidence.ts';
import { cleanEnvironment, type ScriptRun, scriptRuns } from '../../scripts/scriptRuns.ts';
import { randomEvidence } from '../randomEvidence.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-scripts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const red = randomEvidence(rootStream('scripts'));
const green: Evidence = {
  ...red,
  claims: red.claims.map((claim) => ({
    ...claim,
    verdict: 'holds',
    green: true,
    sabotages: [],
    blockedBy: [],
  })),
};
const redFile = write('red.json', encodeNumbers(red));
const greenFile = write('green.json', encodeNumbers(green));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A script in a process of its own, as people start it. */
function run(script: string, ...words: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...words], {
    encoding: 'utf8',
    env: cleanEnvironment,
  });
}

/** What any bad input must end in: exit code 2, one line on standard error, nothing on standard output. */
function refusesInOneLine(result: Pick<SpawnSyncReturns<string>, keyof ScriptRun>, line: RegExp): void {
  expect(result.stderr).toMatch(line);
  expect(result.stderr.trimEnd().split('\n').length, result.stderr).toBe(1);
  expect(result.stdout).toBe('');
  expect(result.status).toBe(2);
}

describe('npm run report', () => {
  test('writes every file of the report and says what it wrote', () => {
    const out = join(folder, 'green');
    const { status, stdout, stderr } = run(
      'report',
      '--any-sources',
      '--evidence',
      greenFile,
      '--out',
      out,
      '--json',
    );
    const said = JSON.parse(stdout);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(said.green).toBe(true);
    expect(said.claims).toBe(green.claims.length);
    const written = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(said.files.length).toBe(written.length);
    for (const file of said.files) expect(existsSync(file), file).toBe(true);
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toMatch(/^<!DOCTYPE html>/);
  });

  test('writes the report of a run that is not green, and ends with exit code 1', () => {
    const out = join(folder, 'red');
    expect(isSuiteGreen(summarize(red))).toBe(false);
    const { status, stdout } = run('report', '--any-sources', '--evidence', redFile, '--out', out);
    expect(status).toBe(1);
    expect(stdout).toContain(join(out, 'index.html'));
    expect(existsSync(join(out, 'index.html'))).toBe(true);
  });

  test('finds badges that disagree with the evidence, and writes nothing then', () => {
    const out = join(folder, 'badges');
    const check = (): SpawnSyncReturns<string> =>
      run('report', '--any-sources', '--evidence', greenFile, '--out', out, '--check-badges');
    expect(check().status).toBe(1);
    expect(existsSync(out)).toBe(false);
    run('report', '--any-sources', '--evidence', greenFile, '--out', out);
    expect(check()).toMatchObject({ status: 0, stderr: '' });
    const [claim] = green.claims;
    const badge = join(out, 'badges', `${claim?.id}.svg`);
    writeFileSync(badge, readFileSync(badge, 'utf8').replace('holds', 'refuted'));
    writeFileSync(join(out, 'badges', 'nobody.svg'), '');
    const { status, stderr } = check();
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([
      `${badge}: disagrees with the evidence`,
      `${join(out, 'badges', 'nobody.svg')}: no claim has this badge`,
    ]);
  });

  test('refuses bad input in one line with exit code 2', () => {
    const badJson = write('bad-json.json', '{');
    const badSchema = write('bad-schema.json', '{"schemaVersion":99}');
    const older = write('older.json', JSON.stringify({ ...green, schemaVersion: 1 }));
    const cases: readonly [RegExp, ...string[]][] = [
      [/bad-json\.json: expected JSON/, '--evidence', badJson],
      [/bad-schema\.json: expected evidence of schema/, '--evidence', badSchema],
      [
        /older\.json: expected evidence of schema version 2, got "?version 1; npm run verify/,
        '--evidence',
        older,
      ],
      [/none\.json: expected a file .*ENOENT/, '--evidence', join(folder, 'none.json')],
      [/expected a file .*EISDIR/, '--evidence', folder],
      [/red\.json: expected a result/, '--evidence', greenFile, '--add', redFile],
      [/ENOTDIR/, '--any-sources', '--evidence', greenFile, '--out', join(greenFile, 'x')],
      [/huge.*smoke, quick, full/, '--profile', 'huge'],
      [/unknown option '--nope'/, '--nope'],
      [/too many arguments/, 'word'],
    ];
    const runs = scriptRuns(
      'report',
      cases.map(([, ...words]) => words),
    );
    for (const [i, one] of runs.entries()) refusesInOneLine(one, cases[i][0]);
    refusesInOneLine(run('report', '--evidence', badJson), cases[0][0]);
  });

  test('explains itself', () => {
    const { status, stdout } = run('report', '--help');
    expect(status).toBe(0);
    for (const option of [
      '--profile',
      '--seed',
      '--evidence',
      '--out',
      '--add',
      '--check-badges',
      '--any-sources',
      '--json',
    ]) {
      expect(stdout).toContain(option);
    }
  });
});

describe('evidence is current', () => {
  const current: Evidence = {
    ...green,
    provenance: { ...green.provenance, inputs: 'abc', profile: 'quick', seed: 's', runs: null },
  };
  const changed = (change: Partial<Evidence['provenance']>): Evidence => ({
    ...current,
    provenance: { ...current.provenance, ...change },
  });

  test('while sources, profile, seed and number of runs are those asked for', () => {
    const wish = { profile: 'quick', seed: 's' } as const;
    expect(staleness(current, wish, 'abc')).toBeUndefined();
    expect(staleness(current, wish, 'def')).toMatch(/sources/);
    expect(staleness(changed({ profile: 'full' }), wish, 'abc')).toMatch(/full/);
    expect(staleness(changed({ seed: 't' }), wish, 'abc')).toMatch(/seed t/);
    expect(staleness(changed({ runs: 5 }), wish, 'abc')).toMatch(/5 runs/);
  });
});

describe('npm run compare', () => {
  test('ends with 0 where nothing is worse and with 1 where something is', () => {
    expect(run('compare', greenFile, greenFile)).toMatchObject({ status: 0, stderr: '' });
    expect(run('compare', redFile, greenFile).status).toBe(0);
    const { status, stdout } = run('compare', greenFile, redFile, '--json');
    expect(status).toBe(1);
    const changed = red.claims.filter((claim) => !claim.green).map(({ id }) => id);
    expect(JSON.parse(stdout).verdicts.map(({ id }: { id: string }) => id)).toEqual(changed);
  });

  test('refuses bad input in one line with exit code 2', () => {
    refusesInOneLine(run('compare', greenFile), /missing required argument 'new'/);
    refusesInOneLine(
      run('compare', greenFile, write('torn.json', encodeNumbers(green).slice(0, 500))),
      /torn\.json/,
    );
  });
});

describe('npm run verify', () => {
  test('refuses in one line more instances than the false-alarm budget allows a sampled claim', () => {
    const words = ['--claim', 'lemma.finite-sample', '--runs', '1000000', '--profile', 'smoke'];
    const { status, stdout, stderr } = run('verify', ...words);
    const [, line, ...more] = stderr.trimEnd().split('\n');
    expect(line).toMatch(/^--runs: expected at most \d+ for lemma\.finite-sample, .*, got 1000000$/);
    expect(more).toEqual([]);
    expect(stdout).not.toMatch(/finite-sample|^\s+at /m);
    expect(status).toBe(2);
  }, 120_000);
});
