import type { EdgeTable } from '../../tables.ts';
import { detectDialect } from '../../text/dialect.ts';
import { isNumeral, shown } from '../../text/numerals.ts';
import { isComment, type Row, readRows } from '../../text/rows.ts';
import type { TextFile } from '../../text/textFile.ts';
import { VertexNames } from '../../text/vertexNames.ts';
import { EdgeCollector } from '../edgeCollector.ts';
import {
  columnsByChoice,
  columnsByHeading,
  columnsByPlace,
  type EdgeColumns,
  endOf,
  isEdgeHeader,
  weightOf,
} from './edgeColumns.ts';

/** What the lines before the data say of it. */
interface Preamble {
  /** KONECT's kind of graph: sym, asym or bip. */
  readonly konect?: string;
  /** Headings in a comment, as SNAP writes them. */
  readonly headings?: readonly string[];
}

/**
 * Reads a list of edges, one a line: `source target [weight]` between commas, semicolons, bars, tabs or blanks, with or
 * without a header whose names say which column is which; SNAP, KONECT, NCOL and plain NetworkX lists are such.
 *
 * Ends are names or whole numbers of any size; they are numbered without gaps, in the order of the numbers if all are
 * numbers, else as they come. The weight is 1 by default.
 *
 * @throws InputError for anything else, with the line; also where a first line may be a header or an edge
 */
export function readEdgeList(file: TextFile): EdgeTable {
  const { delimiter, decimal } = detectDialect(file);
  const rows = readRows(file, delimiter);
  const { first, second, preamble } = readBeginning(file, rows);
  const width = contentWidth(file, first, second);
  const cells = first.cells.slice(0, width);
  const header = headerOf(file, cells, second?.cells, preamble, decimal);
  const columns = planColumns(file, first.line, cells, header, preamble);
  const list = new EdgeReader(file, columns, { width, decimal, isBipartite: preamble.konect === 'bip' });
  if (header === false || header === 'commented') list.read(first);
  if (second !== undefined) list.read(second);
  for (const row of rows) {
    if (!isComment(row, width)) list.read(row);
  }
  if (header === 'unknown') decideHeader(file, list, first, columns, decimal);
  return list.table();
}

