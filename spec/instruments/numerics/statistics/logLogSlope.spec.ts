import { expect, test } from 'vitest';
import { logLogSlope } from '../../../../src/numerics/statistics/logLogSlope.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('statistics.log-log-slope');

test('y = c x^s is recovered to rounding', () => {
  for (let run = 0; run < 50; run++) {
    const stream = root.fork(run);
    const n = stream.integer(2, 30);
    const slope = 3 * stream.gaussian();
    const factor = Math.exp(stream.gaussian());
    const x = Array.from({ length: n }, (_, i) => 10 ** (-6 + (6 * (i + stream.uniform() / 2)) / n));
    const line = logLogSlope(
      x,
      x.map((entry) => factor * entry ** slope),
    );
    // Logarithms up to 14·|slope|, each good to two roundings, over a spread of at least one decade's worth.
    const tolerance = 64 * Number.EPSILON * 14 * (1 + Math.abs(slope));
    expect(Math.abs(line.slope - slope)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(line.intercept - Math.log(factor))).toBeLessThanOrEqual(14 * tolerance);
    expect(line.standardError).toBeLessThanOrEqual(tolerance);
  }
});

test('the slope leaves residuals orthogonal to log x, and its standard error is the textbook formula', () => {
  const x = [1, 2, 4, 8];
  const y = [3, 1, 7, 2];
  const { slope, intercept, standardError } = logLogSlope(x, y);
  const u = x.map(Math.log);
  const residuals = y.map((entry, i) => Math.log(entry) - intercept - slope * u[i]);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  expect(Math.abs(sum(residuals))).toBeLessThanOrEqual(64 * Number.EPSILON);
  expect(Math.abs(sum(residuals.map((r, i) => r * u[i])))).toBeLessThanOrEqual(64 * Number.EPSILON);
  const mean = sum(u) / 4;
  const variance = sum(residuals.map((r) => r * r)) / 2 / sum(u.map((entry) => (entry - mean) ** 2));
  expect(Math.abs(standardError - Math.sqrt(variance))).toBeLessThanOrEqual(16 * Number.EPSILON);
});

test('points that are not positive, or all at one x, are refused', () => {
  expect(() => logLogSlope([1, 0], [1, 1])).toThrow(RangeError);
  expect(() => logLogSlope([1, 2], [1, Number.NaN])).toThrow(RangeError);
  expect(() => logLogSlope([2, 2], [1, 3])).toThrow(RangeError);
  expect(() => logLogSlope([2], [1])).toThrow(RangeError);
});
