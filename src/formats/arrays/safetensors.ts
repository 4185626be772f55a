import { InputError } from '../../numerics/base/inputError.ts';
import type { ReaderOptions } from '../readerOptions.ts';
import type { MatrixValues, NumberTable } from '../tables.ts';
import { isObject } from '../text/json.ts';
import { checkedEntries, numberKinds } from './floats.ts';
import { chooseArray, layoutNote, matrixShape, type StoredArray } from './shapes.ts';

/** Longest header that the format allows. */
const mostHeader = 100_000_000;

const kinds: Readonly<Record<string, string>> = {
  F64: 'f8',
  F32: 'f4',
  F16: 'f2',
  BF16: 'bf2',
  I64: 'i8',
  I32: 'i4',
  I16: 'i2',
  I8: 'i1',
  U64: 'u8',
  U32: 'u4',
  U16: 'u2',
  U8: 'u1',
  BOOL: 'b1',
};

interface Tensor extends StoredArray {
  readonly begin: number;
  readonly end: number;
}

/** Whether bytes begin as a .safetensors file does: the length of a header that fits, then a brace. */
export function isSafetensors(bytes: Uint8Array): boolean {
  return (
    bytes.length > 9 && bytes[8] === 0x7b && headerLength(bytes) <= Math.min(mostHeader, bytes.length - 8)
  );
}

function headerLength(bytes: Uint8Array): number {
  return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
}

/**
 * Reads one tensor of a .safetensors file: the one that `options.array` names, or the only one.
 *
 * @throws InputError for a broken header, offsets that do not fit the shape or the file, kinds of numbers that are not
 * read, or several tensors without a choice
 * Source: Hugging Face, "Safetensors", format section.
 */
export function readSafetensors(source: string, bytes: Uint8Array, options: ReaderOptions): NumberTable {
  const length = headerLength(bytes);
  const tensors = readHeader(source, bytes.subarray(8, 8 + length));
  const { name, shape, kind, begin, end } = chooseArray(source, tensors, options.array);
  const place = `${source} (${name})`;
  const { size } = numberKinds[kind] ?? { size: 0 };
  if (size === 0) {
    throw new InputError({
      source: place,
      expected: 'real numbers',
      got: `type ${kind}`,
      help: 'tensor.float()',
    });
  }
  const needed = shape.reduce((product, entries) => product * entries, size);
  if (end - begin !== needed || begin < 0 || 8 + length + end > bytes.length) {
    const expected = `${needed} bytes of data for shape (${shape.join(', ')})`;
    throw new InputError({ source: place, expected, got: `bytes ${begin} to ${end}` });
  }
  const { rows, columns } = matrixShape(place, shape, options);
  const view = new DataView(bytes.buffer, bytes.byteOffset + 8 + length + begin, needed);
  const rowMajor = (i: number, j: number) => i * columns + j;
  const values = checkedEntries({ source: place, view, kind, little: true, rows, columns, place: rowMajor });
  const notes = tensors.length > 1 ? [`tensor ${name} of ${tensors.length}`] : [];
  return { format: 'safetensors', values, rows, columns, notes: [...notes, ...layoutNote(name)] };
}

function readHeader(source: string, bytes: Uint8Array): readonly Tensor[] {
  const wrong = (got: string) => new InputError({ source, expected: 'a .safetensors header', got });
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw wrong('no JSON');
  }
  if (!isObject(header)) throw wrong('no JSON object');
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => {
      if (!isObject(entry)) throw wrong(`no object for ${name}`);
      const { dtype, shape, data_offsets: offsets } = entry;
      if (typeof dtype !== 'string' || !isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
        throw wrong(`no dtype, shape and data_offsets for ${name}`);
      }
      return { name, shape, kind: kinds[dtype] ?? dtype, begin: offsets[0], end: offsets[1] };
    });
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

/**
 * Writes matrices by name as a .safetensors file. The inverse of {@link readSafetensors}.
 *
 * @param precision float32 rounds to the nearest
 */
export function formatSafetensors(
  matrices: Readonly<Record<string, MatrixValues>>,
  precision: 'float32' | 'float64',
): Uint8Array {
  const size = precision === 'float32' ? 4 : 8;
  const entries = Object.entries(matrices);
  let end = 0;
  const header = Object.fromEntries(
    entries.map(([name, { rows, columns, values }]) => {
      const begin = end;
      end += size * values.length;
      return [
        name,
        { dtype: size === 4 ? 'F32' : 'F64', shape: [rows, columns], data_offsets: [begin, end] },
      ];
    }),
  );
  const text = Buffer.from(JSON.stringify(header));
  // Blanks after the header let the numbers begin at a multiple of eight.
  const start = Math.ceil((8 + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  let at = start;
  for (const [, { values }] of entries) {
    for (let i = 0; i < values.length; i++, at += size) {
      if (size === 4) view.setFloat32(at, values[i], true);
      else view.setFloat64(at, values[i], true);
    }
  }
  return bytes;
}
