import type { ClaimDefinition } from '../claim.ts';
import type { Raw } from '../domain.ts';
import type { Profile } from '../settings.ts';
import { type DrawnStratum, stratumOf } from '../strata.ts';
import { type Batch, batchesOf, onlyBatch } from './draws.ts';
import type { Evaluated } from './evaluate.ts';

/** Is shown what came of an instance that was drawn; instances tried while a counterexample shrinks are not shown. */
export type Observe = (evaluated: Evaluated, raw: Raw) => void;

/** One judgement to be made, of a claim, a sabotage of it or a null. */
export interface JudgeRequest<L extends object, D extends object> {
  readonly definition: ClaimDefinition<L, D>;
  readonly profile: Profile;
  readonly instances: number;
  /** 32-bit seed of the drawn instances. */
  readonly seed: number;
  /** Identity of the streams of trials. */
  readonly streamKey: string;
  /** What this claim may use of the suite's false-alarm budget. */
  readonly falseAlarmRate: number;
  /** Evaluations that may be spent on making a counterexample smaller; 40 by default. */
  readonly shrinks?: number;
  /** Judge this raw instance only. */
  readonly only?: Raw;
  readonly observe?: Observe;
}

/** The batches that a request asks for. */
export function batchesFor<L extends object, D extends object>(
  { instances, seed, only }: JudgeRequest<L, D>,
  strata: readonly DrawnStratum<L, L & D>[],
): readonly Batch[] {
  if (only === undefined) return batchesOf(strata, instances, seed);
  const stratum = stratumOf(strata, only);
  if (stratum === undefined) throw new RangeError('only: expected an instance of a stratum of the claim');
  return [onlyBatch(stratum.name, only, seed)];
}
