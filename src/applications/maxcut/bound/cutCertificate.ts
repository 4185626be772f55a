import { checkLength } from '../../../numerics/base/checks.ts';
import { inverseRootTwoPi, tabulatedNormalCdf } from '../../../numerics/statistics/normal.ts';
import type { SmoothedCutObjective } from '../sampler/smoothedCut.ts';

/** What is verified at a point of a smoothed cut, and what the lemma says about it. */
export interface CutCertificate {
  /** ‖V‖_F. */
  readonly weightNorm: number;
  /** ρ: ‖∇f‖ over V and μ, with the closed form's rounding added. */
  readonly gradientNorm: number;
  /** ‖∇_V f‖_F, likewise. */
  readonly weightGradientNorm: number;
  /** γ ≥ 0 with ∇²_μ f ⪰ −γI, proven by Gershgorin's circles, rounding added. */
  readonly curvature: number;
  readonly regularization: number;
  /** K of the objective: see `smoothedCutHessianLipschitz`. */
  readonly hessianLipschitz: number;
  /** ‖∇_V f‖/(2λ − γ), which bounds ‖V‖_F; infinite where γ ≥ 2λ. */
  readonly localBound: number;
  /** ρ/(2λ − √(Kρ)) of Lemma 3.1; infinite where λ ≤ √(Kρ)/2. */
  readonly lemmaBound: number;
  /** Whether the point is a ρ-SOSP's premise in μ, γ ≤ √(Kρ), and both bounds are finite and hold. */
  readonly holds: boolean;
}

/**
 * Verifies second-order stationarity at a point and evaluates the lemma's bound on V there.
 *
 *     ∇²_μ f ⪰ −γI  and  ‖∇_V f‖ ≤ ρ  ⇒  ‖V‖_F ≤ ‖∇_V f‖/(2λ − γ)
 *
 * The Hessian in μ has the graph's own sparsity: −w(2rφ₂ − h ∂P/∂h)/s² summed on the diagonal, 2wφ₂/(s_i s_j) off
 * it; so γ = max_i(−H_ii + Σ_j |H_ij|) needs no eigenvalues, for any n.
 *
 * Guarantee: γ is an upper bound on −λ_min(∇²_μ f), not an estimate; rounding of the closed form is added to γ and ρ.
 *
 * @param point V then μ; not written to
 * Source: arXiv 2510.19382, Definition 2.2 and Lemma 3.1.
 * Cost: one gradient and one pass over the edges.
 */
export function certifyCut(objective: SmoothedCutObjective, point: Float64Array): CutCertificate {
  checkLength('point', point, objective.dimension);
  const { graph, rank, regularization, shift } = objective;
  const gradient = objective.gradientInto(new Float64Array(objective.dimension), point);
  const error = objective.expectationErrorAt(point);
  let weightSquare = 0;
  let weightGradient = 0;
  let shiftGradient = 0;
  for (let c = 0; c < shift.start; c++) {
    weightSquare += point[c] * point[c];
    weightGradient += gradient[c] * gradient[c];
  }
  for (let c = shift.start; c < point.length; c++) shiftGradient += gradient[c] * gradient[c];
  const weightNorm = Math.sqrt(weightSquare);
  const weightGradientNorm = Math.sqrt(weightGradient) + error.weightGradient;
  const gradientNorm = Math.hypot(weightGradientNorm, Math.sqrt(shiftGradient));
  const bands = shiftHessian(objective, point);
  let curvature = 0;
  for (let i = 0; i < graph.vertexCount; i++) {
    let radius = 0;
    for (let p = graph.offsets[i]; p < graph.offsets[i + 1]; p++) radius += Math.abs(bands.offDiagonal[p]);
    curvature = Math.max(curvature, radius - bands.diagonal[i]);
  }
  if (curvature > 0) curvature += error.shiftHessian;
  const { hessianLipschitz } = objective;
  const admitted = Math.sqrt(hessianLipschitz * gradientNorm);
  const localBound = quotient(weightGradientNorm, 2 * regularization - curvature);
  const lemmaBound = quotient(gradientNorm, 2 * regularization - admitted);
  // V = 0 has no rows to bound, and dividing by 2λ rounds once.
  const rounding = 4 * (rank + 1) * Number.EPSILON * weightNorm;
  const isBounded = (bound: number): boolean => Number.isFinite(bound) && weightNorm <= bound + rounding;
  const holds = curvature <= admitted + error.shiftHessian && isBounded(localBound) && isBounded(lemmaBound);
  return {
    weightNorm,
    gradientNorm,
    weightGradientNorm,
    curvature,
    regularization,
    hessianLipschitz,
    localBound,
    lemmaBound,
    holds,
  };
}

function quotient(numerator: number, denominator: number): number {
  return denominator > 0 ? numerator / denominator : Number.POSITIVE_INFINITY;
}

/**
 * ∇²_μ f at a point: `diagonal` by vertex, `offDiagonal` aligned with `graph.neighbours`.
 *
 * @returns fresh arrays
 */
export function shiftHessian(objective: SmoothedCutObjective, point: Float64Array) {
  const { graph, rank: k, smoothing } = objective;
  const { vertexCount: n, offsets, neighbours, weights } = graph;
  const scale = new Float64Array(n);
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(weights.length);
  for (let i = 0; i < n; i++) {
    let squared = smoothing * smoothing;
    for (let c = i * k; c < (i + 1) * k; c++) squared += point[c] * point[c];
    scale[i] = Math.sqrt(squared);
  }
  for (let i = 0; i < n; i++) {
    const a = point[n * k + i] / scale[i];
    const density = Math.exp(-0.5 * a * a) * inverseRootTwoPi;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      const b = point[n * k + j] / scale[j];
      let product = 0;
      for (let q = 0; q < k; q++) product += point[i * k + q] * point[j * k + q];
      const r = product / (scale[i] * scale[j]);
      const inverseRoot = 1 / Math.sqrt(1 - r * r);
      const c = (b - r * a) * inverseRoot;
      const joint = density * Math.exp(-0.5 * c * c) * inverseRootTwoPi * inverseRoot;
      const slope = density * (1 - 2 * tabulatedNormalCdf(c));
      diagonal[i] -= (weights[p] * (2 * r * joint - a * slope)) / (scale[i] * scale[i]);
      offDiagonal[p] = (2 * weights[p] * joint) / (scale[i] * scale[j]);
    }
  }
  return { diagonal, offDiagonal };
}
