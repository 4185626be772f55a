import type { RatioRange } from '../points/extremePairs.ts';

/** A matrix with what a pass over every pair has told of it. */
export interface MeasuredMatrix {
  /** k·dimension, row-major, at any scale. */
  readonly matrix: Float64Array;
  readonly distortion: number;
  /** The ends of its ratios, over every pair. */
  readonly range: RatioRange;
}
