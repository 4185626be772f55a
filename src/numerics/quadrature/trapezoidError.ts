import { checkAbove } from '../base/checks.ts';

/** What a trapezoidal rule for a normal variable may be off, per unit of the integrand's size in a strip. */
export interface TrapezoidError {
  /** Step of the rule. */
  readonly step: number;
  /** a: the integrand has to be analytic in |Im x| < a. */
  readonly halfWidth: number;
  /** |E h − Σ w h| ≤ factor·M for |h| ≤ M in that strip. */
  readonly factor: number;
}

/** What the rule of `gaussianTrapezoid` cuts off beyond ±8.75, and what its normalisation adds, at most. */
function cutOff(step: number): number {
  return 1e-15 + 8 * Math.exp(-2 * (Math.PI / step) ** 2);
}

/**
 * Bounds the error of the trapezoidal rule for E h(x), x ~ N(0, 1), h analytic and bounded by M in |Im x| < a.
 *
 *     |E h − Σ w h| ≤ M · 2e^{a²/2}/(e^{2πa/step} − 1) + M·(what is cut off)
 *
 * since |φ(x + ic)| = φ(x)e^{c²/2}. The same holds for an integrand bounded by M·q(x) on every line of the strip,
 * E q ≤ 1.
 *
 * Source: L. N. Trefethen and J. A. C. Weideman, The exponentially convergent trapezoidal rule, SIAM Review 56 (2014),
 * Theorem 5.1.
 */
export function trapezoidError(step: number, halfWidth: number): TrapezoidError {
  checkAbove('step', step, 0);
  checkAbove('halfWidth', halfWidth, 0);
  const decay = Math.expm1((2 * Math.PI * halfWidth) / step);
  const factor = (2 * Math.exp(halfWidth ** 2 / 2)) / decay + cutOff(step);
  return { step, halfWidth, factor };
}
