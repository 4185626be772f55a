import { describe, expect, test } from 'vitest';
import { exact } from '../../../../src/numerics/base/tolerance.ts';
import type { ClaimDefinition } from '../../../../src/papers/claims/claim.ts';
import { atMost } from '../../../../src/papers/claims/comparison.ts';
import { integer } from '../../../../src/papers/claims/domain.ts';
import { judge } from '../../../../src/papers/claims/judge/judge.ts';

describe('the number of shrinks', () => {
  const definition: ClaimDefinition<{ n: number }, object> = {
    let: { n: integer(0, 100_000) },
    then: ({ n }) => atMost('n', n, 10, exact),
    sabotage: {},
    instances: { smoke: 1, quick: 1, full: 1 },
  };
  const judged = async (shrinks: number | undefined): Promise<number> => {
    let evaluations = 0;
    const counted = {
      ...definition,
      then: (scope: { n: number }) => {
        evaluations++;
        return atMost('n', scope.n, 10, exact);
      },
    };
    const request = {
      profile: 'smoke',
      instances: 20,
      seed: 7,
      streamKey: 'k',
      falseAlarmRate: 1e-6,
    } as const;
    const asked = shrinks === undefined ? {} : { shrinks };
    const judgement = await judge({ definition: counted, ...request, ...asked });
    expect(judgement.verdict).toBe('refuted');
    return evaluations - judgement.instances;
  };

  test('bounds the evaluations after the counterexample; none leave it as it was found', async () => {
    expect(await judged(0)).toBe(0);
    expect(await judged(1)).toBe(1);
    const unlimited = await judged(1000);
    expect(unlimited).toBeGreaterThan(2);
    expect(await judged(undefined)).toBe(Math.min(40, unlimited));
  });
});
