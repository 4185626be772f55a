import erfc from '@stdlib/math-base-special-erfc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ballProbability } from '../../../../src/applications/embedding/tail/ballProbability.ts';
import {
  emptyDerivatives,
  violationProbability,
} from '../../../../src/applications/embedding/tail/violationProbability.ts';
import {
  exactUnionDimension,
  worstCaseDimension,
} from '../../../../src/applications/embedding/theorem/unionDimension.ts';
import { gaussLegendre } from '../../../../src/numerics/quadrature/gaussLegendre.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';
import { clopperPearson } from '../../../../src/numerics/statistics/clopperPearson.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));
const upper = (t: number) => 0.5 * erfc(t / Math.SQRT2);
const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);

/** P(|X|² ≤ r²) for X ~ N(v, I) with |v| = q in one dimension, from the side on which nothing cancels. */
const insideOfLine = (r: number, q: number) => (r < q ? upper(q - r) : 1 - upper(r - q)) - upper(r + q);

/** P(χ²_{2m} ≤ x) = e^{−x/2} Σ_{i ≥ m} (x/2)^i/i!, every term positive. */
function evenCentral(m: number, x: number): number {
  let term = Math.exp(-x / 2);
  for (let i = 1; i <= m; i++) term *= x / 2 / i;
  let total = 0;
  for (let i = m; term > total * 1e-18 || i < x; i++) {
    total += term;
    term *= x / 2 / (i + 1);
  }
  return total;
}

/** The defining Poisson mixture of central distributions, for an even number of dimensions. */
function evenMixture(k: number, x: number, mu: number): number {
  let weight = Math.exp(-mu / 2);
  let total = 0;
  for (let j = 0; j < 60 + 2 * mu; j++) {
    total += weight * evenCentral(k / 2 + j, x);
    weight *= mu / 2 / (j + 1);
  }
  return total;
}

/** A fourth-order difference with relative step 2⁻⁹: h⁴·|f⁽⁵⁾|/30 and 2ε|f|/h are both below 1e-8 of the scale. */
function difference(f: (t: number) => number, at: number, scale: number): number {
  const h = scale * 2 ** -9;
  return (8 * (f(at + h) - f(at - h)) - (f(at + 2 * h) - f(at - 2 * h))) / (12 * h);
}

