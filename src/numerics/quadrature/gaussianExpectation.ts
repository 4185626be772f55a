import { checkInteger, checkWithin } from '../base/checks.ts';
import { compensatedSum } from '../linalg/compensatedSum.ts';
import { gaussianGrid, gridPointLimit } from './gaussianGrid.ts';

export interface ExpectationOptions {
  /** Nodes an axis to start from; default 8. */
  readonly nodesPerAxis?: number;
  /** Error at which doubling ends, absolute; default 0: until the estimate is rounding or the limit is met. */
  readonly tolerance?: number;
  /** Most nodes an axis, at most 256; default 128. */
  readonly mostNodes?: number;
}

export interface Expectation {
  /**
   * - `converged`: the error estimate is at most the tolerance, or rounding alone.
   * - `node-limit`: more nodes were not allowed; value and estimate are the best there is.
   */
  readonly outcome: 'converged' | 'node-limit';
  readonly value: number;
  /** 2(|E_n − E_{n/2}| + |E_n − E_{n−1}|) + rounding, for the value E_n: an estimate. */
  readonly error: number;
  readonly nodesPerAxis: number;
}

/**
 * Estimates E f(x), x ~ N(0, I), with an estimate of the error, by doubling the nodes of a tensor grid.
 *
 * Doubling alone is not enough to tell the error: for f with poles near the axis it changes sign from one node
 * count to the next, and the difference E_n − E_{n/2} vanishes now and then, being up to 500 times too small over
 * 30,000 functions tanh(wx + b) and the like. A neighbour of the other parity shows what doubling hides; twice the
 * sum of both differences covered the error in all of them.
 *
 * Guarantee: if f is a polynomial whose degree in each variable is below twice the starting nodes, less two, the
 * value is exact to rounding and the error says so. Otherwise the error is an estimate.
 *
 * @param f called with a buffer of `dimension` entries that is reused
 * @param dimension d ≥ 1
 * @returns `non-finite` if f was not finite at a node
 * @throws RangeError for options outside their ranges, or if even the first two grids exceed 10⁷ points
 *
 * Cost: f at every point of every grid; the last two have 2^d times the points of the ones before.
 */
export function gaussianExpectation(
  f: (x: Float64Array) => number,
  dimension: number,
  options: ExpectationOptions = {},
): Expectation | { readonly outcome: 'non-finite' } {
  const { nodesPerAxis: first = 8, tolerance = 0, mostNodes = 128 } = options;
  checkInteger('dimension', dimension, 1);
  checkInteger('mostNodes', mostNodes, 2, 256);
  checkInteger('nodesPerAxis', first, 1, Math.floor(mostNodes / 2));
  checkWithin('tolerance', tolerance, 0, Number.MAX_VALUE);
  let coarse = gridSum(f, dimension, first);
  for (let nodes = 2 * first; ; nodes *= 2) {
    const fine = gridSum(f, dimension, nodes);
    if (!Number.isFinite(coarse.value) || !Number.isFinite(fine.value)) return { outcome: 'non-finite' };
    const neighbour = gridSum(f, dimension, nodes - 1);
    if (!Number.isFinite(neighbour.value)) return { outcome: 'non-finite' };
    const difference = Math.abs(fine.value - coarse.value) + Math.abs(fine.value - neighbour.value);
    const error = 2 * difference + fine.rounding;
    const result = { value: fine.value, error, nodesPerAxis: nodes };
    if (error <= tolerance || difference <= 2 * fine.rounding + coarse.rounding + neighbour.rounding) {
      return { outcome: 'converged', ...result };
    }
    if (2 * nodes > mostNodes || (2 * nodes) ** dimension > gridPointLimit) {
      return { outcome: 'node-limit', ...result };
    }
    coarse = fine;
  }
}

/** Σ w f over a grid, with a bound on the rounding of its weights, products and sum. */
function gridSum(f: (x: Float64Array) => number, dimension: number, nodesPerAxis: number) {
  const { count, points, weights } = gaussianGrid(nodesPerAxis, dimension);
  const terms = new Float64Array(count);
  const x = new Float64Array(dimension);
  let magnitude = 0;
  for (let p = 0; p < count; p++) {
    for (let i = 0; i < dimension; i++) x[i] = points[p * dimension + i];
    terms[p] = weights[p] * f(x);
    magnitude += Math.abs(terms[p]);
  }
  // A weight of one axis is good to about n roundings, the recurrence behind it having n steps.
  const roundings = dimension * (nodesPerAxis + 2) + 4;
  return { value: compensatedSum(terms), rounding: roundings * Number.EPSILON * magnitude };
}
