import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exact } from '../../../../src/numerics/base/tolerance.ts';
import type { ClaimDefinition } from '../../../../src/papers/claims/claim.ts';
import { atMost } from '../../../../src/papers/claims/comparison.ts';
import { integer } from '../../../../src/papers/claims/domain.ts';
import { judge } from '../../../../src/papers/claims/judge.ts';
import { defaultSeed, readSettings } from '../../../../src/papers/claims/settings.ts';

describe('settings read from the environment', () => {
  test('are the quick profile and the seed of the paper where nothing is said', () => {
    expect(readSettings({})).toStrictEqual({ profile: 'quick', seed: defaultSeed });
  });

  test('take every variable under its own name, and an empty one as not said', () => {
    const names = ['claim', 'replay', 'sabotage', 'evidence', 'journal'] as const;
    for (const name of names) {
      const variable = `CLAIMS_${name.toUpperCase()}`;
      expect(readSettings({ [variable]: 'x' })).toStrictEqual({ ...readSettings({}), [name]: 'x' });
      expect(readSettings({ [variable]: '' })).toStrictEqual(readSettings({}));
    }
    expect(readSettings({ CLAIMS_RESUME: 'yes' }).resume).toBe(true);
    expect(readSettings({ CLAIMS_RESUME: '' })).not.toHaveProperty('resume');
    expect(readSettings({ CLAIMS_EXHIBITS: 'no' })).toStrictEqual({
      ...readSettings({}),
      withoutExhibits: true,
    });
    expect(readSettings({ CLAIMS_EXHIBITS: 'yes' })).toStrictEqual(readSettings({}));
    expect(readSettings({ CLAIMS_SEED: 's', CLAIMS_PROFILE: 'full' })).toMatchObject({
      seed: 's',
      profile: 'full',
    });
  });

  test('read counts that are written as counts are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (count) => {
        expect(readSettings({ CLAIMS_SHRINKS: String(count) }).shrinks).toBe(count);
        if (count > 0) expect(readSettings({ CLAIMS_RUNS: String(count) }).runs).toBe(count);
      }),
    );
    expect(readSettings({ CLAIMS_SHRINKS: '0' }).shrinks).toBe(0);
    expect(readSettings({ CLAIMS_RUNS: '1' }).runs).toBe(1);
  });

  test('refuse a profile and counts that are none, in one line that says what was expected', () => {
    expect(() => readSettings({ CLAIMS_PROFILE: 'slow' })).toThrow(/smoke, quick, full.*"slow"/);
    for (const text of ['-1', '1.5', '1e3', '01', ' 1', '1 ', '1x', 'ten', '1234567890']) {
      expect(() => readSettings({ CLAIMS_RUNS: text })).toThrow(/integer from 1 to 999999999/);
      expect(() => readSettings({ CLAIMS_SHRINKS: text })).toThrow(/integer from 0 to 999999999/);
    }
    expect(() => readSettings({ CLAIMS_RUNS: '0' })).toThrow(/runs/);
  });
});

describe('the number of shrinks', () => {
  const definition: ClaimDefinition<{ n: number }, object> = {
    let: { n: integer(0, 100_000) },
    then: ({ n }) => atMost('n', n, 10, exact),
    sabotage: {},
    instances: { smoke: 1, quick: 1, full: 1 },
  };
  const hear = async (shrinks: number | undefined): Promise<number> => {
    let evaluations = 0;
    const counted = {
      ...definition,
      then: (scope: { n: number }) => {
        evaluations++;
        return atMost('n', scope.n, 10, exact);
      },
    };
    const hearing = {
      profile: 'smoke',
      instances: 20,
      seed: 7,
      streamKey: 'k',
      falseAlarmRate: 1e-6,
    } as const;
    const asked = shrinks === undefined ? {} : { shrinks };
    const judgement = await judge({ definition: counted, ...hearing, ...asked });
    expect(judgement.verdict).toBe('refuted');
    return evaluations - judgement.instances;
  };

  test('bounds the evaluations after the counterexample; none leave it as it was found', async () => {
    expect(await hear(0)).toBe(0);
    expect(await hear(1)).toBe(1);
    const unlimited = await hear(1000);
    expect(unlimited).toBeGreaterThan(2);
    expect(await hear(undefined)).toBe(Math.min(40, unlimited));
  });
});
