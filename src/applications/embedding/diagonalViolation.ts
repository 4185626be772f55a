import { checkAbove, checkInteger, checkWithin } from '../../base/checks.ts';
import { BallContour } from './ballContour.ts';
import { ballProbability } from './ballProbability.ts';

/** Derivatives by row: in the means μᵢ and in the variances Sᵢ. The caller owns the arrays, k entries each. */
export interface RowDerivatives {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/**
 * The probability that one unit direction is distorted by more than ε when the rows of the matrix have variances of
 * their own:
 *
 *     p(μ, S) = P(| |Y|² − 1 | > ε),  Y ~ N(μ, diag(S₁ … S_k))
 *
 * |Y|² is then a sum of noncentral χ² variables with different scales, which has no density in closed form. Means
 * have k entries, variances k entries above 0; no method checks them.
 */
export interface DiagonalViolation {
  readonly embeddingDimension: number;
  readonly distortion: number;
  value(mean: Float64Array, variance: Float64Array): number;
  /** ∂p/∂μᵢ and ∂p/∂Sᵢ into `out`. */
  slopeInto(out: RowDerivatives, mean: Float64Array, variance: Float64Array): RowDerivatives;
  /** The change of all slopes along a motion of (μ, S) into `out`, and the slopes themselves into `slope`. */
  changeInto(
    out: RowDerivatives,
    slope: RowDerivatives,
    mean: Float64Array,
    variance: Float64Array,
    motion: RowDerivatives,
  ): RowDerivatives;
  /** ∇²_μ p into `out`, k·k entries. */
  shiftHessianInto(out: Float64Array, mean: Float64Array, variance: Float64Array): Float64Array;
  /**
   * Estimate of the relative error that the finite number of nodes leaves: the square of the relative change when
   * every second node is left out.
   */
  truncation(mean: Float64Array, variance: Float64Array): number;
  /**
   * A number q(S) such that a direction with |μ|² outside [1 − ε, 1 + ε] has p ≥ q(S).
   *
   * Outside the shell the half-space beyond μ misses the ball, so p ≥ ½. Inside, the density of N(μ, diag S) is at
   * least Π √(s/Sᵢ) times that of N(μ, sI) with s = min S, whose probability of the ball falls with |μ|.
   */
  threshold(variance: Float64Array): number;
}

/** Nodes are left where their weight has fallen by this: their sum is then complete to far below rounding. */
const fallen = 1e-20;

/**
 * Prepares the violation probability of a sampler with independent rows of different variances.
 *
 * Guarantee: values and derivatives carry a relative error of some hundred machine epsilons, plus what rounding the
 * exponent costs, |log p| epsilons. On the contour ∂/∂Sᵢ and ½ ∂²/∂μᵢ² are the same factor of the integrand, so the
 * heat equation ∂p/∂Sᵢ = ½ ∂²p/∂μᵢ² holds to rounding whatever the nodes are.
 *
 * @param embeddingDimension k ≥ 1
 * @param distortion ε in (0, 1)
 * @throws RangeError outside these
 * Source: {@link BallContour}.
 * Cost: two contours a call, of 20 to 100 nodes with about 30·k operations each.
 */
export function diagonalViolation(embeddingDimension: number, distortion: number): DiagonalViolation {
  checkInteger('embeddingDimension', embeddingDimension, 1);
  checkAbove('distortion', distortion, 0);
  checkWithin('distortion', distortion, 0, 1 - Number.EPSILON);
  const k = embeddingDimension;
  const low = 1 - distortion;
  const high = 1 + distortion;
  const contour = new BallContour(k);
  const isotropic = ballProbability(k);
  /** What one radius adds: `first` and `second` hold sums of Re(w gᵢ) and Re(w gᵢ²), or of their changes. */
  const first = new Float64Array(k);
  const second = new Float64Array(k);
  const firstChange = new Float64Array(k);
  const secondChange = new Float64Array(k);

  /** P(|Y|² < a) for side −1, P(|Y|² > a) for side 1. */
  const tail = (side: 1 | -1, a: number, mean: Float64Array, variance: Float64Array): number => {
    contour.prepare(a, mean, variance);
    let total = 0;
    for (let n = 0; contour.visit(n) > fallen; n++) total += contour.weightReal;
    const integral = total * Math.exp(contour.logScale);
    return Math.min(1, Math.max(0, contour.side === side ? side * integral : 1 + side * integral));
  };

  /** Sums Re(w gᵢ) and Re(w gᵢ²) over the contour of one radius; returns the scale that they are to be given. */
  const sumFactors = (a: number, mean: Float64Array, variance: Float64Array): number => {
    const { factorReal, factorImaginary } = contour;
    contour.prepare(a, mean, variance);
    first.fill(0);
    second.fill(0);
    for (let n = 0; contour.visit(n) > fallen; n++) {
      const { weightReal, weightImaginary } = contour;
      for (let i = 0; i < k; i++) {
        const real = weightReal * factorReal[i] - weightImaginary * factorImaginary[i];
        const imaginary = weightReal * factorImaginary[i] + weightImaginary * factorReal[i];
        first[i] += real;
        second[i] += real * factorReal[i] - imaginary * factorImaginary[i];
      }
    }
    return Math.exp(contour.logScale);
  };

  /** out += scale·(∂/∂μᵢ = 2μᵢgᵢ, ∂/∂Sᵢ = gᵢ + 2μᵢ²gᵢ²). */
  const addSlope = (out: RowDerivatives, scale: number, mean: Float64Array): void => {
    for (let i = 0; i < k; i++) {
      out.mean[i] += scale * 2 * mean[i] * first[i];
      out.variance[i] += scale * (first[i] + 2 * mean[i] * mean[i] * second[i]);
    }
  };

  /** As `sumFactors`, with the changes of those sums along the motion in `firstChange` and `secondChange`. */
  const sumChanges = (
    a: number,
    mean: Float64Array,
    variance: Float64Array,
    motion: RowDerivatives,
  ): number => {
    const { factorReal, factorImaginary } = contour;
    contour.prepare(a, mean, variance);
    first.fill(0);
    second.fill(0);
    firstChange.fill(0);
    secondChange.fill(0);
    for (let n = 0; contour.visit(n) > fallen; n++) {
      const { weightReal, weightImaginary } = contour;
      // The logarithm of the integrand changes by Σ 2μᵢgᵢ δμᵢ + (gᵢ + 2μᵢ²gᵢ²) δSᵢ.
      let changeReal = 0;
      let changeImaginary = 0;
      for (let i = 0; i < k; i++) {
        const real = factorReal[i];
        const imaginary = factorImaginary[i];
        const linear = 2 * mean[i] * motion.mean[i] + motion.variance[i];
        const square = 2 * mean[i] * mean[i] * motion.variance[i];
        changeReal += linear * real + square * (real * real - imaginary * imaginary);
        changeImaginary += linear * imaginary + square * 2 * real * imaginary;
      }
      for (let i = 0; i < k; i++) {
        const [gReal, gImaginary] = [factorReal[i], factorImaginary[i]];
        const onceReal = weightReal * gReal - weightImaginary * gImaginary;
        const onceImaginary = weightReal * gImaginary + weightImaginary * gReal;
        const twiceReal = onceReal * gReal - onceImaginary * gImaginary;
        const twiceImaginary = onceReal * gImaginary + onceImaginary * gReal;
        const thriceReal = twiceReal * gReal - twiceImaginary * gImaginary;
        first[i] += onceReal;
        second[i] += twiceReal;
        // dg/dS = 2g².
        firstChange[i] +=
          onceReal * changeReal - onceImaginary * changeImaginary + 2 * motion.variance[i] * twiceReal;
        secondChange[i] +=
          twiceReal * changeReal - twiceImaginary * changeImaginary + 4 * motion.variance[i] * thriceReal;
      }
    }
    return Math.exp(contour.logScale);
  };

  const addChange = (
    out: RowDerivatives,
    scale: number,
    mean: Float64Array,
    motion: RowDerivatives,
  ): void => {
    for (let i = 0; i < k; i++) {
      const m = mean[i];
      out.mean[i] += scale * 2 * (m * firstChange[i] + motion.mean[i] * first[i]);
      out.variance[i] +=
        scale * (firstChange[i] + 2 * m * m * secondChange[i] + 4 * m * motion.mean[i] * second[i]);
    }
  };

  const addHessian = (
    out: Float64Array,
    side: 1 | -1,
    a: number,
    mean: Float64Array,
    variance: Float64Array,
  ): void => {
    const { factorReal, factorImaginary } = contour;
    contour.prepare(a, mean, variance);
    const scale = side * Math.exp(contour.logScale);
    for (let n = 0; contour.visit(n) > fallen; n++) {
      const { weightReal, weightImaginary } = contour;
      for (let i = 0; i < k; i++) {
        const real = weightReal * factorReal[i] - weightImaginary * factorImaginary[i];
        const imaginary = weightReal * factorImaginary[i] + weightImaginary * factorReal[i];
        out[i * k + i] += scale * 2 * real;
        for (let j = 0; j < k; j++) {
          out[i * k + j] +=
            scale * 4 * mean[i] * mean[j] * (real * factorReal[j] - imaginary * factorImaginary[j]);
        }
      }
    }
  };

  /** Relative change of one integral when every second node is left out. */
  const coarseChange = (a: number, mean: Float64Array, variance: Float64Array): number => {
    contour.prepare(a, mean, variance);
    let even = 0;
    let odd = 0;
    for (let n = 0; contour.visit(n) > fallen; n++) {
      if (n % 2 === 0) even += contour.weightReal;
      else odd += contour.weightReal;
    }
    return Math.abs((even - odd) / (even + odd));
  };

  return {
    embeddingDimension,
    distortion,
    value: (mean, variance) => tail(-1, low, mean, variance) + tail(1, high, mean, variance),
    slopeInto: (out, mean, variance) => {
      out.mean.fill(0);
      out.variance.fill(0);
      // Both sides of a radius have the same derivatives but for the sign, whichever the contour belongs to.
      addSlope(out, -sumFactors(low, mean, variance), mean);
      addSlope(out, sumFactors(high, mean, variance), mean);
      return out;
    },
    changeInto: (out, slope, mean, variance, motion) => {
      out.mean.fill(0);
      out.variance.fill(0);
      slope.mean.fill(0);
      slope.variance.fill(0);
      const inner = -sumChanges(low, mean, variance, motion);
      addSlope(slope, inner, mean);
      addChange(out, inner, mean, motion);
      const outer = sumChanges(high, mean, variance, motion);
      addSlope(slope, outer, mean);
      addChange(out, outer, mean, motion);
      return out;
    },
    shiftHessianInto: (out, mean, variance) => {
      out.fill(0);
      addHessian(out, -1, low, mean, variance);
      addHessian(out, 1, high, mean, variance);
      return out;
    },
    truncation: (mean, variance) =>
      Math.max(coarseChange(low, mean, variance), coarseChange(high, mean, variance)) ** 2,
    threshold: (variance) => {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < k; i++) least = Math.min(least, variance[i]);
      let logRatio = 0;
      for (let i = 0; i < k; i++) logRatio += 0.5 * Math.log(least / variance[i]);
      return Math.min(0.5, Math.exp(logRatio) * isotropic.inside(low, low, least));
    },
  };
}

/** A record for k rows, all zero. */
export function emptyRows(k: number): RowDerivatives {
  return { mean: new Float64Array(k), variance: new Float64Array(k) };
}
