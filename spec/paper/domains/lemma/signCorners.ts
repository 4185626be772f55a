import type { NodeSet } from '../../../../src/lemma/nodeExpectation.ts';

/** The 2^d corners of {−1, 1}^d with equal weights: independent signs, of the Gaussian's mean and covariance. */
export function signCorners(dimension: number): NodeSet {
  const count = 2 ** dimension;
  const points = Float64Array.from({ length: count * dimension }, (_, i) =>
    (Math.floor(i / dimension) >> (i % dimension)) & 1 ? 1 : -1,
  );
  return { points, weights: new Float64Array(count).fill(1 / count) };
}
