import { type Activation, erf, sine, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { type Loss, logCosh, pseudoHuber } from '../../../../src/applications/networks/model/losses.ts';
import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import { gaussianRisk } from '../../../../src/applications/networks/risk/gaussianRisk.ts';
import { noiseless } from '../../../../src/applications/networks/risk/labelledNodes.ts';
import type { NetworkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { squashedRisk } from '../../../../src/applications/networks/risk/squashedRisk.ts';
import {
  flipNoise,
  signTeacher,
  type Teacher,
  twoPointNoise,
} from '../../../../src/applications/networks/risk/teacher.ts';
import {
  type JointProblem,
  jointCertificate,
} from '../../../../src/applications/networks/study/jointCertificate.ts';
import { lemmaBound } from '../../../../src/lemma/lemmaBound.ts';
import { rounding } from '../../../../src/numerics/base/tolerance.ts';
import type { StationarityGoal } from '../../../../src/numerics/optimize/optimizer.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { atLeast, atMost, type Comparison } from '../../../../src/papers/claims/comparison.ts';
import { choice, type Domain, integer, map, record, streams } from '../../../../src/papers/claims/domain.ts';
import { deepActivations, everyLoss, teachers } from './networks.ts';

/** A network on Gaussian ignored inputs, however many, with the ρ and γ that a descent is asked for. */
export interface JointInstance {
  readonly depth: number;
  readonly problem: JointProblem;
  readonly risk: NetworkRisk;
  readonly start: Float64Array;
  /** ρ and γ, over all parameters. */
  readonly goal: StationarityGoal;
  readonly stream: RandomStream;
  /** What is certain about a point; a string says what failed. */
  readonly certificate: (point: Float64Array) => PointCertificate | string;
}

/** The numbers of a certificate that comparisons are made of. */
export interface PointCertificate {
  readonly gradientNorm: number;
  readonly lowestCurvature: number;
  /** The lemma's own bound, of the W⊥-gradient and the Hessian block of b. */
  readonly bound: number;
  readonly proven: boolean;
}

/** Ends in [least, most]. */
type Range = readonly [number, number];

export interface JointDomainOptions {
  readonly depth: Range;
  /** Widths of the first layer: as many dimensions are integrated, or d − k where that is less. */
  readonly first: Range;
  /** d − k. */
  readonly ignored: Range;
  /** λ is 10^{−e}. */
  readonly exponents: Range;
  readonly activations?: Readonly<Record<string, Activation>>;
  readonly losses?: Readonly<Record<string, Loss>>;
  readonly teachers?: Readonly<Record<string, Teacher>>;
  /** Whether deeper weights are squashed, so that K exists. @defaultValue false */
  readonly squashed?: boolean;
  /** Points an axis of the law of x∥. @defaultValue 6 on a line, 4² in a plane */
  readonly relevantPerAxis?: number;
  /** Nodes an axis of W⊥x⊥ to begin with. @defaultValue 16 on one axis, 12 on two */
  readonly nodesPerAxis?: number;
  /** γ, in units of λ, below 2. @defaultValue ½ */
  readonly curvature?: number;
  /** Whether a certificate with an estimate in it is none. @defaultValue false */
  readonly provenOnly?: boolean;
}

/** Activations with a bound in every strip or a wide one, and bounded themselves: what can be enclosed. */
export const boundedActivations = { tanh, erf, sine };
export const smoothLosses = { 'pseudo-huber': pseudoHuber, 'log-cosh': logCosh };

/** Networks with random architectures, everything trained. */
export function jointNetworks(options: JointDomainOptions): Domain<JointInstance> {
  const { depth, first, ignored, exponents, squashed = false } = options;
  return map(
    record({
      depth: integer(...depth),
      first: integer(...first),
      ignored: integer(...ignored),
      activation: choice<Activation>(options.activations ?? deepActivations),
      loss: choice<Loss>(options.losses ?? everyLoss),
      teacher: choice<Teacher>(options.teachers ?? teachers),
      stream: streams(),
    }),
    (drawn) => {
      const { stream, loss, activation, ignored: irrelevant } = drawn;
      const link = loss.binaryLabels ? signTeacher(drawn.teacher) : drawn.teacher;
      const k = link.relevantDimension;
      const axes = Math.min(drawn.first, irrelevant);
      const exponent = exponents[0] + (exponents[1] - exponents[0]) * stream.fork('exponent').uniform();
      const widths = Array.from({ length: drawn.depth }, (_, l) =>
        l === 0 ? drawn.first : stream.integer(2, 5),
      );
      const noise = loss.binaryLabels
        ? flipNoise(0.1)
        : stream.fork('noise').uniform() < 0.5
          ? noiseless
          : twoPointNoise(0.2);
      return jointInstance(
        stream,
        {
          inputDimension: k + irrelevant,
          relevantDimension: k,
          widths,
          activation,
          loss,
          teacher: link.label,
          noise,
          regularization: 10 ** -exponent,
          // It is no part of the lemma's blocks, and keeps minimisers at a finite distance.
          deeperRegularization: 1e-2,
          relevantLaw: gaussianGrid(options.relevantPerAxis ?? (k === 1 ? 6 : 4), k),
          nodesPerAxis: options.nodesPerAxis ?? (axes === 1 ? 16 : 12),
          ...(squashed ? { weightBound: 0.8 + 0.4 * stream.fork('bound').uniform() } : {}),
        },
        options,
      );
    },
  );
}

/** The instance of a problem: ρ between 10⁻² and 10⁻³ of λ; with a K, √(Kρ) = γ. */
export function jointInstance(
  stream: RandomStream,
  given: JointProblem,
  { curvature = 0.5, provenOnly = false }: Pick<JointDomainOptions, 'curvature' | 'provenOnly'> = {},
): JointInstance {
  const { regularization } = given;
  const accuracy = 10 ** -(2 + stream.fork('accuracy').uniform());
  const curvatureTolerance = curvature * regularization;
  const risk = riskOf(given);
  const { hessianLipschitz } = risk;
  const gradientTolerance =
    hessianLipschitz === undefined ? accuracy * regularization : curvatureTolerance ** 2 / hessianLipschitz;
  const problem = { ...given, ...(hessianLipschitz === undefined ? {} : { hessianLipschitz }) };
  return {
    depth: given.widths.length,
    problem,
    certificate: (point) => {
      // Where no bound is proven the change of rules has to be small by itself: more nodes than a descent needs.
      const axes = Math.min(given.widths[0], given.inputDimension - given.relevantDimension);
      const finer = { ...problem, nodesPerAxis: axes === 1 ? 48 : 16 };
      const found = jointCertificate(stream.fork('certificate'), finer, point);
      if (found.outcome !== 'certified') return found.outcome;
      const { gradientNorm, lowestCurvature, lemma, proof } = found;
      if (provenOnly && proof !== 'proven') return 'it would be an estimate';
      return { gradientNorm, lowestCurvature, bound: lemma.bound, proven: proof === 'proven' };
    },
    risk,
    start: initialParameters(stream.fork('start'), risk.layout),
    goal: { gradientTolerance, curvatureTolerance },
    stream,
  };
}

/** The risk of a problem by rules of its number of nodes. */
export function riskOf(problem: JointProblem): NetworkRisk {
  const { weightBound, relevantLaw, relevantDimension: k, hessianLipschitz: _, ...rest } = problem;
  if (weightBound === undefined) return gaussianRisk({ ...rest, relevantDimension: k, relevantLaw });
  const relevantPerAxis = k === 0 ? 3 : Math.round(relevantLaw.weights.length ** (1 / k));
  return squashedRisk({ ...rest, relevantDimension: k, weightBound, relevantPerAxis });
}

/** What comparisons are called, since nulls and sabotages name them. */
export const said = {
  gradient: 'gradient norm over all parameters against ρ',
  curvature: 'lowest eigenvalue of the Hessian over all parameters against −γ',
  norm: 'norm of W⊥ against ρ/(2λ − γ)',
  measured: 'norm of W⊥ against the ρ_W/(2λ − γ) of its certificate',
  paper: 'norm of W⊥ against ρ/(2λ − √(Kρ))',
} as const;

/**
 * Whether a point is what it is said to be, a second-order stationary point jointly in all parameters, and how large
 * W⊥ is there against the theorem's bounds.
 */
export function atStationaryPoint(
  { problem, risk, start, goal, certificate }: JointInstance,
  point: Float64Array,
): readonly Comparison[] | string {
  const found = certificate(point);
  if (typeof found === 'string') return found;
  const { gradientTolerance: rho, curvatureTolerance: gamma } = goal;
  const { regularization: lambda, hessianLipschitz } = problem;
  const norm = irrelevantNorm(risk.layout, point);
  const slack = rounding(risk.dimension, norm);
  const numbers = {
    startNorm: irrelevantNorm(risk.layout, start),
    ignoredInputs: risk.weights.columns,
    proven: found.proven ? 1 : 0,
  };
  return [
    atMost(said.gradient, found.gradientNorm, rho, rounding(risk.dimension, rho), numbers),
    atLeast(said.curvature, found.lowestCurvature, -gamma, rounding(risk.dimension, gamma), numbers),
    atMost(said.norm, norm, lemmaBound(rho, gamma, lambda), slack, numbers),
    atMost(said.measured, norm, found.bound, slack, numbers),
    ...(hessianLipschitz === undefined
      ? []
      : [
          atMost(
            said.paper,
            norm,
            lemmaBound(rho, Math.sqrt(hessianLipschitz * rho), lambda),
            slack,
            numbers,
          ),
        ]),
  ];
}
