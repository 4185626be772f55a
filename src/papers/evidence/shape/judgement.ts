import { z } from 'zod';
import { witnessShape } from './comparison.ts';
import { count, number } from './scalars.ts';

/**
 * What became of a claim.
 *
 * - `holds`: evaluated on enough instances of every stratum, and every comparison held.
 * - `refuted`: some instance makes a comparison fail.
 * - `vacuous`: a stratum was not met, or half of the instances or more did not meet the hypotheses or were trivial.
 * - `inconclusive`: interrupted, a method gave up too often, a number was not a number, or a fault occurred.
 */
export const judgedVerdict = z.enum(['holds', 'refuted', 'vacuous', 'inconclusive']);

/** `unstated`: in the paper, without a test here. */
export const verdictShape = z.enum([...judgedVerdict.options, 'unstated']);

const stratum = z.object({
  name: z.string(),
  /** Instances drawn for it, by its quota. */
  demanded: count,
  /** Instances of it on which the statement was evaluated and said something. */
  met: count,
  gaveUp: count,
  hypothesisUnmet: count,
  trivial: count,
  /** Instances drawn for it that are not of it. */
  outside: count,
  /** Why instances said nothing, with how many. */
  reasons: z.record(z.string(), count),
});

const comparisonTightness = z.object({
  what: z.string(),
  /** Largest over the instances that are not trivial. */
  tightness: number,
  instances: count,
});

/** What is known of a claim, or of a sabotage of it, besides the verdict. */
export const judgedFields = {
  /** One sentence that says why the verdict is what it is. */
  reason: z.string(),
  /** Instances on which the statement was evaluated and said something. */
  instances: count,
  /** Instances on which it was evaluated and that any method satisfies. */
  trivial: count,
  /** Instances drawn on which it says nothing. */
  hypothesisUnmet: count,
  gaveUp: count,
  /** Trials over all instances; 0 for a claim that is not about a probability. */
  trials: count,
  /** Largest tightness of any comparison on any instance that is not trivial. */
  tightness: number,
  /** The instance that attains it; for a refuted claim, the smallest counterexample found. */
  worst: witnessShape.nullable(),
  /** Largest tightness per instance, counted in ten equal bins of [0, 1]; failures are in the last. */
  histogram: z.array(count).readonly(),
  strata: z.array(stratum).readonly(),
  comparisons: z.array(comparisonTightness).readonly(),
  /** Probability of refuting a true claim that this judgement was designed to have. */
  falseAlarmRate: number,
  /** Seed of the drawn instances. */
  seed: count,
};

/** What is known besides of a sabotage. */
export const sabotageFields = {
  /** The comparison that it must break; empty where it was not judged. */
  comparison: z.string(),
  /** Share of the instances it applies to on which it broke that comparison. */
  share: number,
  /** Least such share with which it counts as refuted. */
  leastShare: number,
  /** The hypothesis that it drops; empty where it drops none. */
  drops: z.string(),
  /** The same instance with the hypothesis restored alone, on which the claim holds. */
  restored: witnessShape.nullable(),
};

export const judgementShape = z.object({ verdict: judgedVerdict, ...judgedFields });
export const sabotageJudgementShape = z.object({
  verdict: judgedVerdict,
  ...judgedFields,
  ...sabotageFields,
});

const passShare = z.object({ name: z.string(), share: number, instances: count });

/** What is known of a null: a trivial method under the claim's own comparisons. */
export const nullFields = {
  verdict: z.enum(['passes', 'fails', 'inconclusive']),
  reason: z.string(),
  /** Comparisons under which it was judged; empty: all. */
  comparisons: z.array(z.string()).readonly(),
  /** Share of the instances that it passes. */
  share: number,
  instances: count,
  /** How often a random method was drawn on each instance. */
  draws: count,
  strata: z.array(passShare).readonly(),
};

export const nullJudgementShape = z.object(nullFields);

/** The evidence of judging one claim. */
export type Judgement = z.output<typeof judgementShape>;
/** The evidence of judging one sabotage. */
export type SabotageJudgement = z.output<typeof sabotageJudgementShape>;
/** The evidence of judging one null. */
export type NullJudgement = z.output<typeof nullJudgementShape>;
/** What became of the instances drawn for one stratum. */
export type StratumCounts = z.output<typeof stratum>;
/** How close one comparison came to failing. */
export type ComparisonTightness = z.output<typeof comparisonTightness>;
