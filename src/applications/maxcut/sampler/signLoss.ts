import { checkLength } from '../../../numerics/base/checks.ts';
import { normalCdf } from '../../../numerics/statistics/normal.ts';
import type { SmoothedCutObjective } from './smoothedCut.ts';
import { rowProduct, smoothedCutWorkspace, standardizeInto } from './smoothedCutShape.ts';

/**
 * Bounds what the smoothed expectation and the cut sign(μ) can differ by at a point, from |μ_i|/s_i.
 *
 *     |E − cut(sign μ)| ≤ Σ_i p_i|F_i| + 2Σ_ij |w_ij| p_i p_j + ½Σ_ij |w_ij r_ij|,   E = λ‖V‖_F² − f(V, μ)
 *     p_i = Φ(−|h_i|), h_i = μ_i/s_i, q_i = 2Φ(h_i) − 1, F_i = Σ_j w_ij q_j, r_ij = v_i·v_j/(s_i s_j)
 *
 * Derivation: sides x_i of mean q_i and E x_i x_j = q_i q_j + c_ij, where |c_ij| = 4|Φ₂ − ΦΦ| ≤ (2/π) arcsin|r_ij| ≤
 * |r_ij|. With sign(μ_i) = q_i + δ_i, |δ_i| = 2p_i, the difference of −½Σ w x_i x_j is
 * −½(Σ_i δ_i F_i + Σ_ij w δ_i δ_j) + ½Σ_ij w c_ij. A vertex in a tie, p_i = ½, costs only |F_i|/2, which is 0.
 *
 * @param point V then μ; not written to
 * Cost: O((n + m)·k).
 */
export function signLoss(objective: SmoothedCutObjective, point: Float64Array): number {
  checkLength('point', point, objective.dimension);
  const { graph, rank } = objective;
  const { vertexCount: n, offsets, neighbours, weights } = graph;
  const work = smoothedCutWorkspace(n);
  standardizeInto(work, objective, point);
  const { scale, standard, density: tail } = work;
  for (let i = 0; i < n; i++) tail[i] = normalCdf(-Math.abs(standard[i]));
  let loss = 0;
  for (let i = 0; i < n; i++) {
    let field = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      field += weights[p] * Math.sign(standard[j]) * (1 - 2 * tail[j]);
      const r = rowProduct(point, rank, i, j) / (scale[i] * scale[j]);
      // Each edge is met from both ends.
      loss += Math.abs(weights[p]) * (tail[i] * tail[j] + Math.abs(r) / 4);
    }
    loss += tail[i] * Math.abs(field);
  }
  return loss;
}
