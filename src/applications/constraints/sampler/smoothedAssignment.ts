import type { RandomizedObjective } from '../../../lemma/randomizedObjective.ts';
import { checkAbove, checkInteger, checkLength, checkWithin } from '../../../numerics/base/checks.ts';
import type { Assignment } from '../problem/constraints.ts';
import type { SignQuadratic } from '../problem/signQuadratic.ts';
import { assignmentExcess, expectedQuadratic } from './expectedQuadratic.ts';
import { type SignBands, type SignShape, signBandRatesInto, signBands, signBandsInto } from './signBands.ts';
import { hessianLipschitzOf, steepestVariable } from './smoothingBounds.ts';

/** What fixes a smoothed assignment besides its polynomial. */
export interface SmoothedAssignmentOptions {
  /** k ≥ 1, the dimension of the vectors without v₀: V is n × k. */
  readonly rank: number;
  /** τ > 0, the scale of the probit Φ(u/τ) that stands for the step "u > 0". */
  readonly smoothing: number;
  /** λ ≥ 0. */
  readonly regularization: number;
}

/** The lemma's objective on a constraint problem, with what it was made from. */
export interface SmoothedAssignment extends RandomizedObjective, SignShape {
  /** K, by `hessianLipschitzOf`. */
  readonly hessianLipschitz: number;
  /** x ↦ f(x) + Q(assignment), without the cancellation of that sum near a point that has decided on it. */
  readonly excessOver: (assignment: Assignment) => (x: Float64Array) => number;
}

/**
 * The expected satisfied weight of a random assignment with thresholds, smoothed and negated: the lemma's objective.
 *
 *     f(V, μ) = −E_z Q(2Φ((Vz + μ)/τ) − 1) + λ‖V‖_F²,   z ~ N(0, I_k)
 *
 * The fixed vector v₀ of the hyperplane rounding has no row: variable i is true where v_i·z + μ_i > 0, and a hyperplane
 * with v₀·z = t is V, the rows without their part along v₀, with the thresholds μ_i = t·(v₀·v_i).
 *
 * In closed form, with s_i² = |v_i|² + τ², h_i = μ_i/s_i and r = v_i·v_j/(s_i s_j),
 * E x_i = 2Φ(h_i) − 1 and E x_i x_j = 4Φ₂(h_i, h_j; r) − 2Φ(h_i) − 2Φ(h_j) + 1.
 *
 * Guarantee: value, gradient and Hessian-vector product carry rounding error only. The gradient in V is computed as
 * (∇²_μ f + 2λI)V, which Stein's lemma makes the same thing.
 *
 * A point is [V row-major, n·k entries; μ, n entries].
 *
 * @returns the objective; it owns its workspace
 * @throws RangeError for a rank below 1, τ ≤ 0 or λ < 0
 * Source: arXiv 2510.19382, section 5, for another rounding: M. Goemans and D. Williamson, J. ACM 42 (1995), section 7.
 * Cost: gradient O((n + m)·k); value m calls of Φ₂; product about three gradients.
 */
export function smoothedAssignment(
  quadratic: SignQuadratic,
  { rank: k, smoothing, regularization }: SmoothedAssignmentOptions,
): SmoothedAssignment {
  checkInteger('rank', k, 1);
  checkAbove('smoothing', smoothing, 0);
  checkWithin('regularization', regularization, 0, Number.MAX_VALUE);
  const n = quadratic.variables;
  const dimension = n * (k + 1);
  const shape: SignShape = { quadratic, rank: k, smoothing, regularization };
  const bands = signBands(quadratic);
  const checkPoints = (...points: Float64Array[]): void => {
    for (const point of points) checkLength('point', point, dimension);
  };
  const penalty = (x: Float64Array): number => {
    let squared = 0;
    for (let c = 0; c < n * k; c++) squared += x[c] * x[c];
    return regularization * squared;
  };
  return {
    ...shape,
    dimension,
    weights: { kind: 'matrix', start: 0, rows: n, columns: k },
    shift: { start: n * k, length: n },
    hessianLipschitz: hessianLipschitzOf(quadratic, smoothing),
    value: (x) => {
      checkPoints(x);
      return penalty(x) - expectedQuadratic(shape, bands, x);
    },
    gradientInto: (out, x) => {
      checkPoints(out, x);
      signBandsInto(bands, shape, x);
      for (let c = 0; c < n * k; c++) out[c] = 2 * regularization * x[c];
      subtractProduct(out, shape, bands.diagonal, bands.off, x);
      for (let i = 0; i < n; i++) out[n * k + i] = -bands.slope[i];
      return out;
    },
    hessianVectorInto: (out, x, direction) => {
      checkPoints(out, x, direction);
      signBandsInto(bands, shape, x);
      signBandRatesInto(bands, shape, x, direction);
      for (let c = 0; c < n * k; c++) out[c] = 2 * regularization * direction[c];
      subtractProduct(out, shape, bands.diagonal, bands.off, direction);
      subtractProduct(out, shape, bands.diagonalRate, bands.offRate, x);
      for (let i = 0; i < n; i++) out[n * k + i] = -bands.slopeRate[i];
      return out;
    },
    expectationErrorAt: (x) => closedFormError(shape, bands, x),
    excessOver: (assignment) => {
      checkLength('assignment', assignment, n);
      return (x) => {
        checkPoints(x);
        return penalty(x) + assignmentExcess(shape, bands, x, assignment);
      };
    },
  };
}

/** The first n rows of out ← out − B·rows, B being the matrix with these bands. */
function subtractProduct(
  out: Float64Array,
  { quadratic, rank: k }: SignShape,
  diagonal: SignBands['diagonal'],
  off: SignBands['off'],
  rows: Float64Array,
): void {
  const { variables, offsets, neighbours } = quadratic;
  for (let i = 0; i < variables; i++) {
    for (let q = 0; q < k; q++) out[i * k + q] -= diagonal[i] * rows[i * k + q];
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const at = neighbours[p] * k;
      for (let q = 0; q < k; q++) out[i * k + q] -= off[p] * rows[at + q];
    }
  }
}

/**
 * Rounding error of the closed form: each coupling's terms carry about 64 + 4k operations on quantities at most
 * 4|b|/τ², amplified at most (τ² + |v|²)/τ² fold by the cancellation in 1 − r²; rows add in 2-norm at most ‖V‖ fold.
 */
function closedFormError(shape: SignShape, bands: SignBands, x: Float64Array) {
  const { quadratic, rank: k, smoothing, regularization } = shape;
  let squared = 0;
  for (let c = 0; c < quadratic.variables * k; c++) squared += x[c] * x[c];
  signBandsInto(bands, shape, x);
  const largest = bands.scale.reduce((most, scale) => Math.max(most, scale), 0) / smoothing;
  const perUnit = (64 + 4 * k) * Number.EPSILON;
  const shiftHessian =
    (perUnit * 4 * steepestVariable(quadratic, 1) * largest * largest) / (smoothing * smoothing);
  const weightGradient = (shiftHessian + perUnit * regularization) * Math.sqrt(squared);
  return { weightGradient, shiftHessian, method: 'closed-form' as const };
}
