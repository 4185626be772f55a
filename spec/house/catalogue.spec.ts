import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogueProblems } from '../../src/papers/claims/catalogue.ts';
import {
  falseAlarmShare,
  instrumentFalseAlarmRate,
  suiteFalseAlarmRate,
} from '../../src/papers/claims/falseAlarms.ts';
import { statedClaims } from '../../src/papers/run/statedClaims.ts';
import { catalogue } from '../paper/catalogue.ts';
import { undropped } from '../paper/hypotheses.ts';
import { paper } from '../paper/paper.ts';

const claims = statedClaims(paper);
const stated = claims.map(({ id }) => id);

test('the catalogue has no repeated id, unknown parent or cycle', () => {
  expect(catalogueProblems(catalogue)).toEqual([]);
});

test('a faulty catalogue is noticed', () => {
  const [first] = catalogue.entries;
  const entries = [first, { ...first, uses: ['nothing'] }, { ...first, id: 'A', uses: ['A'] }];
  expect(catalogueProblems({ ...catalogue, entries })).toEqual([
    `${first.id}: listed twice`,
    'A: ill-formed id',
    `${first.id}: uses unknown nothing`,
    'A: rests on itself',
  ]);
});

test('every entry is stated by one claim or says why it is unstated', () => {
  const expected = catalogue.entries.filter(({ unstated }) => unstated === undefined).map(({ id }) => id);
  expect([...stated].sort()).toEqual([...expected].sort());
});

test('every hypothesis that is said to be needed is dropped by a sabotage of the claim that is named', () => {
  const files = readdirSync('spec/paper', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.spec.ts'),
  );
  const texts = files.map((name) => readFileSync(`spec/paper/${name}`, 'utf8'));
  const named = catalogue.entries.flatMap(({ hypotheses }) =>
    hypotheses.flatMap(({ shownBy }) => shownBy ?? []),
  );
  expect(named.length).toBeGreaterThan(20);
  for (const { id, sabotage } of named) {
    // A claim's text ends where the next one's begins.
    const own = texts.map((text) => text.split(`('${id}', {`)[1]?.split(/\n {2}\w+\('/)[0] ?? '').join('');
    expect(own, `${id}: ${sabotage}`).toContain(`'${sabotage}': {`);
    const [said = ''] = (own.split(`'${sabotage}': {`)[1] ?? '').split(/\n {6}},/);
    expect(said, `${id}: ${sabotage}`).toMatch(/\bdrops: ['`\w]/);
  }
});

test('every hypothesis is dropped by a sabotage, or it is said why none drops it', () => {
  const words = catalogue.entries.flatMap(({ hypotheses }) =>
    hypotheses.flatMap((each) => (each.shownBy === null ? [each.words] : [])),
  );
  expect([...new Set(words)].sort()).toEqual(Object.keys(undropped).sort());
});

test('the theorems that are about a method list trivial methods that must not pass, and are not accepted as weak', () => {
  const labels = ['Theorem 4.1', 'Theorem 4.2', 'Theorem 5.2', 'Theorem 5.5'];
  for (const label of labels) {
    const [id] = catalogue.entries.flatMap((entry) =>
      entry.label === label && entry.kind === 'theorem' ? [entry.id] : [],
    );
    const own = claims.find((each) => each.id === id);
    expect(own?.nulls.length, `${label}, ${id}`).toBeGreaterThan(0);
    const problems = catalogue.accepted?.[id ?? '']?.problems ?? [];
    expect(problems.filter((problem) => problem.startsWith('passed by'))).toEqual([]);
  }
});

test('the theorems and figures of the paper are all listed', () => {
  const labels = catalogue.entries.map(({ label }) => label);
  for (const label of ['Lemma 3.1', 'Theorem 4.1', 'Theorem 4.2', 'Theorem 5.2', 'Theorem 5.5']) {
    expect(labels).toContain(label);
  }
  for (let figure = 1; figure <= 7; figure++) {
    expect(labels.some((label) => new RegExp(`^Figures? (\\d–)?${figure}\\b`).test(label))).toBe(true);
  }
});

test('the shares of the false-alarm budget add up to at most one in a million a run', () => {
  const share = falseAlarmShare(catalogue.entries.length);
  const total = catalogue.entries.reduce((sum) => sum + share, instrumentFalseAlarmRate);
  expect(suiteFalseAlarmRate).toBeLessThanOrEqual(1e-6);
  expect(total).toBeLessThanOrEqual(suiteFalseAlarmRate * (1 + catalogue.entries.length * Number.EPSILON));
});
