import { expect, inject, test } from 'vitest';
import { chebyshevLowestBound, ritzEnds } from '../../../../src/numerics/linalg/chebyshevBound.ts';
import { symmetricEigen } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream(`${inject('claims').seed} chebyshev`);

/** A random symmetric matrix, its product and its dense eigenvalues. */
function symmetric(stream: RandomStream, n: number) {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = stream.gaussian();
  }
  const multiplyInto = (out: Float64Array, x: Float64Array): Float64Array => {
    for (let i = 0; i < n; i++) {
      out[i] = 0;
      for (let j = 0; j < n; j++) out[i] += matrix[i * n + j] * x[j];
    }
    return out;
  };
  const eigen = symmetricEigen(matrix, n);
  if (eigen.outcome !== 'decomposed') throw new Error(eigen.outcome);
  return { multiplyInto, lowest: eigen.values[0], highest: eigen.values[n - 1], error: eigen.error };
}

const cases = Array.from({ length: 60 }, (_, i) => root.fork(`case ${i}`));

test('a bound from below by a Chebyshev polynomial is below the lowest eigenvalue, wherever the interval lies', () => {
  for (const stream of cases) {
    const n = stream.integer(2, 40);
    const { multiplyInto, lowest, highest, error } = symmetric(stream.fork('matrix'), n);
    // The interval may miss either end.
    const [from, to] = [lowest + stream.gaussian(), highest + stream.gaussian()];
    const ends = { lowest: Math.min(from, to) - 0.1, highest: Math.max(from, to) };
    const options = { ...ends, degree: stream.integer(1, 60), failureProbability: 1e-6 };
    const bound = chebyshevLowestBound(stream.fork('start'), multiplyInto, n, options);
    expect(bound).toBeLessThanOrEqual(lowest + error);
  }
});

test('with the ends of the spectrum it comes near as the square of the number of products', () => {
  for (const stream of cases.slice(0, 20)) {
    const n = 40;
    const { multiplyInto, lowest, highest } = symmetric(stream.fork('matrix'), n);
    const ends = ritzEnds(stream.fork('ends'), multiplyInto, n, 30);
    if (ends === undefined) throw new Error('non-finite');
    expect(ends.lowest).toBeGreaterThanOrEqual(lowest - 1e-9);
    expect(ends.highest).toBeLessThanOrEqual(highest + 1e-9);
    expect(ends.lowest - lowest).toBeLessThan(0.01 * (highest - lowest));
    const reach = (degree: number): number => {
      const options = { ...ends, degree, failureProbability: 1e-6 };
      return ends.lowest - chebyshevLowestBound(stream.fork('start'), multiplyInto, n, options);
    };
    // (b − a)/4·(ln(4N√(2n/π)/p)/m)² with N near 1.
    const expected = (degree: number): number => ((highest - lowest) / 4) * (19 / degree) ** 2;
    expect(reach(400)).toBeLessThan(2 * expected(400) + 0.02 * (highest - lowest));
    expect(reach(400)).toBeLessThan(reach(100));
  }
});
