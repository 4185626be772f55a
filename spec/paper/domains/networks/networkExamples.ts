import {
  type Activation,
  gelu,
  hermite,
  sine,
} from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { pseudoHuber, squared } from '../../../../src/applications/networks/model/losses.ts';
import type { BlockName } from '../../../../src/applications/networks/model/networkLayout.ts';
import { gaussianRisk } from '../../../../src/applications/networks/risk/gaussianRisk.ts';
import type { NetworkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { indexTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import { lemmaCertificate } from '../../../../src/lemma/lemmaCertificate.ts';
import { certify } from '../../../../src/numerics/optimize/certify/certificate.ts';
import { gradientDescent } from '../../../../src/numerics/optimize/gradientDescent.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Comparison } from '../../../../src/papers/claims/comparison.ts';
import { type Method, methodOf } from './jointMethods.ts';
import { type JointInstance, jointInstance, type PointCertificate } from './jointNetworks.ts';
import { perturbedNetwork, unperturbedDescent } from './perturbedNetworks.ts';

/** A network with a method for it, and its start: what a claim's scope is replaced by. */
export interface Example {
  readonly instance: JointInstance;
  readonly method: Method;
  /** What holds at any point; a string says why it cannot be told. */
  readonly identity: () => readonly Comparison[] | string;
}

/** No inputs that matter, so that labels are one number. */
const nothingRelevant = { relevantDimension: 0, relevantLaw: gaussianGrid(1, 0) };

/**
 * Figure 1's mechanism in a network: labels 1, one layer whose biases and output shift stay at 0. It fits them
 * only through the mean of its noise, so that W⊥ stays of order one; with biases trained the same network loses it.
 */
export function frozenBiases(stream: RandomStream, trained: boolean): Example {
  return constantLabels(stream, gelu, 1, trained ? [] : ['shift', 'output-shift']);
}

/**
 * The same for a smoothed ReLU, which is not 0 at 0: output weights are held at 1 with the biases, and the label is one
 * and a half times what the network says without weights.
 */
export function frozenRelu({ stream, problem: { activation } }: JointInstance, trained: boolean): Example {
  const atZero = new Float64Array(1);
  activation.jetsInto(atZero, new Float64Array(1), new Float64Array(1), new Float64Array(1), 1);
  const frozen: readonly BlockName[] = trained ? [] : ['shift', 'output-weights', 'output-shift'];
  return constantLabels(stream, activation, 3 * atZero[0], frozen);
}

/** Two units on labels that are one number, with biases that start at 0 and output weights that start at 1. */
function constantLabels(
  stream: RandomStream,
  activation: Activation,
  label: number,
  frozen: readonly BlockName[],
): Example {
  const instance = jointInstance(stream, {
    ...nothingRelevant,
    inputDimension: 2,
    widths: [2],
    activation,
    loss: pseudoHuber,
    teacher: () => label,
    regularization: 0.02,
    deeperRegularization: 1e-2,
    nodesPerAxis: 16,
    frozen,
  });
  const start = initialParameters(stream.fork('example'), instance.risk.layout);
  const { shift, outputShift, outputWeights } = instance.risk.layout;
  start.fill(0, shift.start, shift.start + 2);
  start[outputShift.start] = 0;
  start.fill(1, outputWeights.start, outputWeights.start + 2);
  const placed = { ...instance, start };
  return example(placed, methodOf(placed, trustRegion()));
}

/**
 * Inputs ±1: sin(b ± w) is the same at both for w = π, so that a minimum is near there; Gaussian inputs have none.
 */
export function signInputs(stream: RandomStream, gaussian: boolean): Example {
  const problem = {
    ...nothingRelevant,
    inputDimension: 1,
    widths: [1],
    activation: sine,
    loss: pseudoHuber,
    teacher: () => 2,
    regularization: 0.01,
    deeperRegularization: 0.3,
    nodesPerAxis: 24,
  };
  const instance = jointInstance(stream, problem);
  const draws = stream.fork('well');
  const start = Float64Array.of(
    Math.PI + 0.1 * draws.gaussian(),
    -Math.PI / 2 + 0.1 * draws.gaussian(),
    1,
    1,
  );
  if (gaussian) {
    const placed = { ...instance, start };
    return example(placed, methodOf(placed, trustRegion()));
  }
  const signs = { points: Float64Array.of(-1, 1), weights: Float64Array.of(0.5, 0.5) };
  const risk = gaussianRisk({ ...problem, arrange: () => signs });
  const placed = { ...instance, start, risk, certificate: ownCertificate(stream, risk) };
  return example(placed, (own) => trustRegion().minimize(own, risk, start, halved(placed)));
}

/** A saddle of all parameters with W⊥ of order one, by plain gradient descent or by a method of second order. */
export function saddleExample(stream: RandomStream, secondOrder: boolean): Example {
  const network = perturbedNetwork(stream, {
    depth: 1,
    activation: sine,
    ignored: 3,
    regularization: 0.2,
    onSaddle: true,
  });
  const { risk, start } = network;
  const instance: JointInstance = {
    ...jointInstance(stream, {
      ...nothingRelevant,
      inputDimension: 3,
      widths: [1],
      activation: sine,
      loss: pseudoHuber,
      teacher: () => 1,
      regularization: 0.2,
      nodesPerAxis: 8,
    }),
    risk,
    start,
    certificate: ownCertificate(stream, risk),
  };
  const optimizer = secondOrder ? trustRegion() : unperturbedDescent(network);
  return example(instance, (own) => optimizer.minimize(own, risk, start, halved(instance)));
}

/**
 * A teacher He₄ of one direction and one unit of He₂ or of He₄, trained with everything else.
 *
 * The He₄ unit starts along the teacher, since from elsewhere it may learn nothing as well.
 */
export function recoveryExample(stream: RandomStream, ignored: number, degree: 2 | 4): Example {
  const instance = jointInstance(stream, {
    relevantDimension: 1,
    relevantLaw: gaussianGrid(12, 1),
    inputDimension: 1 + ignored,
    widths: [1],
    activation: hermite(degree),
    loss: squared,
    teacher: indexTeacher([hermite(4)]).label,
    regularization: 0.05 + 0.1 * stream.fork('regularization').uniform(),
    deeperRegularization: 0.1,
    nodesPerAxis: 12,
  });
  const { layout } = instance.risk;
  const start = initialParameters(stream.fork('small'), layout, 0.3);
  if (degree === 4) {
    start[layout.relevant.start] = 1;
    start[layout.outputWeights.start] = 1;
  }
  const placed = { ...instance, start };
  return example(placed, methodOf(placed, trustRegion()));
}

/** Gradient steps of fixed size and number, said to have arrived. */
export function fixedSteps(instance: JointInstance, steps: number): Method {
  const optimizer = gradientDescent({ stepSize: 0.1, stepLimit: steps });
  return (stream) => ({ ...methodOf(instance, optimizer)(stream), outcome: 'reached' });
}

function example(instance: JointInstance, method: Method): Example {
  return { instance, method, identity: () => [] };
}

function halved({ goal }: JointInstance) {
  return {
    gradientTolerance: goal.gradientTolerance / 2,
    curvatureTolerance: goal.curvatureTolerance / 2,
  };
}

/** What a risk's own derivatives say of a point, the law of its nodes taken as that of the inputs. */
function ownCertificate(
  stream: RandomStream,
  risk: NetworkRisk,
): (point: Float64Array) => PointCertificate | string {
  const exact: NetworkRisk = {
    ...risk,
    expectationErrorAt: () => ({ weightGradient: 0, shiftHessian: 0, method: 'closed-form' }),
  };
  return (point) => {
    const measured = certify(stream, risk, point);
    const lemma = lemmaCertificate(exact, point);
    if (measured.outcome !== 'measured') return measured.outcome;
    if (lemma.outcome !== 'certified') return lemma.outcome;
    return {
      gradientNorm: measured.gradientNorm,
      lowestCurvature: measured.curvature.atLeast,
      bound: lemma.bound,
      proven: false,
    };
  };
}
