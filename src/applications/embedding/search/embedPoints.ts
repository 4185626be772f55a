import { checkAbove, checkInteger } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { distortionOf, type RatioRange, ratioRange } from '../points/extremePairs.ts';
import { type PointFrame, pointFrame, withDistances } from '../points/pairBlocks.ts';
import { type PointSet, type ProjectionMatrix, pairCount } from '../points/points.ts';
import { type PrincipalCoordinates, principalCoordinates } from '../points/principalCoordinates.ts';
import { gaussianProjection } from '../points/randomProjections.ts';
import type { WorkingPairs } from '../points/workingPairs.ts';
import type { AnnealingRound } from './annealedDescent.ts';
import type { MeasuredMatrix } from './measuredMatrix.ts';
import { ParallelSpread } from './parallelSpread.ts';
import { SpreadObjective } from './spreadObjective.ts';
import { tournament } from './tournament.ts';

/** What an embedding is searched with. */
export interface EmbedOptions {
  /** k ≥ 1. */
  readonly embeddingDimension: number;
  /** Time budget in seconds, above 0; a pass over every pair is finished even if it ends later. */
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
  /** k rows, one column a coordinate, scale included: the image of x is matrix times x. */
  readonly matrix: ProjectionMatrix;
  /** max | |M(x_i − x_j)|²/|x_i − x_j|² − 1 | over every pair of different points, evaluated in float64. */
  readonly distortion: number;
  /** The two ends of those ratios. */
  readonly ratios: RatioRange;
  /** Descents started. */
  readonly starts: number;
}

/** A distortion up to which distances count as kept: half of the digits, for points of very different scales. */
const isometric = Math.sqrt(Number.EPSILON);

/** Most Gaussian matrices tried before any descent, and the part of the time for all but the first of them. */
const [gaussianTrials, gaussianPart] = [20, 0.02] as const;

/** Standard deviation of the noise on a principal start, against its unit entries: no pair then collapses. */
const startNoise = 0.05;

/**
 * Computes a matrix whose worst distortion over all pairs of points is small, for a given number of rows.
 *
 *     minimise over M in R^{k×d}:  max_{i<j} | |M(x_i − x_j)|²/|x_i − x_j|² − 1 |
 *
 * The first descent starts at the principal axes, further ones at Gaussian matrices, as long as time is left.
 *
 * Guarantee: `distortion` is recomputed for the returned matrix over every pair; equal points are skipped and
 * counted in `ratios.coincidentPairs`.
 *
 * @param stream source of starts and samples
 * @param points finite coordinates, at least one point
 * @throws RangeError for options outside their intervals
 * Cost: the time budget; n·(d + k) numbers and some hundred thousand pairs, never all of them.
 */
