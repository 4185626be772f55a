import { afterEach, describe, expect, inject, test } from 'vitest';
import { exact } from '../../../../src/numerics/base/tolerance.ts';
import type { Catalogue, CatalogueEntry, ClaimKind } from '../../../../src/papers/claims/catalogue.ts';
import type { ClaimDefinition } from '../../../../src/papers/claims/claim.ts';
import { atMost } from '../../../../src/papers/claims/comparison.ts';
import { integer } from '../../../../src/papers/claims/domain.ts';
import { language } from '../../../../src/papers/claims/vitest.ts';
import type { ClaimPart } from '../../../../src/papers/evidence/shape/part.ts';

const kinds = ['definition', 'lemma', 'theorem', 'corollary', 'observation', 'instrument'] as const;

function entry(kind: ClaimKind): CatalogueEntry {
  const words = { label: `A ${kind}`, title: 'of no paper', statement: { words: 'n ≤ 9', tex: '' } };
  return { id: `binding.${kind}`, kind, ...words, hypotheses: [], uses: [] };
}
const unstated = { ...entry('lemma'), id: 'binding.unstated', unstated: 'for a reason' };
const catalogue: Catalogue = {
  paper: { title: 'none', authors: [], version: 'none', url: '' },
  entries: [...kinds.map(entry), unstated],
};
const words = language(catalogue);

type Claim = ClaimDefinition<{ n: number }, object>;
const claim: Claim = {
  let: { n: integer(0, 9) },
  then: ({ n }) => atMost('n', n, 9, exact),
  sabotage: {
    'n above 9': { breaks: 'n', let: ({ n }) => ({ n: n + 10 }) },
    'n raised': { breaks: 'n', let: () => ({ n: 11 }) },
  },
  instances: { smoke: 7, quick: 8, full: 9 },
  exhibit: (stream) => ({
    observations: [],
    charts: [],
    certificates: [{ id: 'c', kind: 'k', says: 's', numbers: { drawn: stream.uniform() }, arrays: {} }],
  }),
};

const parts: ClaimPart[] = [];
const { runs, profile, withoutExhibits } = inject('claims');

// What these tests tell the reporter is looked at and taken back: they are claims of no paper.
afterEach(({ task }) => {
  const { claimPart } = task.meta;
  if (claimPart === undefined) return;
  delete task.meta.claimPart;
  const part = JSON.parse(claimPart) as ClaimPart;
  parts.push(part);
  const sabotage = /^is refuted when sabotaged: (.*)$/.exec(task.name)?.[1];
  const { id, judgement, exhibit, sabotages, file, milliseconds } = part;
  expect(task.suite?.name).toBe(`A ${id.slice('binding.'.length)}, of no paper (${id})`);
  expect(part.sabotage).toBe(sabotage);
  expect(sabotages).toEqual(Object.keys(claim.sabotage));
  expect(file).toBe('spec/instruments/papers/claims/binding.spec.ts');
  expect(milliseconds).toBeGreaterThanOrEqual(0);
  expect(milliseconds).toBeLessThan(60_000);
  expect(judgement.verdict).toBe(sabotage === undefined ? 'holds' : 'refuted');
  const instances = runs ?? claim.instances[profile];
  expect(judgement.instances).toBe(sabotage === undefined ? instances : Math.min(instances, 20));
  if (!('falseAlarmRate' in judgement)) throw new TypeError('judgement: expected one of a claim or sabotage');
  // This claim samples nothing.
  expect(judgement.falseAlarmRate).toBe(0);
  const isShown = sabotage === undefined && withoutExhibits !== true;
  expect(exhibit.certificates?.length ?? 0).toBe(isShown ? 1 : 0);
});

words.section('a section', () => {
  for (const kind of kinds) words[kind](entry(kind).id, claim);
});

describe.skipIf(inject('claims').claim !== undefined)('bound claims', () => {
  test('are judged once each and once for each of their sabotages, in order', () => {
    expect(parts.map(({ id, sabotage }) => [id, sabotage])).toEqual(
      kinds.flatMap((kind) =>
        [undefined, 'n above 9', 'n raised'].map((sabotage) => [`binding.${kind}`, sabotage]),
      ),
    );
  });

  test('draw instances of their own, and exhibits from streams of their own', () => {
    expect(new Set(parts.map(({ judgement }) => ('seed' in judgement ? judgement.seed : 0))).size).toBe(
      parts.length,
    );
    const drawn = parts
      .flatMap(({ exhibit }) => exhibit.certificates ?? [])
      .map(({ numbers }) => numbers.drawn);
    expect(new Set(drawn).size).toBe(drawn.length);
  });
});

describe('a claim is refused', () => {
  test.each<[string, string, Claim, RegExp]>([
    ['it is not in the catalogue', 'nothing', claim, /^binding\.nothing: expected an id of the catalogue/],
    ['it is of another kind', 'theorem', claim, /^binding\.theorem: expected a theorem, got a lemma/],
    ['the catalogue calls it unstated', 'unstated', claim, /^binding\.unstated: .* unstated/],
    ['it has no sabotage', 'lemma', { ...claim, sabotage: {} }, /^binding\.lemma: expected a sabotage/],
  ])('where %s', (_name, id, definition, message) => {
    expect(() => words.lemma(`binding.${id}`, definition)).toThrow(message);
  });
});
