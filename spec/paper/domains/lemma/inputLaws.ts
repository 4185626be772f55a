import type { NodeSet } from '../../../../src/lemma/nodeExpectation.ts';
import { gaussHermite } from '../../../../src/numerics/quadrature/gaussHermite.ts';
import { gaussLegendre } from '../../../../src/numerics/quadrature/gaussLegendre.ts';
import { normalCdf } from '../../../../src/numerics/statistics/normal.ts';

/**
 * A law of one input coordinate with mean 0 and variance 1, and how far it is from normal.
 *
 * The Stein kernel τ of a law is the function with E[x h(x)] = E[τ(x) h′(x)] for every smooth h; it is 1 for the
 * normal law alone.
 */
export interface InputLaw {
  /** Weighted points that stand for the law. */
  readonly nodes: { readonly points: Float64Array; readonly weights: Float64Array };
  /** S = √E(τ(x) − 1)², the Stein discrepancy; at least E|τ(x) − 1|. */
  readonly discrepancy: number;
  /** E x⁴ − 3. */
  readonly excessKurtosis: number;
}

/** The families of laws, each a path from the normal law (at 0) outwards, by excess kurtosis. */
export const lawPaths = {
  'towards ±1': (kurtosis: number) => smoothedSigns(-Math.abs(kurtosis)),
  'mixtures of two deviations': (kurtosis: number) => deviationMixture(Math.abs(kurtosis)),
  'Student t': (kurtosis: number) => studentLaw(Math.abs(kurtosis)),
  'sums of uniforms': (kurtosis: number) =>
    uniformSum(Math.min(8, Math.max(1, Math.round(1.2 / Math.abs(kurtosis))))),
} as const;

export type LawPath = keyof typeof lawPaths;

/** Gauss–Hermite nodes of a normal component; exact for what is analytic with moderate derivatives. */
const component = gaussHermite(40);

/** x = √(1 − s²)·z + s·ε, z normal and ε = ±1: excess kurtosis −2s⁴, in (−2, 0]. */
export function smoothedSigns(kurtosis: number): InputLaw {
  const s = (-kurtosis / 2) ** 0.25;
  const c = Math.sqrt(1 - s * s);
  const centres = [-s, s];
  const { nodes, weights } = component;
  const density = (x: number): number => centres.reduce((sum, m) => sum + normal(x, m, c) / 2, 0);
  // ∫_x^∞ y p(y) dy of a normal component at m: c²·density + m·P(X > x), and the two tails differ by ± s.
  const tail = (x: number): number =>
    c * c * density(x) + (s / 2) * (normalCdf((s - x) / c) - normalCdf((-s - x) / c));
  return {
    nodes: {
      points: Float64Array.from(centres.flatMap((m) => Array.from(nodes, (z) => m + c * z))),
      weights: Float64Array.from(centres.flatMap(() => Array.from(weights, (w) => w / 2))),
    },
    excessKurtosis: kurtosis,
    discrepancy: discrepancyOf(density, tail, c),
  };
}

/** Equal parts of N(0, 1 − δ) and N(0, 1 + δ): excess kurtosis 3δ², in [0, 3). */
export function deviationMixture(kurtosis: number): InputLaw {
  const delta = Math.sqrt(kurtosis / 3);
  const deviations = [Math.sqrt(1 - delta), Math.sqrt(1 + delta)];
  const { nodes, weights } = component;
  return {
    nodes: {
      points: Float64Array.from(deviations.flatMap((c) => Array.from(nodes, (z) => c * z))),
      weights: Float64Array.from(deviations.flatMap(() => Array.from(weights, (w) => w / 2))),
    },
    excessKurtosis: kurtosis,
    discrepancy: discrepancyOf(
      (x) => deviations.reduce((sum, c) => sum + normal(x, 0, c) / 2, 0),
      (x) => deviations.reduce((sum, c) => sum + (c * c * normal(x, 0, c)) / 2, 0),
      deviations[0],
    ),
  };
}

