/**
 * The contour on which the probability that |X|² exceeds a, X ~ N(μ, diag(S)), is a rapidly converging sum.
 *
 * With Q = |X|² and log E e^{zQ} = Σ μᵢ²z/(1 − 2Sᵢz) − ½ log(1 − 2Sᵢz),
 *
 *     I = (1/2πi) ∫ E e^{z(Q − a)} dz/z = P(Q > a)       where the contour crosses the axis right of 0,
 *                                       = −P(Q ≤ a)      where it crosses left of 0,
 *
 * which is E of the contour integral of e^{z(Q − a)}/z. It crosses where the integrand is least on the real axis, on
 * the side of the smaller probability, so that nothing cancels and small tails keep their relative error. From there
 * it is the parabola z = (c + it + κt²)/(2 max S) with the curvature of the path of steepest descent.
 *
 * Sums over t = 0, ±h, ±2h, … converge like e^{−2πδ/h}, δ the half-width of the strip of analyticity: doubling the
 * nodes squares the error.
 *
 * Source: inversion integral of Imhof (1961), on the saddle-point path of S. O. Rice, Distribution of quadratic forms
 * in normal random variables (1980); trapezoidal sums: Trefethen and Weideman (2014), Theorem 5.1.
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
  #exponent = 0;
  #tilt = 0;
  #unit = 1;
  #crossing = 0;
  #bend = 0;
  #spacing = 0;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.factorReal = new Float64Array(dimensions);
    this.factorImaginary = new Float64Array(dimensions);
    this.#ratio = new Float64Array(dimensions);
    this.#pull = new Float64Array(dimensions);
  }

  /**
   * Lays the contour.
   *
   * @param a squared radius, above 0
   * @param mean μ, k entries
   * @param variance S, k entries above 0
   * Cost: about 10·k operations a Newton step, some ten of them.
   */
  prepare(a: number, mean: Float64Array, variance: Float64Array): void {
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
    this.#tilt = (square - a) * this.#unit;
    for (let i = 0; i < k; i++) {
      this.#ratio[i] = variance[i] / largest;
      this.#pull[i] = mean[i] * mean[i] * this.#unit;
    }
    this.side = a > square + spread ? 1 : -1;
    this.#cross();
    this.logScale = 0;
    this.visit(0);
    this.logScale = this.#exponent + Math.log(this.#spacing / (Math.PI * Math.abs(this.#crossing)));
  }

  /**
   * Evaluates node number n ≥ 0; nodes at ±t are conjugate and counted together.
   *
   * @returns the size of its weight; that of node 0 is ½
   */
  visit(n: number): number {
    const { dimensions: k, factorReal, factorImaginary } = this;
    const ratio = this.#ratio;
    const pull = this.#pull;
    const t = n * this.#spacing;
    const x = this.#crossing + this.#bend * t * t;
    // The product of all 1 − rᵢζ is kept in the lower half-plane; `turns` counts the half-turns taken out.
    let [productReal, productImaginary, turns, logSize] = [1, 0, 0, 0];
    let real = this.#tilt * x;
    let imaginary = this.#tilt * t;
    const squareReal = x * x - t * t;
    const squareImaginary = 2 * x * t;
    for (let i = 0; i < k; i++) {
      const r = ratio[i];
      const below = 1 - r * x;
      const side = -r * t;
      const inverse = 1 / (below * below + side * side);
      const inReal = below * inverse;
      const inImaginary = -side * inverse;
      factorReal[i] = this.#unit * (x * inReal - t * inImaginary);
      factorImaginary[i] = this.#unit * (x * inImaginary + t * inReal);
      const strength = pull[i] * r;
      real += strength * (squareReal * inReal - squareImaginary * inImaginary);
      imaginary += strength * (squareReal * inImaginary + squareImaginary * inReal);
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
    // dζ/ζ = (i + 2κt)/ζ dt, and 1/(2πi) of both halves together is the real part over π.
    const slope = -2 * this.#bend * t;
    const inverse = ((n === 0 ? 0.5 : 1) * this.#spacing) / (Math.PI * (x * x + t * t));
    const stepReal = (x + slope * t) * inverse;
    const stepImaginary = (slope * x - t) * inverse;
    const [cosine, sine] = [size * Math.cos(phase), size * Math.sin(phase)];
    this.weightReal = cosine * stepReal - sine * stepImaginary;
    this.weightImaginary = cosine * stepImaginary + sine * stepReal;
    return Math.hypot(this.weightReal, this.weightImaginary);
  }

  /** Finds where the integrand is least, and from its derivatives there the curvature and the spacing. */
  #cross(): void {
    const { dimensions: k, side } = this;
    const ratio = this.#ratio;
    const pull = this.#pull;
    let [low, high] = side === 1 ? [0, 1] : [Number.NEGATIVE_INFINITY, 0];
    let at = side === 1 ? 0.5 : -0.5;
    let second = 0;
    let third = 0;
    for (let step = 0; step < 200; step++) {
      let first = this.#tilt - 1 / at;
      second = 0;
      third = 0;
      for (let i = 0; i < k; i++) {
        const r = ratio[i];
        const inverse = 1 / (1 - r * at);
        const p = r * inverse;
        first += pull[i] * r * at * (2 - r * at) * inverse * inverse + 0.5 * p;
        second += 2 * pull[i] * p * inverse * inverse + 0.5 * p * p;
        third += 6 * pull[i] * p * p * inverse * inverse + p * p * p;
      }
      if (first > 0) high = at;
      else low = at;
      const newton = at - first / (second + 1 / (at * at));
      // The crossing need not be exact; any point near the least value serves.
      if (Math.abs(newton - at) <= 1e-3 * Math.abs(at)) break;
      at =
        newton > low && newton < high
          ? newton
          : low === Number.NEGATIVE_INFINITY
            ? 2 * at
            : 0.5 * (low + high);
    }
    this.#crossing = at;
    this.#bend = Math.max(third / (6 * second), leastBend * Math.sqrt(second));
    this.#spacing = spacingOf(1 / Math.sqrt(second + 1 / (at * at)), at, this.#bend);
  }
}

/**
 * Least curvature in units of √(d² log E e^{zQ}/dz²): the tails of a nearly Gaussian integrand are then left before the
 * parabola turns back, at 1/0.03 widths, and those of a heavy-tailed one still fall like e^{−aκt²}.
 */
const leastBend = 0.03;

/** e^{−2πδ/h} is below 1e-17 when h is δ over this. */
const nodesPerWidth = Math.log(1e17) / (2 * Math.PI);

/**
 * The spacing, from the half-widths of the strip: to the pole at 0, to the first branch point at 1, to where the
 * parabola folds; and from the width of the integrand, for which a quarter would do if it were Gaussian.
 */
function spacingOf(width: number, at: number, bend: number): number {
  const strip = Math.min(Math.abs(at), 1 - at, 0.75 / (2 * bend));
  return Math.min(0.5 * width, strip / nodesPerWidth);
}
