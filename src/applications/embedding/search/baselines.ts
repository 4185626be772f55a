import type { RandomStream } from '../../../numerics/random/stream.ts';
import { distortionOf, ratioRange } from '../points/extremePairs.ts';
import type { PointFrame } from '../points/pairBlocks.ts';
import type { PrincipalCoordinates } from '../points/principalCoordinates.ts';
import { gaussianProjection } from '../points/randomProjections.ts';
import type { MeasuredMatrix } from './measuredMatrix.ts';

/** What an embedding is held against: projections that do not look at distortion, each at its best scale. */
export interface ProjectionBaselines {
  /** Smallest worst distortion of the Gaussian matrices. */
  readonly gaussianBest: number;
  readonly gaussianMean: number;
  /** Gaussian matrices drawn, at least 1. */
  readonly gaussianTrials: number;
  /** Worst distortion of the projection to the principal axes; 1 where a pair collapses. */
  readonly pca: number;
}

/** A distortion up to which distances count as kept: half of the digits, for points of very different scales. */
export const isometric = Math.sqrt(Number.EPSILON);

/** Most Gaussian matrices drawn. */
const mostTrials = 100;

/**
 * The projection to the leading principal axes; zero rows where the points span fewer. With as many rows as
 * coordinates it is the identity, which is exact whatever a decomposition lost.
 *
 * @returns k·d entries, row-major
 */
export function principalMatrix(axes: Float64Array, d: number, k: number): Float64Array {
  const matrix = new Float64Array(k * d);
  if (k < d) matrix.set(axes.subarray(0, Math.min(axes.length, matrix.length)));
  else for (let c = 0; c < d; c++) matrix[c * d + c] = 1;
  return matrix;
}

/** The same, measured. */
export function measuredPrincipal(
  frame: PointFrame,
  { axes }: PrincipalCoordinates,
  k: number,
): MeasuredMatrix {
  return measuredMatrix(frame, principalMatrix(axes, frame.dimension, k), k);
}

/**
 * Draws Gaussian matrices, a hundred at most, and measures each.
 *
 * @param mayGoOn asked before every matrix but the first
 * @returns the best of them and what they attain
 * Cost: one pass over every pair a matrix.
 */
export function measuredGaussians(
  stream: RandomStream,
  frame: PointFrame,
  k: number,
  mayGoOn: () => boolean,
): { readonly best: MeasuredMatrix; readonly baselines: Omit<ProjectionBaselines, 'pca'> } {
  const draw = (trial: number): MeasuredMatrix =>
    measuredMatrix(frame, gaussianProjection(stream.fork(trial), k, frame.dimension).values, k);
  let best = draw(0);
  let total = best.distortion;
  let count = 1;
  for (; count < mostTrials && mayGoOn(); count++) {
    const drawn = draw(count);
    total += drawn.distortion;
    if (drawn.distortion < best.distortion) best = drawn;
  }
  const baselines = {
    gaussianBest: best.distortion,
    gaussianMean: total / count,
    gaussianTrials: count,
  };
  return { best, baselines };
}

function measuredMatrix(frame: PointFrame, matrix: Float64Array, k: number): MeasuredMatrix {
  const range = ratioRange(frame, matrix, k);
  return { matrix, distortion: distortionOf(range), range };
}
