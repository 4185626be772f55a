import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bivariateNormalCdf } from '../../../src/numerics/quadrature/bivariateNormal.ts';
import { gaussLegendre } from '../../../src/numerics/quadrature/gaussLegendre.ts';
import {
  normalCdf,
  normalDensity,
  tabulatedNormalCdf,
  tabulatedNormalDensity,
} from '../../../src/numerics/statistics/normal.ts';

const argument = fc.double({ min: -6, max: 6, noNaN: true });
const correlation = fc.double({ min: -1, max: 1, noNaN: true });

/** An odd number of nodes, so that it shares none with the rules under test. */
const rule = gaussLegendre(21);

/**
 * Φ₂ from its definition, by conditioning: ∫_{−∞}^{h} φ(x) Φ((k − r x)/√(1 − r²)) dx, Gauss–Legendre on panels no
 * wider than the integrand's scale √(1 − r²).
 */
function byConditioning(h: number, k: number, r: number): number {
  const root = Math.sqrt(1 - r * r);
  const low = -9;
  const panels = Math.ceil((h - low) / root);
  const half = (h - low) / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (const [i, node] of rule.nodes.entries()) {
      const x = low + half * (2 * panel + 1 + node);
      sum += rule.weights[i] * normalDensity(x) * normalCdf((k - r * x) / root);
    }
  }
  return sum * half;
}

describe('the bivariate normal distribution function', () => {
  it('is 1/4 + arcsin(r)/2π at the origin (Sheppard 1899)', () => {
    fc.assert(
      fc.property(correlation, (r) => {
        expect(Math.abs(bivariateNormalCdf(0, 0, r) - 0.25 - Math.asin(r) / (2 * Math.PI))).toBeLessThan(
          2e-15,
        );
      }),
    );
  });

  it('agrees with quadrature of its definition to 1e-12, on both sides of every branch', () => {
    const branches = [0.05, 0.2999, 0.3001, 0.6, 0.7499, 0.7501, 0.9, 0.9249, 0.9251, 0.97, 0.999, 0.9999];
    const points = [-4.2, -0.7, 0, 1.6, 3.9];
    for (const size of branches) {
      for (const r of [size, -size]) {
        for (const h of points) {
          for (const k of points) {
            const difference = Math.abs(bivariateNormalCdf(h, k, r) - byConditioning(h, k, r));
            expect(difference, `h ${h}, k ${k}, r ${r}`).toBeLessThan(1e-12);
          }
        }
      }
    }
  }, 60_000);

  it('is Φ(h)Φ(k) when uncorrelated, Φ(min) at r = 1 and max(0, Φ(h) − Φ(−k)) at r = −1', () => {
    fc.assert(
      fc.property(argument, argument, (h, k) => {
        expect(bivariateNormalCdf(h, k, 0)).toBeCloseTo(normalCdf(h) * normalCdf(k), 14);
        expect(bivariateNormalCdf(h, k, 1)).toBeCloseTo(normalCdf(Math.min(h, k)), 14);
        expect(bivariateNormalCdf(h, k, -1)).toBeCloseTo(Math.max(0, normalCdf(h) - normalCdf(-k)), 14);
      }),
    );
  });

  it('is symmetric, and its reflections add up to the margin', () => {
    fc.assert(
      fc.property(argument, argument, correlation, (h, k, r) => {
        const p = bivariateNormalCdf(h, k, r);
        expect(Math.abs(p - bivariateNormalCdf(k, h, r))).toBeLessThan(1e-14);
        expect(Math.abs(p + bivariateNormalCdf(h, -k, -r) - normalCdf(h))).toBeLessThan(1e-14);
      }),
      { numRuns: 2000 },
    );
  });

  it('has its limits at infinite arguments', () => {
    expect(bivariateNormalCdf(Number.NEGATIVE_INFINITY, 1, 0.5)).toBe(0);
    expect(bivariateNormalCdf(Number.POSITIVE_INFINITY, 1, 0.5)).toBe(normalCdf(1));
    expect(bivariateNormalCdf(1, Number.POSITIVE_INFINITY, 0.95)).toBe(normalCdf(1));
  });
});

describe('the tabulated normal distribution function', () => {
  it('is within 4·2⁻⁵³ of the exact one', () => {
    fc.assert(
      fc.property(fc.double({ min: -9, max: 9, noNaN: true }), (x) => {
        expect(Math.abs(tabulatedNormalCdf(x) - normalCdf(x))).toBeLessThanOrEqual(2 * Number.EPSILON);
      }),
      { numRuns: 20_000 },
    );
  });

  it('has a density within 2⁻⁵⁰ of the exact one', () => {
    fc.assert(
      fc.property(fc.double({ min: -9, max: 9, noNaN: true }), (x) => {
        expect(Math.abs(tabulatedNormalDensity(x) - normalDensity(x))).toBeLessThanOrEqual(2 ** -50);
      }),
      { numRuns: 20_000 },
    );
  });
});
