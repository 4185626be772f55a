import { InputError } from '../../numerics/base/inputError.ts';
import type { ReaderOptions } from '../readerOptions.ts';
import type { MatrixValues } from '../tables.ts';
import { checkedEntries, numberKinds } from './floats.ts';
import { matrixShape } from './shapes.ts';

const magic = Buffer.from('\x93NUMPY', 'latin1');

/** Whether bytes begin as an .npy file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.equals(bytes.subarray(0, magic.length));
}

/**
 * Reads a real .npy array (format versions 1 to 3, either byte order, either memory order) as a matrix.
 *
 * The shape is held against the number of bytes before anything is allocated.
 *
 * @param source the file's name, for error messages
 * @returns fresh row-major float64 values, all finite
 * @throws InputError for a broken header, another number of dimensions, complex, structured or object entries, missing
 * bytes, or integers beyond 2⁵³ that would be rounded
 * Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
 */
export function parseNpy(source: string, bytes: Uint8Array, options: ReaderOptions = {}): MatrixValues {
  const { kind, little, fortran, shape, offset } = parseNpyHeader(source, bytes);
  const { size } = numberKinds[kind] ?? { size: 0 };
  if (size === 0) throw refuseKind(source, kind);
  const needed = shape.reduce((product, entries) => product * entries, size);
  if (bytes.length - offset !== needed) {
    throw new InputError({
      source,
      expected: `${needed} bytes of data for shape (${shape.join(', ')})`,
      got: `${bytes.length - offset}`,
    });
  }
  const { rows, columns } = matrixShape(source, shape, options);
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, needed);
  const place = fortran ? fortranPlace(shape) : (i: number, j: number) => i * columns + j;
  return { values: checkedEntries({ source, view, kind, little, rows, columns, place }), rows, columns };
}

/** Place of an entry that stands in row i and, of the other dimensions in row-major order, at j. */
function fortranPlace(shape: readonly number[]): (i: number, j: number) => number {
  const [rows = 1, ...others] = shape;
  if (others.length <= 1) return (i, j) => j * rows + i;
  return (i, j) => {
    let rest = j;
    let place = 0;
    let stride = rows * others.reduce((product, size) => product * size, 1);
    for (let d = others.length - 1; d >= 0; d--) {
      stride /= others[d];
      place += (rest % others[d]) * stride;
      rest = Math.floor(rest / others[d]);
    }
    return place + i;
  };
}

function refuseKind(source: string, kind: string): InputError {
  const expected = 'real numbers in the .npy file';
  if (kind.startsWith('[')) {
    const help = 'np.save("X.npy", np.lib.recfunctions.structured_to_unstructured(a))';
    return new InputError({ source, expected, got: 'a structured array', help });
  }
  if (kind.startsWith('O')) {
    return new InputError({
      source,
      expected,
      got: 'an array of objects',
      help: 'np.save("X.npy", a.astype(float))',
    });
  }
  if (kind.startsWith('c')) {
    const help = 'np.save("X.npy", np.hstack([a.real, a.imag]))';
    return new InputError({ source, expected, got: `complex numbers (${kind})`, help });
  }
  return new InputError({ source, expected, got: `type ${kind}`, help: 'np.save("X.npy", a.astype(float))' });
}

/** What an .npy header says. */
export interface NpyHeader {
  /** Kind and bytes of an entry, as `f8`; the whole description of a structured array. */
  readonly kind: string;
  readonly little: boolean;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the entries begin. */
  readonly offset: number;
}

/** @throws InputError for anything that is no .npy header */
export function parseNpyHeader(source: string, bytes: Uint8Array): NpyHeader {
  const wrong = (got: string) => new InputError({ source, expected: 'an .npy header', got });
  if (!isNpy(bytes) || bytes.length < 12) throw wrong('a file without one');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  if (version < 1 || version > 3) throw wrong(`format version ${version}`);
  const start = version === 1 ? 10 : 12;
  const offset = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (offset > bytes.length) throw wrong('a header longer than the file');
  const text = Buffer.from(bytes.subarray(start, Math.min(offset, start + 65_536))).toString('latin1');
  const descr = /'descr'\s*:\s*('([^']*)'|\[)/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const dimensions = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text);
  if (descr === null || order === null || dimensions === null) throw wrong(text.slice(0, 80));
  const shape = dimensions[1]
    .split(',')
    .map((part) => part.replace('L', '').trim())
    .filter((part) => part !== '')
    .map(Number);
  const type = descr[2] ?? '[';
  const kind = type.replace(/^[<>|=]/, '');
  return { kind, little: !type.startsWith('>'), fortran: order[1] === 'True', shape, offset };
}

/**
 * Writes a row-major matrix as an .npy file, format version 1.0. The inverse of {@link parseNpy}.
 *
 * @param precision float32 rounds to the nearest
 */
export function formatNpy(matrix: MatrixValues, precision: 'float32' | 'float64' = 'float64'): Uint8Array {
  const size = precision === 'float32' ? 4 : 8;
  const head = `{'descr': '<f${size}', 'fortran_order': False, 'shape': (${matrix.rows}, ${matrix.columns}), }`;
  // The header, magic and length included, is padded with spaces to a multiple of 64 bytes and ends in a newline.
  const padded = `${head.padEnd(Math.ceil((head.length + 11) / 64) * 64 - 11)}\n`;
  const bytes = new Uint8Array(10 + padded.length + size * matrix.values.length);
  bytes.set(magic, 0);
  const view = new DataView(bytes.buffer);
  view.setUint8(6, 1);
  view.setUint16(8, padded.length, true);
  bytes.set(Buffer.from(padded, 'latin1'), 10);
  for (let i = 0; i < matrix.values.length; i++) {
    if (size === 4) view.setFloat32(10 + padded.length + 4 * i, matrix.values[i], true);
    else view.setFloat64(10 + padded.length + 8 * i, matrix.values[i], true);
  }
  return bytes;
}
