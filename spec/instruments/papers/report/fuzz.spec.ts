import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { InputError } from '../../../../src/numerics/base/inputError.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { encodeNumbers } from '../../../../src/papers/claims/numbers.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import { parseAlarmRecord } from '../../../../src/papers/evidence/alarmRecord.ts';
import { parseEvidence } from '../../../../src/papers/evidence/evidence.ts';
import { parseOwnData } from '../../../../src/papers/evidence/ownData.ts';
import { identityOf } from '../../../../src/papers/evidence/runIdentity.ts';
import { readJournal } from '../../../../src/papers/run/journal.ts';
import { readShards, shardText } from '../../../../src/papers/run/shardFile.ts';
import { type ScriptRun, scriptRuns } from '../../scripts/scriptRuns.ts';
import { hostileTexts, randomEvidence } from '../randomEvidence.ts';

const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

function oneOf<T>(stream: RandomStream, values: readonly T[]): T {
  return values[stream.integer(0, values.length - 1)];
}

const oddValues: readonly unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e308, '', 'NaN', 'Infinity', [], {}, [[]], { toString: 1 }],
  ...[{ __proto__: null }, JSON.parse('{"__proto__": {"verdict": "holds"}}'), ...hostileTexts],
];

/** A copy of a JSON value in which one place, anywhere inside, is replaced, removed or repeated. */
function damaged(stream: RandomStream, value: unknown): unknown {
  const isLeaf = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  if (isLeaf || stream.uniform() < 0.1) return oneOf(stream, oddValues);
  const key = oneOf(stream, Object.keys(value));
  const inner = (value as Record<string, unknown>)[key];
  if (Array.isArray(value)) {
    const at = Number(key);
    if (stream.uniform() < 0.2) return [...value.slice(0, at), ...value.slice(at + 1)];
    if (stream.uniform() < 0.2) return [...value, inner];
    return value.map((each, i) => (i === at ? damaged(stream, each) : each));
  }
  const { [key]: _gone, ...rest } = value as Record<string, unknown>;
  if (stream.uniform() < 0.2) return rest;
  if (stream.uniform() < 0.1) return { ...value, [oneOf(stream, hostileTexts)]: inner };
  return { ...rest, [key]: damaged(stream, inner) };
}

/** A text in which a few characters are cut out, repeated or replaced. */
function torn(stream: RandomStream, text: string): string {
  let result = text;
  for (let i = stream.integer(1, 3); i > 0; i--) {
    const from = stream.integer(0, result.length);
    const to = Math.min(result.length, from + stream.integer(0, oneOf(stream, [1, 10, 10_000])));
    const between = oneOf(stream, [
      '',
      result.slice(from, to).repeat(2),
      '\u0000',
      '{',
      '"',
      '9'.repeat(400),
      '[',
    ]);
    result = result.slice(0, from) + between + result.slice(to);
  }
  return result;
}

function damagedText(stream: RandomStream, value: unknown): string {
  const text = encodeNumbers(
    stream.uniform() < 0.7 ? damaged(stream, JSON.parse(encodeNumbers(value))) : value,
  );
  return stream.uniform() < 0.4 ? torn(stream, text) : text;
}

/** Reads every text: each is accepted, or refused by an InputError of one line that begins with the file's name. */
function counts(read: (text: string) => unknown, texts: Iterable<string>): { read: number; refused: number } {
  const count = { read: 0, refused: 0 };
  for (const text of texts) {
    try {
      read(text);
      count.read++;
    } catch (error) {
      expect(error, text.slice(0, 2000)).toBeInstanceOf(InputError);
      expect((error as InputError).message).toMatch(/^file\.json: expected .+, got .+$/);
      expect((error as InputError).message).not.toMatch(/\p{C}/u);
      count.refused++;
    }
  }
  return count;
}

