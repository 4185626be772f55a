/**
 * out ← M·axes: the matrix that acts on original coordinates.
 *
 * @param out k·dimension
 * @param matrix k·rank, row-major
 * @param axes rank·dimension, row-major
 */
export function outwardInto(
  out: Float64Array,
  matrix: Float64Array,
  axes: Float64Array,
  dimension: number,
): Float64Array {
  const rank = axes.length / dimension;
  const k = matrix.length / rank;
  out.fill(0);
  for (let i = 0; i < k; i++) {
    for (let a = 0; a < rank; a++) {
      const weight = matrix[i * rank + a];
      if (weight === 0) continue;
      for (let c = 0; c < dimension; c++) out[i * dimension + c] += weight * axes[a * dimension + c];
    }
  }
  return out;
}
