import type { RatioRange } from '../points/extremePairs.ts';
import type { ProjectionMatrix } from '../points/points.ts';

/** A matrix with what a pass over every pair has told of it. */
export interface MeasuredMatrix {
  /** k·dimension, row-major, at any scale. */
  readonly matrix: Float64Array;
  readonly distortion: number;
  /** The ends of its ratios, over every pair. */
  readonly range: RatioRange;
}

/** A matrix at its best scale. */
export interface ScaledMatrix {
  readonly matrix: ProjectionMatrix;
  readonly distortion: number;
  readonly ratios: RatioRange;
}

/** Brings a matrix to the scale at which both ends of its known range are equally far from 1. */
export function atBestScale({ matrix, range }: MeasuredMatrix, columns: number): ScaledMatrix {
  const middle = (range.least + range.most) / 2;
  const squared = middle > 0 && Number.isFinite(middle) ? middle : 1;
  const scale = 1 / Math.sqrt(squared);
  const values = matrix.map((entry) => scale * entry);
  const ratios = { ...range, least: range.least / squared, most: range.most / squared };
  const distortion = ratios.most >= ratios.least ? Math.max(ratios.most - 1, 1 - ratios.least) : 0;
  return { matrix: { values, rows: matrix.length / columns, columns }, distortion, ratios };
}
