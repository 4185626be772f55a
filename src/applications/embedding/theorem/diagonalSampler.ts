import type { ExpectationError, RandomWeights, Shift } from '../../../lemma/randomizedObjective.ts';
import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import type { DirectionSet } from '../points/directionImages.ts';
import type { Directions } from '../points/pairDirections.ts';
import { writtenDirections } from '../points/pairedDirections.ts';
import { emptyRows, type RowPairs } from '../tail/contourSums.ts';
import { type DiagonalViolation, diagonalViolation } from '../tail/diagonalViolation.ts';
import {
  type SamplerObjective,
  type SamplerOptions,
  type SamplerState,
  sampledHessianLipschitz,
} from './samplerObjective.ts';

/**
 * The objective of the diagonal sampler, every entry of the matrix with a deviation of its own:
 *
 *     A_ij ~ N(M_ij, σ_ij²) independent,
 *     f(σ, M) = Σ_u P(| |Au + τξ|² − 1 | > ε) + λ Σ_ij σ_ij²
 *
 * Row i of Au + τξ is normal with variance Sᵢ = τ² + Σ_j σ_ij² u_j², independent of the others. Smoothing and its
 * Hessian-Lipschitz constant are those of the isotropic sampler, which this is where all σ_ij are equal.
 *
 * Coordinates: x = (σ, M), each row-major k × d. σ is the diagonal of the lemma's random weights W = diag(σ), M its
 * shift.
 *
 * Guarantee: the heat equation holds for each coordinate, ∂f/∂σ_ij = σ_ij ∂²f/∂M_ij² + 2λσ_ij, to rounding; values
 * and derivatives have a relative error of some hundred machine epsilons a term, for all means and all σ ≥ 0.
 *
 * Source: N. Tsikouras et al. (2025, arXiv 2510.19382), section 5: A ~ N(M, Σ), Σ diagonal.
 * Cost: count·(k·d + one violation probability) a call; nothing is allocated.
 */
export class DiagonalSampler implements SamplerObjective {
  readonly dimension: number;
  readonly options: SamplerOptions;
  readonly directions: Directions;
  readonly weights: RandomWeights;
  readonly shift: Shift;
  readonly regularization: number;
  readonly hessianLipschitz: number;
  readonly #probability: DiagonalViolation;
  readonly #rows: RowPairs;
  readonly #slope: RowPairs;
  readonly #motion: RowPairs;
  readonly #change: RowPairs;
  readonly #block: Float64Array;

  /**
   * @param directions unit vectors u; pairs of points are written out, the others read and not copied
   * @throws RangeError for options outside their intervals, or no direction
   */
  constructor(directions: DirectionSet, options: SamplerOptions) {
    const { embeddingDimension: k, distortion, smoothing, regularization } = options;
    checkInteger('directions.count', directions.count, 1);
    checkAbove('smoothing', smoothing, 0);
    checkWithin('regularization', regularization, 0, Number.MAX_VALUE);
    this.#probability = diagonalViolation(k, distortion);
    const size = k * directions.dimension;
    this.dimension = 2 * size;
    this.options = options;
    this.directions = 'values' in directions ? directions : writtenDirections(directions);
    this.weights = { kind: 'diagonal', start: 0, rows: size, columns: size };
    this.shift = { start: size, length: size };
    this.regularization = regularization;
    this.hessianLipschitz = sampledHessianLipschitz(directions.count, smoothing);
    this.#rows = emptyRows(k);
    this.#slope = emptyRows(k);
    this.#motion = emptyRows(k);
    this.#change = emptyRows(k);
    this.#block = new Float64Array(k * k);
  }

  value(x: Float64Array): number {
    return this.#sumAt(x) + this.regularization * this.#squareAt(x);
  }

  gradientInto(out: Float64Array, x: Float64Array): Float64Array {
    const { values: units, count, dimension: d } = this.directions;
    const size = this.shift.length;
    const k = size / d;
    const slope = this.#slope;
    this.#regularizeInto(out, x);
    for (let p = 0; p < count; p++) {
      this.#probability.slopeInto(slope, this.#rowsAt(x, p));
      for (let i = 0; i < k; i++) {
        const shift = slope.mean[i];
        const spread = 2 * slope.variance[i];
        for (let c = 0, at = i * d, u = p * d; c < d; c++) {
          const unit = units[u + c];
          out[at + c] += spread * x[at + c] * unit * unit;
          out[size + at + c] += shift * unit;
        }
      }
    }
    return out;
  }

  hessianVectorInto(out: Float64Array, x: Float64Array, direction: Float64Array): Float64Array {
    const { values: units, count, dimension: d } = this.directions;
    const size = this.shift.length;
    const k = size / d;
    const slope = this.#slope;
    const change = this.#change;
    this.#regularizeInto(out, direction);
    for (let p = 0; p < count; p++) {
      const rows = this.#rowsAt(x, p);
      this.#probability.changeInto(change, slope, rows, this.#motionAt(x, direction, p));
      for (let i = 0; i < k; i++) {
        const shift = change.mean[i];
        const turn = 2 * change.variance[i];
        const spread = 2 * slope.variance[i];
        for (let c = 0, at = i * d, u = p * d; c < d; c++) {
          const unit = units[u + c];
          out[at + c] += (turn * x[at + c] + spread * direction[at + c]) * unit * unit;
          out[size + at + c] += shift * unit;
        }
      }
    }
    return out;
  }

