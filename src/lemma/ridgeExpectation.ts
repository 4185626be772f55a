import { segmentNorm, weightCount } from './blocks.ts';
import type { ExpectationError, RandomizedObjective } from './randomizedObjective.ts';
import { RidgeCoordinates } from './ridgeCoordinates.ts';
import type { RidgeSum } from './ridgeSum.ts';

/** Below this deviation E ψ′ξ/s is replaced by its limit E ψ″, from which it differs by less than rounding. */
const negligibleDeviation = 1e-8;

/**
 * The lemma's objective for a sum of ridge functions, with its expectation reduced to one dimension.
 *
 *     f(W, b; φ) = Σ_j c_j E ψ_j(m_j + s_j ξ) + λ‖W‖_F²,   m_j = ω_j·b + φ_j,   s_j = ‖Wᵀω_j‖
 *
 * Coordinates: W (k·d, row-major), b (k), then the phases where they are trained.
 *
 * Guarantee: exact up to rounding where every profile is exact, but for the Hessian's products between W and b where
 * s_j < 10⁻⁸, which are then off by up to 10⁻⁸; otherwise the error is estimated by the
 * change when the nodes are halved. Gradients are path derivatives and do not use Stein's lemma.
 *
 * @param columns d ≥ 1, the dimension of x
 * @param regularization λ ≥ 0
 * Cost: O(terms·k·d) an evaluation, no allocation.
 */
export function ridgeExpectation(
  sum: RidgeSum,
  columns: number,
  regularization: number,
): RandomizedObjective {
  const coordinates = new RidgeCoordinates(sum, columns);
  const kernel = new RidgeKernel(coordinates, regularization);
  const coarse = coarserSums(sum).map((other) => ridgeExpectation(other, columns, regularization));
  const objective: RandomizedObjective = {
    ...coordinates.blocks(),
    regularization,
    value: (x) => kernel.value(x),
    gradientInto: (out, x) => kernel.gradientInto(out, x),
    hessianVectorInto: (out, x, v) => kernel.hessianVectorInto(out, x, v),
    expectationErrorAt(x) {
      const { weightGradient, shiftHessian } = kernel.roundingAt(x);
      const changes = coarse.map((version) => differenceAt(objective, version, x));
      return {
        weightGradient: weightGradient + Math.hypot(...changes.map((change) => change.weightGradient)),
        shiftHessian: shiftHessian + Math.hypot(...changes.map((change) => change.shiftHessian)),
        method: coarse.length === 0 ? 'closed-form' : 'quadrature',
      };
    },
  };
  return objective;
}

/** The sum with its profiles' first coarser rules, with their second ones, and so on. */
function coarserSums(sum: RidgeSum): readonly RidgeSum[] {
  const count = Math.max(0, ...sum.terms.map(({ profile }) => profile.coarser.length));
  return Array.from({ length: count }, (_, version) => ({
    ...sum,
    terms: sum.terms.map((term) => ({ ...term, profile: term.profile.coarser[version] ?? term.profile })),
  }));
}

/** Value, derivatives and rounding of a ridge expectation, on buffers of its own. */
class RidgeKernel {
  readonly #coordinates: RidgeCoordinates;
  readonly #regularization: number;
  /** Wᵀω of the current term, its derivative along a direction, and the profile's six expectations. */
  readonly #projection: Float64Array;
  readonly #projectionAlong: Float64Array;
  readonly #expectations = new Float64Array(6);

  constructor(coordinates: RidgeCoordinates, regularization: number) {
    this.#coordinates = coordinates;
    this.#regularization = regularization;
    this.#projection = new Float64Array(coordinates.columns);
    this.#projectionAlong = new Float64Array(coordinates.columns);
  }

  value(x: Float64Array): number {
    const { terms } = this.#coordinates.sum;
    let total = this.#coordinates.penalty(x, this.#regularization);
    for (let t = 0; t < terms.length; t++) {
      this.#expect(x, t);
      total += terms[t].coefficient * this.#expectations[0];
    }
    return total;
  }

  gradientInto(out: Float64Array, x: Float64Array): Float64Array {
    const { terms } = this.#coordinates.sum;
    const e = this.#expectations;
    this.#coordinates.penaltyGradientInto(out, x, this.#regularization);
    for (let t = 0; t < terms.length; t++) {
      const { coefficient } = terms[t];
      const s = this.#expect(x, t);
      const alongW = s > 0 ? (coefficient * e[3]) / s : 0;
      this.#coordinates.addInto(out, t, this.#projection, alongW, coefficient * e[1]);
    }
    return out;
  }

