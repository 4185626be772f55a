import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import { ballProbability } from './ballProbability.ts';
import { ContourSums, type RowPairs } from './contourSums.ts';

/**
 * The probability that one unit direction is distorted by more than ε when the rows of the matrix have variances of
 * their own:
 *
 *     p(μ, S) = P(| |Y|² − 1 | > ε),  Y ~ N(μ, diag(S₁ … S_k))
 *
 * |Y|² is a sum of noncentral χ² variables on different scales, which has no density in closed form. No method checks
 * its arguments: k means, k variances above 0.
 */
export interface DiagonalViolation {
  readonly embeddingDimension: number;
  readonly distortion: number;
  value(rows: RowPairs): number;
  /** ∂p/∂μᵢ and ∂p/∂Sᵢ into `out`. */
  slopeInto(out: RowPairs, rows: RowPairs): RowPairs;
  /** The derivative of all slopes along a motion of (μ, S) into `out`, and the slopes themselves into `slope`. */
  changeInto(out: RowPairs, slope: RowPairs, rows: RowPairs, motion: RowPairs): RowPairs;
  /** ∇²_μ p into `out`, k·k entries. */
  shiftHessianInto(out: Float64Array, rows: RowPairs): Float64Array;
  /**
   * Estimate of the relative error that finitely many nodes leave: the square of the relative change when every
   * second one is left out.
   */
  truncation(rows: RowPairs): number;
  /**
   * A number q(S) such that a direction with |μ|² outside [1 − ε, 1 + ε] has p ≥ q(S).
   *
   * Outside the shell the half-space beyond μ misses the ball, so p ≥ ½. Inside, the density of N(μ, diag S) is at
   * least Π √(s/Sᵢ) times that of N(μ, sI), s = min S, whose probability of the inner ball falls with |μ|.
   */
  threshold(variance: Float64Array): number;
}

/**
 * Prepares the violation probability of a sampler with independent rows of different variances.
 *
 * Guarantee: values and derivatives carry a relative error of some hundred machine epsilons and |log p| more, which
 * rounding the exponent costs; ∂p/∂Sᵢ = ½ ∂²p/∂μᵢ² to rounding.
 *
 * @param embeddingDimension k ≥ 1
 * @param distortion ε in (0, 1)
 * @throws RangeError outside these
 * Source: {@link ContourSums}.
 * Cost: two contours a call, of 25 to 90 nodes with about 30·k operations each.
 */
export function diagonalViolation(embeddingDimension: number, distortion: number): DiagonalViolation {
  checkInteger('embeddingDimension', embeddingDimension, 1);
  checkAbove('distortion', distortion, 0);
  checkWithin('distortion', distortion, 0, 1 - Number.EPSILON);
  const k = embeddingDimension;
  const low = 1 - distortion;
  const high = 1 + distortion;
  const sums = new ContourSums(k);
  const isotropic = ballProbability(k);
  return {
    embeddingDimension,
    distortion,
    value: (rows) => sums.tail(-1, low, rows) + sums.tail(1, high, rows),
    slopeInto: (out, rows) => {
      out.mean.fill(0);
      out.variance.fill(0);
      // P(|Y|² ≤ a) has the derivatives of P(|Y|² > a) with the other sign.
      sums.addSlope(out, -1, low, rows);
      sums.addSlope(out, 1, high, rows);
      return out;
    },
    changeInto: (out, slope, rows, motion) => {
      out.mean.fill(0);
      out.variance.fill(0);
      slope.mean.fill(0);
      slope.variance.fill(0);
      sums.addChange(out, slope, -1, low, rows, motion);
      sums.addChange(out, slope, 1, high, rows, motion);
      return out;
    },
    shiftHessianInto: (out, rows) => {
      out.fill(0);
      sums.addShiftHessian(out, -1, low, rows);
      sums.addShiftHessian(out, 1, high, rows);
      return out;
    },
    truncation: (rows) => Math.max(sums.coarseChange(low, rows), sums.coarseChange(high, rows)) ** 2,
    threshold: (variance) => {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < k; i++) least = Math.min(least, variance[i]);
      let logRatio = 0;
      for (let i = 0; i < k; i++) logRatio += 0.5 * Math.log(least / variance[i]);
      return Math.min(0.5, Math.exp(logRatio) * isotropic.inside(low, low, least));
    },
  };
}
