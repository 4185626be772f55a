import { checkAbove, checkInteger } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { distortionOf, ratioRange } from '../points/extremePairs.ts';
import { pointFrame, withDistances } from '../points/pairBlocks.ts';
import type { PointSet, ProjectionMatrix } from '../points/points.ts';
import { principalCoordinates } from '../points/principalCoordinates.ts';
import type { AnnealingRound } from './annealedDescent.ts';
import { isometric, measuredGaussians, measuredPrincipal } from './baselines.ts';
import type { Embedding, EmbeddingOutcome } from './embedding.ts';
import { embedMany, isLarge } from './embedMany.ts';
import { atBestScale, type MeasuredMatrix } from './measuredMatrix.ts';
import { searchPart } from './searchPart.ts';

/** What an embedding is searched with. */
export interface EmbedOptions {
  /** k ≥ 1. */
  readonly embeddingDimension: number;
  /** Time budget in seconds, above 0; what has begun is finished even if it ends later. */
  readonly seconds: number;
  /**
   * Reads seconds that have passed since some moment; default: the machine's clock. With `countingClock` the result
   * depends on seed and budget alone.
   */
  readonly clock?: () => number;
  /**
   * Threads that share the work, the calling one included, which all the while waits without an event loop; default 1.
   * The result does not depend on it, but for what the clock allows.
   */
  readonly threads?: number;
  /** Polled at every step: once aborted, the best matrix so far is measured and returned. */
  readonly signal?: AbortSignal;
  /** Every pair is measured, whatever it takes; default: where the budget has room for it. */
  readonly exact?: boolean;
  /** Told after each round of the descent; of many points, after each measurement of all. */
  readonly observe?: (round: AnnealingRound) => void;
}

const machineClock = (): number => performance.now() / 1000;

/** A clock that advances by `tick` seconds whenever it is read: it counts the steps of a search, not its time. */
export function countingClock(tick: number): () => number {
  checkAbove('tick', tick, 0);
  let now = 0;
  return () => {
    now += tick;
    return now;
  };
}

/** Part of the time for Gaussian matrices, but for the first of them. */
const gaussianPart = 0.05;

/**
 * Computes a matrix whose worst distortion over all pairs of points is small, for a given number of rows.
 *
 *     minimise over M in R^{k×d}:  max_{i<j} | |M(x_i − x_j)|²/|x_i − x_j|² − 1 |
 *
 * The principal axes and Gaussian matrices are measured before any descent. The first descent starts at the better of
 * both, the second at the other, further ones at Gaussian matrices, as long as time is left.
 *
 * Guarantee: `distortion` is at most every one of `baselines`, whatever the budget; each was measured over the same
 * pairs, before the scale was set, which moves a ratio by four roundings. Equal points are skipped and counted in
 * `ratios.coincidentPairs`. Where the points span at most k dimensions the answer is an isometry and takes no descent.
 *
 * @param stream source of starts and samples
 * @param points finite coordinates, at least one point
 * @throws RangeError for options outside their intervals
 * Where passes over every pair take too much of the budget, `embedMany` searches on a part of the points and measures
 * over all, or a sample of the pairs.
 *
 * Cost: the time budget; n·(d + k) numbers and some hundred thousand pairs, never all of them.
 */
export function embedPoints(stream: RandomStream, points: PointSet, options: EmbedOptions): Embedding {
  const { seconds, clock = machineClock, threads = 1, signal = new AbortController().signal } = options;
  checkInteger('embeddingDimension', options.embeddingDimension, 1);
  checkAbove('seconds', seconds, 0);
  checkInteger('threads', threads, 1, 64);
  checkInteger('pointCount', points.pointCount, 1);
  const k = Math.min(options.embeddingDimension, isometricRows(points));
  const started = clock();
  const secondsLeft = (): number => (signal.aborted ? -1 : seconds - (clock() - started));
  const { exact = false, observe } = options;
  const task = { embeddingDimension: k, threads, seconds, secondsLeft, signal, exact, observe };
  if (isLarge(points, k, seconds)) return embedMany(stream, points, task);
  const frame = withDistances(pointFrame(points));
  const coordinates = principalCoordinates(stream.fork('axes'), frame, Math.max(64, 4 * k));
  const principal = measuredPrincipal(frame, coordinates, k);
  const before = secondsLeft();
  const mayGoOn = (): boolean => secondsLeft() > before - gaussianPart * seconds;
  const gaussians = measuredGaussians(stream.fork('gaussian'), frame, k, mayGoOn);
  const baselines = { ...gaussians.baselines, pca: principal.distortion };
  const answer = (outcome: EmbeddingOutcome, found: MeasuredMatrix, starts: number): Embedding => ({
    ...atBestScale(found, points.dimension),
    outcome,
    starts,
    baselines,
  });
  if (coordinates.rank === 0) return answer('trivial', principal, 0);
  if (principal.distortion <= isometric) return answer('isometric', principal, 0);
  const search = { ...task, frame, coordinates };
  const { best, starts } = searchPart(stream, search, principal, gaussians.best);
  return answer('optimized', best, starts);
}

/** As many rows as any points of this number and dimension can be kept in, at least 1. */
function isometricRows({ pointCount, dimension }: PointSet): number {
  return Math.max(1, Math.min(pointCount - 1, dimension));
}

/**
 * The worst distortion of a matrix at its best scale, over every pair of different points.
 *
 * @returns 0 if no two points differ
 * Cost: as one pass over every pair.
 */
export function bestScaleDistortion(points: PointSet, matrix: ProjectionMatrix): number {
  return distortionOf(ratioRange(pointFrame(points), matrix.values, matrix.rows));
}
