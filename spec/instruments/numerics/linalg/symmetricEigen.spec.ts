import { expect, test } from 'vitest';
import { compensatedSum } from '../../../../src/numerics/linalg/compensatedSum.ts';
import { symmetricEigen, tridiagonalEigen } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('linalg.symmetric-eigen');

/** Integer orthogonal-ish spectra: Householder reflection H = I − 2vvᵀ/vᵀv applied to a diagonal, H D H. */
function withSpectrum(stream: RandomStream, values: readonly number[]): Float64Array {
  const n = values.length;
  const v = Float64Array.from({ length: n }, () => stream.gaussian());
  const vv = compensatedSum(v.map((entry) => entry * entry));
  const h = (i: number, j: number): number => (i === j ? 1 : 0) - (2 * v[i] * v[j]) / vv;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = compensatedSum(values.map((value, k) => h(i, k) * value * h(k, j)));
      matrix[i * n + j] = entry;
      matrix[j * n + i] = entry;
    }
  }
  return matrix;
}

function frobenius(matrix: ArrayLike<number>): number {
  return Math.sqrt(compensatedSum(Array.from(matrix, (entry) => entry * entry)));
}

/** Entries of the constructed matrix carry the rounding of h and of its products: a few units each. */
function constructionError(matrix: ArrayLike<number>, dimension: number): number {
  return 8 * dimension * Number.EPSILON * frobenius(matrix);
}

function decomposed(matrix: ArrayLike<number>, n: number) {
  const eigen = symmetricEigen(matrix, n);
  if (eigen.outcome !== 'decomposed') throw new Error(`${eigen.outcome} at n = ${n}`);
  return eigen;
}

test('the eigenvalues of H D H are the entries of D, within the stated error', () => {
  for (let run = 0; run < 60; run++) {
    const stream = root.fork(`spectrum ${run}`);
    const n = stream.integer(1, 24);
    // Clusters, zeros and signs on purpose: small integers repeat.
    const values = Array.from({ length: n }, () => stream.integer(-4, 4)).sort((a, b) => a - b);
    const matrix = withSpectrum(stream, values);
    const eigen = decomposed(matrix, n);
    const admitted = eigen.error + constructionError(matrix, n);
    for (let i = 0; i < n; i++) expect(Math.abs(eigen.values[i] - values[i])).toBeLessThanOrEqual(admitted);
  }
});

test('A v = λ v and v·w = 0, by compensated sums', () => {
  for (let run = 0; run < 30; run++) {
    const stream = root.fork(`pairs ${run}`);
    const n = stream.integer(2, 40);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        matrix[i * n + j] = stream.gaussian();
        matrix[j * n + i] = matrix[i * n + j];
      }
    const { values, vectors, error } = decomposed(matrix, n);
    for (let p = 0; p < n; p++) {
      const vector = vectors.subarray(p * n, (p + 1) * n);
      const residual = vector.map(
        (entry, i) => compensatedSum(vector.map((v, j) => matrix[i * n + j] * v)) - values[p] * entry,
      );
      // The error bound contains the Frobenius norm of all residuals, so each is below it.
      expect(frobenius(residual)).toBeLessThanOrEqual(error);
      for (let q = 0; q < p; q++) {
        const product = compensatedSum(vector.map((v, i) => v * vectors[q * n + i]));
        expect(Math.abs(product)).toBeLessThanOrEqual(8 * n * Number.EPSILON);
      }
    }
  }
});

test('the stated error stays of the order n^1.5 · machine epsilon · ‖A‖_F', () => {
  for (const n of [1, 2, 5, 20, 80]) {
    const stream = root.fork(`size ${n}`);
    const values = Array.from({ length: n }, () => stream.gaussian());
    const matrix = withSpectrum(stream, values);
    // Rounding term (n + 2)√n·2‖A‖_F plus a residual no larger than that, over √(1 − defect) ≈ 1.
    const most = 2 * (n + 2) * Math.sqrt(n) * 2 * Number.EPSILON * frobenius(matrix);
    expect(decomposed(matrix, n).error).toBeLessThanOrEqual(most);
  }
});

test('scaling A by 2^k scales values and error by 2^k exactly, near the ends of the range too', () => {
  const stream = root.fork('scale');
  const n = 7;
  const matrix = withSpectrum(stream, [-3, -1, 0, 0.5, 2, 2, 9]);
  const plain = decomposed(matrix, n);
  for (const k of [-900, -3, 1, 500, 1000]) {
    const scaled = decomposed(
      matrix.map((entry) => entry * 2 ** k),
      n,
    );
    expect(scaled.error).toBe(plain.error * 2 ** k);
    for (let i = 0; i < n; i++) expect(scaled.values[i]).toBe(plain.values[i] * 2 ** k);
  }
});

test('the second-difference matrix has eigenvalues 2 − 2cos(πj/(n+1))', () => {
  for (const n of [1, 2, 3, 10, 50]) {
    const eigen = tridiagonalEigen(new Float64Array(n).fill(2), new Float64Array(n - 1).fill(-1));
    if (eigen.outcome !== 'decomposed') throw new Error(eigen.outcome);
    for (let j = 1; j <= n; j++) {
      const known = 2 - 2 * Math.cos((Math.PI * j) / (n + 1));
      expect(Math.abs(eigen.values[j - 1] - known)).toBeLessThanOrEqual(16 * n * Number.EPSILON);
    }
  }
});

test('the zero matrix has zero eigenvalues and error, an infinite entry is an outcome', () => {
  const zero = decomposed(new Float64Array(9), 3);
  expect([...zero.values]).toEqual([0, 0, 0]);
  expect(zero.error).toBe(0);
  for (const bad of [Number.NaN, Infinity]) {
    expect(symmetricEigen([1, bad, bad, 1], 2)).toEqual({ outcome: 'non-finite' });
  }
});

test('entries of every size down to underflow are decomposed within the stated error, or a breakdown is said', () => {
  let breakdowns = 0;
  const runs = 4000;
  for (let run = 0; run < runs; run++) {
    const stream = root.fork(`underflow ${run}`);
    const n = stream.integer(2, 6);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        const size = stream.integer(0, 3) === 0 ? 0 : -stream.integer(280, 323);
        matrix[i * n + j] = stream.integer(0, 2) === 0 ? 0 : stream.gaussian() * 10 ** size;
        matrix[j * n + i] = matrix[i * n + j];
      }
    const eigen = symmetricEigen(matrix, n);
    if (eigen.outcome !== 'decomposed') {
      breakdowns++;
      continue;
    }
    // The trace is the sum of the eigenvalues, whatever decomposed them.
    const trace = compensatedSum(Array.from({ length: n }, (_, i) => matrix[i * n + i]));
    const difference = Math.abs(compensatedSum(eigen.values) - trace);
    expect(difference).toBeLessThanOrEqual(n * eigen.error);
  }
  // What is far below rounding of the largest entry does not stop the iteration.
  expect(breakdowns).toBe(0);
  // The smallest matrix that once did: its first row is near underflow, its second is not.
  const small = decomposed([0, -2.9e-309, -2.9e-309, 1], 2);
  expect([...small.values]).toEqual([0, 1]);
});

test('a matrix of the wrong length is refused', () => {
  expect(() => symmetricEigen([1, 2, 3], 2)).toThrow(RangeError);
  expect(() => symmetricEigen([], 0)).toThrow(RangeError);
});
