import { checkAbove, checkWithin } from '../base/checks.ts';
import type { QuadratureRule } from './gaussHermite.ts';

/** Beyond this many deviations the normal density is below 10⁻¹⁶ of its peak. */
const reach = 8.75;

/**
 * Makes the trapezoidal rule for x ~ N(0, 1): equally spaced nodes, weighted by the density.
 *
 *     E h(x) ≈ Σ weights[i] · h(nodes[i]),   nodes = offset + step·ℤ within ±8.75
 *
 * Guarantee: for h analytic in |Im x| < a and moderate there, the error is of order e^{−2πa/step}, whatever the size
 * of h's derivatives. Gauss–Hermite converges much more slowly where poles are near (a below 1); it is the better
 * rule for polynomials, on which this one is off by about e^{−2π²/step²}.
 *
 * @param step in (0, 1]
 * @param offset in [0, step)
 * @returns weights normalised to sum 1
 * Source: L. N. Trefethen and J. A. C. Weideman, The exponentially convergent trapezoidal rule, SIAM Review 56 (2014).
 */
export function gaussianTrapezoid(step: number, offset = 0): QuadratureRule {
  checkAbove('step', step, 0);
  checkWithin('step', step, 0, 1);
  checkWithin('offset', offset, 0, step);
  const first = Math.ceil((-reach - offset) / step);
  const count = Math.floor((reach - offset) / step) - first + 1;
  const nodes = Float64Array.from({ length: count }, (_, i) => offset + (first + i) * step);
  const weights = nodes.map((z) => Math.exp((-z * z) / 2));
  const total = weights.reduce((sum, w) => sum + w, 0);
  return { nodes, weights: weights.map((w) => w / total) };
}
