import * as zlib from 'node:zlib';
import { type Compressors, parquetMetadata, parquetRead, parquetSchema } from 'hyparquet';
import { InputError } from '../../numerics/base/inputError.ts';
import type { ReaderOptions } from '../readerOptions.ts';
import { mostEntries, type NumberTable } from '../tables.ts';
import { shown } from '../text/numerals.ts';

const compressors: Compressors = {
  GZIP: (input) => zlib.gunzipSync(input),
  BROTLI: (input) => zlib.brotliDecompressSync(input),
  ZSTD: unzstd,
};

/** Node has zstd from 22.15 on. */
function unzstd(input: Uint8Array): Uint8Array {
  const decompress: unknown = Reflect.get(zlib, 'zstdDecompressSync');
  const output: unknown = typeof decompress === 'function' ? decompress(input) : undefined;
  if (output instanceof Uint8Array) return output;
  throw new Error('zstd needs Node 22.15 or later; write the file with compression="snappy"');
}

/**
 * Reads the columns of numbers of a Parquet file; a column in which pandas keeps its index is dropped.
 *
 * @throws InputError for columns of text, missing values, integers beyond 2⁵³, or a damaged file
 */
export async function readParquet(
  source: string,
  bytes: Uint8Array,
  options: ReaderOptions,
): Promise<NumberTable> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  if (!(buffer instanceof ArrayBuffer))
    throw new InputError({ source, expected: 'bytes of a file', got: 'others' });
  try {
    const metadata = parquetMetadata(buffer);
    const all = parquetSchema(metadata).children.map(({ element }) => element.name);
    const notes: string[] = [];
    const columns = chosenColumns(source, all, options, notes);
    const rows = Number(metadata.num_rows);
    if (rows === 0 || !(rows * columns.length <= mostEntries)) {
      throw new InputError({
        source,
        expected: `1 to ${mostEntries} numbers`,
        got: `${rows} × ${columns.length}`,
      });
    }
    const values = new Float64Array(rows * columns.length);
    await parquetRead({
      file: buffer,
      metadata,
      columns,
      compressors,
      onComplete: (table: readonly (readonly unknown[])[]) => {
        if (table.length !== rows)
          throw new InputError({ source, expected: `${rows} rows`, got: `${table.length}` });
        for (const [i, row] of table.entries()) {
          for (const [j, name] of columns.entries())
            values[i * columns.length + j] = entryOf(source, name, i, row[j]);
        }
      },
    });
    return { format: 'parquet', values, rows, columns: columns.length, columnNames: columns, notes };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const got = error instanceof Error ? error.message : String(error);
    throw new InputError({ source, expected: 'a whole Parquet file', got });
  }
}

function chosenColumns(
  source: string,
  all: readonly string[],
  { columns, drop = [], index }: ReaderOptions,
  notes: string[],
): string[] {
  const nameOf = (wanted: string) => {
    const name = all.includes(wanted)
      ? wanted
      : /^[1-9]\d{0,8}$/.test(wanted)
        ? all[Number(wanted) - 1]
        : undefined;
    if (name !== undefined) return name;
    throw new InputError({ source, expected: `one of ${all.join(', ')}`, got: shown(wanted) });
  };
  const dropped = new Set([...drop, ...(index === undefined ? [] : [index])].map(nameOf));
  const kept = (columns?.map(nameOf) ?? all).filter((name) => {
    if (columns !== undefined || !/^__index_level_\d+__$/.test(name)) return !dropped.has(name);
    notes.push(`column ${name} dropped, as pandas keeps its index there`);
    return false;
  });
  if (kept.length === 0) throw new InputError({ source, expected: 'a column to read', got: 'none left' });
  return kept;
}

function entryOf(source: string, column: string, row: number, entry: unknown): number {
  if (typeof entry === 'number' && Number.isFinite(entry)) return entry;
  if (typeof entry === 'boolean') return entry ? 1 : 0;
  if (typeof entry === 'bigint' && BigInt(Number(entry)) === entry) return Number(entry);
  const place = `in row ${row}, counted from 0`;
  if (typeof entry === 'bigint') {
    const expected = `integers that float64 holds exactly in the column ${shown(column)}`;
    throw new InputError({ source, expected, got: `${entry} ${place}, beyond 2^53` });
  }
  const got = entry === null || entry === undefined ? 'a missing value' : shown(String(entry));
  const help = `--drop ${column} leaves the column out`;
  throw new InputError({
    source,
    expected: `a finite number in the column ${shown(column)}`,
    got: `${got} ${place}`,
    help,
  });
}
