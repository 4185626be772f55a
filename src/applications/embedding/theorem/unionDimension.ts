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
