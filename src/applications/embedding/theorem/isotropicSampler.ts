import type { ExpectationError, RandomWeights, Shift } from '../../../lemma/randomizedObjective.ts';
import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import { type DirectionImages, type DirectionSet, directionImages } from '../points/directionImages.ts';
import type { BallDerivatives } from '../tail/ballProbability.ts';
import {
  emptyDerivatives,
  type ViolationProbability,
  violationProbability,
} from '../tail/violationProbability.ts';
import { ViolationTable } from '../tail/violationTable.ts';
import {
  type SamplerObjective,
  type SamplerOptions,
  type SamplerState,
  sampledHessianLipschitz,
} from './samplerObjective.ts';

/** So many directions, and a table of their probabilities pays. */
const manyDirections = 120;

/**
 * The objective of the isotropic sampler A = M + σG, G standard Gaussian, in closed form:
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
 * Source: N. Tsikouras et al. (2025, arXiv 2510.19382), section 5; sampler: arXiv 2412.07242.
 * Cost: all images and one violation probability a direction a call; further products at the same point cost the
 * images of the direction alone. Nothing is allocated.
 */
export class IsotropicSampler implements SamplerObjective {
  readonly dimension: number;
  readonly options: SamplerOptions;
  readonly directions: DirectionSet;
  readonly weights: RandomWeights;
  readonly shift: Shift;
  readonly regularization: number;
  readonly hessianLipschitz: number;
  readonly #probability: ViolationProbability;
  readonly #images: DirectionImages;
  readonly #motions: DirectionImages;
  readonly #image: Float64Array;
  readonly #motion: Float64Array;
  readonly #slopes = emptyDerivatives();
  /** For many directions, probabilities are interpolated. */
  readonly #table: ViolationTable | undefined;
  /** Where the second derivatives are known, and they: five numbers a direction. */
  readonly #known: Float64Array;
  readonly #second: Float64Array;

  /**
   * @param directions unit vectors u; read, not copied
   * @throws RangeError for options outside their intervals, or no direction
   */
  constructor(directions: DirectionSet, options: SamplerOptions) {
    const { embeddingDimension: k, distortion, smoothing, regularization } = options;
    checkInteger('directions.count', directions.count, 1);
    checkAbove('smoothing', smoothing, 0);
    checkWithin('regularization', regularization, 0, Number.MAX_VALUE);
    this.#probability = violationProbability(k, distortion);
    const size = k * directions.dimension;
    this.dimension = 1 + size;
    this.options = options;
    this.directions = directions;
    this.weights = { kind: 'scalar', start: 0, rows: size, columns: size };
    this.shift = { start: 1, length: size };
    this.regularization = regularization;
    this.hessianLipschitz = sampledHessianLipschitz(directions.count, smoothing);
    if (directions.count >= manyDirections) this.#table = new ViolationTable(k, distortion);
    this.#images = directionImages(directions, k);
    this.#motions = directionImages(directions, k);
    this.#image = new Float64Array(k);
    this.#motion = new Float64Array(k);
    this.#known = new Float64Array(this.dimension).fill(Number.NaN);
    this.#second = new Float64Array(5 * directions.count);
  }

  value(x: Float64Array): number {
    return this.#sumAt(x) + this.regularization * this.shift.length * x[0] * x[0];
  }

  gradientInto(out: Float64Array, x: Float64Array): Float64Array {
    const variance = this.#varianceAt(x);
    const images = this.#images;
    const image = this.#image;
    const slopes = this.#slopes;
    const k = image.length;
    images.moveTo(x, 1);
    images.release();
    const table = this.#table;
    table?.moveTo(variance);
    let varianceSlope = 0;
    for (let p = 0; p < this.directions.count; p++) {
      const m = images.imageInto(image, p);
      if (table === undefined) this.#probability.slopeInto(slopes, m, variance);
      else table.slopeInto(slopes, m);
      varianceSlope += slopes.variance;
      for (let i = 0; i < k; i++) image[i] *= 2 * slopes.mean;
      images.pull(image, p);
    }
    images.collectInto(out, 1);
    out[0] = 2 * x[0] * (varianceSlope + this.regularization * this.shift.length);
    return out;
  }

