import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimsIn, statedClaims as readClaims } from '../../../../scripts/recheck/statedClaims.ts';
import { statedClaims } from '../../../../src/papers/run/statedClaims.ts';
import { paper } from '../../../paper/paper.ts';

const byId = <T extends { readonly id: string }>(claims: readonly T[]): T[] =>
  [...claims].sort((a, b) => (a.id < b.id ? -1 : 1));

test('two readers that share no code read the same claims from the specs, and all that the catalogue states', () => {
  const parsed = statedClaims(paper).map((claim) => ({
    ...claim,
    instances: Object.fromEntries(claim.instances),
  }));
  expect(byId(readClaims('spec'))).toEqual(byId(parsed));
  const ids = paper.catalogue.entries.filter(({ unstated }) => unstated === undefined).map(({ id }) => id);
  expect(parsed.map(({ id }) => id).sort()).toEqual([...ids].sort());
  for (const { sabotages, instances } of parsed) {
    expect(sabotages.length).toBeGreaterThan(0);
    expect(Object.values(instances).every((count) => count > 0)).toBe(true);
  }
});

const spec = `
// theorem('a.commented', { sabotage: { 'x': {} } })
words.theorem('a.b', {
  let: { x: one(1, { y: 2 }), text: \`a \${f({ b: '}' })} {\`, pattern: /[{'"]/ },
  strata: (profile) => ({ 'one, {': { quota: 1, let: { s: 'x' } }, two: { quota: 2 } }),
  sabotage: {
    "a 'quoted' one": { define: () => ({ a: 1, b: { c: 2 } }) },
    'its } bracket': { breaks: 'x', define: ({ a }) => ({ a: a / 2, b: a /* { */ / 3 }) },
    bare: {},
  },
  nulls: { 'nothing': { define: () => ({}) } },
  instances: { smoke: 3, quick: 20, full: 20_000 },
});
lemma('a.c', {
  then: () => 1, sabotage: { s: {}, [computed]: {}, ...others }, strata: Object.fromEntries([['a', { quota: 1 }]]),
  nulls: others, instances: { smoke: 1, quick: 2, full: 3 },
});
`;

test('brackets in strings, comments, templates and patterns mislead neither reader', () => {
  const wanted = [
    {
      id: 'a.b',
      sabotages: ["a 'quoted' one", 'its } bracket', 'bare'],
      nulls: ['nothing'],
      strata: ['one, {', 'two'],
      instances: { smoke: 3, quick: 20, full: 20_000 },
    },
    { id: 'a.c', sabotages: ['s'], nulls: [], strata: [], instances: { smoke: 1, quick: 2, full: 3 } },
  ];
  expect(claimsIn(spec)).toEqual(wanted);
  const folder = mkdtempSync(join(tmpdir(), 'stated-'));
  try {
    writeFileSync(join(folder, 'a.spec.ts'), spec);
    const parsed = statedClaims({ catalogue: paper.catalogue, claimSpecs: [folder] });
    expect(parsed.map((claim) => ({ ...claim, instances: Object.fromEntries(claim.instances) }))).toEqual(
      wanted,
    );
    writeFileSync(join(folder, 'a.spec.ts'), "lemma('a.d', { sabotage: all, instances: {} });");
    expect(() => statedClaims({ catalogue: paper.catalogue, claimSpecs: [folder] })).toThrow(/named entries/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
