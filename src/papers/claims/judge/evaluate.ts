import { type RandomStream, randomStream } from '../../../numerics/random/stream.ts';
import { trialsNeeded } from '../../../numerics/statistics/trialsNeeded.ts';
import type { Change, ClaimDefinition, Conditions, Probable, Statement } from '../claim.ts';
import { atLeast, type Comparison, isDecidable, margin } from '../comparison.ts';
import type { Raw } from '../domain.ts';
import { type DrawnStratum, stratumOf } from '../strata.ts';

/** Why a statement says nothing of an instance. */
export type Miss = 'hypothesis-unmet' | 'gave-up' | 'outside' | 'not-affected';

/** What a statement said of one instance, with the faults of the program told apart from the mathematics. */
export type Evaluated =
  | {
      readonly kind: 'compared';
      readonly comparisons: readonly Comparison[];
      readonly holds: boolean;
      /** What makes the instance trivial; undefined where it is not. */
      readonly trivial: string | undefined;
      readonly trials: number;
    }
  | { readonly kind: 'missed'; readonly why: Miss; readonly reason: string }
  | { readonly kind: 'fault'; readonly message: string };

/** What the evaluation of one claim needs besides the instance. */
export interface Evaluation<L extends object, D extends object> {
  readonly definition: ClaimDefinition<L, D>;
  readonly strata: readonly DrawnStratum<L, L & D>[];
  /** A sabotage, or nothing changed. */
  readonly change: Change<L, D> & { readonly applies?: (scope: L & D) => boolean };
  /** For a claim about a probability: the false-alarm rate that one instance may use up. */
  readonly falseAlarmRatePerInstance: number;
  /** Identity of the streams of trials. */
  readonly streamKey: string;
}

/** An instance with everything that is defined on it, before the `define` of a change. */
export interface Prepared<S> {
  readonly scope: S;
  readonly trivial: string | undefined;
}

export function isProbable<S>(statement: Statement<S>): statement is Probable<S> {
  return typeof statement !== 'function';
}

/** Evaluates a claim, or one change of it, on one raw instance. Never throws for what the statement does. */
export async function evaluate<L extends object, D extends object>(
  evaluation: Evaluation<L, D>,
  raw: Raw,
): Promise<Evaluated> {
  return orFault(async () => {
    const prepared = await prepare(evaluation, raw);
    if ('kind' in prepared) return prepared;
    const { define } = evaluation.change;
    const { scope, trivial } = prepared;
    return speak(evaluation, { scope: define ? { ...scope, ...define(scope) } : scope, trivial }, raw);
  });
}

/** Defines everything on an instance, or says why the statement does not speak of it. */
export async function prepare<L extends object, D extends object>(
  { definition, strata, change }: Evaluation<L, D>,
  raw: Raw,
): Promise<Prepared<L & D> | Evaluated> {
  const stratum = stratumOf(strata, raw);
  if (stratum === undefined) throw new RangeError('stratum: expected one of the claim');
  const drawn = stratum.domain.realize(raw);
  const given: L = change.let ? { ...drawn, ...change.let(drawn) } : drawn;
  const scope = { ...given, ...((await definition.define?.(given)) as D) };
  if (change.let === undefined && stratum.when?.(scope) === false)
    return { kind: 'missed', why: 'outside', reason: `not of the stratum ${stratum.name}` };
  if (change.applies?.(scope) === false)
    return { kind: 'missed', why: 'not-affected', reason: 'the sabotage does not apply' };
  return { scope, trivial: firstMet(definition.trivial, scope, true) };
}

/** Evaluates the statement on a scope that is fully defined. */
export async function speak<L extends object, D extends object>(
  evaluation: Evaluation<L, D>,
  { scope, trivial }: Prepared<L & D>,
  raw: Raw,
): Promise<Evaluated> {
  const { definition } = evaluation;
  const unmet = firstMet(definition.assume, scope, false);
  if (unmet !== undefined) return { kind: 'missed', why: 'hypothesis-unmet', reason: unmet };
  const statement = definition.then;
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
    if ('notApplicable' in answer)
      return { kind: 'missed', why: answer.notApplicable, reason: answer.reason };
    said = Array.isArray(answer) ? (answer as readonly Comparison[]) : [answer as Comparison];
  }
  if (said.length === 0) return { kind: 'fault', message: 'the statement made no comparison' };
  const undecidable = said.find((comparison) => !isDecidable(comparison));
  if (undecidable)
    return { kind: 'fault', message: `${undecidable.what}: a side or the tolerance is not a number` };
  const holds = said.every((comparison) => margin(comparison) >= 0);
  return { kind: 'compared', comparisons: said, holds, trivial, trials };
}

/** Turns what is thrown into a fault. */
export async function orFault<T>(act: () => Promise<T>): Promise<T | Extract<Evaluated, { kind: 'fault' }>> {
  try {
    return await act();
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { kind: 'fault', message };
  }
}

/** The first of some conditions that has the wanted value. */
function firstMet<S>(conditions: Conditions<S> | undefined, scope: S, wanted: boolean): string | undefined {
  return Object.entries(conditions ?? {}).find(([, isMet]) => isMet(scope) === wanted)?.[0];
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
