import type { NodeSet } from '../../../lemma/nodeExpectation.ts';
import { checkInteger } from '../../../numerics/base/checks.ts';
import { gaussianGrid } from '../../../numerics/quadrature/gaussianGrid.ts';

/** Nodes for a network's risk, with the finer rule and the one of other parity that tell their error. */
export interface RiskNodes {
  readonly nodes: NodeSet;
  readonly refinedNodes: NodeSet;
  readonly alternateNodes: NodeSet;
}

/**
 * Crosses a distribution of x∥ with Gauss–Hermite grids of n, 2n and n + 1 nodes an axis for x⊥.
 *
 * The lemma needs x⊥ to be Gaussian and independent of x∥; what law x∥ has enters only through g. So the given
 * points are taken as that law itself, and the expectation error, by other grids, is that of x⊥ alone: it vanishes
 * with W⊥, even where the labels jump.
 *
 * @param relevant points of R^k with weights; for k = 0 one empty point of weight 1
 * @param relevantDimension k ≥ 0
 * @param irrelevantDimension d − k ≥ 1
 * @param nodesPerAxis n in [1, 128]
 */
export function productNodes(
  relevant: NodeSet,
  relevantDimension: number,
  irrelevantDimension: number,
  nodesPerAxis: number,
): RiskNodes {
  checkInteger('irrelevantDimension', irrelevantDimension, 1);
  checkInteger('nodesPerAxis', nodesPerAxis, 1, 128);
  const m = irrelevantDimension;
  const cross = (n: number) => crossedNodes(relevant, relevantDimension, gaussianGrid(n, m), m);
  const n = nodesPerAxis;
  return { nodes: cross(n), refinedNodes: cross(2 * n), alternateNodes: cross(n + 1) };
}

/** Crosses a grid of n nodes an axis for x∥ ~ N(0, I) with grids of m, 2m and m + 1 for x⊥. */
export function gaussianRiskNodes(
  relevantDimension: number,
  irrelevantDimension: number,
  relevantPerAxis: number,
  irrelevantPerAxis: number,
): RiskNodes {
  return productNodes(
    gaussianGrid(relevantPerAxis, relevantDimension),
    relevantDimension,
    irrelevantDimension,
    irrelevantPerAxis,
  );
}

/** The product of two distributions: every point of the first (R^k) beside every point of the second (R^m). */
export function crossedNodes(first: NodeSet, k: number, second: NodeSet, m: number): NodeSet {
  const inner = second.weights.length;
  const count = first.weights.length * inner;
  const points = new Float64Array(count * (k + m));
  const weights = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    const a = Math.floor(p / inner);
    const b = p % inner;
    weights[p] = first.weights[a] * second.weights[b];
    for (let j = 0; j < k; j++) points[p * (k + m) + j] = first.points[a * k + j];
    for (let j = 0; j < m; j++) points[p * (k + m) + k + j] = second.points[b * m + j];
  }
  return { points, weights };
}
