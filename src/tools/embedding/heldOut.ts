import { z } from 'zod';
import {
  type DistortionSpread,
  distortionSpread,
} from '../../applications/embedding/points/distortionSpread.ts';
import { ratioRange } from '../../applications/embedding/points/extremePairs.ts';
import { pointFrame } from '../../applications/embedding/points/pairBlocks.ts';
import type { PointSet, ProjectionMatrix } from '../../applications/embedding/points/points.ts';
import { InputError } from '../../numerics/base/inputError.ts';
import type { RandomStream } from '../../numerics/random/stream.ts';
import { principalProjection } from './projectionBaselines.ts';

/** Distortions that all, 99 %, 90 % and a half of some pairs do not exceed; null without any pair. */
export const spreadResult = z.strictObject({
  worst: z.number().nullable(),
  p99: z.number().nullable(),
  p90: z.number().nullable(),
  median: z.number().nullable(),
});

/** What `embed --json` prints of points that the search did not see. */
export const heldOutResult = z.strictObject({
  /** Points held out, and the pairs that touch one of them. */
  points: z.int().min(1),
  pairs: z.int(),
  distortion: spreadResult,
  /** Of the principal axes of the points that were seen, at the scale that was best for those. */
  pca: spreadResult,
});

export type HeldOutResult = z.infer<typeof heldOutResult>;

/** Points in another order: those that a search sees, then those that are held out. */
export interface Split {
  readonly seen: PointSet;
  readonly all: PointSet;
}

/**
 * Draws which points a search does not see.
 *
 * @param share of the points, in (0, 1): rounded to at least one point, and at least two are left to see
 * @throws InputError for fewer than three points
 */
export function splitPoints(stream: RandomStream, points: PointSet, share: number): Split {
  const { values, pointCount: n, dimension: d } = points;
  if (n < 3) throw new InputError({ source: '--holdout', expected: 'at least 3 points', got: `${n}` });
  const heldOut = Math.min(n - 2, Math.max(1, Math.round(share * n)));
  const order = Int32Array.from({ length: n }, (_, i) => i);
  // The first places of a Fisher–Yates shuffle are held out, and then stand last.
  for (let i = 0; i < heldOut; i++) {
    const j = stream.integer(i, n - 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  order.reverse();
  const all = new Float64Array(n * d);
  for (let i = 0; i < n; i++) all.set(values.subarray(order[i] * d, (order[i] + 1) * d), i * d);
  return {
    seen: { values: all.slice(0, (n - heldOut) * d), pointCount: n - heldOut, dimension: d },
    all: { values: all, pointCount: n, dimension: d },
  };
}

/** Measures a matrix, and the principal axes of the points that were seen, on the pairs that were not. */
export function measureHeldOut(stream: RandomStream, split: Split, matrix: ProjectionMatrix): HeldOutResult {
  const { seen, all } = split;
  const { rows: k } = matrix;
  const frame = pointFrame(all);
  const axes = principalProjection(stream, seen, k).values;
  const { least, most } = ratioRange(pointFrame(seen), axes, k);
  const scale = most >= least && most > 0 ? Math.sqrt(2 / (least + most)) : 1;
  const onUnseen = (values: Float64Array) => distortionSpread(frame, values, k, seen.pointCount);
  const found = onUnseen(matrix.values);
  return {
    points: all.pointCount - seen.pointCount,
    pairs: found.pairs,
    distortion: spreadOf(found),
    pca: spreadOf(onUnseen(axes.map((entry) => scale * entry))),
  };
}

/** The distortions as they are printed. */
export function spreadOf({ pairs, worst, p99, p90, median }: DistortionSpread): z.infer<typeof spreadResult> {
  return pairs === 0 ? { worst: null, p99: null, p90: null, median: null } : { worst, p99, p90, median };
}

/** The distortions for a reader. */
export function spreadWords({ worst, p99, p90, median }: z.infer<typeof spreadResult>): string {
  if (worst === null || p99 === null || p90 === null || median === null) return 'no pair to measure';
  return `${worst.toPrecision(6)} at worst, 99 % within ${p99.toPrecision(4)}, 90 % within ${p90.toPrecision(4)}, half within ${median.toPrecision(4)}`;
}
