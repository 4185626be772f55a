/**
 * out ← X·Mᵀ: row i is the image of point i.
 *
 * @param out n·k; may not alias the inputs
 * @param matrix k·rank, row-major
 */
export function embedInto(
  out: Float64Array,
  points: Float64Array,
  matrix: Float64Array,
  rank: number,
  k: number,
): Float64Array {
  const n = out.length / k;
  for (let i = 0; i < n; i++) {
    const row = i * rank;
    let c = 0;
    // Four rows of the matrix at a time, so that each coordinate is loaded once for four products.
    for (; c + 4 <= k; c += 4) {
      const m0 = c * rank;
      const m1 = m0 + rank;
      const m2 = m1 + rank;
      const m3 = m2 + rank;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let a = 0; a < rank; a++) {
        const x = points[row + a];
        s0 += x * matrix[m0 + a];
        s1 += x * matrix[m1 + a];
        s2 += x * matrix[m2 + a];
        s3 += x * matrix[m3 + a];
      }
      out[i * k + c] = s0;
      out[i * k + c + 1] = s1;
      out[i * k + c + 2] = s2;
      out[i * k + c + 3] = s3;
    }
    for (; c < k; c++) {
      let s = 0;
      for (let a = 0; a < rank; a++) s += points[row + a] * matrix[c * rank + a];
      out[i * k + c] = s;
    }
  }
  return out;
}
