import type { PointSet } from '../../src/applications/embedding/points/points.ts';
import { type Embedding, embedPoints } from '../../src/applications/embedding/search/embedPoints.ts';
import { smallestEmbedding } from '../../src/applications/embedding/search/smallestEmbedding.ts';
import { randomStream } from '../../src/numerics/random/stream.ts';
import { type ThreadContext, threadFunction } from '../../src/numerics/threads/threadFunction.ts';

/** What the thread of a search is given. */
export interface SearchTask {
  readonly points: PointSet;
  readonly goal: { readonly embeddingDimension: number } | { readonly distortion: number };
  readonly seconds: number;
  readonly threads: number;
  readonly seed: string;
}

/** Runs a search; its messages are the smallest distortion so far, after each round. */
export function searchEmbedding(
  { points, goal, seconds, threads, seed }: SearchTask,
  { signal, progress }: ThreadContext<number>,
): Embedding {
  let best = Infinity;
  const options = {
    seconds,
    threads,
    signal,
    observe: ({ distortion }: { distortion: number }) => {
      best = Math.min(best, distortion);
      progress(best);
    },
  };
  const stream = randomStream(seed).fork('embed');
  return 'distortion' in goal
    ? smallestEmbedding(stream, points, { ...goal, ...options })
    : embedPoints(stream, points, { ...goal, ...options });
}

/** The search as a thread finds it. */
export const embedSearch = threadFunction(import.meta.url, searchEmbedding);
