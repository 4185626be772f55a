import { checkAbove } from '../../../numerics/base/checks.ts';
import type { Graph } from '../graph/graph.ts';

/** α of Goemans and Williamson, rounded down: min over ρ in [−1, 1) of (2/π) arccos(ρ)/(1 − ρ). */
export const goemansWilliamsonRatio = 0.87856;

/** The largest Σ_j |w_ij| of a vertex. */
export function largestDegree(graph: Graph): number {
  const { vertexCount, offsets, weights } = graph;
  let largest = 0;
  for (let i = 0; i < vertexCount; i++) {
    let degree = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) degree += Math.abs(weights[p]);
    largest = Math.max(largest, degree);
  }
  return largest;
}

/**
 * A Hessian-Lipschitz constant K of the smoothed cut g(u) = −Σ w_ij D(u_i, u_j), for the paper's Definition 2.2.
 *
 *     K = d_max/(2τ³) · (A + 3BC),   A = 2φ(0), B = 2φ(1), C = 2φ(0), d_max = max_i Σ_j |w_ij|
 *
 * Derivation: D(u_i, u_j) = (1 − q_i q_j)/2 with q = 2Φ(u/τ) − 1, whose derivatives are at most 1, C/τ, B/τ², A/τ³.
 * A symmetric trilinear form attains its norm on the diagonal (Banach), and there the third derivative of one
 * edge is at most |w|/(2τ³) (A + 3BC)(|d_i|³ + |d_j|³), since d_i²d_j + d_i d_j² ≤ d_i³ + d_j³. Summing over
 * edges, Σ_i |d_i|³ ≤ 1 for a unit d.
 *
 * @param smoothing τ > 0
 */
export function smoothedCutHessianLipschitz(graph: Graph, smoothing: number): number {
  checkAbove('smoothing', smoothing, 0);
  const first = Math.sqrt(2 / Math.PI);
  const second = Math.sqrt(2 / Math.PI) * Math.exp(-0.5);
  const third = Math.sqrt(2 / Math.PI);
  return (largestDegree(graph) * (third + 3 * first * second)) / (2 * smoothing ** 3);
}

/**
 * A bound on what smoothing changes in the expected hyperplane cut of unit vectors at μ = 0.
 *
 *     |Σ w_ij (arccos(ρ_ij/(1 + τ²)) − arccos(ρ_ij))/π| ≤ (√2/π) τ Σ|w_ij|
 *
 * Derivation: the difference grows with |ρ|, and at |ρ| = 1 it is θ(τ) = arccos(1/(1 + τ²)), where θ(0) = 0 and
 * θ' = 2/((1 + τ²)√(2 + τ²)) ≤ √2.
 *
 * @param smoothing τ > 0
 */
export function smoothingErrorBound(graph: Graph, smoothing: number): number {
  checkAbove('smoothing', smoothing, 0);
  return (Math.SQRT2 / Math.PI) * smoothing * graph.absoluteWeight;
}
