import { checkInteger, checkWithin } from '../base/checks.ts';

/**
 * Bounds the relative error of Lanczos' extreme Ritz value from a random start.
 *
 *     P[ (λ_max − θ_max) / (λ_max − λ_min) > r ] ≤ 1.648 √n e^{−√r (2m − 1)},
 *     so r = ( ln(1.648 √n / p) / (2m − 1) )²
 *
 * Guarantee: with probability at least 1 − failureProbability over a start uniform on the sphere, in exact
 * arithmetic and whatever the spectrum, λ_max − θ_max ≤ r·(λ_max − λ_min); by sign the same holds for the lowest
 * end.
 *
 * @param dimension n, at least 1
 * @param steps m, dimension of the Krylov space, at least 1
 * @param failureProbability p in (0, 1]
 * @returns r in [0, 1]; 1, which says nothing, where the formula exceeds it; 0 where m ≥ n
 * @throws RangeError for arguments outside these ranges
 *
 * Source: J. Kuczyński and H. Woźniakowski, Estimating the largest eigenvalue by the power and Lanczos algorithms
 * with a random start, SIAM J. Matrix Anal. Appl. 13 (1992), theorem 4.2. It is stated there for positive definite
 * A relative to λ_max; Krylov spaces do not see a shift, so it holds relative to the spread.
 */
export function lanczosRelativeError(dimension: number, steps: number, failureProbability: number): number {
  checkInteger('dimension', dimension, 1);
  checkInteger('steps', steps, 1);
  checkWithin('failureProbability', failureProbability, Number.MIN_VALUE, 1);
  if (steps >= dimension) return 0;
  const logRatio = Math.log((1.648 * Math.sqrt(dimension)) / failureProbability);
  return Math.min(1, (logRatio / (2 * steps - 1)) ** 2);
}

/** Bounds on a spectrum that hold with the stated probability. */
export interface ProbableSpectrum {
  /** λ_min is at least this. */
  readonly lowest: number;
  /** λ_max is at most this. */
  readonly highest: number;
  /** Both at once, with at least this probability. */
  readonly probability: number;
}

/**
 * Turns the two extreme Ritz values into bounds on the whole spectrum.
 *
 * With r of {@link lanczosRelativeError} at half the failure probability for each end, the spread S satisfies
 * S ≤ (θ_max − θ_min) / (1 − 2r), so λ_min ≥ θ_min − r·S and λ_max ≤ θ_max + r·S.
 *
 * Guarantee: both hold with probability at least 1 − failureProbability, in exact arithmetic.
 *
 * @param lowest θ_min
 * @param highest θ_max, at least θ_min, from the same run
 * @returns infinite bounds where r ≥ 1/2: too few steps to say anything
 * @throws RangeError as {@link lanczosRelativeError}, or if highest < lowest
 */
export function probableSpectrum(
  lowest: number,
  highest: number,
  dimension: number,
  steps: number,
  failureProbability: number,
): ProbableSpectrum {
  checkWithin('highest', highest, lowest, Number.MAX_VALUE);
  const relative = lanczosRelativeError(dimension, steps, failureProbability / 2);
  const probability = 1 - failureProbability;
  if (relative >= 0.5) return { lowest: Number.NEGATIVE_INFINITY, highest: Infinity, probability };
  const reach = (relative / (1 - 2 * relative)) * (highest - lowest);
  return { lowest: lowest - reach, highest: highest + reach, probability };
}
