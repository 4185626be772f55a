import { gaussianGrid } from '../../../numerics/quadrature/gaussianGrid.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { type Activation, erf, gelu, hermite, sine, smoothRelu, tanh } from '../model/activations.ts';
import type { Loss } from '../model/losses.ts';
import { type NetworkRisk, networkRisk } from '../risk/networkRisk.ts';
import { crossedNodes, productNodes } from '../risk/productNodes.ts';
import { sphericalNodes } from '../risk/sphericalNodes.ts';
import { flipNoise, indexTeacher, signTeacher } from '../risk/teacher.ts';
import { sampleNodes } from '../training/inputSamples.ts';

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
 *
 * @param rule `coarse`: half of the nodes in many dimensions, and less accurate where W⊥ is large
 */
export function studentRisk(
  stream: RandomStream,
  problem: StudentProblem,
  rule: 'fine' | 'coarse' = 'fine',
): NetworkRisk {
  const { input, teacher: k, loss } = problem;
  const base = indexTeacher(Array.from({ length: k }, () => problem.link));
  const teacher = loss.binaryLabels ? signTeacher(base) : base;
  const m = input - k;
  const isFine = rule === 'fine';
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
          nodes: crossedNodes(law, k, sphericalNodes(stream.fork('irrelevant'), m, 1, isFine ? 2 : 1), m),
          refinedNodes: crossedNodes(law, k, sphericalNodes(stream.fork('refined'), m, isFine ? 2 : 1, 2), m),
        }),
  });
}
