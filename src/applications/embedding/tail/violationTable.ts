import { type BallDerivatives, type BallProbability, ballProbability } from './ballProbability.ts';
import { type ViolationProbability, violationProbability } from './violationProbability.ts';

/** Points of an interpolation, and the length of the interval they stand on, in units of √S. */
const [nodeCount, width] = [22, 2] as const;

/** A tail below this adds nothing to a sum that is held against a half. */
const logNegligible = Math.log(1e-40);

/** Functions that an interval holds for each of the two ends: log tail, log slope in m, slope in S over slope in m. */
const [ends, functions] = [2, 3] as const;

/** cos of the Chebyshev points' angles, times each order: what turns values into coefficients and sums them. */
const cosines = Float64Array.from({ length: nodeCount * nodeCount }, (_, at) =>
  Math.cos((Math.PI * Math.floor(at / nodeCount) * (2 * (at % nodeCount) + 1)) / (2 * nodeCount)),
);

/**
 * Violation probabilities p(m, S) and their slopes for many means m at one variance S: P(|X|² ≤ 1 − ε) and
 * P(|X|² > 1 + ε), X ~ N(v, S·I), m = |v|².
 *
 * The logarithms of both tails and of their slopes in m, and the ratio of the slopes in S and m, are interpolated in
 * q = √(m/S) on intervals of length 2, where they are first asked for. Zeros of the tails stay 2.8 and more away from
 * the axis, so that 22 Chebyshev points leave e^{−38}; those of the densities, at imaginary q, come nearer where the
 * radius is large against k, and the first interval is then computed directly.
 *
 * Guarantee: relative error below 1e-11 in values and slopes, but that a tail below 1e-40 counts as 0.
 *
 * Cost: an interval 44 ball probabilities and their slopes; after that some 150 multiplications a value.
 */
export class ViolationTable {
  readonly #ball: BallProbability;
  readonly #low: number;
  readonly #high: number;
  readonly #derivatives: BallDerivatives = {
    mean: 0,
    variance: 0,
    meanMean: 0,
    meanVariance: 0,
    varianceVariance: 0,
  };
  readonly #intervals: (Float64Array | undefined)[] = [];
  readonly #samples = new Float64Array(nodeCount);
  readonly #exact: ViolationProbability;
  #variance = Number.NaN;
  #deviation = 1;
  /** Where the interpolation begins. */
  #from = 0;

  /**
   * @param embeddingDimension k ≥ 1
   * @param distortion ε in (0, 1)
   */
  constructor(embeddingDimension: number, distortion: number) {
    this.#ball = ballProbability(embeddingDimension);
    this.#exact = violationProbability(embeddingDimension, distortion);
    this.#low = 1 - distortion;
    this.#high = 1 + distortion;
  }

  /** Moves to a variance S > 0. */
  moveTo(variance: number): void {
    if (variance === this.#variance) return;
    this.#variance = variance;
    this.#deviation = Math.sqrt(variance);
    this.#intervals.length = 0;
    // I_ν(qr), ν = k/2, has its first zero near q = i(ν + 1.85 ν^⅓)/r: from 1.4 on, 22 points leave e^{−27}.
    const radius = Math.sqrt(this.#high) / this.#deviation;
    const order = this.#ball.dimensions / 2;
    this.#from = order + 1.85 * Math.cbrt(order) < 1.4 * radius ? width : 0;
  }

  /** p(m, S). */
  value(m: number): number {
    const q = Math.sqrt(m) / this.#deviation;
    if (q < this.#from) return this.#exact.value(m, this.#variance);
    const interval = this.#intervalOf(q);
    const at = placeOf(q);
    return exp(sum(interval, 0, at)) + exp(sum(interval, functions, at));
  }

  /** ∂p/∂m and ∂p/∂S into `out`; its second derivatives are left as they are. */
  slopeInto(out: BallDerivatives, m: number): BallDerivatives {
    const q = Math.sqrt(m) / this.#deviation;
    if (q < this.#from) return this.#exact.slopeInto(out, m, this.#variance);
    const interval = this.#intervalOf(q);
    const at = placeOf(q);
    const inner = -exp(sum(interval, 1, at));
    const outer = exp(sum(interval, functions + 1, at));
    out.mean = inner + outer;
    out.variance = inner * sum(interval, 2, at) + outer * sum(interval, functions + 2, at);
    return out;
  }

  #intervalOf(q: number): Float64Array {
    const index = Math.floor(q / width);
    const known = this.#intervals[index];
    if (known !== undefined) return known;
    const made = this.#interval(index);
    this.#intervals[index] = made;
    return made;
  }

  /** The coefficients of all functions on one interval. */
  #interval(index: number): Float64Array {
    const coefficients = new Float64Array(ends * functions * nodeCount);
    for (let end = 0; end < ends; end++) {
      const values = new Float64Array(functions * nodeCount);
      for (let node = 0; node < nodeCount; node++) this.#sample(values, end, index, node);
      for (let f = 0; f < functions; f++) {
        this.#samples.set(values.subarray(f * nodeCount, (f + 1) * nodeCount));
        transformInto(coefficients.subarray((end * functions + f) * nodeCount), this.#samples);
      }
    }
    return coefficients;
  }

  /** The functions of one end at one node. */
  #sample(values: Float64Array, end: number, index: number, node: number): void {
    const q = width * (index + 0.5 * (1 + cosines[nodeCount + node]));
    const m = q * q * this.#variance;
    const a = end === 0 ? this.#low : this.#high;
    const { mean, variance } = this.#ball.slopeInto(this.#derivatives, a, m, this.#variance);
    // An interval on which anything has underflowed is far below what counts: any large negative number will do.
    const logSlope = mean === 0 ? -1000 : Math.log(-mean);
    values[nodeCount + node] = logSlope;
    values[2 * nodeCount + node] = mean === 0 ? 0 : variance / mean;
    const tail =
      end === 0 ? this.#ball.inside(a, m, this.#variance) : this.#ball.outside(a, m, this.#variance);
    values[node] = tail === 0 ? -1000 : Math.log(tail);
  }
}

/** Where q lies in its interval, in [−1, 1]. */
function placeOf(q: number): number {
  return q - width * Math.floor(q / width) - 1;
}

/** e^x, 0 where that is negligible. */
function exp(x: number): number {
  return x < logNegligible ? 0 : Math.exp(x);
}

/** out ← coefficients of the interpolating Chebyshev series of the samples. */
function transformInto(out: Float64Array, samples: Float64Array): void {
  for (let j = 0; j < nodeCount; j++) {
    let total = 0;
    for (let i = 0; i < nodeCount; i++) total += samples[i] * cosines[j * nodeCount + i];
    out[j] = ((j === 0 ? 1 : 2) / nodeCount) * total;
  }
}

/** Clenshaw's sum of one function's series. */
function sum(interval: Float64Array, f: number, x: number): number {
  const from = f * nodeCount;
  let next = 0;
  let after = 0;
  for (let j = from + nodeCount - 1; j > from; j--) {
    const current = interval[j] + 2 * x * next - after;
    after = next;
    next = current;
  }
  return interval[from] + x * next - after;
}