export function embedPoints(stream: RandomStream, points: PointSet, options: EmbedOptions): Embedding {
  const {
    embeddingDimension: k,
    seconds,
    clock = machineClock,
    threads = 1,
    signal = new AbortController().signal,
    observe,
  } = options;
  checkInteger('embeddingDimension', k, 1);
  checkAbove('seconds', seconds, 0);
  checkInteger('threads', threads, 1, 64);
  checkInteger('pointCount', points.pointCount, 1);
  const started = clock();
  const frame = pointFrame(points);
  // The last pass, which measures what is returned, is inside the budget.
  let reserved = Math.min(0.2 * seconds, passEstimate(frame, k));
  const secondsLeft = (): number => (signal.aborted ? -1 : seconds - reserved - (clock() - started));
  const coordinates = principalCoordinates(stream.fork('axes'), frame, Math.max(64, 4 * k));
  if (coordinates.complete && coordinates.rank <= k) {
    const outcome = coordinates.rank === 0 ? 'trivial' : 'isometric';
    const kept = measured(outcome, frame, paddedAxes(coordinates, k, points.dimension), k, unscaled, 0);
    if (kept.distortion <= isometric) return kept;
  }
  if (coordinates.rank === 0)
    return measured('trivial', frame, new Float64Array(k * points.dimension), k, unscaled, 0);
  const remembering = withDistances(frame);
  // With remembered distances a pass takes its images alone; twice that, since it shares the machine.
  if (remembering !== frame)
    reserved = Math.min(0.2 * seconds, 2 * passEstimate({ ...frame, dimension: 0 }, k));
  const before = secondsLeft();
  let best = bestGaussian(
    stream.fork('gaussian'),
    remembering,
    k,
    () => secondsLeft() > before - gaussianPart * seconds,
  );
  let starts = 0;
  const spreads = spreadMaker(coordinates, k, threads);
  try {
    const task = {
      frame: remembering,
      coordinates,
      embeddingDimension: k,
      spread: (pairs: WorkingPairs, doublings: number) => spreads.objective(pairs, doublings),
      secondsLeft,
      signal,
      observe,
    };
    while (starts === 0 || (best.distortion > 0 && secondsLeft() > seconds / 10)) {
      const found = tournament(
        stream.fork(`tournament ${starts}`),
        (source, index) =>
          starts + index === 0
            ? principalStart(source, coordinates, k)
            : gaussianStart(source, coordinates, k),
        task,
      );
      if (found.best.distortion < best.distortion) best = found.best;
      starts += found.starts;
    }
  } finally {
    spreads.close();
  }
  return measured('optimized', remembering, best.matrix, k, best.range, starts);
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

/** A range that asks for no change of scale. */
const unscaled: RatioRange = { least: 1, most: 1, coincidentPairs: 0 };

/** Seconds that one pass over every pair is expected to take, at a nanosecond a coordinate of a pair. */
function passEstimate({ pointCount: n, dimension: d }: PointFrame, k: number): number {
  return (n * n * (d + k)) / 2e9;
}

/** The best of a few Gaussian matrices, at its best scale: what a descent has to improve on. */
function bestGaussian(
  stream: RandomStream,
  frame: PointFrame,
  k: number,
  mayGoOn: () => boolean,
): MeasuredMatrix {
  let best: MeasuredMatrix | undefined;
  for (let trial = 0; best === undefined || (trial < gaussianTrials && mayGoOn()); trial++) {
    const matrix = gaussianProjection(stream.fork(trial), k, frame.dimension).values;
    const range = ratioRange(frame, matrix, k);
    const distortion = distortionOf(range);
    if (best === undefined || distortion < best.distortion) best = { matrix, distortion, range };
  }
  return best;
}

function principalStart(stream: RandomStream, { rank }: PrincipalCoordinates, k: number): Float64Array {
  const start = new Float64Array(k * rank);
  for (let i = 0; i < start.length; i++) start[i] = startNoise * stream.gaussian();
  for (let i = 0; i < Math.min(k, rank); i++) start[i * rank + i] += 1;
  return start;
}

function gaussianStart(stream: RandomStream, { rank }: PrincipalCoordinates, k: number): Float64Array {
  return Float64Array.from({ length: k * rank }, () => stream.gaussian());
}

/** The axes as the first rows of a k-row matrix, zeros below. */
function paddedAxes({ axes }: PrincipalCoordinates, k: number, dimension: number): Float64Array {
  const matrix = new Float64Array(k * dimension);
  matrix.set(axes);
  return matrix;
}

/** Brings a matrix to the scale at which both ends of its known range are equally far from 1, and measures it there. */
function measured(
  outcome: EmbeddingOutcome,
  frame: PointFrame,
  matrix: Float64Array,
  k: number,
  range: RatioRange,
  starts: number,
): Embedding {
  const middle = (range.least + range.most) / 2;
  const scale = middle > 0 && Number.isFinite(middle) ? 1 / Math.sqrt(middle) : 1;
  const values = matrix.map((entry) => scale * entry);
  const ratios = ratioRange(frame, values, k);
  const distortion = ratios.most === 0 && ratios.least > 0 ? 0 : Math.max(ratios.most - 1, 1 - ratios.least);
  return { outcome, matrix: { values, rows: k, columns: frame.dimension }, distortion, ratios, starts };
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
