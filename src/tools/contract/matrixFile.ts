import { gzipSync } from 'node:zlib';
import { formatCsvMatrix } from '../../formats/arrays/csvTable.ts';
import { formatNpy } from '../../formats/arrays/npy.ts';
import type { MatrixValues } from '../../formats/tables.ts';
import { InputError } from '../../numerics/base/inputError.ts';
import type { ToolOption } from './options.ts';
import { outputFile } from './sourceFile.ts';

/** Kinds of numbers that matrices are written in. */
export type Precision = 'float32' | 'float64';

/** An option that names a file for a matrix. */
export function matrixOutput(says: string): ToolOption<string | undefined> {
  const endings = ['.npy', '.csv', '.npy.gz', '.csv.gz'];
  return outputFile('file', `${says}: .npy, .csv, or either with .gz`, endings);
}

/**
 * Puts a matrix into the form that the name of its file asks for: CSV, or else .npy; gzip where it ends in .gz.
 *
 * @throws InputError for entries that the kind of numbers cannot hold
 */
export function formatMatrix(file: string, matrix: MatrixValues, precision: Precision): Uint8Array {
  const held = { ...matrix, values: rounded(file, matrix.values, precision) };
  const plain = /\.csv(\.gz)?$/.test(file) ? Buffer.from(formatCsvMatrix(held)) : formatNpy(held, precision);
  return file.endsWith('.gz') ? gzipSync(plain) : plain;
}

/** The smallest positive number that float32 holds with all its digits. */
const leastNormal = 2 ** -126;

/**
 * Numbers as their kind holds them.
 *
 * @param source what is being written, for messages
 * @returns fresh float64 values, or the given ones
 * @throws InputError where a number leaves the range, or all of them fall below it
 */
export function rounded(source: string, values: Float64Array, precision: Precision): Float64Array {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  const help = 'divide the input by a power of ten';
  const isHeld =
    precision === 'float64'
      ? Number.isFinite(largest)
      : Math.fround(largest) < Infinity && (largest === 0 || largest >= leastNormal);
  if (!isHeld) {
    const got = `${largest.toExponential(2)} as the largest`;
    throw new InputError({ source, expected: `numbers within the range of ${precision}`, got, help });
  }
  return precision === 'float64' ? values : values.map(Math.fround);
}
