import { checkAbove } from '../../../numerics/base/checks.ts';
import type { SignQuadratic } from '../problem/signQuadratic.ts';

/** Upper bounds of |q'|τ, |q''|τ² and |q'''|τ³ for q(u) = 2Φ(u/τ) − 1: 2φ(0), 2φ(1) and 2φ(0). */
const first = Math.sqrt(2 / Math.PI);
const second = Math.sqrt(2 / Math.PI) * Math.exp(-0.5);
const third = Math.sqrt(2 / Math.PI);

/** max_i (|a_i| + factor·Σ_j |b_ij|). */
export function steepestVariable(
  { variables, field, offsets, weights }: SignQuadratic,
  factor: number,
): number {
  let largest = 0;
  for (let i = 0; i < variables; i++) {
    let sum = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) sum += Math.abs(weights[p]);
    largest = Math.max(largest, Math.abs(field[i]) + factor * sum);
  }
  return largest;
}

/**
 * A Hessian-Lipschitz constant K of g(u) = −Q(2Φ(u/τ) − 1), for the paper's Definition 2.2.
 *
 *     K = max_i (A|a_i| + (A + 3BC) Σ_j |b_ij|)/τ³,   A = C = 2φ(0), B = 2φ(1)
 *
 * Derivation: a symmetric trilinear form attains its norm on the diagonal (Banach). There, one coupling's third
 * derivative is at most |b|(A + 3BC)(|d_i|³ + |d_j|³)/τ³, since d_i²|d_j| + |d_i|d_j² ≤ |d_i|³ + |d_j|³; and
 * Σ_i |d_i|³ ≤ 1 for a unit d.
 */
export function hessianLipschitzOf(quadratic: SignQuadratic, smoothing: number): number {
  checkAbove('smoothing', smoothing, 0);
  return (third * steepestVariable(quadratic, 1 + (3 * first * second) / third)) / smoothing ** 3;
}

/**
 * A gradient-Lipschitz constant L of the same g.
 *
 *     L = max_i (B|a_i| + (B + C²) Σ_j |b_ij|)/τ²
 */
export function gradientLipschitzOf(quadratic: SignQuadratic, smoothing: number): number {
  checkAbove('smoothing', smoothing, 0);
  return (second * steepestVariable(quadratic, 1 + (first * first) / second)) / smoothing ** 2;
}

/**
 * A bound on what smoothing changes in the expected weight of a hyperplane rounding with a fixed vector.
 *
 *     (2 arctan(τ)/π)·(Σ|a_i| + 2Σ|b_ij|)
 *
 * Derivation: smoothing adds independent noise of deviation τ to v_i·z, which has deviation 1 over all of z, and so
 * changes x_i with probability arctan(τ)/π, and a product x_i x_j with at most twice that.
 */
export function smoothingLossBound(quadratic: SignQuadratic, smoothing: number): number {
  checkAbove('smoothing', smoothing, 0);
  let sum = 0;
  for (let i = 0; i < quadratic.variables; i++) sum += Math.abs(quadratic.field[i]);
  // Every coupling stands in two rows.
  for (let p = 0; p < quadratic.weights.length; p++) sum += Math.abs(quadratic.weights[p]);
  return ((2 * Math.atan(smoothing)) / Math.PI) * sum;
}
