import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxCutResult } from '../../../src/tools/cuts/maxcutResult.ts';
import { maxcut as tool } from '../../../src/tools/maxcut.ts';
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

describe('a target', () => {
  it('ends the search where it is reached, with the time', async () => {
    const { code, stdout } = await maxcut(torus(), '--seconds', '60', '--target', '220', '--json');
    expect(code).toBe(0);
    const { outcome, cut, target, improvements, seconds } = maxCutResult.parse(JSON.parse(stdout));
    expect(outcome).toBe('target');
    expect(cut).toBeGreaterThanOrEqual(220);
    expect(target?.seconds).toBe(improvements.find((step) => step.cut >= 220)?.seconds);
    expect(seconds).toBeLessThan(60);
  }, 100_000);

  it('that no cut has is not reached, and said so', async () => {
    const { stdout } = await maxcut(petersen, '--steps', '0', '--target', '12.5');
    expect(stdout).toMatch(/cut +12 \(optimal\)/);
    expect(stdout).toMatch(/target +12\.5.*: not reached/);
  }, 100_000);

  it.each([
    ['--minimize', '-9', -9],
    ['--maximize', '12', 12],
  ])(
    'of a quadratic problem is an energy: %s to %s',
    async (sense, value, energy) => {
      const file = join(folder, 'small.qubo');
      // −3 and −6 on the diagonal, and a coupling that is worth 12 where both are 1.
      writeFileSync(file, 'p qubo 0 3 3 1\n0 0 -3\n1 1 -9\n2 2 9\n0 1 12\n');
      const { stdout } = await maxcut(file, sense, '--steps', '1', '--target', value, '--json');
      const { target, quadratic } = maxCutResult.parse(JSON.parse(stdout));
      expect(target?.value).toBe(energy);
      const best = sense === '--minimize' ? -9 : 9;
      expect(quadratic?.energy).toBe(best);
      expect(target?.seconds === null).toBe(best !== energy);
    },
    100_000,
  );
});

describe('sides to start from', () => {
  it('as --out writes them are where the search begins, and it never ends below', async () => {
    const out = join(folder, 'found.txt');
    const first = await maxcut(torus(), '--steps', '0', '--json', '--out', out);
    const found = maxCutResult.parse(JSON.parse(first.stdout));
    const again = await maxcut(torus(), '--steps', '0', '--polish', 'none', '--json', '--start', out);
    const report = maxCutResult.parse(JSON.parse(again.stdout));
    expect(report.stages[0]).toMatchObject({ step: 'the given start', cut: found.cut });
    expect(report.cut).toBeGreaterThanOrEqual(found.cut);
  }, 100_000);

  it('may stand under names in any order, and are values of the variables of a quadratic problem', async () => {
    const [named, sides] = [join(folder, 'named.csv'), join(folder, 'named-sides.csv')];
    writeFileSync(named, 'source,target,weight\nnorth,south,3\n"a,b",south,2\nnorth,"a,b",1\n');
    writeFileSync(sides, 'vertex,side\n"a,b",1\nsouth,0\nnorth,1\n');
    const run = await maxcut(named, '--steps', '0', '--json', '--start', sides);
    expect(maxCutResult.parse(JSON.parse(run.stdout)).stages[0].cut).toBe(5);
    const [qubo, values] = [join(folder, 'start.qubo'), join(folder, 'values.txt')];
    writeFileSync(qubo, 'p qubo 0 3 3 1\n0 0 -3\n1 1 -9\n2 2 9\n0 1 12\n');
    writeFileSync(values, '0\n1\n0\n');
    const answer = await maxcut(qubo, '--minimize', '--json', '--start', values, '--target', '-9');
    const result = maxCutResult.parse(JSON.parse(answer.stdout));
    expect(result.outcome).toBe('target');
    expect(result.quadratic).toMatchObject({ energy: -9, assignment: [0, 1, 0] });
  }, 100_000);

  it.each([
    ['0\n1\n', /^\S+: expected 10 lines, one for each of the vertices, got 2 lines\n$/],
    ['0\n2\n'.repeat(5), /^\S+:2: expected 0 or 1, got "2"\n$/],
    ['vertex,side\n1,0\n11,1\n', /^\S+:3: expected a vertex of the problem, got "11"\n$/],
    ['1,0\n1,1\n', /^\S+:2: expected each vertex once, got "1" a second time\n$/],
    ['1,0\n2,1\n', /^\S+: expected a line for each of 10 vertices, got 2 of them\n$/],
    ['1,0\n2,x\n', /^\S+:2: expected 0 or 1 after a name, got "x"\n$/],
    ['1,0,1\n', /^\S+:1: expected 0 or 1 after a name, got "0,1"\n$/],
  ])('that do not fit (%j) are refused in one line', async (text, message) => {
    const file = join(folder, 'wrong.csv');
    writeFileSync(file, text);
    const { code, stdout, stderr } = await maxcut(petersen, '--start', file);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

/** A file with the edges of a 10 by 10 torus and a chord from each vertex, of weight 1. */
function torus(): string {
  const file = join(folder, 'torus.txt');
  const lines = ['100 300'];
  for (let i = 0; i < 100; i++) {
    const [row, column] = [Math.floor(i / 10), i % 10];
    for (const j of [
      row * 10 + ((column + 1) % 10),
      ((row + 1) % 10) * 10 + column,
      ((row + 3) % 10) * 10 + ((column + 2) % 10),
    ])
      lines.push(`${i + 1} ${j + 1} 1`);
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
