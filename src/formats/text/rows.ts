import { CsvError, parse } from 'csv-parse/sync';
import type { Delimiter } from '../readerOptions.ts';
import { readLines } from './lines.ts';
import type { TextFile } from './textFile.ts';

/** One line of a table: its cells, without blanks around them, and its number counted from 1. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Yields the rows of a table; blank lines are skipped, comments are not: see {@link isComment}.
 *
 * @throws InputError for quotes that do not match
 */
export function* readRows(file: TextFile, delimiter: Delimiter): Generator<Row> {
  if (file.text.includes('"') && delimiter !== ' ') {
    yield* quotedRows(file, delimiter);
    return;
  }
  // A tab at an end of a line separates an empty cell.
  for (const { number, text } of readLines(file.text, delimiter === '\t')) {
    if (text.trim() !== '') yield { line: number, cells: splitCells(text, delimiter) };
  }
}

/** The cells of one line; quotes are looked at only where blanks separate. */
export function splitCells(line: string, delimiter: Delimiter): string[] {
  if (delimiter !== ' ') return line.split(delimiter).map((cell) => cell.trim());
  if (!line.includes('"')) return line.split(/\s+/);
  return Array.from(
    line.matchAll(/"((?:[^"]|"")*)"|\S+/g),
    ([all, inner]) => inner?.replaceAll('""', '"') ?? all,
  );
}

function* quotedRows(file: TextFile, delimiter: Delimiter): Generator<Row> {
  for (const { record, info } of parseQuoted(file, delimiter)) {
    if (record.length > 1 || record[0] !== '') yield { line: info.lines, cells: record };
  }
}

function parseQuoted(file: TextFile, delimiter: Delimiter) {
  try {
    const rows: unknown = parse(file.text, {
      delimiter,
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
    return rows as readonly {
      readonly record: readonly string[];
      readonly info: { readonly lines: number };
    }[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 0;
    throw file.fault(line, { expected: 'well-formed CSV', got: error.message });
  }
}

const spreadsheetError = /^#(N\/A|DIV\/0!|REF!|VALUE!|NUM!|NAME\?|NULL!|#+$)/i;

/**
 * Whether a row is a comment: it begins with `#` or `%` and is no line of data.
 *
 * Data is a row that begins with an error of a spreadsheet, or with a word stuck to the mark (`#tag`) and holds as
 * many cells as the table, one of the others a number.
 *
 * @param width cells in a row of the table, where that is known
 */
export function isComment({ cells }: Row, width: number | undefined): boolean {
  const first = cells[0] ?? '';
  if (first[0] !== '#' && first[0] !== '%') return false;
  if (first[0] === '%') return true;
  const holdsNumber = cells.slice(1).some((cell) => /^[+-]?\.?\d/.test(cell));
  if (spreadsheetError.test(first)) return cells.length === 1 ? width !== 1 : false;
  return !(/^#\p{L}/u.test(first) && holdsNumber && cells.length === (width ?? cells.length));
}
