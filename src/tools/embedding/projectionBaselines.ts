import { distortionOf, ratioRange } from '../../applications/embedding/points/extremePairs.ts';
import { pointFrame } from '../../applications/embedding/points/pairBlocks.ts';
import type { PointSet, ProjectionMatrix } from '../../applications/embedding/points/points.ts';
import { principalCoordinates } from '../../applications/embedding/points/principalCoordinates.ts';
import { gaussianProjection } from '../../applications/embedding/points/randomProjections.ts';
import type { RandomStream } from '../../numerics/random/stream.ts';

/** What an embedding is held against: projections that do not look at distortion. */
export interface ProjectionBaselines {
  /** Smallest worst distortion of the Gaussian matrices, each as drawn. */
  readonly gaussianBest: number;
  readonly gaussianMean: number;
  readonly gaussianTrials: number;
  /** Worst distortion of the projection to the principal axes, at its best scale; 1 where a pair collapses. */
  readonly pca: number;
}

/**
 * Measures Gaussian matrices and the principal projection on the same pairs.
 *
 * @param limits most Gaussian matrices, at least 1; and seconds after which no further one is drawn
 * Cost: one pass over every pair a matrix.
 */
export function projectionBaselines(
  stream: RandomStream,
  points: PointSet,
  k: number,
  { trials, seconds }: { readonly trials: number; readonly seconds: number },
): ProjectionBaselines {
  const started = performance.now();
  const frame = pointFrame(points);
  let best = Infinity;
  let total = 0;
  let count = 0;
  while (count < trials && (count === 0 || performance.now() - started < 1000 * seconds)) {
    const matrix = gaussianProjection(stream.fork(count), k, points.dimension);
    const { least, most } = ratioRange(frame, matrix.values, k);
    const distortion = most >= least ? Math.max(most - 1, 1 - least) : 0;
    best = Math.min(best, distortion);
    total += distortion;
    count++;
  }
  return {
    gaussianBest: best,
    gaussianMean: total / count,
    gaussianTrials: count,
    pca: distortionOf(ratioRange(frame, principalProjection(stream, points, k).values, k)),
  };
}

/** The projection to the k leading principal axes; zero rows where the points span fewer. */
export function principalProjection(stream: RandomStream, points: PointSet, k: number): ProjectionMatrix {
  const { axes } = principalCoordinates(stream.fork('axes'), pointFrame(points), k);
  const values = new Float64Array(k * points.dimension);
  values.set(axes.subarray(0, Math.min(axes.length, values.length)));
  return { values, rows: k, columns: points.dimension };
}
