import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exact, rounding } from '../../../../src/numerics/base/tolerance.ts';
import {
  ancestors,
  type CatalogueEntry,
  catalogueProblems,
} from '../../../../src/papers/claims/catalogue.ts';
import { type ClaimDefinition, withProbability } from '../../../../src/papers/claims/claim.ts';
import {
  atLeast,
  atMost,
  type Comparison,
  equals,
  margin,
  tightness,
} from '../../../../src/papers/claims/comparison.ts';
import {
  checkRaw,
  choice,
  drawn,
  integer,
  map,
  oneOf,
  record,
  streams,
} from '../../../../src/papers/claims/domain.ts';
import { compareWithReported, printed } from '../../../../src/papers/claims/exhibit.ts';
import {
  falseAlarmShare,
  instrumentFalseAlarmRate,
  suiteFalseAlarmRate,
} from '../../../../src/papers/claims/falseAlarms.ts';
import { judge } from '../../../../src/papers/claims/judge/judge.ts';
import type { JudgeRequest } from '../../../../src/papers/claims/judge/request.ts';
import { worstWitness } from '../../../../src/papers/claims/judge/witness.ts';
import { encodeNumbers } from '../../../../src/papers/claims/numbers.ts';
import { partKey } from '../../../../src/papers/evidence/shape/part.ts';

function entry(id: string, ...uses: readonly string[]): CatalogueEntry {
  const words = { label: id, title: id, statement: { words: id, tex: '' } };
  return { id, kind: 'lemma', ...words, hypotheses: [], uses };
}

describe('a catalogue', () => {
  const paper = { title: 't', authors: [], version: 'v', url: '' };
  const problems = (...entries: readonly CatalogueEntry[]) => catalogueProblems({ paper, entries });

  test('in order has no problems, though claims share parents', () => {
    expect(problems(entry('a'), entry('b-1', 'a'), entry('c.d-e', 'a', 'b-1'))).toEqual([]);
  });

  test('with a repeated id, an unknown parent or a cycle has one for each', () => {
    expect(problems(entry('a'), entry('a'))).toEqual(['a: listed twice']);
    expect(problems(entry('a', 'b', 'c'), entry('c'))).toEqual(['a: uses unknown b']);
    const round = problems(entry('a', 'b'), entry('b', 'c'), entry('c', 'a'), entry('d', 'a'));
    expect(round).toEqual(['a', 'b', 'c'].map((id) => `${id}: rests on itself`));
  });

  test.each(['', 'A', 'a..b', '.a', 'a.', '-a', 'a-', 'a--b', 'a b', 'a_b', 'ä'])(
    'refuses the id "%s"',
    (id) => {
      expect(problems(entry(id))).toEqual([`${id}: ill-formed id`]);
    },
  );

  test('knows everything that a claim rests on, directly or not, and nothing else', () => {
    const entries = [entry('a', 'b', 'c'), entry('b', 'd'), entry('c', 'd'), entry('d'), entry('e', 'a')];
    const byId = new Map(entries.map((each) => [each.id, each]));
    expect([...ancestors('a', byId)].sort()).toEqual(['b', 'c', 'd']);
    expect([...ancestors('d', byId)]).toEqual([]);
    expect([...ancestors('unknown', byId)]).toEqual([]);
  });
});

describe('a raw value from outside', () => {
  const domain = record({ n: integer(3, 7), word: oneOf('yes', 'no'), stream: streams() });
  const check = (raw: unknown) => checkRaw(domain.draw, raw, 'here');
  const good = { n: 5, word: 'no', stream: 0 };

  test('is taken where it is what the domain draws, ends included', () => {
    for (const raw of [good, { ...good, n: 3 }, { ...good, n: 7 }, { ...good, stream: 0x7fffffff }])
      expect(check(raw)).toStrictEqual(raw);
  });

  test.each<[string, unknown, RegExp]>([
    ['too small', { ...good, n: 2 }, /here\.n.*integer in \[3, 7\].*2/],
    ['too large', { ...good, n: 8 }, /here\.n.*\[3, 7\].*8/],
    ['no integer', { ...good, n: 4.5 }, /here\.n.*4\.5/],
    ['no number', { ...good, n: '5' }, /here\.n.*"5"/],
    ['a negative seed', { ...good, stream: -1 }, /here\.stream.*\[0, 2147483647\]/],
    ['a seed too large', { ...good, stream: 0x80000000 }, /here\.stream/],
    ['an unknown name', { ...good, word: 'maybe' }, /here\.word.*yes, no.*"maybe"/],
    ['a number for a name', { ...good, word: 1 }, /here\.word/],
    ['a field missing', { n: 5, word: 'no' }, /here\.stream.*nothing/],
    ['a field too many', { ...good, more: 1 }, /here.*n, word, stream and no others/],
    ['a list', [5, 'no', 0], /here.*an object/],
    ['null', null, /here.*an object/],
    ['a word', 'no', /here.*an object/],
  ])('is refused with its place where it is %s', (_name, raw, words) => {
    expect(() => check(raw)).toThrow(words);
  });
});

