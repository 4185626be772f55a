import { gaussianInto } from '../../../numerics/random/fills.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { smoothRelu, tanh } from '../model/activations.ts';
import { squared } from '../model/losses.ts';
import { type BlockName, networkLayout } from '../model/networkLayout.ts';
import { indexTeacher } from '../risk/teacher.ts';
import type { Tensors } from '../tensors/tensorBackend.ts';
import { type OnlineTraining, trainOnline } from './onlineTraining.ts';

/** One published setting of the experiment behind Figure 3. */
export interface PublishedSetting {
  readonly name: string;
  /** T. */
  readonly steps: number;
  /** λ, entering as (λ/2)‖W‖². */
  readonly decay: number;
  readonly weightRate: number;
  readonly shiftRate: number;
  readonly gradientThreshold: number;
  readonly trainsOutput: boolean;
}

/**
 * The settings: the paper's; that of the later version of the authors' program; that of its earlier version, whose
 * step sizes are 0.8·√h and (0.5²·√h)² and which adds no noise; the paper's with the output weights trained, as the
 * theorem has them.
 *
 * Source: Tsikouras et al., arXiv 2510.19382v2, Figure 3, and the authors' program (repository StructureDiscovery,
 * `train.py` and `main.py` before and after commit 70a02ea).
 */
export const publishedSettings: readonly PublishedSetting[] = [
  {
    name: 'as published',
    steps: 10_000,
    decay: 1e-5,
    weightRate: 0.8,
    shiftRate: 0.5,
    gradientThreshold: 1e-6,
    trainsOutput: false,
  },
  {
    name: 'later version',
    steps: 20_000,
    decay: 1e-4,
    weightRate: 1,
    shiftRate: 1,
    gradientThreshold: 1e-3,
    trainsOutput: false,
  },
  {
    name: 'earlier version',
    steps: 10_000,
    decay: 1e-5,
    weightRate: 0.8 * Math.sqrt(1000),
    shiftRate: 0.5 ** 4 * 1000,
    gradientThreshold: 0,
    trainsOutput: false,
  },
  {
    name: 'as published, output trained',
    steps: 10_000,
    decay: 1e-5,
    weightRate: 0.8,
    shiftRate: 0.5,
    gradientThreshold: 1e-6,
    trainsOutput: true,
  },
];

/** d = 2, width 1000, k = 1. */
export const publishedLayout = networkLayout(2, 1, [1000]);

/** Parameters as published: W ~ N(0, 1/d), a and b ~ N(0, 1/h²), no output shift. */
export function publishedStart(stream: RandomStream): Float64Array {
  const { weights, shift, relevant, outputWeights, dimension } = publishedLayout;
  const x = new Float64Array(dimension);
  const width = weights.rows;
  const part = (start: number) => x.subarray(start, start + width);
  gaussianInto(part(weights.start), stream.fork('W⊥'), Math.SQRT1_2);
  gaussianInto(part(relevant.start), stream.fork('W∥'), Math.SQRT1_2);
  gaussianInto(part(shift.start), stream.fork('b'), 1 / width);
  gaussianInto(part(outputWeights.start), stream.fork('a'), 1 / width);
  return x;
}

/**
 * Trains a published setting from a published start: tanh teacher, ReLU_2, squared loss, 50 fresh samples a step.
 *
 * @param steps fewer than T to see only the beginning; the same draws are made
 */
export function trainPublished(
  stream: RandomStream,
  tensors: Tensors,
  setting: PublishedSetting,
  steps = setting.steps,
  observe?: (step: number, irrelevant: number) => void,
): OnlineTraining {
  const frozen: readonly BlockName[] = setting.trainsOutput
    ? ['output-shift']
    : ['output-weights', 'output-shift'];
  return trainOnline(stream.fork('training'), tensors, {
    layout: publishedLayout,
    activation: smoothRelu(2),
    loss: squared,
    teacher: indexTeacher([tanh]),
    batchSize: 50,
    steps,
    decay: setting.decay,
    frozen,
    weightRate: () => setting.weightRate,
    shiftRate: () => setting.shiftRate,
    perturbation: { deviation: 0.005, gradientThreshold: setting.gradientThreshold },
    start: publishedStart(stream.fork('start')),
    observeEvery: 100,
    ...(observe === undefined ? {} : { observe }),
  });
}
