import { checkAbove, checkInteger } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { distortionOf, type RatioRange, ratioRange } from '../points/extremePairs.ts';
import { pointFrame, withDistances } from '../points/pairBlocks.ts';
import { type PointSet, type ProjectionMatrix, pairCount } from '../points/points.ts';
import { type PrincipalCoordinates, principalCoordinates } from '../points/principalCoordinates.ts';
import type { WorkingPairs } from '../points/workingPairs.ts';
import type { AnnealingRound } from './annealedDescent.ts';
import { measuredGaussians, measuredPrincipal, type ProjectionBaselines } from './baselines.ts';
import type { MeasuredMatrix } from './measuredMatrix.ts';
import { ParallelSpread } from './parallelSpread.ts';
import { SpreadObjective } from './spreadObjective.ts';
import { startMaker } from './starts.ts';
import { tournament } from './tournament.ts';

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
  /** Told after each round of the descent. */
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

/**
 * How an embedding came about.
 *
 * - `optimized`: by descent, within the time budget.
 * - `isometric`: the points span at most k dimensions, so an isometry exists and is returned.
 * - `trivial`: no two points differ, so every matrix will do.
 */
export type EmbeddingOutcome = 'optimized' | 'isometric' | 'trivial';

/** A matrix that embeds points, with its distortion. */
export interface Embedding {
  readonly outcome: EmbeddingOutcome;
  /**
   * k rows, one column a coordinate, scale included: the image of x is matrix times x. Never more rows than
   * min(n − 1, d), which an isometry needs at most: further ones would be zeros.
   */
  readonly matrix: ProjectionMatrix;
  /** max | |M(x_i − x_j)|²/|x_i − x_j|² − 1 | over every pair of different points, evaluated in float64. */
  readonly distortion: number;
  /** The two ends of those ratios. */
  readonly ratios: RatioRange;
  /** Descents started. */
  readonly starts: number;
  /** What the matrix was held against, on the same pairs: its distortion is no larger than any of them. */
  readonly baselines: ProjectionBaselines;
}

/** A distortion up to which distances count as kept: half of the digits, for points of very different scales. */
const isometric = Math.sqrt(Number.EPSILON);

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
 * Guarantee: `distortion` is at most every one of `baselines`, whatever the budget; each was measured over every pair
 * before the scale was set, which moves a ratio by four roundings. Equal points are skipped and counted in
 * `ratios.coincidentPairs`. Where the points span at most k dimensions the answer is an isometry and takes no descent.
 *
 * @param stream source of starts and samples
 * @param points finite coordinates, at least one point
 * @throws RangeError for options outside their intervals
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
  const frame = withDistances(pointFrame(points));
  const coordinates = principalCoordinates(stream.fork('axes'), frame, Math.max(64, 4 * k));
  const principal = measuredPrincipal(frame, coordinates, k);
  const before = secondsLeft();
  const mayGoOn = (): boolean => secondsLeft() > before - gaussianPart * seconds;
  const gaussians = measuredGaussians(stream.fork('gaussian'), frame, k, mayGoOn);
  const baselines = { ...gaussians.baselines, pca: principal.distortion };
  const answer = (outcome: EmbeddingOutcome, found: MeasuredMatrix, starts: number): Embedding => ({
    ...scaled(found, k, points.dimension),
    outcome,
    starts,
    baselines,
  });
  if (coordinates.rank === 0) return answer('trivial', principal, 0);
  if (principal.distortion <= isometric) return answer('isometric', principal, 0);
  let best = principal.distortion <= gaussians.best.distortion ? principal : gaussians.best;
  let starts = 0;
  const spreads = spreadMaker(coordinates, k, threads);
  try {
    const task = {
      frame,
      coordinates,
      embeddingDimension: k,
      spread: (pairs: WorkingPairs, doublings: number) => spreads.objective(pairs, doublings),
      secondsLeft,
      signal,
      observe: options.observe,
    };
    const startOf = startMaker(coordinates, k, principal, gaussians.best);
    while (best.distortion > 0 && secondsLeft() > (starts === 0 ? 0 : seconds / 10)) {
      const before = starts;
      const found = tournament(
        stream.fork(`tournament ${starts}`),
        (source, index) => startOf(source, before + index),
        task,
      );
      if (found.best.distortion < best.distortion) best = found.best;
      starts += found.starts;
    }
  } finally {
    spreads.close();
  }
  return answer('optimized', best, starts);
}

/** As many rows as any points of this number and dimension can be kept in, at least 1. */
function isometricRows({ pointCount, dimension }: PointSet): number {
  return Math.max(1, Math.min(pointCount - 1, dimension));
}

/** Numbers in all pairs times embedding dimension above which vector instructions and threads are worth a start. */
const parallelSize = 50_000;

/** Plain loops for few pairs, threads for many: which depends on the sizes alone. */
function spreadMaker(
  coordinates: PrincipalCoordinates,
  k: number,
  threads: number,
): Pick<ParallelSpread, 'objective' | 'close'> {
  if (pairCount(coordinates.pointCount) * k >= parallelSize)
    return new ParallelSpread(coordinates, k, threads);
  return {
    objective: (pairs, doublings) => new SpreadObjective(coordinates, k, pairs, doublings),
    close: () => {},
  };
}

/** The matrix at the scale at which both ends of its known range are equally far from 1. */
function scaled(
  { matrix, range }: MeasuredMatrix,
  rows: number,
  columns: number,
): Pick<Embedding, 'matrix' | 'distortion' | 'ratios'> {
  const middle = (range.least + range.most) / 2;
  const squared = middle > 0 && Number.isFinite(middle) ? middle : 1;
  const scale = 1 / Math.sqrt(squared);
  const values = matrix.map((entry) => scale * entry);
  const ratios = { ...range, least: range.least / squared, most: range.most / squared };
  const distortion = ratios.most >= ratios.least ? Math.max(ratios.most - 1, 1 - ratios.least) : 0;
  return { matrix: { values, rows, columns }, distortion, ratios };
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
