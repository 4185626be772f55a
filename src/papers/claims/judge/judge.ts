import type { Witness } from '../../evidence/shape/comparison.ts';
import type { Judgement } from '../../evidence/shape/judgement.ts';
import type { Raw } from '../domain.ts';
import { strataOf } from '../strata.ts';
import { visit } from './draws.ts';
import { type Evaluation, evaluate, isProbable } from './evaluate.ts';
import { batchesFor, type JudgeRequest, type Observe } from './request.ts';
import { Tally } from './tally.ts';
import { type Reasoned, shortcoming } from './verdict.ts';
import { worstWitness } from './witness.ts';

/** A count and not a time, so that evidence is repeatable. */
const defaultShrinks = 40;

/** The part of a request's false-alarm budget that the statement spends: sampled tolerances, or all of its trials. */
export function statementRate<L extends object, D extends object>({
  definition,
  instances,
  falseAlarmRate,
}: JudgeRequest<L, D>): number {
  return isProbable(definition.then) ? falseAlarmRate : (definition.sampledFailureRate ?? 0) * instances;
}

/**
 * Judges a claim on drawn instances.
 *
 * Guarantee: `holds` only where every drawn instance was evaluated without a fault, every comparison held, and nothing
 * is to be said against the counts (see `shortcoming`). The judgement depends on the request alone, unless it is
 * interrupted.
 *
 * @throws RangeError for a rate of sampled failures beyond the claim's allowance.
 */
export async function judge<L extends object, D extends object>(
  request: JudgeRequest<L, D>,
): Promise<Judgement> {
  const { definition, profile } = request;
  checkSampledRate(request);
  const strata = strataOf(definition, profile);
  const batches = batchesFor(request, strata);
  const rate = statementRate(request);
  const course = new Course(request, new Tally(batches), {
    definition,
    strata,
    change: {},
    // A replay of one instance makes the same trials as the judgement it is replayed from.
    falseAlarmRatePerInstance: rate / request.instances,
    streamKey: request.streamKey,
  });
  let interrupted = false;
  for (const batch of batches) {
    const visited = await visit(batch, (raw) => course.passes(batch.stratum, raw), {
      profile,
      endOnFailure: isProbable(definition.then),
    });
    course.foundAt(visited.failurePath);
    interrupted ||= visited.interrupted && !course.stopped;
    if (course.stopped || interrupted) break;
  }
  const { tally } = course;
  const { verdict, reason } = course.failure ??
    (interrupted ? interruption(tally) : undefined) ??
    shortcoming(tally.strata()) ?? { verdict: 'holds', reason: `held on ${tally.instances} instances` };
  return {
    ...tally.counts(),
    ...course.counterexample,
    falseAlarmRate: rate,
    seed: request.seed,
    verdict,
    reason,
  };
}

function checkSampledRate<L extends object, D extends object>({
  definition,
  instances,
  falseAlarmRate,
}: JudgeRequest<L, D>): void {
  if ((definition.sampledFailureRate ?? 0) * instances > falseAlarmRate)
    throw new RangeError(`sampledFailureRate: expected at most ${falseAlarmRate / instances} an instance`);
}

function interruption(tally: Tally): Reasoned {
  return { verdict: 'inconclusive', reason: `interrupted after ${tally.instances} instances` };
}

/** One way through the instances of a request, to the first that fails; while that is shrunk, only it changes. */
class Course<L extends object, D extends object> {
  readonly tally: Tally;
  readonly #evaluation: Evaluation<L, D>;
  readonly #mostShrinks: number;
  readonly #observe: Observe | undefined;
  #shrinks = 0;
  #fault: string | undefined;
  #refuting: Witness | undefined;

  constructor(
    { shrinks = defaultShrinks, observe }: Pick<JudgeRequest<L, D>, 'shrinks' | 'observe'>,
    tally: Tally,
    evaluation: Evaluation<L, D>,
  ) {
    this.#mostShrinks = shrinks;
    this.#observe = observe;
    this.tally = tally;
    this.#evaluation = evaluation;
  }

  get stopped(): boolean {
    return this.#fault !== undefined || this.#refuting !== undefined;
  }

  get failure(): Reasoned | undefined {
    if (this.#fault !== undefined) return { verdict: 'inconclusive', reason: this.#fault };
    if (this.#refuting !== undefined) return { verdict: 'refuted', reason: refutation(this.#refuting) };
    return undefined;
  }

  /** The smallest counterexample, in place of the tightest instance. */
  get counterexample(): Pick<Judgement, 'worst' | 'tightness'> | undefined {
    return this.#refuting && { worst: this.#refuting, tightness: this.#refuting.tightness };
  }

  /** Records where fast-check finds the counterexample again. */
  foundAt(path: string | null): void {
    if (this.#refuting !== undefined && path !== null) this.#refuting = { ...this.#refuting, path };
  }

  async passes(stratum: string, raw: Raw): Promise<boolean> {
    if (this.stopped && ++this.#shrinks > this.#mostShrinks) return true;
    const evaluated = await evaluate(this.#evaluation, raw);
    if (!this.stopped) this.#observe?.(evaluated, raw);
    if (evaluated.kind === 'fault') {
      // A fault met while shrinking a genuine counterexample says nothing about the counterexample.
      if (this.#refuting !== undefined) return true;
      this.#fault ??= `${evaluated.message} on instance ${JSON.stringify(raw)}`;
      return false;
    }
    if (evaluated.kind === 'missed') {
      if (!this.stopped) this.tally.missed(stratum, evaluated.why, evaluated.reason);
      return true;
    }
    if (this.#fault !== undefined) return true;
    const witness = worstWitness(raw, String(this.tally.runs), evaluated.comparisons);
    if (!this.stopped) this.tally.compared(stratum, witness, evaluated);
    if (!evaluated.holds) this.#refuting = witness;
    return evaluated.holds;
  }
}

export function refutation({ comparison }: Witness): string {
  const { what, left, relation, right, tolerance } = comparison;
  return `${what}: ${left} ${relation} ${right} fails beyond ${tolerance.value} (${tolerance.because})`;
}