describe('damaged files', () => {
  function* damagedTexts(label: string, count: number, make: (stream: RandomStream) => unknown) {
    for (let i = 0; i < count; i++) {
      const stream = rootStream(label).fork(i);
      yield damagedText(stream, make(stream.fork('value')));
    }
  }

  test('1000 of evidence are read or refused in one line', ({ task }) => {
    const { read, refused } = counts(
      (text) => parseEvidence(text, 'file.json'),
      damagedTexts('damaged evidence', 1000, randomEvidence),
    );
    task.meta.badInputs = { 'evidence files': read + refused };
    expect(read + refused).toBe(1000);
    expect(refused).toBeGreaterThan(250);
    expect(read).toBeGreaterThan(25);
  });

  test('1000 of results on own data are read or refused in one line', ({ task }) => {
    const own = (stream: RandomStream) => ({
      tool: 'maxcut',
      name: oneOf(stream, hostileTexts),
      command: 'npm run maxcut',
      summary: { cut: 41, seed: '1' },
      charts: randomEvidence(stream).charts,
    });
    const { read, refused } = counts(
      (text) => parseOwnData(text, 'file.json'),
      damagedTexts('damaged own data', 1000, own),
    );
    task.meta.badInputs = { 'results on own data': read + refused };
    expect(read + refused).toBe(1000);
    expect(refused).toBeGreaterThan(250);
    expect(read).toBeGreaterThan(25);
  });

  test('1000 of records of false alarms are read or refused in one line', ({ task }) => {
    const record = (stream: RandomStream) => ({
      schemaVersion: 1,
      commit: 'abc',
      dirty: false,
      inputs: 'def',
      node: 'v20',
      profile: 'smoke',
      finished: '2026-01-02',
      minutes: 20.5,
      budget: 1e-6,
      seeds: ['1', oneOf(stream, hostileTexts)],
      redRuns: 1,
      reds: [{ seed: '1', claim: 'a.b', verdict: 'refuted', reason: oneOf(stream, hostileTexts) }],
      claims: { 'a.b': { runs: 2, red: 1 } },
    });
    const { read, refused } = counts(
      (text) => parseAlarmRecord(text, 'file.json'),
      damagedTexts('damaged records', 1000, record),
    );
    task.meta.badInputs = { 'records of false alarms': read + refused };
    expect(read + refused).toBe(1000);
    expect(refused).toBeGreaterThan(250);
    expect(read).toBeGreaterThan(25);
  });

  test('300 of shards are read, or refused in one line that names the file', ({ task }) => {
    const shards = join(folder, 'shards');
    mkdirSync(shards);
    const file = join(shards, 'file.json');
    const { provenance } = randomEvidence(rootStream('shard'));
    const good = JSON.parse(shardText({ index: 1, count: 1 }, provenance, '[{"0":"1"}]'));
    const { read, refused } = counts(
      (text) => {
        writeFileSync(file, text);
        try {
          readShards(shards);
        } catch (error) {
          if (error instanceof Error) error.message = error.message.replaceAll(`${shards}/`, '');
          throw error;
        }
      },
      damagedTexts('damaged shards', 300, () => good),
    );
    task.meta.badInputs = { shards: read + refused };
    expect(refused).toBeGreaterThan(75);
  });

  test('300 of journals are read, or refused in one line that names the file', ({ task }) => {
    const file = join(folder, 'journal.ndjson');
    const identity = identityOf(randomEvidence(rootStream('journal')).provenance);
    const part = { id: 'a.b', sabotages: [], judgement: {}, exhibit: {}, milliseconds: 1, file: 'x' };
    const { read, refused } = counts(
      (text) => {
        writeFileSync(file, text);
        try {
          readJournal(file, identity);
        } catch (error) {
          // The line of the file is named too.
          if (error instanceof Error)
            error.message = error.message.replace(/^.*journal\.ndjson(:\d+)?:/, 'file.json:');
          throw error;
        }
      },
      (function* () {
        for (let i = 0; i < 300; i++) {
          const stream = rootStream('damaged journals').fork(i);
          const lines = [{ journal: 1, ...identity }, part, { ...part, sabotage: 's' }];
          const at = stream.integer(0, 2);
          const texts = lines.map((line, n) => (n === at ? damagedText(stream, line) : JSON.stringify(line)));
          yield `${texts.join('\n')}\n`;
        }
      })(),
    );
    task.meta.badInputs = { journals: read + refused };
    expect(refused).toBeGreaterThan(75);
    expect(read).toBeGreaterThan(5);
  });
});

function refusedInOneLine({ status, stdout, stderr }: ScriptRun, words: readonly string[]): void {
  const said = JSON.stringify({ words, stderr });
  expect(stderr.trimEnd().split(/[\r\n]/).length, said).toBe(1);
  expect(stderr.trimEnd(), said).not.toMatch(/\p{C}/u);
  expect(stderr, said).not.toMatch(/^\s+at /m);
  expect(stdout, said).toBe('');
  expect(status, said).toBe(2);
}

/** Texts that can be handed to a process: no NUL, no lone surrogate; a leading dash would make them another option. */
const words = hostileTexts
  .map((text) => text.replaceAll('\u0000', '').replace(/\p{Cs}/gu, ''))
  .filter((text) => !text.startsWith('-'));

