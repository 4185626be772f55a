import { nodeExpectation } from '../../../../src/lemma/nodeExpectation.ts';
import { sineProfile } from '../../../../src/lemma/ridgeProfile.ts';
import { steinResidual } from '../../../../src/lemma/steinResidual.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { randomRidgeSum } from './smoothFamilies.ts';

/** Root-mean-square residuals of the Stein identity over samples of growing size. */
export interface SampledResiduals {
  /** n. */
  readonly counts: readonly number[];
  readonly sizes: readonly number[];
  /** Standard error of the slope of log size over log n, from the spread of the repetitions. */
  readonly standardError: number;
}

const counts = [16, 64, 256, 1024, 4096] as const;
const repetitions = 100;

/**
 * Measures ‖∇_W f_n − (∇²_b f_n + 2λI)W‖ at one random point over fresh samples.
 *
 * Both sides are averages over the sample, so for Gaussian inputs the mean square is V/n exactly.
 */
export function sampledResiduals(
  stream: RandomStream,
  rows: number,
  columns: number,
  law: 'normal' | 'signs',
): SampledResiduals {
  const sum = randomRidgeSum(stream.fork('sum'), rows, 3, [sineProfile], false);
  const x = gaussianInto(new Float64Array(rows * columns + rows), stream.fork('point'));
  const sizes: number[] = [];
  const relativeErrors: number[] = [];
  for (const count of counts) {
    let first = 0;
    let second = 0;
    for (let r = 0; r < repetitions; r++) {
      const points = gaussianInto(new Float64Array(count * columns), stream.fork(`${count}:${r}`));
      if (law === 'signs') for (let i = 0; i < points.length; i++) points[i] = Math.sign(points[i]);
      const nodes = { points, weights: new Float64Array(count).fill(1 / count) };
      const squared = steinResidual(nodeExpectation(sum, columns, 0.1, nodes), x).residual ** 2;
      first += squared / repetitions;
      second += squared ** 2 / repetitions;
    }
    sizes.push(Math.sqrt(first));
    // The logarithm of a root halves a relative error.
    relativeErrors.push(Math.sqrt((second - first ** 2) / (repetitions - 1)) / (2 * first));
  }
  const logs = counts.map(Math.log);
  const mean = logs.reduce((total, u) => total + u / logs.length, 0);
  const spread = logs.reduce((total, u) => total + (u - mean) ** 2, 0);
  const variance = logs.reduce((total, u, i) => total + ((u - mean) * relativeErrors[i]) ** 2, 0);
  return { counts, sizes, standardError: Math.sqrt(variance) / spread };
}
