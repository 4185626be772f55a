import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pseudoInverse } from '../../../../src/numerics/linalg/pseudoInverse.ts';
import { singularVectors } from '../../../../src/numerics/linalg/singularVectors.ts';
import { symmetricEigen } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

/** Matrices of every shape up to 12 × 12, of a given rank, at scales that keep every digit. */
const matrices = fc
  .record({
    seed: fc.noShrink(fc.integer({ min: 0, max: 1e6 })),
    rows: fc.integer({ min: 1, max: 12 }),
    columns: fc.integer({ min: 1, max: 12 }),
    rank: fc.integer({ min: 0, max: 12 }),
    exponent: fc.constantFrom(0, 0, -600, 600),
    decay: fc.constantFrom(0, 1, 2),
  })
  .map(({ seed, rows, columns, rank, exponent, decay }) => {
    const stream = randomStream(seed);
    const matrix = new Float64Array(rows * columns);
    for (let r = 0; r < Math.min(rank, rows, columns); r++) {
      const left = Array.from({ length: rows }, () => stream.gaussian() * 2 ** exponent);
      const right = Array.from({ length: columns }, () => stream.gaussian() * Math.exp(-decay * r));
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) matrix[i * columns + j] += left[i] * right[j];
    }
    return { matrix, rows, columns, rank: Math.min(rank, rows, columns), unit: 2 ** exponent };
  });

type Matrix = readonly number[][];
const rowsOf = (values: ArrayLike<number>, rows: number, columns: number): Matrix =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => values[i * columns + j]));
const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, entry, l) => sum + entry * b[l][j], 0)));
const turned = (a: Matrix): Matrix => a[0].map((_, j) => a.map((row) => row[j]));
const largest = (a: Matrix): number => Math.max(...a.flat().map(Math.abs));
const gap = (a: Matrix, b: Matrix): number =>
  largest(a.map((row, i) => row.map((entry, j) => entry - b[i][j])));

describe('singular values and vectors', () => {
  test('squared are the eigenvalues of the Gram matrix, and the vectors diagonalize it', () => {
    fc.assert(
      fc.property(matrices, ({ matrix, rows, columns, unit }) => {
        const { values, vectors, size } = singularVectors(matrix, rows, columns);
        const a = rowsOf(
          matrix.map((entry) => entry / unit),
          rows,
          columns,
        );
        const gram = rows <= columns ? times(a, turned(a)) : times(turned(a), a);
        const eigen = symmetricEigen(gram.flat(), size);
        expect(eigen.outcome).toBe('decomposed');
        if (eigen.outcome !== 'decomposed') return;
        const tolerance = 100 * size * Number.EPSILON * Math.max(largest(gram), Number.MIN_VALUE) * size;
        for (let i = 0; i < size; i++) {
          const square = (values[i] / unit) ** 2;
          expect(Math.abs(square - eigen.values[size - 1 - i])).toBeLessThanOrEqual(tolerance + eigen.error);
          if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1]);
        }
        const v = rowsOf(vectors, size, size);
        const diagonal = times(times(v, gram), turned(v));
        const expected = diagonal.map((row, i) => row.map((_, j) => (i === j ? (values[i] / unit) ** 2 : 0)));
        expect(gap(diagonal, expected)).toBeLessThanOrEqual(tolerance);
        const inner = times(v, turned(v));
        const least = 1e-12 * (values[0] ?? 0);
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            if (values[i] <= least || values[j] <= least) continue;
            expect(Math.abs(inner[i][j] - (i === j ? 1 : 0))).toBeLessThanOrEqual(
              1e3 * size * Number.EPSILON,
            );
          }
        }
      }),
    );
  });

  test('are refused for entries that are not finite', () => {
    expect(() => singularVectors([1, Number.NaN], 1, 2)).toThrow(RangeError);
    expect(() => singularVectors([1, 2, 3], 1, 2)).toThrow(RangeError);
  });
});

test('a pseudo-inverse has the four properties of Moore and Penrose, and the rank that the matrix was made with', () => {
  fc.assert(
    fc.property(matrices, ({ matrix, rows, columns, rank, unit }) => {
      const inverse = pseudoInverse(matrix, rows, columns);
      expect(inverse.rank).toBe(rank);
      const a = rowsOf(
        matrix.map((entry) => entry / unit),
        rows,
        columns,
      );
      const b = rowsOf(
        inverse.values.map((entry) => entry * unit),
        columns,
        rows,
      );
      // How much larger than the matrix its inverse is decides what rounding does.
      const condition = Math.max(1, largest(a) * largest(b));
      const tolerance = 1e4 * Number.EPSILON * condition;
      expect(gap(times(times(a, b), a), a)).toBeLessThanOrEqual(tolerance * Math.max(largest(a), 1e-300));
      expect(gap(times(times(b, a), b), b)).toBeLessThanOrEqual(tolerance * Math.max(largest(b), 1e-300));
      expect(gap(times(a, b), turned(times(a, b)))).toBeLessThanOrEqual(tolerance);
      expect(gap(times(b, a), turned(times(b, a)))).toBeLessThanOrEqual(tolerance);
    }),
  );
});
