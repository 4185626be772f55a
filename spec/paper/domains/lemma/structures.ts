import { nodeExpectation } from '../../../../src/lemma/nodeExpectation.ts';
import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { ridgeExpectation } from '../../../../src/lemma/ridgeExpectation.ts';
import { powerInto, quadratureProfile, sineProfile } from '../../../../src/lemma/ridgeProfile.ts';
import type { RidgeSum } from '../../../../src/lemma/ridgeSum.ts';
import {
  type StructuredCertificate,
  structuredCertificate,
} from '../../../../src/lemma/structuredCertificate.ts';
import { type StructuredObjective, structuredObjective } from '../../../../src/lemma/structuredObjective.ts';
import { sharedEntries, spannedBy, type WeightStructure } from '../../../../src/lemma/weightStructure.ts';
import { blockSpectrum } from '../../../../src/numerics/optimize/certify/blockSpectrum.ts';
import type { DescentOutcome } from '../../../../src/numerics/optimize/optimizer.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussHermite } from '../../../../src/numerics/quadrature/gaussHermite.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { signCorners } from './signCorners.ts';
import { gemanMcClureProfile, randomRidgeSum } from './smoothFamilies.ts';

type Maker = (stream: RandomStream, rows: number, columns: number) => WeightStructure;

/** The structures that first layers have in practice, and a subspace without any pattern. */
export const structureMakers = {
  'sparsity mask': (stream, rows, columns) => {
    const kept = Array.from({ length: rows * columns }, () => stream.uniform() < 0.5);
    kept[stream.integer(0, kept.length - 1)] = true;
    const group = kept.map((keep, e) => (keep ? kept.slice(0, e).filter(Boolean).length : -1));
    return sharedEntries(rows, columns, (i, j) => group[i * columns + j]);
  },
  'diagonal blocks': (_, rows, columns) => {
    const [half, middle] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
    const inside = (i: number, j: number): boolean => i < half === j < middle;
    const order = Array.from({ length: rows * columns }, (__, e) => e).filter((e) =>
      inside(Math.floor(e / columns), e % columns),
    );
    return sharedEntries(rows, columns, (i, j) => order.indexOf(i * columns + j));
  },
  Toeplitz: (_, rows, columns) => sharedEntries(rows, columns, (i, j) => i - j + columns - 1),
  convolution: (stream, rows, columns) => circularFilter(rows, columns, stream.integer(1, columns)),
  'tied rows': (_, rows, columns) => sharedEntries(rows, columns, (i, j) => Math.floor(i / 2) * columns + j),
  'random subspace': (stream, rows, columns) => {
    const count = stream.integer(1, Math.max(1, Math.floor((rows * columns) / 2)));
    const spanning = Array.from({ length: count }, () =>
      gaussianInto(new Float64Array(rows * columns), stream),
    );
    return spannedBy(rows, columns, spanning);
  },
} satisfies Record<string, Maker>;

export type StructureName = keyof typeof structureMakers;

/** One filter at every position of a circle: W_ij is entry (j − i) mod d of the filter, zero past its length. */
function circularFilter(rows: number, columns: number, length: number): WeightStructure {
  return sharedEntries(rows, columns, (i, j) => {
    const offset = (((j - i) % columns) + columns) % columns;
    return offset < length ? offset : -1;
  });
}

/** A structured problem: its objective before the restriction, the subspace, and what else is tied. */
export interface StructuredProblem {
  readonly structure: WeightStructure;
  readonly objective: RandomizedObjective;
  /** The same with inputs ±1. */
  readonly signs: RandomizedObjective;
  /** The subspace that b is kept in; all of it is free where this is absent. */
  readonly tiedShift?: WeightStructure;
}

/** A random bounded g, trigonometric or of Geman–McClure terms, over a first layer of the named structure. */
export function structuredProblem(stream: RandomStream, name: StructureName): StructuredProblem {
  const rows = stream.integer(2, 7);
  const columns = name === 'convolution' ? stream.integer(rows, 7) : stream.integer(2, 7);
  const profiles = stream.uniform() < 0.5 ? [sineProfile] : [gemanMcClureProfile];
  const sum = randomRidgeSum(stream.fork('sum'), rows, stream.integer(2, 6), profiles, false);
  const structure = structureMakers[name](stream.fork('structure'), rows, columns);
  return { structure, ...bothInputs(sum, columns, 10 ** (-2 + 1.5 * stream.fork('λ').uniform())) };
}

