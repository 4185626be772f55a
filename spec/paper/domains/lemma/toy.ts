import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { ridgeExpectation } from '../../../../src/lemma/ridgeExpectation.ts';
import type { RidgeProfile } from '../../../../src/lemma/ridgeProfile.ts';
import { normalCdf, normalDensity } from '../../../../src/numerics/statistics/normal.ts';

/**
 * Moments M_p = E max(0, m + sξ)^p for p = 0 … 6, written to `out`.
 *
 * M_0 = Φ(m/s), M_1 = mΦ(m/s) + sφ(m/s), M_p = m M_{p−1} + (p − 1)s² M_{p−2} by partial integration on the half
 * line; at s = 0 they are powers of max(0, m).
 */
function halfMomentsInto(out: Float64Array, m: number, s: number): Float64Array {
  if (s === 0) {
    for (let p = 0; p < 7; p++) out[p] = m > 0 ? m ** p : 0;
    return out;
  }
  out[0] = normalCdf(m / s);
  out[1] = m * out[0] + s * normalDensity(m / s);
  for (let p = 2; p < 7; p++) out[p] = m * out[p - 1] + (p - 1) * s * s * out[p - 2];
  return out;
}

/** ψ(t) = (max(0, t)³ − 1)², the squared error of ReLU³ against the constant 1, in closed form. */
function reluCubedError(): RidgeProfile {
  const moments = new Float64Array(7);
  return {
    name: 'squared error of ReLU³',
    method: 'closed-form',
    coarser: [],
    summands: 8,
    magnitude: (m, s) => 200 * (1 + m + 3 * s) ** 6,
    derivativesInto(out, t) {
      const r = Math.max(0, t);
      out[0] = (r ** 3 - 1) ** 2;
      out[1] = 6 * r ** 5 - 6 * r ** 2;
      out[2] = 30 * r ** 4 - 12 * r;
      return out;
    },
    expectationsInto(out, m, s) {
      const [, m1, m2, m3, m4, m5, m6] = halfMomentsInto(moments, m, s);
      out[0] = m6 - 2 * m3 + 1;
      out[1] = 6 * m5 - 6 * m2;
      out[2] = 30 * m4 - 12 * m1;
      // E (m + sξ)₊^p ξ = p s M_{p−1}, again by partial integration; E (…)₊^p ξ² = M_p + p(p − 1)s² M_{p−2}.
      out[3] = s * (30 * m4 - 12 * m1);
      out[4] = s * (120 * m3 - 12 * moments[0]);
      out[5] = 30 * m4 - 12 * m1 + s * s * (360 * m2 - (s > 0 ? (12 * normalDensity(m / s)) / s : 0));
      return out;
    },
  };
}

/** The toy of Figures 1 and 2: E(ReLU³(wx + b) − 1)² + λw², in (w, b). */
export function toyObjective(regularization: number): RandomizedObjective {
  const term = { profile: reluCubedError(), coefficient: 1, direction: Float64Array.of(1), phase: 0 };
  return ridgeExpectation({ inputs: 1, terms: [term], trainPhases: false }, 1, regularization);
}

/** The same objective with b held where it is: its derivatives along b are zero. */
export function frozenShift(objective: RandomizedObjective): RandomizedObjective {
  const { start, length } = objective.shift;
  const held = new Float64Array(objective.dimension);
  return {
    ...objective,
    gradientInto: (out, x) => objective.gradientInto(out, x).fill(0, start, start + length),
    hessianVectorInto: (out, x, direction) => {
      held.set(direction);
      held.fill(0, start, start + length);
      return objective.hessianVectorInto(out, x, held).fill(0, start, start + length);
    },
  };
}

/** The loss with the bias frozen at 0, for w ≥ 0: 1 − (4/√(2π))w³ + (15/2)w⁶ + λw². */
export function frozenLoss(w: number, regularization: number): number {
  return 1 - (4 / Math.sqrt(2 * Math.PI)) * w ** 3 + 7.5 * w ** 6 + regularization * w * w;
}

/**
 * The global minimiser of `frozenLoss`, by bisection of its derivative on the branch where it is a minimum.
 *
 * The derivative is w·(45w⁴ − (12/√(2π))w + 2λ); the bracket falls and then rises, with its lowest point where
 * 180w³ = 12/√(2π), so that a nonzero minimum is the root above that point.
 */
export function frozenMinimiser(regularization: number): number {
  const slope = 12 / Math.sqrt(2 * Math.PI);
  const bracket = (w: number): number => 45 * w ** 4 - slope * w + 2 * regularization;
  let low = Math.cbrt(slope / 180);
  let high = 1;
  if (bracket(low) >= 0) return 0;
  for (let i = 0; i < 200 && high - low > Number.EPSILON * high; i++) {
    const middle = (low + high) / 2;
    if (bracket(middle) < 0) low = middle;
    else high = middle;
  }
  return frozenLoss(high, regularization) < 1 ? high : 0;
}
