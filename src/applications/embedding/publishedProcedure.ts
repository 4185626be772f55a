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
 * @param directions unit points, one a row
 * @param k rows of M
 * Source: the program published with N. Tsikouras et al. (2025, arXiv 2510.19382), Figures 6 and 7.
 * Cost: a step is 20·k·d·(count + 1) operations and as many normal deviates as 20 matrices have entries.
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
    for (let sample = 0; sample < publishedSamples; sample++) {
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
