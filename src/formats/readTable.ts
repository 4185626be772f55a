import { InputError } from '../numerics/base/inputError.ts';
import { isNpy, parseNpy } from './arrays/npy.ts';
import { isSafetensors, readSafetensors } from './arrays/safetensors.ts';
import { isZip } from './arrays/shapes.ts';
import { readTextual } from './arrays/tableFormats.ts';
import type { ReaderOptions } from './readerOptions.ts';
import type { NumberTable } from './tables.ts';
import { decodeText } from './text/decodeText.ts';
import { gunzip } from './text/gunzip.ts';
import { bounded, refuseBinary } from './text/otherFiles.ts';
import { TextFile } from './text/textFile.ts';

/**
 * Reads a table of numbers from the bytes of a file, plain or gzip, in any of the formats of `tableFormats`; the content
 * decides which, not the name.
 *
 * @param source the file's name, for error messages
 * @param bytes the file's content; not kept
 * @returns at least one row of at least one column, all finite
 * @throws InputError for anything else, in one line with the place where it is wrong
 */
export async function readTable(
  source: string,
  bytes: Uint8Array,
  options: ReaderOptions = {},
): Promise<NumberTable> {
  const content = gunzip(source, bytes, isKnown);
  refuseBinary(source, content, 'table');
  const table = await bounded(source, async () => {
    if (!isParquet(content)) return readArrayOrText(source, content, options);
    return (await import('./arrays/parquet.ts')).readParquet(source, content, options);
  });
  return options.transpose ? transposed(table) : table;
}

/** Whether bytes begin as a Parquet file does. */
function isParquet(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PAR1';
}

function isKnown(head: Uint8Array): boolean {
  return isNpy(head) || isZip(head) || isSafetensorsHead(head) || isParquet(head) || !head.includes(0);
}

/** The header of a .safetensors file may be longer than what is looked at. */
function isSafetensorsHead(head: Uint8Array): boolean {
  return head[8] === 0x7b;
}

async function readArrayOrText(
  source: string,
  content: Uint8Array,
  options: ReaderOptions,
): Promise<NumberTable> {
  if (isNpy(content)) return { format: 'npy', ...parseNpy(source, content, options), notes: [] };
  if (isZip(content)) return (await import('./arrays/npz.ts')).readNpz(source, content, options);
  if (isSafetensors(content)) return readSafetensors(source, content, options);
  if (options.array !== undefined) {
    throw new InputError({ source: '--array', expected: 'a file of several arrays', got: source });
  }
  return readTextual(new TextFile(source, decodeText(source, content), options));
}

function transposed({ values, rows, columns, ...rest }: NumberTable): NumberTable {
  const turned = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = values[i * columns + j];
  }
  return {
    format: rest.format,
    values: turned,
    rows: columns,
    columns: rows,
    notes: [...rest.notes, 'transposed'],
  };
}
