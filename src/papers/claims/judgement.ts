import { type Comparison, margin, tightness } from './comparison.ts';
import type { Raw } from './domain.ts';

/**
 * What became of a claim.
 *
 * - `holds`: evaluated on enough instances, and every comparison held.
 * - `refuted`: some instance makes a comparison fail.
 * - `vacuous`: hardly any drawn instance met the hypotheses, or an interesting class was not met.
 * - `inconclusive`: interrupted, a method gave up too often, a number was not a number, or a fault occurred.
 * - `unstated`: in the paper, without a test here.
 */
export type Verdict = 'holds' | 'refuted' | 'vacuous' | 'inconclusive' | 'unstated';

/** An instance with the comparison that came closest to failing on it, or failed. */
export interface Witness {
  readonly instance: Raw;
  readonly comparison: Comparison;
  readonly margin: number;
  readonly tightness: number;
  /** Where fast-check finds the instance again, given the seed. */
  readonly path: string;
}

/** The evidence of judging one claim, or one sabotage of it. */
export interface Judgement {
  readonly verdict: Exclude<Verdict, 'unstated'>;
  /** One sentence that says why the verdict is what it is. */
  readonly reason: string;
  /** Instances on which the statement was evaluated. */
  readonly instances: number;
  /** Instances drawn on which it says nothing. */
  readonly hypothesisUnmet: number;
  readonly gaveUp: number;
  /** Trials over all instances; 0 for a claim that is not about a probability. */
  readonly trials: number;
  /** Largest tightness of any comparison on any instance. */
  readonly tightness: number;
  /** The instance that attains it; for a refuted claim, the smallest counterexample found. */
  readonly worst: Witness | null;
  /** Largest tightness per instance, counted in ten equal bins of [0, 1]; failures are in the last. */
  readonly histogram: readonly number[];
  readonly coverage: Readonly<Record<string, { readonly observed: number; readonly demanded: number }>>;
  /** Probability of refuting a true claim that this judgement was designed to have. */
  readonly falseAlarmRate: number;
  /** Seed handed to fast-check. */
  readonly seed: number;
}

/** The comparison of largest tightness, as a witness. */
export function worstWitness(instance: Raw, path: string, comparisons: readonly Comparison[]): Witness {
  let worst = comparisons[0];
  for (const comparison of comparisons) if (tightness(comparison) > tightness(worst)) worst = comparison;
  return { instance, path, comparison: worst, margin: margin(worst), tightness: tightness(worst) };
}
