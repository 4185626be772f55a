import { lemmaCertificate } from '../../../lemma/lemmaCertificate.ts';
import type { Optimizer } from '../../../numerics/optimize/optimizer.ts';
import { gaussianGrid } from '../../../numerics/quadrature/gaussianGrid.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { type Activation, erf, gelu, hermite, sine, smoothRelu, tanh } from '../model/activations.ts';
import { initialParameters } from '../model/initialParameters.ts';
import type { Loss } from '../model/losses.ts';
import { irrelevantNorm } from '../model/networkLayout.ts';
import { type NetworkRisk, networkRisk } from '../risk/networkRisk.ts';
import { crossedNodes, productNodes } from '../risk/productNodes.ts';
import { sphericalNodes } from '../risk/sphericalNodes.ts';
import { flipNoise, indexTeacher, signTeacher } from '../risk/teacher.ts';
import { sampleNodes } from '../training/inputSamples.ts';
import { discoverStructure, type StructureDiscovery } from './discoverStructure.ts';

/** Activations and links by the name a user types. */
export const activationsByName: ReadonlyMap<string, Activation> = new Map(
  Object.entries({
    tanh,
    sine,
    erf,
    gelu,
    relu: smoothRelu(10),
    'relu-smooth': smoothRelu(2),
    he2: hermite(2),
    he3: hermite(3),
    he4: hermite(4),
  }),
);

/** What a user asks for: a teacher and a student. */
export interface StudentProblem {
  /** d. */
  readonly input: number;
  /** k. */
  readonly teacher: number;
  readonly link: Activation;
  readonly depth: number;
  readonly width: number;
  readonly activation: Activation;
  readonly loss: Loss;
  readonly regularization: number;
}

/**
 * Builds the risk of a user's problem, with nodes that suit its dimensions.
 *
 * x∥: a Gauss–Hermite grid for k ≤ 2, else a fixed sample, taken as its law. x⊥: a grid for d − k ≤ 2, else axes of
 * random frames, whose error vanishes with W⊥.
 */
export function studentRisk(stream: RandomStream, problem: StudentProblem): NetworkRisk {
  const { input, teacher: k, loss } = problem;
  const base = indexTeacher(Array.from({ length: k }, () => problem.link));
  const teacher = loss.binaryLabels ? signTeacher(base) : base;
  const m = input - k;
  const law = k <= 2 ? gaussianGrid(k === 1 ? 10 : 5, k) : sampleNodes(stream.fork('relevant'), 24 * k, k);
  return networkRisk({
    inputDimension: input,
    relevantDimension: k,
    widths: Array.from({ length: problem.depth }, () => problem.width),
    activation: problem.activation,
    loss,
    teacher: teacher.label,
    ...(loss.binaryLabels ? { noise: flipNoise(0.1) } : {}),
    regularization: problem.regularization,
    deeperRegularization: Math.min(1e-3, problem.regularization),
    ...(m <= 2
      ? productNodes(law, k, m, 12)
      : {
          nodes: crossedNodes(law, k, sphericalNodes(stream.fork('irrelevant'), m, 1, 2), m),
          refinedNodes: crossedNodes(law, k, sphericalNodes(stream.fork('refined'), m, 2, 2), m),
        }),
  });
}

/** What `discover` reports about one training. */
export interface Discovered {
  readonly risk: NetworkRisk;
  readonly found: StructureDiscovery;
  readonly loss: number;
  readonly seconds: number;
}

/**
 * Trains a student to a second-order stationary point and certifies it, within about the given time.
 *
 * The optimizer runs in legs, each from where the last one ended, until it reaches the goal or the time is up; the
 * certificate comes after that and is valid wherever it ended.
 *
 * @param leg makes the optimizer of one leg
 * @param clock milliseconds, for the budget only
 * @param observe told ‖∇f‖ and the value after each leg
 * @param sufficient ends after the leg whose certified bound is at most this part of ‖W⊥‖ at the start; with 0, the
 * default, the optimizer goes on to its goal
 */
export function trainStudent(
  stream: RandomStream,
  problem: StudentProblem,
  leg: () => Optimizer,
  seconds: number,
  clock: () => number,
  observe: (gradientNorm: number, value: number, seconds: number) => void,
  sufficient = 0,
): Discovered {
  const begun = clock();
  const elapsed = () => (clock() - begun) / 1000;
  const risk = studentRisk(stream.fork('risk'), problem);
  const start = initialParameters(stream.fork('start'), risk.layout);
  const { regularization } = problem;
  const goal = { gradientTolerance: 1e-4 * regularization, curvatureTolerance: regularization / 4 };
  let x = start;
  for (let count = 0; elapsed() < seconds; count++) {
    const { point, outcome, gradientNorm, value } = leg().minimize(
      stream.fork(`leg ${count}`),
      risk,
      x,
      goal,
    );
    x = point;
    observe(gradientNorm, value, elapsed());
    if (outcome !== 'step-limit') break;
    if (sufficient > 0) {
      const certificate = lemmaCertificate(risk, x);
      const wanted = sufficient * irrelevantNorm(risk.layout, start);
      if (certificate.outcome === 'certified' && certificate.bound <= wanted) break;
    }
  }
  // The last leg only looks: no step is left to it.
  const look: Optimizer = {
    name: 'none',
    minimize: () => ({
      outcome: 'step-limit' as const,
      point: x.slice(),
      value: risk.value(x),
      gradientNorm: 0,
      steps: 0,
      gradients: 0,
      hessianProducts: 0,
    }),
  };
  const found = discoverStructure(stream.fork('certificate'), risk, start, look, goal);
  return { risk, found, loss: risk.loss(x), seconds: elapsed() };
}
