import { tanh } from '../../../../src/applications/networks/model/activations.ts';
import { logCosh } from '../../../../src/applications/networks/model/losses.ts';
import { networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { type NodeSet, nodeExpectation } from '../../../../src/lemma/nodeExpectation.ts';
import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
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

/** What is averaged over a sample: a function of `rows` sums of `columns` inputs. */
export interface SampledFamily {
  readonly family: 'sums of sines' | 'networks';
  readonly rows: number;
  readonly columns: number;
}

/** Half of the band that the slope is judged by, and the standard errors that have to fit into it: 8·10⁻¹¹ are outside. */
export const slopeBand = 0.03;
export const deviations = 6.5;

const counts = [16, 64, 256] as const;
const batch = 250;
const mostBatches = 40;

/**
 * Measures ‖∇_W f_n − (∇²_b f_n + 2λI)W‖ at one random point over fresh samples, until the slope is known to a
 * standard error of its band over 6.5.
 *
 * Both sides are averages over the sample, so for Gaussian inputs the mean square is V/n exactly.
 */
export function sampledResiduals(
  stream: RandomStream,
  given: SampledFamily,
  law: 'normal' | 'signs',
): SampledResiduals {
  const { columns } = given;
  const build = averageOf(stream, given);
  const x = gaussianInto(
    new Float64Array(build({ points: new Float64Array(columns), weights: Float64Array.of(1) }).dimension),
    stream.fork('point'),
  );
  const first = counts.map(() => 0);
  const second = counts.map(() => 0);
  let standardError = Number.POSITIVE_INFINITY;
  let repetitions = 0;
  while (deviations * standardError > slopeBand && repetitions < batch * mostBatches) {
    for (let r = repetitions; r < repetitions + batch; r++) {
      for (const [i, count] of counts.entries()) {
        const points = gaussianInto(new Float64Array(count * columns), stream.fork(`${count}:${r}`));
        if (law === 'signs') for (let j = 0; j < points.length; j++) points[j] = Math.sign(points[j]);
        const nodes = { points, weights: new Float64Array(count).fill(1 / count) };
        const squared = steinResidual(build(nodes), x).residual ** 2;
        first[i] += squared;
        second[i] += squared ** 2;
      }
    }
    repetitions += batch;
    standardError = slopeError(first, second, repetitions);
  }
  return { counts, sizes: first.map((total) => Math.sqrt(total / repetitions)), standardError };
}

/** Of the slope over log n: the logarithm of a root halves a relative error. */
function slopeError(first: readonly number[], second: readonly number[], repetitions: number): number {
  const logs = counts.map(Math.log);
  const mean = logs.reduce((total, u) => total + u / logs.length, 0);
  const spread = logs.reduce((total, u) => total + (u - mean) ** 2, 0);
  const variance = logs.reduce((total, u, i) => {
    const square = first[i] / repetitions;
    const error = Math.sqrt((second[i] / repetitions - square ** 2) / (repetitions - 1)) / (2 * square);
    return total + ((u - mean) * error) ** 2;
  }, 0);
  return Math.sqrt(variance) / spread;
}

function averageOf(
  stream: RandomStream,
  { family, rows, columns }: SampledFamily,
): (nodes: NodeSet) => RandomizedObjective {
  if (family === 'networks') {
    const widths = [rows, 3];
    const fixed = { inputDimension: columns, relevantDimension: 0, widths, activation: tanh, loss: logCosh };
    return (nodes) => ({
      ...networkRisk({ ...fixed, teacher: () => 1, regularization: 0.1, nodes }),
      // The average itself is looked at, not what it is an average of.
      expectationErrorAt: () => ({ weightGradient: 0, shiftHessian: 0, method: 'closed-form' as const }),
    });
  }
  const sum = randomRidgeSum(stream.fork('sum'), rows, 3, [sineProfile], false);
  return (nodes) => nodeExpectation(sum, columns, 0.1, nodes);
}
