import { expect, test } from 'vitest';
import { exact } from '../../../../src/numerics/base/tolerance.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { binomialTail } from '../../../../src/numerics/statistics/binomialTail.ts';
import { trialsNeeded } from '../../../../src/numerics/statistics/trialsNeeded.ts';
import { type ClaimDefinition, withProbability } from '../../../../src/papers/claims/claim.ts';
import { atMost } from '../../../../src/papers/claims/comparison.ts';
import { streams } from '../../../../src/papers/claims/domain.ts';
import { instrumentFalseAlarmRate } from '../../../../src/papers/claims/falseAlarms.ts';
import { judge } from '../../../../src/papers/claims/judge/judge.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

/** A judge to be calibrated: what it asserts of a coin, and the rates at which it may be wrong about it. */
interface Design {
  readonly asserted: number;
  readonly gap: number;
  readonly falseAlarmRate: number;
  readonly missRate: number;
  readonly instances: number;
  readonly judgements: number;
}

/** Rates far above those of the suite, so that errors are seen often enough to be counted. */
const designs: readonly Design[] = [
  { asserted: 0.9, gap: 0.1, falseAlarmRate: 0.2, missRate: 0.1, instances: 1, judgements: 1000 },
  { asserted: 0.9, gap: 0.2, falseAlarmRate: 0.2, missRate: 0.05, instances: 4, judgements: 1000 },
  { asserted: 0.5, gap: 0.2, falseAlarmRate: 0.02, missRate: 0.01, instances: 1, judgements: 600 },
  { asserted: 0.99, gap: 0.05, falseAlarmRate: 0.1, missRate: 0.1, instances: 2, judgements: 600 },
];

/** A sound judge fails one comparison here with at most this probability; there are fewer than twenty. */
const testRate = instrumentFalseAlarmRate / 100;

/** The claim that a coin lands well with the asserted probability; the coin lands well with another one. */
function coin(design: Design, success: number): ClaimDefinition<{ stream: RandomStream }, object> {
  return {
    let: { stream: streams() },
    then: withProbability({
      atLeast: () => design.asserted,
      detecting: design.gap,
      missRate: design.missRate,
      trial: (_scope, stream) => atMost('draw against the chance', stream.uniform(), success, exact),
    }),
    sabotage: {},
    instances: { smoke: design.instances, quick: design.instances, full: design.instances },
  };
}

/** In how many judgements of the same coin, with fresh randomness each, the verdict is the given one. */
async function countOf(verdict: 'holds' | 'refuted', design: Design, success: number): Promise<number> {
  const label = `calibration ${verdict} ${JSON.stringify(design)}`;
  const root = rootStream(label);
  const definition = coin(design, success);
  let count = 0;
  for (let i = 0; i < design.judgements; i++) {
    const own = root.fork(i);
    const judgement = await judge({
      definition,
      profile: 'smoke',
      instances: design.instances,
      seed: own.integer(0, 0x7fffffff),
      streamKey: `${label} ${own.uniform()}`,
      falseAlarmRate: design.falseAlarmRate,
    });
    expect(['holds', 'refuted']).toContain(judgement.verdict);
    expect(judgement.falseAlarmRate).toBeCloseTo(design.falseAlarmRate, 15);
    if (judgement.verdict === verdict) count++;
  }
  return count;
}

/** P[X ≥ count] for X binomial: how unlikely so many are at a rate. */
function upperTail(judgements: number, rate: number, count: number): number {
  return binomialTail(judgements, 1 - rate, judgements - count);
}

test.each(designs)('false alarms about a coin that is as good as asserted: %o', async (design) => {
  const { asserted, gap, missRate, instances, judgements } = design;
  const count = await countOf('refuted', design, asserted);
  const stated = design.falseAlarmRate;
  expect(upperTail(judgements, stated, count), `${count} of ${judgements}`).toBeGreaterThan(testRate);
  // The plan knows its own rate exactly; a judge that alarms more seldom than that does not follow the plan.
  const plan = trialsNeeded({ asserted, gap, falseAlarmRate: stated / instances, missRate });
  const attained = 1 - (1 - plan.falseAlarm) ** instances;
  expect(attained).toBeLessThanOrEqual(stated);
  expect(binomialTail(judgements, attained, count), `${count} of ${judgements}`).toBeGreaterThan(testRate);
});

test.each(designs)('gaps missed in a coin that is worse by the gap: %o', async (design) => {
  const { asserted, gap, missRate, instances, judgements } = design;
  const count = await countOf('holds', design, asserted - gap);
  // To be missed altogether the gap has to be missed on every instance.
  const stated = missRate ** instances;
  expect(upperTail(judgements, stated, count), `${count} of ${judgements}`).toBeGreaterThan(testRate);
});

test('a coin that never fails is never refuted, and one that always fails always is', async () => {
  const few = { ...designs[0], judgements: 50 };
  expect(await countOf('refuted', few, 1)).toBe(0);
  expect(await countOf('refuted', few, -1)).toBe(50);
});
