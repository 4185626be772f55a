import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exact } from '../../../../src/numerics/base/tolerance.ts';
import { type ClaimDefinition, gaveUp } from '../../../../src/papers/claims/claim.ts';
import { atMost } from '../../../../src/papers/claims/comparison.ts';
import { integer, type Raw } from '../../../../src/papers/claims/domain.ts';
import { judge } from '../../../../src/papers/claims/judge/judge.ts';
import type { JudgeRequest } from '../../../../src/papers/claims/judge/request.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import { apportioned, checkInstance, strataOf } from '../../../../src/papers/claims/strata.ts';

interface Numbers {
  readonly n: number;
}
type Claim = ClaimDefinition<Numbers, object>;

/** A true claim about numbers below a thousand, small and large ones by name. */
function claim(changes: Partial<Claim> = {}): Claim {
  return {
    let: { n: integer(0, 999) },
    strata: {
      small: { quota: 1, let: { n: integer(0, 9) } },
      large: { quota: 3, let: { n: integer(990, 999) } },
    },
    then: ({ n }) => atMost('n against 999', n, 999, exact),
    sabotage: {},
    instances: { smoke: 1, quick: 1, full: 1 },
    ...changes,
  };
}

function judged(definition: Claim, changes: Partial<JudgeRequest<Numbers, object>> = {}) {
  const seed = rootStream('strata').integer(0, 0x7fffffff);
  const base = {
    definition,
    profile: 'smoke',
    instances: 20,
    seed,
    streamKey: 'k',
    falseAlarmRate: 0.01,
  } as const;
  return judge({ ...base, ...changes });
}

describe('instances divided among quotas', () => {
  const quotas = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 });

  test('add up, miss none where there are enough, and are in proportion', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), quotas, (instances, given) => {
        const counts = apportioned(instances, given);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(instances);
        if (instances >= given.length) expect(Math.min(...counts)).toBeGreaterThan(0);
        const total = given.reduce((sum, quota) => sum + quota, 0);
        if (given.every((quota) => instances * quota >= total))
          for (const [i, quota] of given.entries())
            expect(Math.abs(counts[i] - (instances * quota) / total)).toBeLessThan(1);
      }),
    );
  });
});

describe('a claim with strata', () => {
  test('is judged on each in proportion to its quota, and tells what became of it', async () => {
    const seen: number[] = [];
    const judgement = await judged(
      claim({
        then: ({ n }) => {
          seen.push(n);
          return atMost('n against 999', n, 999, exact);
        },
      }),
    );
    expect(judgement).toMatchObject({ verdict: 'holds', instances: 20, gaveUp: 0, trivial: 0 });
    expect(seen.filter((n) => n < 10).length).toBe(5);
    expect(seen.filter((n) => n >= 990).length).toBe(15);
    const none = { gaveUp: 0, hypothesisUnmet: 0, trivial: 0, outside: 0, reasons: {} };
    expect(judgement.strata).toEqual([
      { name: 'small', demanded: 5, met: 5, ...none },
      { name: 'large', demanded: 15, met: 15, ...none },
    ]);
    expect(judgement.falseAlarmRate).toBe(0);
  });

  test('is vacuous where one stratum is never drawn', async () => {
    expect(await judged(claim(), { instances: 1 })).toMatchObject({
      verdict: 'vacuous',
      reason: 'no instance was drawn of the stratum small',
      strata: [{ demanded: 0 }, { demanded: 1 }],
    });
  });

  test('is vacuous where an instance drawn for a stratum is not of it', async () => {
    const strata = { any: { quota: 1, when: ({ n }: Numbers) => n !== 7, let: { n: integer(0, 9) } } };
    expect(await judged(claim({ strata }), { instances: 300 })).toMatchObject({ verdict: 'vacuous' });
    const all = { any: { quota: 1, when: ({ n }: Numbers) => n < 10, let: { n: integer(0, 9) } } };
    expect(await judged(claim({ strata: all }), { instances: 300 })).toMatchObject({ verdict: 'holds' });
  });

  test('is inconclusive where more than a tenth of one stratum gives up, exactly', async () => {
    for (let misses = 0; misses <= 5; misses++) {
      let calls = 0;
      const strata = { only: { quota: 1 }, ample: { quota: 3 } };
      const then: Claim['then'] = ({ n }) =>
        calls++ < misses ? gaveUp('too hard') : atMost('n against 999', n, 999, exact);
      const judgement = await judged(claim({ strata, then }), { instances: 80 });
      expect(judgement.verdict).toBe(misses > 2 ? 'inconclusive' : 'holds');
      expect(judgement.strata[0]).toMatchObject({
        demanded: 20,
        gaveUp: misses,
        reasons: misses > 0 ? { 'too hard': misses } : {},
      });
      if (misses > 2)
        expect(judgement.reason).toBe(`gave up on ${misses} of 20 instances of the stratum only: too hard`);
    }
  });

  test('is vacuous where more than half of a stratum misses a hypothesis or is trivial, exactly', async () => {
    for (const kind of ['assume', 'trivial'] as const) {
      for (let misses = 0; misses <= 20; misses++) {
        let calls = 0;
        const first = () => calls++ < misses;
        const condition = kind === 'assume' ? () => !first() : first;
        const definition = claim({ strata: { all: { quota: 1 } }, [kind]: { 'so it is': condition } });
        const judgement = await judged(definition);
        expect(judgement.verdict).toBe(misses > 10 ? 'vacuous' : 'holds');
        expect(kind === 'assume' ? judgement.hypothesisUnmet : judgement.trivial).toBe(misses);
        expect(judgement.instances).toBe(20 - misses);
      }
    }
  });

  test('is refuted with the smallest counterexample of its stratum, which can be judged again', async () => {
    const definition = claim({ then: ({ n }) => atMost('n', n, 993, exact) });
    const judgement = await judged(definition, { instances: 80 });
    expect(judgement).toMatchObject({
      verdict: 'refuted',
      worst: { instance: { stratum: 'large', n: 994 } },
    });
    const only = checkInstance(strataOf(definition, 'smoke'), judgement.worst?.instance, '--replay');
    const again = await judged(definition, { only });
    expect(again.worst?.comparison).toEqual(judgement.worst?.comparison);
    expect(again.strata.map(({ name }) => name)).toEqual(['large']);
  });

  test('draws the same instances of a stratum however many are drawn', async () => {
    const drawn = async (instances: number): Promise<readonly number[]> => {
      const seen: number[] = [];
      await judged(
        claim({
          then: ({ n }) => {
            seen.push(n);
            return atMost('n', n, 999, exact);
          },
        }),
        { instances },
      );
      return seen.filter((n) => n < 10);
    };
    const [few, many] = [await drawn(20), await drawn(40)];
    expect(many.slice(0, few.length)).toEqual(few);
  });
});

