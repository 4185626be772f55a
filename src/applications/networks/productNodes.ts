import { checkInteger } from '../../base/checks.ts';
import { gaussianGrid } from '../../quadrature/gaussianGrid.ts';
import type { NodeSet } from './labelledNodes.ts';

/** Nodes for a network's risk, with the finer rule that tells their error. */
export interface RiskNodes {
  readonly nodes: NodeSet;
  readonly refinedNodes: NodeSet;
}

/**
 * Crosses a distribution of x∥ with Gauss–Hermite grids of n and 2n nodes an axis for x⊥.
 *
 * The lemma needs x⊥ to be Gaussian and independent of x∥; what law x∥ has enters only through g. So the given
 * points are taken as that law itself, and the expectation error, by doubling, is that of x⊥ alone: it vanishes
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
  const cross = (n: number) => product(relevant, relevantDimension, gaussianGrid(n, irrelevantDimension));
  return { nodes: cross(nodesPerAxis), refinedNodes: cross(2 * nodesPerAxis) };
}

/** Crosses a grid of n nodes an axis for x∥ ~ N(0, I) with grids of m and 2m for x⊥. */
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

function product(
  relevant: NodeSet,
  k: number,
  irrelevant: NodeSet & { readonly dimension: number },
): NodeSet {
  const m = irrelevant.dimension;
  const outer = relevant.weights.length;
  const inner = irrelevant.weights.length;
  const points = new Float64Array(outer * inner * (k + m));
  const weights = new Float64Array(outer * inner);
  for (let a = 0, p = 0; a < outer; a++) {
    for (let b = 0; b < inner; b++, p++) {
      weights[p] = relevant.weights[a] * irrelevant.weights[b];
      for (let j = 0; j < k; j++) points[p * (k + m) + j] = relevant.points[a * k + j];
      for (let j = 0; j < m; j++) points[p * (k + m) + k + j] = irrelevant.points[b * m + j];
    }
  }
  return { points, weights };
}
