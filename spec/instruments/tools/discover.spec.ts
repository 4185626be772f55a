import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/numerics/random/stream.ts';
import { discover as tool } from '../../../src/tools/discover.ts';
import { toolRun } from './toolRun.ts';

const folder = mkdtempSync(join(tmpdir(), 'discover-'));

const discover = (...words: string[]) => toolRun(tool, words);

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('discover', () => {
  const small = ['--input', '4', '--teacher', '1', '--depth', '2', '--width', '4', '--lambda', '0.01'];

  test('certifies a small network, and prints nothing but JSON when asked', async () => {
    const { code, stdout } = await discover(
      ...small,
      '--optimizer',
      'trust-region',
      '--seconds',
      '10',
      '--json',
    );
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.irrelevantNorm).toBeLessThanOrEqual(report.bound);
    expect(report.bound).toBeLessThan(report.startNorm / 10);
    // All but the teacher's direction are bounded too.
    expect(report.spectrum).toHaveLength(4);
    expect(report.spectrum[1]).toBeLessThanOrEqual(report.bound);
  });

  test('certifies the start when there was no time to descend: the bound still covers it', async () => {
    const { code, stdout } = await discover(...small, '--seconds', '0', '--json');
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.irrelevantNorm).toBeCloseTo(report.startNorm, 12);
    if (report.bound !== null) expect(report.bound).toBeGreaterThanOrEqual(report.irrelevantNorm);
  });

  test.each([
    ['an unknown loss', ['--loss', 'nope'], '--loss: expected one of squared'],
    [
      'more teacher than input',
      ['--teacher', '9', '--input', '5'],
      '--teacher: expected fewer than the 5 inputs',
    ],
    ['a λ that is no number', ['--lambda', 'x'], '--lambda: expected a number from 0 to 1000000, got "x"'],
    ['a missing file', ['--data', 'no-such-file.csv'], 'no-such-file.csv: expected a readable file'],
    [
      'ragged rows',
      ['--data', file('ragged.csv', '1,2\n3\n')],
      'ragged.csv:2: expected 2 numbers, as in the first row, got 1',
    ],
    [
      'words',
      ['--data', file('words.csv', '1,2\n3,four\n')],
      'words.csv:2: expected a finite number in column 2, got "four"',
    ],
    [
      'an empty file',
      ['--weights', file('empty.csv', '')],
      'empty.csv: expected rows of numbers, got no rows',
    ],
  ])('refuses %s in one line, with exit code 2', async (_, words, message) => {
    const { code, stderr } = await discover(...words);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(message);
  });

  test("studies a user's inputs and first layer", async () => {
    const stream = randomStream('discover');
    const rows = (count: number, row: () => number[]) =>
      Array.from({ length: count }, () => row().join(',')).join('\n');
    const data = file(
      'x.csv',
      rows(400, () => [stream.gaussian(), stream.gaussian(), stream.gaussian()]),
    );
    const weights = file(
      'w.csv',
      rows(8, () => {
        const along = stream.gaussian();
        return [along, 2 * along, 0];
      }),
    );
    const { code, stdout } = await discover('--data', data, '--weights', weights, '--teacher', '1', '--json');
    expect(code).toBe(0);
    const study = JSON.parse(stdout);
    expect(study.firstLayer.effectiveRank).toBeCloseTo(1, 6);
    expect(study.tail).toBeLessThan(1e-12);
    expect(study.inputs).toMatchObject({ count: 400, dimension: 3 });
  });
});
