import { pointDirections } from '../../../../src/applications/embedding/points/pairDirections.ts';
import type { PointSet } from '../../../../src/applications/embedding/points/points.ts';
import { gaussianProjection } from '../../../../src/applications/embedding/points/randomProjections.ts';
import { IsotropicSampler } from '../../../../src/applications/embedding/theorem/isotropicSampler.ts';
import {
  type DerandomizedProjection,
  derandomizeProjection,
  type EstimatorStart,
  estimatorStart,
  type StartOptions,
} from '../../../../src/applications/embedding/theorem/pessimisticEstimator.ts';
import type { SamplerObjective } from '../../../../src/applications/embedding/theorem/samplerObjective.ts';
import { type Derandomized, derandomize } from '../../../../src/lemma/derandomize.ts';
import { rounding } from '../../../../src/numerics/base/tolerance.ts';
import type { Optimizer } from '../../../../src/numerics/optimize/optimizer.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { gaveUp } from '../../../../src/papers/claims/claim.ts';
import { atMost } from '../../../../src/papers/claims/comparison.ts';
import { atBestScale, worstDistortion } from './embedding.ts';
import type { ReducingSet } from './reducingSets.ts';

/** What a method makes of a point set: a matrix, and for a descent what is known of its end. */
export interface Reduction {
  /** Rows by rank. */
  readonly matrix: Float64Array;
  readonly found?: DerandomizedProjection;
  /** τ of the objective. */
  readonly smoothing?: number;
}

/** How the theorem's descent is changed. */
export interface Manner extends StartOptions {
  /** λ = 0. */
  readonly unregularized?: boolean;
  /** The union bound and the descent look at the points, not at their differences. */
  readonly points?: boolean;
}

/** The points of a set in the coordinates of its directions. */
export function spannedSet({ directions }: Pick<ReducingSet, 'directions'>): PointSet {
  const { points, pointCount, dimension } = directions;
  return { values: points, pointCount, dimension };
}

/** Theorem 5.5's descent, or a change of it. */
export function descend(
  stream: RandomStream,
  set: ReducingSet,
  optimizer: Optimizer,
  { unregularized = false, points = false, ...options }: Manner = {},
): Reduction {
  const directions = points ? pointDirections(spannedSet(set)) : set.directions;
  const start = estimatorStart(directions, set.distortion, options);
  const { options: sampler } = start.objective;
  const objective = unregularized
    ? new IsotropicSampler(directions, {
        embeddingDimension: sampler.embeddingDimension,
        distortion: sampler.distortion,
        smoothing: sampler.smoothing,
        regularization: 0,
      })
    : start.objective;
  const found = derandomizeProjection(stream, { objective, point: start.point }, optimizer);
  return { matrix: found.matrix, found, smoothing: sampler.smoothing };
}

/** The orthogonal projection to the k leading principal axes: `spannedPoints` orders them by variance. */
function principalAxes({ rows, directions }: ReducingSet): Float64Array {
  const matrix = new Float64Array(rows * directions.dimension);
  for (let i = 0; i < rows; i++) matrix[i * directions.dimension + i] = 1;
  return matrix;
}

/** A Gaussian matrix of as many rows. */
export function gaussianOf(stream: RandomStream, { rows, directions }: ReducingSet): Float64Array {
  return gaussianProjection(stream, rows, directions.dimension).values;
}

/** Null: the principal axes as they are, k rows. */
export function isometry(set: ReducingSet): Reduction {
  return { matrix: principalAxes(set) };
}

/** Null: the principal axes at the scale that is best for the pairs. */
export function scaledIsometry(set: ReducingSet): Reduction {
  return { matrix: atBestScale(spannedSet(set), principalAxes(set)) };
}

/** Null: a Gaussian matrix of k rows at the scale that is best for the pairs. */
export function scaledDraw(stream: RandomStream, set: ReducingSet): Reduction {
  return { matrix: atBestScale(spannedSet(set), gaussianOf(stream, set)) };
}

/** The name of the comparison that everything is about. */
export const worstOfMean = 'worst distortion of M over pairs';

/** The name of the comparison that the regularizer is for. */
const largestDeviation = 'largest σ against the smoothing';

/**
 * Theorem 5.5 at the end of a descent: the sum never rose, σ is below the lemma's bound, and M keeps every pair.
 *
 * @param operations roundings in a sum of violation probabilities
 */
export function keepsEveryPair(
  set: ReducingSet,
  { matrix, found, smoothing = 0 }: Reduction,
  operations: number,
) {
  const kept = distortionOf(set, matrix);
  if (found === undefined) return kept;
  const { descent, startValue, threshold, violationSum, deviation, weightNorm, weightBound } = found;
  if (descent.outcome === 'step-limit' || descent.outcome === 'non-finite') {
    return gaveUp(`the descent ended with ${descent.outcome}`);
  }
  const summed = rounding(operations, 1);
  return [
    atMost('f at the start against ½', startValue, 0.5, summed),
    atMost('f at the end against the start', descent.value, startValue, summed),
    atMost(largestDeviation, deviation, smoothing, exactly),
    atMost('norm of W against the lemma’s bound', weightNorm, weightBound, rounding(1000, weightNorm)),
    atMost('Σ p at the end against the threshold of a violation', violationSum, threshold, summed),
    rowsOf(set, matrix),
    kept,
  ];
}

/** A matrix, and for a single descent what is known of its end. */
export interface PerturbedReduction {
  /** Rows by rank. */
  readonly matrix: Float64Array;
  readonly end?: { readonly objective: SamplerObjective; readonly found: Derandomized };
}

/** Theorem 5.5 by one descent, at the tolerances that practical constants afford. */
export function descendOnce(
  stream: RandomStream,
  { objective, point }: EstimatorStart,
  optimizer: Optimizer,
): PerturbedReduction {
  const goal = { gradientTolerance: 0.3, curvatureTolerance: 1.8 * objective.regularization };
  const found = derandomize(stream, objective, point, optimizer, goal);
  return { matrix: found.shift, end: { objective, found } };
}

/** Theorem 5.5 at the end of one descent: the lemma's certificate holds, σ is below the smoothing, and M keeps every pair. */
export function keepsEveryPairAtOnce(set: ReducingSet, { matrix, end }: PerturbedReduction) {
  const kept = distortionOf(set, matrix);
  if (end === undefined) return kept;
  const { descent, certificate } = end.found;
  const { objective } = end;
  if (certificate.outcome !== 'certified') return gaveUp(certificate.outcome);
  const { violationSum, threshold } = objective.stateAt(descent.point);
  const { weightNorm, bound } = certificate;
  return [
    atMost('norm of W against the lemma’s bound', weightNorm, bound, rounding(1000, weightNorm)),
    atMost(largestDeviation, Math.abs(descent.point[0]), objective.options.smoothing, exactly),
    atMost('Σ p at the end against the threshold of a violation', violationSum, threshold, exactly, {
      steps: descent.steps,
    }),
    rowsOf(set, matrix),
    kept,
  ];
}

function distortionOf(set: ReducingSet, matrix: Float64Array) {
  return atMost(worstOfMean, worstDistortion(spannedSet(set), matrix), set.distortion, rounding(1000, 1));
}

/** M has as many rows as the union bound asks for: that these are fewer than the rank is a condition of the strata. */
function rowsOf({ rows, directions }: ReducingSet, matrix: Float64Array) {
  return atMost('rows of M against the union bound’s', matrix.length / directions.dimension, rows, exactly);
}

/** Both sides are far apart or the claim fails: nothing to forgive. */
const exactly = rounding(1, 0);