  expectationErrorAt(x: Float64Array): ExpectationError {
    const { values: units, count, dimension: d } = this.directions;
    const k = this.shift.length / d;
    const slope = this.#slope;
    const block = this.#block;
    let weight = 0;
    let curvature = 0;
    for (let p = 0; p < count; p++) {
      const rows = this.#rowsAt(x, p);
      // |log p| ≤ 745 where p does not underflow; a node is a product of k factors.
      const relative = (1000 + k * (16 + d) + count) * Number.EPSILON + this.#probability.truncation(rows);
      this.#probability.slopeInto(slope, rows);
      this.#probability.shiftHessianInto(block, rows);
      let square = 0;
      for (let i = 0; i < k * k; i++) square += block[i] * block[i];
      curvature += relative * Math.sqrt(square);
      let squares = 0;
      for (let i = 0; i < k; i++) {
        for (let c = 0, at = i * d, u = p * d; c < d; c++) {
          squares += (slope.variance[i] * x[at + c] * units[u + c] ** 2) ** 2;
        }
      }
      weight += relative * 2 * Math.sqrt(squares);
    }
    const regularizer = 4 * Number.EPSILON * this.regularization * Math.sqrt(this.#squareAt(x));
    return { weightGradient: weight + regularizer, shiftHessian: curvature, method: 'quadrature' };
  }

  stateAt(x: Float64Array): SamplerState {
    const { count, dimension: d } = this.directions;
    const k = this.shift.length / d;
    const block = this.#block;
    let curvature = 0;
    let threshold = 0.5;
    for (let p = 0; p < count; p++) {
      const rows = this.#rowsAt(x, p);
      threshold = Math.min(threshold, this.#probability.threshold(rows.variance));
      this.#probability.shiftHessianInto(block, rows);
      curvature += Math.min(0, lowerEigenvalueBound(block, k));
    }
    // The block of u is ∇²_μ p ⊗ uuᵀ, |u| = 1.
    return { violationSum: this.#sumAt(x), threshold, shiftCurvature: curvature };
  }

  #sumAt(x: Float64Array): number {
    let total = 0;
    for (let p = 0; p < this.directions.count; p++) total += this.#probability.value(this.#rowsAt(x, p));
    return total;
  }

  /** Σ σ_ij². */
  #squareAt(x: Float64Array): number {
    let square = 0;
    for (let i = 0; i < this.shift.length; i++) square += x[i] * x[i];
    return square;
  }

  /** out ← the regularizer's Hessian times x. */
  #regularizeInto(out: Float64Array, x: Float64Array): void {
    const size = this.shift.length;
    for (let i = 0; i < size; i++) out[i] = 2 * this.regularization * x[i];
    out.fill(0, size);
  }

  /** (Mu, S) for direction number p, in #rows. */
  #rowsAt(x: Float64Array, p: number): RowPairs {
    const { values: units, dimension: d } = this.directions;
    const { mean, variance } = this.#rows;
    const size = this.shift.length;
    const smoothing = this.options.smoothing * this.options.smoothing;
    for (let i = 0; i < mean.length; i++) {
      let entry = 0;
      let spread = smoothing;
      for (let c = 0, at = i * d, u = p * d; c < d; c++) {
        const deviation = x[at + c] * units[u + c];
        entry += x[size + at + c] * units[u + c];
        spread += deviation * deviation;
      }
      mean[i] = entry;
      variance[i] = spread;
    }
    return this.#rows;
  }

  /** The derivative of (Mu, S) along a direction of (σ, M), in #motion. */
  #motionAt(x: Float64Array, direction: Float64Array, p: number): RowPairs {
    const { values: units, dimension: d } = this.directions;
    const { mean, variance } = this.#motion;
    const size = this.shift.length;
    for (let i = 0; i < mean.length; i++) {
      let entry = 0;
      let spread = 0;
      for (let c = 0, at = i * d, u = p * d; c < d; c++) {
        const unit = units[u + c];
        entry += direction[size + at + c] * unit;
        spread += 2 * x[at + c] * direction[at + c] * unit * unit;
      }
      mean[i] = entry;
      variance[i] = spread;
    }
    return this.#motion;
  }
}

/** A number below the eigenvalues of a symmetric matrix: the better of Gershgorin's and the Frobenius norm's. */
function lowerEigenvalueBound(matrix: Float64Array, n: number): number {
  let square = 0;
  let disc = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    let radius = 0;
    for (let j = 0; j < n; j++) {
      const entry = matrix[i * n + j];
      square += entry * entry;
      if (j !== i) radius += Math.abs(entry);
    }
    disc = Math.min(disc, matrix[i * n + i] - radius);
  }
  return Math.max(disc, -Math.sqrt(square));
}
