import type { RatioRange } from '../points/extremePairs.ts';
import type { ProjectionMatrix } from '../points/points.ts';
import type { ProjectionBaselines } from './baselines.ts';

/**
 * How an embedding came about.
 *
 * - `optimized`: by descent, within the time budget.
 * - `isometric`: the points span at most k dimensions, so an isometry exists and is returned.
 * - `trivial`: no two points differ, so every matrix will do.
 */
export type EmbeddingOutcome = 'optimized' | 'isometric' | 'trivial';

/** A matrix that embeds points, with its distortion. */
export interface Embedding {
  readonly outcome: EmbeddingOutcome;
  /**
   * k rows, one column a coordinate, scale included: the image of x is matrix times x. Never more rows than
   * min(n − 1, d), which an isometry needs at most: further ones would be zeros.
   */
  readonly matrix: ProjectionMatrix;
  /**
   * max | |M(x_i − x_j)|²/|x_i − x_j|² − 1 | over every pair of different points, evaluated in float64; over a sample
   * of the pairs where `sample` is there.
   */
  readonly distortion: number;
  /** The two ends of those ratios. */
  readonly ratios: RatioRange;
  /** Descents started. */
  readonly starts: number;
  /** What the matrix was held against, on the same pairs: its distortion is no larger than any of them. */
  readonly baselines: ProjectionBaselines;
  /** Where not every pair could be looked at in time: distortion and ratios are those of a sample. */
  readonly sample?: SampleBound;
}

/** What a sample says of the pairs that are not in it. */
export interface SampleBound {
  /** Pairs drawn. */
  readonly pairs: number;
  /** With the confidence, at most this share of all pairs has a ratio beyond those of the sample. */
  readonly worseShare: number;
  readonly confidence: number;
}