function readBeginning(file: TextFile, rows: Generator<Row>) {
  const data: Row[] = [];
  let preamble: Preamble = {};
  let comments = 0;
  for (let next = rows.next(); !next.done; next = rows.next()) {
    const row = next.value;
    if (!isComment(row, data[0]?.cells.length)) {
      if (data.push(row) === 2) break;
      continue;
    }
    comments++;
    if (data.length > 0) continue;
    const cells = row.cells.map((cell, j) => (j === 0 ? cell.replace(/^[#%]\s*/, '') : cell));
    const words = cells.filter((cell) => cell !== '');
    const konect = /^%\s*(sym|asym|bip)\b/.exec(row.cells.join(' '))?.[1];
    if (konect !== undefined) preamble = { ...preamble, konect };
    else if (isEdgeHeader(words)) preamble = { ...preamble, headings: words };
  }
  const [first, second] = data;
  if (first === undefined)
    throw file.fault(0, { expected: 'edges', got: comments === 0 ? 'an empty file' : 'no data' });
  file.count(comments, '1 comment line skipped before the data', 'comment lines skipped before the data');
  return { first, second, preamble };
}

/** Cells in a row, without those that are empty at the ends of both first lines. */
function contentWidth(file: TextFile, first: Row, second: Row | undefined): number {
  let width = first.cells.length;
  while (width > 2 && first.cells[width - 1] === '' && (second?.cells[width - 1] ?? '') === '') width--;
  if (width < first.cells.length) file.notes.push('empty columns at the end of the lines dropped');
  return width;
}

type Header = boolean | 'commented' | 'unknown';

function headerOf(
  file: TextFile,
  first: readonly string[],
  second: readonly string[] | undefined,
  preamble: Preamble,
  decimal: '.' | ',',
): Header {
  const { header, columns } = file.options;
  if (header !== undefined) return header;
  if (preamble.headings?.length === first.length) return 'commented';
  if (preamble.konect !== undefined) return false;
  if (isEdgeHeader(first)) return true;
  if (columns?.some((name) => first.includes(name) && !isNumeral(name)) === true) return true;
  const isNumber = (cell: string | undefined) => cell !== undefined && isNumeral(cell, decimal);
  if (first.some(isNumber) || second === undefined) return false;
  if (second.some(isNumber)) {
    // With words for ends and a number after them, the first line would have a number there too.
    return true;
  }
  return 'unknown';
}

function planColumns(
  file: TextFile,
  line: number,
  cells: readonly string[],
  header: Header,
  { headings, konect }: Preamble,
): EdgeColumns {
  const { columns } = file.options;
  const names = header === 'commented' ? headings : header === true ? cells : undefined;
  const found =
    columns !== undefined
      ? columnsByChoice(file, columns, names)
      : names === undefined
        ? undefined
        : columnsByHeading(names);
  if (found !== undefined || names !== undefined) {
    if (names !== undefined) file.notes.push(`header ${names.map((name) => shown(name)).join(', ')}`);
    const plan = found ?? columnsByPlace(file, line, cells, true);
    if (names !== undefined) noteUnused(file, names, plan);
    return plan;
  }
  // KONECT's fourth column is a time.
  return columnsByPlace(file, line, konect === undefined ? cells : cells.slice(0, 3), false);
}

function noteUnused(file: TextFile, names: readonly string[], { source, target, weight }: EdgeColumns): void {
  const unused = names.filter((_, j) => j !== source && j !== target && j !== weight);
  if (unused.length > 0) file.notes.push(`columns not used: ${unused.map((name) => shown(name)).join(', ')}`);
  if (weight === undefined && names.length > 2) file.notes.push('every weight is 1');
}

/** With words everywhere, the first line is an edge if one of its ends occurs again, and else could be either. */
function decideHeader(
  file: TextFile,
  list: EdgeReader,
  first: Row,
  columns: EdgeColumns,
  decimal: '.' | ',',
): void {
  if (columns.weight !== undefined && !isNumeral(first.cells[columns.weight] ?? '', decimal)) return;
  const ends = [first.cells[columns.source] ?? '', first.cells[columns.target] ?? ''];
  if (ends.some((end) => list.vertices.has(end))) {
    list.read(first);
    return;
  }
  throw file.fault(first.line, {
    expected: 'a header or an edge',
    got: `${ends.map((end) => shown(end)).join(', ')}, which may be either`,
    help: 'say --header or --no-header',
  });
}

class EdgeReader {
  readonly vertices: VertexNames;
  readonly #file: TextFile;
  readonly #columns: EdgeColumns;
  readonly #shape: { readonly width: number; readonly decimal: '.' | ','; readonly isBipartite: boolean };
  readonly #collector: EdgeCollector;
  #words = 0;
  #numbers = 0;
  #firstWord = 0;

  constructor(
    file: TextFile,
    columns: EdgeColumns,
    shape: { readonly width: number; readonly decimal: '.' | ','; readonly isBipartite: boolean },
  ) {
    this.#file = file;
    this.#columns = columns;
    this.#shape = shape;
    this.#collector = new EdgeCollector(file);
    this.vertices = new VertexNames(file);
    const { source, target, weight = 0 } = columns;
    if (source === target || Math.max(source, target, weight) >= shape.width) {
      const got = 'the same column twice, or one beyond the last';
      throw file.fault(0, { expected: `columns from 1 to ${shape.width}`, got });
    }
  }

  read({ line, cells }: Row): void {
    const file = this.#file;
    const { width, decimal, isBipartite } = this.#shape;
    if (cells.length < width || cells.slice(width).some((cell) => cell !== '')) {
      const expected = `${width} columns, as in the first line`;
      throw file.fault(line, {
        expected,
        got: `${cells.length}`,
        help: 'say --delimiter if another mark separates',
      });
    }
    const { source, target, weight } = this.#columns;
    const from = endOf(file, line, cells[source]);
    const to = endOf(file, line, cells[target]);
    this.#tell(line, from);
    this.#tell(line, to);
    const value = weight === undefined ? 1 : weightOf(file, line, cells[weight], decimal);
    const u = this.vertices.number(line, isBipartite ? `left ${from}` : from);
    const v = this.vertices.number(line, isBipartite ? `right ${to}` : to);
    this.#collector.add(line, u, v, value);
  }

  /** Counts words and numbers among the ends: a mixture is worth a note. */
  #tell(line: number, end: string): void {
    if (/^\d+$/.test(end)) this.#numbers++;
    else if (this.#words++ === 0) this.#firstWord = line;
  }

  table(): EdgeTable {
    if (this.#collector.count === 0)
      throw this.#file.fault(0, { expected: 'edges', got: 'a header and nothing else' });
    if (this.#words > 0 && this.#numbers > 0) {
      this.#file.notes.push(
        `vertices are called by words and by numbers (first word in line ${this.#firstWord})`,
      );
    }
    const { count, placeOf, names } = this.vertices.finish();
    return this.#collector.table('edges', count, { placeOf, names });
  }
}
