import { pointFrame } from '../../applications/embedding/points/pairBlocks.ts';
import type { PointSet, ProjectionMatrix } from '../../applications/embedding/points/points.ts';
import { principalCoordinates } from '../../applications/embedding/points/principalCoordinates.ts';
import {
  measuredGaussians,
  measuredPrincipal,
  type ProjectionBaselines,
} from '../../applications/embedding/search/baselines.ts';
import type { RandomStream } from '../../numerics/random/stream.ts';

/** Gaussian matrices that the theorem's is held against, and seconds after which no further one is drawn. */
const [trials, limit] = [20, 1] as const;

/**
 * Measures Gaussian matrices and the principal projection on the same pairs.
 *
 * Cost: one pass over every pair a matrix.
 */
export function projectionBaselines(stream: RandomStream, points: PointSet, k: number): ProjectionBaselines {
  const frame = pointFrame(points);
  const coordinates = principalCoordinates(stream.fork('axes'), frame, k);
  const started = performance.now();
  let drawn = 1;
  const mayGoOn = (): boolean => ++drawn <= trials && performance.now() - started < 1000 * limit;
  return {
    ...measuredGaussians(stream, frame, k, mayGoOn).baselines,
    pca: measuredPrincipal(frame, coordinates, k).distortion,
  };
}

/** The projection to the k leading principal axes; zero rows where the points span fewer. */
export function principalProjection(stream: RandomStream, points: PointSet, k: number): ProjectionMatrix {
  const { axes } = principalCoordinates(stream.fork('axes'), pointFrame(points), k);
  const values = new Float64Array(k * points.dimension);
  values.set(axes.subarray(0, Math.min(axes.length, values.length)));
  return { values, rows: k, columns: points.dimension };
}
