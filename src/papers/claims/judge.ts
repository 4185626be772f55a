import fc from 'fast-check';
import { binomialTail } from '../../numerics/statistics/binomialTail.ts';
import type { Witness } from '../evidence/shape/comparison.ts';
import type { Judgement } from '../evidence/shape/judgement.ts';
import type { ClaimDefinition } from './claim.ts';
import type { Draw, Raw } from './domain.ts';
import { domainOf, type Evaluation, evaluate, isProbable } from './evaluate.ts';
import type { Profile } from './settings.ts';
import { worstWitness } from './witness.ts';

/** One judgement to be made. */
export interface Hearing<L extends object, D extends object> {
  readonly definition: ClaimDefinition<L, D>;
  readonly profile: Profile;
  readonly instances: number;
  /** 32-bit seed of the drawn instances. */
  readonly seed: number;
  /** Identity of the streams of trials. */
  readonly streamKey: string;
  /** What this claim may use of the suite's false-alarm budget. */
  readonly falseAlarmRate: number;
  /** Name of the sabotage to judge in place of the claim. */
  readonly sabotage?: string;
  /** Evaluations that may be spent on making a counterexample smaller; 40 by default. */
  readonly shrinks?: number;
  /** Judge this raw instance only. */
  readonly only?: Raw;
}

/** A count and not a time, so that evidence is repeatable. */
const defaultShrinks = 40;
/** Minutes after which a hearing is interrupted, which is inconclusive and never green. */
const mostMinutes: Readonly<Record<Profile, number>> = { smoke: 20, quick: 40, full: 240 };
/**
 * Shares of the drawn instances beyond which a claim says too little to be called holding. Like a coverage demand,
 * each is held against its count by the exact binomial tail: a few unlucky draws are no verdict.
 */
const mostGivenUp = 0.1;
const mostUnmet = 0.5;
const histogramBins = 10;

/**
 * How much of a claim's share of the false-alarm budget goes to the statement: half. A quarter goes to coverage, a
 * quarter to give-ups and unmet hypotheses.
 */
export function mostSampledRate(falseAlarmRate: number): number {
  return falseAlarmRate / 2;
}

/**
 * Judges a claim, or a sabotage of it, on drawn instances.
 *
 * Guarantee: `holds` only where every drawn instance was evaluated without a fault and every comparison held, and
 * where the counts are such as are drawn when at most 10 % give up, at most half miss the hypotheses, and every
 * coverage demand is met. The judgement depends on the hearing alone, unless it is interrupted.
 */
export async function judge<L extends object, D extends object>(hearing: Hearing<L, D>): Promise<Judgement> {
  const { definition, profile, seed, sabotage, shrinks: shrinkLimit = defaultShrinks } = hearing;
  const domain = domainOf(definition, profile);
  const instances = hearing.only === undefined ? hearing.instances : 1;
  const sampledRate = (definition.sampledFailureRate ?? 0) * hearing.instances;
  if (sabotage === undefined && sampledRate > mostSampledRate(hearing.falseAlarmRate)) {
    throw new RangeError(
      `sampledFailureRate: expected at most ${mostSampledRate(hearing.falseAlarmRate) / hearing.instances} an instance`,
    );
  }
  const statementRate = isProbable(definition.then) ? hearing.falseAlarmRate / 2 : sampledRate;
  const demands = Object.entries(definition.covers ?? {});
  const evaluation: Evaluation<L, D> = {
    definition,
    profile,
    sabotage: sabotage === undefined ? undefined : definition.sabotage[sabotage],
    // A replay of one instance makes the same trials as the hearing it is replayed from.
    falseAlarmRatePerInstance: statementRate / hearing.instances,
    streamKey: hearing.streamKey,
  };

  const tally = new Tally();
  const arbitrary = hearing.only === undefined ? arbitraryOf(domain.draw) : fc.constant(hearing.only);
  let shrinks = 0;
  const property = fc.asyncProperty(arbitrary, async (raw) => {
    if (tally.stopped && ++shrinks > shrinkLimit) return true;
    const evaluated = await evaluate(evaluation, domain, raw);
    if (evaluated.kind === 'compared') return tally.compared(raw, evaluated);
    if (evaluated.kind === 'not-applicable') return tally.missed(evaluated.notApplicable, evaluated.reason);
    return tally.faulted(raw, evaluated.message);
  });
  const details = await fc.check(property, {
    seed,
    numRuns: instances,
    endOnFailure: isProbable(definition.then),
    markInterruptAsFailure: true,
    interruptAfterTimeLimit: mostMinutes[profile] * 60_000,
  });

  const coverage: Record<string, { observed: number; demanded: number }> = {};
  const uncovered: string[] = [];
  for (const [name, { atLeast: demanded }] of demands) {
    const count = tally.covered.get(name) ?? 0;
    coverage[name] = { observed: tally.instances > 0 ? count / tally.instances : 0, demanded };
    const rate = hearing.falseAlarmRate / (4 * demands.length);
    if (binomialTail(tally.instances, demanded, count) < rate) uncovered.push(name);
  }

  const shareRate = hearing.falseAlarmRate / 8;
  const exceeds = (share: number, count: number): boolean =>
    binomialTail(instances, 1 - share, instances - count) < shareRate;

  const common = {
    instances: tally.instances,
    hypothesisUnmet: tally.unmet,
    gaveUp: tally.gaveUp,
    trials: tally.trials,
    tightness: tally.worst?.tightness ?? 0,
    worst: tally.worst,
    histogram: tally.histogram,
    coverage,
    falseAlarmRate: statementRate + 2 * shareRate + (demands.length > 0 ? hearing.falseAlarmRate / 4 : 0),
    seed,
  };
  const conclude = (verdict: Judgement['verdict'], reason: string): Judgement => ({
    ...common,
    verdict,
    reason,
  });
  if (tally.fault !== null) return conclude('inconclusive', tally.fault);
  if (tally.refuted && tally.worst !== null) {
    const worst = { ...tally.worst, path: details.counterexamplePath ?? tally.worst.path };
    return { ...conclude('refuted', refutation(worst)), worst };
  }
  if (details.interrupted) return conclude('inconclusive', `interrupted after ${tally.instances} instances`);
  if (exceeds(mostGivenUp, tally.gaveUp) || (tally.instances === 0 && tally.gaveUp > 0)) {
    return conclude(
      'inconclusive',
      `gave up on ${tally.gaveUp} of ${instances} instances: ${tally.lastMiss}`,
    );
  }
  if (exceeds(mostUnmet, tally.unmet) || tally.instances === 0) {
    return conclude(
      'vacuous',
      `hypotheses unmet on ${tally.unmet} of ${instances} instances: ${tally.lastMiss}`,
    );
  }
  if (uncovered.length > 0 && hearing.only === undefined) {
    return conclude('vacuous', `hardly any instance with: ${uncovered.join(', ')}`);
  }
  return conclude('holds', `held on ${tally.instances} instances`);
}

