import { axpyInto, differenceInto, dot, norm, scaleInto } from '../linalg/vectors.ts';

/**
 * The last pairs (s, y) of a descent, in a ring of fixed buffers, as an approximate inverse Hessian.
 *
 *     H_{k+1} = (I − ρ s yᵀ) H_k (I − ρ y sᵀ) + ρ s sᵀ,  ρ = 1/(y·s)
 *
 * from H₀ = (s·y / y·y) I of the newest pair over the pairs kept, oldest first. Every kept pair has s·y > 0, so H is
 * positive definite.
 *
 * Source: J. Nocedal and S. Wright, Numerical Optimization (2006), (7.16) and Algorithm 7.4; which pairs to keep:
 * D. Li and M. Fukushima (2001).
 */
export class CurvaturePairs {
  readonly #pointChange: Float64Array[];
  readonly #gradientChange: Float64Array[];
  readonly #inverseProduct: Float64Array;
  readonly #weight: Float64Array;
  #count = 0;
  #next = 0;

  constructor(memory: number, dimension: number) {
    this.#pointChange = Array.from({ length: memory }, () => new Float64Array(dimension));
    this.#gradientChange = Array.from({ length: memory }, () => new Float64Array(dimension));
    this.#inverseProduct = new Float64Array(memory);
    this.#weight = new Float64Array(memory);
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  clear(): void {
    this.#count = 0;
  }

  /** Keeps (point − oldPoint, gradient − oldGradient) if its curvature is positive beyond rounding. */
  push(point: Float64Array, oldPoint: Float64Array, gradient: Float64Array, oldGradient: Float64Array): void {
    const s = differenceInto(this.#pointChange[this.#next], point, oldPoint);
    const y = differenceInto(this.#gradientChange[this.#next], gradient, oldGradient);
    const product = dot(s, y);
    if (!(product > 1e-10 * norm(s) * norm(y))) {
      // The buffers just written were those of the oldest pair of a full ring.
      this.#count = Math.min(this.#count, this.#pointChange.length - 1);
      return;
    }
    this.#inverseProduct[this.#next] = 1 / product;
    this.#next = (this.#next + 1) % this.#pointChange.length;
    this.#count = Math.min(this.#count + 1, this.#pointChange.length);
  }

  /** out ← H·out by the two-loop recursion; unchanged where no pair is kept. */
  applyInverseHessianInto(out: Float64Array): Float64Array {
    const memory = this.#pointChange.length;
    for (let age = 1; age <= this.#count; age++) {
      const i = (this.#next - age + memory) % memory;
      this.#weight[i] = this.#inverseProduct[i] * dot(this.#pointChange[i], out);
      axpyInto(out, -this.#weight[i], this.#gradientChange[i]);
    }
    if (this.#count > 0) {
      const newest = (this.#next - 1 + memory) % memory;
      const y = this.#gradientChange[newest];
      scaleInto(out, 1 / (this.#inverseProduct[newest] * dot(y, y)), out);
    }
    for (let age = this.#count; age >= 1; age--) {
      const i = (this.#next - age + memory) % memory;
      const back = this.#inverseProduct[i] * dot(this.#gradientChange[i], out);
      axpyInto(out, this.#weight[i] - back, this.#pointChange[i]);
    }
    return out;
  }
}
