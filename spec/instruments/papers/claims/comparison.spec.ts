import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  atLeast,
  atMost,
  type Comparison,
  equals,
  isDecidable,
  margin,
  tightness,
} from '../../../../src/papers/claims/comparison.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const side = fc.double({ noNaN: true });
/** Below half a unit in the last place of the largest number, so that adding one to a side does not overflow. */
const tolerance = fc
  .oneof(fc.constant(0), fc.double({ min: 0, max: 1e290, noNaN: true }))
  .map((value) => ({ value, because: 'drawn' }));
const make = { '≤': atMost, '≥': atLeast, '=': equals };
const comparison: fc.Arbitrary<Comparison> = fc
  .tuple(fc.constantFrom('≤', '≥', '=' as const), side, fc.option(side), tolerance)
  .map(([relation, left, right, allowed]) =>
    make[relation as keyof typeof make]('x', left, right ?? left, allowed),
  );

function everyTime<T>(label: string, arbitrary: fc.Arbitrary<T>, property: (value: T) => void): void {
  const seed = rootStream('comparisons').fork(label).integer(0, 0x7fffffff);
  fc.assert(fc.property(arbitrary, property), { seed, numRuns: 3000 });
}

/** Whether left ≤ right + tolerance, by the sides alone. */
function within(left: number, right: number, allowed: number): boolean {
  return left === right || left <= right + allowed;
}

describe('a comparison', () => {
  test('has a margin of at least 0 exactly where the inequality is true', () => {
    everyTime('truth', comparison, (c) => {
      const { left, relation, right, tolerance } = c;
      const truth = {
        '≤': within(left, right, tolerance.value),
        '≥': within(right, left, tolerance.value),
        '=': left === right || Math.abs(left - right) <= tolerance.value,
      }[relation];
      expect(margin(c) >= 0).toBe(truth);
    });
  });

  test('has a tightness of at most 1 exactly where its margin is at least 0, and never one below 0', () => {
    everyTime('agreement', comparison, (c) => {
      expect(tightness(c) <= 1).toBe(margin(c) >= 0);
      expect(tightness(c)).toBeGreaterThanOrEqual(0);
    });
  });

  test('of left ≤ right is that of right ≥ left, and an equation has no direction', () => {
    everyTime('mirror', fc.tuple(side, side, tolerance), ([a, b, allowed]) => {
      for (const measure of [margin, tightness]) {
        expect(measure(atLeast('x', b, a, allowed))).toBe(measure(atMost('x', a, b, allowed)));
        expect(measure(equals('x', b, a, allowed))).toBe(measure(equals('x', a, b, allowed)));
      }
    });
  });

  test('is as tight in any unit: powers of two change the margin alone', () => {
    const modest = fc
      .double({ min: -1e100, max: 1e100, noNaN: true })
      .filter((x) => x === 0 || Math.abs(x) > 1e-100);
    const draw = fc.tuple(
      fc.constantFrom('≤', '≥', '=' as const),
      modest,
      modest,
      modest,
      fc.integer({ min: -50, max: 50 }),
    );
    everyTime('units', draw, ([relation, left, right, allowed, exponent]) => {
      const unit = 2 ** exponent;
      const at = (scale: number): Comparison =>
        make[relation as keyof typeof make]('x', left * scale, right * scale, {
          value: Math.abs(allowed) * scale,
          because: 'drawn',
        });
      expect(tightness(at(unit))).toBe(tightness(at(1)));
      expect(margin(at(unit))).toBe(unit * margin(at(1)));
    });
  });

  test('is exactly attained at tightness 1', () => {
    const positive = fc.integer({ min: 1, max: 1e9 });
    everyTime('attained', fc.tuple(positive, fc.nat(1e9)), ([bound, value]) => {
      const allowed = { value, because: 'drawn' };
      expect(tightness(atMost('x', bound + value, bound, allowed))).toBe(1);
      expect(tightness(atMost('x', bound + value + 1, bound, allowed))).toBeGreaterThan(1);
      expect(tightness(atMost('x', bound + value - 1, bound, allowed))).toBeLessThan(1);
    });
  });

  test('whose sides and tolerance are all 0 holds without being tight: it says nothing', () => {
    const nothing = { value: 0, because: 'exact' };
    for (const relation of [atMost, atLeast, equals]) {
      expect(margin(relation('x', 0, 0, nothing))).toBe(0);
      expect(tightness(relation('x', 0, 0, nothing))).toBe(0);
      expect(tightness(relation('x', 0, -0, nothing))).toBe(0);
    }
  });

  test('is decidable exactly where no side is NaN and the tolerance is finite and not negative', () => {
    const odd = fc.double();
    everyTime('decidable', fc.tuple(odd, odd, odd), ([left, right, value]) => {
      const usable =
        !Number.isNaN(left) && !Number.isNaN(right) && value >= 0 && value < Number.POSITIVE_INFINITY;
      expect(isDecidable(atMost('x', left, right, { value, because: 'drawn' }))).toBe(usable);
    });
    for (const value of [Number.NaN, -1, Number.POSITIVE_INFINITY])
      expect(isDecidable(atMost('x', 0, 1, { value, because: 'odd' }))).toBe(false);
    expect(isDecidable(atMost('x', Number.NaN, 1, { value: 0, because: 'odd' }))).toBe(false);
    expect(isDecidable(atMost('x', 0, Number.NaN, { value: 0, because: 'odd' }))).toBe(false);
  });
});
