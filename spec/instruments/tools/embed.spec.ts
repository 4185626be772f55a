import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTable } from '../../../src/formats/readTable.ts';
import { randomStream } from '../../../src/numerics/random/stream.ts';
import { scriptRuns } from '../scripts/scriptRuns.ts';

const folder = mkdtempSync(join(tmpdir(), 'embed-'));
afterAll(() => rmSync(folder, { recursive: true }));

function embed(...options: string[]) {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/embed.ts', ...options], {
    encoding: 'utf8',
  });
  return { status: run.status, out: run.stdout };
}

const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import numpy'], { timeout: 30_000 }).status === 0,
);

/** Runs a search of ten hours, interrupts it after so many milliseconds, and waits for exit code and output. */
async function interruptedRun(points: string, delay: number): Promise<[number | null, string]> {
  const run = spawn(
    process.execPath,
    [...['--import', 'tsx', 'scripts/embed.ts', points], ...['--k', '5', '--seconds', '36000', '--json']],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  let text = '';
  run.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const closed = once(run, 'close');
  setTimeout(() => run.kill('SIGINT'), delay);
  const [code] = (await closed) as [number | null];
  return [code, text];
}

describe('the embed command', () => {
  it('prints one JSON object with every promised field', () => {
    const chart = join(folder, 'chart.svg');
    const options = ['--k', '3', '--seconds', '0.3', '--json', '--chart', chart];
    const { status, out } = embed('fixtures/points/cluster.csv', ...options);
    expect(status).toBe(0);
    expect(readFileSync(chart, 'utf8')).toMatch(/^<svg .*Squared distances kept/);
    const report = JSON.parse(out);
    const promised = ['points', 'dimension', 'k', 'distortion', 'gaussianBest', 'gaussianMean', 'pca'];
    for (const field of [...promised, 'sigma', 'certificate', 'seconds', 'seed'])
      expect(report).toHaveProperty(field);
    expect([report.points, report.dimension, report.k]).toEqual([12, 6, 3]);
    // The fixture repeats one point: its pair has no direction.
    expect(report.certificate).toMatchObject({ pairs: 65, coincidentPairs: 1 });
    expect(report.distortion).toBeLessThan(report.gaussianBest);
  }, 60_000);

  it('ends at an interruption with the best matrix so far', async () => {
    const points = join(folder, 'cloud.csv');
    const stream = randomStream('interruption');
    const lines = Array.from({ length: 300 }, () =>
      Array.from({ length: 40 }, () => stream.gaussian().toFixed(9)).join(','),
    );
    writeFileSync(points, lines.join('\n'));
    // An interruption before the command listens ends it at once: then it is tried again, later.
    let [code, text] = await interruptedRun(points, 2000);
    for (const delay of [8000, 32_000]) if (code !== 0) [code, text] = await interruptedRun(points, delay);
    expect(code).toBe(0);
    const report = JSON.parse(text);
    expect(report.certificate.pairs).toBe(44_850);
    expect(report.distortion).toBeLessThan(report.gaussianMean);
  }, 240_000);

  it('says in a line what is wrong, and ends with 2', () => {
    const ragged = join(folder, 'ragged.csv');
    writeFileSync(ragged, '1,2\n3\n');
    const cases: readonly (readonly [RegExp, ...string[]])[] = [
      [/ragged\.csv:2: expected 2 coordinates/, ragged, '--k', '2'],
      [/one of --k and --distortion/, 'fixtures/points/cluster.csv'],
      [/--k: expected a whole number/, 'fixtures/points/cluster.csv', '--k', '0'],
      [/--out: expected a name/, 'fixtures/points/cluster.csv', '--k', '2', '--out', 'matrix.txt'],
      [/readable file/, join(folder, 'absent.csv'), '--k', '2'],
    ];
    const runs = scriptRuns(
      'embed',
      cases.map(([, ...words]) => words),
    );
    for (const [i, { status, stdout, stderr }] of runs.entries()) {
      expect(status).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(cases[i][0]);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
  }, 120_000);

  it.skipIf(python === undefined)(
    'writes matrices that NumPy reads, and NumPy finds the same distortion',
    () => {
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
        const { out } = embed(points, '--k', '4', '--seconds', '0.5', '--json', '--out', matrix);
        const load = name.endsWith('.npy') ? 'np.load' : "(lambda f: np.loadtxt(f, delimiter=','))";
        const found = script(
          `X = np.load(${JSON.stringify(points)}); M = ${load}(${JSON.stringify(matrix)})
i, j = np.triu_indices(len(X), 1); U = X[i] - X[j]
print(abs(((U @ M.T) ** 2).sum(1) / (U ** 2).sum(1) - 1).max())`,
        );
        // Differences of images against images of differences: a few hundred roundings.
        expect(Math.abs(Number(found) - JSON.parse(out).distortion)).toBeLessThan(1000 * Number.EPSILON);
      }
    },
    120_000,
  );

  it('reads what an example file says', () => {
    const bytes = Buffer.from('a,b\n1,2\n3,4\n');
    expect(readTable('example', bytes)).toMatchObject({ rows: 2, columns: 2 });
  });
});
