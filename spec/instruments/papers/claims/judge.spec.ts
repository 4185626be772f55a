import { describe, expect, test } from 'vitest';
import { exact } from '../../../../src/numerics/base/tolerance.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import {
  type ClaimDefinition,
  gaveUp,
  type Said,
  withProbability,
} from '../../../../src/papers/claims/claim.ts';
import { atMost, type Comparison } from '../../../../src/papers/claims/comparison.ts';
import { integer, streams } from '../../../../src/papers/claims/domain.ts';
import { judge } from '../../../../src/papers/claims/judge/judge.ts';
import type { JudgeRequest } from '../../../../src/papers/claims/judge/request.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

interface Numbers {
  readonly n: number;
}
type Claim = ClaimDefinition<Numbers, object>;

const largest = 999;
const below = (n: number, bound: number): Comparison => atMost('n against its bound', n, bound, exact, { n });

/** A claim about whole numbers up to 999, which says something that is true of all of them unless told otherwise. */
function claim(changes: Partial<Claim> = {}): Claim {
  return {
    let: { n: integer(0, largest) },
    then: ({ n }) => below(n, largest),
    sabotage: {},
    instances: { smoke: 1, quick: 1, full: 1 },
    ...changes,
  };
}

function judged<L extends object, D extends object>(
  definition: ClaimDefinition<L, D>,
  changes: Partial<JudgeRequest<L, D>> = {},
) {
  const seed = rootStream('judge').integer(0, 0x7fffffff);
  const request = { definition, profile: 'smoke', instances: 50, seed, streamKey: 'k', falseAlarmRate: 0.01 };
  return judge({ ...request, ...changes } as JudgeRequest<L, D>);
}

/** Requests for the same claim on different instances. */
function judgements<L extends object, D extends object>(
  definition: ClaimDefinition<L, D>,
  count: number,
  instances = 50,
) {
  const root = rootStream('judgements');
  const seeds = Array.from({ length: count }, (_, i) => root.fork(i).integer(0, 0x7fffffff));
  return Promise.all(seeds.map((seed) => judged(definition, { seed, instances })));
}

describe('holds', () => {
  test('with every instance counted once, and the tightest as witness', async () => {
    const seen: number[] = [];
    const then = ({ n }: Numbers): Said => {
      seen.push(n);
      return [below(n, largest + 1), below(n - 1, largest + 1)];
    };
    const judgement = await judged(claim({ then }));
    const tightest = Math.max(...seen);
    expect(judgement).toMatchObject({
      verdict: 'holds',
      instances: 50,
      hypothesisUnmet: 0,
      gaveUp: 0,
      trials: 0,
    });
    expect(seen.length).toBe(50);
    expect(judgement.worst).toMatchObject({ instance: { n: tightest }, margin: largest + 1 - tightest });
    expect(judgement.tightness).toBe(tightest / (largest + 1));
    const bins = new Array(10).fill(0);
    for (const n of seen) bins[Math.floor((10 * n) / (largest + 1))]++;
    expect(judgement.histogram).toEqual(bins);
    expect(judgement.falseAlarmRate).toBe(0);
  });

  test('and says the same again for the same seed, and judges other instances for another', async () => {
    const [first, again] = [await judged(claim()), await judged(claim())];
    expect(again).toEqual(first);
    const others = await judgements(claim(), 5);
    expect(new Set(others.map(({ histogram }) => String(histogram))).size).toBeGreaterThan(1);
  });
});

