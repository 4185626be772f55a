import { checkInteger } from '../numerics/base/checks.ts';
import { segmentNorm, weightCount } from './blocks.ts';
import type { ExpectationError, RandomizedObjective } from './randomizedObjective.ts';
import { checkRidgeSum, type RidgeSum, ridgeHessianLipschitz } from './ridgeSum.ts';

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
  checkRidgeSum(sum);
  checkInteger('columns', columns, 1);
  const { inputs: k, terms, trainPhases } = sum;
  const d = columns;
  const shiftStart = k * d;
  const phaseStart = shiftStart + k;
  const dimension = phaseStart + (trainPhases ? terms.length : 0);
  const a = new Float64Array(d);
  const da = new Float64Array(d);
  const e = new Float64Array(6);

  /** Writes a = Wᵀω and returns ‖a‖. */
  const projectInto = (out: Float64Array, x: Float64Array, direction: Float64Array): number => {
    out.fill(0);
    for (let i = 0; i < k; i++) for (let j = 0; j < d; j++) out[j] += x[i * d + j] * direction[i];
    let squared = 0;
    for (let j = 0; j < d; j++) squared += out[j] * out[j];
    return Math.sqrt(squared);
  };
  const shiftOf = (x: Float64Array, t: number, direction: Float64Array, fixedPhase: number): number => {
    let m = trainPhases ? x[phaseStart + t] : fixedPhase;
    for (let i = 0; i < k; i++) m += direction[i] * x[shiftStart + i];
    return m;
  };
  /** Adds `alongW`·ω aᵀ to the W-block, `along`·ω to the b-block and `along` to the phase. */
  const spread = (
    out: Float64Array,
    t: number,
    direction: Float64Array,
    columnsOf: Float64Array,
    alongW: number,
    along: number,
  ): void => {
    for (let i = 0; i < k; i++) {
      const w = alongW * direction[i];
      for (let j = 0; j < d; j++) out[i * d + j] += w * columnsOf[j];
      out[shiftStart + i] += along * direction[i];
    }
    if (trainPhases) out[phaseStart + t] += along;
  };
  const regularizeInto = (out: Float64Array, x: Float64Array): void => {
    out.fill(0);
    for (let i = 0; i < shiftStart; i++) out[i] = 2 * regularization * x[i];
  };

  const hessianLipschitz = ridgeHessianLipschitz(sum);
  const objective: RandomizedObjective = {
    dimension,
    weights: { kind: 'matrix', start: 0, rows: k, columns: d },
    shift: { start: shiftStart, length: k },
    regularization,
    ...(hessianLipschitz === undefined ? {} : { hessianLipschitz }),
    value(x) {
      let total = 0;
      for (let i = 0; i < shiftStart; i++) total += regularization * x[i] * x[i];
      for (let t = 0; t < terms.length; t++) {
        const { profile, coefficient, direction, phase } = terms[t];
        const s = projectInto(a, x, direction);
        profile.expectationsInto(e, shiftOf(x, t, direction, phase), s);
        total += coefficient * e[0];
      }
      return total;
    },
    gradientInto(out, x) {
      regularizeInto(out, x);
      for (let t = 0; t < terms.length; t++) {
        const { profile, coefficient, direction, phase } = terms[t];
        const s = projectInto(a, x, direction);
        profile.expectationsInto(e, shiftOf(x, t, direction, phase), s);
        const alongW = s > 0 ? (coefficient * e[3]) / s : 0;
        spread(out, t, direction, a, alongW, coefficient * e[1]);
      }
      return out;
    },
    hessianVectorInto(out, x, v) {
      regularizeInto(out, v);
      for (let t = 0; t < terms.length; t++) {
        const { profile, coefficient, direction, phase } = terms[t];
        const s = projectInto(a, x, direction);
        projectInto(da, v, direction);
        profile.expectationsInto(e, shiftOf(x, t, direction, phase), s);
        const dm = shiftOf(v, t, direction, 0);
        const quotient = s > negligibleDeviation ? e[3] / s : e[2];
        let ds = 0;
        if (s > negligibleDeviation) for (let j = 0; j < d; j++) ds += (a[j] / s) * da[j];
        const dE1 = e[2] * dm + e[4] * ds;
        const dX1 = e[4] * dm + e[5] * ds;
        // δ(E ψ′ξ · a/s) = δ(E ψ′ξ)·a/s + (E ψ′ξ / s)(δa − δs·a/s)
        const alongA = s > negligibleDeviation ? (dX1 - quotient * ds) / s : 0;
        for (let j = 0; j < d; j++) da[j] = quotient * da[j] + alongA * a[j];
        spread(out, t, direction, da, coefficient, coefficient * dE1);
      }
      return out;
    },
    expectationErrorAt: (x) => errorAt(x),
  };

  const coarseCount = Math.max(0, ...terms.map(({ profile }) => profile.coarser.length));
  const coarse = Array.from({ length: coarseCount }, (_, version) => {
    const coarseTerms = terms.map((term) => ({
      ...term,
      profile: term.profile.coarser[version] ?? term.profile,
    }));
    return ridgeExpectation({ ...sum, terms: coarseTerms }, columns, regularization);
  });
  const errorAt = (x: Float64Array): ExpectationError => {
    const { weightGradient, shiftHessian } = roundingAt(x);
    const changes = coarse.map((version) => differenceAt(objective, version, x));
    return {
      weightGradient: weightGradient + Math.hypot(...changes.map((change) => change.weightGradient)),
      shiftHessian: shiftHessian + Math.hypot(...changes.map((change) => change.shiftHessian)),
      method: coarseCount === 0 ? 'closed-form' : 'quadrature',
    };
  };
  /** Every summand is off by at most (k + d + summands + 16) roundings of what is added up. */
  const roundingAt = (x: Float64Array): { weightGradient: number; shiftHessian: number } => {
    let weightGradient = 2 * regularization * segmentNorm(x, 0, shiftStart);
    let shiftHessian = 0;
    for (let t = 0; t < terms.length; t++) {
      const { profile, coefficient, direction, phase } = terms[t];
      const s = projectInto(a, x, direction);
      let m = Math.abs(trainPhases ? x[phaseStart + t] : phase);
      for (let i = 0; i < k; i++) m += Math.abs(direction[i] * x[shiftStart + i]);
      const length = segmentNorm(direction, 0, k);
      const each = (k + d + profile.summands + 16) * Math.abs(coefficient) * profile.magnitude(m, s);
      weightGradient += each * length;
      shiftHessian += each * length * length;
    }
    return { weightGradient: Number.EPSILON * weightGradient, shiftHessian: Number.EPSILON * shiftHessian };
  };
  return objective;
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
