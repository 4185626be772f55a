import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/numerics/random/stream.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'discover-'));

function discover(...words: string[]) {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/discover.ts', ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: run.status, out: run.stdout, lines: run.stderr.trim().split('\n') };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('discover', () => {
  const small = ['--input', '4', '--teacher', '1', '--depth', '2', '--width', '4', '--lambda', '0.01'];

  test('certifies a small network, and prints nothing but JSON when asked', () => {
    const { code, out } = discover(...small, '--optimizer', 'trust-region', '--seconds', '10', '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report.irrelevantNorm).toBeLessThanOrEqual(report.bound);
    expect(report.bound).toBeLessThan(report.startNorm / 10);
    // All but the teacher's direction are bounded too.
    expect(report.spectrum).toHaveLength(4);
    expect(report.spectrum[1]).toBeLessThanOrEqual(report.bound);
  });

  test('certifies honestly when there was no time to descend: the bound still covers the start', () => {
    const { code, out } = discover(...small, '--seconds', '0', '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out);
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
    ['a λ that is no number', ['--lambda', 'x'], "option '--lambda"],
    ['a missing file', ['--data', 'no-such-file.csv'], 'no-such-file.csv: expected a file that can be read'],
    [
      'ragged rows',
      ['--data', file('ragged.csv', '1,2\n3\n')],
      'ragged.csv:2: expected 2 numbers, as in the first row, got 1',
    ],
    [
      'words',
      ['--data', file('words.csv', '1,2\n3,four\n')],
      'words.csv:2: expected a finite number, got four',
    ],
    [
      'an empty file',
      ['--weights', file('empty.csv', '')],
      'empty.csv: expected rows of numbers, got no rows',
    ],
  ])('refuses %s in one line, with exit code 2', (_, words, message) => {
    const { code, lines } = discover(...words);
    expect(code).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(message);
  });

  test("studies a user's inputs and first layer", () => {
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
    const { code, out } = discover('--data', data, '--weights', weights, '--teacher', '1', '--json');
    expect(code).toBe(0);
    const study = JSON.parse(out);
    expect(study.firstLayer.effectiveRank).toBeCloseTo(1, 6);
    expect(study.tail).toBeLessThan(1e-12);
    expect(study.inputs).toMatchObject({ count: 400, dimension: 3 });
  });
});
