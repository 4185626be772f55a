import type { Witness } from '../../evidence/shape/comparison.ts';
import type { SabotageJudgement } from '../../evidence/shape/judgement.ts';
import type { Sabotage } from '../claim.ts';
import { type Comparison, margin } from '../comparison.ts';
import type { Raw } from '../domain.ts';
import { type DrawnStratum, strataOf } from '../strata.ts';
import { type Batch, visit } from './draws.ts';
import { type Evaluated, type Evaluation, evaluate } from './evaluate.ts';
import { refutation, statementRate } from './judge.ts';
import { batchesFor, type JudgeRequest } from './request.ts';
import { Tally } from './tally.ts';
import type { Reasoned } from './verdict.ts';
import { worstWitness } from './witness.ts';

/** Evaluations that are spent by default on making a witness smaller: sabotages are many. */
const defaultShrinks = 20;
/** Least share of the instances it applies to on which a sabotage has to break its comparison, by default. */
const defaultShare = 0.5;
/** On how many of the broken instances the claim has to be restored. */
const mostRestored = 5;
/** On how many instances a sabotage or a null is judged by default, at most. */
const mostInstances = 20;

/** On how many instances a sabotage or a null is judged: as many as it says, else as many as the claim up to 20. */
export function judgedOn(own: number | undefined, claim: number): number {
  return own ?? Math.min(claim, mostInstances);
}

/**
 * Judges a sabotage of a claim on drawn instances.
 *
 * Guarantee: `refuted` only where the comparison that it names failed on at least the stated share of the instances it
 * applies to, no instance was at fault, and, where it drops a hypothesis, the claim holds on broken instances once
 * that hypothesis is restored. An instance that gave up is not broken; one that is trivial, misses the hypotheses or
 * does not make the comparison is none that it applies to.
 */
export async function judgeSabotage<L extends object, D extends object>(
  request: JudgeRequest<L, D>,
  name: string,
): Promise<SabotageJudgement> {
  const sabotage = request.definition.sabotage[name];
  const instances = judgedOn(sabotage.instances, request.instances);
  return new Trial({ ...request, instances }, sabotage).run();
}

/** A broken instance with where it was found. */
interface Broken {
  readonly batch: Batch;
  readonly path: string;
  readonly raw: Raw;
  readonly witness: Witness;
}

/** The judgement of one sabotage. */
class Trial<L extends object, D extends object> {
  readonly #request: JudgeRequest<L, D>;
  readonly #sabotage: Sabotage<L, D>;
  readonly #breaks: string;
  readonly #batches: readonly Batch[];
  readonly #evaluation: Evaluation<L, D>;
  readonly #tally: Tally;
  readonly #broken: Broken[] = [];
  /** Instances that gave up, or that make the comparison. */
  #applied = 0;
  #compared = 0;
  #othersFailed = 0;
  #fault: string | undefined;

