import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import { checkInteger, checkWithin } from '../base/checks.ts';

/**
 * Evaluates the lower tail of a binomial distribution.
 *
 *     P[X ≤ successes],  X ~ Binomial(trials, probability)
 *
 * The upper tail P[X ≥ s] is `binomialTail(trials, 1 − probability, trials − s)`.
 *
 * Guarantee: relative error of order 10⁻¹² (incomplete beta function), checked against direct summation.
 *
 * @param trials n ≥ 0
 * @param probability p in [0, 1]
 * @param successes any integer; below 0 the tail is 0, from n on it is 1
 * @throws RangeError for arguments outside these ranges
 */
export function binomialTail(trials: number, probability: number, successes: number): number {
  checkInteger('trials', trials, 0);
  checkWithin('probability', probability, 0, 1);
  checkInteger('successes', successes, Number.MIN_SAFE_INTEGER);
  return binomialCdf(successes, trials, probability);
}
