import { checkAbove, checkLength } from '../../../numerics/base/checks.ts';
import { normalCdf } from '../../../numerics/statistics/normal.ts';
import type { Sides } from '../graph/cut.ts';
import type { Graph } from '../graph/graph.ts';

/**
 * Rounds independent sides to fixed ones by conditional expectations.
 *
 *     E = Σ w_ij (1 − q_i q_j)/2,   q_i = 2Φ(μ_i/τ) − 1
 *
 * Vertices where |q_i| = 1 in float64 are set first, to sign(μ_i); the others follow by decreasing |μ_i|, each on the
 * side where E, with the choices made so far, is larger (sign(μ_i) in a tie).
 *
 * Guarantee: the cut is at least E, which is −f(0, μ): E is linear in every q_i, so the better of the two sides
 * never loses. Rounding aside.
 *
 * @param shift μ, n entries
 * @param smoothing τ > 0
 * @returns fresh sides
 * Source: P. Erdős and J. Selfridge (1973); P. Raghavan (1988).
 * Cost: O(m + n log n).
 */
export function roundConditionally(graph: Graph, shift: ArrayLike<number>, smoothing: number): Sides {
  const n = graph.vertexCount;
  checkLength('shift', shift, n);
  checkAbove('smoothing', smoothing, 0);
  const mean = new Float64Array(n);
  const undecided: number[] = [];
  for (let i = 0; i < n; i++) {
    mean[i] = 2 * normalCdf(shift[i] / smoothing) - 1;
    if (Math.abs(mean[i]) < 1) undecided.push(i);
  }
  undecided.sort((i, j) => Math.abs(shift[j]) - Math.abs(shift[i]) || i - j);
  const { offsets, neighbours, weights } = graph;
  for (const i of undecided) {
    let field = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) field += weights[p] * mean[neighbours[p]];
    mean[i] = field === 0 ? (shift[i] < 0 ? -1 : 1) : field > 0 ? -1 : 1;
  }
  return Int8Array.from(mean);
}
