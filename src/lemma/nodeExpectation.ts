import { checkLength } from '../numerics/base/checks.ts';
import type { RandomizedObjective } from './randomizedObjective.ts';
import { checkRidgeSum, type RidgeSum, ridgeHessianLipschitz } from './ridgeSum.ts';

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
  checkRidgeSum(sum);
  checkLength('nodes.points', nodes.points, nodes.weights.length * columns);
  const { inputs: k, terms, trainPhases } = sum;
  const d = columns;
  const { points, weights: probabilities } = nodes;
  const shiftStart = k * d;
  const phaseStart = shiftStart + k;
  const a = new Float64Array(d);
  const da = new Float64Array(d);
  const total = new Float64Array(d);
  const local = new Float64Array(3);

  const projectInto = (out: Float64Array, x: Float64Array, direction: Float64Array): void => {
    out.fill(0);
    for (let i = 0; i < k; i++) for (let j = 0; j < d; j++) out[j] += x[i * d + j] * direction[i];
  };
  const shiftOf = (x: Float64Array, t: number, direction: Float64Array, fixedPhase: number): number => {
    let m = trainPhases ? x[phaseStart + t] : fixedPhase;
    for (let i = 0; i < k; i++) m += direction[i] * x[shiftStart + i];
    return m;
  };
  const spread = (out: Float64Array, t: number, direction: Float64Array, along: number): void => {
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < d; j++) out[i * d + j] += direction[i] * total[j];
      out[shiftStart + i] += along * direction[i];
    }
    if (trainPhases) out[phaseStart + t] += along;
  };
  const argument = (q: number, m: number, along: Float64Array): number => {
    let t = m;
    for (let j = 0; j < d; j++) t += along[j] * points[q * d + j];
    return t;
  };

  const hessianLipschitz = ridgeHessianLipschitz(sum);
  return {
    dimension: phaseStart + (trainPhases ? terms.length : 0),
    weights: { kind: 'matrix', start: 0, rows: k, columns: d },
    shift: { start: shiftStart, length: k },
    regularization,
    ...(hessianLipschitz === undefined ? {} : { hessianLipschitz }),
    value(x) {
      let value = 0;
      for (let i = 0; i < shiftStart; i++) value += regularization * x[i] * x[i];
      for (let t = 0; t < terms.length; t++) {
        const { profile, coefficient, direction, phase } = terms[t];
        projectInto(a, x, direction);
        const m = shiftOf(x, t, direction, phase);
        for (let q = 0; q < probabilities.length; q++) {
          profile.derivativesInto(local, argument(q, m, a));
          value += coefficient * probabilities[q] * local[0];
        }
      }
      return value;
    },
    gradientInto(out, x) {
      out.fill(0);
      for (let i = 0; i < shiftStart; i++) out[i] = 2 * regularization * x[i];
      for (let t = 0; t < terms.length; t++) {
        const { profile, coefficient, direction, phase } = terms[t];
        projectInto(a, x, direction);
        const m = shiftOf(x, t, direction, phase);
        total.fill(0);
        let along = 0;
        for (let q = 0; q < probabilities.length; q++) {
          profile.derivativesInto(local, argument(q, m, a));
          const slope = coefficient * probabilities[q] * local[1];
          along += slope;
          for (let j = 0; j < d; j++) total[j] += slope * points[q * d + j];
        }
        spread(out, t, direction, along);
      }
      return out;
    },
    hessianVectorInto(out, x, v) {
      out.fill(0);
      for (let i = 0; i < shiftStart; i++) out[i] = 2 * regularization * v[i];
      for (let t = 0; t < terms.length; t++) {
        const { profile, coefficient, direction, phase } = terms[t];
        projectInto(a, x, direction);
        projectInto(da, v, direction);
        const m = shiftOf(x, t, direction, phase);
        const dm = shiftOf(v, t, direction, 0);
        total.fill(0);
        let along = 0;
        for (let q = 0; q < probabilities.length; q++) {
          profile.derivativesInto(local, argument(q, m, a));
          const change = coefficient * probabilities[q] * local[2] * argument(q, dm, da);
          along += change;
          for (let j = 0; j < d; j++) total[j] += change * points[q * d + j];
        }
        spread(out, t, direction, along);
      }
      return out;
    },
    expectationErrorAt: () => ({ weightGradient: 0, shiftHessian: 0, method: 'closed-form' }),
  };
}
