import { rowMajor } from '../../../../numerics/linalg/matrixView.ts';
import { simdLeastSize, simdProducts } from '../../../../numerics/linalg/simdProducts.ts';
import { embedInto } from '../embedInto.ts';

/** Points a product: two factors and their images stay in a second-level cache. */
const run = 256;

/**
 * As `embedInto`, with vector instructions where the sizes are worth them: out ← X·Mᵀ.
 *
 * @param out n·k; may not alias the inputs
 * @param matrix k·width, row-major
 * Cost: n·width·k multiplications, at a third of a nanosecond each.
 */
export function imagesInto(
  out: Float64Array,
  points: Float64Array,
  matrix: Float64Array,
  width: number,
  k: number,
): Float64Array {
  if (Math.min(width, k) < simdLeastSize) return embedInto(out, points, matrix, width, k);
  const { multiplyInto } = simdProducts();
  const right = rowMajor(matrix, 0, k, width);
  const n = out.length / k;
  for (let from = 0; from < n; from += run) {
    const rows = Math.min(run, n - from);
    const left = rowMajor(points, from * width, rows, width);
    multiplyInto(rowMajor(out, from * k, rows, k), left, right, 'ABᵀ', 'set');
  }
  return out;
}
