import { outwardInto } from '../../../../src/applications/embedding/points/outward.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Certificate } from '../../../../src/papers/claims/exhibit.ts';
import { reducingSets } from './reducingSets.ts';
import { descend } from './theoremDescents.ts';

/**
 * Derandomized projections of three point sets to fewer rows than their differences have rank: points, matrix, and the
 * distortion that no pair exceeds.
 */
export function embeddingCertificates(stream: RandomStream): readonly Certificate[] {
  const sizes = { distortion: [0.84, 0.86], points: [20, 22] } as const;
  return (['simplex', 'clustered', 'integer-valued'] as const).map((family): Certificate => {
    const set = reducingSets(family, sizes).realize(stream.fork(family).integer(0, 0x7fffffff));
    const { points, distortion, rows, axes, directions } = set;
    const found = descend(stream.fork(`descent ${family}`), set, trustRegion());
    const matrix = outwardInto(
      new Float64Array(rows * points.dimension),
      found.matrix,
      axes,
      points.dimension,
    );
    return {
      id: `embedding.derandomized.${family}`,
      kind: 'embedding',
      says: `A fixed matrix of ${rows} rows keeps every squared distance of ${points.pointCount} points (${family}), whose differences have rank ${directions.dimension}, within ${distortion}.`,
      numbers: {
        pointCount: points.pointCount,
        dimension: points.dimension,
        rows,
        rank: directions.dimension,
        distortion,
      },
      arrays: { points: [...points.values], matrix: [...matrix] },
    };
  });
}