describe('wrong options', () => {
  /** Each is wrong by itself, whatever stands beside it. */
  const wrong: Readonly<Record<string, readonly ((stream: RandomStream) => readonly string[])[]>> = {
    verify: [
      (stream) => [`--${oneOf(stream, ['nope', 'Claim', 'seeds', 'list=1', 'x y', ''])}x`],
      (stream) => ['--profile', oneOf(stream, ['', 'Quick', 'quick ', '1', ...words])],
      (stream) => ['--runs', oneOf(stream, ['0', '-1', '1e3', '1.5', ' 7', '9'.repeat(30), 'NaN', ...words])],
      (stream) => ['--claim', oneOf(stream, ['', 'lemma', 'lemma.pointwise ', '__proto__', ...words])],
      (stream) => ['--claim', 'lemma.pointwise', '--replay', oneOf(stream, ['', '{', "{'a':1}", ...words])],
      () => ['--replay', '{}'],
      () => ['--sabotage', 'anything'],
      () => ['--claim'],
      (stream) => [oneOf(stream, words)],
      (stream) => ['--shard', oneOf(stream, ['', '0/4', '5/4', '1', '1/2/3', '-1/2', '1/99999', ...words])],
      () => ['--shard', '1/2', '--claim', 'lemma.pointwise'],
      () => ['--resume', '--claim', 'lemma.pointwise'],
      (stream) => ['--resume', '--evidence', join(folder, oneOf(stream, ['none.json', 'nowhere/none.json']))],
      () => ['--resume', '--shard', '1/2', '--shards', join(folder, 'nowhere')],
    ],
    merge: [
      (stream) => [join(folder, oneOf(stream, ['none', 'good.json', ...words]))],
      () => [join(folder, 'none-here')],
      () => [join(folder, 'other-files')],
      (stream) => [`--${oneOf(stream, ['nope', 'Evidence', 'x y'])}x`],
      () => ['--evidence'],
      () => [folder, folder],
    ],
    alarms: [
      (stream) => ['--seeds', oneOf(stream, ['', '0', '-1', '1e3', '1.5', '9'.repeat(30), 'NaN', ...words])],
      (stream) => ['--profile', oneOf(stream, ['', 'Smoke', ...words])],
      (stream) => [oneOf(stream, words)],
      () => ['--out'],
    ],
    report: [
      (stream) => [`--${oneOf(stream, ['nope', 'Out', 'evidences', 'x y'])}x`],
      (stream) => ['--profile', oneOf(stream, ['', 'Full', ...words])],
      (stream) => ['--evidence', join(folder, oneOf(stream, ['none', '', '.', 'a/b', ...words]))],
      (stream) => [
        '--evidence',
        join(folder, 'good.json'),
        '--add',
        join(folder, oneOf(stream, ['none', '.', 'other.json', 'good.json', ...words])),
      ],
      () => ['--add'],
      (stream) => [oneOf(stream, words)],
    ],
    compare: [
      (stream) => [join(folder, oneOf(stream, ['none', '.', ...words])), join(folder, 'good.json')],
      (stream) => [join(folder, 'good.json'), join(folder, oneOf(stream, ['none', '.', ...words]))],
      () => [join(folder, 'good.json')],
      () => [],
      () => [...new Array(3).fill(join(folder, 'good.json'))],
      (stream) => [`--${oneOf(stream, ['nope', 'Json', 'x y'])}x`],
    ],
  };
  for (const name of ['none-here', 'other-files']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'other-files', 'shard-1-of-1.json'), '{"index":1}');
  writeFileSync(join(folder, 'other.json'), '{}');
  writeFileSync(join(folder, 'good.json'), encodeNumbers(randomEvidence(rootStream('good'))));

  test.for<readonly [script: string, count: number]>([
    ['verify', 56],
    ['merge', 24],
    ['alarms', 16],
    ['report', 24],
    ['compare', 24],
  ])(
    'of %s, %d of them, end in one line and exit code 2',
    { timeout: 120_000 },
    ([script, count], { task }) => {
      const given = Array.from({ length: count }, (_, i) => {
        const makers = wrong[script];
        return makers[i % makers.length](rootStream(`options of ${script}`).fork(i));
      });
      for (const [i, run] of scriptRuns(script, given).entries()) refusedInOneLine(run, given[i]);
      task.meta.badInputs = { [`options of ${script}`]: count };
    },
  );

  test('30 damaged files given to compare end in a comparison, or in one line and exit code 2', () => {
    const good = join(folder, 'good.json');
    const given = Array.from({ length: 30 }, (_, i) => {
      const stream = rootStream('compared').fork(i);
      const file = join(folder, `damaged-${i}.json`);
      writeFileSync(file, damagedText(stream, randomEvidence(stream.fork('value'))));
      return stream.uniform() < 0.5 ? [file, good] : [good, file];
    });
    for (const [i, run] of scriptRuns('compare', given).entries()) {
      if (run.status === 2) refusedInOneLine(run, given[i]);
      else {
        expect([0, 1], run.stderr).toContain(run.status);
        expect(run.stderr).toBe('');
        expect(run.stdout).not.toBe('');
      }
    }
  }, 120_000);
});
