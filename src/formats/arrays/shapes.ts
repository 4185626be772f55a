import { InputError } from '../../numerics/base/inputError.ts';
import type { ReaderOptions } from '../readerOptions.ts';
import { mostEntries } from '../tables.ts';

/** An array that a file holds, its entries not read yet. */
export interface StoredArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** Kind of its numbers, a key of `numberKinds`; or the file's own word for one that is not read. */
  readonly kind: string;
}

/** Whether bytes begin as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * Rows and columns of an array as a table: two dimensions as they are; others, where flattening is asked for, as one
 * row for each entry of the first.
 *
 * @throws InputError for another number of dimensions, an empty array, or too large a one
 */
export function matrixShape(source: string, shape: readonly number[], options: ReaderOptions) {
  const text = `shape (${shape.join(', ')})`;
  if (shape.length !== 2 && !(options.flatten && shape.length > 0)) {
    const help =
      shape.length === 0 ? {} : { help: 'say --flatten for one row for each entry of the first dimension' };
    throw new InputError({
      source,
      expected: 'an array of two dimensions (points, coordinates)',
      got: text,
      ...help,
    });
  }
  const [rows = 0, ...others] = shape;
  const columns = others.reduce((product, size) => product * size, 1);
  if (rows === 0 || columns === 0) throw new InputError({ source, expected: 'rows of numbers', got: text });
  if (!(rows * columns <= mostEntries)) {
    throw new InputError({ source, expected: `at most ${mostEntries} numbers`, got: text });
  }
  return { rows, columns };
}

/**
 * The array that `--array` names, or the only one there is.
 *
 * @throws InputError listing names and shapes where there are several, or none of that name
 */
export function chooseArray<T extends StoredArray>(source: string, arrays: readonly T[], wanted?: string): T {
  const [first, second] = arrays;
  if (first === undefined) throw new InputError({ source, expected: 'an array', got: 'none' });
  if (wanted === undefined && second === undefined) return first;
  const found = arrays.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const listed = arrays.slice(0, 8).map(({ name, shape }) => `${name} (${shape.join(' × ')})`);
  const list = `${listed.join(', ')}${arrays.length > 8 ? ', …' : ''}`;
  const got = wanted === undefined ? `${arrays.length} arrays: ${list}` : `no "${wanted}" among ${list}`;
  throw new InputError({ source, expected: 'one array', got, help: 'say --array NAME' });
}

/** Says how the library that a name tells of lays out a matrix of weights. */
export function layoutNote(name: string): readonly string[] {
  if (/(^|[./])kernel(:0)?$/.test(name)) {
    return [`${name}: named as Keras names it, a row for each input; --transpose gives a row for each unit`];
  }
  return /\.weight$/.test(name) ? [`${name}: named as PyTorch names it, a row for each unit`] : [];
}
