import {
  inverseRootTwoPi,
  tabulatedNormalCdf,
  tabulatedNormalDensity,
} from '../../../numerics/statistics/normal.ts';
import { type SmoothedCutShape, type SmoothedCutWorkspace, standardizeInto } from './smoothedCutShape.ts';

/**
 * out ← ∇f of the smoothed cut; see `smoothedCutObjective` for the formulas.
 *
 * Each edge is visited once, from its smaller end, and adds to both ends.
 *
 * @param out as long as x, which it may not alias
 * @param work overwritten
 */
export function smoothedGradientInto(
  out: Float64Array,
  shape: SmoothedCutShape,
  work: SmoothedCutWorkspace,
  x: Float64Array,
): Float64Array {
  const { graph, rank: k, regularization } = shape;
  const n = graph.vertexCount;
  standardizeInto(work, shape, x);
  const { scale, standard, density, own } = work;
  const { offsets, neighbours, weights } = graph;
  const shift = n * k;
  for (let i = 0; i < n; i++) {
    // Below 1e-87 a density only slows things down: its products are subnormal.
    const exponent = -0.5 * standard[i] * standard[i];
    density[i] = exponent > -200 ? Math.exp(exponent) * inverseRootTwoPi : 0;
    scale[i] = 1 / scale[i];
  }
  own.fill(0);
  for (let c = 0; c < shift; c++) out[c] = 2 * regularization * x[c];
  out.fill(0, shift);
  for (let i = 0; i < n; i++) {
    const hi = standard[i];
    const densityI = density[i];
    const scaleI = scale[i];
    const atI = i * k;
    let shiftI = 0;
    let ownI = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      if (j <= i) continue;
      const hj = standard[j];
      const w = weights[p];
      const atJ = j * k;
      let product = 0;
      for (let q = 0; q < k; q++) product += x[atI + q] * x[atJ + q];
      const scales = scaleI * scale[j];
      const r = product * scales;
      const inverseRoot = 1 / Math.sqrt(1 - r * r);
      const c = (hj - r * hi) * inverseRoot;
      // Since 1 − 2Φ is odd, swapping the ends only swaps the arguments.
      const slopeI = w * densityI * (1 - 2 * tabulatedNormalCdf(c));
      const slopeJ = w * density[j] * (1 - 2 * tabulatedNormalCdf((hi - r * hj) * inverseRoot));
      const joint = 2 * w * densityI * tabulatedNormalDensity(c) * inverseRoot;
      shiftI -= slopeI;
      out[shift + j] -= slopeJ * scale[j];
      ownI -= r * joint - hi * slopeI;
      own[j] -= r * joint - hj * slopeJ;
      const cross = joint * scales;
      for (let q = 0; q < k; q++) {
        out[atI + q] += cross * x[atJ + q];
        out[atJ + q] += cross * x[atI + q];
      }
    }
    out[shift + i] += shiftI * scaleI;
    own[i] += ownI;
  }
  for (let i = 0; i < n; i++) {
    const factor = own[i] * scale[i] * scale[i];
    for (let c = i * k; c < (i + 1) * k; c++) out[c] += factor * x[c];
  }
  return out;
}
