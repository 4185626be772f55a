import type { EdgeTable } from '../tables.ts';
import { detectDialect } from '../text/dialect.ts';
import { fieldsOf, readLines } from '../text/lines.ts';
import { parseNumeral, shown } from '../text/numerals.ts';
import { isComment, type Row, readRows } from '../text/rows.ts';
import type { TextFile } from '../text/textFile.ts';
import { VertexNames } from '../text/vertexNames.ts';
import { EdgeCollector } from './edgeCollector.ts';

/** Largest matrix read as text. */
const mostRows = 20_000;

/**
 * Reads an adjacency list as NetworkX writes it: a vertex and its neighbours in each line, each edge at least once.
 *
 * @throws InputError for an empty file
 */
export function readAdjacencyList(file: TextFile): EdgeTable {
  const collector = new EdgeCollector(file);
  const vertices = new VertexNames(file);
  for (const { number, text } of readLines(file.text)) {
    const content = text.replace(/#.*$/, '').trim();
    if (content === '') continue;
    const fields = fieldsOf(content);
    const [from, ...others] = fields.map((name) => vertices.number(number, name));
    for (const other of others) collector.add(number, from ?? 0, other, 1);
  }
  if (vertices.count === 0) throw file.fault(0, { expected: 'a graph', got: 'an empty file' });
  const { count, placeOf, names } = vertices.finish();
  return collector.table('adjlist', count, { placeOf, names, givesBothArcs: true });
}

/**
 * Reads a symmetric matrix of weights: n rows of n numbers, or with the names of the vertices above and before them.
 *
 * @throws InputError for anything else, with the line
 */
export function readAdjacencyMatrix(file: TextFile): EdgeTable {
  const { delimiter, decimal } = detectDialect(file);
  const rows: Row[] = [];
  for (const row of readRows(file, delimiter)) {
    if (isComment(row, rows[0]?.cells.length)) continue;
    if (rows.push(row) > mostRows)
      throw file.fault(row.line, { expected: `at most ${mostRows} rows`, got: 'more' });
    if (rows.length > row.cells.length + 1) break;
  }
  const header = namesAbove(rows, decimal);
  const names = header === undefined ? undefined : header.slice(header.length - rows.length);
  const skip = names === undefined ? 0 : 1;
  const collector = new EdgeCollector(file);
  for (const [i, row] of rows.entries()) {
    const cells = row.cells.slice(skip);
    if (cells.length !== rows.length || (names !== undefined && row.cells[0] !== names[i])) {
      const expected = `${rows.length} weights, as many as there are rows`;
      throw file.fault(row.line, { expected, got: `${cells.length}` });
    }
    for (const [j, cell] of cells.entries()) {
      const weight = collector.weight(row.line, cell);
      const mirror = rows[j]?.cells[i + skip] ?? '';
      if (parseNumeral(mirror, decimal) !== weight) {
        throw file.fault(row.line, {
          expected: 'a symmetric matrix',
          got: `${shown(cell)} against ${shown(mirror)}`,
        });
      }
      if (j > i && weight !== 0) collector.add(row.line, i, j, weight);
    }
  }
  file.notes.push(`read as the adjacency matrix of ${rows.length} vertices`);
  return collector.table('matrix', rows.length, { names });
}

/** Takes the first row off if it holds the names that also stand before the rows. */
function namesAbove(rows: Row[], decimal: '.' | ','): readonly string[] | undefined {
  const first = rows[0]?.cells;
  if (first === undefined || rows.length < 2) return undefined;
  const names = first.length === rows.length ? first.slice(1) : first;
  const agree = names.length === rows.length - 1 && names.every((name, i) => rows[i + 1]?.cells[0] === name);
  const isCorner = first.length === rows.length && !Number.isNaN(parseNumeral(first[0] ?? '', decimal));
  if (!agree || isCorner) return undefined;
  rows.shift();
  return first;
}
