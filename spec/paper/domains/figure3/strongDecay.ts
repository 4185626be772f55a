import { gelu, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { logCosh, pseudoHuber } from '../../../../src/applications/networks/model/losses.ts';
import {
  irrelevantNorm,
  type NetworkLayout,
  networkLayout,
} from '../../../../src/applications/networks/model/networkLayout.ts';
import { gaussianRisk } from '../../../../src/applications/networks/risk/gaussianRisk.ts';
import { indexTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import type { Tensors } from '../../../../src/applications/networks/tensors/tensorBackend.ts';
import { trainOnline } from '../../../../src/applications/networks/training/onlineTraining.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** A two-layer student of the earlier result: output layer and biases frozen, strong decay, decaying steps. */
export interface StrongDecay {
  readonly dimension: number;
  readonly width: number;
  readonly huber: boolean;
  /** λ, in units of half the largest curvature that the loss can have in the first layer's sums. */
  readonly strength: number;
  readonly steps: number;
  readonly stream: RandomStream;
}

/** Norms of W⊥ and of W∥ at the start and after online training. */
export function trainStrongDecay(
  tensors: Tensors,
  { dimension, width, huber, strength, steps, stream }: StrongDecay,
) {
  const layout = networkLayout(dimension, 1, [width]);
  const activation = tanh;
  const loss = huber ? pseudoHuber : logCosh;
  const start = initialParameters(stream.fork('start'), layout);
  // Biases at 0, so that no unit starts where the loss or tanh is flat.
  start.fill(0, layout.shift.start, layout.shift.start + width);
  start[layout.outputShift.start] = 0;
  const outer = start.subarray(layout.outputWeights.start, layout.outputWeights.start + width);
  const [, s1, s2] = activation.suprema;
  const [l1, l2] = loss.suprema;
  const largest = Math.max(...outer.map(Math.abs));
  // |D²g[u, u]| ≤ ℓ₂ s₁²‖a‖² + ℓ₁ s₂‖a‖_∞ for the sums' Hessian: with 2λ above it every stationary point has W⊥ = 0.
  const curvature = l2 * s1 ** 2 * outer.reduce((a, b) => a + b * b, 0) + l1 * s2 * largest;
  const decay = strength * curvature;
  const run = trainOnline(stream.fork('training'), tensors, {
    layout,
    activation,
    loss,
    teacher: indexTeacher([tanh]),
    batchSize: 20,
    steps,
    decay,
    start,
    frozen: ['shift', 'output-weights', 'output-shift'],
    // η_t = 2/(decay·(t + t₀)), below 1/(decay + curvature·(d + 1)) from the first step.
    weightRate: (t) => 2 / (decay * (t + 2 * (dimension + 2) * (1 + curvature / decay))),
    shiftRate: () => 0,
    perturbation: { deviation: 0, gradientThreshold: 0 },
    observeEvery: steps,
  });
  return {
    outcome: run.outcome,
    start: firstLayer(layout, start),
    end: firstLayer(layout, run.point),
  };
}

/** Norms of the first layer's two parts. */
export interface FirstLayer {
  readonly irrelevant: number;
  readonly relevant: number;
}

function firstLayer(layout: NetworkLayout, x: Float64Array): FirstLayer {
  const { start, rows, columns } = layout.relevant;
  return {
    irrelevant: irrelevantNorm(layout, x),
    relevant: Math.hypot(...x.subarray(start, start + rows * columns)),
  };
}

/** λ that are tried, from strong to weak. */
export const decays = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001] as const;

/**
 * ‖W⊥‖ where a descent on the population risk ends: labels 1, two units of GELU, whose biases start at 0.
 *
 * With biases and output weights frozen, as in the earlier result, the labels are fitted by the mean of the units' noise
 * alone; with everything trained, by the biases.
 */
export function survivingNorm(
  stream: RandomStream,
  regularization: number,
  train: 'output and biases frozen' | 'everything trained',
): number {
  const risk = gaussianRisk({
    inputDimension: 2,
    relevantDimension: 0,
    relevantLaw: gaussianGrid(1, 0),
    widths: [2],
    activation: gelu,
    loss: pseudoHuber,
    teacher: () => 1,
    regularization,
    deeperRegularization: 1e-2,
    nodesPerAxis: 24,
    frozen: train === 'everything trained' ? [] : ['shift', 'output-weights', 'output-shift'],
  });
  const { layout } = risk;
  const start = initialParameters(stream.fork('start'), layout);
  start.fill(0, layout.shift.start, layout.shift.start + 2);
  start.fill(1, layout.outputWeights.start, layout.outputWeights.start + 2);
  start[layout.outputShift.start] = 0;
  const goal = { gradientTolerance: 1e-5 * regularization, curvatureTolerance: regularization / 4 };
  const end = trustRegion({ stepLimit: 2000 }).minimize(stream.fork('descent'), risk, start, goal);
  return end.outcome === 'reached' ? irrelevantNorm(layout, end.point) : Number.POSITIVE_INFINITY;
}

/** The smallest λ tried from which on, at every larger one too, W⊥ is lost. */
export function neededDecay(
  stream: RandomStream,
  train: 'output and biases frozen' | 'everything trained',
): number {
  let needed = Number.POSITIVE_INFINITY;
  for (const decay of decays) {
    if (survivingNorm(stream, decay, train) >= lostBelow) return needed;
    needed = decay;
  }
  return needed;
}

const lostBelow = 1e-3;
