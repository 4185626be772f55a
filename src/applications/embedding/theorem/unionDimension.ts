import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import { violationProbability } from '../tail/violationProbability.ts';

/**
 * Computes the fewest rows at which the exact union bound for Gaussian matrices is below a budget.
 *
 *     min k:  count · P(| χ²_k/k − 1 | > ε) < budget
 *
 * Guarantee: the inequality holds at the k returned and fails at k − 1.
 *
 * @param count directions, at least 1
 * @param distortion ε in (0, 1)
 * @param budget in (0, count]; default 1: then some matrix distorts no direction by more than ε
 * @throws RangeError outside these
 * Cost: about 2·log₂ k probabilities.
 */
export function exactUnionDimension(count: number, distortion: number, budget = 1): number {
  checkInteger('count', count, 1);
  checkAbove('budget', budget, 0);
  const fits = (k: number): boolean => count * violationProbability(k, distortion).value(0, 1 / k) < budget;
  if (fits(1)) return 1;
  let fails = 1;
  let works = 2;
  while (!fits(works)) {
    fails = works;
    works *= 2;
  }
  while (works - fails > 1) {
    const middle = Math.floor((fails + works) / 2);
    if (fits(middle)) works = middle;
    else fails = middle;
  }
  return works;
}

/** A Gaussian matrix as a start: its rows, and the variance of its entries. */
export interface UnionStart {
  readonly rows: number;
  /** c/k; c is below 1, since a χ² has the longer tail above its mean. */
  readonly variance: number;
  /** The union bound there. */
  readonly bound: number;
}

/**
 * Finds the fewest rows at which *some* variance of the entries brings the union bound below a budget.
 *
 *     min k:  min_c count·P(| c·χ²_k/k − 1 | > ε) < budget
 *
 * With c = 1 the upper tail is nearly all of the probability, and k about twice as large as at the scale that balances
 * both.
 *
 * Guarantee: the inequality holds at the rows and the variance returned, and at one row less was not found to.
 *
 * @param count directions, at least 1
 * @param distortion ε in (0, 1)
 * @param budget in (0, count]
 * @throws RangeError outside these
 * Cost: about 80·log₂ k probabilities.
 */
export function scaledUnionStart(count: number, distortion: number, budget: number): UnionStart {
  let works = exactUnionDimension(count, distortion, budget);
  let start = startOf(works, count, distortion);
  let fails = 0;
  while (works - fails > 1) {
    const middle = Math.floor((fails + works) / 2);
    const tried = startOf(middle, count, distortion);
    if (tried.bound < budget) {
      works = middle;
      start = tried;
    } else fails = middle;
  }
  return start;
}

/** The variance at which the union bound is least for so many rows, by golden sections in c. */
export function startOf(rows: number, count: number, distortion: number): UnionStart {
  const probability = violationProbability(rows, distortion);
  const bound = (c: number): number => count * probability.value(0, c / rows);
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (bound(a) < bound(b)) high = b;
    else low = a;
  }
  const c = (low + high) / 2;
  return { rows, variance: c / rows, bound: bound(c) };
}

const golden = (Math.sqrt(5) - 1) / 2;

/**
 * The worst-case formula for the same: k = ⌈4 ln n / (ε²/2 − ε³/3)⌉.
 *
 * Source: S. Dasgupta and A. Gupta, An elementary proof of a theorem of Johnson and Lindenstrauss (2003), Theorem
 * 2.1; as scikit-learn's johnson_lindenstrauss_min_dim has it, rounded up here.
 */
export function worstCaseDimension(pointCount: number, distortion: number): number {
  checkInteger('pointCount', pointCount, 1);
  checkAbove('distortion', distortion, 0);
  checkWithin('distortion', distortion, 0, 1 - Number.EPSILON);
  return Math.max(1, Math.ceil((4 * Math.log(pointCount)) / (distortion ** 2 / 2 - distortion ** 3 / 3)));
}
