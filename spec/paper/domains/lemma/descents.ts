import { type Derandomized, derandomize } from '../../../../src/lemma/derandomize.ts';
import { lemmaCertificate } from '../../../../src/lemma/lemmaCertificate.ts';
import { nodeExpectation } from '../../../../src/lemma/nodeExpectation.ts';
import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { ridgeExpectation } from '../../../../src/lemma/ridgeExpectation.ts';
import { sineProfile } from '../../../../src/lemma/ridgeProfile.ts';
import { type RidgeSum, ridgeHessianLipschitz } from '../../../../src/lemma/ridgeSum.ts';
import {
  type Certificate,
  type CertificateFailure,
  certify,
} from '../../../../src/numerics/optimize/certify/certificate.ts';
import { hessianDescent } from '../../../../src/numerics/optimize/hessianDescent.ts';
import { lbfgs } from '../../../../src/numerics/optimize/lbfgs.ts';
import { noisyDescent } from '../../../../src/numerics/optimize/noisyDescent.ts';
import type { Descent, Optimizer, StationarityGoal } from '../../../../src/numerics/optimize/optimizer.ts';
import { perturbedDescent } from '../../../../src/numerics/optimize/perturbedDescent.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import {
  type Domain,
  drawn,
  integer,
  map,
  oneOf,
  record,
  streams,
} from '../../../../src/papers/claims/domain.ts';
import { signCorners } from './signCorners.ts';
import { gemanMcClureProfile, randomRidgeSum } from './smoothFamilies.ts';

/** Methods that promise second-order stationarity; the first two take many cheap steps. */
export const optimizerNames = [
  'trust region',
  'Hessian descent',
  'L-BFGS',
  'perturbed gradient descent',
  'noisy gradient descent',
] as const;
export type OptimizerName = (typeof optimizerNames)[number];

/** A bounded smooth objective with all of its constants, ready to be descended. */
export interface DescentProblem {
  readonly sum: RidgeSum;
  readonly columns: number;
  /** K of g. */
  readonly hessianLipschitz: number;
  readonly stream: RandomStream;
}

/** Sums of sines, or of bounded non-convex losses, with K known; phases are trained along. */
export function descentProblems(
  largest: number,
  profiles: readonly ('sine' | 'Geman–McClure')[] = ['sine', 'Geman–McClure'],
): Domain<DescentProblem> {
  const fields = record({
    profile: oneOf(...profiles),
    rows: integer(1, largest),
    columns: integer(1, largest),
    terms: integer(1, 5),
    stream: streams(),
  });
  return map(fields, ({ profile, rows, columns, terms, stream }): DescentProblem => {
    const drawnProfiles = [profile === 'sine' ? sineProfile : gemanMcClureProfile];
    const sampled = randomRidgeSum(stream.fork('sum'), rows, terms, drawnProfiles);
    // A bounded loss with a negative sign has its infimum at infinity, where descents only creep.
    const positive = sampled.terms.map((term) => ({ ...term, coefficient: Math.abs(term.coefficient) }));
    const sum = profile === 'sine' ? sampled : { ...sampled, terms: positive };
    return { sum, columns, hessianLipschitz: ridgeHessianLipschitz(sum) ?? Number.POSITIVE_INFINITY, stream };
  });
}

/** An objective and where its descent starts. */
export interface Posed {
  readonly objective: RandomizedObjective;
  readonly start: Float64Array;
}

/** The objective at a regularization, and a random start of unit size. */
export function posed({ sum, columns, stream }: DescentProblem, regularization: number): Posed {
  const objective = ridgeExpectation(sum, columns, regularization);
  const start = gaussianInto(
    new Float64Array(objective.dimension),
    stream.fork('start'),
    1 / Math.sqrt(columns),
  );
  return { objective, start };
}

/** sup|ψ″| of both profiles: sine has 1, t²/(1 + t²) has 2 at 0. */
const secondDerivativeBound = 2;
/** E|aξ + β|³ is largest, on a² + β² = 1, at β = 0: 2√(2/π). It carries K from g over to f. */
const thirdMoment = 2 * Math.sqrt(2 / Math.PI);

/** Lipschitz constants of f's own gradient and Hessian, in all coordinates. */
export function smoothness(
  { sum, hessianLipschitz }: DescentProblem,
  regularization: number,
): { gradientLipschitz: number; hessianLipschitz: number } {
  const curvature = sum.terms.reduce(
    (total, { coefficient, direction }) => total + Math.abs(coefficient) * (1 + squaredNorm(direction)),
    0,
  );
  return {
    gradientLipschitz: secondDerivativeBound * curvature + 2 * regularization,
    hessianLipschitz: thirdMoment * hessianLipschitz,
  };
}

