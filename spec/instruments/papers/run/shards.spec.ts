import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalogue } from '../../../../src/papers/claims/catalogue.ts';
import { encodeNumbers } from '../../../../src/papers/claims/numbers.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import { type Evidence, repeatable } from '../../../../src/papers/evidence/evidence.ts';
import { fileProblems, manifestProblems } from '../../../../src/papers/evidence/manifest.ts';
import type { ClaimPart } from '../../../../src/papers/evidence/shape/part.ts';
import { parseShard, readShards, shardName, shardText } from '../../../../src/papers/run/shardFile.ts';
import { type Ended, fileCount, SmallProject } from './shardsProject.ts';

const project = new SmallProject();
const shards = join(project.folder, 'reports/shards');
const smoke = ['--profile', 'smoke', '--seed', 'small'] as const;
const ended: Ended[] = [];
afterAll(() => project.remove());

beforeAll(() => {
  ended.push(project.run('verify', ...smoke));
  for (const shard of ['1/2', '2/2']) {
    ended.push(project.run('verify', ...smoke, '--shard', shard, '--evidence', 'never.json'));
  }
  ended.push(project.run('merge', '--evidence', 'merged.json'));
}, 240_000);

/** Everything that has to be equal, number for number. */
function same(evidence: Evidence): string {
  return encodeNumbers(repeatable(evidence), 1);
}

/** The shards in a folder of their own, one of them changed. */
function changedShards(change: (folder: string, first: string) => void): string {
  const folder = join(project.folder, 'changed');
  rmSync(folder, { recursive: true, force: true });
  cpSync(shards, folder, { recursive: true });
  change(folder, join(folder, shardName({ index: 1, count: 2 })));
  return folder;
}

function refused({ status, stderr }: Ended, line: RegExp): void {
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd().split('\n').length, stderr).toBe(1);
  expect(status).toBe(2);
}

