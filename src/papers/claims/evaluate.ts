import { type RandomStream, randomStream } from '../../numerics/random/stream.ts';
import { trialsNeeded } from '../../numerics/statistics/trialsNeeded.ts';
import {
  type ClaimDefinition,
  type Domains,
  hypothesisUnmet,
  type NotApplicable,
  type Probable,
  type Sabotage,
  type Statement,
} from './claim.ts';
import { atLeast, type Comparison, isDecidable, margin } from './comparison.ts';
import { type Domain, type Raw, record } from './domain.ts';
import type { Profile } from './settings.ts';

/** What a statement said of one instance, with the faults of the program told apart from the mathematics. */
export type Evaluated =
  | {
      readonly kind: 'compared';
      readonly comparisons: readonly Comparison[];
      readonly holds: boolean;
      readonly trials: number;
      readonly covered: readonly string[];
    }
  | ({ readonly kind: 'not-applicable' } & NotApplicable)
  | { readonly kind: 'fault'; readonly message: string };

/** What the evaluation of one claim needs besides the instance. */
export interface Evaluation<L extends object, D extends object> {
  readonly definition: ClaimDefinition<L, D>;
  readonly profile: Profile;
  readonly sabotage: Sabotage<L, D> | undefined;
  /** For a claim about a probability: the false-alarm rate that one instance may use up. */
  readonly falseAlarmRatePerInstance: number;
  /** Identity of the streams of trials. */
  readonly streamKey: string;
}

/** The domain a claim quantifies over in a profile. */
export function domainOf<L extends object, D extends object>(
  definition: ClaimDefinition<L, D>,
  profile: Profile,
): Domain<L> {
  const domains: Domains<L> = typeof definition.let === 'function' ? definition.let(profile) : definition.let;
  return record<L>(domains);
}

export function isProbable<S>(statement: Statement<S>): statement is Probable<S> {
  return typeof statement !== 'function';
}

/** Evaluates a claim, or one sabotage of it, on one raw instance. Never throws for what the statement does. */
export async function evaluate<L extends object, D extends object>(
  evaluation: Evaluation<L, D>,
  domain: Domain<L>,
  raw: Raw,
): Promise<Evaluated> {
  try {
    const { definition, sabotage } = evaluation;
    const drawn = domain.realize(raw);
    const given: L = sabotage?.let ? { ...drawn, ...sabotage.let(drawn) } : drawn;
    const defined = { ...given, ...((await definition.define?.(given)) as D) };
    const scope: L & D = sabotage?.define ? { ...defined, ...sabotage.define(defined) } : defined;
    const unmet = Object.entries(definition.assume ?? {}).find(([, isMet]) => !isMet(scope));
    if (unmet) return { kind: 'not-applicable', ...hypothesisUnmet(unmet[0]) };
    const covered = Object.entries(definition.covers ?? {}).flatMap(([name, { when }]) =>
      when(scope) ? [name] : [],
    );
    return await say(evaluation, scope, raw, covered);
  } catch (error) {
    return {
      kind: 'fault',
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
}

async function say<L extends object, D extends object>(
  evaluation: Evaluation<L, D>,
  scope: L & D,
  raw: Raw,
  covered: readonly string[],
): Promise<Evaluated> {
  const statement = evaluation.definition.then;
  let said: readonly Comparison[];
  let trials = 0;
  if (isProbable(statement)) {
    const stream = randomStream(`${evaluation.streamKey}:${JSON.stringify(raw)}`);
    const counted = countTrials(statement, scope, stream, evaluation.falseAlarmRatePerInstance);
    if (typeof counted === 'string') return { kind: 'fault', message: counted };
    said = [counted.comparison];
    trials = counted.trials;
  } else {
    const answer = await statement(scope);
    if ('notApplicable' in answer) return { kind: 'not-applicable', ...answer };
    said = Array.isArray(answer) ? (answer as readonly Comparison[]) : [answer as Comparison];
  }
  if (said.length === 0) return { kind: 'fault', message: 'the statement made no comparison' };
  const undecidable = said.find((comparison) => !isDecidable(comparison));
  if (undecidable)
    return { kind: 'fault', message: `${undecidable.what}: a side or the tolerance is not a number` };
  return { kind: 'compared', comparisons: said, holds: said.every((c) => margin(c) >= 0), trials, covered };
}

/** Runs as many trials as the stated error rates need; a string says which trial could not be decided. */
function countTrials<S>(
  { atLeast: probability, detecting, missRate, trial }: Probable<S>,
  scope: S,
  stream: RandomStream,
  falseAlarmRate: number,
): { comparison: Comparison; trials: number } | string {
  const asserted = probability(scope);
  const { trials, fewestSuccesses } = trialsNeeded({ asserted, gap: detecting, falseAlarmRate, missRate });
  let successes = 0;
  for (let i = 0; i < trials; i++) {
    const comparison = trial(scope, stream.fork(i));
    if (!isDecidable(comparison)) return `${comparison.what}: a side of trial ${i} is not a number`;
    if (margin(comparison) >= 0) successes++;
  }
  const allowance = {
    // One ulp more: the share at the threshold itself must pass whichever way the division rounds.
    value: Math.max(0, asserted - fewestSuccesses / trials) + Number.EPSILON,
    because: `exact binomial: ${fewestSuccesses} of ${trials} successes suffice at false-alarm rate ${falseAlarmRate.toExponential(1)}, and a probability lower by ${detecting} is missed with probability at most ${missRate}`,
  };
  const comparison = atLeast('share of successful trials', successes / trials, asserted, allowance, {
    successes,
    trials,
  });
  return { comparison, trials };
}
