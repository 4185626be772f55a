import { bivariateNormalCdf } from '../../../numerics/quadrature/bivariateNormal.ts';
import { normalCdf } from '../../../numerics/statistics/normal.ts';
import type { Assignment } from '../problem/constraints.ts';
import { rowProduct, type SignBands, type SignShape, standardizeInto } from './signBands.ts';

/**
 * E Q at a point, by the closed form.
 *
 * @param work overwritten
 */
export function expectedQuadratic(shape: SignShape, work: SignBands, x: Float64Array): number {
  const { quadratic, rank: k } = shape;
  const { variables: n, constant, field, offsets, neighbours, weights } = quadratic;
  standardizeInto(work, shape, x);
  const { scale, standard, density: cdf } = work;
  let expected = constant;
  for (let i = 0; i < n; i++) {
    cdf[i] = normalCdf(standard[i]);
    expected += field[i] * (2 * cdf[i] - 1);
  }
  for (let i = 0; i < n; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      if (j <= i) continue;
      const r = rowProduct(x, k, i, j) / (scale[i] * scale[j]);
      const both = bivariateNormalCdf(standard[i], standard[j], r);
      expected += weights[p] * (4 * both - 2 * cdf[i] - 2 * cdf[j] + 1);
    }
  }
  return expected;
}

/**
 * Q(assignment) − E Q at a point, from tails alone.
 *
 *     Σ_i 2 a_i x_i P(i differs) + Σ_ij 2 b_ij x_i x_j P(the product differs)
 *
 * Where μ has decided on the assignment all probabilities are tails, so that differences far below the rounding of Q
 * itself are still seen: a trust region can go on where f alone would tell it nothing.
 *
 * Guarantee: each probability carries a relative error of rounding size where |r| < 0.925.
 *
 * @param work overwritten
 */
export function assignmentExcess(
  shape: SignShape,
  work: SignBands,
  x: Float64Array,
  assignment: Assignment,
): number {
  const { quadratic, rank: k } = shape;
  const { variables: n, field, offsets, neighbours, weights } = quadratic;
  standardizeInto(work, shape, x);
  const { scale, standard } = work;
  let excess = 0;
  for (let i = 0; i < n; i++) {
    excess += 2 * field[i] * assignment[i] * normalCdf(-assignment[i] * standard[i]);
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      if (j <= i) continue;
      const r = rowProduct(x, k, i, j) / (scale[i] * scale[j]);
      const agreement = assignment[i] * assignment[j];
      // P(x_i x_j ≠ agreement): the second sign is mirrored where they agree.
      const h = standard[i];
      const other = -agreement * standard[j];
      const tail =
        bivariateNormalCdf(h, other, -agreement * r) + bivariateNormalCdf(-h, -other, -agreement * r);
      excess += 2 * weights[p] * agreement * tail;
    }
  }
  return excess;
}
