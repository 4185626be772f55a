import { pairDirections } from '../../../../src/applications/embedding/points/pairDirections.ts';
import {
  derandomizeProjection,
  estimatorStart,
} from '../../../../src/applications/embedding/theorem/pessimisticEstimator.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Certificate } from '../../../../src/papers/claims/exhibit.ts';
import { pointSets } from './embedding.ts';

/** Derandomized projections of three point sets: points, matrix, and the distortion that no pair exceeds. */
export function embeddingCertificates(stream: RandomStream): readonly Certificate[] {
  return (['high-dimensional', 'clustered', 'simplex'] as const).map((family): Certificate => {
    const seed = stream.fork(family).integer(0, 0x7fffffff);
    const { points } = pointSets(12).realize({ family, n: 12, d: 12, stream: seed });
    const distortion = 0.75;
    const start = estimatorStart(pairDirections(points), distortion);
    const { matrix } = derandomizeProjection(stream.fork(`descent ${family}`), start, trustRegion());
    const rows = matrix.length / points.dimension;
    return {
      id: `embedding.derandomized.${family}`,
      kind: 'embedding',
      says: `A fixed matrix of ${rows} rows keeps every squared distance of ${points.pointCount} points (${family}) within ${distortion}.`,
      numbers: { pointCount: points.pointCount, dimension: points.dimension, rows, distortion },
      arrays: { points: [...points.values], matrix: [...matrix] },
    };
  });
}
