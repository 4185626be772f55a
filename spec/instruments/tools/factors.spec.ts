import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { lowRankFactors, rankForChange } from '../../../src/applications/networks/index.ts';
import { formatNpz } from '../../../src/formats/arrays/npz.ts';
import { formatSafetensors } from '../../../src/formats/arrays/safetensors.ts';
import { readTable } from '../../../src/formats/readTable.ts';
import type { MatrixValues } from '../../../src/formats/tables.ts';
import { singularVectors } from '../../../src/numerics/linalg/singularVectors.ts';
import { symmetricEigen } from '../../../src/numerics/linalg/symmetricEigen.ts';
import { randomStream } from '../../../src/numerics/random/stream.ts';
import { discover } from '../../../src/tools/discover.ts';
import { toolRun } from './toolRun.ts';

const folder = mkdtempSync(join(tmpdir(), 'factors-'));
afterAll(() => rmSync(folder, { recursive: true }));

const seeds = fc.noShrink(fc.integer({ min: 0, max: 1e6 }));

/** A layer with a few strong directions, beside noise. */
function layer(seed: number | string, rows: number, columns: number, scale = 1): MatrixValues {
  const stream = randomStream(seed);
  const values = Float64Array.from({ length: rows * columns }, () => 0.01 * stream.gaussian());
  for (let r = 0; r < 3; r++) {
    const left = Array.from({ length: rows }, () => stream.gaussian());
    const right = Array.from({ length: columns }, () => stream.gaussian());
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) values[i * columns + j] += left[i] * right[j];
  }
  return { values: values.map((entry) => entry * scale), rows, columns };
}

/** ‖W − L·R‖_F from the definition, in units of `scale`. */
function distance(w: MatrixValues, left: MatrixValues, right: MatrixValues, scale = 1): number {
  let squares = 0;
  for (let i = 0; i < w.rows; i++) {
    for (let j = 0; j < w.columns; j++) {
      let entry = 0;
      for (let r = 0; r < left.columns; r++)
        entry += left.values[i * left.columns + r] * right.values[r * w.columns + j];
      squares += ((w.values[i * w.columns + j] - entry) / scale) ** 2;
    }
  }
  return Math.sqrt(squares);
}

/** Squares of the singular values, ascending, as eigenvalues of W Wᵀ. */
function gramValues({ values, rows, columns }: MatrixValues): number[] {
  const gram = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: rows }, (_, j) => {
      let inner = 0;
      for (let c = 0; c < columns; c++) inner += values[i * columns + c] * values[j * columns + c];
      return inner;
    }),
  );
  const eigen = symmetricEigen(gram.flat(), rows);
  if (eigen.outcome !== 'decomposed') throw new Error(eigen.outcome);
  return [...eigen.values];
}

describe('two factors of a layer', () => {
  test('are within the bound that is given, which is hardly more than the best that their rank allows', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(1, 2 ** 664, 2 ** -664),
        fc.boolean(),
        (seed, rows, columns, part, scale, isRounded) => {
          const w = layer(seed, rows, columns, scale);
          const rank = 1 + Math.floor(part * (Math.min(rows, columns) - 1));
          const singular = singularVectors(w.values, rows, columns);
          // Rounding to 24 digits at any scale, as float32 does at its own.
          const hold = (factor: Float64Array) => {
            const unit = factor.some((entry) => Math.abs(entry) > 100 || Math.abs(entry) < 1e-30) ? scale : 1;
            return isRounded ? factor.map((entry) => unit * Math.fround(entry / unit)) : factor;
          };
          const { left, right, change } = lowRankFactors(w.values, { rows, columns }, singular, rank, hold);
          const found = distance(
            w,
            { values: left, rows, columns: rank },
            { values: right, rows: rank, columns },
            scale,
          );
          expect(found).toBeLessThanOrEqual(change / scale);
          const plain = { ...w, values: w.values.map((entry) => entry / scale) };
          const squares = gramValues(plain).slice(0, rows - rank);
          const best = Math.sqrt(squares.reduce((sum, square) => sum + Math.max(0, square), 0));
          const size = Math.sqrt(plain.values.reduce((sum, entry) => sum + entry ** 2, 0));
          // A Gram matrix keeps half of the digits; float32 has seven.
          const slack = (isRounded ? 1e-6 : 1e-7) * size;
          expect(change / scale).toBeGreaterThanOrEqual(best - slack);
          expect(change / scale).toBeLessThanOrEqual(best + slack);
        },
      ),
    );
  });

  test('keep as few directions as the change that is allowed permits', () => {
    const values = fc
      .array(fc.double({ min: 0, max: 1e150, noNaN: true }), { minLength: 1, maxLength: 10 })
      .map((all) => all.sort((a, b) => b - a));
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 0.999, noNaN: true }), (sigma, change) => {
        const rank = rankForChange(sigma, change);
        const unit = sigma[0] || 1;
        const norm = (from: number) => Math.hypot(...sigma.slice(from).map((value) => value / unit));
        const roundings = 1 + 20 * Number.EPSILON;
        expect(rank).toBeGreaterThanOrEqual(1);
        expect(norm(rank)).toBeLessThanOrEqual(change * norm(0) * roundings);
        if (rank > 1) expect(norm(rank - 1) * roundings).toBeGreaterThan(change * norm(0));
      }),
    );
  });
});

