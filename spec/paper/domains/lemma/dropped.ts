import { nodeExpectation } from '../../../../src/lemma/nodeExpectation.ts';
import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { ridgeExpectation } from '../../../../src/lemma/ridgeExpectation.ts';
import type { RidgeProfile } from '../../../../src/lemma/ridgeProfile.ts';
import { gradientDescent } from '../../../../src/numerics/optimize/gradientDescent.ts';
import type { Optimizer } from '../../../../src/numerics/optimize/optimizer.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { cosines } from '../networks/saddles.ts';
import { concaveQuadratic } from './concaveQuadratic.ts';
import { signCorners } from './signCorners.ts';
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
    // A triangle wave's Hessian is 0 wherever it exists, so that no curvature is seen at the saddle that cos u has there.
    const wave = inForce
      ? cosines([1], [1])
      : {
          inputs: 1,
          terms: [{ profile: triangleWave, coefficient: 1, direction: Float64Array.of(1), phase: 0 }],
          trainPhases: false,
        };
    const objective = ridgeExpectation(wave, 1, 0.1);
    const posed = { objective, start: Float64Array.of(0.5 + stream.uniform(), 0), ...promise(0.1) };
    return inForce ? posed : { ...posed, optimizer: gradientDescent({ stepSize: 0.5 }) };
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

/** Odd frequencies below this are summed: e^{−n²s²/2} is below rounding from s = 0.1 on. */
const frequencies = 100;

/**
 * ψ(t) = 1 − 2|t|/π on [−π, π] and of period 2π, as automatic differentiation finds it: ψ'' = 0, where there is one.
 *
 * ψ = (8/π²) Σ cos(nt)/n² over odd n, so that its expectations and those of ψ' are sums of e^{−n²s²/2} cos(nm) and
 * e^{−n²s²/2} sin(nm).
 */
const triangleWave: RidgeProfile = {
  name: 'triangle wave',
  method: 'closed-form',
  coarser: [],
  summands: frequencies,
  magnitude: () => 2,
  derivativesInto(out, t) {
    const within = t - 2 * Math.PI * Math.round(t / (2 * Math.PI));
    out[0] = 1 - (2 * Math.abs(within)) / Math.PI;
    out[1] = (-2 * Math.sign(within)) / Math.PI;
    out[2] = 0;
    return out;
  },
  expectationsInto(out, m, s) {
    out.fill(0);
    for (let n = 1; n < frequencies; n += 2) {
      const size = (8 / Math.PI ** 2) * Math.exp((-n * n * s * s) / 2);
      out[0] += (size * Math.cos(n * m)) / (n * n);
      out[1] -= (size * Math.sin(n * m)) / n;
      // E ψ'(m + sξ)ξ, of ψ' alone.
      out[3] -= size * s * Math.cos(n * m);
    }
    return out;
  },
};
