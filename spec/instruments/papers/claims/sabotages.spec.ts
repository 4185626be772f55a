import { describe, expect, test } from 'vitest';
import { exact } from '../../../../src/numerics/base/tolerance.ts';
import { type ClaimDefinition, gaveUp, type Sabotage } from '../../../../src/papers/claims/claim.ts';
import { atMost } from '../../../../src/papers/claims/comparison.ts';
import { integer } from '../../../../src/papers/claims/domain.ts';
import { judgeSabotage } from '../../../../src/papers/claims/judge/judgeSabotage.ts';
import type { JudgeRequest } from '../../../../src/papers/claims/judge/request.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

interface Drawn {
  readonly n: number;
}
interface Defined {
  readonly low: number;
  readonly high: number;
  readonly trusted: boolean;
}
type Claim = ClaimDefinition<Drawn, Defined>;

/** Two true comparisons about a number, of which a sabotage can break either. */
function claim(sabotage: Sabotage<Drawn, Defined>, changes: Partial<Claim> = {}): Claim {
  return {
    let: { n: integer(1, 100) },
    define: ({ n }) => ({ low: n, high: n, trusted: true }),
    then: ({ n, low, high }) => [
      atMost('n from below', low, n, exact),
      atMost('n from above', n, high, exact),
    ],
    sabotage: { it: sabotage },
    instances: { smoke: 1, quick: 1, full: 1 },
    ...changes,
  };
}

function judged(definition: Claim, changes: Partial<JudgeRequest<Drawn, Defined>> = {}) {
  const seed = rootStream('sabotages').integer(0, 0x7fffffff);
  const base = {
    definition,
    profile: 'smoke',
    instances: 20,
    seed,
    streamKey: 'k',
    falseAlarmRate: 0.01,
  } as const;
  return judgeSabotage({ ...base, ...changes }, 'it');
}

const breaks = 'n from below';
const raised = ({ low }: Defined) => ({ low: low + 1 });

describe('a sabotage is refuted', () => {
  test('by the comparison that it names, with the smallest instance that breaks it as witness', async () => {
    const judgement = await judged(claim({ breaks, define: raised }));
    expect(judgement).toMatchObject({
      verdict: 'refuted',
      comparison: breaks,
      share: 1,
      leastShare: 0.5,
      instances: 20,
      worst: { instance: { n: 1 }, comparison: { what: breaks } },
    });
  });

  test('by what it changes of what was drawn or of what was defined, and of nothing else', async () => {
    const above = 'n from above';
    const raise = ({ n }: Drawn) => ({ n: n + 1 });
    expect(await judged(claim({ breaks: above, define: raise }))).toMatchObject({ verdict: 'refuted' });
    expect(await judged(claim({ breaks: above, let: raise }))).toMatchObject({ verdict: 'holds' });
    expect(await judged(claim({ breaks: above }))).toMatchObject({ verdict: 'holds', share: 0 });
  });

  test('only where that comparison fails on the stated share of the instances, exactly', async () => {
    for (let broken = 0; broken <= 20; broken++) {
      let calls = 0;
      const define = ({ low }: Defined) => ({ low: calls++ < broken ? low + 1 : low });
      const judgement = await judged(claim({ breaks, share: 0.35, define }), { shrinks: 0 });
      expect(judgement.share).toBe(broken / 20);
      expect(judgement.verdict).toBe(broken >= 7 ? 'refuted' : 'holds');
    }
  });

  test('by what it names where it applies: instances of other kinds and strata do not count', async () => {
    const define = ({ n, low }: Drawn & Defined) => ({ low: n > 50 ? low + 1 : low });
    const applies = ({ n }: Drawn) => n > 50;
    expect(await judged(claim({ breaks, share: 1, define }))).toMatchObject({ verdict: 'holds' });
    const applied = await judged(claim({ breaks, share: 1, applies, define }));
    expect(applied).toMatchObject({ verdict: 'refuted', share: 1 });
    expect(applied.instances).toBeLessThan(20);
    const strata = {
      low: { quota: 1, let: { n: integer(1, 50) } },
      high: { quota: 1, let: { n: integer(51, 100) } },
    };
    const high = await judged(claim({ breaks, share: 1, strata: ['high'], define }, { strata }));
    expect(high).toMatchObject({ verdict: 'refuted', instances: 20, strata: [{ name: 'high' }] });
    expect(await judged(claim({ breaks, share: 1, strata: ['low'], define }, { strata }))).toMatchObject({
      verdict: 'holds',
    });
    await expect(judged(claim({ breaks, strata: ['none'], define }, { strata }))).rejects.toThrow(/"none"/);
  });
});

