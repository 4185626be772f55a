import { isNumeral, shown } from '../text/numerals.ts';
import type { Row } from '../text/rows.ts';
import type { TextFile } from '../text/textFile.ts';

/** What the first line of a table says of it. */
export interface TableHeader {
  readonly hasHeader: boolean;
  /** Headings of all columns, empty where a column has none. */
  readonly names?: readonly string[];
  /** Columns of the data, without an empty one at the end. */
  readonly width: number;
  /** Whether every line ends with a delimiter. */
  readonly endsEmpty: boolean;
  /** The column that names the rows. */
  readonly rowNames?: number;
}

const missing = /^[+-]?(nan|inf(inity)?|n\/?a|null|none|\?)$/i;

/**
 * Tells a header from data.
 *
 * - A line of names is a header, also where the first column or the last has none.
 * - `0,1,2,…` is a header of pandas if the numbers below are not all whole.
 * - Names before numbers in a line are a header or a column of labels, by what stands below.
 *
 * @param rows the first lines of the table
 * @throws InputError where the first line may be either, and for headers of another width than the data
 */
export function planHeader(file: TextFile, rows: readonly Row[], decimal: '.' | ','): TableHeader {
  const [first, second] = rows;
  if (first === undefined) throw file.fault(0, { expected: 'rows of numbers', got: 'no rows' });
  const endsEmpty = rows.every(({ cells }) => cells.length > 1 && cells.at(-1) === '');
  if (endsEmpty) file.notes.push('the empty column at the end of every line dropped');
  const trimmed = (row: Row) => (endsEmpty ? row.cells.slice(0, -1) : row.cells);
  const head = trimmed(first);
  const width = second === undefined ? head.length : trimmed(second).length;
  const below = rows.slice(1).map(trimmed);
  const hasHeader = file.options.header ?? isHeader(file, first.line, head, below, decimal);
  if (!hasHeader) return { hasHeader, width: head.length, endsEmpty };
  if (second === undefined)
    throw file.fault(0, { expected: 'rows of numbers', got: 'a header and nothing else' });
  file.notes.push(
    `line ${first.line} taken as a header: ${head
      .slice(0, 6)
      .map((name) => shown(name))
      .join(', ')}${head.length > 6 ? ', …' : ''}`,
  );
  if (head.length === width) {
    const isUnnamed = head[0] === '' || /^unnamed: 0$/i.test(head[0]);
    return { hasHeader, names: head, width, endsEmpty, ...(isUnnamed ? { rowNames: 0 } : {}) };
  }
  if (head.length === width - 1 && (file.options.index === '1' || namesRows(below, decimal))) {
    return { hasHeader, names: ['', ...head], width, endsEmpty, rowNames: 0 };
  }
  throw file.fault(second.line, {
    expected: `${head.length} numbers, as many as there are names in line ${first.line}`,
    got: `${width}`,
    ...(head.length === width - 1 ? { help: 'say --index 1 if the first column names the rows' } : {}),
  });
}

/** Whether the first column holds words, or counts from 0 or 1. */
function namesRows(below: readonly (readonly string[])[], decimal: '.' | ','): boolean {
  const column = below.map(([cell]) => cell);
  if (column.every((cell) => !isNumeral(cell, decimal))) return true;
  const start = Number(column[0]);
  return (start === 0 || start === 1) && column.every((cell, i) => Number(cell) === start + i);
}

function isHeader(
  file: TextFile,
  line: number,
  head: readonly string[],
  below: readonly (readonly string[])[],
  decimal: '.' | ',',
): boolean {
  if (below.length === 0) {
    if (head.every((cell) => /^\p{L}/u.test(cell) && !missing.test(cell))) {
      throw file.fault(line, { expected: 'rows of numbers', got: 'a header and nothing else' });
    }
    return false;
  }
  const isName = (cell: string) =>
    cell !== '' && !isNumeral(cell, decimal) && !missing.test(cell) && !isNearNumber(cell);
  const width = below[0].length;
  if (head.slice(1).every(isName) && (head[0] === '' ? head.length > 1 : isName(head[0]))) return true;
  const counted = head[0] === '' ? head.slice(1) : head;
  const counts = (start: number) =>
    counted.length > 1 && counted.every((cell, j) => cell === String(start + j));
  const either = (what: string) =>
    file.fault(line, {
      expected: 'a header or numbers',
      got: `${head.slice(0, 4).join(',')}${head.length > 4 ? ',…' : ''}, ${what}`,
      help: 'say --header or --no-header',
    });
  if (counts(0)) {
    if (head[0] === '' || head.length === width - 1) return true;
    const areWhole = below.every((cells) => cells.every((cell) => /^[+-]?\d+$/.test(cell)));
    if (head.length > 2 && !areWhole) return true;
    if (head.length > 2 || !areWhole) throw either('which may be either');
  }
  if (
    head.length > 2 &&
    counts(1) &&
    below.every((cells) => cells.every((cell) => !/^[+-]?\d+$/.test(cell)))
  ) {
    throw either('which may be either');
  }
  const named = head.flatMap((cell, j) => (isName(cell) ? [j] : []));
  const areLabels = named.every((j) => below.every((cells) => isName(cells[j] ?? '')));
  if (named.length === 0 || areLabels) return false;
  throw either('names and numbers in one line');
}

/** A number spoiled by a unit, a separator or an error of a spreadsheet is no name. */
function isNearNumber(cell: string): boolean {
  return /^[+\u2212-]?\d/.test(cell) || /^#(N\/A|DIV|REF|VALUE|NUM|NAME|NULL)/i.test(cell);
}
