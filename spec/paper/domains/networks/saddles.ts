import { ridgeExpectation } from '../../../../src/lemma/ridgeExpectation.ts';
import { sineProfile } from '../../../../src/lemma/ridgeProfile.ts';
import type { RidgeSum } from '../../../../src/lemma/ridgeSum.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { DescentProblem, DescentTask, Posed } from '../lemma/descents.ts';

/** Σ c_i cos(ω_i u_i): even in u, so that b = 0 is stationary, and a maximum in b. */
export function cosines(coefficients: readonly number[], frequencies: readonly number[]): RidgeSum {
  const inputs = coefficients.length;
  const terms = coefficients.map((coefficient, i) => ({
    profile: sineProfile,
    coefficient,
    direction: Float64Array.from({ length: inputs }, (_, j) => (i === j ? frequencies[i] : 0)),
    phase: Math.PI / 2,
  }));
  return { inputs, terms, trainPhases: false };
}

/**
 * cos u with λ = 1/10 at ρ = 10⁻⁶, to be descended from b = 0 and W ≠ 0.
 *
 * Along b = 0 the objective is e^{−w²/2} + λw², whose minimum in w is at e^{−w²/2} = 2λ; its curvature in b is −2λ.
 */
export function cosineSaddle(task: DescentTask): {
  readonly task: DescentTask;
  readonly start: Float64Array;
} {
  const problem: DescentProblem = {
    ...task.problem,
    sum: cosines([1], [1]),
    columns: 1,
    hessianLipschitz: 1,
  };
  const start = Float64Array.of(1 + problem.stream.fork('saddle').uniform(), 0);
  return { task: { ...task, problem, accuracy: 1e-6, regularization: 0.1 }, start };
}

/** cos u at inputs ±1: the objective cos w cos b + λw² has a minimum near (π, 0), where descent starts. */
export function signWell(problem: DescentProblem): {
  readonly problem: DescentProblem;
  readonly start: Float64Array;
} {
  const noise = problem.stream.fork('well');
  return {
    problem: { ...problem, sum: cosines([1], [1]), columns: 1, hessianLipschitz: 1 },
    start: Float64Array.of(Math.PI + 0.1 * noise.gaussian(), 0.1 * noise.gaussian()),
  };
}

/** A start at an exact saddle, with the tight constants of its objective. */
export interface SaddleProblem extends Posed {
  readonly gradientLipschitz: number;
  readonly hessianLipschitz: number;
  /** f(start) − inf f is at most this. */
  readonly valueGap: number;
}

/**
 * Σ c_i cos(ω_i u_i) + λ‖W‖² at the origin, where the gradient vanishes and every b-direction curves down.
 *
 * The rows do not interact: ℓ = max c_i ω_i² + 2λ, and the Hessian is 2√(2/π)·max c_i ω_i³-Lipschitz.
 */
export function saddleProblem(stream: RandomStream, rows: number, columns: number): SaddleProblem {
  const uniforms = (): number[] => Array.from({ length: rows }, () => 0.75 + 0.5 * stream.uniform());
  const coefficients = uniforms();
  const frequencies = uniforms();
  const regularization = 0.05 + 0.2 * stream.uniform();
  const objective = ridgeExpectation(cosines(coefficients, frequencies), columns, regularization);
  const largest = (power: number): number =>
    Math.max(...coefficients.map((c, i) => c * frequencies[i] ** power));
  return {
    objective,
    start: new Float64Array(objective.dimension),
    gradientLipschitz: largest(2) + 2 * regularization,
    hessianLipschitz: 2 * Math.sqrt(2 / Math.PI) * largest(3),
    valueGap: 2 * coefficients.reduce((total, c) => total + c, 0),
  };
}
