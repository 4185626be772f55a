import { checkInteger } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { ProjectionMatrix } from './points.ts';

/**
 * Draws a k × d matrix of independent normal entries of variance 1/k: the classical Johnson–Lindenstrauss map.
 *
 * Source: P. Indyk and R. Motwani (1998); S. Dasgupta and A. Gupta (2003).
 */
export function gaussianProjection(stream: RandomStream, rows: number, columns: number): ProjectionMatrix {
  checkInteger('rows', rows, 1);
  checkInteger('columns', columns, 1);
  const deviation = 1 / Math.sqrt(rows);
  const values = Float64Array.from({ length: rows * columns }, () => deviation * stream.gaussian());
  return { values, rows, columns };
}

/**
 * Draws a k × d matrix with independent entries √(3/k)·{+1, 0, −1} of probabilities 1/6, 2/3, 1/6.
 *
 * Source: D. Achlioptas, Database-friendly random projections (2003), Theorem 1.1.
 */
export function sparseProjection(stream: RandomStream, rows: number, columns: number): ProjectionMatrix {
  checkInteger('rows', rows, 1);
  checkInteger('columns', columns, 1);
  const size = Math.sqrt(3 / rows);
  const values = Float64Array.from({ length: rows * columns }, () => {
    const die = stream.integer(1, 6);
    return die === 1 ? size : die === 6 ? -size : 0;
  });
  return { values, rows, columns };
}
