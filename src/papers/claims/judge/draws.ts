import fc from 'fast-check';
import { randomStream } from '../../../numerics/random/stream.ts';
import type { Draw, Raw } from '../domain.ts';
import type { Profile } from '../settings.ts';
import { allInstances, apportioned, type DrawnStratum } from '../strata.ts';

/** The instances of one stratum that are to be drawn. */
export interface Batch {
  readonly stratum: string;
  readonly instances: number;
  readonly seed: number;
  readonly arbitrary: fc.Arbitrary<Raw>;
}

/** Minutes after which a judgement is interrupted, which is inconclusive and never green. */
const mostMinutes: Readonly<Record<Profile, number>> = { smoke: 20, quick: 40, full: 240 };

/** Divides instances among strata; a stratum draws the same instances however many are drawn. */
export function batchesOf<L, S>(
  strata: readonly DrawnStratum<L, S>[],
  instances: number,
  seed: number,
): readonly Batch[] {
  const quotas = strata.map(({ quota }) => quota);
  const counts = apportioned(instances, quotas);
  return strata.map(({ name, domain }, i) => ({
    stratum: name,
    instances: counts[i],
    seed: name === allInstances ? seed : randomStream(`${seed}:${name}`).integer(0, 0x7fffffff),
    arbitrary: arbitraryOf(domain.draw),
  }));
}

/** A batch of one raw instance, to judge it again. */
export function onlyBatch(stratum: string, raw: Raw, seed: number): Batch {
  return { stratum, instances: 1, seed, arbitrary: fc.constant(raw) };
}

/** How a batch is gone through. */
export interface Visiting {
  readonly profile: Profile;
  /** Leave a failing instance as it was found. */
  readonly endOnFailure: boolean;
  /** Start at this instance of the batch, and go through it alone. */
  readonly startAt?: string;
}

/** How going through a batch ended. */
export interface Visited {
  readonly interrupted: boolean;
  /** Where fast-check finds the smallest failing instance again. */
  readonly failurePath: string | null;
}

/** Shows every instance of a batch to a visitor, which says whether it passes; the first that fails is shrunk. */
export async function visit(
  { arbitrary, instances, seed }: Batch,
  passes: (raw: Raw) => Promise<boolean>,
  { profile, endOnFailure, startAt }: Visiting,
): Promise<Visited> {
  if (instances === 0) return { interrupted: false, failurePath: null };
  const details = await fc.check(fc.asyncProperty(arbitrary, passes), {
    seed,
    numRuns: startAt === undefined ? instances : 1,
    endOnFailure,
    markInterruptAsFailure: true,
    interruptAfterTimeLimit: mostMinutes[profile] * 60_000,
    ...(startAt === undefined ? {} : { path: startAt }),
  });
  return { interrupted: details.interrupted, failurePath: details.counterexamplePath };
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
