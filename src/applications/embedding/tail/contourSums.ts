import { BallContour } from './ballContour.ts';

/** Quantities by row: of the means μᵢ and of the variances Sᵢ, k entries each. The caller owns the arrays. */
export interface RowPairs {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Nodes are left where their weight has fallen by this: the sum is then complete to far below rounding. */
const fallen = 1e-20;

/**
 * P(|X|² > a) for X ~ N(μ, diag(S)) and its derivatives, as sums over the nodes of one contour.
 *
 * With gᵢ = z/(1 − 2Sᵢz), ∂/∂μᵢ multiplies the integrand by 2μᵢgᵢ and ∂/∂Sᵢ by gᵢ + 2μᵢ²gᵢ². The second is half of
 * what ∂²/∂μᵢ² gives, so the heat equation ∂P/∂Sᵢ = ½ ∂²P/∂μᵢ² holds node by node, to rounding.
 *
 * No method checks arguments; means and variances have k entries, variances above 0.
 */
export class ContourSums {
  readonly #contour: BallContour;
  /** Sums of Re(w gᵢ) and Re(w gᵢ²), w the weights, and the changes of both along a motion. */
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #firstChange: Float64Array;
  readonly #secondChange: Float64Array;

  constructor(dimensions: number) {
    this.#contour = new BallContour(dimensions);
    this.#first = new Float64Array(dimensions);
    this.#second = new Float64Array(dimensions);
    this.#firstChange = new Float64Array(dimensions);
    this.#secondChange = new Float64Array(dimensions);
  }

  /** P(|X|² ≤ a) for side −1, P(|X|² > a) for side 1; where it is below ½, with a small relative error. */
  tail(side: 1 | -1, a: number, { mean, variance }: RowPairs): number {
    const contour = this.#contour;
    if (!contour.prepare(a, mean, variance)) return contour.side === side ? 0 : 1;
    let total = 0;
    for (let n = 0; contour.visit(n) > fallen; n++) total += contour.weightReal;
    const integral = side * total * Math.exp(contour.logScale);
    return Math.min(1, Math.max(0, contour.side === side ? integral : 1 + integral));
  }

  /** Relative change of the integral when every second node is left out: the root of what all of them leave. */
  coarseChange(a: number, { mean, variance }: RowPairs): number {
    const contour = this.#contour;
    if (!contour.prepare(a, mean, variance)) return 0;
    let even = 0;
    let odd = 0;
    for (let n = 0; contour.visit(n) > fallen; n++) {
      if (n % 2 === 0) even += contour.weightReal;
      else odd += contour.weightReal;
    }
    return Math.abs((even - odd) / (even + odd));
  }

  /** out += sign·∇P(|X|² > a). */
  addSlope(out: RowPairs, sign: 1 | -1, a: number, { mean, variance }: RowPairs): void {
    const contour = this.#contour;
    const { factorReal, factorImaginary, dimensions: k } = contour;
    const first = this.#first.fill(0);
    const second = this.#second.fill(0);
    if (!contour.prepare(a, mean, variance)) return;
    for (let n = 0; contour.visit(n) > fallen; n++) {
      const { weightReal, weightImaginary } = contour;
      for (let i = 0; i < k; i++) {
        const real = weightReal * factorReal[i] - weightImaginary * factorImaginary[i];
        const imaginary = weightReal * factorImaginary[i] + weightImaginary * factorReal[i];
        first[i] += real;
        second[i] += real * factorReal[i] - imaginary * factorImaginary[i];
      }
    }
    this.#addFirst(out, sign * Math.exp(contour.logScale), mean);
  }

  /** slope += sign·∇P(|X|² > a), and change += the derivative of that along the motion. */
  addChange(
    change: RowPairs,
    slope: RowPairs,
    sign: 1 | -1,
    a: number,
    { mean, variance }: RowPairs,
    motion: RowPairs,
  ): void {
    const contour = this.#contour;
    const { factorReal, factorImaginary, dimensions: k } = contour;
    const first = this.#first.fill(0);
    const second = this.#second.fill(0);
    const firstChange = this.#firstChange.fill(0);
    const secondChange = this.#secondChange.fill(0);
    if (!contour.prepare(a, mean, variance)) return;
    for (let n = 0; contour.visit(n) > fallen; n++) {
      const { weightReal, weightImaginary } = contour;
      // The logarithm of the integrand changes by Σ 2μᵢgᵢ δμᵢ + (gᵢ + 2μᵢ²gᵢ²) δSᵢ…
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
      // …and gᵢ by 2gᵢ² δSᵢ.
      for (let i = 0; i < k; i++) {
        const real = factorReal[i];
        const imaginary = factorImaginary[i];
        const spread = motion.variance[i];
        const onceReal = weightReal * real - weightImaginary * imaginary;
        const onceImaginary = weightReal * imaginary + weightImaginary * real;
        const twiceReal = onceReal * real - onceImaginary * imaginary;
        const twiceImaginary = onceReal * imaginary + onceImaginary * real;
        const thriceReal = twiceReal * real - twiceImaginary * imaginary;
        first[i] += onceReal;
        second[i] += twiceReal;
        firstChange[i] += onceReal * changeReal - onceImaginary * changeImaginary + 2 * spread * twiceReal;
        secondChange[i] +=
          twiceReal * changeReal - twiceImaginary * changeImaginary + 4 * spread * thriceReal;
      }
    }
    const scale = sign * Math.exp(contour.logScale);
    this.#addFirst(slope, scale, mean);
    for (let i = 0; i < k; i++) {
      const m = mean[i];
      const shift = motion.mean[i];
      change.mean[i] += scale * 2 * (m * firstChange[i] + shift * first[i]);
      change.variance[i] +=
        scale * (firstChange[i] + 2 * m * m * secondChange[i] + 4 * m * shift * second[i]);
    }
  }

  /** out += sign·∇²_μ P(|X|² > a), k·k entries, row-major. */
  addShiftHessian(out: Float64Array, sign: 1 | -1, a: number, { mean, variance }: RowPairs): void {
    const contour = this.#contour;
    const { factorReal, factorImaginary, dimensions: k } = contour;
    if (!contour.prepare(a, mean, variance)) return;
    const scale = sign * Math.exp(contour.logScale);
    for (let n = 0; contour.visit(n) > fallen; n++) {
      const { weightReal, weightImaginary } = contour;
      for (let i = 0; i < k; i++) {
        const real = scale * (weightReal * factorReal[i] - weightImaginary * factorImaginary[i]);
        const imaginary = scale * (weightReal * factorImaginary[i] + weightImaginary * factorReal[i]);
        out[i * k + i] += 2 * real;
        for (let j = 0; j < k; j++) {
          out[i * k + j] += 4 * mean[i] * mean[j] * (real * factorReal[j] - imaginary * factorImaginary[j]);
        }
      }
    }
  }

  #addFirst(out: RowPairs, scale: number, mean: Float64Array): void {
    const first = this.#first;
    const second = this.#second;
    for (let i = 0; i < mean.length; i++) {
      out.mean[i] += scale * 2 * mean[i] * first[i];
      out.variance[i] += scale * (first[i] + 2 * mean[i] * mean[i] * second[i]);
    }
  }
}

/** A record for k rows, all zero. */
export function emptyRows(k: number): RowPairs {
  return { mean: new Float64Array(k), variance: new Float64Array(k) };
}
