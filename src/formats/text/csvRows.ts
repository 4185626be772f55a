import { CsvError, parse } from 'csv-parse/sync';
import { InputError } from '../../numerics/base/inputError.ts';

/** One line of a CSV file: its cells, and its number counted from 1. */
export interface CsvRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Splits text into rows of cells at commas, semicolons or tabs, or, where the first line has none of them, at blanks.
 *
 * Empty lines and lines that start with # are skipped; cells may be quoted.
 *
 * @param source the file's name, for messages
 * @throws InputError for quotes that do not match
 */
export function csvRows(source: string, text: string): CsvRow[] {
  const firstLine = /^(?!\s*#)[^\S\r\n]*\S.*$/m.exec(text)?.[0] ?? '';
  const spaced = !/[,;\t]/.test(firstLine);
  try {
    return parse(spaced ? text.replace(/^ +| +$/gm, '').replace(/ +/g, ',') : text, {
      comment: '#',
      comment_no_infix: true,
      delimiter: [',', ';', '\t'],
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as CsvRow[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const expected = 'well-formed CSV';
    if (typeof error.lines !== 'number') throw new InputError({ source, expected, got: error.message });
    throw new InputError({ source, line: error.lines, expected, got: error.message });
  }
}