/**
 * A convolution whose bias is one number for all positions, as in practice, under a g that sees differences of
 * neighbouring positions only.
 *
 *     g(u) = Σ_i ((u_i − u_{i+1})² − 1)²
 *
 * No shift of all positions at once changes g, so the tied bias says nothing of its curvature.
 */
export function tiedBiasProblem(stream: RandomStream): StructuredProblem {
  const size = stream.integer(3, 6);
  const rule = gaussHermite(4);
  const [square, fourth] = [2, 4].map((degree) =>
    quadratureProfile(`power ${degree}`, powerInto(degree), rule),
  );
  const terms = Array.from({ length: size }, (_, i) => {
    const direction = Float64Array.from({ length: size }, (__, j) =>
      j === i ? 1 : j === (i + 1) % size ? -1 : 0,
    );
    return [
      { profile: fourth, coefficient: 1, direction, phase: 0 },
      { profile: square, coefficient: -2, direction, phase: 0 },
    ];
  }).flat();
  return {
    structure: circularFilter(size, size, 2),
    ...bothInputs({ inputs: size, terms, trainPhases: false }, size, 0.05),
    tiedShift: sharedEntries(size, 1, () => 0),
  };
}

function bothInputs(
  sum: RidgeSum,
  columns: number,
  regularization: number,
): Pick<StructuredProblem, 'objective' | 'signs'> {
  return {
    objective: ridgeExpectation(sum, columns, regularization),
    signs: nodeExpectation(sum, columns, regularization, signCorners(columns)),
  };
}

/** Where a descent over the structure's parameters ended, and what is known there. */
export interface StructuredEnd {
  readonly outcome: DescentOutcome;
  readonly start: Float64Array;
  readonly point: Float64Array;
  readonly certificate: StructuredCertificate | undefined;
  /** λ_min of the Hessian over the parameters that were trained, its error subtracted. */
  readonly lowestTrainedCurvature: number;
  /** γ as the trained shifts alone show it. */
  readonly trainedDeficit: number;
}

/** Descends over (s, b) to a second-order stationary point with ‖∇‖ ≤ 10⁻⁵λ, and certifies it. */
export function structuredEnd(stream: RandomStream, problem: StructuredProblem): StructuredEnd {
  const { objective, structure, tiedShift } = problem;
  const restricted = structuredObjective(objective, structure, tiedShift);
  const lambda = objective.regularization;
  const y = gaussianInto(new Float64Array(restricted.dimension), stream.fork('start'), 0.7);
  const goal = { gradientTolerance: 1e-5 * lambda, curvatureTolerance: lambda / 2 };
  const descent = trustRegion({ stepLimit: 400 }).minimize(stream.fork('descent'), restricted, y, goal);
  const full = (from: Float64Array): Float64Array =>
    restricted.expandInto(new Float64Array(objective.dimension), from);
  const point = full(descent.point);
  const certificate = structuredCertificate(objective, structure, point);
  return {
    outcome: descent.outcome,
    start: full(y),
    point,
    certificate: certificate.outcome === 'certified' ? certificate : undefined,
    ...trainedCurvature(restricted, descent.point, structure.dimension),
  };
}

function trainedCurvature(
  restricted: StructuredObjective,
  y: Float64Array,
  weights: number,
): Pick<StructuredEnd, 'lowestTrainedCurvature' | 'trainedDeficit'> {
  const joint = blockSpectrum(restricted, y, 0, restricted.dimension);
  const shift = blockSpectrum(restricted, y, weights, restricted.dimension - weights);
  return {
    lowestTrainedCurvature:
      joint.outcome === 'decomposed' ? joint.lowest - joint.error : Number.NEGATIVE_INFINITY,
    trainedDeficit:
      shift.outcome === 'decomposed' ? Math.max(0, shift.error - shift.lowest) : Number.POSITIVE_INFINITY,
  };
}
