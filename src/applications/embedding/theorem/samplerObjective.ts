import type { RandomizedObjective } from '../../../lemma/randomizedObjective.ts';
import type { DirectionSet } from '../points/directionImages.ts';

export interface SamplerOptions {
  /** k ≥ 1, the rows of the matrix. */
  readonly embeddingDimension: number;
  /** ε in (0, 1). */
  readonly distortion: number;
  /** τ > 0, the deviation of the noise that makes the indicator smooth. */
  readonly smoothing: number;
  /** λ ≥ 0. */
  readonly regularization: number;
}

/** What the sampler's objective can say at a point beyond its value. */
export interface SamplerState {
  /** Σ_u p, without the regularizer. */
  readonly violationSum: number;
  /** Σ_u p below this proves that M violates nowhere. */
  readonly threshold: number;
  /** A number below every eigenvalue of ∇²_M f. */
  readonly shiftCurvature: number;
}

export interface SamplerObjective extends RandomizedObjective {
  readonly options: SamplerOptions;
  readonly directions: DirectionSet;
  stateAt(x: Float64Array): SamplerState;
}

/** E|He₃(ξ)|/2 = φ(0) + 4φ(√3) for standard normal ξ: what a third derivative of a smoothed indicator can reach. */
const thirdMoment = (1 + 4 * Math.exp(-1.5)) / Math.sqrt(2 * Math.PI);

/**
 * A Hessian-Lipschitz constant of g(A) = Σ_u P_ξ(| |Au + τξ|² − 1 | > ε): count·(φ(0) + 4φ(√3))/τ³.
 *
 * @param smoothing τ > 0
 */
export function sampledHessianLipschitz(count: number, smoothing: number): number {
  return (count * thirdMoment) / smoothing ** 3;
}
