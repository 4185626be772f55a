import { type MatrixValues, mostEntries, type NumberTable } from '../tables.ts';
import { columnOf } from '../text/columns.ts';
import { type Dialect, detectDialect } from '../text/dialect.ts';
import { numeralProblem, parseNumeral, shown } from '../text/numerals.ts';
import { isComment, type Row, readRows } from '../text/rows.ts';
import type { TextFile } from '../text/textFile.ts';
import { planHeader, type TableHeader } from './tableHeader.ts';

/** Rows looked at to tell a header from data. */
const sampleSize = 200;

/** Names of columns that are seldom coordinates. */
const suspicious = /^(labels?|class|target|y|species|id|index)$/i;

/**
 * Reads a table of numbers from text: one row a line, cells between commas, semicolons, tabs, bars or blanks.
 *
 * Blank lines and comments (`#`, `%`) are skipped. A first line of names is a header; a column without a heading, and
 * one more than there are headings, names the rows and is dropped. The options of the reader go before all of this.
 *
 * @returns at least one row of at least one column
 * @throws InputError naming the line and the column, for ragged rows, cells that are not finite decimal numbers, and
 * first lines that may be a header or data
 */
export function readTextTable(file: TextFile): NumberTable {
  const dialect = detectDialect(file);
  const rows = dataRows(file, dialect);
  const sample: Row[] = [];
  for (let next = rows.next(); !next.done; next = rows.next()) {
    if (sample.push(next.value) === sampleSize) break;
  }
  const header = planHeader(file, sample, dialect.decimal);
  const kept = keptColumns(file, header);
  const values = new TableValues(file, header, kept, dialect.decimal);
  for (const row of header.hasHeader ? sample.slice(1) : sample) values.add(row);
  for (const row of rows) values.add(row);
  return values.table();
}

function* dataRows(file: TextFile, { delimiter }: Dialect): Generator<Row> {
  let width: number | undefined;
  let comments = 0;
  for (const row of readRows(file, delimiter)) {
    if (isComment(row, width)) {
      comments++;
      continue;
    }
    width = row.cells.length;
    yield row;
  }
  file.count(comments, '1 comment line skipped', 'comment lines skipped');
}

/** Places of the columns that are read, in the order asked for. */
function keptColumns(file: TextFile, header: TableHeader): readonly number[] {
  const { columns, drop = [], index } = file.options;
  const place = (name: string) => columnOf(file, name, header.names, header.width);
  const all = Array.from({ length: header.width }, (_, j) => j);
  const dropped = new Set(drop.map(place));
  if (index !== undefined) dropped.add(place(index));
  else if (header.rowNames !== undefined && columns === undefined) {
    dropped.add(header.rowNames);
    file.notes.push(`column ${header.rowNames + 1} dropped, as it names the rows`);
  }
  const kept = (columns?.map(place) ?? all).filter((j) => !dropped.has(j));
  if (kept.length === 0) throw file.fault(0, { expected: 'a column to read', got: 'none left' });
  for (const j of columns === undefined ? kept : []) {
    const name = header.names?.[j];
    if (name !== undefined && suspicious.test(name)) {
      file.notes.push(
        `the column ${shown(name)} is read as numbers like the others; --drop ${name} leaves it out`,
      );
    }
  }
  return kept;
}

/** Gathers the numbers of a table row by row. */
class TableValues {
  readonly #file: TextFile;
  readonly #header: TableHeader;
  readonly #kept: readonly number[];
  readonly #decimal: '.' | ',';
  #values = new Float64Array(1024);
  #length = 0;
  #rows = 0;
  #fortran = 0;

  constructor(file: TextFile, header: TableHeader, kept: readonly number[], decimal: '.' | ',') {
    this.#file = file;
    this.#header = header;
    this.#kept = kept;
    this.#decimal = decimal;
  }

  add({ line, cells }: Row): void {
    const { width } = this.#header;
    if (cells.length !== width && !this.#endsEmpty(cells)) {
      const expected = `${width} numbers, as in the first row`;
      throw this.#file.fault(line, { expected, got: `${cells.length}` });
    }
    this.#reserve(line);
    for (const j of this.#kept) {
      const cell = cells[j] ?? '';
      const value = parseNumeral(cell, this.#decimal);
      if (Number.isNaN(value)) throw this.#cellFault(line, j, cell);
      if (/[dD]/.test(cell) && this.#fortran++ === 0)
        this.#file.notes.push('exponents written with D read as E');
      this.#values[this.#length++] = value;
    }
    this.#rows++;
  }

  /** Whether a row is wider by the empty cell that a delimiter at its end makes. */
  #endsEmpty(cells: readonly string[]): boolean {
    const { width, endsEmpty } = this.#header;
    return endsEmpty && cells.length === width + 1 && cells[width] === '';
  }

  #reserve(line: number): void {
    if (this.#length + this.#kept.length > mostEntries) {
      throw this.#file.fault(line, {
        expected: `at most ${mostEntries} numbers`,
        got: 'more',
        help: 'use .npy',
      });
    }
    if (this.#length + this.#kept.length <= this.#values.length) return;
    const grown = new Float64Array(Math.min(mostEntries, 2 * (this.#length + this.#kept.length)));
    grown.set(this.#values);
    this.#values = grown;
  }

  #cellFault(line: number, j: number, cell: string) {
    const name = this.#header.names?.[j] ?? '';
    const problem = numeralProblem(cell, this.#decimal);
    const column = name === '' ? `column ${j + 1}` : `the column ${shown(name)}`;
    const isText = problem.help === undefined && cell !== '' && !cell.startsWith('#');
    const choice = name === '' || name.includes(',') ? `${j + 1}` : name;
    const help =
      isText || problem.got === 'an empty cell' ? { help: `--drop ${choice} leaves the column out` } : {};
    return this.#file.fault(line, { ...problem, expected: `${problem.expected} in ${column}`, ...help });
  }

  table(): NumberTable {
    const file = this.#file;
    if (this.#rows === 0) throw file.fault(0, { expected: 'rows of numbers', got: 'no rows' });
    const values = this.#values.slice(0, this.#length);
    const table = { format: 'csv', values, rows: this.#rows, columns: this.#kept.length, notes: file.notes };
    this.#noteCounting(table);
    const { names } = this.#header;
    return names === undefined ? table : { ...table, columnNames: this.#kept.map((j) => names[j] ?? '') };
  }

  /** A first column that counts the rows is read as it stands, but not in silence. */
  #noteCounting({ values, rows, columns }: MatrixValues): void {
    if (rows < 3 || columns < 2 || this.#kept[0] !== 0 || this.#file.options.columns !== undefined) return;
    const start = values[0];
    if (start !== 0 && start !== 1) return;
    for (let i = 0; i < rows; i++) if (values[i * columns] !== start + i) return;
    this.#file.notes.push(`the first column counts the rows from ${start}; --index 1 leaves it out`);
  }
}

/** Writes a matrix as text: one row a line, commas between, digits enough to read every float64 back exactly. */
export function formatCsvMatrix(matrix: MatrixValues): string {
  let text = '';
  for (let i = 0; i < matrix.rows; i++) {
    const row = matrix.values.subarray(i * matrix.columns, (i + 1) * matrix.columns);
    text += `${Array.from(row, formatNumber).join(',')}\n`;
  }
  return text;
}

/** Beyond 2⁵³ with an exponent: digits alone would read as an exact integer. */
function formatNumber(value: number): string {
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(value);
}