describe('refuted', () => {
  test.each([0, 1, 17, 500, 998])('with the smallest counterexample to n ≤ %d', async (bound) => {
    // Enough instances that one above the bound is drawn: the end 999 has a share of at least one in a thousand.
    const judgement = await judged(claim({ then: ({ n }) => below(n, bound) }), { instances: 50_000 });
    expect(judgement.verdict).toBe('refuted');
    expect(judgement.worst).toMatchObject({ instance: { n: bound + 1 }, margin: -1 });
    expect(judgement.reason).toBe(`n against its bound: ${bound + 1} ≤ ${bound} fails beyond 0 (exact)`);
    expect(judgement.instances).toBeLessThan(50_000);
  });

  test('where any one of several comparisons fails', async () => {
    const then = ({ n }: Numbers): Said => [below(n, largest), below(n, -1), below(0, 1)];
    expect(await judged(claim({ then }))).toMatchObject({
      verdict: 'refuted',
      worst: { instance: { n: 0 }, comparison: { right: -1 } },
    });
  });

  test('even if the statement breaks down while the counterexample is made smaller', async () => {
    let found: number | undefined;
    const then = ({ n }: Numbers): Said => {
      if (found !== undefined) throw new TypeError('broken');
      if (n > 10) found = n;
      return below(n, 10);
    };
    const judgement = await judged(claim({ then }));
    expect(judgement).toMatchObject({ verdict: 'refuted', worst: { instance: { n: found } } });
  });

  test('without making a merely unlucky instance smaller, where the claim is about a probability', async () => {
    const seen = new Set<number>();
    const then = withProbability<Numbers>({
      atLeast: () => 0.9,
      detecting: 0.3,
      missRate: 0.01,
      trial: ({ n }) => {
        seen.add(n);
        return below(1, 0);
      },
    });
    const judgement = await judged(claim({ then }));
    expect(judgement).toMatchObject({
      verdict: 'refuted',
      instances: 1,
      worst: { instance: { n: [...seen][0] } },
    });
    expect(seen.size).toBe(1);
    expect(judgement.worst?.comparison.numbers).toEqual({ successes: 0, trials: judgement.trials });
  });
});

describe('vacuous', () => {
  test('where more than half of the instances miss a hypothesis, exactly', async () => {
    for (let misses = 0; misses <= 50; misses++) {
      let calls = 0;
      const judgement = await judged(
        claim({ assume: { 'the first few are missed': () => calls++ >= misses } }),
      );
      expect(judgement).toMatchObject({ instances: 50 - misses, hypothesisUnmet: misses, gaveUp: 0 });
      const tooMany = misses > 25;
      expect(judgement.verdict).toBe(tooMany ? 'vacuous' : 'holds');
      if (tooMany) expect(judgement.reason).toContain('the first few are missed');
    }
  });

  test('never hides a counterexample', async () => {
    const assume = { 'n is 900 or more': ({ n }: Numbers) => n >= 900 };
    const then = ({ n }: Numbers): Said => below(n, 800);
    const judgement = await judged(claim({ assume, then }), { instances: 2000 });
    expect(judgement).toMatchObject({ verdict: 'refuted', worst: { instance: { n: 900 } } });
  });
});

