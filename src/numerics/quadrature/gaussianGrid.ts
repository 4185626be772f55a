import { checkInteger } from '../base/checks.ts';
import { gaussHermite } from './gaussHermite.ts';

/** Weighted points that stand for x ~ N(0, I) in `dimension` dimensions. */
export interface GaussianGrid {
  readonly dimension: number;
  /** n^d, n the nodes per axis. */
  readonly count: number;
  /** count·dimension, row-major: point p is entries p·dimension … p·dimension + dimension − 1. */
  readonly points: Float64Array;
  /** count positive weights of sum 1. */
  readonly weights: Float64Array;
}

/** Points a grid may have: 10⁷ of them in 8 dimensions are 720 MB. */
export const gridPointLimit = 10_000_000;

/**
 * Builds the tensor product of Gauss–Hermite rules.
 *
 * Guarantee: exact, to rounding, for every polynomial whose degree in each single variable is at most
 * 2·nodesPerAxis − 1.
 *
 * @param nodesPerAxis n in [1, 256]
 * @param dimension d ≥ 0; with n^d at most 10⁷. In 0 dimensions the grid is one empty point.
 * @returns fresh arrays; the last coordinate varies fastest
 * @throws RangeError for other sizes
 * Cost: n^d·(d + 1) numbers.
 */
export function gaussianGrid(nodesPerAxis: number, dimension: number): GaussianGrid {
  checkInteger('dimension', dimension, 0);
  const { nodes, weights: axisWeights } = gaussHermite(nodesPerAxis);
  const count = nodesPerAxis ** dimension;
  checkInteger('nodesPerAxis ** dimension', count, 1, gridPointLimit);
  const points = new Float64Array(count * dimension);
  const weights = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    let weight = 1;
    let rest = p;
    for (let axis = dimension - 1; axis >= 0; axis--) {
      const digit = rest % nodesPerAxis;
      rest = (rest - digit) / nodesPerAxis;
      points[p * dimension + axis] = nodes[digit];
      weight *= axisWeights[digit];
    }
    weights[p] = weight;
  }
  return { dimension, count, points, weights };
}