  hessianVectorInto(out: Float64Array, x: Float64Array, direction: Float64Array): Float64Array {
    this.#differentiate(x);
    const second = this.#second;
    const varianceChange = 2 * x[0] * direction[0];
    const images = this.#images;
    const motions = this.#motions;
    const image = this.#image;
    const motion = this.#motion;
    const k = image.length;
    images.moveTo(x, 1);
    motions.moveTo(direction, 1);
    motions.release();
    let slope = 0;
    let bend = 0;
    for (let p = 0, at = 0; p < this.directions.count; p++, at += 5) {
      images.imageInto(image, p);
      motions.imageInto(motion, p);
      let inner = 0;
      for (let i = 0; i < k; i++) inner += image[i] * motion[i];
      const meanChange = 2 * inner;
      const keep = 2 * second[at];
      const turn = 2 * (second[at + 2] * meanChange + second[at + 3] * varianceChange);
      slope += second[at + 1];
      bend += second[at + 3] * meanChange + second[at + 4] * varianceChange;
      for (let i = 0; i < k; i++) motion[i] = keep * motion[i] + turn * image[i];
      motions.pull(motion, p);
    }
    motions.collectInto(out, 1);
    out[0] = 2 * direction[0] * (slope + this.regularization * this.shift.length) + 2 * x[0] * bend;
    return out;
  }

  expectationErrorAt(x: Float64Array): ExpectationError {
    const lambda = this.regularization;
    const size = this.shift.length;
    let weight = 0;
    let curvature = 0;
    this.#visit(x, (m, slopes) => {
      weight += Math.abs(slopes.variance);
      curvature += 2 * Math.abs(slopes.mean) + 4 * m * Math.abs(slopes.meanMean);
    });
    // |log density| ≤ 745 where it does not underflow, and each of count terms is added with one rounding.
    const relative = (1000 + size + this.directions.count) * Number.EPSILON;
    return {
      weightGradient: relative * 2 * Math.abs(x[0]) * (weight + lambda * size),
      shiftHessian: relative * curvature,
      method: 'closed-form',
    };
  }

  stateAt(x: Float64Array): SamplerState {
    let curvature = 0;
    this.#visit(x, (m, { mean, meanMean }) => {
      // The block of u is (2p′I + 4p″ Mu(Mu)ᵀ) ⊗ uuᵀ: its eigenvalues are 0, 2p′ and 2p′ + 4p″m.
      curvature += Math.min(0, 2 * mean, 2 * mean + 4 * m * meanMean);
    });
    return {
      violationSum: this.#sumAt(x),
      threshold: this.#probability.threshold(this.#varianceAt(x)),
      shiftCurvature: curvature,
    };
  }

  #varianceAt(x: Float64Array): number {
    return x[0] * x[0] + this.options.smoothing * this.options.smoothing;
  }

  #sumAt(x: Float64Array): number {
    const variance = this.#varianceAt(x);
    const images = this.#images;
    images.moveTo(x, 1);
    const table = this.#table;
    table?.moveTo(variance);
    let total = 0;
    for (let p = 0; p < this.directions.count; p++) {
      const m = images.imageInto(this.#image, p);
      total += table === undefined ? this.#probability.value(m, variance) : table.value(m);
    }
    return total;
  }

  /** All derivatives at x into #second, unless they are known. */
  #differentiate(x: Float64Array): void {
    const known = this.#known;
    const second = this.#second;
    let same = 0;
    while (same < known.length && known[same] === x[same]) same++;
    if (same === known.length) return;
    known.set(x);
    let at = 0;
    this.#visit(x, (_, slopes) => {
      second[at] = slopes.mean;
      second[at + 1] = slopes.variance;
      second[at + 2] = slopes.meanMean;
      second[at + 3] = slopes.meanVariance;
      second[at + 4] = slopes.varianceVariance;
      at += 5;
    });
  }

  /** Calls back with |Mu|² and all derivatives of p for every direction. */
  #visit(x: Float64Array, handle: (m: number, slopes: BallDerivatives) => void): void {
    const variance = this.#varianceAt(x);
    this.#images.moveTo(x, 1);
    for (let p = 0; p < this.directions.count; p++) {
      const m = this.#images.imageInto(this.#image, p);
      handle(m, this.#probability.derivativesInto(this.#slopes, m, variance));
    }
  }
}