describe('inconclusive', () => {
  test('where more than a tenth of the instances gave up, exactly', async () => {
    for (let misses = 0; misses <= 50; misses++) {
      let calls = 0;
      const then = ({ n }: Numbers): Said => (calls++ < misses ? gaveUp('too hard') : below(n, largest));
      const judgement = await judged(claim({ then }));
      expect(judgement).toMatchObject({ instances: 50 - misses, hypothesisUnmet: 0, gaveUp: misses });
      const tooMany = misses > 5;
      expect(judgement.verdict).toBe(tooMany ? 'inconclusive' : 'holds');
      if (tooMany) expect(judgement.reason).toContain('too hard');
    }
  });

  test('where nine of ten instances gave up', async () => {
    let calls = 0;
    const then = ({ n }: Numbers): Said => (calls++ < 9 ? gaveUp('too hard') : below(n, largest));
    expect(await judged(claim({ then }), { instances: 10 })).toMatchObject({
      verdict: 'inconclusive',
      reason: 'gave up on 9 of 10 instances: too hard',
      instances: 1,
    });
  });

  const broken = (): never => {
    throw new TypeError('broken');
  };
  const probable = (trial: () => Comparison): Claim['then'] =>
    withProbability<Numbers>({ atLeast: () => 0.5, detecting: 0.3, missRate: 0.1, trial });
  const faults: Readonly<Record<string, [Partial<Claim>, RegExp]>> = {
    'the statement throws': [{ then: broken }, /^TypeError: broken on instance \{"n":\d+\}$/],
    'the statement rejects': [{ then: () => Promise.reject(new TypeError('broken')) }, /^TypeError: broken/],
    'a definition throws': [{ define: broken }, /^TypeError: broken/],
    'a hypothesis throws': [{ assume: { h: broken } }, /^TypeError: broken/],
    'a condition for trivial instances throws': [{ trivial: { t: broken } }, /^TypeError: broken/],
    'a trial throws': [{ then: probable(broken) }, /^TypeError: broken/],
    'the left side is not a number': [{ then: () => below(Number.NaN, 1) }, /not a number/],
    'the right side is not a number': [{ then: () => below(1, Number.NaN) }, /not a number/],
    'the tolerance is not a number': [
      { then: () => atMost('x', 0, 1, { value: Number.NaN, because: '' }) },
      /^x: .*not a number/,
    ],
    'the tolerance is infinite': [
      { then: () => atMost('x', 2, 1, { value: Number.POSITIVE_INFINITY, because: '' }) },
      /^x: .*not a number/,
    ],
    'one of several sides is not a number': [
      { then: () => [below(0, 1), below(Number.NaN, 1)] },
      /not a number/,
    ],
    'a side of a trial is not a number': [
      { then: probable(() => below(0, Number.NaN)) },
      /of trial 0 is not a number/,
    ],
    'nothing is compared': [{ then: () => [] }, /no comparison/],
  };

  test.each(Object.entries(faults))('where %s', async (_name, [changes, reason]) => {
    const judgement = await judged(claim(changes));
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.reason).toMatch(reason);
  });

  test('where a single instance of many is at fault', async () => {
    let count = 0;
    const then = ({ n }: Numbers): Said => below(n, ++count === 50 ? Number.NaN : largest);
    expect(await judged(claim({ then }))).toMatchObject({ verdict: 'inconclusive' });
  });
});

describe('one instance judged again', () => {
  const random: ClaimDefinition<{ n: number; stream: RandomStream }, object> = {
    let: { n: integer(0, largest), stream: streams() },
    then: ({ n, stream }) => below(n * stream.uniform(), 600),
    sabotage: {},
    instances: { smoke: 1, quick: 1, full: 1 },
  };

  test('by its raw value gives the same comparison, whatever the seed', async () => {
    const verdicts = new Set<string>();
    for (const judgement of await judgements(random, 60, 5)) {
      const { worst, verdict } = judgement;
      verdicts.add(verdict);
      if (worst === null) throw new TypeError('worst: expected a witness, got none');
      const only = JSON.parse(JSON.stringify(worst.instance));
      const again = await judged(random, { only, seed: judgement.seed + 1, instances: 50 });
      expect(again).toMatchObject({ verdict, instances: 1 });
      expect(again.worst?.comparison).toEqual(worst.comparison);
    }
    expect([...verdicts].sort()).toEqual(['holds', 'refuted']);
  });

  test('makes the same trials as the request it comes from', async () => {
    const coin: Claim = {
      ...claim({}),
      then: withProbability<Numbers>({
        atLeast: () => 0.8,
        detecting: 0.1,
        missRate: 0.1,
        trial: (_scope, stream) => below(stream.uniform(), 0.8),
      }),
    };
    for (const { worst, seed } of await judgements(coin, 20, 5)) {
      if (worst === null) throw new TypeError('worst: expected a witness, got none');
      const only = JSON.parse(JSON.stringify(worst.instance));
      const again = await judged(coin, { only, seed, instances: 5 });
      expect(again.worst?.comparison).toEqual(worst.comparison);
    }
  });

  test('may turn out to be outside the claim', async () => {
    const judgement = await judged(claim({ assume: { 'n is small': ({ n }) => n < 5 } }), { only: { n: 7 } });
    expect(judgement).toMatchObject({ verdict: 'vacuous', instances: 0, hypothesisUnmet: 1 });
  });
});

test('a rate of failures by sampled tolerances beyond the allowance is refused', async () => {
  const within = claim({ sampledFailureRate: 2e-4 });
  expect(await judged(within)).toMatchObject({ verdict: 'holds', falseAlarmRate: 50 * 2e-4 });
  await expect(judged(claim({ sampledFailureRate: 2.01e-4 }))).rejects.toThrow(RangeError);
});
