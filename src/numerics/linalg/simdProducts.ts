import {
  isLeftTransposed,
  isRightTransposed,
  type MatrixView,
  type ProductForm,
  type ProductMode,
} from './matrixView.ts';
import { simdKernel } from './simdKernel.ts';

/** Products of large matrices by vector instructions. Owns the memory that the factors are packed into. */
export interface SimdProducts {
  /** As `multiplyInto` of matrixView.ts, with the same result to the last bit where C is not accumulated. */
  multiplyInto(
    out: MatrixView,
    a: MatrixView,
    b: MatrixView,
    form: ProductForm,
    mode: ProductMode,
  ): MatrixView;
}

type Multiply = (c: number, a: number, b: number, rows: number, columns: number, inner: number) => void;

/** Below this in every size, packing costs more than vector instructions save. */
export const simdLeastSize = 8;

/** Compiles the kernel with a memory of its own. Cost: about 0.1 ms; the memory grows to the largest product. */
export function simdProducts(): SimdProducts {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(simdKernel));
  const memory = instance.exports.memory as WebAssembly.Memory;
  const multiply = instance.exports.multiply as Multiply;
  let numbers = new Float64Array(memory.buffer);
  return {
    multiplyInto(out, a, b, form, mode) {
      const leftTransposed = isLeftTransposed(form);
      const rows = out.rows;
      const columns = out.columns;
      const inner = leftTransposed ? a.rows : a.columns;
      const paddedRows = (rows + 3) & ~3;
      const paddedColumns = (columns + 3) & ~3;
      const packedB = paddedRows * inner;
      const packedC = packedB + inner * paddedColumns;
      const bytes = 8 * (packedC + paddedRows * paddedColumns);
      if (memory.buffer.byteLength < bytes) {
        memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / 65536));
        numbers = new Float64Array(memory.buffer);
      }
      packPanelsInto(numbers, a, leftTransposed, rows, inner);
      packRowsInto(numbers, packedB, b, isRightTransposed(form), inner, columns, paddedColumns);
      multiply(8 * packedC, 0, 8 * packedB, paddedRows, paddedColumns, inner);
      const C = out.data;
      for (let i = 0; i < rows; i++) {
        let r = out.offset + i * out.rowStride;
        let s = packedC + i * paddedColumns;
        if (mode === 'add') for (let j = 0; j < columns; j++) C[r++] += numbers[s++];
        else for (let j = 0; j < columns; j++) C[r++] = numbers[s++];
      }
      return out;
    },
  };
}

/** Packs A in panels of four rows from the start of `out`; rows beyond the last are 0. */
function packPanelsInto(
  out: Float64Array,
  a: MatrixView,
  transposed: boolean,
  rows: number,
  inner: number,
): void {
  const A = a.data;
  const ai = transposed ? a.columnStride : a.rowStride;
  const ak = transposed ? a.rowStride : a.columnStride;
  for (let i = 0, r = 0; i < rows; i += 4) {
    const there = Math.min(4, rows - i);
    for (let k = 0; k < inner; k++) {
      let p = a.offset + i * ai + k * ak;
      for (let lane = 0; lane < 4; lane++, p += ai) out[r++] = lane < there ? A[p] : 0;
    }
  }
}

/** Packs B row by row from `offset`; columns beyond the last are 0. */
function packRowsInto(
  out: Float64Array,
  offset: number,
  b: MatrixView,
  transposed: boolean,
  inner: number,
  columns: number,
  padded: number,
): void {
  const B = b.data;
  const bk = transposed ? b.columnStride : b.rowStride;
  const bj = transposed ? b.rowStride : b.columnStride;
  for (let k = 0; k < inner; k++) {
    let q = b.offset + k * bk;
    let r = offset + k * padded;
    for (let j = 0; j < columns; j++, q += bj) out[r++] = B[q];
    for (let j = columns; j < padded; j++) out[r++] = 0;
  }
}
