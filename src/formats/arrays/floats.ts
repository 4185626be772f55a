import { InputError } from '../../numerics/base/inputError.ts';

/** How numbers of one kind are stored. */
export interface NumberKind {
  readonly size: number;
  readonly read: (view: DataView, at: number, little: boolean) => number;
}

/** 64-bit integers; {@link checkedEntries} refuses those that float64 would round. */
const wide = new Set(['i8', 'u8']);

/** Kinds by the names of NumPy: b, i, u and f with their bytes; bf2 is the bfloat16 of networks. */
export const numberKinds: Readonly<Record<string, NumberKind>> = {
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f2: { size: 2, read: (view, at, little) => halfToNumber(view.getUint16(at, little)) },
  bf2: { size: 2, read: (view, at, little) => brainToNumber(view.getUint16(at, little)) },
  i8: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u8: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  u4: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  i2: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  u2: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  i1: { size: 1, read: (view, at) => view.getInt8(at) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
  b1: { size: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
};

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of mantissa. */
export function halfToNumber(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + mantissa) * 2 ** (exponent - 25);
}

const brainView = new DataView(new ArrayBuffer(4));

/** bfloat16: the upper half of a float32. */
export function brainToNumber(bits: number): number {
  brainView.setUint32(0, bits * 0x10000);
  return brainView.getFloat32(0);
}

/** An array as it lies in a file: entry k at `place(k)`, in row-major order. */
export interface StoredEntries {
  readonly source: string;
  readonly view: DataView;
  readonly kind: string;
  readonly little: boolean;
  readonly rows: number;
  readonly columns: number;
  /** Place of row i and column j among the entries of the file. */
  readonly place: (i: number, j: number) => number;
}

/**
 * Reads the entries of an array as row-major float64.
 *
 * @throws InputError for entries that are not finite, or integers that float64 would round, with row and column
 */
export function checkedEntries({
  source,
  view,
  kind,
  little,
  rows,
  columns,
  place,
}: StoredEntries): Float64Array {
  const { size, read } = numberKinds[kind];
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = size * place(i, j);
      const value = read(view, at, little);
      values[i * columns + j] = value;
      if (!Number.isFinite(value)) {
        const got = `${value} at row ${i}, column ${j}, counted from 0`;
        throw new InputError({ source, expected: 'finite numbers', got });
      }
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER && wide.has(kind)) {
        const exact = kind === 'i8' ? view.getBigInt64(at, little) : view.getBigUint64(at, little);
        if (exact === BigInt(value)) continue;
        throw new InputError({
          source,
          expected: 'integers that float64 holds exactly',
          got: `${exact} at row ${i}, column ${j}, counted from 0, beyond 2^53`,
          help: 'subtract an offset first, or say a.astype(float) where rounding does no harm',
        });
      }
    }
  }
  return values;
}