describe('shards', () => {
  test('merge into the evidence of a run that was not sharded, number for number', () => {
    expect(ended.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    const whole = project.evidence('reports/evidence.json');
    expect(whole.claims.filter(({ green }) => green).length).toBe(fileCount);
    expect(whole.charts[0]?.series[0]?.points[1]).toEqual([-Infinity, 0.1 + 0.2]);
    expect(whole.charts[0]?.series[0]?.points[0]?.[1]).toBe(5e-324);
    expect(whole.certificates.map(({ arrays }) => arrays.points)).toEqual(
      Array(fileCount).fill([0, 0, 0.1 + 0.2, 0, 0, 0.1 + 0.2]),
    );
    expect(whole.badInputs).toEqual({ 'of 0': 1, 'of 1': 1, 'of 2': 1, 'of 3': 1, things: 1 + 2 + 3 + 4 });
    expect(same(project.evidence('merged.json'))).toBe(same(whole));
  });

  test('write no evidence, and leave nothing but themselves', () => {
    expect(existsSync(join(project.folder, 'never.json'))).toBe(false);
    expect(readdirSync(shards).sort()).toEqual(['shard-1-of-2.json', 'shard-2-of-2.json']);
    const [first, second] = readShards(shards).map(({ blob }) => blob);
    expect(first).not.toBe(second);
  });

  test('are refused, naming the one at fault, when they are not one run', () => {
    const other = (field: string, value: unknown) => (_folder: string, first: string) => {
      const { provenance, blob } = readShards(shards)[0] ?? { provenance: undefined, blob: '' };
      if (provenance === undefined) throw new TypeError('expected a shard');
      writeFileSync(first, shardText({ index: 1, count: 2 }, { ...provenance, [field]: value }, blob));
    };
    const text = project.read('reports/shards/shard-1-of-2.json');
    const cases: readonly [RegExp, (folder: string, first: string) => void][] = [
      [/none for 1\/2/, (_folder, first) => rmSync(first)],
      [/shard 1\/2 once/, (folder, first) => copyFileSync(first, join(folder, 'copy.json'))],
      [/shard-2-of-2.*seed other.*seed small/, other('seed', 'other')],
      [/shard-2-of-2.*profile quick.*profile smoke/, other('profile', 'quick')],
      [/shard-2-of-2.*sources with hash beef/, other('inputs', 'beef')],
      [/shard-2-of-2.*commit beef/, other('commit', 'beef')],
      [/shard-2-of-2.*Node v0/, other('node', 'v0')],
      [/shard-2-of-2.*runs 7/, other('runs', 7)],
      [/shard-1-of-2.*not JSON/, (_folder, first) => writeFileSync(first, text.slice(0, -9))],
      [/shard-1-of-2.*changed since/, (_f, first) => writeFileSync(first, text.replace(/0\.3/, '0.4'))],
      [
        /shard-2-of-2.*one of 3 shards.*one of 2/,
        (_f, first) => writeFileSync(first, text.replace('"count":2', '"count":3')),
      ],
      [/shard-1-of-2.*another file/, (_folder, first) => writeFileSync(first, '[]')],
    ];
    for (const [line, change] of cases) expect(() => readShards(changedShards(change))).toThrow(line);
  });

  test('that are missing or hold another shard’s tests are one line and exit code 2, and no evidence', () => {
    const into = ['--evidence', 'refused.json'] as const;
    const missing = changedShards((_folder, first) => rmSync(first));
    refused(project.run('merge', missing, ...into), /changed: expected all 2 shards, got none for 1\/2/);
    const twice = changedShards((_folder, first) => {
      const [one, two] = readShards(shards);
      if (one && two) writeFileSync(first, shardText(one, one.provenance, two.blob));
    });
    refused(
      project.run('merge', twice, ...into),
      /spec\/claim\d\.spec\.ts: expected in 1 shard, got [02]; and \d+ more/,
    );
    refused(project.run('merge', 'nowhere', ...into), /ENOENT/);
    expect(existsSync(join(project.folder, 'refused.json'))).toBe(false);
  });

  test('are asked for by i/n', () => {
    expect(parseShard('3/4')).toEqual({ index: 3, count: 4 });
    for (const text of ['0/4', '5/4', '1', 'a/b', '1/2/3', '-1/2', ''])
      expect(() => parseShard(text)).toThrow(/i\/n/);
  });
});

describe('the manifest', () => {
  const ids = ['a', 'b'];
  const catalogue = {
    entries: [...ids, 'c'].map((id) => ({ id, ...(id === 'c' ? { unstated: 'no test' } : {}) })),
  } as unknown as Catalogue;
  const sabotages = ['s', 't'];
  const parts = ids.flatMap((id) =>
    [{}, ...sabotages.map((sabotage) => ({ sabotage }))].map((of) => ({ id, sabotages, ...of })),
  ) as unknown as ClaimPart[];

  test('is met by every stated claim and every sabotage once', () => {
    expect(manifestProblems(catalogue, parts)).toEqual([]);
    expect(fileProblems(['x', 'y'], ['y', 'x'])).toEqual([]);
  });

  test('notices any one part that is missing or there twice, and any that no catalogue has', () => {
    for (const [i, part] of parts.entries()) {
      expect(manifestProblems(catalogue, parts.toSpliced(i, 1))[0]).toMatch(/got 0/);
      expect(manifestProblems(catalogue, parts.toSpliced(i, 1), true)).toEqual([]);
      expect(manifestProblems(catalogue, [...parts, part], true)[0]).toMatch(/got 2/);
    }
    expect(manifestProblems(catalogue, [...parts, { ...parts[0], id: 'z' } as ClaimPart])[0]).toMatch(/z/);
    expect(fileProblems(['x', 'y'], ['y', 'y'])).toHaveLength(2);
    expect(fileProblems(['x'], ['x', 'z'])).toHaveLength(1);
  });
});

describe('an interrupted run', () => {
  const journal = 'cut/evidence.journal.ndjson';
  const arguments_ = [...smoke, '--evidence', 'cut/evidence.json'] as const;
  const lines = (): string[] =>
    existsSync(join(project.folder, journal)) ? project.read(journal).split('\n').slice(1, -1) : [];

  /** Starts a run and ends its whole process group once it has finished so many tests. */
  async function cut(signal: NodeJS.Signals, after: number): Promise<void> {
    const run = project.start('verify', ...arguments_);
    const ends = new Promise((done) => run.once('exit', done));
    while (run.exitCode === null && lines().length < after) await new Promise((next) => setTimeout(next, 2));
    if (run.pid !== undefined) process.kill(-run.pid, signal);
    await ends;
  }

  test('ends, when resumed, with the evidence of an uninterrupted one, and judges nothing twice', async () => {
    const stream = rootStream('shards');
    mkdirSync(join(project.folder, 'cut'));
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      project.write('cut/evidence.json', 'the previous evidence');
      await cut(signal, stream.fork(signal).integer(1, 3 * fileCount - 4));
      expect(project.read('cut/evidence.json'), signal).toBe('the previous evidence');
      const kept = lines().map((line) => JSON.parse(line) as ClaimPart);
      expect(kept.length).toBeGreaterThan(0);
      // An impossible time, by which a part that is taken from the journal is told from one judged again; and what
      // a write that was cut short leaves behind.
      const marked = project.read(journal).replaceAll(/"milliseconds":[\d.]+/g, '"milliseconds":1e9');
      project.write(journal, `${marked}{"id":"small.claim-3","judge`);
      expect(project.run('verify', ...arguments_, '--resume').status).toBe(0);
      const evidence = project.evidence('cut/evidence.json');
      expect(same(evidence)).toBe(same(project.evidence('reports/evidence.json')));
      for (const [id, time] of Object.entries(evidence.timings)) {
        expect(Math.floor(time / 1e9), id).toBe(kept.filter((part) => part.id === id).length);
      }
      expect(existsSync(join(project.folder, journal))).toBe(false);
    }
  }, 240_000);

  test('is not continued from a journal that is missing, damaged, or of another run', async () => {
    const resume = (...words: string[]): Ended => project.run('verify', ...arguments_, '--resume', ...words);
    refused(resume(), /journal\.ndjson: expected the journal of an interrupted run, got no file/);
    await cut('SIGKILL', 2);
    const text = project.read(journal);
    refused(resume('--seed', 'other'), /journal\.ndjson: expected seed other, got seed small/);
    refused(resume('--profile', 'quick'), /expected profile quick, got profile smoke/);
    project.write(journal, text.replace('\n{"id', '\n"id'));
    refused(resume(), /journal\.ndjson.*2.*a finished claim/);
    project.write(journal, text);
    project.write('spec/claim0.spec.ts', `${project.read('spec/claim0.spec.ts')}\n`);
    refused(resume(), /expected sources with hash/);
  }, 240_000);
});
