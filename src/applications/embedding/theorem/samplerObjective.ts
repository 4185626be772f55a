import type { RandomizedObjective } from '../../../lemma/randomizedObjective.ts';
import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import type { Directions } from '../points/pairDirections.ts';
import { emptyDerivatives, violationProbability } from '../tail/violationProbability.ts';

export interface SamplerOptions {
  /** k ≥ 1, the rows of the matrix. */
  readonly embeddingDimension: number;
  /** ε in (0, 1). */
  readonly distortion: number;
  /** τ > 0, the deviation of the noise that makes the indicator smooth. */
  readonly smoothing: number;
  /** λ ≥ 0. */
  readonly regularization: number;
}

/** What the sampler's objective can say at a point beyond its value. */
export interface SamplerState {
  /** Σ_u p, without the regularizer. */
  readonly violationSum: number;
  /** Σ_u p below this proves that M violates nowhere. */
  readonly threshold: number;
  /** A number below every eigenvalue of ∇²_M f. */
  readonly shiftCurvature: number;
}

export interface SamplerObjective extends RandomizedObjective {
  readonly options: SamplerOptions;
  readonly directions: Directions;
  stateAt(x: Float64Array): SamplerState;
}

/** E|He₃(ξ)|/2 = φ(0) + 4φ(√3) for standard normal ξ: what a third derivative of a smoothed indicator can reach. */
const thirdMoment = (1 + 4 * Math.exp(-1.5)) / Math.sqrt(2 * Math.PI);

/**
 * A Hessian-Lipschitz constant of g(A) = Σ_u P_ξ(| |Au + τξ|² − 1 | > ε): count·(φ(0) + 4φ(√3))/τ³.
 *
 * @param smoothing τ > 0
 */
export function sampledHessianLipschitz(count: number, smoothing: number): number {
  return (count * thirdMoment) / smoothing ** 3;
}

/**
 * Makes the objective of the isotropic sampler A = M + σG, G standard Gaussian, in closed form:
 *
 *     f(σ, M) = Σ_u P(| |Au + τξ|² − 1 | > ε) + λ k d σ²
 *
 * ξ, standard normal in R^k, is the explicit smoothing: g(A) = Σ_u P_ξ(…) is smooth in A with Hessian-Lipschitz
 * constant at most count·(φ(0) + 4φ(√3))/τ³, and E g is the unsmoothed sum at the larger variance S = σ² + τ².
 * What smoothing costs is bounded, not estimated: a direction violated by M keeps p ≥ threshold, see
 * {@link SamplerState}.
 *
 * Coordinates: x = (σ, M), M row-major k × d. σ is the scalar of the lemma's random weights W = σI, M its shift.
 *
 * Guarantee: values and derivatives are exact to a relative error of some hundred machine epsilons a term, from
 * M = 0 to |Mu|²/S of 1e8 and more; the heat equation ∂f/∂σ = σ tr ∇²_M f (without λ) holds to the same accuracy.
 *
 * @param directions unit vectors u; read, not copied
 * @throws RangeError for options outside their intervals
 * Source: N. Tsikouras et al. (2025, arXiv 2510.19382), section 5; sampler: arXiv 2412.07242.
 * Cost: count·(k·d + one violation probability) a call; nothing is allocated.
 */
