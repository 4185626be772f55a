import { ratioRange } from '../../../src/applications/embedding/extremePairs.ts';
import { pointFrame } from '../../../src/applications/embedding/pairBlocks.ts';
import type { Directions } from '../../../src/applications/embedding/pairDirections.ts';
import {
  derandomizeProjection,
  estimatorStart,
} from '../../../src/applications/embedding/pessimisticEstimator.ts';
import type { PointSet } from '../../../src/applications/embedding/points.ts';
import { gaussianProjection } from '../../../src/applications/embedding/randomProjections.ts';
import { lbfgs } from '../../../src/optimize/lbfgs.ts';
import type { RandomStream } from '../../../src/random/stream.ts';

export type Point = readonly [x: number, y: number];

/** One run: the worst distortion of the mean over its directions, and the deviation, by step. */
export interface Run {
  readonly distortions: readonly Point[];
  readonly deviations: readonly Point[];
  readonly matrix: Float64Array;
}

/** The paper's setting: normalised uniform rows, as points and not as pairs. */
export function paperPoints(stream: RandomStream, pointCount: number, dimension: number): PointSet {
  const values = Float64Array.from({ length: pointCount * dimension }, () => stream.uniform());
  for (let i = 0; i < pointCount; i++) {
    const row = values.subarray(i * dimension, (i + 1) * dimension);
    const length = Math.hypot(...row);
    for (let c = 0; c < dimension; c++) row[c] /= length;
  }
  return { values, pointCount, dimension };
}

/** max over the directions of | |Mu|² − 1 |. */
export function worstOver(directions: Directions, matrix: Float64Array): number {
  const { values, count, dimension: d } = directions;
  let worst = 0;
  for (let p = 0; p < count; p++) {
    let squared = 0;
    for (let r = 0; r < matrix.length; r += d) {
      let entry = 0;
      for (let c = 0; c < d; c++) entry += matrix[r + c] * values[p * d + c];
      squared += entry * entry;
    }
    worst = Math.max(worst, Math.abs(squared - 1));
  }
  return worst;
}

/** The exact objective on the same directions: nothing sampled, k from the union bound, descent to σ = 0. */
export function exactObjectiveRun(stream: RandomStream, directions: Directions, distortion: number): Run {
  const start = estimatorStart(directions, distortion);
  const [distortions, deviations]: [Point[], Point[]] = [[], []];
  const { matrix } = derandomizeProjection(stream, start, lbfgs({ stepLimit: 5000 }), ({ step, point }) => {
    distortions.push([step, worstOver(directions, point.subarray(1))]);
    deviations.push([step, Math.abs(point[0])]);
  });
  return { distortions, deviations, matrix };
}

/** Sampled matrices a step, and Adam's usual constants, as published. */
const samples = 20;
const [rate, keepFirst, keepSecond, guard] = [0.01, 0.9, 0.999, 1e-8] as const;

/**
 * The published procedure: the loss is the maximum over the points and over 20 sampled matrices M + σG of
 * | |Ax|² − 1 |, no regularizer, no pairs; Adam with rate 0.01 on M and σ. One subgradient a step: that of the
 * attaining pair of sample and point. Start M = 0 is a kink of that loss; M starts at small Gaussian entries.
 */
