import { expect, test } from 'vitest';
import { compensatedSum } from '../../../../src/numerics/linalg/compensatedSum.ts';
import {
  allFinite,
  alongInto,
  axpyInto,
  differenceInto,
  dot,
  norm,
  scaleInto,
} from '../../../../src/numerics/linalg/vectors.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('linalg.vectors');

test('a compensated sum of doubles is their exact sum, rounded once', () => {
  for (let run = 0; run < 200; run++) {
    const stream = root.fork(run);
    // Integers times powers of two: BigInt adds them exactly. Each comes with its negative, but for one.
    const terms: { integer: number; exponent: number; place: number }[] = [];
    for (let i = 0, n = stream.integer(1, 60); i < n; i++) {
      const integer = stream.integer(-(2 ** 30), 2 ** 30);
      const exponent = stream.integer(0, 60);
      terms.push({ integer, exponent, place: stream.uniform() });
      terms.push({ integer: -integer, exponent, place: stream.uniform() });
    }
    terms.push({
      integer: stream.integer(1, 2 ** 30),
      exponent: stream.integer(0, 20),
      place: stream.uniform(),
    });
    terms.sort((a, b) => a.place - b.place);
    const exact = terms.reduce((total, t) => total + BigInt(t.integer) * 2n ** BigInt(t.exponent), 0n);
    const values = terms.map((t) => t.integer * 2 ** t.exponent);
    const magnitude = values.reduce((total, value) => total + Math.abs(value), 0);
    // One rounding of the result and the second-order term n²u²Σ|a|, u = 2⁻⁵³.
    const unit = Number.EPSILON / 2;
    const admitted = unit * Math.abs(Number(exact)) + (values.length * unit) ** 2 * magnitude;
    expect(Math.abs(compensatedSum(values) - Number(exact))).toBeLessThanOrEqual(admitted);
  }
});

test('1 + 10¹⁰⁰ + 1 − 10¹⁰⁰ = 2', () => {
  expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2);
});

test('the kernels are their formulas, aliased outputs included', () => {
  const stream = root.fork('kernels');
  for (const n of [0, 1, 7]) {
    const x = Float64Array.from({ length: n }, () => stream.gaussian());
    const y = Float64Array.from({ length: n }, () => stream.gaussian());
    const s = stream.gaussian();
    expect(dot(x, y)).toBe(x.reduce((total, entry, i) => total + entry * y[i], 0));
    expect(norm(x)).toBe(Math.sqrt(dot(x, x)));
    expect(axpyInto(Float64Array.from(x), s, y)).toEqual(x.map((entry, i) => entry + s * y[i]));
    expect(scaleInto(Float64Array.from(x), s, y)).toEqual(y.map((entry) => s * entry));
    expect(differenceInto(Float64Array.from(x), x, y)).toEqual(x.map((entry, i) => entry - y[i]));
    const aliased = Float64Array.from(y);
    expect(alongInto(aliased, x, s, aliased)).toEqual(x.map((entry, i) => entry + s * y[i]));
    expect(aliased).toEqual(alongInto(new Float64Array(n), x, s, y));
  }
});

test('one entry that is not finite is seen wherever it stands', () => {
  for (const bad of [Number.NaN, Infinity, -Infinity]) {
    for (let at = 0; at < 5; at++)
      expect(allFinite([0, 1, 2, 3, 4].map((x, i) => (i === at ? bad : x)))).toBe(false);
  }
  expect(allFinite([Number.MAX_VALUE, -0, Number.MIN_VALUE])).toBe(true);
  expect(allFinite([])).toBe(true);
});
