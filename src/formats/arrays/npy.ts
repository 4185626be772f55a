import { InputError } from '../../numerics/base/inputError.ts';
import type { NumberTable } from '../tables.ts';

const magic = Buffer.from('\x93NUMPY', 'latin1');

/** Bytes an entry and reader for each kind of number that converts to float64 without a question. */
const readers: Readonly<Record<string, (view: DataView, at: number, little: boolean) => number>> = {
  f8: (view, at, little) => view.getFloat64(at, little),
  f4: (view, at, little) => view.getFloat32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  i4: (view, at, little) => view.getInt32(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
  b1: (view, at) => view.getUint8(at),
};

/** Whether bytes begin as an .npy file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.equals(bytes.subarray(0, magic.length));
}

/**
 * Reads a two-dimensional real .npy array (format versions 1 to 3, either byte order, either memory order).
 *
 * @param source the file's name, for error messages
 * @returns fresh row-major float64 values; 64-bit integers beyond 2⁵³ are rounded
 * @throws InputError for a broken header, another number of dimensions, complex or object entries, or missing bytes
 * Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
 */
export function parseNpy(source: string, bytes: Uint8Array): NumberTable {
  const { type, little, fortran, shape, offset } = parseHeader(source, bytes);
  const read = readers[type];
  if (read === undefined)
    throw new InputError({ source, expected: 'real numbers in the .npy file', got: type });
  if (shape.length !== 2) {
    throw new InputError({
      source,
      expected: 'an array of two dimensions (points, coordinates)',
      got: `shape (${shape.join(', ')})`,
    });
  }
  const [rows, columns] = shape as [number, number];
  const size = Number(type.slice(1));
  const needed = rows * columns * size;
  if (bytes.length - offset !== needed) {
    throw new InputError({
      source,
      expected: `${needed} bytes of data for shape (${rows}, ${columns})`,
      got: `${bytes.length - offset}`,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, needed);
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const place = fortran ? j * rows + i : i * columns + j;
      values[i * columns + j] = read(view, place * size, little);
    }
  }
  return { values, rows, columns };
}

interface NpyHeader {
  readonly type: string;
  readonly little: boolean;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly offset: number;
}

function parseHeader(source: string, bytes: Uint8Array): NpyHeader {
  const wrong = (got: string) => new InputError({ source, expected: 'an .npy header', got });
  if (!isNpy(bytes) || bytes.length < 12) throw wrong('a file without one');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) throw wrong(`format version ${version}`);
  const start = version === 1 ? 10 : 12;
  const offset = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (offset > bytes.length) throw wrong('a header longer than the file');
  const text = Buffer.from(bytes.subarray(start, offset)).toString('latin1');
  const descr = /'descr'\s*:\s*'([<>|=])([a-zA-Z]\d{1,3})'/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const dimensions = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text);
  if (descr === null || order === null || dimensions === null) throw wrong(text.slice(0, 80));
  const shape = (dimensions[1] ?? '')
    .split(',')
    .map((part) => part.replace('L', '').trim())
    .filter((part) => part !== '')
    .map(Number);
  return { type: descr[2] ?? '', little: descr[1] !== '>', fortran: order[1] === 'True', shape, offset };
}

/** Writes a row-major float64 matrix as an .npy file, format version 1.0. The inverse of {@link parseNpy}. */
export function formatNpy(matrix: NumberTable): Uint8Array {
  const head = `{'descr': '<f8', 'fortran_order': False, 'shape': (${matrix.rows}, ${matrix.columns}), }`;
  // The header, magic and length included, is padded with spaces to a multiple of 64 bytes and ends in a newline.
  const padded = `${head.padEnd(Math.ceil((head.length + 11) / 64) * 64 - 11)}\n`;
  const bytes = new Uint8Array(10 + padded.length + 8 * matrix.values.length);
  bytes.set(magic, 0);
  const view = new DataView(bytes.buffer);
  view.setUint8(6, 1);
  view.setUint16(8, padded.length, true);
  bytes.set(Buffer.from(padded, 'latin1'), 10);
  for (let i = 0; i < matrix.values.length; i++) {
    view.setFloat64(10 + padded.length + 8 * i, matrix.values[i] ?? 0, true);
  }
  return bytes;
}
