import { expect, test } from 'vitest';
import { type LanczosOptions, lanczosExtremes } from '../../../../src/numerics/linalg/lanczos.ts';
import {
  lanczosRelativeError,
  probableSpectrum,
} from '../../../../src/numerics/linalg/lanczosRelativeError.ts';
import { symmetricEigen } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import { dot } from '../../../../src/numerics/linalg/vectors.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { trialsNeeded } from '../../../../src/numerics/statistics/trialsNeeded.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('linalg.lanczos');

function product(matrix: Float64Array, n: number) {
  return (out: Float64Array, x: Float64Array): Float64Array => {
    for (let i = 0; i < n; i++) out[i] = dot(matrix.subarray(i * n, (i + 1) * n), x);
    return out;
  };
}

function randomSymmetric(stream: RandomStream, n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      matrix[i * n + j] = stream.gaussian();
      matrix[j * n + i] = matrix[i * n + j];
    }
  return matrix;
}

function diagonalProduct(values: ArrayLike<number>) {
  return (out: Float64Array, x: Float64Array): Float64Array => {
    for (let i = 0; i < out.length; i++) out[i] = values[i] * x[i];
    return out;
  };
}

function run(
  stream: RandomStream,
  multiply: ReturnType<typeof product>,
  n: number,
  options?: LanczosOptions,
) {
  const found = lanczosExtremes(stream, multiply, n, options);
  if (found.outcome === 'non-finite') throw new Error(`non-finite at n = ${n}`);
  return found;
}

test('with as many steps as dimensions, the extremes are the dense eigenvalues', () => {
  for (let i = 0; i < 40; i++) {
    const stream = root.fork(`dense ${i}`);
    const n = stream.integer(1, 40);
    const matrix = randomSymmetric(stream, n);
    const eigen = symmetricEigen(matrix, n);
    if (eigen.outcome !== 'decomposed') throw new Error(eigen.outcome);
    const found = run(stream, product(matrix, n), n);
    // Full reorthogonalisation keeps the Krylov basis orthogonal to n·ε, so its last residual is of that size.
    const admitted = eigen.error + found.lowest.residual + found.highest.residual;
    expect(found.outcome).toBe('invariant');
    expect(Math.abs(found.lowest.value - eigen.values[0])).toBeLessThanOrEqual(admitted);
    expect(Math.abs(found.highest.value - eigen.values[n - 1])).toBeLessThanOrEqual(admitted);
    const size = Math.max(Math.abs(eigen.values[0]), Math.abs(eigen.values[n - 1]));
    expect(admitted).toBeLessThanOrEqual(64 * (n + 2) ** 1.5 * Number.EPSILON * size * Math.sqrt(n));
  }
});

test('λ_min ≤ Ritz value, and an eigenvalue lies within the residual, after any number of steps', () => {
  for (let i = 0; i < 60; i++) {
    const stream = root.fork(`steps ${i}`);
    const n = stream.integer(2, 60);
    const matrix = randomSymmetric(stream, n);
    const eigen = symmetricEigen(matrix, n);
    if (eigen.outcome !== 'decomposed') throw new Error(eigen.outcome);
    const { lowest, highest } = run(stream, product(matrix, n), n, { steps: stream.integer(1, n) });
    expect(lowest.value).toBeGreaterThanOrEqual(eigen.values[0] - eigen.error);
    expect(highest.value).toBeLessThanOrEqual(eigen.values[n - 1] + eigen.error);
    for (const { value, residual, vector } of [lowest, highest]) {
      const nearest = eigen.values.reduce((best, known) => Math.min(best, Math.abs(known - value)), Infinity);
      expect(nearest).toBeLessThanOrEqual(residual + eigen.error);
      expect(Math.abs(dot(vector, vector) - 1)).toBeLessThanOrEqual(4 * n * Number.EPSILON);
    }
  }
});

test('a matrix with m different eigenvalues closes the Krylov space after m steps', () => {
  for (let i = 0; i < 30; i++) {
    const stream = root.fork(`closed ${i}`);
    const n = stream.integer(10, 200);
    const m = stream.integer(1, 6);
    const levels = Array.from({ length: m }, (_, k) => k - 2);
    const diagonal = Array.from({ length: n }, (_, k) => levels[k % m]);
    const found = run(stream, diagonalProduct(diagonal), n);
    expect([found.outcome, found.steps]).toEqual(['invariant', m]);
    expect(Math.abs(found.lowest.value + 2)).toBeLessThanOrEqual(16 * n * Number.EPSILON);
    expect(Math.abs(found.highest.value - (m - 3))).toBeLessThanOrEqual(16 * n * Number.EPSILON);
  }
});

