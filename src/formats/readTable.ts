import { InputError } from '../numerics/base/inputError.ts';
import { parseCsvTable } from './arrays/csvTable.ts';
import { isNpy, parseNpy } from './arrays/npy.ts';
import type { NumberTable } from './tables.ts';
import { decodeText } from './text/decodeText.ts';
import { gunzip } from './text/gunzip.ts';

/**
 * Reads a table of numbers from the bytes of a CSV or .npy file, plain or compressed by gzip; the content decides,
 * not the name.
 *
 * @param source the file's name, for error messages
 * @returns at least one row of at least one column, all finite
 * @throws InputError for anything else, in one line with the place where it is wrong
 */
export function readTable(source: string, bytes: Uint8Array): NumberTable {
  const content = gunzip(source, bytes);
  if (!isNpy(content)) return parseCsvTable(source, decodeText(source, content));
  const table = parseNpy(source, content);
  const { values, rows, columns } = table;
  if (rows === 0 || columns === 0) {
    throw new InputError({ source, expected: 'rows of numbers', got: `shape (${rows}, ${columns})` });
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const place = `${values[bad]} at row ${Math.floor(bad / columns)}, column ${bad % columns}, counted from 0`;
    throw new InputError({ source, expected: 'finite numbers', got: place });
  }
  return table;
}