describe('probabilities of balls under a shifted Gaussian', () => {
  it('agree with the closed form in one dimension, at noncentralities up to 1e12', () => {
    const ball = ballProbability(1);
    for (const variance of [1, 1e-2, 1e-4, 1e-8, 1e-12]) {
      const s = Math.sqrt(variance);
      for (const t of [-6, -3, -1, 0, 0.5, 2, 5]) {
        // m is chosen so that the boundary is t deviations away; what rounding does to t is part of the tolerance.
        const a = 0.7;
        const m = (Math.sqrt(a) - t * s) ** 2;
        if (Math.sqrt(a) - t * s < 0) continue;
        const r = Math.sqrt(a) / s;
        const q = Math.sqrt(m) / s;
        const gap = (a - m) / (Math.sqrt(a) + Math.sqrt(m)) / s;
        const wanted = (gap < 0 ? upper(-gap) : 1 - upper(gap)) - upper(r + q);
        const tolerance = 1e-12 + 8 * Number.EPSILON * r * (1 + Math.abs(t));
        expect(Math.abs(ball.inside(a, m, variance) / wanted - 1)).toBeLessThan(tolerance);
        expect(ball.inside(a, m, variance) + ball.outside(a, m, variance)).toBeCloseTo(1, 13);
      }
    }
  });

  it('agree with the closed form in three dimensions', () => {
    const ball = ballProbability(3);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 5, max: 80 }), (rTenths, qTenths) => {
        const r = rTenths / 10;
        const q = qTenths / 10;
        const wanted = insideOfLine(r, q) - (density(r - q) - density(r + q)) / q;
        // The closed form subtracts numbers of size 1, the integral does not.
        expect(Math.abs(ball.inside(r * r, q * q, 1) - wanted)).toBeLessThan(64 * Number.EPSILON);
      }),
    );
  });

  it('agree with the Poisson mixture in even dimensions, in relative error, from q = 0 on', () => {
    for (const k of [2, 4, 10, 30, 100]) {
      const ball = ballProbability(k);
      for (const mu of [0, 1e-9, 0.5, 7, 40, 150]) {
        for (const part of [0.3, 0.7, 0.95, 1, 1.1]) {
          const x = part * (k + mu);
          const wanted = evenMixture(k, x, mu);
          // The mixture multiplies about k/2 + 2μ factors into its largest term.
          const tolerance = (k + 4 * mu + 400) * Number.EPSILON;
          expect(Math.abs(ball.inside(x, mu, 1) / wanted - 1)).toBeLessThan(tolerance);
        }
      }
    }
  });

  it('satisfy the heat equation at every noncentrality', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: -10, max: 1, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (k, logVariance, t) => {
          const variance = 10 ** logVariance;
          const a = 0.8;
          const m = Math.max(0, Math.sqrt(a) + t * Math.sqrt(variance)) ** 2;
          const d = ballProbability(k).derivativesInto(emptyDerivatives(), a, m, variance);
          const right = k * d.mean + 2 * m * d.meanMean;
          const scale = Math.abs(k * d.mean) + Math.abs(2 * m * d.meanMean) + Math.abs(d.variance);
          expect(Math.abs(d.variance - right)).toBeLessThanOrEqual(
            64 * Number.EPSILON * scale + (64 + 4 * k) * Number.MIN_VALUE,
          );
        },
      ),
    );
  });

  it('have derivatives that match differences of the values and of one another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 120 }), seeds, (k, seed) => {
        const stream = randomStream(seed);
        const ball = ballProbability(k);
        const a = 0.5 + stream.uniform();
        const variance = (0.1 + stream.uniform()) / k;
        const m = 0.05 + 1.2 * stream.uniform();
        const d = ball.derivativesInto(emptyDerivatives(), a, m, variance);
        const slope = (at: number, v: number) => ball.slopeInto(emptyDerivatives(), a, at, v);
        // Along m the natural length is the deviation of |X|², along S it is S/√k.
        const alongMean = Math.min(m / 4, 2 * Math.sqrt(variance * (m + variance)));
        const alongVariance = variance / Math.sqrt(k);
        const close = (got: number, wanted: number, size: number) =>
          expect(Math.abs(got - wanted)).toBeLessThan(1e-7 * size);
        close(
          difference((t) => ball.inside(a, t, variance), m, alongMean),
          d.mean,
          1 / alongMean,
        );
        close(
          difference((t) => ball.inside(a, m, t), variance, alongVariance),
          d.variance,
          1 / alongVariance,
        );
        close(
          difference((t) => slope(t, variance).mean, m, alongMean),
          d.meanMean,
          1 / alongMean ** 2,
        );
        close(
          difference((t) => slope(m, t).mean, variance, alongVariance),
          d.meanVariance,
          1 / (alongMean * alongVariance),
        );
        close(
          difference((t) => slope(m, t).variance, variance, alongVariance),
          d.varianceVariance,
          1 / alongVariance ** 2,
        );
      }),
    );
  });

  it('agree with simulation, each frequency inside its exact interval at error rate 1e-9', () => {
    const stream = randomStream('ball simulation');
    const trials = 20_000;
    for (const [k, a, m, variance] of [
      [3, 1.2, 0.9, 0.1],
      [20, 0.7, 0.3, 0.02],
      [20, 1.3, 0, 0.05],
      [60, 1.1, 1, 1e-3],
    ] as const) {
      let hits = 0;
      for (let trial = 0; trial < trials; trial++) {
        let squared = (Math.sqrt(m) + Math.sqrt(variance) * stream.gaussian()) ** 2;
        for (let i = 1; i < k; i++) squared += variance * stream.gaussian() ** 2;
        if (squared <= a) hits++;
      }
      const { lower, upper: highest } = clopperPearson(hits, trials, 1e-9);
      const wanted = ballProbability(k).inside(a, m, variance);
      expect(wanted).toBeGreaterThanOrEqual(lower);
      expect(wanted).toBeLessThanOrEqual(highest);
    }
  });

  it('Gauss–Legendre rules integrate every power up to 2n − 1', () => {
    for (const count of [1, 2, 5, 32]) {
      const { nodes, weights } = gaussLegendre(count);
      for (let power = 0; power < 2 * count; power++) {
        const got = nodes.reduce((total, node, i) => total + weights[i] * node ** power, 0);
        expect(Math.abs(got - (power % 2 === 0 ? 2 / (power + 1) : 0))).toBeLessThan(
          16 * count * Number.EPSILON,
        );
      }
    }
  });
});

describe('the violation probability', () => {
  it('is at least its threshold for every direction that the mean violates', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        fc.double({ min: -8, max: 0, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (k, distortion, logVariance, part) => {
          const p = violationProbability(k, distortion);
          const variance = 10 ** logVariance;
          const inner = (1 - distortion) * part;
          const outer = 1 + distortion + part;
          const least = p.threshold(variance) * (1 - 1e-11);
          expect(p.value(inner, variance)).toBeGreaterThanOrEqual(least);
          expect(p.value(outer, variance)).toBeGreaterThanOrEqual(least);
        },
      ),
    );
  });

  it('gives a dimension at which the union bound is below 1 and one row less is not', () => {
    for (const [pairs, distortion] of [
      [1, 0.5],
      [45, 0.7],
      [4950, 0.5],
      [124_750, 0.3],
    ] as const) {
      const k = exactUnionDimension(pairs, distortion);
      expect(pairs * violationProbability(k, distortion).value(0, 1 / k)).toBeLessThan(1);
      if (k > 1) {
        expect(pairs * violationProbability(k - 1, distortion).value(0, 1 / (k - 1))).toBeGreaterThanOrEqual(
          1,
        );
      }
    }
    // 4 ln 500 / (0.1²/2 − 0.1³/3) = 5326.9…, rounded up.
    expect(worstCaseDimension(500, 0.1)).toBe(5327);
    expect(exactUnionDimension(124_750, 0.1)).toBeLessThan(worstCaseDimension(500, 0.1));
  });
});
