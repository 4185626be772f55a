import { describe, expect, test } from 'vitest';
import { exact } from '../../../../src/numerics/base/tolerance.ts';
import { type ClaimDefinition, gaveUp, type Null } from '../../../../src/papers/claims/claim.ts';
import { atLeast } from '../../../../src/papers/claims/comparison.ts';
import { integer } from '../../../../src/papers/claims/domain.ts';
import { judge } from '../../../../src/papers/claims/judge/judge.ts';
import { judgeNull } from '../../../../src/papers/claims/judge/judgeNull.ts';
import type { JudgeRequest } from '../../../../src/papers/claims/judge/request.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

interface Drawn {
  readonly n: number;
}
interface Defined {
  readonly method: () => number;
}
type Claim = ClaimDefinition<Drawn, Defined>;

/** The claim that a method doubles a number; a null does something else. */
function claim(method: Null<Drawn, Defined>, changes: Partial<Claim> = {}): Claim {
  return {
    let: { n: integer(1, 100) },
    define: ({ n }) => ({ method: () => 2 * n }),
    then: ({ n, method }) => [
      atLeast('value against twice n', method(), 2 * n, exact),
      atLeast('value against n', method(), n, exact),
    ],
    sabotage: {},
    nulls: { it: method },
    instances: { smoke: 1, quick: 1, full: 1 },
    ...changes,
  };
}

function request(definition: Claim, changes: Partial<JudgeRequest<Drawn, Defined>> = {}) {
  const seed = rootStream('nulls').integer(0, 0x7fffffff);
  const base = {
    definition,
    profile: 'smoke',
    instances: 20,
    seed,
    streamKey: 'k',
    falseAlarmRate: 0.01,
  } as const;
  return { ...base, ...changes };
}
const judged = (definition: Claim, changes: Partial<JudgeRequest<Drawn, Defined>> = {}) =>
  judgeNull(request(definition, changes), 'it');

const half = ({ n }: Drawn) => ({ method: () => n });

describe('a trivial method', () => {
  test('passes where it satisfies the claim on more than half of the instances, exactly', async () => {
    for (let good = 0; good <= 20; good++) {
      let calls = 0;
      const define = ({ n }: Drawn) => ({ method: () => (calls++ < 2 * good ? 2 * n : 0) });
      const judgement = await judged(claim({ define }));
      expect(judgement).toMatchObject({ share: good / 20, instances: 20, draws: 1 });
      expect(judgement.verdict).toBe(good > 10 ? 'passes' : 'fails');
    }
  });

  test('is judged by all comparisons, or by those that are named', async () => {
    expect(await judged(claim({ define: half }))).toMatchObject({
      verdict: 'fails',
      share: 0,
      comparisons: [],
    });
    const compares = ['value against n'];
    expect(await judged(claim({ define: half, compares }))).toMatchObject({ verdict: 'passes', share: 1 });
    expect(await judged(claim({ define: half, compares: ['no such thing'] }))).toMatchObject({
      verdict: 'inconclusive',
    });
  });

  test('is judged on the first of the instances that the claim is judged on', async () => {
    const own: number[] = [];
    const nulls: number[] = [];
    const recording =
      (into: number[]) =>
      ({ n }: Drawn & Defined) => {
        into.push(n);
        return atLeast('n', n, 0, exact);
      };
    const define = ({ method }: Defined) => ({ method });
    await judge(request(claim({ define }, { then: recording(own) }), { instances: 50 }));
    await judged(claim({ define }, { then: recording(nulls) }), { instances: 50 });
    expect(nulls).toEqual(own.slice(0, 20));
  });

  test('that gives up does not pass, and one that throws leaves it undecided', async () => {
    const then: Claim['then'] = ({ n, method }) =>
      method() < n ? gaveUp('lost') : atLeast('value against n', method(), n, exact);
    expect(await judged(claim({ define: () => ({ method: () => 0 }) }, { then }))).toMatchObject({
      verdict: 'fails',
      share: 0,
      instances: 20,
    });
    const broken = (): never => {
      throw new TypeError('broken');
    };
    const judgement = await judged(claim({ define: broken }));
    expect(judgement).toMatchObject({ verdict: 'inconclusive' });
    expect(judgement.reason).toMatch(/^TypeError: broken on instance/);
  });

  test('is not credited with instances that are trivial or outside the hypotheses', async () => {
    const define = ({ n }: Drawn) => ({ method: () => (n > 50 ? 0 : 2 * n) });
    const large = { 'n is at most 50': ({ n }: Drawn) => n <= 50 };
    const trivial = await judged(claim({ define }, { trivial: large }));
    expect(trivial).toMatchObject({ verdict: 'fails', share: 0 });
    const assumed = await judged(claim({ define }, { assume: large }));
    expect(assumed).toMatchObject({ verdict: 'passes', share: 1 });
    for (const { instances } of [trivial, assumed]) expect(instances).toBeLessThan(20);
    expect(trivial.instances + assumed.instances).toBe(20);
    const all = { 'all of them': () => true };
    expect(await judged(claim({ define }, { trivial: all }))).toMatchObject({ verdict: 'inconclusive' });
  });

  test('has a share in every stratum', async () => {
    const strata = {
      low: { quota: 1, let: { n: integer(1, 9) } },
      high: { quota: 1, let: { n: integer(90, 99) } },
    };
    const define = ({ n }: Drawn) => ({ method: () => (n < 50 ? 2 * n : 0) });
    expect(await judged(claim({ define }, { strata }))).toMatchObject({
      share: 0.5,
      verdict: 'fails',
      strata: [
        { name: 'low', share: 1, instances: 10 },
        { name: 'high', share: 0, instances: 10 },
      ],
    });
  });
});

describe('a random method', () => {
  test('passes an instance exactly when at most one draw in a hundred fails', async () => {
    for (const [draws, failing, passes] of [
      [100, 1, true],
      [100, 2, false],
      [99, 1, false],
      [10, 0, true],
      [10, 1, false],
      [300, 3, true],
      [300, 4, false],
    ] as const) {
      let call = 0;
      const define = ({ n }: Drawn) => {
        const fails = call++ % draws < failing;
        return { method: () => (fails ? 0 : 2 * n) };
      };
      const judgement = await judged(claim({ define, draws, instances: 1 }));
      expect(judgement.share, `${failing} of ${draws}`).toBe(passes ? 1 : 0);
    }
  });

  test('is drawn from a stream of its own for every draw, the same for the same seed', async () => {
    const run = async (): Promise<readonly number[]> => {
      const drawn: number[] = [];
      const define = ({ n }: Drawn, stream: { uniform(): number }) => {
        drawn.push(stream.uniform());
        return { method: () => 2 * n };
      };
      await judged(claim({ define, draws: 5 }, { let: { n: integer(1, 1_000_000_000) } }));
      return drawn;
    };
    const first = await run();
    expect(new Set(first).size).toBe(first.length);
    expect(await run()).toEqual(first);
  });

  test('is drawn no longer than it takes to see that it fails', async () => {
    let draws = 0;
    const define = () => {
      draws++;
      return { method: () => 0 };
    };
    await judged(claim({ define, draws: 100, instances: 1 }));
    expect(draws).toBe(2);
  });
});
