import { inverseRootTwoPi, tabulatedNormalCdf } from '../../../numerics/statistics/normal.ts';
import {
  rowProduct,
  type SmoothedCutShape,
  type SmoothedCutWorkspace,
  standardizeInto,
} from './smoothedCutShape.ts';

/**
 * out ← ∇²f·direction of the smoothed cut: the gradient's formulas, differentiated along the direction.
 *
 * @param out as long as x and direction, which it may not alias
 * @param work overwritten
 */
export function smoothedHessianVectorInto(
  out: Float64Array,
  shape: SmoothedCutShape,
  work: SmoothedCutWorkspace,
  x: Float64Array,
  direction: Float64Array,
): Float64Array {
  const { graph, rank: k, regularization } = shape;
  const n = graph.vertexCount;
  standardizeInto(work, shape, x);
  const { scale, standard, density, scaleRate, standardRate, own, ownRate } = work;
  const { offsets, neighbours, weights } = graph;
  const shift = n * k;
  // Rates are derivatives along the direction: s' = v·v'/s and h' = (μ' − h s')/s.
  for (let i = 0; i < n; i++) {
    let product = 0;
    for (let c = i * k; c < (i + 1) * k; c++) product += x[c] * direction[c];
    scaleRate[i] = product / scale[i];
    standardRate[i] = (direction[shift + i] - standard[i] * scaleRate[i]) / scale[i];
    density[i] = Math.exp(-0.5 * standard[i] * standard[i]) * inverseRootTwoPi;
  }
  own.fill(0);
  ownRate.fill(0);
  for (let c = 0; c < shift; c++) out[c] = 2 * regularization * direction[c];
  out.fill(0, shift);
  for (let i = 0; i < n; i++) {
    const a = standard[i];
    const aRate = standardRate[i];
    const relativeI = scaleRate[i] / scale[i];
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      if (j <= i) continue;
      const b = standard[j];
      const bRate = standardRate[j];
      const relativeJ = scaleRate[j] / scale[j];
      const w = weights[p];
      const inverseScales = 1 / (scale[i] * scale[j]);
      const r = rowProduct(x, k, i, j) * inverseScales;
      let dotRate = 0;
      for (let q = 0; q < k; q++) {
        dotRate += direction[i * k + q] * x[j * k + q] + x[i * k + q] * direction[j * k + q];
      }
      const rRate = dotRate * inverseScales - r * (relativeI + relativeJ);
      const inverse = 1 / (1 - r * r);
      const inverseRoot = Math.sqrt(inverse);
      const u = a - r * b;
      const c = b - r * a;
      const slopeI = density[i] * (1 - 2 * tabulatedNormalCdf(c * inverseRoot));
      const slopeJ = density[j] * (1 - 2 * tabulatedNormalCdf(u * inverseRoot));
      const joint = density[i] * Math.exp(-0.5 * c * c * inverse) * inverseRootTwoPi * inverseRoot;
      // φ₂' = φ₂ (log φ₂)', and the second derivatives of P in (h_i, h_j, r).
      const inR = r * inverse + (a * b * (1 + r * r) - r * (a * a + b * b)) * inverse * inverse;
      const jointRate = joint * (inR * rRate - (u * aRate + c * bRate) * inverse);
      const curveI = 2 * r * joint - a * slopeI;
      const curveJ = 2 * r * joint - b * slopeJ;
      const slopeRateI = curveI * aRate - 2 * joint * bRate + 2 * joint * u * inverse * rRate;
      const slopeRateJ = curveJ * bRate - 2 * joint * aRate + 2 * joint * c * inverse * rRate;
      const both = 2 * (rRate * joint + r * jointRate);
      out[shift + i] -= (w * (slopeRateI - slopeI * relativeI)) / scale[i];
      out[shift + j] -= (w * (slopeRateJ - slopeJ * relativeJ)) / scale[j];
      own[i] -= w * curveI;
      own[j] -= w * curveJ;
      ownRate[i] -= w * (both - aRate * slopeI - a * slopeRateI);
      ownRate[j] -= w * (both - bRate * slopeJ - b * slopeRateJ);
      const cross = 2 * w * joint * inverseScales;
      const crossRate = 2 * w * jointRate * inverseScales - cross * (relativeI + relativeJ);
      for (let q = 0; q < k; q++) {
        out[i * k + q] += cross * direction[j * k + q] + crossRate * x[j * k + q];
        out[j * k + q] += cross * direction[i * k + q] + crossRate * x[i * k + q];
      }
    }
  }
  for (let i = 0; i < n; i++) {
    const inverse = 1 / (scale[i] * scale[i]);
    const factor = own[i] * inverse;
    const factorRate = (ownRate[i] - (2 * own[i] * scaleRate[i]) / scale[i]) * inverse;
    for (let c = i * k; c < (i + 1) * k; c++) out[c] += factor * direction[c] + factorRate * x[c];
  }
  return out;
}
