import { randomStream } from '../../../numerics/random/stream.ts';
import type { NullJudgement } from '../../evidence/shape/judgement.ts';
import type { Null } from '../claim.ts';
import { margin } from '../comparison.ts';
import type { Raw } from '../domain.ts';
import { strataOf } from '../strata.ts';
import { batchesOf, visit } from './draws.ts';
import { type Evaluation, orFault, prepare, speak } from './evaluate.ts';
import { statementRate } from './judge.ts';
import { judgedOn } from './judgeSabotage.ts';
import type { JudgeRequest } from './request.ts';

/** Share of a random method's draws that may fail on an instance that it passes. */
const mostFailing = 0.01;
/** Share of the instances beyond which a claim that a null passes says little. */
export const mostPassed = 0.5;

/**
 * Judges a null: on which share of a claim's own instances a trivial method satisfies the same comparisons.
 *
 * Guarantee: the instances are the first of those the claim is judged on with the same seed, trivial ones and those
 * outside the hypotheses left out. A random method passes an instance only if at least 99 % of its draws do; giving up
 * is not passing. `passes` exactly where the share is above ½.
 */
export async function judgeNull<L extends object, D extends object>(
  request: JudgeRequest<L, D>,
  name: string,
): Promise<NullJudgement> {
  const method = request.definition.nulls?.[name];
  if (method === undefined) throw new RangeError(`${name}: expected a null of the claim`);
  const { definition, profile, seed } = request;
  const strata = strataOf(definition, profile);
  const evaluation: Evaluation<L, D> = {
    definition,
    strata,
    change: {},
    falseAlarmRatePerInstance: statementRate(request) / request.instances,
    streamKey: `${request.streamKey}:null:${name}`,
  };
  let fault: string | undefined;
  const results: { name: string; share: number; instances: number }[] = [];
  let [passed, instances] = [0, 0];
  for (const batch of batchesOf(strata, judgedOn(method.instances, request.instances), seed)) {
    let [ownPassed, own] = [0, 0];
    const count = async (raw: Raw): Promise<boolean> => {
      const outcome = await orFault(() => passesInstance(evaluation, method, raw));
      if (typeof outcome === 'object') {
        fault ??= `${outcome.message} on instance ${JSON.stringify(raw)}`;
        return false;
      }
      if (outcome !== 'silent') own++;
      if (outcome === 'passes') ownPassed++;
      return true;
    };
    const { interrupted } = await visit(batch, count, { profile, endOnFailure: true });
    if (interrupted) fault ??= 'interrupted';
    results.push({ name: batch.stratum, share: own === 0 ? 0 : ownPassed / own, instances: own });
    passed += ownPassed;
    instances += own;
    if (fault !== undefined) break;
  }
  const share = instances === 0 ? 0 : passed / instances;
  if (instances === 0) fault ??= 'there is no instance on which it could be judged';
  return {
    verdict: fault !== undefined ? 'inconclusive' : share > mostPassed ? 'passes' : 'fails',
    reason: fault ?? `passes ${passed} of ${instances} instances`,
    comparisons: method.compares ?? [],
    share,
    instances,
    draws: method.draws ?? 1,
    strata: results,
  };
}

/** Whether a null passes an instance; `silent` where the claim says nothing of it. */
async function passesInstance<L extends object, D extends object>(
  evaluation: Evaluation<L, D>,
  { define, compares, draws = 1 }: Null<L, D>,
  raw: Raw,
): Promise<'passes' | 'fails' | 'silent'> {
  const prepared = await prepare(evaluation, raw);
  if ('kind' in prepared || prepared.trivial !== undefined) return 'silent';
  const stream = randomStream(`${evaluation.streamKey}:${JSON.stringify(raw)}`);
  let failures = 0;
  for (let draw = 0; draw < draws && failures <= mostFailing * draws; draw++) {
    const scope = { ...prepared.scope, ...define(prepared.scope, stream.fork(draw)) };
    const said = await speak(evaluation, { scope, trivial: undefined }, raw);
    if (said.kind === 'fault') throw new RangeError(said.message);
    if (said.kind === 'missed') {
      if (said.why !== 'gave-up') return 'silent';
      failures++;
      continue;
    }
    const judged = said.comparisons.filter(({ what }) => compares?.includes(what) ?? true);
    if (judged.length === 0) throw new RangeError(`no comparison called ${compares?.join(' or ')}`);
    if (judged.some((comparison) => margin(comparison) < 0)) failures++;
  }
  return failures <= mostFailing * draws ? 'passes' : 'fails';
}
