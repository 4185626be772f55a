import { checkInteger, checkWithin } from '../base/checks.ts';
import { binomialTail } from './binomialTail.ts';

/** An interval for a success probability. */
export interface ProbabilityInterval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Bounds a success probability from both sides by the exact binomial tails.
 *
 *     lower = inf { p : P_p[X ≥ successes] > errorRate/2 },  upper = sup { p : P_p[X ≤ successes] > errorRate/2 }
 *
 * Guarantee: whatever the true probability, the interval misses it with probability at most errorRate; each end
 * alone with at most errorRate/2. Bisection is rounded outward.
 *
 * @param successes in [0, trials]
 * @param trials at least 1
 * @param errorRate in (0, 1]
 * @throws RangeError for arguments outside these ranges
 *
 * Source: C. Clopper and E. Pearson, Biometrika 26 (1934) 404–413.
 */
export function clopperPearson(successes: number, trials: number, errorRate: number): ProbabilityInterval {
  checkInteger('trials', trials, 1);
  checkInteger('successes', successes, 0, trials);
  checkWithin('errorRate', errorRate, Number.MIN_VALUE, 1);
  return {
    lower: 1 - largestProbability(trials, trials - successes, errorRate / 2),
    upper: largestProbability(trials, successes, errorRate / 2),
  };
}

/** sup { p : P_p[X ≤ successes] > rate }, from above: the tail falls as p grows. */
function largestProbability(trials: number, successes: number, rate: number): number {
  if (successes === trials) return 1;
  let inside = 0;
  let outside = 1;
  // Halving ends when no double lies between the two.
  for (;;) {
    const middle = (inside + outside) / 2;
    if (middle <= inside || middle >= outside) return outside;
    if (binomialTail(trials, middle, successes) > rate) inside = middle;
    else outside = middle;
  }
}
