import { describe, expect, test } from 'vitest';
import { exact } from '../../../../src/numerics/base/tolerance.ts';
import type { Catalogue } from '../../../../src/papers/claims/catalogue.ts';
import { atMost } from '../../../../src/papers/claims/comparison.ts';
import { integer } from '../../../../src/papers/claims/domain.ts';
import type { Evaluated } from '../../../../src/papers/claims/judge/evaluate.ts';
import { judgePart } from '../../../../src/papers/claims/judge/judgePart.ts';
import { language, type RegisteredClaim, registeredClaims } from '../../../../src/papers/claims/register.ts';
import type { Raw } from '../../../../src/papers/evidence/shape/comparison.ts';

const entry = {
  id: 'halves',
  kind: 'lemma',
  label: 'Lemma 1',
  title: 'Halves',
  statement: { words: 'Half of n is at most n.', tex: '' },
  hypotheses: [],
  uses: [],
} as const;
const catalogue: Catalogue = { paper: { title: 't', authors: [], version: 'v', url: '' }, entries: [entry] };
const definition = {
  let: { n: integer(1, 1000) },
  define: ({ n }: { readonly n: number }) => ({ half: n / 2 }),
  then: ({ n, half }: { readonly n: number; readonly half: number }) =>
    atMost('half against n', half, n, exact),
  sabotage: {
    doubled: { breaks: 'half against n', define: ({ n }: { readonly n: number }) => ({ half: 2 * n }) },
  },
  instances: { smoke: 12, quick: 50, full: 100 },
};
const words = language(catalogue);
words.section('numbers', () => words.lemma('halves', definition));

function claim(): RegisteredClaim {
  const found = registeredClaims().get('halves');
  if (found === undefined) throw new TypeError('expected the claim to be registered');
  return found;
}
const settings = { profile: 'smoke', seed: 'a' } as const;

describe('a registered claim', () => {
  test('says how it can be tried', () => {
    expect(claim()).toMatchObject({
      entry: { id: 'halves' },
      sabotages: [{ name: 'doubled', breaks: 'half against n', drops: '' }],
      instances: { smoke: 12 },
    });
  });

  test('is judged as the tests judge it, and shows every instance on the way', async () => {
    const seen: [Evaluated['kind'], Raw][] = [];
    const observe = ({ kind }: Evaluated, raw: Raw): number => seen.push([kind, raw]);
    for (const part of [{}, { sabotage: 'doubled' }]) {
      seen.length = 0;
      const judged = await claim().judge({ settings, observe }, part);
      const falseAlarmRate = 1e-9;
      const direct = await judgePart({ id: 'halves', definition, settings, falseAlarmRate }, part);
      expect({ ...judged.judgement, falseAlarmRate: 0 }).toEqual({ ...direct.judgement, falseAlarmRate: 0 });
      expect(judged.judgement.verdict).toBe('sabotage' in part ? 'refuted' : 'holds');
      expect(seen.length).toBe(12);
      expect(seen.every(([kind]) => kind === 'compared')).toBe(true);
    }
  });

  test('gives for its own witness the numbers that it had, and refuses what is no instance', async () => {
    const { judgement } = await claim().judge({ settings }, { sabotage: 'doubled' });
    const worst = 'worst' in judgement ? judgement.worst : null;
    const again = await claim().judge({ settings, replay: worst?.instance }, { sabotage: 'doubled' });
    expect(again.judgement).toMatchObject({ verdict: 'refuted', worst: { comparison: worst?.comparison } });
    await expect(claim().judge({ settings, replay: { n: 0 } }, {})).rejects.toThrow('the instance');
  });
});