export function publishedRun(stream: RandomStream, directions: Directions, k: number, steps: number): Run {
  const { values, count, dimension: d } = directions;
  const size = k * d;
  const x = new Float64Array(1 + size);
  x[0] = 1 / Math.sqrt(k);
  for (let i = 1; i <= size; i++) x[i] = 0.01 * stream.gaussian();
  const first = new Float64Array(1 + size);
  const second = new Float64Array(1 + size);
  const gradient = new Float64Array(1 + size);
  const noise = new Float64Array(size);
  const worstNoise = new Float64Array(size);
  const [distortions, deviations]: [Point[], Point[]] = [[], []];
  for (let step = 1; step <= steps; step++) {
    let worst = -1;
    let sign = 0;
    let at = 0;
    for (let sample = 0; sample < samples; sample++) {
      for (let i = 0; i < size; i++) noise[i] = stream.gaussian();
      for (let p = 0; p < count; p++) {
        let squared = 0;
        for (let r = 0; r < size; r += d) {
          let entry = 0;
          for (let c = 0; c < d; c++) entry += (x[1 + r + c] + x[0] * noise[r + c]) * values[p * d + c];
          squared += entry * entry;
        }
        if (Math.abs(squared - 1) <= worst) continue;
        worst = Math.abs(squared - 1);
        sign = squared > 1 ? 1 : -1;
        at = p;
        worstNoise.set(noise);
      }
    }
    gradient.fill(0);
    for (let r = 0; r < size; r += d) {
      let entry = 0;
      let jitter = 0;
      for (let c = 0; c < d; c++) {
        entry += (x[1 + r + c] + x[0] * worstNoise[r + c]) * values[at * d + c];
        jitter += worstNoise[r + c] * values[at * d + c];
      }
      gradient[0] += 2 * sign * entry * jitter;
      for (let c = 0; c < d; c++) gradient[1 + r + c] = 2 * sign * entry * values[at * d + c];
    }
    for (let i = 0; i <= size; i++) {
      first[i] = keepFirst * first[i] + (1 - keepFirst) * gradient[i];
      second[i] = keepSecond * second[i] + (1 - keepSecond) * gradient[i] ** 2;
      const size1 = first[i] / (1 - keepFirst ** step);
      const size2 = second[i] / (1 - keepSecond ** step);
      x[i] -= (rate * size1) / (Math.sqrt(size2) + guard);
    }
    if (step % 10 === 0 || step === steps) {
      distortions.push([step, worstOver(directions, x.subarray(1))]);
      deviations.push([step, Math.abs(x[0])]);
    }
  }
  return { distortions, deviations, matrix: x.slice(1) };
}

/** Mean over draws of the worst distortion of one Gaussian matrix, and of the worst of 20. */
export function gaussianMeans(
  stream: RandomStream,
  directions: Directions,
  k: number,
  trials: number,
): { readonly single: number; readonly ofTwenty: number } {
  let single = 0;
  let ofTwenty = 0;
  for (let trial = 0; trial < trials; trial++) {
    let worst = 0;
    for (let sample = 0; sample < samples; sample++) {
      const source = stream.fork(`${trial}:${sample}`);
      const one = worstOver(directions, gaussianProjection(source, k, directions.dimension).values);
      single += one / (trials * samples);
      worst = Math.max(worst, one);
    }
    ofTwenty += worst / trials;
  }
  return { single, ofTwenty };
}

/** One row a with ⟨a, x_i⟩ = 1 for every point, as independent points admit it: minimum norm, by normal equations. */
export function oneRow(directions: Directions): Float64Array {
  const { values, count: n, dimension: d } = directions;
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let c = 0; c < d; c++) gram[i * n + j] += values[i * d + c] * values[j * d + c];
    }
  }
  const row = new Float64Array(d);
  // Two rounds: the second solves for what rounding left of the first.
  for (let round = 0; round < 2; round++) {
    const left = new Float64Array(n).fill(1);
    for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) left[i] -= row[c] * values[i * d + c];
    const weights = solvePositive(gram, left, n);
    for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) row[c] += weights[i] * values[i * d + c];
  }
  return row;
}

/** Solves a positive definite system by Cholesky's factorisation. */
function solvePositive(matrix: Float64Array, right: Float64Array, n: number): Float64Array {
  const lower = Float64Array.from(matrix);
  const x = Float64Array.from(right);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let entry = lower[i * n + j];
      for (let c = 0; c < j; c++) entry -= lower[i * n + c] * lower[j * n + c];
      lower[i * n + j] = i === j ? Math.sqrt(entry) : entry / lower[j * n + j];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < i; c++) x[i] -= lower[i * n + c] * x[c];
    x[i] /= lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let c = i + 1; c < n; c++) x[i] -= lower[c * n + i] * x[c];
    x[i] /= lower[i * n + i];
  }
  return x;
}

/** The range of |Mu|² over all unit differences of the points. */
export function pairRange(points: PointSet, matrix: Float64Array): { least: number; most: number } {
  return ratioRange(pointFrame(points), matrix, matrix.length / points.dimension);
}
