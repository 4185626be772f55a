import erfc from '@stdlib/math-base-special-erfc';
import { nodeExpectation } from '../../../../src/lemma/nodeExpectation.ts';
import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { ridgeExpectation } from '../../../../src/lemma/ridgeExpectation.ts';
import type { RidgeProfile } from '../../../../src/lemma/ridgeProfile.ts';
import { gradientDescent } from '../../../../src/numerics/optimize/gradientDescent.ts';
import type { Optimizer } from '../../../../src/numerics/optimize/optimizer.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { normalDensity } from '../../../../src/numerics/statistics/normal.ts';
import { cosines } from '../networks/saddles.ts';
import { concaveQuadratic } from './concaveQuadratic.ts';
import { signCorners } from './signCorners.ts';
import { gemanMcClureProfile } from './smoothFamilies.ts';
import { frozenShift, toyObjective } from './toy.ts';

/** One descent under some of the lemma's hypotheses, and what the lemma promises under all of them. */
export interface Attempt {
  readonly objective: RandomizedObjective;
  readonly start: Float64Array;
  readonly optimizer: Optimizer;
  /** ρ. */
  readonly accuracy: number;
  /** γ = √(Kρ), K being any Hessian-Lipschitz constant. */
  readonly curvatureTolerance: number;
  /** λ of the promise; the objective has the same unless that is what was dropped. */
  readonly promised: number;
  /** `first`: the descent has to be stationary, its curvature is not looked at. */
  readonly order: 'first' | 'second';
}

/** An example that needs one hypothesis, with that hypothesis in force or without it, and all others in force. */
type Example = (attempt: Attempt, stream: RandomStream, inForce: boolean) => Partial<Attempt>;

/** One example for each hypothesis. */
export const examples = {
  gaussianInputs: (_attempt, stream, inForce) => {
    // At inputs ±1, cos w cos b + λw² has a minimum at b = 0 with w near π.
    const wave = cosines([1], [1]);
    const objective = inForce
      ? ridgeExpectation(wave, 1, 0.02)
      : nodeExpectation(wave, 1, 0.02, signCorners(1));
    return { objective, start: spread(stream, 2, 3), ...promise(0.02) };
  },
  secondOrder: (_attempt, stream, inForce) => {
    // Along b = 0, e^{−w²/2} cos b + λw² has its minimum in w where e^{−w²/2} = 2λ, and a maximum in b.
    const objective = ridgeExpectation(cosines([1], [1]), 1, 0.1);
    const posed = { objective, start: Float64Array.of(0.5 + stream.uniform(), 0), ...promise(0.1) };
    return inForce ? posed : { ...posed, order: 'first', optimizer: gradientDescent({ stepSize: 0.5 }) };
  },
  trainedShift: (_attempt, stream, inForce) => {
    const toy = toyObjective(0.1);
    const start = Float64Array.of(0.3 + stream.uniform(), 0);
    return { objective: inForce ? toy : frozenShift(toy), start, ...promise(0.1) };
  },
  regularization: (_attempt, stream, inForce) => {
    const flat = { inputs: 1, terms: [{ ...cosines([1], [1]).terms[0], direction: new Float64Array(1) }] };
    const lambda = inForce ? 0.1 : 0;
    const objective = ridgeExpectation({ ...flat, trainPhases: true }, 1, lambda);
    return { objective, start: spread(stream, 3, 1), ...promise(0.1) };
  },
  enoughRegularization: ({ curvatureTolerance }, stream, inForce) => {
    // g = −(γ/2)u² and λ = γ/2 cancel along W: every W is stationary, with the allowed curvature −γ in b.
    const lambda = (inForce ? 0.6 : 0.5) * curvatureTolerance;
    const { objective, point } = concaveQuadratic(stream, 1, 1, curvatureTolerance, lambda);
    return { objective, start: point, ...(inForce ? { promised: lambda } : {}) };
  },
  smoothness: (_attempt, stream, inForce) => {
    const profile = inForce ? gemanMcClureProfile : absoluteValue;
    const term = { profile, coefficient: 1, direction: Float64Array.of(1), phase: 0 };
    const objective = ridgeExpectation({ inputs: 1, terms: [term], trainPhases: false }, 1, 0.1);
    return { objective, start: spread(stream, 2, 1), ...promise(0.1) };
  },
  population: (_attempt, stream, inForce) => {
    const points = gaussianInto(new Float64Array(9), stream.fork('samples'));
    const nodes = { points, weights: new Float64Array(3).fill(1 / 3) };
    const wave = cosines([1], [1]);
    const objective = inForce ? ridgeExpectation(wave, 3, 1e-3) : nodeExpectation(wave, 3, 1e-3, nodes);
    return { objective, start: spread(stream, 4, 4), ...promise(1e-3) };
  },
} satisfies Record<string, Example>;

/** What the lemma promises at λ, with γ = λ/10. */
function promise(regularization: number): Pick<Attempt, 'promised' | 'curvatureTolerance'> {
  return { promised: regularization, curvatureTolerance: regularization / 10 };
}

/** Gaussian coordinates of the given deviation. */
function spread(stream: RandomStream, dimension: number, deviation: number): Float64Array {
  return gaussianInto(new Float64Array(dimension), stream.fork('start'), deviation);
}

/** The optimizer that attempts use unless they name another. */
export const attemptOptimizer = trustRegion({ stepLimit: 2000 });

/** ψ(t) = |t|: its expectation is smooth for s > 0 and has a kink at s = 0, as W does at 0. */
const absoluteValue: RidgeProfile = {
  name: 'absolute value',
  method: 'closed-form',
  coarser: [],
  summands: 2,
  magnitude: (m, s) => (1 + m + s) * (1 + 1 / Math.max(s, Number.EPSILON)),
  derivativesInto(out, t) {
    out[0] = Math.abs(t);
    out[1] = Math.sign(t);
    out[2] = 0;
    return out;
  },
  expectationsInto(out, m, s) {
    if (s === 0) {
      out.fill(0);
      out[0] = Math.abs(m);
      out[1] = Math.sign(m);
      return out;
    }
    const q = m / s;
    const peak = 2 * normalDensity(q);
    out[1] = 1 - erfc(q / Math.SQRT2);
    out[0] = s * peak + m * out[1];
    out[2] = peak / s;
    out[3] = peak;
    out[4] = (-q * peak) / s;
    out[5] = (q * q * peak) / s;
    return out;
  },
};
