import { checkWithin } from '../base/checks.ts';
import { binomialTail } from './binomialTail.ts';

/** What a test of "succeeds with probability at least `asserted`" has to be able to tell apart. */
export interface TrialDesign {
  /** p₀ in (0, 1]. */
  readonly asserted: number;
  /** In (0, asserted): a true probability of at most asserted − gap must be noticed. */
  readonly gap: number;
  /** In (0, 1): the probability of refuting although the assertion holds is at most this. */
  readonly falseAlarmRate: number;
  /** In (0, 1): the probability of not noticing a gap is at most this. */
  readonly missRate: number;
}

/** How many trials to make, how many must succeed, and the error rates that this attains. */
export interface TrialPlan {
  readonly trials: number;
  /** The assertion is refuted if fewer trials succeed. */
  readonly fewestSuccesses: number;
  /** P[X < fewestSuccesses] at p₀: at most falseAlarmRate. */
  readonly falseAlarm: number;
  /** P[X ≥ fewestSuccesses] at p₀ − gap: at most missRate. */
  readonly miss: number;
}

/**
 * Computes the smallest number of trials that judges a success probability within two error rates.
 *
 * Guarantee: falseAlarm ≤ falseAlarmRate and miss ≤ missRate, by exact binomial tails; no smaller number of trials
 * admits both, whatever the threshold.
 *
 * @throws RangeError for a value outside its interval
 *
 * Cost: two tails for each number of trials between an information bound and the answer; so about
 * as many tails, of a microsecond each, as there will be trials.
 */
export function trialsNeeded(design: TrialDesign): TrialPlan {
  const { asserted, gap, falseAlarmRate, missRate } = design;
  checkWithin('asserted', asserted, Number.MIN_VALUE, 1);
  checkWithin('gap', gap, Number.MIN_VALUE, asserted * (1 - Number.EPSILON));
  checkWithin('falseAlarmRate', falseAlarmRate, Number.MIN_VALUE, 1 - Number.EPSILON);
  checkWithin('missRate', missRate, Number.MIN_VALUE, 1 - Number.EPSILON);
  const lowered = asserted - gap;
  const first = fewestTrials(asserted, lowered, falseAlarmRate, missRate);
  let fewest = threshold(first, asserted, falseAlarmRate);
  for (let trials = first; ; trials++) {
    // One more trial raises the threshold by at most one.
    if (binomialTail(trials, asserted, fewest) <= falseAlarmRate) fewest++;
    const miss = binomialTail(trials, 1 - lowered, trials - fewest);
    if (miss > missRate) continue;
    const falseAlarm = binomialTail(trials, asserted, fewest - 1);
    return { trials, fewestSuccesses: fewest, falseAlarm, miss };
  }
}

/** The largest s with P[X < s] ≤ rate. */
function threshold(trials: number, probability: number, rate: number): number {
  let low = 0;
  let high = trials + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (binomialTail(trials, probability, middle - 1) <= rate) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * A number of trials below which no test has both error rates: by data processing, n·KL(p₀‖p₁) and n·KL(p₁‖p₀) are
 * at least the divergences between the test's own two acceptance probabilities.
 */
function fewestTrials(p0: number, p1: number, falseAlarmRate: number, missRate: number): number {
  // Rates that a coin toss attains need no trials, and the bound below would not apply.
  if (falseAlarmRate + missRate >= 1) return 1;
  const forward = divergence(1 - falseAlarmRate, missRate) / divergence(p0, p1);
  const backward = divergence(missRate, 1 - falseAlarmRate) / divergence(p1, p0);
  // A margin for rounding: starting too low costs a few tails, too high would lose minimality.
  return Math.max(1, Math.floor(Math.max(forward, backward) * (1 - 1e-9)));
}

/** Kullback–Leibler divergence between coins of probability p and q; infinite where q excludes p. */
function divergence(p: number, q: number): number {
  const heads = p === 0 ? 0 : p * Math.log(p / q);
  const tails = p === 1 ? 0 : (1 - p) * Math.log((1 - p) / (1 - q));
  return heads + tails;
}