describe('a sabotage is not refuted', () => {
  test('by a comparison that it does not name, which is told', async () => {
    const judgement = await judged(claim({ breaks, define: ({ high }) => ({ high: high - 1 }) }));
    expect(judgement).toMatchObject({ verdict: 'holds', share: 0, worst: { comparison: { what: breaks } } });
    expect(judgement.reason).toContain('another one fails on 20');
  });

  test('by giving up, or by instances that are trivial', async () => {
    const then: Claim['then'] = ({ n, low }) => (low > n ? gaveUp('lost') : atMost(breaks, low, n, exact));
    const some = ({ n, low }: Drawn & Defined) => ({ low: n > 10 ? low + 1 : low });
    const judgement = await judged(claim({ breaks, define: some }, { then }));
    expect(judgement).toMatchObject({ verdict: 'holds', share: 0 });
    const trivial = { 'all of them': () => true };
    expect(await judged(claim({ breaks, define: raised }, { trivial }))).toMatchObject({
      verdict: 'inconclusive',
    });
  });
});

describe('a sabotage is inconclusive', () => {
  test('where it throws, even on a single instance that comes after broken ones', async () => {
    for (const at of [1, 20]) {
      let calls = 0;
      const define = ({ low }: Defined) => {
        if (++calls === at) throw new TypeError('broken');
        return { low: low + 1 };
      };
      const judgement = await judged(claim({ breaks, define }));
      expect(judgement.verdict).toBe('inconclusive');
      expect(judgement.reason).toMatch(/^TypeError: broken on instance/);
    }
  });

  test('where a side is not a number', async () => {
    const judgement = await judged(claim({ breaks, define: () => ({ low: Number.NaN }) }));
    expect(judgement.verdict).toBe('inconclusive');
  });

  test('where the comparison that it names is never made', async () => {
    const judgement = await judged(claim({ breaks: 'no such thing', define: raised }));
    expect(judgement).toMatchObject({
      verdict: 'inconclusive',
      worst: { comparison: { what: 'n from below' } },
    });
    expect(judgement.reason).toContain('"no such thing"');
  });

  test('where every instance gives up', async () => {
    const judgement = await judged(claim({ breaks, define: raised }, { then: () => gaveUp('lost') }));
    expect(judgement).toMatchObject({ verdict: 'inconclusive', reason: 'gave up on all 20 instances: lost' });
  });
});

describe('a sabotage that drops a hypothesis', () => {
  const drops = 'the bound is trusted';

  test('is refuted where the claim itself holds on the broken instances, with a witness', async () => {
    const judgement = await judged(claim({ breaks, drops, define: raised }));
    expect(judgement).toMatchObject({ verdict: 'refuted', drops });
    expect(judgement.restored).toMatchObject({ instance: judgement.worst?.instance, tightness: 1 });
  });

  test('is refuted where its example with the hypothesis restored satisfies the claim', async () => {
    const example = (trusted: boolean) => () => ({ n: 5, low: trusted ? 5 : 6, high: 5, trusted });
    const judgement = await judged(
      claim({ breaks, drops, define: example(false), restored: { define: example(true) } }),
    );
    expect(judgement).toMatchObject({ verdict: 'refuted', restored: { comparison: { left: 5 } } });
  });

  test('is inconclusive where restoring the hypothesis restores nothing', async () => {
    for (const restored of [{ define: raised }, { define: () => ({ low: Number.NaN }) }]) {
      const judgement = await judged(claim({ breaks, drops, define: raised, restored }));
      expect(judgement).toMatchObject({ verdict: 'inconclusive', restored: null });
      expect(judgement.reason).toContain(`restoring "${drops}"`);
    }
    const then: Claim['then'] = ({ n, low }) => (low === n ? gaveUp('lost') : atMost(breaks, low, n, exact));
    const givesUp = await judged(claim({ breaks, drops, define: raised }, { then }));
    expect(givesUp).toMatchObject({ verdict: 'inconclusive', restored: null });
  });
});

test('a sabotage is judged on as many instances as it says, else on as many as the claim up to twenty', async () => {
  const on = async (own: number | undefined, instances: number): Promise<number> => {
    const sabotage = { breaks, define: raised, ...(own === undefined ? {} : { instances: own }) };
    return (await judged(claim(sabotage), { instances })).instances;
  };
  expect(await on(undefined, 5)).toBe(5);
  expect(await on(undefined, 500)).toBe(20);
  expect(await on(7, 5)).toBe(7);
  expect(await on(33, 500)).toBe(33);
});

test('the witness of a sabotage can be judged again by itself', async () => {
  const definition = claim({ breaks, define: ({ n, low }) => ({ low: n >= 30 ? low + n : low }) });
  const { worst } = await judged(definition);
  expect(worst).toMatchObject({ instance: { n: 30 } });
  const again = await judged(definition, { only: JSON.parse(JSON.stringify(worst?.instance)) });
  expect(again).toMatchObject({ verdict: 'refuted', instances: 1 });
  expect(again.worst?.comparison).toEqual(worst?.comparison);
});
