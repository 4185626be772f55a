import type { RandomStream } from '../../../numerics/random/stream.ts';
import { type Directions, worstOver } from '../points/pairDirections.ts';

export type Point = readonly [x: number, y: number];

/** One run, by step: what the paper's two figures draw, and what its mean does to its directions. */
export interface Run {
  /** The loss, which Figure 6 draws: the largest distortion over the directions and over the sampled matrices. */
  readonly losses: readonly Point[];
  /** The worst distortion of the mean alone. */
  readonly distortions: readonly Point[];
  /** σ, which Figure 7 draws under the name σ². */
  readonly deviations: readonly Point[];
  /** The mean with its factor 1/√k, rows by dimension. */
  readonly matrix: Float64Array;
}

/** Sampled matrices a step, as published. */
export const publishedSamples = 20;

/** Adam's rate as published, its other constants as usual. */
const [rate, keepFirst, keepSecond, guard] = [0.01, 0.9, 0.999, 1e-8] as const;

/** The program ends before its last step once its loss is below this. */
const enough = 0.01;

/** Steps between the points of the curves. */
const stride = 10;

/**
 * The published procedure: the loss is the maximum over the points and over 20 sampled matrices A = (M + σG)/√k of
 * | |Ax|² − 1 |, no regularizer, no pairs; Adam with rate 0.01 on M, from 0, and on log σ², from 0. One subgradient a
 * step: that of the attaining pair of sample and point.
 *
 * Of G only the images Gx enter, which are normal with the points' Gram matrix XXᵀ = LLᵀ as covariance in every row:
 * they are drawn as Lz, z one standard normal a point.
 *
 * @param directions unit points, one a row
 * @param k rows of M
 * @param steps at most; fewer where the loss falls below 0.01
 * Source: the program published with N. Tsikouras et al. (2025, arXiv 2510.19382), Figures 6 and 7.
 * Cost: a step is k·count·(d + 10·count) operations and 20·k·count normal deviates.
 */
export function publishedRun(stream: RandomStream, directions: Directions, k: number, steps: number): Run {
  const { values, count, dimension: d } = directions;
  const size = k * d;
  /** log σ², then M. */
  const x = new Float64Array(1 + size);
  const first = new Float64Array(1 + size);
  const second = new Float64Array(1 + size);
  const gradient = new Float64Array(1 + size);
  const factor = gramFactor(directions);
  const images = new Float64Array(k * count);
  const normals = new Float64Array(count);
  const squared = new Float64Array(count);
  const noise = new Float64Array(k * count);
  const worstNoise = new Float64Array(k);
  const [losses, distortions, deviations]: [Point[], Point[], Point[]] = [[], [], []];
  let worst = Number.POSITIVE_INFINITY;
  for (let step = 1; step <= steps && worst >= enough; step++) {
    worst = -1;
    let sign = 0;
    let at = 0;
    const deviation = Math.exp(x[0] / 2);
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
          squared[p] += (images[r * count + p] + deviation * entry) ** 2 / k;
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
      const slope = (2 * sign * (images[r * count + at] + deviation * worstNoise[r])) / k;
      // dσ/d(log σ²) = σ/2.
      gradient[0] += (slope * worstNoise[r] * deviation) / 2;
      for (let c = 0; c < d; c++) gradient[1 + r * d + c] = slope * values[at * d + c];
    }
    if (step % stride === 1 || worst < enough || step === steps) {
      losses.push([step, worst]);
      distortions.push([step, worstOver(directions, scaled(x, k))]);
      deviations.push([step, deviation]);
    }
    for (let i = 0; i <= size; i++) {
      first[i] = keepFirst * first[i] + (1 - keepFirst) * gradient[i];
      second[i] = keepSecond * second[i] + (1 - keepSecond) * gradient[i] ** 2;
      const size1 = first[i] / (1 - keepFirst ** step);
      const size2 = second[i] / (1 - keepSecond ** step);
      x[i] -= (rate * size1) / (Math.sqrt(size2) + guard);
    }
  }
  return { losses, distortions, deviations, matrix: scaled(x, k) };
}

function scaled(x: Float64Array, k: number): Float64Array {
  return x.subarray(1).map((entry) => entry / Math.sqrt(k));
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
