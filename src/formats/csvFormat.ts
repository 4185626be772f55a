import { CsvError, parse } from 'csv-parse/sync';
import type { PointSet, ProjectionMatrix } from '../applications/embedding/points/points.ts';
import { InputError } from '../numerics/base/inputError.ts';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const notFinite = /^[+-]?(nan|inf(inity)?)$/i;

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads points from text: one point a line, coordinates separated by commas, semicolons, tabs or spaces.
 *
 * Lines that start with # and empty lines are skipped. A first line in which no cell is a number is taken for
 * column names and skipped too. UTF-8 and UTF-16 byte-order marks are honoured.
 *
 * @param source the file's name, for error messages
 * @throws InputError naming the line, for ragged rows, cells that are not finite decimal numbers, or no points
 */
export function parseCsvPoints(source: string, bytes: Uint8Array): PointSet {
  const rows = splitRows(source, decode(bytes));
  const first = rows[0];
  if (first !== undefined && rows.length > 1 && first.record.every((cell) => isName(cell))) rows.shift();
  const head = rows[0];
  if (head === undefined) throw new InputError({ source, expected: 'at least one point', got: 'no rows' });
  const dimension = head.record.length;
  const values = new Float64Array(rows.length * dimension);
  for (const [i, row] of rows.entries()) {
    if (row.record.length !== dimension) {
      throw new InputError({
        source,
        line: row.info.lines,
        expected: `${dimension} coordinates, as in the first point`,
        got: `${row.record.length}`,
      });
    }
    for (let j = 0; j < dimension; j++) {
      values[i * dimension + j] = parseCell(source, row.info.lines, row.record[j] ?? '');
    }
  }
  return { values, pointCount: rows.length, dimension };
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

function splitRows(source: string, text: string): Row[] {
  // Without any other separator in the first line of data, runs of spaces separate (as numpy.savetxt writes).
  const firstLine = /^(?!\s*#)[^\S\r\n]*\S.*$/m.exec(text)?.[0] ?? '';
  const spaced = !/[,;\t]/.test(firstLine);
  try {
    return parse(spaced ? text.replace(/^[ ]+|[ ]+$/gm, '').replace(/ +/g, ',') : text, {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? { line: error.lines } : {};
    throw new InputError({ source, ...line, expected: 'comma-separated numbers', got: error.message });
  }
}

function isName(cell: string): boolean {
  return cell !== '' && !decimal.test(cell) && !notFinite.test(cell);
}

function parseCell(source: string, line: number, cell: string): number {
  const value = decimal.test(cell) ? Number(cell) : Number.NaN;
  if (!Number.isFinite(value)) {
    throw new InputError({
      source,
      line,
      expected: 'a finite number',
      got: cell === '' ? 'an empty cell' : cell,
    });
  }
  return value;
}

/** Writes a matrix as text: one row a line, commas between, digits enough to read every float64 back exactly. */
export function formatCsvMatrix(matrix: ProjectionMatrix): string {
  let text = '';
  for (let i = 0; i < matrix.rows; i++) {
    text += `${matrix.values.subarray(i * matrix.columns, (i + 1) * matrix.columns).join(',')}\n`;
  }
  return text;
}
