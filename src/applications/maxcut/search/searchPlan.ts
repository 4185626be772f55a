import type { RandomStream } from '../../../random/stream.ts';
import type { Graph } from '../graph.ts';
import type { Elite } from './elitePool.ts';

/** Tasks of one round. It does not depend on the number of threads, so neither does the result. */
export const roundWidth = 2;
/** Members of the pool. */
export const poolCapacity = 8;

/** What a round's tasks do: where each starts (random sides where absent), how hot, how long. */
export interface RoundPlan {
  readonly starts: readonly (Elite | undefined)[];
  readonly deviation: number;
  readonly sweeps: number;
}

/**
 * Plans a round of returns to sampler space.
 *
 * The pool is first filled from random sides; later one round in four starts afresh and the others return from
 * random members. A return is cooler (0.5 to 1.3 units) than a fresh start (2 units), and its length is spread
 * evenly over the logarithm, so that short and long runs get the same share of time.
 *
 * @param stream drawn from; one a round
 * @param mostSweeps what time allows
 */
export function planRound(
  stream: RandomStream,
  graph: Graph,
  pool: readonly Elite[],
  mostSweeps: number,
): RoundPlan {
  const longest = Math.max(500, Math.min(16_000, Math.round(1e8 / (graph.vertexCount + 1))));
  const isFresh = pool.length < poolCapacity || stream.uniform() < 0.25;
  const wanted = isFresh ? longest / 4 : 500 * (longest / 500) ** stream.uniform();
  const deviation = isFresh ? 2 : 0.5 + 0.8 * stream.uniform();
  const starts = Array.from({ length: roundWidth }, () =>
    isFresh ? undefined : pool[stream.integer(0, pool.length - 1)],
  );
  return { starts, deviation, sweeps: Math.max(1, Math.min(mostSweeps, Math.round(wanted))) };
}
