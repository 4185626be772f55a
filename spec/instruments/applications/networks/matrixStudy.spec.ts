import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { studyGaussianity, studySpectrum } from '../../../../src/applications/networks/study/matrixStudy.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

const [rows, columns] = [30, 4];
const seeds = fc.noShrink(fc.integer({ min: 0, max: 1e6 }));
/** Powers of two that keep every digit of a Gaussian number. */
const exponents = fc.integer({ min: -980, max: 980 });

const gaussians = (seed: number): number[] => {
  const stream = randomStream(seed);
  return Array.from({ length: rows * columns }, () => stream.gaussian());
};

describe('a matrix of any scale', () => {
  test('has the same ranks and proportional singular values', () => {
    fc.assert(
      fc.property(seeds, exponents, (seed, exponent) => {
        const matrix = gaussians(seed);
        const scale = 2 ** exponent;
        const plain = studySpectrum(matrix, rows, columns);
        const scaled = studySpectrum(
          matrix.map((x) => x * scale),
          rows,
          columns,
        );
        expect(scaled.stableRank).toBe(plain.stableRank);
        expect(scaled.effectiveRank).toBe(plain.effectiveRank);
        expect(scaled.singularValues).toEqual(plain.singularValues.map((s) => s * scale));
      }),
    );
  });

  test('has the same skewness and kurtosis, and proportional mean and deviations', () => {
    fc.assert(
      fc.property(seeds, exponents, (seed, exponent) => {
        const sample = gaussians(seed);
        const scale = 2 ** exponent;
        const plain = studyGaussianity(sample, rows, columns);
        const scaled = studyGaussianity(
          sample.map((x) => x * scale),
          rows,
          columns,
        );
        const { mean, smallestDeviation, largestDeviation } = plain;
        expect(scaled).toEqual({
          ...plain,
          mean: mean * scale,
          smallestDeviation: smallestDeviation * scale,
          largestDeviation: largestDeviation * scale,
        });
      }),
    );
  });

  test('whose entries are not all finite is refused', () => {
    for (const bad of [Number.NaN, Infinity]) {
      expect(() => studySpectrum([1, bad], 1, 2)).toThrow(RangeError);
      expect(() => studyGaussianity([1, bad], 2, 1)).toThrow(RangeError);
    }
  });
});

test('a constant column has neither skewness nor kurtosis, whatever its value, and is named', () => {
  const values = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(seeds, values, fc.integer({ min: 0, max: columns - 1 }), (seed, value, column) => {
      const sample = gaussians(seed).map((x, i) => (i % columns === column ? value : x));
      const others = sample.filter((_, i) => i % columns !== column);
      const { constantCoordinates, ...study } = studyGaussianity(sample, rows, columns);
      const plain = studyGaussianity(others, rows, columns - 1);
      expect(constantCoordinates).toEqual([column]);
      expect(study.smallestDeviation).toBe(0);
      const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * (1 + b));
      close(study.worstSkewness, plain.worstSkewness);
      close(study.worstExcessKurtosis, plain.worstExcessKurtosis);
    }),
  );
});

test('moments are those of the definition', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const sample = gaussians(seed);
      const moments = Array.from({ length: columns }, (_, j) => {
        const column = sample.filter((_, i) => i % columns === j);
        const mean = column.reduce((sum, x) => sum + x, 0) / rows;
        const central = (power: number) => column.reduce((sum, x) => sum + (x - mean) ** power, 0) / rows;
        return { mean, skewness: central(3) / central(2) ** 1.5, kurtosis: central(4) / central(2) ** 2 - 3 };
      });
      const study = studyGaussianity(sample, rows, columns);
      const worst = (values: readonly number[]) => Math.max(...values.map(Math.abs));
      expect(study.mean).toBeCloseTo(Math.hypot(...moments.map(({ mean }) => mean)), 12);
      expect(study.worstSkewness).toBeCloseTo(worst(moments.map(({ skewness }) => skewness)), 10);
      expect(study.worstExcessKurtosis).toBeCloseTo(worst(moments.map(({ kurtosis }) => kurtosis)), 10);
    }),
  );
});
