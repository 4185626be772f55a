import type { NodeSet } from '../../../lemma/nodeExpectation.ts';
import { checkInteger, checkLength } from '../../../numerics/base/checks.ts';
import { gaussianInto } from '../../../numerics/random/fills.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';

/**
 * Draws a uniformly random orthogonal matrix: the first k rows are a teacher's directions U, the others span what
 * it ignores.
 *
 * @param dimension d, at least 1
 * @returns d × d, row-major, rows orthonormal to rounding
 */
export function randomFrame(stream: RandomStream, dimension: number): Float64Array {
  checkInteger('dimension', dimension, 1);
  return orthonormalizedInto(gaussianInto(new Float64Array(dimension * dimension), stream), dimension);
}

/**
 * Completes k given directions to an orthonormal frame of R^d.
 *
 * @param directions k × d, row-major, linearly independent; not written to. Orthonormalised in order.
 * @returns d × d, row-major
 * @throws RangeError when the directions are dependent to working precision
 */
export function completedFrame(directions: ArrayLike<number>, dimension: number): Float64Array {
  const d = dimension;
  checkInteger('dimension', d, 1);
  const k = directions.length / d;
  checkInteger('direction count', k, 0, d);
  const frame = new Float64Array(d * d);
  frame.set(Array.from(directions));
  orthonormalizeRowsInto(frame, d, 0, k);
  // Each further row is the coordinate axis that the rows so far span least.
  for (let row = k; row < d; row++) {
    let best = 0;
    let least = Infinity;
    for (let j = 0; j < d; j++) {
      let spanned = 0;
      for (let i = 0; i < row; i++) spanned += frame[i * d + j] ** 2;
      if (spanned < least) {
        least = spanned;
        best = j;
      }
    }
    frame[row * d + best] = 1;
    orthonormalizeRowsInto(frame, d, row, row + 1);
  }
  return frame;
}

/**
 * Writes nodes in a frame's coordinates: x ↦ (⟨u_1, x⟩, …, ⟨u_d, x⟩), relevant ones first.
 *
 * @returns a fresh node set with the same weights
 */
export function rotatedNodes(nodes: NodeSet, frame: Float64Array, dimension: number): NodeSet {
  const d = dimension;
  checkLength('frame', frame, d * d);
  checkLength('points', nodes.points, nodes.weights.length * d);
  const points = new Float64Array(nodes.points.length);
  for (let n = 0; n < nodes.weights.length; n++) {
    for (let i = 0; i < d; i++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += frame[i * d + j] * nodes.points[n * d + j];
      points[n * d + i] = sum;
    }
  }
  return { points, weights: nodes.weights };
}

function orthonormalizedInto(frame: Float64Array, d: number): Float64Array {
  return orthonormalizeRowsInto(frame, d, 0, d);
}

/** Modified Gram–Schmidt, twice: once is enough for well-conditioned rows, twice for all that are independent. */
function orthonormalizeRowsInto(frame: Float64Array, d: number, from: number, to: number): Float64Array {
  for (let row = from; row < to; row++) {
    const before = normOf(frame, row, d);
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < row; i++) {
        let inner = 0;
        for (let j = 0; j < d; j++) inner += frame[i * d + j] * frame[row * d + j];
        for (let j = 0; j < d; j++) frame[row * d + j] -= inner * frame[i * d + j];
      }
    }
    const norm = normOf(frame, row, d);
    if (!(norm > 16 * d * Number.EPSILON * before)) {
      throw new RangeError(
        `directions: expected linearly independent rows, row ${row} depends on the others`,
      );
    }
    for (let j = 0; j < d; j++) frame[row * d + j] /= norm;
  }
  return frame;
}

function normOf(frame: Float64Array, row: number, d: number): number {
  let squared = 0;
  for (let j = 0; j < d; j++) squared += frame[row * d + j] ** 2;
  return Math.sqrt(squared);
}