describe('domains', () => {
  test('realize a raw value as what it names', () => {
    const domain = record({ n: integer(0, 9), one: choice({ two: 2, three: 3 }), word: oneOf('x', 'y') });
    expect(domain.realize({ n: 4, one: 'three', word: 'y' })).toEqual({ n: 4, one: 3, word: 'y' });
    expect(map(domain, ({ n, one }) => n * one).realize({ n: 4, one: 'two', word: 'x' })).toBe(8);
    expect(domain.draw).toMatchObject({ kind: 'record', fields: { one: { names: ['two', 'three'] } } });
  });

  test('draw the same from the same seed, and something else from another', () => {
    const uniform = drawn((stream) => stream.uniform());
    expect(uniform.realize(7)).toBe(uniform.realize(7));
    expect(uniform.realize(7)).not.toBe(uniform.realize(8));
  });
});

describe('tightness of a comparison that fails', () => {
  test('is what was used of what is allowed, and infinite where nothing is', () => {
    expect(tightness(atMost('x', 3, 2, exact))).toBe(1.5);
    expect(tightness(atLeast('x', 2, 3, exact))).toBe(1.5);
    expect(tightness(atMost('x', 3, 0, exact))).toBe(Number.POSITIVE_INFINITY);
    expect(tightness(atMost('x', 3, -1, exact))).toBe(Number.POSITIVE_INFINITY);
    expect(tightness(equals('x', 1, 2, exact))).toBe(Number.POSITIVE_INFINITY);
    // One ulp beyond the bound the quotient may round to 1, which would read as attained.
    expect(tightness(atMost('x', 1 + 2 ** -52, 1, exact))).toBeGreaterThan(1);
  });
});

describe('margin and tightness of a comparison that holds', () => {
  const allowing = (value: number) => ({ value, because: 'written here' });

  test('are what is left and what was used, by hand', () => {
    expect(margin(atMost('x', 3, 5, allowing(1)))).toBe(3);
    expect(tightness(atMost('x', 3, 5, allowing(1)))).toBe(0.5);
    expect(margin(atLeast('x', 5, 3, allowing(1)))).toBe(3);
    expect(tightness(atLeast('x', 5, 3, allowing(1)))).toBe(0.5);
    expect(margin(equals('x', 3, 5, allowing(4)))).toBe(2);
    expect(tightness(equals('x', 3, 5, allowing(4)))).toBe(0.5);
    expect(margin(equals('x', 3, 5, allowing(1)))).toBe(-1);
    expect(tightness(equals('x', 3, 5, allowing(1)))).toBe(2);
    expect(margin(equals('x', -5, 5, allowing(1)))).toBe(-9);
  });

  test('is 0 where the quotient means nothing, also where nothing was allowed and nothing used', () => {
    expect(tightness(atMost('x', -5, 0, exact))).toBe(0);
    expect(tightness(atMost('x', -5, -2, exact))).toBe(0);
    expect(tightness(atMost('x', 0, 2, exact))).toBe(0);
    expect(tightness(atMost('x', 5, Number.POSITIVE_INFINITY, exact))).toBe(0);
    expect(tightness(atMost('x', 0, 0, exact))).toBe(0);
    expect(tightness(equals('x', 7, 7, exact))).toBe(0);
    // Rounding leaves a margin of 0, though the bound with its tolerance is 0 and the left side is not.
    expect(margin(atMost('x', 1, -1e20, allowing(1e20)))).toBe(0);
    expect(tightness(atMost('x', 1, -1e20, allowing(1e20)))).toBe(0);
  });
});

describe('the witness of an instance', () => {
  test('is the comparison that came closest to failing, or failed most', () => {
    const comparisons: Comparison[] = [
      atMost('loose', 1, 10, exact),
      atMost('tight', 9, 10, exact),
      atMost('looser', 0, 10, exact),
    ];
    const witness = worstWitness({ n: 1 }, '5', comparisons);
    expect(witness).toMatchObject({ comparison: { what: 'tight' }, margin: 1, tightness: 0.9, path: '5' });
    const failing = worstWitness({ n: 1 }, '5', [...comparisons, atMost('failing', 11, 10, exact)]);
    expect(failing).toMatchObject({ comparison: { what: 'failing' }, margin: -1 });
  });
});

