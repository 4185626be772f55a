import type { RandomizedObjective, RandomWeights } from './randomizedObjective.ts';

/** How many coordinates the random weights have. */
export function weightCount({ kind, rows, columns }: RandomWeights): number {
  return kind === 'matrix' ? rows * columns : kind === 'diagonal' ? rows : 1;
}

/** The factor c in ‖W‖_F² = c·|s|², s being the coordinates of the weights. */
export function weightFactor({ kind, rows }: RandomWeights): number {
  return kind === 'scalar' ? rows : 1;
}

/** ‖W‖_F at x. */
export function weightNorm({ weights }: Pick<RandomizedObjective, 'weights'>, x: Float64Array): number {
  return Math.sqrt(weightFactor(weights)) * segmentNorm(x, weights.start, weightCount(weights));
}

/** Euclidean norm of `length` entries from `start`. */
export function segmentNorm(x: Float64Array, start: number, length: number): number {
  let squared = 0;
  for (let i = start; i < start + length; i++) squared += x[i] * x[i];
  return Math.sqrt(squared);
}

/** Writes column j of W to the b-block of `out` and zero elsewhere. Returns `out`. */
export function columnIntoShift(
  out: Float64Array,
  { weights, shift }: Pick<RandomizedObjective, 'weights' | 'shift'>,
  x: Float64Array,
  j: number,
): Float64Array {
  const { kind, start, rows, columns } = weights;
  out.fill(0);
  if (kind === 'matrix') for (let i = 0; i < rows; i++) out[shift.start + i] = x[start + i * columns + j];
  else out[shift.start + j] = x[kind === 'diagonal' ? start + j : start];
  return out;
}