  hessianVectorInto(out: Float64Array, x: Float64Array, v: Float64Array): Float64Array {
    const coordinates = this.#coordinates;
    const { terms } = coordinates.sum;
    const d = coordinates.columns;
    const a = this.#projection;
    const da = this.#projectionAlong;
    const e = this.#expectations;
    coordinates.penaltyGradientInto(out, v, this.#regularization);
    for (let t = 0; t < terms.length; t++) {
      const { coefficient } = terms[t];
      const s = this.#expect(x, t);
      coordinates.projectInto(da, v, t);
      const dm = coordinates.shiftAlong(v, t);
      const quotient = s > negligibleDeviation ? e[3] / s : e[2];
      let ds = 0;
      if (s > negligibleDeviation) for (let j = 0; j < d; j++) ds += (a[j] / s) * da[j];
      const dE1 = e[2] * dm + e[4] * ds;
      const dX1 = e[4] * dm + e[5] * ds;
      // δ(E ψ′ξ · a/s) = δ(E ψ′ξ)·a/s + (E ψ′ξ / s)(δa − δs·a/s)
      const alongA = s > negligibleDeviation ? (dX1 - quotient * ds) / s : 0;
      for (let j = 0; j < d; j++) da[j] = quotient * da[j] + alongA * a[j];
      coordinates.addInto(out, t, da, coefficient, coefficient * dE1);
    }
    return out;
  }

  /** Every summand is off by at most (k + d + summands + 16) roundings of what is added up. */
  roundingAt(x: Float64Array): Pick<ExpectationError, 'weightGradient' | 'shiftHessian'> {
    const { sum, columns, shiftStart, phaseStart } = this.#coordinates;
    const { inputs: k, terms, trainPhases } = sum;
    let weightGradient = 2 * this.#regularization * segmentNorm(x, 0, shiftStart);
    let shiftHessian = 0;
    for (let t = 0; t < terms.length; t++) {
      const { profile, coefficient, direction, phase } = terms[t];
      const s = this.#coordinates.projectInto(this.#projection, x, t);
      let m = Math.abs(trainPhases ? x[phaseStart + t] : phase);
      for (let i = 0; i < k; i++) m += Math.abs(direction[i] * x[shiftStart + i]);
      const length = segmentNorm(direction, 0, k);
      const roundings = k + columns + profile.summands + 16;
      const each = roundings * Math.abs(coefficient) * profile.magnitude(m, s);
      weightGradient += each * length;
      shiftHessian += each * length * length;
    }
    return { weightGradient: Number.EPSILON * weightGradient, shiftHessian: Number.EPSILON * shiftHessian };
  }

  /** Fills the projection and the expectations of term t at x; returns the deviation s. */
  #expect(x: Float64Array, t: number): number {
    const s = this.#coordinates.projectInto(this.#projection, x, t);
    const { profile } = this.#coordinates.sum.terms[t];
    profile.expectationsInto(this.#expectations, this.#coordinates.shiftAt(x, t), s);
    return s;
  }
}

/** How far two versions of one objective are apart at x, in the W-gradient and (Frobenius) in the b-Hessian. */
export function differenceAt(
  coarse: RandomizedObjective,
  fine: RandomizedObjective,
  x: Float64Array,
): { weightGradient: number; shiftHessian: number } {
  const { weights, shift, dimension } = coarse;
  const count = weightCount(weights);
  const one = coarse.gradientInto(new Float64Array(dimension), x);
  const two = fine.gradientInto(new Float64Array(dimension), x);
  let gradient = 0;
  for (let i = weights.start; i < weights.start + count; i++) gradient += (one[i] - two[i]) ** 2;
  const direction = new Float64Array(dimension);
  let hessian = 0;
  for (let i = 0; i < shift.length; i++) {
    direction[shift.start + i] = 1;
    coarse.hessianVectorInto(one, x, direction);
    fine.hessianVectorInto(two, x, direction);
    for (let j = shift.start; j < shift.start + shift.length; j++) hessian += (one[j] - two[j]) ** 2;
    direction[shift.start + i] = 0;
  }
  return { weightGradient: Math.sqrt(gradient), shiftHessian: Math.sqrt(hessian) };
}
