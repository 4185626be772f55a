import {
  type Activation,
  erf,
  gelu,
  hermite,
  sine,
  smoothRelu,
  tanh,
} from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import {
  gemanMcClure,
  type Loss,
  logCosh,
  logistic,
  pseudoHuber,
  squared,
} from '../../../../src/applications/networks/model/losses.ts';
import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import { type LabelNoise, noiseless } from '../../../../src/applications/networks/risk/labelledNodes.ts';
import {
  type NetworkRisk,
  type NetworkRiskOptions,
  networkRisk,
} from '../../../../src/applications/networks/risk/networkRisk.ts';
import { productNodes, type RiskNodes } from '../../../../src/applications/networks/risk/productNodes.ts';
import {
  flipNoise,
  indexTeacher,
  signTeacher,
  type Teacher,
  twoPointNoise,
} from '../../../../src/applications/networks/risk/teacher.ts';
import { discoverStructure } from '../../../../src/applications/networks/study/discoverStructure.ts';
import { lemmaBound } from '../../../../src/lemma/lemmaBound.ts';
import type { LemmaCertificate } from '../../../../src/lemma/lemmaCertificate.ts';
import type { NodeSet } from '../../../../src/lemma/nodeExpectation.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** Bounded slopes: networks of any depth. Polynomials overflow when nested, so they stay at depth 1. */
export const deepActivations = {
  tanh,
  'smooth ReLU': smoothRelu(2),
  gelu,
  erf,
  sine,
};
export const shallowActivations = { ...deepActivations, 'He₂': hermite(2), 'He₃': hermite(3) };

export const everyLoss = {
  squared,
  'pseudo-huber': pseudoHuber,
  'log-cosh': logCosh,
  logistic,
  'geman-mcclure': gemanMcClure,
};

export const teachers: Readonly<Record<string, Teacher>> = {
  tanh: indexTeacher([tanh]),
  'He₂': indexTeacher([hermite(2)]),
  'He₃': indexTeacher([hermite(3)]),
  'He₄': indexTeacher([hermite(4)]),
  'smooth ReLU': indexTeacher([smoothRelu(2)]),
  'two tanh': indexTeacher([tanh, tanh]),
  'tanh and He₂': indexTeacher([tanh, hermite(2)]),
};

/** A network's problem, from which risks are built: the claim's own, or one with a hypothesis changed. */
export interface NetworkInstance {
  readonly depth: number;
  readonly widths: readonly number[];
  readonly activation: Activation;
  readonly loss: Loss;
  readonly teacher: Teacher;
  readonly irrelevantDimension: number;
  readonly regularization: number;
  /** ρ/λ: how stationary a point a descent is asked for. */
  readonly accuracy: number;
  readonly stream: RandomStream;
  risk(changes?: Partial<NetworkRiskOptions>): NetworkRisk;
  start(risk: NetworkRisk): Float64Array;
}

/** Points that make the law of the relevant inputs: 8 on a line, 16 in the plane. */
function relevantLaw(k: number): NodeSet {
  return gaussianGrid(k === 1 ? 8 : 4, k);
}

/** Gauss–Hermite nodes an axis for the irrelevant inputs: enough where a descent ends, with W⊥ small. */
const irrelevantPerAxis = (irrelevantDimension: number) => (irrelevantDimension === 1 ? 10 : 6);

/** The instance of given parts; where no accuracy is asked for, ρ = 10⁻⁵λ. */
export function networkInstance(
  parts: Pick<
    NetworkInstance,
    'widths' | 'activation' | 'loss' | 'teacher' | 'irrelevantDimension' | 'regularization' | 'stream'
  > & { readonly accuracy?: number },
): NetworkInstance {
  const { widths, activation, loss, irrelevantDimension, regularization, accuracy = 1e-5, stream } = parts;
  const teacher = loss.binaryLabels ? signTeacher(parts.teacher) : parts.teacher;
  const noise: LabelNoise = loss.binaryLabels
    ? flipNoise(0.1)
    : stream.fork('noise').uniform() < 0.5
      ? noiseless
      : twoPointNoise(0.2);
  const k = teacher.relevantDimension;
  return {
    ...parts,
    accuracy,
    teacher,
    depth: widths.length,
    risk: (changes = {}) =>
      networkRisk({
        inputDimension: k + irrelevantDimension,
        relevantDimension: k,
        widths,
        activation,
        loss,
        teacher: teacher.label,
        noise,
        regularization,
        // Nothing else is at stake in the lemma's blocks, and minimisers stay at finite distance.
        deeperRegularization: 1e-3,
        ...nodesOf({ teacher, irrelevantDimension }, irrelevantPerAxis(irrelevantDimension)),
        ...changes,
      }),
    start: (risk) => initialParameters(stream.fork('start'), risk.layout),
  };
}

function nodesOf(
  { teacher, irrelevantDimension }: Pick<NetworkInstance, 'teacher' | 'irrelevantDimension'>,
  perAxis: number,
): RiskNodes {
  const k = teacher.relevantDimension;
  return productNodes(relevantLaw(k), k, irrelevantDimension, perAxis);
}

/** A descent to a certified point, summarised for claims. */
export interface Discovery {
  readonly point: Float64Array;
  readonly norm: number;
  readonly startNorm: number;
  /** ρ/(2λ − γ) for the promised λ; infinite where nothing is certified. */
  readonly bound: number;
  readonly curvatureDeficit: number;
}

/** Descends from the instance's start by a trust region and certifies where it ends. */
export function discovery(instance: NetworkInstance, risk: NetworkRisk, promised: number): Discovery {
  const start = instance.start(risk);
  const goal = { gradientTolerance: instance.accuracy * promised, curvatureTolerance: promised / 4 };
  const optimizer = trustRegion({ stepLimit: 400 });
  const found = discoverStructure(instance.stream.fork('descent'), risk, start, { optimizer, goal });
  const { certificate, startNorm, descent } = found;
  const { point } = descent;
  const norm = irrelevantNorm(risk.layout, point);
  const certified = certificate.outcome === 'certified';
  return {
    point,
    norm,
    startNorm,
    ...certifiedPart(certified ? certificate : undefined, promised),
  };
}

function certifiedPart(certificate: LemmaCertificate | undefined, promised: number) {
  if (certificate === undefined) return { bound: Number.POSITIVE_INFINITY, curvatureDeficit: 0 };
  const { weightGradientNorm, curvatureDeficit } = certificate;
  return { bound: lemmaBound(weightGradientNorm, curvatureDeficit, promised), curvatureDeficit };
}

/** Smoothed ReLU networks on a tanh teacher. */
export function smoothReluInstance(sharpness: number, width: number, stream: RandomStream): NetworkInstance {
  return networkInstance({
    widths: [width],
    activation: smoothRelu(sharpness),
    loss: logCosh,
    teacher: teachers.tanh,
    irrelevantDimension: 1,
    regularization: 0.03,
    stream,
  });
}