/** The named method, with constants for this problem where the method needs them. */
export function optimizerFor(
  name: OptimizerName,
  problem: DescentProblem,
  regularization: number,
): Optimizer {
  const constants = smoothness(problem, regularization);
  switch (name) {
    case 'trust region':
      return trustRegion();
    case 'Hessian descent':
      return hessianDescent();
    case 'L-BFGS':
      return lbfgs();
    case 'noisy gradient descent':
      return noisyDescent({ stepSize: 1 / constants.gradientLipschitz });
    case 'perturbed gradient descent': {
      const range = problem.sum.terms.reduce((total, { coefficient }) => total + Math.abs(coefficient), 0);
      const { start } = posed(problem, regularization);
      const valueGap = 2 * range + regularization * squaredNorm(start);
      return perturbedDescent({ ...constants, valueGap, failureProbability: 0.01, stepLimit: 300_000 });
    }
  }
}

/** What is asked of one descent. */
export interface DescentTask {
  readonly problem: DescentProblem;
  readonly optimizer: OptimizerName;
  /** ρ. */
  readonly accuracy: number;
  /** λ. */
  readonly regularization: number;
}

/** Which tasks are drawn; all by default. */
export interface TaskClass {
  readonly optimizers?: readonly OptimizerName[];
  readonly regimes?: readonly Regime[];
}

/** Accuracies ρ that each method reaches in reasonable time: gradient steps are slow where λ, and so ρ, is small. */
const accuracyRange: Readonly<Record<OptimizerName, readonly [least: number, most: number]>> = {
  'trust region': [1e-9, 1e-2],
  'L-BFGS': [1e-9, 1e-2],
  'Hessian descent': [1e-5, 1e-2],
  'perturbed gradient descent': [1e-3, 1e-1],
  'noisy gradient descent': [1e-3, 1e-1],
};

type Regime = 'just above' | 'far above';

/** Tasks with λ just above √(Kρ)/2, or far above. */
export function descentTasks(
  largest: number,
  { optimizers = optimizerNames, regimes = ['just above', 'far above'] }: TaskClass = {},
): Domain<DescentTask> {
  const fields = record({
    problem: descentProblems(largest),
    optimizer: oneOf(...optimizers),
    decades: drawn((stream) => stream.uniform()),
    regime: oneOf(...regimes),
  });
  return map(fields, ({ problem, optimizer, decades, regime }): DescentTask => {
    const [least, most] = accuracyRange[optimizer];
    const accuracy = least * (most / least) ** decades;
    const threshold = Math.sqrt(problem.hessianLipschitz * accuracy) / 2;
    return {
      problem,
      optimizer,
      accuracy,
      regularization: threshold * (regime === 'just above' ? 1.05 : 20),
    };
  });
}

/** Where a descent ended, and what is certified of that point. */
export interface TaskEnd {
  readonly objective: RandomizedObjective;
  readonly end: Derandomized;
  readonly second: Certificate | CertificateFailure;
}

/** Carries out a task, on its own objective and start unless others are given. */
export function carriedOut(task: DescentTask, changed: Partial<Posed> = {}, optimizer?: Optimizer): TaskEnd {
  const { problem, regularization } = task;
  const { objective, start } = { ...posed(problem, regularization), ...changed };
  const goal = goalOf(task);
  const method = optimizer ?? optimizerFor(task.optimizer, problem, regularization);
  const end = derandomize(problem.stream.fork('descent'), objective, start, method, goal);
  return {
    objective,
    end,
    second: certify(problem.stream.fork('certificate'), objective, end.descent.point),
  };
}

/** The start of a task, with what is certified of it. */
export function startOf({ problem, regularization }: DescentTask): TaskEnd {
  const { objective, start } = posed(problem, regularization);
  const descent: Descent = {
    outcome: 'step-limit',
    point: start,
    value: objective.value(start),
    gradientNorm: Math.hypot(...objective.gradientInto(new Float64Array(objective.dimension), start)),
    steps: 0,
    gradients: 1,
    hessianProducts: 0,
  };
  const shift = start.slice(objective.shift.start, objective.shift.start + objective.shift.length);
  return {
    objective,
    end: { descent, shift, certificate: lemmaCertificate(objective, start) },
    second: certify(problem.stream.fork('certificate'), objective, start),
  };
}

/** ρ and √(Kρ). */
export function goalOf({ problem, accuracy }: DescentTask): StationarityGoal {
  return { gradientTolerance: accuracy, curvatureTolerance: Math.sqrt(problem.hessianLipschitz * accuracy) };
}

/** The same sum with independent signs for inputs, in place of Gaussian ones. */
export function withSigns({ sum, columns }: DescentProblem, regularization: number): RandomizedObjective {
  return nodeExpectation(sum, columns, regularization, signCorners(columns));
}

function squaredNorm(x: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i] * x[i];
  return total;
}
