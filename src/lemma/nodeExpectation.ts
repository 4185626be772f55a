import { checkLength } from '../numerics/base/checks.ts';
import type { RandomizedObjective } from './randomizedObjective.ts';
import { RidgeCoordinates } from './ridgeCoordinates.ts';
import type { RidgeSum } from './ridgeSum.ts';

/** Weighted points that stand for the distribution of x. */
export interface NodeSet {
  /** count·d, row-major. */
  readonly points: Float64Array;
  /** count entries that add up to 1. */
  readonly weights: Float64Array;
}

/**
 * The same objective for any distribution of x that is given by weighted points.
 *
 *     f(W, b; φ) = Σ_q p_q g_φ(W x_q + b) + λ‖W‖_F²
 *
 * With a tensor Gauss–Hermite grid it is a second road to `ridgeExpectation`; with other points it drops the
 * lemma's hypothesis that x is Gaussian, or that the whole population is averaged over. Its expectation is over
 * the given points, without error.
 *
 * Coordinates: W (k·d, row-major), b (k), then the phases where they are trained.
 *
 * Cost: O(points·terms·(k + d) + terms·k·d) an evaluation, no allocation.
 */
export function nodeExpectation(
  sum: RidgeSum,
  columns: number,
  regularization: number,
  nodes: NodeSet,
): RandomizedObjective {
  const coordinates = new RidgeCoordinates(sum, columns);
  checkLength('nodes.points', nodes.points, nodes.weights.length * columns);
  const kernel = new NodeKernel(coordinates, regularization, nodes);
  return {
    ...coordinates.blocks(),
    regularization,
    value: (x) => kernel.value(x),
    gradientInto: (out, x) => kernel.gradientInto(out, x),
    hessianVectorInto: (out, x, v) => kernel.hessianVectorInto(out, x, v),
    expectationErrorAt: () => ({ weightGradient: 0, shiftHessian: 0, method: 'closed-form' }),
  };
}

/** Value and derivatives of a sum over nodes, on buffers of its own. */
class NodeKernel {
  readonly #coordinates: RidgeCoordinates;
  readonly #regularization: number;
  readonly #nodes: NodeSet;
  readonly #projection: Float64Array;
  readonly #projectionAlong: Float64Array;
  /** Σ_q of the slopes or their changes, times the node: what a term adds to the W-block. */
  readonly #total: Float64Array;
  readonly #local = new Float64Array(3);

  constructor(coordinates: RidgeCoordinates, regularization: number, nodes: NodeSet) {
    this.#coordinates = coordinates;
    this.#regularization = regularization;
    this.#nodes = nodes;
    this.#projection = new Float64Array(coordinates.columns);
    this.#projectionAlong = new Float64Array(coordinates.columns);
    this.#total = new Float64Array(coordinates.columns);
  }

  value(x: Float64Array): number {
    const { terms } = this.#coordinates.sum;
    const { weights } = this.#nodes;
    let value = this.#coordinates.penalty(x, this.#regularization);
    for (let t = 0; t < terms.length; t++) {
      const { profile, coefficient } = terms[t];
      const m = this.#locate(x, t);
      for (let q = 0; q < weights.length; q++) {
        profile.derivativesInto(this.#local, this.#argument(q, m, this.#projection));
        value += coefficient * weights[q] * this.#local[0];
      }
    }
    return value;
  }

  gradientInto(out: Float64Array, x: Float64Array): Float64Array {
    const { terms } = this.#coordinates.sum;
    const { weights } = this.#nodes;
    this.#coordinates.penaltyGradientInto(out, x, this.#regularization);
    for (let t = 0; t < terms.length; t++) {
      const { profile, coefficient } = terms[t];
      const m = this.#locate(x, t);
      let along = 0;
      for (let q = 0; q < weights.length; q++) {
        profile.derivativesInto(this.#local, this.#argument(q, m, this.#projection));
        along += this.#collect(q, coefficient * weights[q] * this.#local[1]);
      }
      this.#coordinates.addInto(out, t, this.#total, 1, along);
    }
    return out;
  }

  hessianVectorInto(out: Float64Array, x: Float64Array, v: Float64Array): Float64Array {
    const { terms } = this.#coordinates.sum;
    const { weights } = this.#nodes;
    this.#coordinates.penaltyGradientInto(out, v, this.#regularization);
    for (let t = 0; t < terms.length; t++) {
      const { profile, coefficient } = terms[t];
      const m = this.#locate(x, t);
      this.#coordinates.projectInto(this.#projectionAlong, v, t);
      const dm = this.#coordinates.shiftAlong(v, t);
      let along = 0;
      for (let q = 0; q < weights.length; q++) {
        profile.derivativesInto(this.#local, this.#argument(q, m, this.#projection));
        const moved = this.#argument(q, dm, this.#projectionAlong);
        along += this.#collect(q, coefficient * weights[q] * this.#local[2] * moved);
      }
      this.#coordinates.addInto(out, t, this.#total, 1, along);
    }
    return out;
  }

  /** Fills the projection of term t at x, empties the total, and returns the term's shift. */
  #locate(x: Float64Array, t: number): number {
    this.#coordinates.projectInto(this.#projection, x, t);
    this.#total.fill(0);
    return this.#coordinates.shiftAt(x, t);
  }

  /** m + a·x_q. */
  #argument(q: number, m: number, a: Float64Array): number {
    const d = a.length;
    const { points } = this.#nodes;
    let t = m;
    for (let j = 0; j < d; j++) t += a[j] * points[q * d + j];
    return t;
  }

  /** Adds share·x_q to the total and returns the share. */
  #collect(q: number, share: number): number {
    const total = this.#total;
    const d = total.length;
    const { points } = this.#nodes;
    for (let j = 0; j < d; j++) total[j] += share * points[q * d + j];
    return share;
  }
}
