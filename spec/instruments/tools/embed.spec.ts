import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTable } from '../../../src/formats/readTable.ts';
import { embed as tool } from '../../../src/tools/embed.ts';
import { toolRun } from './toolRun.ts';

const folder = mkdtempSync(join(tmpdir(), 'embed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const ragged = join(folder, 'ragged.csv');
writeFileSync(ragged, '1,2\n3\n');

const embed = (...words: string[]) => toolRun(tool, words);

const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import numpy'], { timeout: 30_000 }).status === 0,
);

describe('the embed command', () => {
  it('prints one JSON object with every promised field', async () => {
    const chart = join(folder, 'chart.svg');
    const options = ['--k', '3', '--seconds', '0.3', '--json', '--chart', chart];
    const { code, stdout } = await embed('fixtures/points/cluster.csv', ...options);
    expect(code).toBe(0);
    expect(readFileSync(chart, 'utf8')).toMatch(/^<svg .*Squared distances kept/);
    const report = JSON.parse(stdout);
    const promised = ['points', 'dimension', 'k', 'distortion', 'gaussianBest', 'gaussianMean', 'pca'];
    for (const field of [...promised, 'sigma', 'certificate', 'seconds', 'seed'])
      expect(report).toHaveProperty(field);
    expect([report.points, report.dimension, report.k]).toEqual([12, 6, 3]);
    // The fixture repeats one point: its pair has no direction.
    expect(report.certificate).toMatchObject({ pairs: 65, coincidentPairs: 1 });
    expect(report.distortion).toBeLessThan(report.gaussianBest);
  }, 60_000);

  it('runs the theorem’s own descent when asked, with k, σ and certificate, on a simplex that spans more', async () => {
    const count = 48;
    const simplex = join(folder, 'simplex.csv');
    const unit = (i: number): string =>
      Array.from({ length: count }, (_, j) => (i === j ? '1.0' : '0.0')).join(',');
    writeFileSync(simplex, Array.from({ length: count }, (_, i) => unit(i)).join('\n'));
    const matrixFile = join(folder, 'theorem.csv');
    const words = [
      simplex,
      '--no-header',
      '--distortion',
      '0.9',
      '--method',
      'theorem',
      '--json',
      '--out',
      matrixFile,
    ];
    const { code, stdout } = await embed(...words);
    expect(code).toBe(0);
    const { k, distortion, sigma, theorem } = JSON.parse(stdout);
    expect(theorem).toMatchObject({ outcome: 'derandomized', epsilon: 0.9, rank: count - 1, holds: true });
    expect(theorem.steps).toBeGreaterThan(0);
    expect(k).toBeLessThan(count - 1);
    expect(sigma).toBeLessThan(1e-6);
    expect(distortion).toBeLessThan(0.9);
    // The differences of a simplex are M's differences of columns over √2: the distortion from the file alone.
    const { values, rows, columns } = await readTable(matrixFile, readFileSync(matrixFile));
    let worst = 0;
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < i; j++) {
        let squares = 0;
        for (let r = 0; r < rows; r++)
          squares += (values[r * columns + i] - values[r * columns + j]) ** 2 / 2;
        worst = Math.max(worst, Math.abs(squares - 1));
      }
    }
    expect(worst).toBeCloseTo(distortion, 9);
  }, 60_000);

  it.each([
    [
      /fewer rows than the points span, which is 5, got k = \d+/,
      'fixtures/points/cluster.csv',
      '--distortion',
      '0.5',
      '--method',
      'theorem',
    ],
    [
      /--method theorem: expected --distortion/,
      'fixtures/points/cluster.csv',
      '--k',
      '3',
      '--method',
      'theorem',
    ],
    [/ragged\.csv:2: expected 2 \w+/, ragged, '--k', '2'],
    [/one of --k and --distortion/, 'fixtures/points/cluster.csv'],
    [/--k: expected a whole number/, 'fixtures/points/cluster.csv', '--k', '0'],
    [/--out: expected a name/, 'fixtures/points/cluster.csv', '--k', '2', '--out', 'matrix.txt'],
    [/readable file/, join(folder, 'absent.csv'), '--k', '2'],
  ] as readonly [RegExp, ...string[]][])(
    'says in a line what is wrong (%s), and ends with 2',
    async (message, ...words) => {
      const { code, stdout, stderr } = await embed(...words);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(message);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    },
  );

  it.skipIf(python === undefined)(
    'writes matrices that NumPy reads, and NumPy finds the same distortion',
    async () => {
      const points = join(folder, 'points.npy');
      const script = (body: string) => {
        const run = spawnSync(python ?? '', ['-c', `import numpy as np\n${body}`], { encoding: 'utf8' });
        expect(run.stderr).toBe('');
        return run.stdout;
      };
      script(
        `np.save(${JSON.stringify(points)}, np.asfortranarray(np.random.default_rng(1).normal(size=(40, 9))))`,
      );
      for (const name of ['matrix.npy', 'matrix.csv']) {
        const matrix = join(folder, name);
        const { stdout } = await embed(points, '--k', '4', '--seconds', '0.5', '--json', '--out', matrix);
        const load = name.endsWith('.npy') ? 'np.load' : "(lambda f: np.loadtxt(f, delimiter=','))";
        const found = script(
          `X = np.load(${JSON.stringify(points)}); M = ${load}(${JSON.stringify(matrix)})
i, j = np.triu_indices(len(X), 1); U = X[i] - X[j]
print(abs(((U @ M.T) ** 2).sum(1) / (U ** 2).sum(1) - 1).max())`,
        );
        // Differences of images against images of differences: a few hundred roundings.
        expect(Math.abs(Number(found) - JSON.parse(stdout).distortion)).toBeLessThan(1000 * Number.EPSILON);
      }
    },
    120_000,
  );

  it('reads what an example file says', async () => {
    const bytes = Buffer.from('a,b\n1,2\n3,4\n');
    expect(await readTable('example', bytes)).toMatchObject({ rows: 2, columns: 2 });
  });
});
