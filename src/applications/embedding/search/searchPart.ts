import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { PointFrame } from '../points/pairBlocks.ts';
import { pairCount } from '../points/points.ts';
import type { PrincipalCoordinates } from '../points/principalCoordinates.ts';
import type { WorkingPairs } from '../points/workingPairs.ts';
import type { AnnealingRound, AnnealingTask } from './annealedDescent.ts';
import type { MeasuredMatrix } from './measuredMatrix.ts';
import { ParallelSpread } from './parallelSpread.ts';
import { SpreadObjective } from './spreadObjective.ts';
import { startMaker } from './starts.ts';
import { tournament } from './tournament.ts';

/** What is searched, and how long. */
export interface PartSearch {
  readonly frame: PointFrame;
  readonly coordinates: PrincipalCoordinates;
  readonly embeddingDimension: number;
  readonly threads: number;
  /** The budget, and what is left of it. */
  readonly seconds: number;
  readonly secondsLeft: () => number;
  readonly signal: AbortSignal;
  readonly observe?: ((round: AnnealingRound) => void) | undefined;
}

/**
 * Searches for a matrix of small distortion over every pair of a frame's points, by tournaments of descents.
 *
 * Guarantee: the best is no worse than either of the given matrices.
 *
 * @param principal and gaussian: measured over the same pairs
 * @returns the best, and how many descents were started: none where no time is left
 */
export function searchPart(
  stream: RandomStream,
  search: PartSearch,
  principal: MeasuredMatrix,
  gaussian: MeasuredMatrix,
): { readonly best: MeasuredMatrix; readonly starts: number } {
  const { coordinates, embeddingDimension: k, seconds, secondsLeft } = search;
  let best = principal.distortion <= gaussian.distortion ? principal : gaussian;
  let starts = 0;
  const startOf = startMaker(coordinates, k, principal, gaussian);
  withSpreads(search, (task) => {
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
  });
  return { best, starts };
}

/** Numbers in all pairs times embedding dimension above which vector instructions and threads are worth a start. */
const parallelSize = 50_000;

/** Runs what anneals with spreads: by plain loops for few pairs, threads for many; which depends on the sizes alone. */
export function withSpreads(search: PartSearch, run: (task: AnnealingTask) => void): void {
  const { coordinates, embeddingDimension: k, threads } = search;
  if (pairCount(coordinates.pointCount) * k < parallelSize) {
    const spread = (pairs: WorkingPairs, doublings: number) =>
      new SpreadObjective(coordinates, k, pairs, doublings);
    run({ ...search, spread });
    return;
  }
  const spreads = new ParallelSpread(coordinates, k, threads);
  try {
    run({ ...search, spread: (pairs, doublings) => spreads.objective(pairs, doublings) });
  } finally {
    spreads.close();
  }
}
