import { checkAbove, checkInteger } from '../../../numerics/base/checks.ts';
import { eachPairBlock, pointFrame } from './pairBlocks.ts';
import type { PointSet, ProjectionMatrix } from './points.ts';

/**
 * Counts the squared ratios |M(x − y)|²/|x − y|² over every pair of different points, in equal bins from 0.
 *
 * @param bins at least 1
 * @param most the upper end of the last bin, above 0; what lies beyond is counted in it
 * @returns one entry a bin, the share of the pairs; zeros if no two points differ
 * Cost: one pass over every pair.
 */
export function ratioHistogram(
  points: PointSet,
  matrix: ProjectionMatrix,
  bins: number,
  most: number,
): Float64Array {
  checkInteger('bins', bins, 1);
  checkAbove('most', most, 0);
  const counts = new Float64Array(bins);
  let total = 0;
  eachPairBlock(pointFrame(points), matrix.values, matrix.rows, (block) => {
    total += block.count;
    for (let p = 0; p < block.count; p++) {
      counts[Math.min(bins - 1, Math.floor((block.ratio[p] / most) * bins))]++;
    }
  });
  return counts.map((count) => count / Math.max(1, total));
}