  constructor(request: JudgeRequest<L, D>, sabotage: Sabotage<L, D>) {
    const all = strataOf(request.definition, request.profile);
    const strata = all.filter(({ name }) => sabotage.strata?.includes(name) ?? true);
    checkStrata(all, sabotage.strata ?? []);
    this.#request = request;
    this.#sabotage = sabotage;
    this.#breaks = sabotage.breaks;
    this.#batches = batchesFor(request, strata);
    this.#tally = new Tally(this.#batches);
    this.#evaluation = {
      definition: request.definition,
      strata: all,
      change: sabotage,
      falseAlarmRatePerInstance: statementRate(request) / request.instances,
      streamKey: request.streamKey,
    };
  }

  async run(): Promise<SabotageJudgement> {
    const { profile, seed } = this.#request;
    const leastShare = this.#sabotage.share ?? defaultShare;
    for (const batch of this.#batches) {
      let run = 0;
      const count = (raw: Raw): Promise<boolean> => this.#count(batch, raw, String(run++));
      const { interrupted } = await visit(batch, count, { profile, endOnFailure: true });
      if (interrupted) this.#fault ??= `interrupted after ${this.#tally.instances} instances`;
      if (this.#fault !== undefined) break;
    }
    const share = this.#applied === 0 ? 0 : this.#broken.length / this.#applied;
    let outcome = this.#outcome(share, leastShare);
    const [first] = this.#broken;
    const worst = outcome.verdict === 'refuted' && first ? await this.#shrunk(first) : this.#tally.worst;
    let restored: Witness | null = null;
    if (outcome.verdict === 'refuted' && worst !== null) {
      outcome = { verdict: 'refuted', reason: refutation(worst) };
      if (this.#sabotage.drops !== undefined) {
        const result = await this.#restored(worst.instance);
        if ('reason' in result) outcome = { verdict: 'inconclusive', reason: result.reason };
        else restored = result;
      }
    }
    return {
      ...this.#tally.counts(),
      ...outcome,
      worst,
      tightness: worst?.tightness ?? 0,
      falseAlarmRate: 0,
      seed,
      comparison: this.#breaks,
      share,
      leastShare,
      drops: this.#sabotage.drops ?? '',
      restored,
    };
  }

  #outcome(share: number, least: number): Reasoned {
    const { verdict, reason } = this.#verdict(share, least);
    return { verdict, reason };
  }

  #verdict(share: number, least: number): Reasoned {
    if (this.#fault !== undefined) return { verdict: 'inconclusive', reason: this.#fault };
    if (this.#applied === 0 && this.#tally.instances === 0)
      return { verdict: 'vacuous', reason: `it applies to none of the instances: ${this.#tally.lastMiss}` };
    if (this.#compared === 0) {
      const reason =
        this.#applied > 0
          ? `gave up on all ${this.#applied} instances: ${this.#tally.lastMiss}`
          : `no instance makes the comparison "${this.#breaks}"`;
      return { verdict: 'inconclusive', reason };
    }
    if (this.#broken.length > 0 && share >= least) return { verdict: 'refuted', reason: '' };
    const others = this.#othersFailed > 0 ? `; another one fails on ${this.#othersFailed}` : '';
    const reason = `"${this.#breaks}" fails on ${this.#broken.length} of ${this.#applied} instances, and has to on a share of ${least}${others}`;
    return { verdict: 'holds', reason };
  }

  async #count(batch: Batch, raw: Raw, path: string): Promise<boolean> {
    const evaluated = await evaluate(this.#evaluation, raw);
    this.#request.observe?.(evaluated, raw);
    if (evaluated.kind === 'fault') {
      this.#fault ??= `${evaluated.message} on instance ${JSON.stringify(raw)}`;
      return false;
    }
    if (evaluated.kind === 'missed') {
      this.#tally.missed(batch.stratum, evaluated.why, evaluated.reason);
      if (evaluated.why === 'gave-up') this.#applied++;
      return true;
    }
    const comparisons = named(evaluated, this.#breaks);
    const [any = evaluated.comparisons[0]] = comparisons;
    const witness = worstWitness(raw, path, comparisons.length > 0 ? comparisons : [any]);
    this.#tally.compared(batch.stratum, witness, { ...evaluated, comparisons });
    if (evaluated.trivial !== undefined || comparisons.length === 0) return true;
    this.#applied++;
    this.#compared++;
    if (comparisons.some(fails)) this.#broken.push({ batch, path, raw, witness });
    else if (!evaluated.holds) this.#othersFailed++;
    return true;
  }

  /** The smallest instance found that breaks the comparison, starting from a broken one. */
  async #shrunk({ batch, path, raw: found, witness }: Broken): Promise<Witness> {
    let smallest = witness;
    let left = 1 + (this.#request.shrinks ?? defaultShrinks);
    const isFine = async (raw: Raw): Promise<boolean> => {
      if (left-- <= 0) return true;
      if (raw === found) return false;
      const evaluated = await evaluate(this.#evaluation, raw);
      if (evaluated.kind !== 'compared' || evaluated.trivial !== undefined) return true;
      const comparisons = named(evaluated, this.#breaks);
      if (!comparisons.some(fails)) return true;
      smallest = worstWitness(raw, path, comparisons);
      return false;
    };
    const { failurePath } = await visit(batch, isFine, {
      profile: this.#request.profile,
      endOnFailure: false,
      startAt: path,
    });
    return { ...smallest, path: failurePath ?? path };
  }

  /** A witness that the claim holds where the hypothesis is restored; or why it does not. */
  async #restored(smallest: Raw): Promise<Witness | { readonly reason: string }> {
    const words = `restoring "${this.#sabotage.drops}"`;
    const change = this.#sabotage.restored ?? {};
    let restored: Witness | undefined;
    let missed = '';
    const others = this.#broken.slice(0, mostRestored - 1).map(({ raw }) => raw);
    for (const raw of [smallest, ...others]) {
      const evaluated = await evaluate({ ...this.#evaluation, change }, raw);
      if (evaluated.kind === 'fault') return { reason: `${words}: ${evaluated.message}` };
      if (evaluated.kind === 'missed') {
        missed = evaluated.reason;
        continue;
      }
      const witness = worstWitness(raw, '', evaluated.comparisons);
      if (!evaluated.holds) return { reason: `${words} does not restore the claim: ${refutation(witness)}` };
      restored ??= witness;
    }
    return restored ?? { reason: `${words} does not restore the claim on any instance: ${missed}` };
  }
}

function named({ comparisons }: Extract<Evaluated, { kind: 'compared' }>, what: string): Comparison[] {
  return comparisons.filter((comparison) => comparison.what === what);
}

function fails(comparison: Comparison): boolean {
  return margin(comparison) < 0;
}

function checkStrata<L, S>(all: readonly DrawnStratum<L, S>[], wanted: readonly string[]): void {
  const unknown = wanted.find((name) => !all.some((stratum) => stratum.name === name));
  if (unknown !== undefined) throw new RangeError(`strata: expected strata of the claim, got "${unknown}"`);
}
