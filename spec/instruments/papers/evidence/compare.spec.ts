import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import { compareEvidence, hasRegressed } from '../../../../src/papers/evidence/compare.ts';
import type { ClaimEvidence, Evidence } from '../../../../src/papers/evidence/evidence.ts';
import { logTicks, tickText } from '../../../../src/papers/report/charts/chartTicks.ts';
import { thinned } from '../../../../src/papers/report/charts/thinned.ts';
import { compareText } from '../../../../src/papers/report/compareText.ts';
import { headline, summarize } from '../../../../src/papers/report/summary.ts';
import {
  duration,
  percentage,
  readable,
  shellWord,
  shortened,
  spaced,
} from '../../../../src/papers/report/wording.ts';
import { randomEvidence } from '../randomEvidence.ts';

const base = randomEvidence(rootStream('compare'));

function claim(id: string, change: Partial<ClaimEvidence>): ClaimEvidence {
  const [template] = base.claims;
  if (template === undefined) throw new TypeError('claims: expected one, got none');
  return {
    ...template,
    id,
    verdict: 'holds',
    green: true,
    uses: [],
    sabotages: [],
    tightness: 0.5,
    ...change,
  };
}

function run(claims: readonly ClaimEvidence[], change: Partial<Evidence> = {}): Evidence {
  return { ...base, claims: [...claims], observations: [], timings: {}, ...change };
}