export function samplerObjective(directions: Directions, options: SamplerOptions): SamplerObjective {
  const { embeddingDimension: k, distortion, smoothing, regularization: lambda } = options;
  checkInteger('directions.count', directions.count, 1);
  checkAbove('smoothing', smoothing, 0);
  checkWithin('regularization', lambda, 0, Number.MAX_VALUE);
  const probability = violationProbability(k, distortion);
  const { values: units, count, dimension: d } = directions;
  const size = k * d;
  const image = new Float64Array(k);
  const motion = new Float64Array(k);
  const slopes = emptyDerivatives();

  const varianceAt = (x: Float64Array): number => x[0] * x[0] + smoothing * smoothing;

  /** image ← Mu for direction number p; returns |Mu|². */
  const imageInto = (out: Float64Array, x: Float64Array, p: number): number => {
    let squared = 0;
    for (let i = 0; i < k; i++) {
      let entry = 0;
      for (let c = 0, at = 1 + i * d, u = p * d; c < d; c++) entry += x[at + c] * units[u + c];
      out[i] = entry;
      squared += entry * entry;
    }
    return squared;
  };

  /** out_M += row·uᵀ for direction number p. */
  const addOuter = (out: Float64Array, row: Float64Array, p: number): void => {
    for (let i = 0; i < k; i++) {
      const weight = row[i];
      if (weight === 0) continue;
      for (let c = 0, at = 1 + i * d, u = p * d; c < d; c++) out[at + c] += weight * units[u + c];
    }
  };

  const sumAt = (x: Float64Array): number => {
    const variance = varianceAt(x);
    let total = 0;
    for (let p = 0; p < count; p++) total += probability.value(imageInto(image, x, p), variance);
    return total;
  };

  return {
    dimension: 1 + size,
    options,
    directions,
    weights: { kind: 'scalar', start: 0, rows: size, columns: size },
    shift: { start: 1, length: size },
    regularization: lambda,
    hessianLipschitz: sampledHessianLipschitz(count, smoothing),
    value: (x) => sumAt(x) + lambda * size * x[0] * x[0],
    gradientInto: (out, x) => {
      const variance = varianceAt(x);
      out.fill(0);
      let varianceSlope = 0;
      for (let p = 0; p < count; p++) {
        probability.slopeInto(slopes, imageInto(image, x, p), variance);
        varianceSlope += slopes.variance;
        for (let i = 0; i < k; i++) image[i] *= 2 * slopes.mean;
        addOuter(out, image, p);
      }
      out[0] = 2 * x[0] * (varianceSlope + lambda * size);
      return out;
    },
    hessianVectorInto: (out, x, direction) => {
      const variance = varianceAt(x);
      const varianceChange = 2 * x[0] * direction[0];
      out.fill(0);
      let slope = 0;
      let bend = 0;
      for (let p = 0; p < count; p++) {
        const m = imageInto(image, x, p);
        imageInto(motion, direction, p);
        let inner = 0;
        for (let i = 0; i < k; i++) inner += image[i] * motion[i];
        const meanChange = 2 * inner;
        probability.derivativesInto(slopes, m, variance);
        const turn = 2 * (slopes.meanMean * meanChange + slopes.meanVariance * varianceChange);
        slope += slopes.variance;
        bend += slopes.meanVariance * meanChange + slopes.varianceVariance * varianceChange;
        for (let i = 0; i < k; i++) motion[i] = 2 * slopes.mean * motion[i] + turn * image[i];
        addOuter(out, motion, p);
      }
      out[0] = 2 * direction[0] * (slope + lambda * size) + 2 * x[0] * bend;
      return out;
    },
    expectationErrorAt: (x) => {
      const variance = varianceAt(x);
      let weight = 0;
      let curvature = 0;
      for (let p = 0; p < count; p++) {
        const m = imageInto(image, x, p);
        probability.derivativesInto(slopes, m, variance);
        weight += Math.abs(slopes.variance);
        curvature += 2 * Math.abs(slopes.mean) + 4 * m * Math.abs(slopes.meanMean);
      }
      // |log density| ≤ 745 where it does not underflow, and each of count terms is added with one rounding.
      const relative = (1000 + k * d + count) * Number.EPSILON;
      return {
        weightGradient: relative * 2 * Math.abs(x[0]) * (weight + lambda * size),
        shiftHessian: relative * curvature,
        method: 'closed-form',
      };
    },
    stateAt: (x) => {
      const variance = varianceAt(x);
      let curvature = 0;
      for (let p = 0; p < count; p++) {
        const m = imageInto(image, x, p);
        probability.derivativesInto(slopes, m, variance);
        // The block of u is (2p′I + 4p″ Mu(Mu)ᵀ) ⊗ uuᵀ: its eigenvalues are 0, 2p′ and 2p′ + 4p″m.
        curvature += Math.min(0, 2 * slopes.mean, 2 * slopes.mean + 4 * m * slopes.meanMean);
      }
      return {
        violationSum: sumAt(x),
        threshold: probability.threshold(variance),
        shiftCurvature: curvature,
      };
    },
  };
}
