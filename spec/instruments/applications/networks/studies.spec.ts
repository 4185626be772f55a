import { describe, expect, test } from 'vitest';
import { randomFrame } from '../../../../src/applications/networks/risk/frame.ts';
import { studyGaussianity, studySpectrum } from '../../../../src/applications/networks/study/matrixStudy.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('networks-studies');

describe('the spectrum of a matrix', () => {
  test('is that of known matrices, wide or tall, and reports their shape', () => {
    // The Gram matrix of the rows 1, 2 | 2, 0 | 0, 0 is 5, 2 | 2, 4.
    const tall = studySpectrum([1, 2, 2, 0, 0, 0], 3, 2);
    expect(tall).toMatchObject({ rows: 3, columns: 2 });
    expect(tall.singularValues).toHaveLength(2);
    expect(tall.singularValues[0] ** 2).toBeCloseTo((9 + Math.sqrt(17)) / 2, 12);
    expect(tall.singularValues[1] ** 2).toBeCloseTo((9 - Math.sqrt(17)) / 2, 12);
    // The same six numbers as 1, 2, 2 | 0, 0, 0.
    const wide = studySpectrum([1, 2, 2, 0, 0, 0], 2, 3);
    expect(wide).toMatchObject({ rows: 2, columns: 3 });
    expect(wide.singularValues).toHaveLength(2);
    expect(wide.singularValues[0]).toBeCloseTo(3, 12);
    expect(wide.singularValues[1]).toBeCloseTo(0, 12);
  });

  test('ranks count directions: 1 for one, n for n equal ones, none for zero', () => {
    expect(studySpectrum([3, 0, 0, 0, 0, 0], 2, 3)).toMatchObject({ stableRank: 1, effectiveRank: 1 });
    const identity = studySpectrum([1, 0, 0, 0, 1, 0, 0, 0, 1], 3, 3);
    expect(identity.stableRank).toBeCloseTo(3, 12);
    expect(identity.effectiveRank).toBeCloseTo(3, 12);
    expect(studySpectrum([0, 0], 1, 2)).toMatchObject({ stableRank: 0, effectiveRank: 0 });
    expect(studySpectrum([5], 1, 1)).toMatchObject({ singularValues: [5], stableRank: 1, effectiveRank: 1 });
  });

  test('ranks between are those of their formulas, the same for every multiple and in every basis', () => {
    // Singular values 4, 3 and 0: shares 16/25 and 9/25.
    const diagonal = [4, 0, 0, 0, 3, 0, 0, 0, 0];
    for (let trial = 0; trial < 10; trial++) {
      const frame = randomFrame(root.fork(trial), 3);
      const factor = 10 ** (trial - 5);
      const turned = Array.from({ length: 9 }, (_, e) => {
        const [i, j] = [Math.floor(e / 3), e % 3];
        return factor * [0, 1, 2].reduce((sum, l) => sum + diagonal[3 * i + l] * frame[3 * l + j], 0);
      });
      const { stableRank, effectiveRank, singularValues } = studySpectrum(turned, 3, 3);
      expect(singularValues[0] / factor).toBeCloseTo(4, 10);
      expect(singularValues[1] / factor).toBeCloseTo(3, 10);
      expect(stableRank).toBeCloseTo(25 / 16, 10);
      expect(effectiveRank).toBeCloseTo((25 / 16) ** (16 / 25) * (25 / 9) ** (9 / 25), 10);
    }
  });

  test('refuses sizes that do not fit', () => {
    expect(() => studySpectrum([], 0, 1)).toThrow('rows: expected an integer in [1,');
    expect(() => studySpectrum([], 1, 0)).toThrow('columns: expected an integer in [1,');
    expect(() => studySpectrum([1, 2, 3], 2, 2)).toThrow('matrix: expected 4 entries, got 3');
  });
});