describe('comparing two runs', () => {
  test('a run does not differ from itself', () => {
    for (let i = 0; i < 20; i++) {
      const evidence = randomEvidence(rootStream('compare').fork(i));
      const { verdicts, observations, added, removed, shrunk, speed, differences } = compareEvidence(
        evidence,
        evidence,
      );
      expect([verdicts, added, removed, shrunk, differences].flat()).toEqual([]);
      expect(observations.filter(({ before, after }) => before === after)).toEqual([]);
      expect(speed).toBeCloseTo(1, 12);
    }
  });

  test('a change for the worse seen one way is one for the better the other way', () => {
    const good = run([claim('a', {})]);
    const bad = run([claim('a', { verdict: 'refuted', green: false })]);
    expect(compareEvidence(good, bad).verdicts).toEqual([
      { id: 'a', before: 'green', after: 'refuted', worse: true },
    ]);
    expect(compareEvidence(bad, good).verdicts).toEqual([
      { id: 'a', before: 'refuted', after: 'green', worse: false },
    ]);
    expect(hasRegressed(compareEvidence(good, bad))).toBe(true);
    expect(hasRegressed(compareEvidence(bad, good))).toBe(false);
  });

  test('claims come and go, and only a loss is a regression', () => {
    const one = run([claim('a', {})]);
    const two = run([claim('a', {}), claim('b', {})]);
    expect(compareEvidence(one, two)).toMatchObject({ added: ['b'], removed: [] });
    expect(hasRegressed(compareEvidence(one, two))).toBe(false);
    expect(compareEvidence(two, one)).toMatchObject({ added: [], removed: ['b'] });
    expect(hasRegressed(compareEvidence(two, one))).toBe(true);
  });

  test('margins that shrank are listed by the share of the headroom they lost, those that grew are not', () => {
    const before = run([
      claim('a', { tightness: 0.5 }),
      claim('b', { tightness: 0.9 }),
      claim('c', { tightness: 0.9 }),
    ]);
    const after = run([
      claim('a', { tightness: 0.6 }),
      claim('b', { tightness: 0.99 }),
      claim('c', { tightness: 0.1 }),
    ]);
    expect(compareEvidence(before, after).shrunk.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test('the overall speed is the geometric mean of the ratios, and times too short to tell are left out', () => {
    const claims = [claim('a', {}), claim('b', {}), claim('c', {})];
    const before = run(claims, { timings: { a: 8000, b: 1000, c: 2 } });
    const after = run(claims, { timings: { a: 1000, b: 2000, c: 1 } });
    const { speeds, speed } = compareEvidence(before, after);
    expect(speeds.map(({ id, ratio }) => [id, ratio])).toEqual([
      ['a', 8],
      ['b', 0.5],
    ]);
    expect(speed).toBeCloseTo(2, 12);
  });

  test('the text names every change once', () => {
    const before = run([claim('a', {}), claim('gone', {})], { timings: { a: 3000 } });
    const after = run([claim('a', { verdict: 'vacuous', green: false }), claim('new', {})], {
      timings: { a: 1500 },
    });
    const text = compareText(compareEvidence(before, after));
    expect(text).toContain('✗ worse   a: green → vacuous');
    expect(text).toContain('Claims added:\n  new');
    expect(text).toContain('Claims gone:\n  gone');
    expect(text).toContain('2.00×  a: 3.0 s → 1.5 s');
  });
});

describe('wording', () => {
  test('numbers are read back to six digits from what is written', () => {
    const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
    const back = (text: string): number => {
      const [mantissa = '', power = ''] = text.split(' × 10');
      const exponent = [...power].map((c) => (c === '⁻' ? '-' : String(digits.indexOf(c)))).join('');
      return Number(`${mantissa.replaceAll(',', '').replace('−', '-')}e${exponent || '0'}`);
    };
    const stream = rootStream('wording');
    for (let i = 0; i < 2000; i++) {
      const value = stream.gaussian() * 10 ** stream.integer(-12, 12);
      // Four digits are kept in scientific notation, six otherwise; half a unit of the last one may be lost.
      expect(Math.abs(back(readable(value)) - value)).toBeLessThanOrEqual(5.0001e-4 * Math.abs(value));
    }
    expect([0, -7, 12345, Number.NaN, -1 / 0].map(readable)).toEqual([
      '0',
      '−7',
      '12,345',
      'not a number',
      '−∞',
    ]);
  });

  test('a share never looks attained when it is not, nor the other way round', () => {
    expect(percentage(1)).toBe('100 %');
    expect(percentage(1 - Number.EPSILON)).toBe('just below 100 %');
    expect(percentage(1 + Number.EPSILON)).toBe('just above 100 %');
    expect(percentage(0.9999)).toBe('99.99 %');
    expect(percentage(114800)).toBe('114,800-fold');
    expect(percentage(Number.POSITIVE_INFINITY)).toBe('∞');
  });

  test('durations carry over', () => {
    expect([1, 999.6, 59_949, 59_999, 3_599_900].map(duration)).toEqual([
      '1 ms',
      '1.0 s',
      '59.9 s',
      '1 min 0 s',
      '60 min 0 s',
    ]);
  });

  test('shortening says how much is missing', () => {
    expect(shortened('abcdef', 6)).toBe('abcdef');
    expect(shortened('🙂🙂🙂', 1)).toBe('🙂… (2 characters more)');
  });

  test('a shell reads a word back as the text it stands for', () => {
    for (const text of ['2510.19382', "it's", '$(false) `x` "y" \\', '', '; true', 'λ']) {
      const { stdout } = spawnSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' });
      expect(stdout).toBe(text);
    }
  });

  test('names from programs become words, other names stay', () => {
    expect(['lowestCurvature', 'rank', 'k2Value', 'ρ', 'Already words', 'ABC'].map(spaced)).toEqual([
      'lowest curvature',
      'rank',
      'k2Value',
      'ρ',
      'Already words',
      'ABC',
    ]);
  });

  test('the headline counts every claim once', () => {
    for (let i = 0; i < 20; i++) {
      const evidence = randomEvidence(rootStream('headline').fork(i));
      const numbers = [...headline(summarize(evidence)).split('.')[0].matchAll(/\d+/g)].map(Number);
      const [green = 0, all = 0, ...others] = numbers;
      expect(green + others.reduce((sum, count) => sum + count, 0)).toBe(all);
    }
  });
});

describe('charts', () => {
  test('logarithmic ticks lie inside the data, at least two and at most nine, whatever its range', () => {
    const stream = rootStream('ticks');
    for (let i = 0; i < 500; i++) {
      const least = 10 ** (300 * (2 * stream.uniform() - 1));
      const most = least * 10 ** (6 * stream.uniform() ** 3);
      const ticks = logTicks([least, most]);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(9);
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(least * (1 - 1e-9));
        expect(tick).toBeLessThanOrEqual(most * (1 + 1e-9));
      }
    }
    expect([1e-6, 1, 2e-7].map(tickText)).toEqual(['10⁻⁶', '1', '2 × 10⁻⁷']);
  });

  test('a thinned series keeps its ends, its order and every peak', () => {
    const stream = rootStream('thinned');
    for (let i = 0; i < 50; i++) {
      const points = Array.from(
        { length: stream.integer(1, 5000) },
        (_, x) => [x, stream.gaussian()] as const,
      );
      const kept = thinned(points, 100);
      expect(kept.length).toBeLessThanOrEqual(Math.min(points.length, 104));
      expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      const heights = (of: typeof kept): number[] => of.map(([, y]) => y);
      expect(Math.max(...heights(kept))).toBe(Math.max(...heights(points)));
      expect(Math.min(...heights(kept))).toBe(Math.min(...heights(points)));
      expect(kept.map(([x]) => x)).toEqual(kept.map(([x]) => x).toSorted((a, b) => a - b));
    }
  });
});