describe('a raw instance', () => {
  const strata = strataOf(claim(), 'smoke');

  test('of a stratum is read by that stratum’s domains', () => {
    const raw: Raw = { stratum: 'small', n: 3 };
    expect(checkInstance(strata, raw, '--replay')).toEqual(raw);
    expect(() => checkInstance(strata, { stratum: 'large', n: 3 }, '--replay')).toThrow(/990, 999/);
  });

  test('of none is refused in one line that lists them', () => {
    for (const raw of [{ n: 3 }, { stratum: 'huge', n: 3 }, 17, null])
      expect(() => checkInstance(strata, raw, '--replay')).toThrow(/one of small, large/);
  });
});

test('quotas that are no positive integers and values called stratum are refused', () => {
  for (const quota of [0, -1, 1.5, Number.NaN])
    expect(() => strataOf(claim({ strata: { s: { quota } } }), 'smoke')).toThrow(RangeError);
  const definition: ClaimDefinition<{ stratum: number }, object> = {
    let: { stratum: integer(0, 1) },
    strata: { s: { quota: 1 } },
    then: () => atMost('x', 0, 1, exact),
    sabotage: {},
    instances: { smoke: 1, quick: 1, full: 1 },
  };
  expect(() => strataOf(definition, 'smoke')).toThrow(/stratum/);
});

describe('a trivial instance', () => {
  const trivial = { 'n is 0': ({ n }: Numbers) => n === 0 };
  const strata = { any: { quota: 1, let: { n: integer(0, 2) } } };

  test('counts apart from the others, and gives neither tightness nor the worst instance', async () => {
    // Trivial instances attain the bound; the others use at most half of it.
    const then: Claim['then'] = ({ n }) => atMost('n', n === 0 ? 1 : n / 4, 1, exact);
    const judgement = await judged(claim({ strata, trivial, then }), { instances: 60 });
    expect(judgement.verdict).toBe('holds');
    expect(judgement.trivial).toBeGreaterThan(0);
    expect(judgement.instances + judgement.trivial).toBe(60);
    expect(judgement).toMatchObject({ tightness: 0.5, worst: { instance: { n: 2 } } });
    expect(judgement.comparisons).toEqual([{ what: 'n', tightness: 0.5, instances: judgement.instances }]);
    expect(judgement.histogram.reduce((sum, count) => sum + count, 0)).toBe(judgement.instances);
  });

  test('refutes a claim that it does not satisfy', async () => {
    const then: Claim['then'] = ({ n }) => atMost('n', n === 0 ? 2 : 0, 1, exact);
    expect(await judged(claim({ strata, trivial, then }), { instances: 60 })).toMatchObject({
      verdict: 'refuted',
      worst: { instance: { n: 0 } },
    });
  });
});

test('tightness is kept for each comparison, on the instances that make it', async () => {
  const then: Claim['then'] = ({ n }) => [
    atMost('always', n, 1998, exact),
    ...(n < 10 ? [atMost('small ones', n, 100, exact), atMost('small ones', 25, 100, exact)] : []),
  ];
  const { comparisons } = await judged(claim({ then }), { instances: 40 });
  expect(comparisons.map(({ what, instances }) => [what, instances])).toEqual([
    ['always', 40],
    ['small ones', 10],
  ]);
  expect(comparisons[1].tightness).toBe(0.25);
  expect(comparisons[0].tightness).toBeGreaterThan(0.49);
});