describe('how Gaussian a sample is', () => {
  test('moments of three points are those computed by hand, and the worst coordinate counts', () => {
    // 0, 0, 3: centred −1, −1, 2, so m₂ = 2, m₃ = 2, m₄ = 6. 4, 5, 6: centred −1, 0, 1, not skewed.
    for (const points of [
      [0, 4, 0, 5, 3, 6],
      [4, 0, 5, 0, 6, 3],
    ]) {
      const study = studyGaussianity(points, 3, 2);
      expect(study).toMatchObject({ count: 3, dimension: 2 });
      expect(study.mean).toBeCloseTo(Math.hypot(1, 5), 12);
      expect(study.worstSkewness).toBeCloseTo(2 / 2 ** 1.5, 12);
      // 6/4 − 3 and (2/3)/(2/3)² − 3, both −1.5.
      expect(study.worstExcessKurtosis).toBeCloseTo(1.5, 12);
      expect(study.skewnessNoise).toBeCloseTo(3 * Math.SQRT2, 12);
      expect(study.kurtosisNoise).toBeCloseTo(3 * Math.sqrt(8), 12);
    }
  });

  test('skewness to the left counts as much as to the right', () => {
    const right = studyGaussianity([0, 0, 3], 3, 1);
    const left = studyGaussianity([0, 0, -3], 3, 1);
    expect(left.worstSkewness).toBeCloseTo(right.worstSkewness, 12);
    expect(left.worstSkewness).toBeGreaterThan(0.7);
  });

  test('heavy tails of one coordinate show beside a light one, whichever comes first', () => {
    const heavy = [0, 0, 0, 0, 1, -1, 0, 0, 0, 0, 0, 0];
    const signs = heavy.map((_, i) => (i % 2 === 0 ? 1 : -1));
    const both = (a: readonly number[], b: readonly number[]) => a.flatMap((x, i) => [x, b[i]]);
    // One 1 and one −1 in twelve: m₂ = m₄ = 1/6, so the excess is 6 − 3. That of signs is 1 − 3.
    expect(studyGaussianity(both(heavy, signs), 12, 2).worstExcessKurtosis).toBeCloseTo(3, 12);
    expect(studyGaussianity(both(signs, heavy), 12, 2).worstExcessKurtosis).toBeCloseTo(3, 12);
    expect(studyGaussianity(signs, 12, 1).worstExcessKurtosis).toBeCloseTo(2, 12);
  });

  test('deviations are those of the directions that vary most and least', () => {
    // ±(2, 0) and ±(0, 1) about (10, 20), turned by 30 degrees.
    const [c, s] = [Math.sqrt(3) / 2, 0.5];
    const points = [
      [2, 0],
      [-2, 0],
      [0, 1],
      [0, -1],
    ].flatMap(([x, y]) => [10 + c * x - s * y, 20 + s * x + c * y]);
    const study = studyGaussianity(points, 4, 2);
    expect(study.largestDeviation).toBeCloseTo(Math.SQRT2, 12);
    expect(study.smallestDeviation).toBeCloseTo(Math.SQRT1_2, 12);
    expect(study.mean).toBeCloseTo(Math.hypot(10, 20), 12);
  });

  test('a constant coordinate has no shape, and hides none', () => {
    const study = studyGaussianity([7, 0, 7, 0, 7, 3], 3, 2);
    expect(study.worstSkewness).toBeCloseTo(Math.SQRT1_2, 12);
    expect(study.worstExcessKurtosis).toBeCloseTo(1.5, 12);
    expect(study.smallestDeviation).toBeCloseTo(0, 12);
    expect(studyGaussianity([7, 7], 2, 1)).toMatchObject({ worstSkewness: 0, worstExcessKurtosis: 0 });
  });

  test('n points vary in fewer than n directions: the least deviation is 0 exactly up to n coordinates', () => {
    for (let count = 2; count <= 6; count++) {
      const stream = root.fork(`few ${count}`);
      const least = (dimension: number) =>
        studyGaussianity(gaussianInto(new Float64Array(count * dimension), stream), count, dimension)
          .smallestDeviation;
      expect(least(count + 2)).toBe(0);
      expect(least(count)).toBe(0);
      // Almost surely: the n points are in general position.
      expect(least(count - 1)).toBeGreaterThan(1e-6);
    }
  });

  test('a Gaussian sample stays within what sampling does, ±1 does not', () => {
    const gaussian = studyGaussianity(gaussianInto(new Float64Array(4000), root.fork('gaussian')), 4000, 1);
    expect(gaussian.worstSkewness).toBeLessThan(gaussian.skewnessNoise);
    expect(gaussian.worstExcessKurtosis).toBeLessThan(gaussian.kurtosisNoise);
    const signs = Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const study = studyGaussianity(signs, 4000, 1);
    expect(study.largestDeviation).toBeCloseTo(1, 12);
    expect(study.worstSkewness).toBeCloseTo(0, 12);
    expect(study.worstExcessKurtosis).toBeGreaterThan(study.kurtosisNoise);
  });

  test('refuses sizes that do not fit', () => {
    expect(() => studyGaussianity([1], 1, 1)).toThrow('count: expected an integer in [2,');
    expect(() => studyGaussianity([], 2, 0)).toThrow('dimension: expected an integer in [1,');
    expect(() => studyGaussianity([1, 2, 3], 2, 2)).toThrow('sample: expected 4 entries, got 3');
  });
});
