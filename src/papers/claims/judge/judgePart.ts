import { type RandomStream, randomStream } from '../../../numerics/random/stream.ts';
import type { Judgement, NullJudgement, SabotageJudgement } from '../../evidence/shape/judgement.ts';
import type { ClaimDefinition } from '../claim.ts';
import type { Raw } from '../domain.ts';
import type { Settings } from '../settings.ts';
import { judge } from './judge.ts';
import { judgeNull } from './judgeNull.ts';
import { judgeSabotage } from './judgeSabotage.ts';
import type { JudgeRequest, Observe } from './request.ts';

/** One claim with all that its judgements depend on. */
export interface PosedClaim<L extends object, D extends object> {
  readonly id: string;
  readonly definition: ClaimDefinition<L, D>;
  readonly settings: Pick<Settings, 'profile' | 'seed' | 'runs' | 'shrinks'>;
  /** What the claim may use of the suite's false-alarm budget. */
  readonly falseAlarmRate: number;
  /** Judge this raw instance only. */
  readonly only?: Raw | undefined;
  /** Is shown what came of every instance. */
  readonly observe?: Observe | undefined;
}

/** The claim itself, or the sabotage or the null that stands in for it. */
export interface JudgedPart {
  readonly sabotage?: string | undefined;
  readonly nullMethod?: string | undefined;
}

/** The verdict on a part, under the name of what was judged. */
export type JudgedAs =
  | { readonly judgement: Judgement }
  | { readonly sabotage: string; readonly judgement: SabotageJudgement }
  | { readonly nullMethod: string; readonly judgement: NullJudgement };

/** The stream that everything of a claim is drawn from. */
export function claimStream(seed: string, id: string): RandomStream {
  return randomStream(seed).fork('claim').fork(id);
}

/**
 * Judges a claim, one of its sabotages or one of its nulls as a run with these settings does.
 *
 * Guarantee: the judgement depends on the claim, the part, profile, seed, runs and shrinks alone.
 */
export async function judgePart<L extends object, D extends object>(
  { id, definition, settings, falseAlarmRate, only, observe }: PosedClaim<L, D>,
  { sabotage, nullMethod }: JudgedPart,
): Promise<JudgedAs> {
  const stream = claimStream(settings.seed, id).fork(
    sabotage === undefined ? 'claim' : `sabotage:${sabotage}`,
  );
  const request: JudgeRequest<L, D> = {
    definition,
    profile: settings.profile,
    instances: settings.runs ?? definition.instances[settings.profile],
    seed: stream.fork('instances').integer(0, 0x7fffffff),
    streamKey: `${settings.seed}:${id}:${sabotage ?? ''}`,
    falseAlarmRate,
    ...(settings.shrinks === undefined ? {} : { shrinks: settings.shrinks }),
    ...(only === undefined ? {} : { only }),
    ...(observe === undefined ? {} : { observe }),
  };
  if (sabotage !== undefined) return { sabotage, judgement: await judgeSabotage(request, sabotage) };
  if (nullMethod !== undefined) return { nullMethod, judgement: await judgeNull(request, nullMethod) };
  return { judgement: await judge(request) };
}