describe('archives of arrays', () => {
  test.each(['npz', 'safetensors'] as const)('in .%s read back as they were written', async (kind) => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.constantFrom('float32', 'float64'), async (seed, precision) => {
        const a = layer(seed, 3, 5);
        const b = layer(seed + 1, 7, 2);
        const bytes = (kind === 'npz' ? formatNpz : formatSafetensors)({ a, b }, precision);
        for (const [name, matrix] of Object.entries({ a, b })) {
          const { values, rows, columns } = await readTable('archive', bytes, { array: name });
          expect([rows, columns]).toEqual([matrix.rows, matrix.columns]);
          const written = precision === 'float32' ? matrix.values.map(Math.fround) : matrix.values;
          expect(values).toEqual(written);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('discover on a checkpoint', () => {
  const weights = layer('checkpoint', 24, 10);
  const bias = { values: new Float64Array(24), rows: 24, columns: 1 };
  const checkpoint = join(folder, 'model.safetensors');
  writeFileSync(checkpoint, formatSafetensors({ 'fc1.weight': weights, 'fc1.bias': bias }, 'float64'));
  const inputs = join(folder, 'inputs.csv');
  const stream = randomStream('inputs');
  const rows = Array.from({ length: 50 }, () => Array.from({ length: 10 }, () => stream.gaussian()));
  writeFileSync(inputs, rows.map((row) => row.join(',')).join('\n'));

  test.each([
    ['factors.npz', []],
    ['factors.safetensors', []],
    ['rounded.npz', ['--float32']],
  ] as const)(
    'writes factors (%s) whose product is within the change that is printed',
    async (name, more) => {
      const out = join(folder, name);
      const words = [
        '--weights',
        checkpoint,
        '--array',
        'fc1.weight',
        '--data',
        inputs,
        '--json',
        '--out',
        out,
      ];
      const { code, stdout, stderr } = await toolRun(discover, [...words, ...more]);
      expect([code, stderr]).toEqual([0, '']);
      const { compression, firstLayer, notes } = JSON.parse(stdout);
      expect(notes).toContain('fc1.weight: named as PyTorch names it, a row for each unit');
      const bytes = readFileSync(out);
      const left = await readTable(out, bytes, { array: 'left' });
      const right = await readTable(out, bytes, { array: 'right' });
      expect([left.rows, left.columns, right.rows, right.columns]).toEqual([24, 3, 3, 10]);
      expect(compression).toMatchObject({ rank: 3, dropped: 7, numbersBefore: 240, numbersAfter: 102 });
      const found = distance(weights, left, right);
      expect(found).toBeLessThanOrEqual(compression.change);
      expect(compression.change).toBeLessThan(found * (1 + 1e-9) + 1e-12);
      expect(compression.nextSingularValue).toBe(firstLayer.singularValues[3]);
      const size = Math.hypot(...weights.values);
      expect(compression.relativeChange).toBeCloseTo(found / size, 9);
      // On the inputs, from images of the weights and of the product.
      let [changed, total] = [0, 0];
      for (const x of rows) {
        for (let i = 0; i < 24; i++) {
          const exact = x.reduce((sum, xj, j) => sum + weights.values[i * 10 + j] * xj, 0);
          let kept = 0;
          for (let r = 0; r < 3; r++)
            for (let j = 0; j < 10; j++) kept += left.values[i * 3 + r] * right.values[r * 10 + j] * x[j];
          changed += (exact - kept) ** 2;
          total += exact ** 2;
        }
      }
      expect(compression.changeOnInputs).toBeCloseTo(Math.sqrt(changed / total), 9);
      const again = join(folder, `again-${name}`);
      await toolRun(discover, [...words.slice(0, -1), again, ...more]);
      expect(readFileSync(again).equals(bytes)).toBe(true);
    },
  );

  test('says in words what is kept, dropped and changed', async () => {
    const words = ['--weights', checkpoint, '--array', 'fc1.weight', '--rank', '9'];
    const { code, stdout } = await toolRun(discover, words);
    expect(code).toBe(0);
    expect(stdout).toMatch(/directions {2}keep 9, drop 1: singular values up to 0\.0/);
    expect(stdout).toMatch(
      /left 24 × 9, right 9 × 10: 306 numbers where the layer has 240: nothing is saved/,
    );
  });

  test.each([
    [/--rank: expected --weights beside it, got none/, ['--rank', '3']],
    [/--out: expected --weights beside it/, ['--out', join(folder, 'x.npz'), '--data', inputs]],
    [/one of --rank and --change, got both/, ['--weights', inputs, '--rank', '3', '--change', '0.1']],
    [/--rank: expected at most the 10 directions/, ['--weights', inputs, '--rank', '11']],
    [/expected one array, got 2 arrays: fc1\.weight \(24 × 10\)/, ['--weights', checkpoint]],
  ] as const)('refuses what makes no sense: %s', async (message, words) => {
    const { code, stdout, stderr } = await toolRun(discover, words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

test('discover says in words that a descent diverged', async () => {
  const words = ['--input', '4', '--teacher', '1', '--depth', '1', '--width', '4', '--lambda', '1000'];
  const { code, stdout } = await toolRun(discover, [
    ...words,
    ...['--optimizer', 'gradient-descent', '--steps', '400'],
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/the descent diverged: .*try another optimizer/);
  expect(stdout).not.toMatch(/NaN|Infinity/);
});
