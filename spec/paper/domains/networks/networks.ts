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
import {
  discoverStructure,
  firstLayerSpectrum,
} from '../../../../src/applications/networks/study/discoverStructure.ts';
import { lemmaBound } from '../../../../src/lemma/lemmaBound.ts';
import type { LemmaCertificate } from '../../../../src/lemma/lemmaCertificate.ts';
import type { NodeSet } from '../../../../src/lemma/nodeExpectation.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { choice, type Domain, integer, map, record, streams } from '../../../../src/papers/claims/domain.ts';

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

/** Teachers whose labels stay in [−1, 1]. */
const tameTeachers = {
  tanh: indexTeacher([tanh]),
  sine: indexTeacher([sine]),
  'two tanh': indexTeacher([tanh, tanh]),
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

export interface NetworkDomainOptions {
  readonly deepest: number;
  readonly widest: number;
  /** λ is 10^{−e}, e uniform in this range. */
  readonly exponents: readonly [number, number];
  /** Largest d − k. @defaultValue 1 */
  readonly mostIrrelevant?: number;
  /** Whether networks with one layer may have Hermite activations. @defaultValue true */
  readonly polynomials?: boolean;
  /**
   * `first`: one network in 20 has a first layer of width 64. `giants`: and one in 200 six layers of that width.
   * @defaultValue 'none'
   */
  readonly wide?: 'none' | 'first' | 'giants';
  /** Labels in [−1, 1] only. @defaultValue false */
  readonly tame?: boolean;
}

/** Points that make the law of the relevant inputs: 8 on a line, 16 in the plane. */
function relevantLaw(k: number): NodeSet {
  return gaussianGrid(k === 1 ? 8 : 4, k);
}

/** Gauss–Hermite nodes an axis for the irrelevant inputs: enough where a descent ends, with W⊥ small. */
const irrelevantPerAxis = (irrelevantDimension: number) => (irrelevantDimension === 1 ? 10 : 6);

/** Networks of every depth up to the deepest, every activation, loss and teacher; everything trained. */
export function networks(options: NetworkDomainOptions): Domain<NetworkInstance> {
  const {
    deepest,
    widest,
    exponents,
    mostIrrelevant = 1,
    polynomials = true,
    tame = false,
    wide = 'none',
  } = options;
  return map(
    record({
      depth: integer(1, deepest),
      width: integer(2, widest),
      deep: choice<Activation>(deepActivations),
      shallow: choice<Activation>(polynomials ? shallowActivations : deepActivations),
      loss: choice<Loss>(everyLoss),
      teacher: choice<Teacher>(tame ? tameTeachers : teachers),
      irrelevantDimension: integer(1, mostIrrelevant),
      exponent: integer(0, 1000),
      stream: streams(),
    }),
    ({ depth, width, deep, shallow, loss, teacher, irrelevantDimension, exponent, stream }) => {
      // Drawn from the stream, since the ends of an integer's range are drawn more often than their share.
      const size = stream.fork('size').integer(1, 200);
      const giant = wide === 'giants' && size === 200;
      const first = wide !== 'none' && size > 190 ? 64 : width;
      return networkInstance({
        widths: giant
          ? [64, 64, 64, 64, 64, 64]
          : Array.from({ length: depth }, (_, l) => (l === 0 ? first : stream.integer(2, width))),
        activation: depth === 1 && !giant ? shallow : deep,
        loss,
        teacher,
        irrelevantDimension,
        regularization: 10 ** -(exponents[0] + ((exponents[1] - exponents[0]) * exponent) / 1000),
        accuracy: 10 ** -(2 + stream.fork('accuracy').uniform()),
        stream,
      });
    },
  );
}

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

/** x⊥ = ±1 in place of Gaussian: the two-node rule, taken as the law. */
export function signNodes(instance: NetworkInstance): Partial<NetworkRiskOptions> {
  const { nodes } = nodesOf(instance, 2);
  return { nodes, refinedNodes: nodes, alternateNodes: nodes };
}

/** Many more nodes for x⊥, for points where W⊥ is not small. */
export function fineNodes(instance: NetworkInstance): Partial<NetworkRiskOptions> {
  return nodesOf(instance, instance.irrelevantDimension === 1 ? 48 : 20);
}

/**
 * Whether other nodes, twice as many or one more an axis, change the derivatives at x by less than a hundredth of
 * their size. Where they do not, the change is no estimate of the error and the expectation is not known.
 */
export function isResolved(risk: NetworkRisk, x: Float64Array): boolean {
  const error = risk.expectationErrorAt(x);
  const hessian = risk.shiftHessianInto(new Float64Array(risk.shift.length ** 2), x);
  const gradient = risk.gradientInto(new Float64Array(risk.dimension), x).subarray(0, risk.shift.start);
  return (
    error.weightGradient <= Math.hypot(...gradient) / 100 &&
    error.shiftHessian <= Math.hypot(...hessian) / 100
  );
}

/** A descent to a certified point, summarised for claims. */
export interface Discovery {
  readonly point: Float64Array;
  readonly norm: number;
  readonly startNorm: number;
  /** ρ/(2λ − γ) for the promised λ; infinite where nothing is certified. */
  readonly bound: number;
  readonly curvatureDeficit: number;
  readonly spectrum: readonly number[];
  readonly nodeCount: number;
  /** Root mean square over the law of the inputs of the difference of two predictions. */
  rootMeanSquare(first: Float64Array, second: Float64Array): number;
}

/** Descends from the instance's start by a trust region and certifies where it ends. */
export function discovery(instance: NetworkInstance, risk: NetworkRisk, promised: number): Discovery {
  const start = instance.start(risk);
  const goal = { gradientTolerance: instance.accuracy * promised, curvatureTolerance: promised / 4 };
  const optimizer = trustRegion({ stepLimit: 400 });
  const found = discoverStructure(instance.stream.fork('descent'), risk, start, { optimizer, goal });
  const { certificate, startNorm, spectrum, descent } = found;
  const { point } = descent;
  const norm = irrelevantNorm(risk.layout, point);
  const certified = certificate.outcome === 'certified';
  return {
    point,
    norm,
    startNorm,
    spectrum,
    ...certifiedPart(certified ? certificate : undefined, promised),
    ...overLaw(instance),
  };
}

/** The start, with the certificate of the point that a descent from it finds. */
export function undescended(
  instance: NetworkInstance,
  risk: NetworkRisk,
): Pick<Discovery, 'point' | 'spectrum'> {
  const point = instance.start(risk);
  return { point, spectrum: firstLayerSpectrum(risk.layout, point) };
}

function certifiedPart(certificate: LemmaCertificate | undefined, promised: number) {
  if (certificate === undefined) return { bound: Number.POSITIVE_INFINITY, curvatureDeficit: 0 };
  const { weightGradientNorm, curvatureDeficit } = certificate;
  return { bound: lemmaBound(weightGradientNorm, curvatureDeficit, promised), curvatureDeficit };
}

function overLaw(instance: NetworkInstance): Pick<Discovery, 'nodeCount' | 'rootMeanSquare'> {
  const { weights } = nodesOf(instance, irrelevantPerAxis(instance.irrelevantDimension)).nodes;
  return {
    nodeCount: weights.length,
    rootMeanSquare: (first, second) => {
      let total = 0;
      for (let n = 0; n < weights.length; n++) total += weights[n] * (first[n] - second[n]) ** 2;
      return Math.sqrt(total);
    },
  };
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
