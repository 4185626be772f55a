import { checkLength } from '../numerics/base/checks.ts';
import type { RidgeProfile } from './ridgeProfile.ts';

/** One term c·ψ(ω·u + φ) of g. */
export interface RidgeTerm {
  readonly profile: RidgeProfile;
  readonly coefficient: number;
  /** ω, k entries. */
  readonly direction: Float64Array;
  /** φ where it is fixed, or its value at the start where phases are trained. */
  readonly phase: number;
}

/**
 * The function g_θ(u) = Σ_j c_j ψ_j(ω_j·u + φ_j) on R^k; θ = (φ_j) where phases are trained, else empty.
 *
 * Trigonometric sums, polynomials and quadratics are all of this form.
 */
export interface RidgeSum {
  /** k. */
  readonly inputs: number;
  readonly terms: readonly RidgeTerm[];
  readonly trainPhases: boolean;
}

/** Checks a sum's shapes. */
export function checkRidgeSum({ inputs, terms }: RidgeSum): void {
  for (const [j, { direction }] of terms.entries()) checkLength(`terms[${j}].direction`, direction, inputs);
}

/**
 * A Hessian-Lipschitz constant of g over all of its arguments, where every profile has a bounded third derivative.
 *
 *     K = Σ_j |c_j| ‖(ω_j, 1)‖³ sup|ψ_j‴|   with trained phases,   Σ_j |c_j| ‖ω_j‖³ sup|ψ_j‴|   without
 */
export function ridgeHessianLipschitz({ terms, trainPhases }: RidgeSum): number | undefined {
  let total = 0;
  for (const { profile, coefficient, direction } of terms) {
    if (profile.thirdDerivativeBound === undefined) return undefined;
    let squared = trainPhases ? 1 : 0;
    for (let i = 0; i < direction.length; i++) squared += direction[i] * direction[i];
    total += Math.abs(coefficient) * squared ** 1.5 * profile.thirdDerivativeBound;
  }
  return total;
}
