import { nodeExpectation } from '../../../../src/lemma/nodeExpectation.ts';
import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { ridgeExpectation } from '../../../../src/lemma/ridgeExpectation.ts';
import { powerInto, quadratureProfile, sineProfile } from '../../../../src/lemma/ridgeProfile.ts';
import type { RidgeSum } from '../../../../src/lemma/ridgeSum.ts';
import { structuredObjective } from '../../../../src/lemma/structuredObjective.ts';
import { sharedEntries, spannedBy, type WeightStructure } from '../../../../src/lemma/weightStructure.ts';
import { blockSpectrum } from '../../../../src/numerics/optimize/certify/blockSpectrum.ts';
import type { DescentOutcome, StationarityGoal } from '../../../../src/numerics/optimize/optimizer.ts';
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

/** A random point with W in the structure, in the coordinates of the objective before the restriction. */
export function structuredPoint(
  stream: RandomStream,
  { objective, structure }: StructuredProblem,
): Float64Array {
  const restricted = structuredObjective(objective, structure);
  const y = gaussianInto(new Float64Array(restricted.dimension), stream);
  return restricted.expandInto(new Float64Array(objective.dimension), y);
}

/** Where a descent over the structure's parameters ended, and what is known there. */
export interface StructuredEnd {
  readonly outcome: DescentOutcome;
  /** ‖W‖_F. */
  readonly weightNorm: number;
  /** λ_min of the Hessian over all parameters that were trained, its error subtracted. */
  readonly trainedCurvature: number;
}

/** What a descent is asked for: ρ = 10⁻⁵λ and γ = λ/2. */
export function structuredGoal(regularization: number): StationarityGoal {
  return { gradientTolerance: 1e-5 * regularization, curvatureTolerance: regularization / 2 };
}

/** Descends over (s, b) to a second-order stationary point. */
export function structuredEnd(
  stream: RandomStream,
  problem: StructuredProblem,
  stepLimit = 400,
): StructuredEnd {
  const { objective, structure, tiedShift } = problem;
  const restricted = structuredObjective(objective, structure, tiedShift);
  const y = gaussianInto(new Float64Array(restricted.dimension), stream.fork('start'), 0.7);
  const goal = structuredGoal(objective.regularization);
  const { outcome, point } = trustRegion({ stepLimit }).minimize(stream.fork('descent'), restricted, y, goal);
  const joint = blockSpectrum(restricted, point, 0, restricted.dimension);
  return {
    outcome,
    // The basis is orthonormal, so the norm of W is that of its coordinates.
    weightNorm: Math.hypot(...point.subarray(0, structure.dimension)),
    trainedCurvature: joint.outcome === 'decomposed' ? joint.lowest - joint.error : Number.NEGATIVE_INFINITY,
  };
}
