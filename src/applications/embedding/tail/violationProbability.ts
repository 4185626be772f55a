import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import { type BallDerivatives, type BallProbability, ballProbability } from './ballProbability.ts';

/**
 * The probability that one unit direction is distorted by more than ε when the matrix is Gaussian:
 *
 *     p(m, S) = P(| |Au|² − 1 | > ε),  Au ~ N(Mu, S·I_k),  m = |Mu|²
 *
 * Derivatives are with respect to the mean m and the variance S.
 */
export interface ViolationProbability {
  readonly embeddingDimension: number;
  readonly distortion: number;
  value(m: number, variance: number): number;
  slopeInto(out: BallDerivatives, m: number, variance: number): BallDerivatives;
  derivativesInto(out: BallDerivatives, m: number, variance: number): BallDerivatives;
  /**
   * A number q(S) such that a direction that M itself distorts by more than ε has p ≥ q(S).
   *
   * Outside the shell the half-space beyond Mu misses the ball, so p ≥ ½. Inside, p falls with m, so it is at least
   * its value at m = 1 − ε. Hence Σ p < q(S) proves that M distorts no direction by more than ε.
   */
  threshold(variance: number): number;
}

/**
 * Prepares the violation probability.
 *
 * @param embeddingDimension k ≥ 1
 * @param distortion ε in (0, 1)
 * @throws RangeError outside these
 * Cost: two balls a call.
 */
export function violationProbability(embeddingDimension: number, distortion: number): ViolationProbability {
  checkInteger('embeddingDimension', embeddingDimension, 1);
  checkAbove('distortion', distortion, 0);
  checkWithin('distortion', distortion, 0, 1 - Number.EPSILON);
  const ball: BallProbability = ballProbability(embeddingDimension);
  const low = 1 - distortion;
  const high = 1 + distortion;
  const inner: BallDerivatives = emptyDerivatives();
  return {
    embeddingDimension,
    distortion,
    value: (m, variance) => ball.inside(low, m, variance) + ball.outside(high, m, variance),
    slopeInto: (out, m, variance) => {
      ball.slopeInto(inner, low, m, variance);
      ball.slopeInto(out, high, m, variance);
      out.mean = inner.mean - out.mean;
      out.variance = inner.variance - out.variance;
      return out;
    },
    derivativesInto: (out, m, variance) => {
      ball.derivativesInto(inner, low, m, variance);
      ball.derivativesInto(out, high, m, variance);
      out.mean = inner.mean - out.mean;
      out.variance = inner.variance - out.variance;
      out.meanMean = inner.meanMean - out.meanMean;
      out.meanVariance = inner.meanVariance - out.meanVariance;
      out.varianceVariance = inner.varianceVariance - out.varianceVariance;
      return out;
    },
    threshold: (variance) => Math.min(0.5, ball.inside(low, low, variance)),
  };
}

/** A record for derivatives, all zero. */
export function emptyDerivatives(): BallDerivatives {
  return { mean: 0, variance: 0, meanMean: 0, meanVariance: 0, varianceVariance: 0 };
}
