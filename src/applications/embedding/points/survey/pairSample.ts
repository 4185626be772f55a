import type { RandomStream } from '../../../../numerics/random/stream.ts';
import type { RatioRange } from '../extremePairs.ts';
import { type PointFrame, squaredLengths } from '../pairBlocks.ts';
import { ExactRatios } from './exactRatios.ts';

/** What a sample of pairs says of several matrices: the same pairs for each. */
export interface PairSample {
  /** The ends of the sampled ratios, a matrix each. */
  readonly ranges: readonly RatioRange[];
  /** Pairs drawn, independently and with repetition. */
  readonly drawn: number;
}

/** Pairs between two looks at the clock, at least drawn. */
const run = 2000;

/** More pairs say hardly more. */
const mostDrawn = 10_000_000;

/**
 * Draws pairs of points uniformly and finds the range of their ratios under each of several matrices.
 *
 * @param mayGoOn asked every 2000 pairs
 * Cost: a pair dimension + k operations a matrix, and the time of fetching two points.
 */
export function samplePairs(
  stream: RandomStream,
  frame: PointFrame,
  matrices: readonly Float64Array[],
  k: number,
  mayGoOn: () => boolean,
): PairSample {
  const { pointCount: n } = frame;
  const lengths = squaredLengths(frame);
  const ratios = matrices.map((matrix) => new ExactRatios(frame, matrix, k, lengths));
  const ranges = matrices.map(() => ({ least: Infinity, most: 0, coincidentPairs: 0 }));
  let drawn = 0;
  while (drawn < mostDrawn && (drawn === 0 || mayGoOn())) {
    for (let end = drawn + run; drawn < end; drawn++) {
      const i = stream.integer(0, n - 1);
      const other = stream.integer(0, n - 2);
      const j = other < i ? other : other + 1;
      for (let m = 0; m < ratios.length; m++) {
        const ratio = ratios[m].ratio(i, j);
        const range = ranges[m];
        if (ratio < 0) range.coincidentPairs++;
        else {
          if (ratio < range.least) range.least = ratio;
          if (ratio > range.most) range.most = ratio;
        }
      }
    }
  }
  return { ranges, drawn };
}

/**
 * The share of all pairs that may be worse than the worst of a sample.
 *
 * Guarantee: with probability at least 1 − failure over the sample the share of pairs beyond the sample's worst is at
 * most 1 − failure^{1/drawn}: were it larger, all of the sample would have missed them.
 *
 * @param failure in (0, 1)
 * Source: S. Wilks, Determination of sample sizes for setting tolerance limits (1941).
 */
export function worseShare(drawn: number, failure: number): number {
  return -Math.expm1(Math.log(failure) / drawn);
}
