import { ratioRange } from '../../applications/embedding/points/extremePairs.ts';
import { pointFrame } from '../../applications/embedding/points/pairBlocks.ts';
import type { PointSet } from '../../applications/embedding/points/points.ts';
import type { ProjectionBaselines } from '../../applications/embedding/search/baselines.ts';
import type { Embedding } from '../../applications/embedding/search/embedding.ts';
import { countingClock, embedPoints } from '../../applications/embedding/search/embedPoints.ts';
import { smallestEmbedding } from '../../applications/embedding/search/smallestEmbedding.ts';
import { embedByTheorem } from '../../applications/embedding/theorem/embedByTheorem.ts';
import { InputError } from '../../numerics/base/inputError.ts';
import { type RandomStream, randomStream } from '../../numerics/random/stream.ts';
import { type ThreadContext, threadFunction } from '../../numerics/threads/threadFunction.ts';
import type { Budget } from '../contract/tool.ts';
import type { EmbedResult } from './embedResult.ts';
import { projectionBaselines } from './projectionBaselines.ts';

/** What an embedding is to have: so many rows, or so little distortion, or that with the theorem's certificate. */
export type Goal =
  | { readonly embeddingDimension: number }
  | { readonly distortion: number }
  | { readonly provenDistortion: number };

interface SearchTask {
  readonly points: PointSet;
  readonly goal: Goal;
  readonly budget: Budget;
  readonly threads: number;
  readonly seed: string;
  /** Every pair is measured, whatever it takes. */
  readonly exact: boolean;
}

export type Improvement = EmbedResult['improvements'][number];
type TheoremResult = NonNullable<EmbedResult['theorem']>;

/** What a search found. */
export interface Searched {
  readonly embedding: Pick<Embedding, 'outcome' | 'matrix' | 'distortion' | 'ratios' | 'sample'>;
  /** What the theorem says, where its descent was asked for. */
  readonly theorem: TheoremResult | null;
  readonly baselines: ProjectionBaselines;
  /** Of the search alone. */
  readonly seconds: number;
}

/** Runs a search, on a thread of its own; its messages are the smaller distortions as they are found. */
export function searchEmbedding(
  task: SearchTask,
  { signal, progress }: ThreadContext<Improvement>,
): Searched {
  const { points, goal, budget, threads, seed, exact } = task;
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  let best = Infinity;
  const stream = randomStream(seed).fork('embed');
  if ('provenDistortion' in goal) {
    const found = theoremEmbedding(stream, points, goal.provenDistortion, signal);
    const seconds = elapsed();
    const { rows } = found.embedding.matrix;
    const baselines = projectionBaselines(randomStream(seed).fork('baselines'), points, rows);
    return { ...found, seconds, baselines };
  }
  const options = {
    seconds: Math.max(Number.MIN_VALUE, 'steps' in budget ? budget.steps : budget.seconds),
    ...('steps' in budget ? { clock: countingClock(1) } : {}),
    threads,
    // What steps find depends on the seed alone, so no clock may end a measurement.
    exact: exact || 'steps' in budget,
    signal,
    observe: ({ distortion }: { readonly distortion: number }) => {
      if (distortion >= best) return;
      best = distortion;
      progress({ seconds: elapsed(), distortion });
    },
  };
  const embedding =
    'distortion' in goal
      ? smallestEmbedding(stream, points, { ...goal, ...options })
      : embedPoints(stream, points, { ...goal, ...options });
  const seconds = elapsed();
  return { embedding, theorem: null, baselines: embedding.baselines, seconds };
}

/**
 * Runs the theorem's own descent, and measures its matrix over every pair.
 *
 * @throws InputError where the theorem reduces nothing, or its union bound is not affordable
 */
function theoremEmbedding(
  stream: RandomStream,
  points: PointSet,
  epsilon: number,
  signal: AbortSignal,
): Pick<Searched, 'embedding' | 'theorem'> {
  const found = embedByTheorem(stream, points, { distortion: epsilon }, { signal });
  const refuse = (expected: string, got: string): InputError =>
    new InputError({ source: '--method theorem', expected, got, help: '--method search takes any points' });
  if (found.outcome === 'trivial') throw refuse('points that differ', 'equal points only');
  if (found.outcome === 'not-affordable') throw refuse('few enough pairs', `${found.pairs}: ${found.reason}`);
  if (found.outcome === 'no-reduction') {
    const expected = `a union bound with fewer rows than the points span, which is ${found.rank}`;
    throw refuse(expected, `k = ${found.embeddingDimension} at distortion ${epsilon}`);
  }
  const { outcome, matrix, distortion, rank, deviation, steps, certificate } = found;
  const ratios = ratioRange(pointFrame(points), matrix.values, matrix.rows);
  return {
    embedding: { outcome: 'optimized', matrix, distortion, ratios },
    theorem: { outcome, epsilon, rank, deviation, steps, ...certificate },
  };
}

/** The same for a pool of workers. */
export const embeddingSearch = threadFunction(import.meta.url, searchEmbedding);
