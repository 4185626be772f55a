import { type PointSet, pairCount } from './points.ts';

/** Unit vectors, one a row: count·dimension entries, row-major. */
export interface Directions {
  readonly values: Float64Array;
  readonly count: number;
  readonly dimension: number;
}

/**
 * Computes the unit differences (x_i − x_j)/|x_i − x_j| of all pairs i > j, for point sets small enough to hold
 * them all.
 *
 * A pair of equal points has no direction and is left out, so `count` may be below n(n − 1)/2.
 *
 * @param points finite coordinates; differences are scaled before they are squared, so nothing overflows
 * @returns fresh arrays, pairs in the order (1, 0), (2, 0), (2, 1), …
 * Cost: n²d/2 numbers.
 */
export function pairDirections(points: PointSet): Directions {
  const { values, pointCount, dimension } = points;
  const all = new Float64Array(pairCount(pointCount) * dimension);
  let count = 0;
  for (let i = 1; i < pointCount; i++) {
    for (let j = 0; j < i; j++) {
      const start = count * dimension;
      for (let c = 0; c < dimension; c++) {
        // Halves first: the difference of two finite numbers may overflow, that of their halves cannot.
        all[start + c] = values[i * dimension + c] / 2 - values[j * dimension + c] / 2;
      }
      if (normalize(all, start, dimension)) count++;
    }
  }
  return { values: all.slice(0, count * dimension), count, dimension };
}

/**
 * Computes the unit vectors x_i/|x_i| of the points themselves: not what the Johnson–Lindenstrauss lemma is about,
 * but what the paper's experiment measured. Points at the origin are left out.
 */
export function pointDirections(points: PointSet): Directions {
  const { values, pointCount, dimension } = points;
  const all = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < pointCount; i++) {
    const start = count * dimension;
    for (let c = 0; c < dimension; c++) all[start + c] = values[i * dimension + c];
    if (normalize(all, start, dimension)) count++;
  }
  return { values: all.slice(0, count * dimension), count, dimension };
}

/** Scales a run of entries to length 1 in place; false, leaving zeros, if it has no direction. */
function normalize(all: Float64Array, start: number, length: number): boolean {
  let largest = 0;
  for (let c = start; c < start + length; c++) largest = Math.max(largest, Math.abs(all[c]));
  if (largest === 0) return false;
  let squared = 0;
  for (let c = start; c < start + length; c++) {
    all[c] /= largest;
    squared += all[c] * all[c];
  }
  const scale = 1 / Math.sqrt(squared);
  for (let c = start; c < start + length; c++) all[c] *= scale;
  return true;
}

/** max over the directions of | |Mu|² − 1 |. */
export function worstOver(directions: Directions, matrix: Float64Array): number {
  const { values, count, dimension: d } = directions;
  let worst = 0;
  for (let p = 0; p < count; p++) {
    let squared = 0;
    for (let r = 0; r < matrix.length; r += d) {
      let entry = 0;
      for (let c = 0; c < d; c++) entry += matrix[r + c] * values[p * d + c];
      squared += entry * entry;
    }
    worst = Math.max(worst, Math.abs(squared - 1));
  }
  return worst;
}
