import { gaussLegendre, type QuadratureRule } from '../../../numerics/quadrature/gaussLegendre.ts';
import { type RadialDensity, type RadialValues, radialDensity } from './radialDensity.ts';

/** Derivatives of P(|X|² ≤ a) for X ~ N(v, S·I), in m = |v|² and in the variance S. The caller owns the record. */
export interface BallDerivatives {
  mean: number;
  variance: number;
  meanMean: number;
  meanVariance: number;
  varianceVariance: number;
}

/** Probabilities of centred balls under N(v, S·I) in a fixed number of dimensions. No method checks arguments. */
export interface BallProbability {
  readonly dimensions: number;
  /**
   * P(|X|² ≤ a). Relative error of a few hundred machine epsilons where the answer is below ½, and 0 where it
   * underflows.
   *
   * @param a squared radius, above 0
   * @param m squared length of the mean, at least 0
   * @param variance S > 0
   */
  inside(a: number, m: number, variance: number): number;
  /** P(|X|² > a), with the same accuracy where it is below ½. */
  outside(a: number, m: number, variance: number): number;
  /** First derivatives of `inside`; the three second ones are left as they are. */
  slopeInto(out: BallDerivatives, a: number, m: number, variance: number): BallDerivatives;
  /** All five derivatives of `inside`. */
  derivativesInto(out: BallDerivatives, a: number, m: number, variance: number): BallDerivatives;
}

/** Nodes of the tail integral. e^{−42t} on [0, 1], the steepest integrand, is then exact to below 1e-17. */
const nodeCount = 32;

/** A tail is cut where its density has fallen by e^{−42} < machine epsilon². */
const fallen = 42;

/** And in any case at this distance: |X|/√S is 1-Lipschitz, so beyond t a tail has fallen by about e^{−t²/2}. */
const longest = 9.5;

/**
 * Prepares probabilities of balls for one number of dimensions.
 *
 * With x = a/S, q² = m/S, f the density of noncentral χ² with two dimensions more, and e, e₂ the excesses of
 * {@link RadialValues} above it:
 *
 *     ∂P/∂m = −f/S,  ∂P/∂S = −f h/S,  h = k + q²e
 *
 * and the heat equation ∂P/∂S = ½ tr ∇²_v P holds identically. Values are tail integrals of the density of |X|/√S,
 * so that a small tail has a small relative error.
 *
 * @param dimensions k ≥ 1
 * Source: ∂f_k/∂q² = ½(f_{k+2} − f_k), ∂f_k/∂x = ½(f_{k−2} − f_k), x f_k = k f_{k+2} + q² f_{k+4} (from DLMF 10.29).
 * Cost: 32 densities a probability, one evaluation with ratios for all derivatives.
 */
export function ballProbability(dimensions: number): BallProbability {
  const own = radialDensity(dimensions);
  const above = radialDensity(dimensions + 2);
  const rule = gaussLegendre(nodeCount);
  const values: RadialValues = { logDensity: 0, firstExcess: 0, secondExcess: 0 };
  const k = dimensions;

  const inside = (a: number, m: number, variance: number): number =>
    a <= m + k * variance ? tail(own, rule, -1, a, m, variance) : 1 - tail(own, rule, 1, a, m, variance);

  const outside = (a: number, m: number, variance: number): number =>
    a <= m + k * variance ? 1 - tail(own, rule, -1, a, m, variance) : tail(own, rule, 1, a, m, variance);

  const slopeInto = (out: BallDerivatives, a: number, m: number, variance: number): BallDerivatives => {
    const s = Math.sqrt(variance);
    const q = Math.sqrt(m) / s;
    above.evaluateInto(values, Math.sqrt(a) / s, q, rootGap(a, m) / s);
    const f = Math.exp(values.logDensity);
    out.mean = -f / variance;
    out.variance = (-f * (k + q * q * values.firstExcess)) / variance;
    return out;
  };

  const derivativesInto = (out: BallDerivatives, a: number, m: number, variance: number): BallDerivatives => {
    slopeInto(out, a, m, variance);
    const f = Math.exp(values.logDensity);
    const e = values.firstExcess;
    const g = 1 + e;
    const mu = m / variance;
    // μ(f₊₆/f₊₄ − f₊₄/f₊₂): what the ratio g still changes along μ.
    const bend = mu * (values.secondExcess - e);
    const h = k + mu * e;
    const distance = (a - m) / variance;
    const scale = f / (variance * variance);
    out.meanMean = -0.5 * scale * e;
    out.meanVariance = -scale * (0.5 * e * h + e + 0.5 * g * bend);
    out.varianceVariance = scale * (h + 0.5 * h * (h - distance + mu * e) + mu * e + mu * g * (1 + bend));
    return out;
  };
  return { dimensions, inside, outside, slopeInto, derivativesInto };
}

/** √a − √m without the rounding of the roots. */
function rootGap(a: number, m: number): number {
  return (a - m) / (Math.sqrt(a) + Math.sqrt(m));
}

/** The integral of the density of |X|/√S from √(a/S) outwards (side 1) or inwards (side −1). */
function tail(
  density: RadialDensity,
  rule: QuadratureRule,
  side: 1 | -1,
  a: number,
  m: number,
  variance: number,
): number {
  const s = Math.sqrt(variance);
  const r = Math.sqrt(a) / s;
  const q = Math.sqrt(m) / s;
  const gap = rootGap(a, m) / s;
  const start = density.logDensity(r, q, gap);
  // 745 is where exp underflows; the density of the length is 2r f, and r < 1e154 adds at most 355.
  if (start < -745 - 355 - longest) return 0;
  const decline = -side * logSlope(density.dimensions, r, q, gap);
  let length = Math.min(longest, fallen / Math.max(decline, fallen / longest));
  if (side === -1) length = Math.min(length, r);
  const { nodes, weights } = rule;
  let total = 0;
  for (let i = 0; i < nodes.length; i++) {
    const t = 0.5 * length * (1 + nodes[i]);
    const at = r + side * t;
    total += weights[i] * at * Math.exp(density.logDensity(at, q, gap + side * t) - start);
  }
  // 2r dr from d(r²), times half the length from the rule's interval.
  return Math.min(1, Math.exp(start + Math.log(length * total)));
}

/** Slope of log(r f) at r, from Amos' bound on the ratio of Bessel functions: good to a few per cent. */
function logSlope(k: number, r: number, q: number, gap: number): number {
  const z = r * q;
  const c = (k - 1) / 2;
  // q·(ratio − 1) with ratio = z/(c + √((c + 1)² + z²)), so that the large q cancels against r before the sum.
  const below = c + Math.hypot(c + 1, z);
  return (k - 1) / r - gap + (q * (z - below)) / below;
}