test('one negative eigenvalue among many equal ones is not hidden by a small residual', () => {
  for (const n of [50, 500, 5000]) {
    const diagonal = new Float64Array(n).fill(1);
    diagonal[n >> 1] = -0.1;
    const options = { ends: 'lowest', tolerance: 0.1, relativeTolerance: 0.1 } as const;
    const found = run(root.fork(`hidden ${n}`), diagonalProduct(diagonal), n, options);
    expect(Math.abs(found.lowest.value + 0.1)).toBeLessThanOrEqual(16 * n * Number.EPSILON);
  }
});

test('a tolerance ends the steps early with residual estimates that the measured residuals confirm', () => {
  const n = 400;
  const diagonal = Float64Array.from({ length: n }, (_, k) => (k < 2 ? 4 * k - 2 : k / n));
  const found = run(root.fork('tolerance'), diagonalProduct(diagonal), n, { tolerance: 1e-6 });
  expect(found.outcome).toBe('converged');
  expect(found.steps).toBeLessThan(60);
  // The estimate β|s| equals the residual in exact arithmetic; rounding adds n·ε·‖A‖.
  expect(Math.max(found.lowest.residual, found.highest.residual)).toBeLessThanOrEqual(
    1e-6 + n * Number.EPSILON * 4,
  );
});

test('a product that is not finite is an outcome', () => {
  const multiply = (out: Float64Array): Float64Array => out.fill(Number.NaN);
  expect(lanczosExtremes(root.fork('nan'), multiply, 5)).toEqual({ outcome: 'non-finite', steps: 1 });
});

test('P[(λ_max − θ)/(λ_max − λ_min) > r] ≤ 1.648 √n e^{−√r (2m−1)}, by exact binomial judgement', () => {
  // Spectra with a dense top make Lanczos slow; the bound is for the worst one.
  const cases = [
    { n: 100, steps: 8, power: 1 },
    { n: 400, steps: 12, power: 0.5 },
  ];
  const failureProbability = 0.2;
  for (const { n, steps, power } of cases) {
    const diagonal = Float64Array.from({ length: n }, (_, k) => ((k + 1) / n) ** power);
    const relative = lanczosRelativeError(n, steps, failureProbability);
    expect(relative).toBeLessThan(1);
    const asserted = 1 - failureProbability;
    const plan = trialsNeeded({ asserted, gap: 0.3, falseAlarmRate: 1e-9, missRate: 1e-3 });
    let oneEnd = 0;
    let bothEnds = 0;
    for (let i = 0; i < plan.trials; i++) {
      const found = run(root.fork(`kw ${n}`).fork(i), diagonalProduct(diagonal), n, { steps });
      const [low, high] = [found.lowest.value, found.highest.value];
      const bounds = probableSpectrum(low, high, n, steps, failureProbability);
      if (1 - high <= relative * (1 - diagonal[0])) oneEnd++;
      if (bounds.lowest <= diagonal[0] && bounds.highest >= 1) bothEnds++;
    }
    expect(oneEnd).toBeGreaterThanOrEqual(plan.fewestSuccesses);
    expect(bothEnds).toBeGreaterThanOrEqual(plan.fewestSuccesses);
  }
});

test('the relative error solves its defining equation, and is 1 or 0 where that says nothing or all', () => {
  const relative = lanczosRelativeError(5000, 60, 1e-3);
  const probability = 1.648 * Math.sqrt(5000) * Math.exp(-Math.sqrt(relative) * 119);
  expect(Math.abs(probability / 1e-3 - 1)).toBeLessThanOrEqual(1e-12);
  expect(lanczosRelativeError(5000, 1, 1e-3)).toBe(1);
  expect(lanczosRelativeError(10, 10, 1e-3)).toBe(0);
  // Either end may fail at half of the stated probability, so that both hold but for all of it.
  const half = lanczosRelativeError(5000, 60, 0.5e-3);
  const reach = half / (1 - 2 * half);
  const { lowest, highest } = probableSpectrum(0, 1, 5000, 60, 1e-3);
  expect(Math.abs(-lowest / reach - 1)).toBeLessThanOrEqual(1e-12);
  expect(Math.abs((highest - 1) / reach - 1)).toBeLessThanOrEqual(1e-12);
  expect(probableSpectrum(0, 1, 5000, 2, 1e-3)).toEqual({
    lowest: -Infinity,
    highest: Infinity,
    probability: 0.999,
  });
});
