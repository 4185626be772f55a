import { expect, test } from 'vitest';
import { type InputLaw, type LawPath, lawPaths, productOf } from '../../paper/domains/lemma/inputLaws.ts';

const cases = (Object.keys(lawPaths) as LawPath[]).flatMap((path) =>
  [0.002, 0.05, 0.4, 1.2].map((kurtosis) => [path, kurtosis] as const),
);

const mean = ({ nodes: { points, weights } }: InputLaw, h: (x: number) => number): number =>
  points.reduce((sum, x, i) => sum + weights[i] * h(x), 0);

test.each(cases)(
  'the law %s at kurtosis %d has mean 0, variance 1 and the kurtosis it states',
  (path, kurtosis) => {
    const law = lawPaths[path](kurtosis);
    expect(mean(law, () => 1)).toBeCloseTo(1, 12);
    expect(mean(law, (x) => x)).toBeCloseTo(0, 12);
    expect(mean(law, (x) => x * x)).toBeCloseTo(1, 12);
    expect(mean(law, (x) => x ** 4) - 3).toBeCloseTo(law.excessKurtosis, 10);
  },
);

// E x h(x) − E h′(x) = E (τ − 1) h′ is at most S·√E h′², and with h′ = τ − 1 it is S², which for every h is the limit.
test.each(cases)(
  'the discrepancy of the law %s at kurtosis %d bounds what the identity misses',
  (path, kurtosis) => {
    const law = lawPaths[path](kurtosis);
    let attained = 0;
    for (let degree = 1; degree <= 5; degree += 2) {
      const [h, slope] = [(x: number) => x ** degree, (x: number) => degree * x ** (degree - 1)];
      const missed = Math.abs(mean(law, (x) => x * h(x)) - mean(law, slope));
      const norm = Math.sqrt(mean(law, (x) => (slope(x) - mean(law, slope)) ** 2));
      if (degree === 1) expect(missed).toBeLessThan(1e-10);
      // E(τ − 1) = 0, so that a constant may be taken from h′ first: Cauchy–Schwarz is sharper then.
      else attained = Math.max(attained, missed / (law.discrepancy * norm));
    }
    expect(attained).toBeLessThanOrEqual(1 + 1e-9);
    // τ − 1 is nearly a quadratic for small kurtosis, which h = x³ then tests exactly.
    if (kurtosis < 0.1 && path !== 'sums of uniforms') expect(attained).toBeGreaterThan(0.98);
  },
);

test('independent coordinates have products of the weights, and each its own law', () => {
  const law = lawPaths['towards ±1'](0.3);
  const { points, weights } = productOf(law, 2);
  const moment = (a: number, b: number): number =>
    weights.reduce((sum, w, q) => sum + w * points[2 * q] ** a * points[2 * q + 1] ** b, 0);
  expect(moment(0, 0)).toBeCloseTo(1, 12);
  expect(moment(1, 1)).toBeCloseTo(0, 12);
  expect(moment(4, 2)).toBeCloseTo(3 - 0.3, 10);
  expect(moment(2, 4)).toBeCloseTo(3 - 0.3, 10);
});
