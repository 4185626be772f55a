import { checkInteger } from '../numerics/base/checks.ts';
import type { Objective } from '../numerics/optimize/objective.ts';
import type { RandomizedObjective } from './randomizedObjective.ts';
import type { WeightStructure } from './weightStructure.ts';

/** A lemma's objective whose W is kept in a linear subspace, and b too where it is tied. */
export interface StructuredObjective extends Objective {
  /** The coordinates of the unrestricted objective at restricted ones. Writes to and returns `out`. */
  expandInto(out: Float64Array, y: Float64Array): Float64Array;
}

/**
 * Restricts an objective to W = Σ s_j B_j, and to b in a subspace where one is given.
 *
 *     y = (s, b, θ)  ↦  f(Σ s_j B_j, b; θ)
 *
 * Coordinates before W and after b keep their order; W comes before b, as in every objective of this project.
 * The gradient is the orthogonal projection of the full one, so ∇_s f = (⟨B_j, ∇_W f⟩)_j.
 *
 * @param objective with W a matrix directly followed by b
 * @param weights of the shape of W
 * @param shift one column, of the length of b; all of b is free where it is absent
 * @throws RangeError where the shapes do not fit
 */
export function structuredObjective(
  objective: RandomizedObjective,
  weights: WeightStructure,
  shift?: WeightStructure,
): StructuredObjective {
  const {
    dimension: full,
    weights: { start, rows, columns },
    shift: { length },
  } = objective;
  const size = rows * columns;
  if (objective.weights.kind !== 'matrix' || objective.shift.start !== start + size) {
    throw new RangeError('objective: expected W as a matrix, directly followed by b');
  }
  checkInteger('entries of the structure of W', weights.rows * weights.columns, size, size);
  if (shift !== undefined)
    checkInteger('entries of the structure of b', shift.rows * shift.columns, length, length);
  const shiftSize = shift?.dimension ?? length;
  const shiftFrom = start + weights.dimension;
  const restFrom = shiftFrom + shiftSize;
  const fullRest = start + size + length;
  const dimension = restFrom + full - fullRest;
  const point = new Float64Array(full);
  const along = new Float64Array(full);
  const result = new Float64Array(full);
  // Views of the three full vectors, so that the kernels below allocate nothing.
  const blocks = [point, along, result].map((array) => ({
    array,
    matrix: array.subarray(start, start + size),
    shift: array.subarray(start + size, fullRest),
  }));

  const expand = (
    out: Float64Array,
    matrix: Float64Array,
    shiftOut: Float64Array,
    y: Float64Array,
  ): Float64Array => {
    for (let i = 0; i < start; i++) out[i] = y[i];
    weights.expandInto(matrix, y.subarray(start, shiftFrom));
    if (shift === undefined) shiftOut.set(y.subarray(shiftFrom, restFrom));
    else shift.expandInto(shiftOut, y.subarray(shiftFrom, restFrom));
    for (let i = fullRest; i < full; i++) out[i] = y[restFrom + i - fullRest];
    return out;
  };
  const place = (index: 0 | 1, y: Float64Array): Float64Array => {
    const { array, matrix, shift: own } = blocks[index];
    return expand(array, matrix, own, y);
  };
  const projectResult = (out: Float64Array): Float64Array => {
    const { array, matrix, shift: own } = blocks[2];
    for (let i = 0; i < start; i++) out[i] = array[i];
    weights.projectInto(out.subarray(start, shiftFrom), matrix);
    if (shift === undefined) out.set(own, shiftFrom);
    else shift.projectInto(out.subarray(shiftFrom, restFrom), own);
    for (let i = fullRest; i < full; i++) out[restFrom + i - fullRest] = array[i];
    return out;
  };
  return {
    dimension,
    expandInto: (out, y) =>
      expand(out, out.subarray(start, start + size), out.subarray(start + size, fullRest), y),
    value: (y) => objective.value(place(0, y)),
    gradientInto(out, y) {
      objective.gradientInto(result, place(0, y));
      return projectResult(out);
    },
    hessianVectorInto(out, y, direction) {
      objective.hessianVectorInto(result, place(0, y), place(1, direction));
      return projectResult(out);
    },
  };
}
