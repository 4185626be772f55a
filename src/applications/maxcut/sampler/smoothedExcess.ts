import { checkLength } from '../../../numerics/base/checks.ts';
import { bivariateNormalCdf } from '../../../numerics/quadrature/bivariateNormal.ts';
import type { Sides } from '../graph/cut.ts';
import type { SmoothedCutObjective } from './smoothedCut.ts';
import { rowProduct, smoothedCutWorkspace, standardizeInto } from './smoothedCutShape.ts';

/**
 * Makes the function that evaluates f(x) + cut(sides) without cancellation: the objective near a decided point.
 *
 *     f(x) + cut(sides) = λ‖V‖_F² + Σ_{cut} w_ij P(same side) − Σ_{uncut} w_ij P(different sides)
 *
 * Where μ has decided on these sides all probabilities are tails, so that differences of f far below the rounding of
 * f itself are still seen: a trust region can go on where f alone would tell it nothing.
 *
 * Guarantee: each probability carries a relative error of rounding size where |r_ij| < 0.925.
 *
 * @param sides n entries, kept
 * @returns a function of points, V then μ; it owns its workspace
 * Cost: two Φ₂ an edge.
 */
export function excessOver(objective: SmoothedCutObjective, sides: Sides): (point: Float64Array) => number {
  const { graph, rank, regularization, shift } = objective;
  const { vertexCount: n, offsets, neighbours, weights } = graph;
  checkLength('sides', sides, n);
  const work = smoothedCutWorkspace(n);
  return (point) => {
    standardizeInto(work, objective, point);
    const { scale, standard } = work;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      for (let p = offsets[i]; p < offsets[i + 1]; p++) {
        const j = neighbours[p];
        if (j <= i) continue;
        const r = rowProduct(point, rank, i, j) / (scale[i] * scale[j]);
        // P(same) is Φ₂ at (h, k; r) and (−h, −k; r); for P(different) the second side is mirrored.
        const mirror = sides[i] === sides[j] ? -1 : 1;
        const h = standard[i];
        const k = mirror * standard[j];
        const tail = bivariateNormalCdf(h, k, mirror * r) + bivariateNormalCdf(-h, -k, mirror * r);
        sum += mirror * weights[p] * tail;
      }
    }
    let squared = 0;
    for (let c = 0; c < shift.start; c++) squared += point[c] * point[c];
    return sum + regularization * squared;
  };
}
