import { checkWithin } from '../numerics/base/checks.ts';

const infinity = Number.POSITIVE_INFINITY;

/**
 * The lemma's bound on the random weights at a stationary point.
 *
 *     ‖W‖_F ≤ ρ / (2λ − γ)
 *
 * @param gradientNorm ρ ≥ 0 with ‖∇_W f‖ ≤ ρ
 * @param curvature γ ≥ 0 with ∇²_b f ⪰ −γI; the paper's form has γ = √(Kρ)
 * @param regularization λ ≥ 0
 * @returns infinity where 2λ ≤ γ: the lemma then says nothing
 * Source: Lemma 3.1 of arXiv:2510.19382v2, with its proof's two hypotheses kept apart.
 */
export function lemmaBound(gradientNorm: number, curvature: number, regularization: number): number {
  checkWithin('gradientNorm', gradientNorm, 0, Number.MAX_VALUE);
  checkWithin('curvature', curvature, 0, Number.MAX_VALUE);
  checkWithin('regularization', regularization, 0, Number.MAX_VALUE);
  const denominator = 2 * regularization - curvature;
  return denominator > 0 ? gradientNorm / denominator : infinity;
}

/** Largest ρ at which the paper's form says anything: ρ < 4λ²/K. */
export function largestUsefulTolerance(hessianLipschitz: number, regularization: number): number {
  return (4 * regularization ** 2) / hessianLipschitz;
}
