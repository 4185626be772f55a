import { z } from 'zod';
import { distortionSpread } from '../../applications/embedding/points/distortionSpread.ts';
import { pointFrame } from '../../applications/embedding/points/pairBlocks.ts';
import {
  type PointSet,
  type ProjectionMatrix,
  pairCount,
} from '../../applications/embedding/points/points.ts';
import { readTable } from '../../formats/readTable.ts';
import { InputError } from '../../numerics/base/inputError.ts';
import type { OwnData } from '../../papers/evidence/ownData.ts';
import { noteLines } from '../contract/readerFlags.ts';
import type { SourceFile } from '../contract/sourceFile.ts';
import { inverseResult, inverseWords } from './embeddingFiles.ts';
import { spreadOf, spreadResult, spreadWords } from './heldOut.ts';

/** What `embed --apply --json` prints: how a saved matrix keeps the distances of other points. */
export const appliedResult = z.strictObject({
  /** The file that the matrix is from. */
  matrix: z.string(),
  points: z.int().min(1),
  dimension: z.int().min(1),
  k: z.int().min(1),
  /** Pairs of different points: each was measured. */
  pairs: z.int(),
  coincidentPairs: z.int(),
  leastRatio: z.number().nullable(),
  mostRatio: z.number().nullable(),
  distortion: spreadResult,
  inverse: inverseResult.nullable(),
  notes: z.array(z.string()),
});

export type AppliedResult = z.infer<typeof appliedResult>;

/** A matrix that was saved, and the file's name. */
export interface SavedMatrix extends ProjectionMatrix {
  readonly source: string;
}

/**
 * Reads a matrix that this tool, or another, has saved: k rows, a column for each coordinate.
 *
 * @throws InputError for another number of columns than the points have
 */
export async function readSavedMatrix({ source, read }: SourceFile, dimension: number): Promise<SavedMatrix> {
  const { values, rows, columns } = await readTable(source, read());
  if (columns === dimension) return { source, values, rows, columns };
  throw new InputError({
    source,
    expected: `a matrix of ${dimension} columns, as many as the points have`,
    got: `${rows} × ${columns}`,
    ...(rows === dimension ? { help: 'transpose it' } : {}),
  });
}

/** Measures a saved matrix on points that it may never have seen. */
export function appliedResultOf(
  points: PointSet,
  matrix: SavedMatrix,
  inverse: AppliedResult['inverse'],
  notes: readonly string[],
): AppliedResult {
  const spread = distortionSpread(pointFrame(points), matrix.values, matrix.rows);
  const isMeasured = spread.pairs > 0;
  return {
    matrix: matrix.source,
    points: points.pointCount,
    dimension: points.dimension,
    k: matrix.rows,
    pairs: spread.pairs,
    coincidentPairs: pairCount(points.pointCount) - spread.pairs,
    leastRatio: isMeasured ? spread.least : null,
    mostRatio: isMeasured ? spread.most : null,
    distortion: spreadOf(spread),
    inverse,
    notes: [...notes],
  };
}

/** The result for a reader. */
export function appliedWords(result: AppliedResult): string[] {
  const { points, dimension, k, matrix, pairs, coincidentPairs, distortion, inverse } = result;
  return [
    ...noteLines(result.notes),
    `${points} points in ${dimension} dimensions, embedded in ${k} by ${matrix}`,
    `distortion over ${pairs} pairs  ${spreadWords(distortion)}`,
    ...(coincidentPairs > 0
      ? [`${coincidentPairs} pairs of equal points have no direction and were skipped`]
      : []),
    ...(inverse === null ? [] : [inverseWords(inverse)]),
  ];
}

/** The numbers of a result as the report shows them. */
export function appliedSummary(result: AppliedResult): OwnData['summary'] {
  const { worst, p99, p90, median } = result.distortion;
  return {
    points: result.points,
    dimension: result.dimension,
    embeddingDimension: result.k,
    matrix: result.matrix,
    pairs: result.pairs,
    distortion: worst ?? 'no pair',
    ...(p99 === null || p90 === null || median === null ? {} : { p99, p90, median }),
  };
}
