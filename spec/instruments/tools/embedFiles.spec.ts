import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readTable } from '../../../src/formats/readTable.ts';
import type { MatrixValues } from '../../../src/formats/tables.ts';
import { randomStream } from '../../../src/numerics/random/stream.ts';
import { embed as tool } from '../../../src/tools/embed.ts';
import { measureHeldOut, splitPoints } from '../../../src/tools/embedding/heldOut.ts';
import { toolRun } from './toolRun.ts';

const folder = mkdtempSync(join(tmpdir(), 'embed-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const embed = async (...words: string[]) => {
  const { code, stdout, stderr } = await toolRun(tool, [...words, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
};

function pointsFile(name: string, seed: string, rows: number, columns: number): string {
  const stream = randomStream(seed);
  const line = () => Array.from({ length: columns }, () => stream.gaussian()).join(',');
  writeFileSync(join(folder, name), Array.from({ length: rows }, line).join('\n'));
  return join(folder, name);
}

const points = pointsFile('points.csv', 'seen', 30, 8);
const others = pointsFile('others.csv', 'others', 25, 8);
const read = (file: string) => readTable(file, readFileSync(file));

/** Images of rows, entry by entry from the definition. */
function images(x: MatrixValues, m: MatrixValues): number[][] {
  return Array.from({ length: x.rows }, (_, i) =>
    Array.from({ length: m.rows }, (_, r) => {
      let entry = 0;
      for (let c = 0; c < x.columns; c++) entry += m.values[r * m.columns + c] * x.values[i * x.columns + c];
      return entry;
    }),
  );
}

/** |ratio − 1| of every pair, from the differences; with the places of its two points. */
function distortions(x: MatrixValues, m: MatrixValues): { first: number; second: number; value: number }[] {
  const found: { first: number; second: number; value: number }[] = [];
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < i; j++) {
      const difference = Float64Array.from(
        { length: x.columns },
        (_, c) => x.values[i * x.columns + c] - x.values[j * x.columns + c],
      );
      const [image] = images({ values: difference, rows: 1, columns: x.columns }, m);
      const square = (entries: Iterable<number>) =>
        Array.from(entries).reduce((sum, entry) => sum + entry ** 2, 0);
      found.push({ first: i, second: j, value: Math.abs(square(image) / square(difference) - 1) });
    }
  }
  return found;
}

/** The smallest number that at least this share of the sorted ones does not exceed. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

const roundings = 1000 * Number.EPSILON;

function expectSpread(
  spread: { worst: number; p99: number; p90: number; median: number },
  all: readonly number[],
) {
  const sorted = ascending(all);
  expect(Math.abs(spread.worst - sorted[sorted.length - 1])).toBeLessThan(roundings);
  for (const [got, share] of [
    [spread.p99, 0.99],
    [spread.p90, 0.9],
    [spread.median, 0.5],
  ]) {
    const exact = quantile(sorted, share);
    expect(got).toBeGreaterThanOrEqual(exact - roundings);
    expect(got).toBeLessThanOrEqual(exact * (1 + 2 ** -10) + roundings);
  }
}

describe('the files of an embedding', () => {
  const [matrixFile, embedded, inverse] = ['m.npy', 'y.csv.gz', 'inverse.csv'].map((name) =>
    join(folder, name),
  );

  it('hold the embedded points and an inverse that leads back from them', async () => {
    const result = await embed(
      points,
      ...['--k', '5', '--steps', '20', '--out', matrixFile],
      ...['--embedded', embedded, '--pseudo-inverse', inverse],
    );
    const [x, m, y, back] = await Promise.all([points, matrixFile, embedded, inverse].map(read));
    expect([y.rows, y.columns, back.rows, back.columns]).toEqual([30, 5, 8, 5]);
    const expected = images(x, m).flat();
    expected.forEach((entry, at) => {
      expect(Math.abs(entry - y.values[at])).toBeLessThan(roundings);
    });
    expect(result.inverse.rank).toBe(5);
    // M M⁺ = I for a matrix of full rank, so embedding what came back changes nothing.
    const returned = images(y, back);
    const again = images({ values: Float64Array.from(returned.flat()), rows: 30, columns: 8 }, m).flat();
    again.forEach((entry, at) => {
      expect(Math.abs(entry - y.values[at])).toBeLessThan(roundings);
    });
    const square = (values: Iterable<number>) =>
      Array.from(values).reduce((sum, value) => sum + value ** 2, 0);
    const lost = returned.flat().map((value, at) => value - x.values[at]);
    expect(result.inverse.loss).toBeCloseTo(Math.sqrt(square(lost) / square(x.values)), 9);
    // What comes back is the nearest point of a plane: at right angles to what is lost.
    const inner = lost.reduce((sum, value, at) => sum + value * returned.flat()[at], 0);
    expect(Math.abs(inner)).toBeLessThan(roundings * square(x.values));
  });

  it('are float32 when asked, and the distortion is that of the rounded matrix', async () => {
    const rounded = join(folder, 'm32.npy');
    const result = await embed(points, '--k', '5', '--steps', '20', '--out', rounded, '--float32');
    const bytes = readFileSync(rounded);
    expect(bytes.subarray(0, 64).toString('latin1')).toContain("'descr': '<f4'");
    expect(bytes.length % 64).toBe((4 * 5 * 8) % 64);
    const [x, m, exact] = await Promise.all([points, rounded, matrixFile].map(read));
    expect(Array.from(m.values)).toEqual(Array.from(exact.values, Math.fround));
    expect(result.precision).toBe('float32');
    const worst = Math.max(...distortions(x, m).map(({ value }) => value));
    expect(Math.abs(result.distortion - worst)).toBeLessThan(roundings);
    const plain = await embed(points, '--k', '5', '--steps', '20');
    expect(plain.distortion).not.toBe(result.distortion);
  });

  it('are refused in one line where float32 cannot hold the numbers', async () => {
    const far = join(folder, 'far.csv');
    writeFileSync(far, '1e100,0\n0,1e100\n1e100,1e100\n');
    const words = [far, '--k', '2', '--steps', '1', '--float32', '--embedded', join(folder, 'far.npy')];
    const { code, stderr } = await toolRun(tool, words);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^\S*far\.npy: expected numbers within the range of float32, got 1\.\d+e\+100[^\n]*\n$/,
    );
  });

  it('measure a saved matrix on other points: every pair, from the definition', async () => {
    const result = await embed(others, '--apply', matrixFile);
    const [x, m] = await Promise.all([others, matrixFile].map(read));
    const all = distortions(x, m).map(({ value }) => value);
    expect([result.points, result.k, result.pairs, result.coincidentPairs]).toEqual([25, 5, 300, 0]);
    expectSpread(result.distortion, all);
  });
});

describe('points held out', () => {
  it('are in no pair of the search, and their pairs are measured apart, beside the principal axes', async () => {
    const out = join(folder, 'held.npy');
    const result = await embed(points, '--k', '4', '--steps', '20', '--holdout', '0.3', '--out', out);
    const [x, m] = await Promise.all([points, out].map(read));
    expect(result.heldOut.points).toBe(9);
    expect(result.certificate.pairs).toBe((21 * 20) / 2);
    expect(result.heldOut.pairs).toBe((30 * 29) / 2 - (21 * 20) / 2);
    const worst = Math.max(...distortions(x, m).map(({ value }) => value));
    const both = Math.max(result.distortion, result.heldOut.distortion.worst);
    expect(Math.abs(both - worst)).toBeLessThan(roundings);
    expect(result.heldOut.distortion.worst).toBeGreaterThan(result.distortion);
    expect(result.heldOut.pca.worst).toBeGreaterThan(0);
  });

  it('and those that are seen are all the points, and what is measured is what touches a held-out one', () => {
    fc.assert(
      fc.property(
        fc.noShrink(fc.integer({ min: 0, max: 1e6 })),
        fc.integer({ min: 3, max: 40 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (seed, count, share) => {
          const stream = randomStream(seed);
          const values = Float64Array.from({ length: 5 * count }, () => stream.gaussian());
          const set = { values, pointCount: count, dimension: 5 };
          const { seen, all } = splitPoints(stream, set, share);
          expect(seen.pointCount).toBeGreaterThanOrEqual(2);
          expect(seen.pointCount).toBeLessThan(count);
          expect(all.values.subarray(0, seen.values.length)).toEqual(seen.values);
          expect(all.values.slice().sort()).toEqual(values.slice().sort());
          const matrix = {
            values: Float64Array.from({ length: 15 }, () => stream.gaussian()),
            rows: 3,
            columns: 5,
          };
          const found = measureHeldOut(stream.fork('axes'), { seen, all }, matrix);
          const unseen = distortions({ values: all.values, rows: count, columns: 5 }, matrix)
            .filter(({ first }) => first >= seen.pointCount)
            .map(({ value }) => value);
          expect(found.pairs).toBe(unseen.length);
          const { worst, p99, p90, median } = found.distortion;
          if (worst === null || p99 === null || p90 === null || median === null) throw new Error('no pair');
          // Ratios far from 1 have more roundings.
          const scale = Math.max(1, worst);
          expect(Math.abs(worst - Math.max(...unseen))).toBeLessThan(roundings * scale);
          const sorted = ascending(unseen);
          for (const [got, part] of [
            [p99, 0.99],
            [p90, 0.9],
            [median, 0.5],
          ]) {
            const exact = quantile(sorted, part);
            expect(got).toBeGreaterThanOrEqual(exact - roundings * scale);
            expect(got).toBeLessThanOrEqual(exact * (1 + 2 ** -10) + roundings * scale);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a saved matrix', () => {
  const saved = join(folder, 'saved.csv');
  writeFileSync(saved, '1,0,0,0,0,0,0,0\n0,1,0,0,0,0,0,0\n');
  const turned = join(folder, 'turned.csv');
  writeFileSync(turned, Array.from({ length: 8 }, () => '1,0').join('\n'));

  it.each([
    [/--apply: expected no search beside it, got --k/, ['--apply', saved, '--k', '2']],
    [/--apply: expected no search beside it, got --holdout/, ['--apply', saved, '--holdout', '0.5']],
    [/turned\.csv: expected a matrix of 8 columns.*got 8 × 2 \(transpose it\)/, ['--apply', turned]],
    [/--holdout: expected a number above 0 and below 1/, ['--k', '2', '--holdout', '1']],
    [/--float32: expected --method search/, ['--method', 'theorem', '--distortion', '0.5', '--float32']],
  ] as const)('is refused where it fits nothing: %s', async (message, words) => {
    const { code, stdout, stderr } = await toolRun(tool, [points, ...words]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says in words what it keeps, and in the report', async () => {
    const report = join(folder, 'report.json');
    const { code, stdout } = await toolRun(tool, [points, '--apply', saved, '--report', report]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/embedded in 2 by .*saved\.csv\ndistortion over 435 pairs {2}\d.*99 % within/);
    expect(JSON.parse(readFileSync(report, 'utf8')).summary).toMatchObject({
      pairs: 435,
      embeddingDimension: 2,
    });
  });
});
