import { checkInteger } from '../../../numerics/base/checks.ts';

/** Names of the parameter blocks of a network, in the order in which they are stored. */
export type BlockName =
  | 'weights'
  | 'shift'
  | 'relevant'
  | 'deeper-weights'
  | 'deeper-shifts'
  | 'output-weights'
  | 'output-shift';

/** A run of coordinates of the parameter vector that holds a rows × columns matrix, row-major. */
export interface Block {
  readonly name: BlockName;
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Where each parameter of a dense network stands in its parameter vector.
 *
 *     z₁ = W⊥x⊥ + W∥x∥ + b,  h_l = σ(z_l),  z_{l+1} = W_{l+1}h_l + b_{l+1},  p = a·h_L + c
 *
 * W⊥ comes first (`weights`, h₁ × (d−k)), then b (`shift`), W∥ (`relevant`, h₁ × k), then for each deeper layer
 * its weights (h_l × h_{l−1}) and its shifts, then a and c.
 */
export interface NetworkLayout {
  readonly inputDimension: number;
  readonly relevantDimension: number;
  readonly widths: readonly number[];
  readonly weights: Block;
  readonly shift: Block;
  readonly relevant: Block;
  /** One entry per hidden layer after the first. */
  readonly deeperWeights: readonly Block[];
  readonly deeperShifts: readonly Block[];
  readonly outputWeights: Block;
  readonly outputShift: Block;
  /** Every block above, in storage order. */
  readonly blocks: readonly Block[];
  /** Number of parameters. */
  readonly dimension: number;
}

/**
 * Lays out a network of the given hidden widths on inputs of which the last `inputDimension − relevantDimension`
 * rotated coordinates are ignored by the teacher.
 *
 * @param inputDimension d, at least 1
 * @param relevantDimension k, in [0, d − 1]: with k = d there would be no W⊥
 * @param widths width of each hidden layer, 1 to 12 of them, each at least 1
 * @throws RangeError when an argument is outside its range
 */
export function networkLayout(
  inputDimension: number,
  relevantDimension: number,
  widths: readonly number[],
): NetworkLayout {
  checkInteger('inputDimension', inputDimension, 1);
  checkInteger('relevantDimension', relevantDimension, 0, inputDimension - 1);
  checkInteger('widths.length', widths.length, 1, 12);
  for (const width of widths) checkInteger('widths entry', width, 1);
  let next = 0;
  const blocks: Block[] = [];
  const place = (name: BlockName, rows: number, columns: number): Block => {
    const block = { name, start: next, rows, columns };
    next += rows * columns;
    blocks.push(block);
    return block;
  };
  const weights = place('weights', widths[0], inputDimension - relevantDimension);
  const shift = place('shift', widths[0], 1);
  const relevant = place('relevant', widths[0], relevantDimension);
  const deeperWeights: Block[] = [];
  const deeperShifts: Block[] = [];
  for (let l = 1; l < widths.length; l++) {
    deeperWeights.push(place('deeper-weights', widths[l], widths[l - 1]));
    deeperShifts.push(place('deeper-shifts', widths[l], 1));
  }
  const outputWeights = place('output-weights', 1, widths[widths.length - 1]);
  const outputShift = place('output-shift', 1, 1);
  return {
    inputDimension,
    relevantDimension,
    widths: [...widths],
    weights,
    shift,
    relevant,
    deeperWeights,
    deeperShifts,
    outputWeights,
    outputShift,
    blocks,
    dimension: next,
  };
}

/** ‖W⊥‖_F at a parameter vector laid out by `layout`. */
export function irrelevantNorm(layout: NetworkLayout, x: ArrayLike<number>): number {
  const { start, rows, columns } = layout.weights;
  let squared = 0;
  for (let i = start; i < start + rows * columns; i++) squared += x[i] * x[i];
  return Math.sqrt(squared);
}