/**
 * Student's t with ν = 4 + 6/κ degrees of freedom, scaled to variance 1: τ(x) = (ν − 2 + x²)/(ν − 1), so that
 * S² = (E x⁴ − 1)/(ν − 1)².
 *
 * Nodes: trapezoidal in θ with x = √(ν − 2)·sinh θ, under which the density falls like e^{−ν|θ|}.
 */
export function studentLaw(kurtosis: number): InputLaw {
  const nu = 4 + 6 / kurtosis;
  const step = Math.min(0.05, 0.3 / Math.sqrt(nu));
  // The weights are below 1e-26 of the largest from here on.
  const reach = Math.acosh(Math.exp(60 / nu));
  const most = Math.ceil(reach / step);
  const thetas = Array.from({ length: 2 * most + 1 }, (_, i) => (i - most) * step);
  const raw = thetas.map((theta) => Math.exp(-nu * Math.log(Math.cosh(theta))));
  const total = raw.reduce((sum, w) => sum + w, 0);
  return {
    nodes: {
      points: Float64Array.from(thetas, (theta) => Math.sqrt(nu - 2) * Math.sinh(theta)),
      weights: Float64Array.from(raw, (w) => w / total),
    },
    excessKurtosis: kurtosis,
    discrepancy: Math.sqrt(2 + kurtosis) / (nu - 1),
  };
}

/**
 * The sum of m uniforms on an interval around 0, scaled to variance 1: excess kurtosis −1.2/m.
 *
 * τ of one uniform is (3 − x²)/2, of variance 1/5; that of the mean of m is a conditional mean of m of them, hence
 * S ≤ √(0.2/m). Nodes: Gauss–Legendre on the pieces of the spline that the density is.
 */
export function uniformSum(m: number): InputLaw {
  const { nodes, weights } = gaussLegendre(24);
  const points: number[] = [];
  const masses: number[] = [];
  for (let piece = 0; piece < m; piece++) {
    for (let i = 0; i < nodes.length; i++) {
      const t = piece + (nodes[i] + 1) / 2;
      points.push((t - m / 2) * Math.sqrt(12 / m));
      masses.push((weights[i] / 2) * splineDensity(m, t));
    }
  }
  return {
    nodes: { points: Float64Array.from(points), weights: Float64Array.from(masses) },
    excessKurtosis: -1.2 / m,
    discrepancy: Math.sqrt(0.2 / m),
  };
}

/** The density of the sum of m uniforms on [0, 1] at t: the B-spline of degree m − 1, by its recurrence. */
function splineDensity(m: number, t: number): number {
  if (m === 1) return t >= 0 && t < 1 ? 1 : 0;
  return (t * splineDensity(m - 1, t) + (m - t) * splineDensity(m - 1, t - 1)) / (m - 1);
}

/** √∫(T(x) − p(x))²/p(x) dx, T = τp, by the trapezoidal rule at a twentieth of the narrowest component. */
function discrepancyOf(density: (x: number) => number, tail: (x: number) => number, width: number): number {
  const step = width / 20;
  let total = 0;
  for (let i = -Math.ceil(14 / step); i * step <= 14; i++) {
    const p = density(i * step);
    if (p > 1e-280) total += ((tail(i * step) - p) ** 2 / p) * step;
  }
  return Math.sqrt(total);
}

function normal(x: number, mean: number, deviation: number): number {
  return Math.exp(-(((x - mean) / deviation) ** 2) / 2) / (deviation * Math.sqrt(2 * Math.PI));
}

/** Independent coordinates, each of the given law. */
export function productOf({ nodes }: InputLaw, columns: number): NodeSet {
  const count = nodes.weights.length ** columns;
  const points = new Float64Array(count * columns);
  const weights = new Float64Array(count).fill(1);
  for (let q = 0; q < count; q++) {
    for (let axis = 0, rest = q; axis < columns; axis++) {
      const digit = rest % nodes.weights.length;
      rest = (rest - digit) / nodes.weights.length;
      points[q * columns + axis] = nodes.points[digit];
      weights[q] *= nodes.weights[digit];
    }
  }
  return { points, weights };
}
