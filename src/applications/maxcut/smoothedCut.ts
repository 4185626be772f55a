import { checkAbove, checkInteger, checkLength, checkWithin } from '../../base/checks.ts';
import type { RandomizedObjective } from '../../lemma/randomizedObjective.ts';
import { bivariateNormalCdf } from './bivariateNormal.ts';
import type { Graph } from './graph.ts';
import { inverseRootTwoPi, normalCdf, tabulatedNormalCdf, tabulatedNormalDensity } from './normal.ts';
import { smoothedCutHessianLipschitz } from './smoothingBounds.ts';

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
  const work = {
    scale: new Float64Array(n),
    standard: new Float64Array(n),
    density: new Float64Array(n),
    scaleRate: new Float64Array(n),
    standardRate: new Float64Array(n),
    own: new Float64Array(n),
    ownRate: new Float64Array(n),
  };

  /** s_i and h_i = μ_i/s_i of every vertex. */
  const standardize = (x: Float64Array): void => {
    const { scale, standard } = work;
    for (let i = 0; i < n; i++) {
      let squared = smoothing * smoothing;
      for (let c = i * k; c < (i + 1) * k; c++) squared += x[c] * x[c];
      scale[i] = Math.sqrt(squared);
      standard[i] = x[n * k + i] / scale[i];
    }
  };

  const dot = (x: Float64Array, i: number, j: number): number => {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += x[i * k + c] * x[j * k + c];
    return sum;
  };

  const value = (x: Float64Array): number => {
    checkLength('x', x, dimension);
    standardize(x);
    const { scale, standard, density: cdf } = work;
    const { offsets, neighbours, weights } = graph;
    let expected = 0;
    let squared = 0;
    for (let i = 0; i < n; i++) cdf[i] = normalCdf(standard[i]);
    for (let i = 0; i < n; i++) {
      for (let p = offsets[i]; p < offsets[i + 1]; p++) {
        const j = neighbours[p];
        if (j <= i) continue;
        const r = dot(x, i, j) / (scale[i] * scale[j]);
        const both = bivariateNormalCdf(standard[i], standard[j], r);
        expected += weights[p] * (cdf[i] + cdf[j] - 2 * both);
      }
    }
    for (let c = 0; c < n * k; c++) squared += x[c] * x[c];
    return regularization * squared - expected;
  };

  const gradientInto = (out: Float64Array, x: Float64Array): Float64Array => {
    checkLength('x', x, dimension);
    checkLength('out', out, dimension);
    standardize(x);
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
  };

  const hessianVectorInto = (out: Float64Array, x: Float64Array, direction: Float64Array): Float64Array => {
    checkLength('x', x, dimension);
    checkLength('out', out, dimension);
    checkLength('direction', direction, dimension);
    standardize(x);
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
        const r = dot(x, i, j) * inverseScales;
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
    value,
    gradientInto,
    hessianVectorInto,
    expectationErrorAt: (x) => closedFormError(graph, smoothing, regularization, k, x),
  };
}

/**
 * Rounding error of the closed form: each edge's terms carry about 64 + 4k operations on quantities at most |w|/τ²,
 * amplified at most (τ² + |v|²)/τ² fold by the cancellation in 1 − r²; rows add in 2-norm at most ‖V‖ fold.
 */
function closedFormError(
  graph: Graph,
  smoothing: number,
  regularization: number,
  k: number,
  x: Float64Array,
) {
  const n = graph.vertexCount;
  let squared = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let c = i * k; c < (i + 1) * k; c++) row += x[c] * x[c];
    squared += row;
    largest = Math.max(largest, row);
  }
  let degree = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let p = graph.offsets[i]; p < graph.offsets[i + 1]; p++) sum += Math.abs(graph.weights[p]);
    degree = Math.max(degree, sum);
  }
  const perUnit = (64 + 4 * k) * Number.EPSILON;
  const amplification = 1 + largest / (smoothing * smoothing);
  const shiftHessian = (perUnit * 4 * degree * amplification) / (smoothing * smoothing);
  const weightGradient = (shiftHessian + perUnit * regularization) * Math.sqrt(squared);
  return { weightGradient, shiftHessian, method: 'closed-form' as const };
}
