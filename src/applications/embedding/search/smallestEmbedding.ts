import { checkAbove, checkWithin } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { PointSet } from '../points/points.ts';
import type { AnnealingRound } from './annealedDescent.ts';
import type { Embedding } from './embedding.ts';
import { embedPoints } from './embedPoints.ts';

/** What the smallest embedding is searched with. */
export interface SmallestEmbeddingOptions {
  /** The distortion that must be reached, in (0, 1). */
  readonly distortion: number;
  /** Time budget in seconds, above 0, shared evenly among the dimensions tried. */
  readonly seconds: number;
  /** As of `embedPoints`, as are the number of threads and the demand that every pair be measured. */
  readonly clock?: () => number;
  readonly threads?: number;
  readonly exact?: boolean;
  /** Polled at every step: once aborted, the smallest embedding so far is returned. */
  readonly signal?: AbortSignal;
  /** Called as the search goes on. */
  readonly observe?: (round: AnnealingRound) => void;
}

/**
 * Finds a small number of rows at which the given distortion is reached, by bisection.
 *
 * Guarantee: the embedding returned has the distortion asked for. That fewer rows do not suffice is what the
 * bisection found within its time, not a proof.
 *
 * @throws RangeError for options outside their intervals
 * Cost: about 1 + log₂ min(n, d) embeddings.
 */
export function smallestEmbedding(
  stream: RandomStream,
  points: PointSet,
  options: SmallestEmbeddingOptions,
): Embedding {
  const {
    distortion,
    seconds,
    clock,
    threads = 1,
    exact = false,
    signal = new AbortController().signal,
    observe,
  } = options;
  checkAbove('distortion', distortion, 0);
  checkWithin('distortion', distortion, 0, 1 - Number.EPSILON);
  checkAbove('seconds', seconds, 0);
  // n points span at most n − 1 dimensions, so an isometry exists at `most` rows.
  const most = Math.max(1, Math.min(points.pointCount - 1, points.dimension));
  const tries = 1 + Math.ceil(Math.log2(most + 1));
  const attempt = (k: number): Embedding =>
    embedPoints(stream.fork(`rows ${k}`), points, {
      embeddingDimension: k,
      seconds: seconds / tries,
      ...(clock === undefined ? {} : { clock }),
      threads,
      exact,
      signal,
      ...(observe === undefined ? {} : { observe }),
    });
  let failed = 0;
  let found = attempt(most);
  while (found.matrix.rows - failed > 1 && !signal.aborted) {
    const k = Math.floor((failed + found.matrix.rows) / 2);
    const tried = attempt(k);
    if (tried.distortion <= distortion) found = tried;
    else failed = k;
  }
  return found;
}
