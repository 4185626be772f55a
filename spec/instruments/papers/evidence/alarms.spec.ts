import { expect, test } from 'vitest';
import type { Catalogue } from '../../../../src/papers/claims/catalogue.ts';
import { alarmRecordSchema, alarmText } from '../../../../src/papers/evidence/alarmRecord.ts';
import type { ClaimPart } from '../../../../src/papers/evidence/shape/part.ts';
import { type AlarmCounts, addRun, redParts } from '../../../../src/papers/run/alarmRuns.ts';

const catalogue = {
  entries: ['a', 'b', 'c'].map((id) => ({ id, ...(id === 'c' ? { unstated: 'no test' } : {}) })),
} as unknown as Catalogue;

function part(id: string, verdict: string, sabotage?: string): ClaimPart {
  const of = sabotage === undefined ? {} : { sabotage };
  return { id, ...of, sabotages: ['s'], judgement: { verdict, reason: 'r' } } as unknown as ClaimPart;
}

const sound = ['a', 'b'].flatMap((id) => [part(id, 'holds'), part(id, 'refuted', 's')]);

test('nothing is red where every claim holds and every sabotage is refuted', () => {
  expect(redParts(catalogue, '1', sound)).toEqual([]);
});

test('a claim or sabotage with any other verdict is red, and so is one that is missing', () => {
  for (const [i, each] of sound.entries()) {
    const { id: claim, sabotage } = each;
    const of = { seed: '1', claim, ...(sabotage === undefined ? {} : { sabotage }) };
    for (const verdict of ['vacuous', 'inconclusive', sabotage === undefined ? 'refuted' : 'holds']) {
      const reds = redParts(catalogue, '1', sound.with(i, part(claim, verdict, sabotage)));
      expect(reds).toEqual([{ ...of, verdict, reason: 'r' }]);
    }
    if (sabotage === undefined) continue;
    const missing = { ...of, verdict: 'inconclusive', reason: 'did not run' };
    expect(redParts(catalogue, '1', sound.toSpliced(i, 1))).toEqual([missing]);
  }
  expect(redParts(catalogue, '1', []).map(({ claim }) => claim)).toEqual(['a', 'b']);
});

test('runs are counted, red ones once, by claim too', () => {
  let counts: AlarmCounts = { seeds: [], redRuns: 0, reds: [], claims: {} };
  const bad = sound.map(({ id, sabotage }) => part(id, id === 'b' ? 'inconclusive' : 'holds', sabotage));
  const runs: readonly (readonly [string, readonly ClaimPart[]])[] = [
    ['1', sound],
    ['2', bad],
    ['3', sound],
  ];
  for (const [seed, parts] of runs)
    counts = addRun(counts, catalogue, seed, redParts(catalogue, seed, parts));
  expect(counts.seeds).toEqual(['1', '2', '3']);
  expect(counts.redRuns).toBe(1);
  expect(counts.reds.map(({ seed, claim }) => `${seed} ${claim}`)).toEqual(['2 a', '2 b', '2 b']);
  expect(counts.claims).toEqual({ a: { runs: 3, red: 1 }, b: { runs: 3, red: 1 } });
  const record = alarmRecordSchema.parse({
    schemaVersion: 1,
    commit: 'x',
    dirty: false,
    inputs: 'x',
    node: 'x',
    profile: 'smoke',
    finished: 'x',
    minutes: 1,
    budget: 1e-6,
    ...counts,
  });
  expect(alarmText(record)).toBe('observed 1 in 3 runs with different seeds, profile smoke');
});