/** Running counts of one hearing; while a counterexample is made smaller, only the counterexample changes. */
class Tally {
  instances = 0;
  unmet = 0;
  gaveUp = 0;
  trials = 0;
  runs = 0;
  worst: Witness | null = null;
  readonly histogram: number[] = new Array(histogramBins).fill(0);
  readonly covered = new Map<string, number>();
  fault: string | null = null;
  refuted = false;
  lastMiss = '';

  get stopped(): boolean {
    return this.refuted || this.fault !== null;
  }

  compared(
    raw: Raw,
    evaluated: Extract<Awaited<ReturnType<typeof evaluate>>, { kind: 'compared' }>,
  ): boolean {
    const witness = worstWitness(raw, String(this.runs), evaluated.comparisons);
    if (this.fault !== null) return true;
    if (this.refuted) {
      if (!evaluated.holds) this.worst = witness;
      return evaluated.holds;
    }
    this.runs++;
    this.instances++;
    this.trials += evaluated.trials;
    for (const name of evaluated.covered) this.covered.set(name, (this.covered.get(name) ?? 0) + 1);
    this.histogram[Math.min(histogramBins - 1, Math.floor(witness.tightness * histogramBins))]++;
    if (!evaluated.holds) this.refuted = true;
    if (this.refuted || this.worst === null || witness.tightness > this.worst.tightness) this.worst = witness;
    return evaluated.holds;
  }

  missed(why: 'hypothesis-unmet' | 'gave-up', reason: string): boolean {
    if (this.refuted) return true;
    this.runs++;
    this.lastMiss = reason;
    if (why === 'gave-up') this.gaveUp++;
    else this.unmet++;
    return true;
  }

  faulted(raw: Raw, message: string): boolean {
    // A fault met while shrinking a genuine counterexample says nothing about the counterexample.
    if (this.refuted) return true;
    this.fault ??= `${message} on instance ${JSON.stringify(raw)}`;
    return false;
  }
}

function refutation({ comparison }: Witness): string {
  const { what, left, relation, right, tolerance } = comparison;
  return `${what}: ${left} ${relation} ${right} fails beyond ${tolerance.value} (${tolerance.because})`;
}

/** Seeds and choices are drawn without fast-check's bias towards the ends: an end of a seed is no edge case. */
function arbitraryOf(draw: Draw): fc.Arbitrary<Raw> {
  switch (draw.kind) {
    case 'integer':
      return fc.integer({ min: draw.least, max: draw.most });
    case 'choice':
      return fc.noBias(fc.constantFrom(...draw.names));
    case 'seed':
      return fc.noShrink(fc.noBias(fc.integer({ min: 0, max: 0x7fffffff })));
    case 'record':
      return fc.record(
        Object.fromEntries(Object.entries(draw.fields).map(([name, field]) => [name, arbitraryOf(field)])),
        { noNullPrototype: true },
      );
  }
}
