import { z } from 'zod';
import { witnessShape } from './comparison.ts';
import { count, number } from './scalars.ts';

/**
 * What became of a claim.
 *
 * - `holds`: evaluated on enough instances, and every comparison held.
 * - `refuted`: some instance makes a comparison fail.
 * - `vacuous`: hardly any drawn instance met the hypotheses, or an interesting class was not met.
 * - `inconclusive`: interrupted, a method gave up too often, a number was not a number, or a fault occurred.
 */
export const judgedVerdict = z.enum(['holds', 'refuted', 'vacuous', 'inconclusive']);

/** `unstated`: in the paper, without a test here. */
export const verdictShape = z.enum([...judgedVerdict.options, 'unstated']);

const coverage = z.object({ observed: number, demanded: number });

/** What is known of a claim, or of a sabotage of it, besides the verdict. */
export const judgedFields = {
  /** One sentence that says why the verdict is what it is. */
  reason: z.string(),
  /** Instances on which the statement was evaluated. */
  instances: count,
  /** Instances drawn on which it says nothing. */
  hypothesisUnmet: count,
  gaveUp: count,
  /** Trials over all instances; 0 for a claim that is not about a probability. */
  trials: count,
  /** Largest tightness of any comparison on any instance. */
  tightness: number,
  /** The instance that attains it; for a refuted claim, the smallest counterexample found. */
  worst: witnessShape.nullable(),
  /** Largest tightness per instance, counted in ten equal bins of [0, 1]; failures are in the last. */
  histogram: z.array(count).readonly(),
  coverage: z.record(z.string(), coverage),
  /** Probability of refuting a true claim that this judgement was designed to have. */
  falseAlarmRate: number,
  /** Seed handed to fast-check. */
  seed: count,
};

export const judgementShape = z.object({ verdict: judgedVerdict, ...judgedFields });

/** The evidence of judging one claim, or one sabotage of it. */
export type Judgement = z.output<typeof judgementShape>;
