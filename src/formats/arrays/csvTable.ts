import { InputError } from '../../numerics/base/inputError.ts';
import type { NumberTable } from '../tables.ts';
import { csvRows } from '../text/csvRows.ts';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const notFinite = /^[+-]?(nan|inf(inity)?)$/i;

/**
 * Reads a table of numbers from text: one row a line, cells separated by commas, semicolons, tabs or blanks.
 *
 * Lines that start with # and empty lines are skipped. A first line in which no cell is a number is taken for
 * column names.
 *
 * @param source the file's name, for error messages
 * @throws InputError naming the line, for ragged rows, cells that are not finite decimal numbers, or no rows
 */
export function parseCsvTable(source: string, text: string): NumberTable {
  const rows = csvRows(source, text);
  const first = rows[0];
  const isNamed = first !== undefined && rows.length > 1 && first.record.every((cell) => isName(cell));
  const header = isNamed ? rows.shift() : undefined;
  const head = rows[0];
  if (head === undefined) throw new InputError({ source, expected: 'rows of numbers', got: 'no rows' });
  const dimension = head.record.length;
  const values = new Float64Array(rows.length * dimension);
  for (const [i, row] of rows.entries()) {
    if (row.record.length !== dimension) {
      throw new InputError({
        source,
        line: row.info.lines,
        expected: `${dimension} numbers, as in the first row`,
        got: `${row.record.length}`,
      });
    }
    for (let j = 0; j < dimension; j++) {
      values[i * dimension + j] = parseCell(source, row.info.lines, row.record[j] ?? '');
    }
  }
  const table = { values, rows: rows.length, columns: dimension };
  return header === undefined ? table : { ...table, columnNames: header.record };
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
export function formatCsvMatrix(matrix: NumberTable): string {
  let text = '';
  for (let i = 0; i < matrix.rows; i++) {
    text += `${matrix.values.subarray(i * matrix.columns, (i + 1) * matrix.columns).join(',')}\n`;
  }
  return text;
}
