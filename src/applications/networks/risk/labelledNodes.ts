import type { NodeSet } from '../../../lemma/nodeExpectation.ts';
import { checkInteger, checkLength, checkWithin } from '../../../numerics/base/checks.ts';

/**
 * Label noise as a distribution of finitely many outcomes, independent of the input: a label y becomes
 * `scales[j]·y + offsets[j]` with probability `weights[j]`.
 *
 * Additive Gaussian noise is given by the nodes of a one-dimensional Gauss–Hermite rule; labels ±1 flipped with
 * probability p by scales (1, −1) and weights (1 − p, p).
 */
export interface LabelNoise {
  readonly scales: readonly number[];
  readonly offsets: readonly number[];
  readonly weights: readonly number[];
}

/** No noise: one outcome, the label itself. */
export const noiseless: LabelNoise = { scales: [1], offsets: [0], weights: [1] };

/** A node set split into what the teacher sees and what it ignores, with a label at each node. */
export interface LabelledNodes {
  readonly count: number;
  /** Row-major, count·k: the first k coordinates of each point. */
  readonly relevant: Float64Array;
  /** Row-major, count·(d − k): the others. */
  readonly irrelevant: Float64Array;
  readonly weights: Float64Array;
  readonly labels: Float64Array;
  /** Largest |label| over nodes and noise. */
  readonly largestLabel: number;
}

/**
 * Splits each point into (x∥, x⊥) and labels it by a teacher that sees x∥ alone.
 *
 * @param nodes points in rotated coordinates: the first `relevantDimension` of each are the teacher's
 * @param inputDimension d, at least 1
 * @param relevantDimension k, in [0, d]
 * @param teacher reads k numbers of its first argument from the offset in its second
 * @throws RangeError when the sizes do not fit, or when the weights do not sum to 1
 */
export function labelNodes(
  nodes: NodeSet,
  inputDimension: number,
  relevantDimension: number,
  teacher: (relevant: Float64Array, offset: number) => number,
  noise: LabelNoise = noiseless,
): LabelledNodes {
  checkInteger('inputDimension', inputDimension, 1);
  checkInteger('relevantDimension', relevantDimension, 0, inputDimension);
  const d = inputDimension;
  const k = relevantDimension;
  const count = nodes.weights.length;
  checkInteger('node count', count, 1);
  checkLength('points', nodes.points, count * d);
  checkLength('noise.offsets', noise.offsets, noise.weights.length);
  checkLength('noise.scales', noise.scales, noise.weights.length);
  checkProbabilities('weights', nodes.weights);
  checkProbabilities('noise.weights', noise.weights);
  const relevant = new Float64Array(count * k);
  const irrelevant = new Float64Array(count * (d - k));
  const labels = new Float64Array(count);
  let largestLabel = 0;
  for (let n = 0; n < count; n++) {
    for (let j = 0; j < k; j++) relevant[n * k + j] = nodes.points[n * d + j];
    for (let j = k; j < d; j++) irrelevant[n * (d - k) + j - k] = nodes.points[n * d + j];
    labels[n] = teacher(relevant, n * k);
    for (let j = 0; j < noise.weights.length; j++) {
      largestLabel = Math.max(largestLabel, Math.abs(noise.scales[j] * labels[n] + noise.offsets[j]));
    }
  }
  checkWithin('largest label', largestLabel, 0, Number.MAX_VALUE);
  return { count, relevant, irrelevant, weights: nodes.weights, labels, largestLabel };
}

/** A probability vector up to rounding: entries not below 0 that sum to 1. */
function checkProbabilities(name: string, weights: ArrayLike<number>): void {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    checkWithin(`${name}[${i}]`, weights[i], 0, 2);
    sum += weights[i];
  }
  const slack = 64 * (weights.length + 1) * Number.EPSILON;
  checkWithin(`sum of ${name}`, sum, 1 - slack, 1 + slack);
}