describe('a published number', () => {
  const observe = (measured: number, qualified?: boolean) =>
    compareWithReported('x', {
      quantity: 'q',
      reported: 10,
      origin: printed('s'),
      measured,
      finding: 'f',
      within: { value: 1, because: 'b' },
      ...(qualified === undefined ? {} : { qualified }),
    });

  test('is reproduced up to the tolerance, both sides and ends included', () => {
    for (const measured of [9, 10, 11]) expect(observe(measured).verdict).toBe('reproduced');
    for (const measured of [8.9, 11.1, Number.NaN]) expect(observe(measured).verdict).toBe('not-reproduced');
    expect(observe(9)).toMatchObject({ id: 'x', tolerance: { value: 1 }, measured: 9, reported: 10 });
  });

  test('with a qualification is at most qualified', () => {
    expect(observe(10, true).verdict).toBe('qualified');
    expect(observe(10, false).verdict).toBe('reproduced');
    expect(observe(20, true).verdict).toBe('not-reproduced');
  });
});

test('numbers written as text read back as they were, and those that JSON loses as words', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      expect(JSON.parse(encodeNumbers({ x }))).toEqual({ x: x === 0 ? 0 : x });
    }),
  );
  const special = { a: Number.NaN, b: [Number.POSITIVE_INFINITY], c: Number.NEGATIVE_INFINITY, d: 'NaN' };
  expect(JSON.parse(encodeNumbers(special))).toEqual({ a: 'NaN', b: ['Infinity'], c: '-Infinity', d: 'NaN' });
  expect(encodeNumbers(Float64Array.of(1, 2.5))).toBe('[1,2.5]');
  expect(encodeNumbers({ x: 1 }, 2)).toBe('{\n  "x": 1\n}');
});

test('every part of a claim has a key of its own', () => {
  const keys = [{ id: 'a' }, { id: 'b' }, { id: 'a', sabotage: 's' }, { id: 'a', sabotage: 't' }].map(
    partKey,
  );
  expect(new Set(keys).size).toBe(4);
  expect(keys[0]).toBe('a');
});

test('the false-alarm shares of any number of claims add up to what the instruments leave', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (count) => {
      const total = count * falseAlarmShare(count) + instrumentFalseAlarmRate;
      expect(Math.abs(total - suiteFalseAlarmRate)).toBeLessThanOrEqual(
        rounding(4, suiteFalseAlarmRate).value,
      );
    }),
  );
  expect(falseAlarmShare(0)).toBe(falseAlarmShare(1));
});

describe('a judge', () => {
  type Claim = ClaimDefinition<{ n: number }, object>;
  const always: Claim = {
    let: { n: integer(0, 999) },
    then: ({ n }) => atMost('n', n, 999, exact),
    sabotage: {},
    instances: { smoke: 1, quick: 1, full: 1 },
  };
  const judged = (definition: Claim, changes: Partial<JudgeRequest<{ n: number }, object>> = {}) =>
    judge({
      definition,
      profile: 'smoke',
      instances: 50,
      seed: 11,
      streamKey: 'k',
      falseAlarmRate: 0.01,
      ...changes,
    });

  test('counts the successes of trials, and puts their share against the asserted probability', async () => {
    const then = withProbability<{ n: number }>({
      atLeast: () => 0.7,
      detecting: 0.3,
      missRate: 0.01,
      trial: () => atMost('zero', 0, 1, exact),
    });
    const judgement = await judged({ ...always, then });
    const { worst, trials, instances } = judgement;
    expect(judgement.verdict).toBe('holds');
    expect(worst?.comparison).toMatchObject({ left: 1, right: 0.7, relation: '≥' });
    expect(worst?.comparison.numbers).toEqual({ successes: trials / instances, trials: trials / instances });
  });

  test('bounds the evaluations after a fault like those after a counterexample', async () => {
    let evaluations = 0;
    const then = (): never => {
      evaluations++;
      throw new TypeError('broken');
    };
    expect((await judged({ ...always, then }, { shrinks: 0 })).verdict).toBe('inconclusive');
    expect(evaluations).toBe(1);
  });

  test('refuses a rate of sampled failures that is more than its share', async () => {
    const refused = judged({ ...always, sampledFailureRate: 1 });
    await expect(refused).rejects.toThrow(/^sampledFailureRate: expected at most 0\.0002 /);
    expect((await judged({ ...always, sampledFailureRate: 0.0002 })).verdict).toBe('holds');
  });
});
