/**
 * A matrix laid over a run of numbers it does not own: entry (i, j) is
 * data[offset + i·rowStride + j·columnStride].
 *
 * `data` and `rows` are mutable so that a caller can lay one view over many parameter vectors and batches
 * without allocating.
 */
export interface MatrixView {
  data: Float64Array;
  offset: number;
  rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Lays a row-major rows × columns matrix over `data` from `offset`. */
export function rowMajor(data: Float64Array, offset: number, rows: number, columns: number): MatrixView {
  return { data, offset, rows, columns, rowStride: columns, columnStride: 1 };
}

/** Which of the two factors of a product is read as its transpose. */
export type ProductForm = 'AB' | 'ABᵀ' | 'AᵀB' | 'AᵀBᵀ';

/** Whether a product takes the place of what was there or is added to it. */
export type ProductMode = 'set' | 'add';

/**
 * Adds to or overwrites C with the product of A and B: C_ij = [C_ij +] Σ_k A_ik B_kj.
 *
 * In the forms with Aᵀ, A is given inner × rows; in those with Bᵀ, B is given columns × inner. `inner` is the length of
 * the sum. C may alias neither factor.
 *
 * Tiles of 4 × 4 sums are held in local variables, so that sixteen products share eight loads and the additions
 * of different sums overlap; each single sum still adds in the order of k, so the result differs from plain loops
 * by nothing unless C is accumulated.
 *
 * Cost: rows·columns·inner multiply-adds; allocates nothing.
 */
export function multiplyInto(
  out: MatrixView,
  a: MatrixView,
  b: MatrixView,
  form: ProductForm,
  mode: ProductMode,
): MatrixView {
  const leftTransposed = isLeftTransposed(form);
  const rightTransposed = isRightTransposed(form);
  const accumulate = mode === 'add';
  const rows = out.rows;
  const columns = out.columns;
  const inner = leftTransposed ? a.rows : a.columns;
  const A = a.data;
  const B = b.data;
  const C = out.data;
  const ai = leftTransposed ? a.columnStride : a.rowStride;
  const ak = leftTransposed ? a.rowStride : a.columnStride;
  const bk = rightTransposed ? b.columnStride : b.rowStride;
  const bj = rightTransposed ? b.rowStride : b.columnStride;
  const ci = out.rowStride;
  const wholeRows = rows - (rows % 4);
  const wholeColumns = columns - (columns % 4);
  for (let i = 0; i < wholeRows; i += 4) {
    for (let j = 0; j < wholeColumns; j += 4) {
      let c00 = 0;
      let c01 = 0;
      let c02 = 0;
      let c03 = 0;
      let c10 = 0;
      let c11 = 0;
      let c12 = 0;
      let c13 = 0;
      let c20 = 0;
      let c21 = 0;
      let c22 = 0;
      let c23 = 0;
      let c30 = 0;
      let c31 = 0;
      let c32 = 0;
      let c33 = 0;
      let p = a.offset + i * ai;
      let q = b.offset + j * bj;
      for (let k = 0; k < inner; k++) {
        const b0 = B[q];
        const b1 = B[q + bj];
        const b2 = B[q + 2 * bj];
        const b3 = B[q + 3 * bj];
        const a0 = A[p];
        c00 += a0 * b0;
        c01 += a0 * b1;
        c02 += a0 * b2;
        c03 += a0 * b3;
        const a1 = A[p + ai];
        c10 += a1 * b0;
        c11 += a1 * b1;
        c12 += a1 * b2;
        c13 += a1 * b3;
        const a2 = A[p + 2 * ai];
        c20 += a2 * b0;
        c21 += a2 * b1;
        c22 += a2 * b2;
        c23 += a2 * b3;
        const a3 = A[p + 3 * ai];
        c30 += a3 * b0;
        c31 += a3 * b1;
        c32 += a3 * b2;
        c33 += a3 * b3;
        p += ak;
        q += bk;
      }
      let r = out.offset + i * ci + j;
      if (!accumulate) {
        C[r] = c00;
        C[r + 1] = c01;
        C[r + 2] = c02;
        C[r + 3] = c03;
        r += ci;
        C[r] = c10;
        C[r + 1] = c11;
        C[r + 2] = c12;
        C[r + 3] = c13;
        r += ci;
        C[r] = c20;
        C[r + 1] = c21;
        C[r + 2] = c22;
        C[r + 3] = c23;
        r += ci;
        C[r] = c30;
        C[r + 1] = c31;
        C[r + 2] = c32;
        C[r + 3] = c33;
      } else {
        C[r] += c00;
        C[r + 1] += c01;
        C[r + 2] += c02;
        C[r + 3] += c03;
        r += ci;
        C[r] += c10;
        C[r + 1] += c11;
        C[r + 2] += c12;
        C[r + 3] += c13;
        r += ci;
        C[r] += c20;
        C[r + 1] += c21;
        C[r + 2] += c22;
        C[r + 3] += c23;
        r += ci;
        C[r] += c30;
        C[r + 1] += c31;
        C[r + 2] += c32;
        C[r + 3] += c33;
      }
    }
  }
  // What is left over on the right: four rows at a time, so that four sums are under way at once.
  for (let i = 0; i < wholeRows; i += 4) {
    for (let j = wholeColumns; j < columns; j++) {
      let c0 = 0;
      let c1 = 0;
      let c2 = 0;
      let c3 = 0;
      let p = a.offset + i * ai;
      let q = b.offset + j * bj;
      for (let k = 0; k < inner; k++) {
        const b0 = B[q];
        c0 += A[p] * b0;
        c1 += A[p + ai] * b0;
        c2 += A[p + 2 * ai] * b0;
        c3 += A[p + 3 * ai] * b0;
        p += ak;
        q += bk;
      }
      const r = out.offset + i * ci + j;
      C[r] = accumulate ? C[r] + c0 : c0;
      C[r + ci] = accumulate ? C[r + ci] + c1 : c1;
      C[r + 2 * ci] = accumulate ? C[r + 2 * ci] + c2 : c2;
      C[r + 3 * ci] = accumulate ? C[r + 3 * ci] + c3 : c3;
    }
  }
  // And below: four columns at a time, then the corner one by one.
  for (let i = wholeRows; i < rows; i++) {
    for (let j = 0; j < wholeColumns; j += 4) {
      let c0 = 0;
      let c1 = 0;
      let c2 = 0;
      let c3 = 0;
      let p = a.offset + i * ai;
      let q = b.offset + j * bj;
      for (let k = 0; k < inner; k++) {
        const a0 = A[p];
        c0 += a0 * B[q];
        c1 += a0 * B[q + bj];
        c2 += a0 * B[q + 2 * bj];
        c3 += a0 * B[q + 3 * bj];
        p += ak;
        q += bk;
      }
      const r = out.offset + i * ci + j;
      C[r] = accumulate ? C[r] + c0 : c0;
      C[r + 1] = accumulate ? C[r + 1] + c1 : c1;
      C[r + 2] = accumulate ? C[r + 2] + c2 : c2;
      C[r + 3] = accumulate ? C[r + 3] + c3 : c3;
    }
    for (let j = wholeColumns; j < columns; j++) {
      let sum = 0;
      let p = a.offset + i * ai;
      let q = b.offset + j * bj;
      for (let k = 0; k < inner; k++) {
        sum += A[p] * B[q];
        p += ak;
        q += bk;
      }
      const r = out.offset + i * ci + j;
      C[r] = accumulate ? C[r] + sum : sum;
    }
  }
  return out;
}

/** Whether A is read as its transpose. */
export function isLeftTransposed(form: ProductForm): boolean {
  return form === 'AᵀB' || form === 'AᵀBᵀ';
}

/** Whether B is read as its transpose. */
export function isRightTransposed(form: ProductForm): boolean {
  return form === 'ABᵀ' || form === 'AᵀBᵀ';
}
