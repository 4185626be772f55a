import { type Activation, sine } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import {
  frozenOutputConstants,
  inputMoments,
  type RiskConstants,
} from '../../../../src/applications/networks/model/lipschitzConstants.ts';
import {
  gemanMcClure,
  type Loss,
  logCosh,
  logistic,
  pseudoHuber,
} from '../../../../src/applications/networks/model/losses.ts';
import { labelNodes } from '../../../../src/applications/networks/risk/labelledNodes.ts';
import { type NetworkRisk, networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { productNodes } from '../../../../src/applications/networks/risk/productNodes.ts';
import type { Optimizer, StationarityGoal } from '../../../../src/numerics/optimize/optimizer.ts';
import { perturbedDescent } from '../../../../src/numerics/optimize/perturbedDescent.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { choice, type Domain, integer, map, record, streams } from '../../../../src/papers/claims/domain.ts';
import { deepActivations } from './networks.ts';

/** A network with one hidden layer, its output layer frozen, so that L and K exist over all trained parameters. */
export interface BoundedNetwork {
  readonly stream: RandomStream;
  readonly onSaddle: boolean;
  readonly regularization: number;
  /** L and K. */
  readonly constants: RiskConstants;
  /** ρ with √(Kρ) = λ, so that Δ = 2λ − √(Kρ) = λ. */
  readonly gradientTolerance: number;
  readonly risk: NetworkRisk;
  /** A random start; where `onSaddle`, one at which b alone is stationary and curved downwards. */
  start(stream: RandomStream): Float64Array;
}

const boundedLosses = {
  'pseudo-huber': pseudoHuber,
  'log-cosh': logCosh,
  logistic,
  'geman-mcclure': gemanMcClure,
};

/** Bounded networks with random starts; or on the saddle; or, unless one is asked for, about a third on it. */
export function boundedNetworks(only?: 'random' | 'saddle'): Domain<BoundedNetwork> {
  const random = { random: false };
  const saddle = { 'on a saddle': true };
  return map(
    record({
      width: integer(1, 3),
      start: choice<boolean>(
        only === 'random'
          ? random
          : only === 'saddle'
            ? saddle
            : { ...random, 'random too': false, ...saddle },
      ),
      activation: choice<Activation>(deepActivations),
      loss: choice<Loss>(boundedLosses),
      stream: streams(),
    }),
    ({ width, start, activation, loss, stream }) =>
      start
        ? boundedNetwork(stream, 1, sine, logistic, true)
        : boundedNetwork(stream, width, activation, loss, false),
  );
}

/** The bounded network of given parts; on a saddle it has no teacher directions and the label 1. */
export function boundedNetwork(
  stream: RandomStream,
  width: number,
  activation: Activation,
  loss: Loss,
  onSaddle: boolean,
): BoundedNetwork {
  const k = onSaddle ? 0 : 1;
  const nodes = productNodes(gaussianGrid(5, k), k, 1, 8);
  const label = (u: Float64Array, at: number) => (onSaddle ? 1 : Math.tanh(u[at]));
  const teacher = loss.binaryLabels ? (u: Float64Array, at: number) => (label(u, at) >= 0 ? 1 : -1) : label;
  const regularization = onSaddle ? 0.2 : 0.1 + 0.2 * stream.fork('regularization').uniform();
  const frozen = ['output-weights', 'output-shift'] as const;
  const options = { inputDimension: k + 1, relevantDimension: k, widths: [width], activation, loss, teacher };
  const risk = networkRisk({ ...options, regularization, frozen, ...nodes });
  const { layout } = risk;
  const outer = initialParameters(stream.fork('outer'), layout);
  if (onSaddle) {
    outer[layout.outputWeights.start] = 1;
    outer[layout.outputShift.start] = 0;
  }
  const constants = frozenOutputConstants({
    activation,
    loss,
    outputWeights: outer.subarray(layout.outputWeights.start, layout.outputWeights.start + width),
    outputShift: outer[layout.outputShift.start],
    largestLabel: 1,
    moments: inputMoments(labelNodes(nodes.refinedNodes, k + 1, k, teacher)),
    regularization,
  });
  return {
    stream,
    onSaddle,
    regularization,
    constants,
    risk,
    gradientTolerance: regularization ** 2 / constants.hessianLipschitz,
    start: (trial) => {
      const x = initialParameters(trial, layout);
      x.set(outer.subarray(layout.outputWeights.start), layout.outputWeights.start);
      // sin has its minimum at −π/2: the label 1 wants b at π/2, and by symmetry nothing moves it.
      if (onSaddle) x[layout.shift.start] = -Math.PI / 2;
      return x;
    },
  };
}

/**
 * Perturbed descent with the constants of Theorem 4.2: L, K, the value gap f(x₀) ≥ f(x₀) − f*, δ = 0.05 and the goal's
 * ρ. It is cut off after `stepLimit` steps: its own end can take far longer where f is flat in other parameters.
 */
export function theoremDescent(network: BoundedNetwork, stepLimit = 4000): Optimizer {
  const { gradientLipschitz, hessianLipschitz } = network.constants;
  return {
    name: 'perturbed gradient descent',
    minimize: (stream, objective, start, goal: StationarityGoal, observe) =>
      perturbedDescent({
        gradientLipschitz,
        hessianLipschitz,
        stepLimit,
        valueGap: objective.value(start),
        failureProbability: 0.05,
      }).minimize(stream, objective, start, goal, observe),
  };
}
