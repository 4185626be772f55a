import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxcut as tool } from '../../../src/tools/maxcut.ts';
import { maxCutResult } from '../../../src/tools/maxcutResult.ts';
import { toolRun } from './toolRun.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maxcut-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const maxcut = (...words: string[]) => toolRun(tool, words);

const petersen = 'fixtures/graphs/petersen.txt';

describe('the maxcut command', () => {
  it('prints one JSON object and writes the partition', async () => {
    const out = join(folder, 'sides.txt');
    const { code, stdout, stderr } = await maxcut(petersen, '--steps', '1', '--json', '--out', out);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const report = maxCutResult.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ vertices: 10, edges: 15, cut: 12, outcome: 'optimal', seed: '1' });
    // What is optimal is proven: the bound is the cut.
    expect(report.upperBound).toBe(12);
    expect(report.certificate.upperBound).toEqual({ method: 'exhaustive', failureProbability: 0 });
    expect(report.guarantee.holds).toBe(true);
    // The count by an independent program, from the two files alone.
    const sides = readFileSync(out, 'utf8').trimEnd().split('\n');
    const edges = readFileSync(petersen, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/).map(Number));
    expect(sides.length).toBe(10);
    expect(edges.filter(([u, v]) => sides[u - 1] !== sides[v - 1]).length).toBe(12);
  }, 100_000);

  it('says in words what was found, and that signed weights have no guarantee', async () => {
    const file = join(folder, 'signed.csv');
    writeFileSync(file, '1,2,-1\n2,3,2\n1,3,1\n');
    const { code, stdout } = await maxcut(file, '--steps', '1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^read: the third column read as the weight\ncut +3 \(optimal\)\nupper bound +3 /);
    expect(stdout).toMatch(/guarantee +none: .*negative/);
  }, 100_000);

  it.each([
    [/^nowhere\.txt: expected a readable file, got ENOENT.*\n$/, 'nowhere.txt'],
    [/^--seconds: expected a number from 0 to 1000000, got "soon"\n$/, petersen, '--seconds', 'soon'],
    [/^--rank: expected a whole number from 1 to 1000, got "0"\n$/, petersen, '--rank', '0'],
    [/^--polish: expected one of none, one-opt, resample, got "much"\n$/, petersen, '--polish', 'much'],
    [
      /^--steps: expected either a time or a step budget, got both\n$/,
      petersen,
      '--seconds',
      '1',
      '--steps',
      '1',
    ],
    [/^error: unknown option '--frobnicate'\n$/, petersen, '--frobnicate'],
    [/^error: missing required argument 'file'\n$/],
  ] as readonly [RegExp, ...string[]][])(
    'refuses with %s in one line, with exit code 2',
    async (message, ...words) => {
      const { code, stdout, stderr } = await maxcut(...words);
      expect(stderr).toMatch(message);
      expect(stdout).toBe('');
      expect(code).toBe(2);
    },
  );

  it('explains itself', async () => {
    const { code, stdout } = await maxcut('--help');
    expect(code).toBe(0);
    for (const flag of ['--seconds', '--seed', '--rank', '--json', '--out', 'Example'])
      expect(stdout).toContain(flag);
  }, 100_000);
});
