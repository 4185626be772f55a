import { gelu, smoothRelu, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { gemanMcClure, logCosh, pseudoHuber } from '../../../../src/applications/networks/model/losses.ts';
import { networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { crossedNodes } from '../../../../src/applications/networks/risk/productNodes.ts';
import { indexTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import { type NodeSet, nodeExpectation } from '../../../../src/lemma/nodeExpectation.ts';
import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { differenceAt, ridgeExpectation } from '../../../../src/lemma/ridgeExpectation.ts';
import {
  gemanMcClureInto,
  powerInto,
  quadratureProfile,
  type RidgeProfile,
  sineProfile,
} from '../../../../src/lemma/ridgeProfile.ts';
import type { RidgeSum } from '../../../../src/lemma/ridgeSum.ts';
import { gaussHermite } from '../../../../src/numerics/quadrature/gaussHermite.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import { gaussianTrapezoid } from '../../../../src/numerics/quadrature/gaussianTrapezoid.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { type Domain, integer, map, oneOf, record, streams } from '../../../../src/papers/claims/domain.ts';
import { signCorners } from './signCorners.ts';

/** One randomized objective in its Gaussian form and, for sabotage, with inputs ±1 of the same covariance. */
export interface SmoothFamily {
  readonly family: string;
  /** Hidden layers of a network; 0 for a ridge sum. */
  readonly depth: number;
  readonly regularization: number;
  readonly gaussian: (regularization: number) => RandomizedObjective;
  readonly signs: (regularization: number) => RandomizedObjective;
  /** A random point, weights of the stated deviation. */
  readonly point: (stream: RandomStream, objective: RandomizedObjective) => Float64Array;
}

/** Terms whose expectations are exact, or nearly: powers up to 4 by 4 nodes, the bounded loss has poles near the axis. */
const powers = [1, 2, 3, 4].map((degree) =>
  quadratureProfile(`power ${degree}`, powerInto(degree), gaussHermite(4)),
);
export const gemanMcClureProfile: RidgeProfile = {
  ...quadratureProfile('Geman–McClure', gemanMcClureInto, gaussianTrapezoid(0.1), [
    gaussianTrapezoid(0.2),
    gaussianTrapezoid(0.2, 0.05),
  ]),
  // |ψ‴| = |24t(t² − 1)|/(1 + t²)⁴ is largest, 4.669, at t = tan(π/10).
  thirdDerivativeBound: 4.67,
};

const profilesOf: Readonly<Record<string, readonly RidgeProfile[]>> = {
  trigonometric: [sineProfile],
  polynomial: powers,
  quadratic: [powers[1]],
  'Geman–McClure': [gemanMcClureProfile],
};

/** A random sum Σ c ψ(ω·u + φ) of the given profiles. */
export function randomRidgeSum(
  stream: RandomStream,
  inputs: number,
  count: number,
  profiles: readonly RidgeProfile[],
  trainPhases = true,
): RidgeSum {
  const terms = Array.from({ length: count }, (_, j) => {
    const own = stream.fork(`term ${j}`);
    return {
      profile: profiles[own.integer(0, profiles.length - 1)],
      coefficient: own.gaussian(),
      direction: gaussianInto(new Float64Array(inputs), own, 1 / Math.sqrt(inputs)),
      phase: own.gaussian(),
    };
  });
  return { inputs, terms, trainPhases };
}

const familyNames = ['trigonometric', 'polynomial', 'quadratic', 'Geman–McClure', 'network'] as const;
type FamilyName = (typeof familyNames)[number];

/** Which of the smooth families are drawn; all by default. */
export interface SmoothClass {
  readonly families?: readonly FamilyName[];
  /** Least number of rows and of columns; 1 by default. */
  readonly least?: number;
  /** Least and greatest depth of a network; 1 and 6 by default. */
  readonly depths?: readonly [least: number, most: number];
}

/** Every smooth family the lemma is tried on: ridge sums in closed form or by quadrature, networks of depth 1 to 6. */
export function smoothFamilies(
  largest: number,
  { families = familyNames, least = 1, depths = [1, 6] }: SmoothClass = {},
): Domain<SmoothFamily> {
  const fields = record({
    family: oneOf(...families),
    rows: integer(least, largest),
    columns: integer(least, largest),
    terms: integer(1, 6),
    depth: integer(...depths),
    stream: streams(),
  });
  return map(fields, ({ family, rows, columns, terms, depth, stream }): SmoothFamily => {
    const regularization = 10 ** (-3 + 3 * stream.fork('regularization').uniform());
    if (family === 'network')
      return randomNetwork(stream.fork('network'), rows, columns, depth, regularization);
    const sum = randomRidgeSum(stream.fork('sum'), rows, terms, profilesOf[family]);
    return {
      family,
      depth: 0,
      regularization,
      gaussian: (lambda) => ridgeExpectation(sum, columns, lambda),
      signs: (lambda) => nodeExpectation(sum, columns, lambda, signCorners(columns)),
      point: (own, objective) =>
        gaussianInto(new Float64Array(objective.dimension), own, 1 / Math.sqrt(columns)),
    };
  });
}

/**
 * Rules for a network's ignored inputs: the one that is used, then two coarser ones whose changes estimate its error.
 *
 * Errors of the trapezoidal rule alternate in sign with half a step, so that the two changes do not vanish together.
 */
function inputRules(dimension: number): readonly [NodeSet, NodeSet, NodeSet] {
  const [step, coarser] = dimension === 1 ? [0.08, 0.1] : [0.25, 0.3];
  const grid = (width: number, offset: number): NodeSet => {
    const { nodes, weights } = gaussianTrapezoid(width, offset * width);
    const axis = { points: nodes, weights };
    return dimension === 1 ? axis : crossedNodes(axis, 1, axis, 1);
  };
  return [grid(step, 0), grid(coarser, 0), grid(coarser, 0.25)];
}

/** The objective with the error of its expectation estimated against coarser versions of it. */
function estimatedAgainst(
  objective: RandomizedObjective,
  coarser: readonly RandomizedObjective[],
): RandomizedObjective {
  return {
    ...objective,
    expectationErrorAt: (x) => {
      const changes = coarser.map((version) => differenceAt(objective, version, x));
      return {
        weightGradient: Math.hypot(...changes.map((change) => change.weightGradient)),
        shiftHessian: Math.hypot(...changes.map((change) => change.shiftHessian)),
        method: 'quadrature',
      };
    },
  };
}

/** The classes on which the lemma is judged by name, each with its families. */
export function smoothStrata<S extends { readonly family: SmoothFamily }>(largest: number) {
  const stratum = (quota: number, only: SmoothClass, when?: (scope: S) => boolean) => ({
    quota,
    let: { family: smoothFamilies(largest, only) },
    ...(when === undefined ? {} : { when }),
  });
  return {
    'a trigonometric sum': stratum(2, { families: ['trigonometric'] }),
    'a polynomial': stratum(2, { families: ['polynomial'] }),
    'a quadratic': stratum(1, { families: ['quadratic'] }),
    'a bounded loss that is not convex': stratum(2, { families: ['Geman–McClure'] }),
    'a network of one or two layers': stratum(2, { families: ['network'], depths: [1, 2] }),
    'a network of three to six layers': stratum(
      3,
      { families: ['network'], depths: [3, 6] },
      ({ family }) => family.depth >= 3,
    ),
    'four rows and columns or more': stratum(2, {
      families: ['trigonometric', 'polynomial', 'quadratic', 'Geman–McClure'],
      least: 4,
    }),
  };
}

function randomNetwork(
  stream: RandomStream,
  width: number,
  columns: number,
  depth: number,
  regularization: number,
): SmoothFamily {
  // Two ignored inputs are twenty times as many nodes as one: one network in eight has two.
  const ignored = columns > 7 ? 2 : 1;
  const relevantDimension = stream.integer(0, 1);
  const inputDimension = relevantDimension + ignored;
  // The law of the relevant inputs may be any; this one is taken as it is.
  const law = gaussianGrid(4, relevantDimension);
  const losses = [gemanMcClure, pseudoHuber, logCosh];
  const activations = [tanh, gelu, smoothRelu(2)];
  const options = {
    inputDimension,
    relevantDimension,
    widths: [width, ...Array.from({ length: depth - 1 }, () => stream.integer(1, 6))],
    activation: activations[stream.integer(0, 2)],
    loss: losses[stream.integer(0, 2)],
    teacher: relevantDimension === 0 ? () => 1 : indexTeacher([tanh]).label,
  };
  const build = (lambda: number, ignoredNodes: NodeSet): RandomizedObjective => {
    const nodes = crossedNodes(law, relevantDimension, ignoredNodes, ignored);
    return networkRisk({ ...options, regularization: lambda, nodes, refinedNodes: nodes });
  };
  return {
    family: 'network',
    depth,
    regularization,
    gaussian: (lambda) => {
      const [fine, ...coarser] = inputRules(ignored);
      return estimatedAgainst(
        build(lambda, fine),
        coarser.map((nodes) => build(lambda, nodes)),
      );
    },
    signs: (lambda) => build(lambda, signCorners(ignored)),
    point: (own, objective) => gaussianInto(new Float64Array(objective.dimension), own, 0.5),
  };
}
