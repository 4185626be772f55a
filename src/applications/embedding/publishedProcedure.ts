import type { RandomStream } from '../../random/stream.ts';
import { type Directions, worstOver } from './pairDirections.ts';

export type Point = readonly [x: number, y: number];

/** One run: the worst distortion of the mean over its directions, and the deviation, by step. */
export interface Run {
  readonly distortions: readonly Point[];
  readonly deviations: readonly Point[];
  readonly matrix: Float64Array;
}

/** Sampled matrices a step, as published. */
export const publishedSamples = 20;

/** Adam's rate as published, its other constants as usual. */
const [rate, keepFirst, keepSecond, guard] = [0.01, 0.9, 0.999, 1e-8] as const;

/**
 * The published procedure: the loss is the maximum over the points and over 20 sampled matrices M + σG of
 * | |Ax|² − 1 |, no regularizer, no pairs; Adam with rate 0.01 on M and σ. One subgradient a step: that of the
 * attaining pair of sample and point. Start M = 0 is a kink of that loss; M starts at small Gaussian entries.
 *
 * Of G only the images Gx enter, which are normal with the points' Gram matrix XXᵀ = LLᵀ as covariance in every row:
 * they are drawn as Lz, z one standard normal a point.
 *
 * @param directions unit points, one a row
 * @param k rows of M
 * Source: the program published with N. Tsikouras et al. (2025, arXiv 2510.19382), Figures 6 and 7.
 * Cost: a step is k·count·(d + 10·count) operations and 20·k·count normal deviates.
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
  const factor = gramFactor(directions);
  const images = new Float64Array(k * count);
  const normals = new Float64Array(count);
  const noise = new Float64Array(k * count);
  const squared = new Float64Array(count);
  const worstNoise = new Float64Array(k);
  const [distortions, deviations]: [Point[], Point[]] = [[], []];
  for (let step = 1; step <= steps; step++) {
    let worst = -1;
    let sign = 0;
    let at = 0;
    // M times every point.
    for (let r = 0; r < k; r++) {
      for (let p = 0; p < count; p++) {
        let entry = 0;
        for (let c = 0, m = 1 + r * d, u = p * d; c < d; c++) entry += x[m + c] * values[u + c];
        images[r * count + p] = entry;
      }
    }
    for (let sample = 0; sample < publishedSamples; sample++) {
      squared.fill(0);
      for (let r = 0; r < k; r++) {
        for (let p = 0; p < count; p++) normals[p] = stream.gaussian();
        for (let p = 0; p < count; p++) {
          let entry = 0;
          for (let q = 0, l = p * count; q <= p; q++) entry += factor[l + q] * normals[q];
          noise[r * count + p] = entry;
          squared[p] += (images[r * count + p] + x[0] * entry) ** 2;
        }
      }
      for (let p = 0; p < count; p++) {
        if (Math.abs(squared[p] - 1) <= worst) continue;
        worst = Math.abs(squared[p] - 1);
        sign = squared[p] > 1 ? 1 : -1;
        at = p;
        for (let r = 0; r < k; r++) worstNoise[r] = noise[r * count + p];
      }
    }
    gradient.fill(0);
    for (let r = 0; r < k; r++) {
      const entry = images[r * count + at] + x[0] * worstNoise[r];
      gradient[0] += 2 * sign * entry * worstNoise[r];
      for (let c = 0; c < d; c++) gradient[1 + r * d + c] = 2 * sign * entry * values[at * d + c];
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

/**
 * The lower triangular L with LLᵀ = XXᵀ. A point that depends on earlier ones, up to rounding, has a zero on the
 * diagonal.
 */
function gramFactor({ values, count, dimension: d }: Directions): Float64Array {
  const factor = new Float64Array(count * count);
  for (let p = 0; p < count; p++) {
    for (let q = 0; q <= p; q++) {
      let rest = 0;
      for (let c = 0; c < d; c++) rest += values[p * d + c] * values[q * d + c];
      for (let j = 0; j < q; j++) rest -= factor[p * count + j] * factor[q * count + j];
      const pivot = factor[q * count + q];
      // Of a unit vector, what d products and count subtractions round to.
      const independent = rest > (d + count) * Number.EPSILON;
      if (q === p) factor[p * count + p] = independent ? Math.sqrt(rest) : 0;
      else factor[p * count + q] = pivot > 0 ? rest / pivot : 0;
    }
  }
  return factor;
}
