/**
 * The contour on which the probability that |X|² exceeds a, X ~ N(μ, diag(S)), is a rapidly converging sum.
 *
 * With Q = |X|² and log E e^{zQ} = Σ μᵢ²z/(1 − 2Sᵢz) − ½ log(1 − 2Sᵢz),
 *
 *     I = (1/2πi) ∫ E e^{z(Q − a)} dz/z = P(Q > a)       where the contour crosses the axis right of 0,
 *                                       = −P(Q ≤ a)      where it crosses left of 0.
 *
 * It crosses at c, where the integrand is least on the real axis, on the side of the smaller probability: nothing
 * cancels, and small tails keep their relative error. From there it is the hyperbola
 *
 *     z = c + w,  w = ν(½(cosh s − 1) + i·½√3·sinh s),
 *
 * which leaves at a right angle and never falls below 60° from the axis. Tilted to c, Q is again such a sum, and for
 * 45° ≤ arg w ≤ 90° every Re w²/(1 − 2S′w) and Re(−log(1 − 2S′w) − 2S′w) is at most 0: no term grows along the way,
 * however unequal the variances. Only e^{w/c} of the pole is left, which stays below e^{1/4}. Nodes equally spaced in
 * s are spread evenly over all scales of the variances.
 *
 * Sums over s = 0, ±h, ±2h, … converge like e^{−2πδ/h}, δ the half-width of the strip of analyticity: doubling the
 * nodes squares the error.
 *
 * Source: inversion integral of J. P. Imhof (1961), through the saddle point as S. O. Rice, Distribution of quadratic
 * forms in normal random variables (1980); hyperbolic contours and trapezoidal sums: L. N. Trefethen and J. A. C.
 * Weideman, The exponentially convergent trapezoidal rule (2014), Theorem 5.1 and section 15.
 */
