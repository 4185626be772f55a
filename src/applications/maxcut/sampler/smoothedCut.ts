import type { RandomizedObjective } from '../../../lemma/randomizedObjective.ts';
import { checkAbove, checkInteger, checkLength, checkWithin } from '../../../numerics/base/checks.ts';
import { bivariateNormalCdf } from '../../../numerics/quadrature/bivariateNormal.ts';
import { normalCdf } from '../../../numerics/statistics/normal.ts';
import type { Graph } from '../graph/graph.ts';
import { smoothedGradientInto } from './smoothedCutGradient.ts';
import { smoothedHessianVectorInto } from './smoothedCutHessian.ts';
import {
  rowProduct,
  type SmoothedCutShape,
  type SmoothedCutWorkspace,
  smoothedCutWorkspace,
  standardizeInto,
} from './smoothedCutShape.ts';
import { largestDegree, smoothedCutHessianLipschitz } from './smoothingBounds.ts';

/** What fixes the smoothed expectation on a graph. */
export interface SmoothedCutOptions {
  /** k ≥ 1, the dimension of the hyperplane vectors: V is n × k. */
  readonly rank: number;
  /** τ > 0, the scale of the probit Φ(u/τ) that stands for the step "u > 0". */
  readonly smoothing: number;
  /** λ ≥ 0. */
  readonly regularization: number;
}

/** The lemma's objective on a graph, together with what it was made from. */
export interface SmoothedCutObjective extends RandomizedObjective {
  readonly graph: Graph;
  readonly rank: number;
  readonly smoothing: number;
  /** K, by `smoothedCutHessianLipschitz`. */
  readonly hessianLipschitz: number;
}

/**
 * The expected value of a randomly shifted hyperplane cut, smoothed and negated: MAXCUT as the lemma's objective.
 *
 *     f(V, μ) = −E_z Σ w_ij D(v_i·z + μ_i, v_j·z + μ_j) + λ‖V‖_F²,   z ~ N(0, I_k)
 *     D(a, b) = Φ(a/τ) + Φ(b/τ) − 2 Φ(a/τ) Φ(b/τ)
 *
 * In closed form: with s_i² = |v_i|² + τ², h_i = μ_i/s_i and r = v_i·v_j/(s_i s_j), the expectation of D is
 * P = Φ(h_i) + Φ(h_j) − 2Φ₂(h_i, h_j; r), and c = (h_j − r h_i)/√(1 − r²) gives
 *
 *     ∂P/∂h_i = φ(h_i)(1 − 2Φ(c)),  ∂P/∂r = −2φ₂(h_i, h_j; r),  ∂²P/∂h_i² = −h_i ∂P/∂h_i + 2rφ₂.
 *
 * Guarantee: value, gradient and Hessian-vector product carry rounding error only. f is even under μ → −μ, so
 * μ = 0 is stationary in μ for every V.
 *
 * A point is [V row-major, n·k entries; μ, n entries].
 *
 * @returns the objective; it owns its workspace
 * @throws RangeError for a rank below 1, τ ≤ 0 or λ < 0
 * Source: arXiv 2510.19382, section 5 (Theorem 5.2), with a probit as its smooth indicator. Notation: our
 * smoothing is τ, our regularization λ.
 * Cost: gradient O((n + m)·k), two Φ and one exponential an edge; value m calls of Φ₂; product about three
 * gradients.
 */
export function smoothedCutObjective(graph: Graph, options: SmoothedCutOptions): SmoothedCutObjective {
  const { rank: k, smoothing, regularization } = options;
  checkInteger('rank', k, 1);
  checkAbove('smoothing', smoothing, 0);
  checkWithin('regularization', regularization, 0, Number.MAX_VALUE);
  const n = graph.vertexCount;
  const dimension = n * (k + 1);
  const shape: SmoothedCutShape = { graph, rank: k, smoothing, regularization };
  const work = smoothedCutWorkspace(n);
  const checkPoints = (...points: Float64Array[]): void => {
    for (const point of points) checkLength('point', point, dimension);
  };
  return {
    dimension,
    graph,
    rank: k,
    smoothing,
    regularization,
    weights: { kind: 'matrix', start: 0, rows: n, columns: k },
    shift: { start: n * k, length: n },
    hessianLipschitz: smoothedCutHessianLipschitz(graph, smoothing),
    value: (x) => {
      checkPoints(x);
      return smoothedValue(shape, work, x);
    },
    gradientInto: (out, x) => {
      checkPoints(out, x);
      return smoothedGradientInto(out, shape, work, x);
    },
    hessianVectorInto: (out, x, direction) => {
      checkPoints(out, x, direction);
      return smoothedHessianVectorInto(out, shape, work, x, direction);
    },
    expectationErrorAt: (x) => closedFormError(shape, x),
  };
}

/** f(x). */
function smoothedValue(shape: SmoothedCutShape, work: SmoothedCutWorkspace, x: Float64Array): number {
  const { graph, rank: k, regularization } = shape;
  const n = graph.vertexCount;
  standardizeInto(work, shape, x);
  const { scale, standard, density: cdf } = work;
  const { offsets, neighbours, weights } = graph;
  let expected = 0;
  let squared = 0;
  for (let i = 0; i < n; i++) cdf[i] = normalCdf(standard[i]);
  for (let i = 0; i < n; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      if (j <= i) continue;
      const r = rowProduct(x, k, i, j) / (scale[i] * scale[j]);
      const both = bivariateNormalCdf(standard[i], standard[j], r);
      expected += weights[p] * (cdf[i] + cdf[j] - 2 * both);
    }
  }
  for (let c = 0; c < n * k; c++) squared += x[c] * x[c];
  return regularization * squared - expected;
}

/**
 * Rounding error of the closed form: each edge's terms carry about 64 + 4k operations on quantities at most |w|/τ²,
 * amplified at most (τ² + |v|²)/τ² fold by the cancellation in 1 − r²; rows add in 2-norm at most ‖V‖ fold.
 */
function closedFormError({ graph, rank: k, smoothing, regularization }: SmoothedCutShape, x: Float64Array) {
  const n = graph.vertexCount;
  let squared = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let c = i * k; c < (i + 1) * k; c++) row += x[c] * x[c];
    squared += row;
    largest = Math.max(largest, row);
  }
  const degree = largestDegree(graph);
  const perUnit = (64 + 4 * k) * Number.EPSILON;
  const amplification = 1 + largest / (smoothing * smoothing);
  const shiftHessian = (perUnit * 4 * degree * amplification) / (smoothing * smoothing);
  const weightGradient = (shiftHessian + perUnit * regularization) * Math.sqrt(squared);
  return { weightGradient, shiftHessian, method: 'closed-form' as const };
}
