import { z } from 'zod';
import { embedInto } from '../../applications/embedding/points/embedInto.ts';
import type { PointSet, ProjectionMatrix } from '../../applications/embedding/points/points.ts';
import type { MatrixValues } from '../../formats/tables.ts';
import { pseudoInverse } from '../../numerics/linalg/pseudoInverse.ts';
import { formatMatrix, type Precision } from '../contract/matrixFile.ts';
import type { Answer } from '../contract/tool.ts';

/** What `embed --json` prints of the inverse that was asked for. */
export const inverseResult = z.strictObject({
  rank: z.int(),
  /** ‖X − X(M⁺M)ᵀ‖_F/‖X‖_F over the points: what returning from the embedding loses. */
  loss: z.number(),
});

/** The matrix M⁺ that leads back from an embedding as far as that is possible, and what it loses. */
export interface Inverse {
  /** dimension × k. */
  readonly matrix: MatrixValues;
  readonly result: z.infer<typeof inverseResult>;
}

/** Inverts an embedding, and measures on the points what cannot be brought back. */
export function inverseOf(points: PointSet, matrix: ProjectionMatrix): Inverse {
  const { values, rank } = pseudoInverse(matrix.values, matrix.rows, matrix.columns);
  const { pointCount: n, dimension: d } = points;
  // In units of the largest coordinate no square overflows.
  let unit = 0;
  for (let i = 0; i < points.values.length; i++) unit = Math.max(unit, Math.abs(points.values[i]));
  const scaled = points.values.map((value) => (unit === 0 ? 0 : value / unit));
  const images = embedInto(new Float64Array(n * matrix.rows), scaled, matrix.values, d, matrix.rows);
  const returned = embedInto(new Float64Array(n * d), images, values, matrix.rows, d);
  let [lost, total] = [0, 0];
  for (let i = 0; i < scaled.length; i++) {
    lost += (scaled[i] - returned[i]) ** 2;
    total += scaled[i] ** 2;
  }
  return {
    matrix: { values, rows: d, columns: matrix.rows },
    result: { rank, loss: total === 0 ? 0 : Math.sqrt(lost / total) },
  };
}

/** The inverse for a reader. */
export function inverseWords({ rank, loss }: z.infer<typeof inverseResult>): string {
  return `pseudo-inverse of rank ${rank}: points come back with ${(100 * loss).toPrecision(3)} % of their length lost`;
}

/** The files of an embedding, by the options that name them. */
export function embeddingFiles(
  points: PointSet,
  matrix: ProjectionMatrix,
  inverse: Inverse | undefined,
  precision: Precision,
): NonNullable<Answer<unknown>['outputs']> {
  const { pointCount, dimension } = points;
  const { rows } = matrix;
  return {
    out: (file) => formatMatrix(file, matrix, precision),
    embedded: (file) => {
      const values = embedInto(
        new Float64Array(pointCount * rows),
        points.values,
        matrix.values,
        dimension,
        rows,
      );
      return formatMatrix(file, { values, rows: pointCount, columns: rows }, precision);
    },
    ...(inverse === undefined
      ? {}
      : { pseudoInverse: (file: string) => formatMatrix(file, inverse.matrix, precision) }),
  };
}