export class BallContour {
  /** k, the dimensions of X. */
  readonly dimensions: number;
  /** Real and imaginary parts of gᵢ = z/(1 − 2Sᵢz) at the node last visited. */
  readonly factorReal: Float64Array;
  readonly factorImaginary: Float64Array;
  /** Integrand times weight at that node over e^{logScale}: the sum of real parts over all nodes is I e^{−logScale}. */
  weightReal = 0;
  weightImaginary = 0;
  logScale = 0;
  /** 1 if I = P(Q > a), −1 if I = −P(Q ≤ a). */
  side: 1 | -1 = 1;
  readonly #ratio: Float64Array;
  readonly #pull: Float64Array;
  readonly #near: Float64Array;
  readonly #far: Float64Array;
  /** With ζ = 2z·max S: 1/(2 max S), Σ μᵢ² − a over the rows with small 2Sᵢc, c and ν in units of ζ, log of the integrand's size. */
  #unit = 1;
  #tilt = 0;
  #crossing = 0;
  #reach = 0;
  #exponent = 0;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.factorReal = new Float64Array(dimensions);
    this.factorImaginary = new Float64Array(dimensions);
    this.#ratio = new Float64Array(dimensions);
    this.#pull = new Float64Array(dimensions);
    this.#near = new Float64Array(dimensions);
    this.#far = new Float64Array(dimensions);
  }

  /**
   * Lays the contour.
   *
   * @param a squared radius, above 0
   * @param mean μ, k entries
   * @param variance S, k entries above 0
   * @returns false where I is below the smallest positive number: there is then nothing to sum
   * Cost: about 10·k operations a Newton step, some ten of them.
   */
  prepare(a: number, mean: Float64Array, variance: Float64Array): boolean {
    const { dimensions: k } = this;
    let largest = 0;
    let square = 0;
    let spread = 0;
    for (let i = 0; i < k; i++) {
      largest = Math.max(largest, variance[i]);
      square += mean[i] * mean[i];
      spread += variance[i];
    }
    this.#unit = 1 / (2 * largest);
    for (let i = 0; i < k; i++) {
      this.#ratio[i] = variance[i] / largest;
      this.#pull[i] = mean[i] * mean[i] * this.#unit;
    }
    this.side = a > square + spread ? 1 : -1;
    this.#cross(a, mean);
    this.logScale = 0;
    this.visit(0);
    this.logScale =
      this.#exponent + Math.log((spacing * rise * this.#reach) / (Math.PI * Math.abs(this.#crossing)));
    return this.logScale > logSmallest;
  }

  /**
   * Evaluates node number n ≥ 0; nodes at ±s are conjugate and counted together.
   *
   * @returns the size of its weight; that of node 0 is ½
   */
  visit(n: number): number {
    const { dimensions: k, factorReal, factorImaginary } = this;
    const ratio = this.#ratio;
    const near = this.#near;
    const far = this.#far;
    const unit = this.#unit;
    const sinh = this.#reach * Math.sinh(n * spacing);
    const cosh = this.#reach * Math.cosh(n * spacing);
    const x = this.#crossing + lean * (cosh - this.#reach);
    const y = rise * sinh;
    // The product of all 1 − rᵢζ is kept in the lower half-plane; `turns` counts the half-turns taken out.
    let productReal = 1;
    let productImaginary = 0;
    let turns = 0;
    let logSize = 0;
    let real = this.#tilt * x;
    let imaginary = this.#tilt * y;
    const squareReal = x * x - y * y;
    const squareImaginary = 2 * x * y;
    for (let i = 0; i < k; i++) {
      const r = ratio[i];
      const below = 1 - r * x;
      const side = -r * y;
      const inverse = 1 / (below * below + side * side);
      const inReal = below * inverse;
      const inImaginary = -side * inverse;
      factorReal[i] = unit * (x * inReal - y * inImaginary);
      factorImaginary[i] = unit * (x * inImaginary + y * inReal);
      real += near[i] * (squareReal * inReal - squareImaginary * inImaginary);
      real += far[i] * (x * inReal - y * inImaginary);
      imaginary += near[i] * (squareReal * inImaginary + squareImaginary * inReal);
      imaginary += far[i] * (x * inImaginary + y * inReal);
      const next = productReal * below - productImaginary * side;
      productImaginary = productReal * side + productImaginary * below;
      productReal = next;
      if (productImaginary > 0) {
        productReal = -productReal;
        productImaginary = -productImaginary;
        turns++;
      }
      if (Math.abs(productReal) > 1e100 || Math.abs(productImaginary) > 1e100) {
        productReal *= 1e-100;
        productImaginary *= 1e-100;
        logSize += 100 * Math.LN10;
      }
    }
    const squared = productReal * productReal + productImaginary * productImaginary;
    const angle = Math.atan2(productImaginary, productReal) - Math.PI * turns;
    this.#exponent = real - 0.5 * (logSize + 0.5 * Math.log(squared));
    const size = Math.exp(this.#exponent - this.logScale);
    const phase = imaginary - 0.5 * angle;
    // dζ/(iζ) with dζ = (½ sinh + i·½√3 cosh)ν ds; both halves of the contour make 1/(2πi) the real part over π.
    const scale = (n === 0 ? 0.5 : 1) * (spacing / Math.PI) * (size / (x * x + y * y));
    const forward = rise * cosh;
    const aside = -lean * sinh;
    const stepReal = scale * (x * forward + y * aside);
    const stepImaginary = scale * (x * aside - y * forward);
    const cosine = Math.cos(phase);
    const sine = Math.sin(phase);
    this.weightReal = cosine * stepReal - sine * stepImaginary;
    this.weightImaginary = cosine * stepImaginary + sine * stepReal;
    return Math.hypot(this.weightReal, this.weightImaginary);
  }

  /**
   * Finds c, by Newton steps kept in a bracket, and ν.
   *
   * Where |2Sᵢc| is small, μᵢ²z/(1 − 2Sᵢz) is μᵢ²z + 2μᵢ²Sᵢz²/(1 − 2Sᵢz), and the first term cancels against az
   * before rounding can be magnified; where it is large, the left side itself is the smaller number.
   */
  #cross(a: number, mean: Float64Array): void {
    const { dimensions: k, side } = this;
    const ratio = this.#ratio;
    const pull = this.#pull;
    let low = side === 1 ? 0 : Number.NEGATIVE_INFINITY;
    let high = side === 1 ? 1 : 0;
    let at = side === 1 ? 0.5 : -0.5;
    let second = 0;
    for (let step = 0; step < newtonSteps; step++) {
      // log of the integrand is convex on either side of 0, and infinite at both ends of either.
      let first = -1 / at;
      let tilt = 0;
      second = 1 / (at * at);
      for (let i = 0; i < k; i++) {
        const r = ratio[i];
        const inverse = 1 / (1 - r * at);
        const p = r * inverse;
        const pulled = pull[i] * inverse * inverse;
        if (r * Math.abs(at) < 0.5) {
          tilt += pull[i];
          first += pulled * r * at * (2 - r * at) + 0.5 * p;
        } else first += pulled + 0.5 * p;
        second += 2 * pulled * p + 0.5 * p * p;
      }
      first += tilt - a * this.#unit;
      if (first > 0) high = at;
      else low = at;
      const newton = at - first / second;
      // The crossing need not be exact: a hundredth of the integrand's width from its least value serves as well.
      if (Math.abs(newton - at) <= 0.01 / Math.sqrt(second)) break;
      const farthest = low === Number.NEGATIVE_INFINITY ? 8 * at : low;
      at = newton > farthest && newton < high ? newton : Math.max(farthest, 0.5 * (farthest + high));
    }
    let tilt = 0;
    for (let i = 0; i < k; i++) {
      const close = ratio[i] * Math.abs(at) < 0.5;
      if (close) tilt += mean[i] * mean[i];
      this.#near[i] = close ? pull[i] * ratio[i] : 0;
      this.#far[i] = close ? 0 : pull[i];
    }
    this.#tilt = (tilt - a) * this.#unit;
    this.#crossing = at;
    this.#reach = Math.min(4 / Math.sqrt(second), 3 * Math.abs(at), 4 * (1 - at));
  }
}

/** cos and sin of 30°: the hyperbola's asymptotes stand at 60°, in the middle of the angles at which nothing grows… */
const rise = Math.sqrt(3) / 2;
const lean = 0.5;

/**
 * …and of the strip, which reaches from 90° (where the tails stop falling) to 45° and a little beyond: δ ≥ 0.4, so
 * that e^{−2πδ/h} < 1e-16. ν is at most what keeps the pole at 0, the first branch point at 1 and four widths of the
 * integrand out of the strip.
 */
const spacing = 0.065;

/** log of the smallest positive float64. */
const logSmallest = -745;

/** Far more than the bracket can need: it shrinks by 8 from either end, over the whole range of float64. */
const newtonSteps = 1000;
