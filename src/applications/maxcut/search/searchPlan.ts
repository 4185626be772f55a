import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { Graph } from '../graph/graph.ts';
import type { Elite } from './elitePool.ts';

/** Tasks of one round. It does not depend on the number of threads, so neither does the result. */
const roundWidth = 2;
/** Members of the pool. */
export const poolCapacity = 16;

/** More vertices than this take too long for many rounds; mixing cuts by regions brings little on them. */
export const largeGraph = 20_000;

/** What a round's tasks do: where each starts (random sides where absent), how hot, how long. */
export interface RoundPlan {
  readonly starts: readonly (Elite | undefined)[];
  readonly deviation: number;
  readonly sweeps: number;
}

/**
 * Plans a round of returns to sampler space.
 *
 * Every other round, on average, starts from random sides: mixing independent cuts region by region is what pays on
 * sparse graphs. The others return from random members of the pool, cooler (0.6 to 1.2 units) than a fresh start
 * (2 units). Lengths are spread evenly over the logarithm.
 *
 * @param stream drawn from; one a round
 * @param isTimed whether a clock ends the round: large graphs then get one run that is as slow as time allows
 */
export function planRound(
  stream: RandomStream,
  graph: Graph,
  pool: readonly Elite[],
  isTimed: boolean,
): RoundPlan {
  const usual = Math.max(500, Math.min(16_000, Math.round(1e8 / (graph.vertexCount + 1))));
  const longest = isTimed && graph.vertexCount > largeGraph ? 16_000 : usual;
  const isFresh = pool.length < 2 || stream.uniform() < 0.5;
  const spread = stream.uniform();
  const wanted = isFresh ? longest * 4 ** -spread : (longest / 2) * 8 ** -spread;
  const deviation = isFresh ? 2 : 0.6 + 0.6 * stream.uniform();
  const starts = Array.from({ length: roundWidth }, () =>
    isFresh ? undefined : pool[stream.integer(0, pool.length - 1)],
  );
  return { starts, deviation, sweeps: Math.max(1, Math.round(wanted)) };
}
