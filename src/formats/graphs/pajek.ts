import { type EdgeTable, graphLimits } from '../tables.ts';
import { fieldsOf, type Line, readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import { splitCells } from '../text/rows.ts';
import type { TextFile } from '../text/textFile.ts';
import { EdgeCollector } from './edgeCollector.ts';

/**
 * Reads a Pajek network: `*Vertices n` with names, then `*Edges` or `*Arcs` with lines `u v [weight]`, `*Edgeslist` or
 * `*Arcslist` with lines `u v v …`, or a `*Matrix`. Vertices count from 1; `%` starts a comment.
 *
 * @throws InputError for anything else, with the line
 * Source: V. Batagelj and A. Mrvar, "Pajek reference manual", section 5.
 */
export function readPajek(file: TextFile): EdgeTable {
  const collector = new EdgeCollector(file);
  const names: string[] = [];
  let vertices: number | undefined;
  let section = '';
  let row = 0;
  for (const line of readLines(file.text)) {
    const { number, text } = line;
    if (text === '' || text.startsWith('%')) continue;
    if (text.startsWith('*')) {
      const fields = fieldsOf(text.slice(1).trim());
      section = fields[0]?.toLowerCase() ?? '';
      if (section === 'vertices') {
        if (vertices !== undefined) {
          throw file.fault(number, { expected: 'one network in the file', got: 'a second one' });
        }
        vertices = collector.integer(number, 'a vertex count', fields[1], 0, graphLimits.vertices);
      } else if (!/^(network|edges|arcs|edgeslist|arcslist|matrix)$/.test(section)) {
        throw file.fault(number, {
          expected: '*Vertices, *Edges, *Arcs, *Edgeslist, *Arcslist or *Matrix',
          got: shown(text),
        });
      }
      continue;
    }
    if (vertices === undefined)
      throw file.fault(number, { expected: '"*Vertices n" first', got: shown(text) });
    if (section === 'matrix') readMatrixRow(file, collector, line, row++, vertices);
    else readLine(file, collector, line, section, vertices, names);
  }
  if (vertices === undefined) throw file.fault(0, { expected: '"*Vertices n"', got: 'none' });
  if (names.length === 0) return collector.table('pajek', vertices, { givesBothArcs: true });
  const complete = Array.from({ length: vertices }, (_, i) => names[i] ?? `${i + 1}`);
  return collector.table('pajek', vertices, { names: complete, givesBothArcs: true });
}

function readLine(
  file: TextFile,
  collector: EdgeCollector,
  { number, text }: Line,
  section: string,
  vertices: number,
  names: string[],
): void {
  const fields = splitCells(text, ' ');
  const vertex = (field: string | undefined) => collector.integer(number, 'a vertex', field, 1, vertices) - 1;
  if (section === 'vertices') {
    const place = vertex(fields[0]);
    if (fields[1] !== undefined) names[place] = fields[1];
  } else if (section === 'edges' || section === 'arcs') {
    if (fields.length < 2)
      throw file.fault(number, { expected: '"vertex vertex [weight]"', got: shown(text) });
    // What follows the weight is about drawing.
    const weight =
      fields[2] === undefined || /^\p{L}/u.test(fields[2]) ? 1 : collector.weight(number, fields[2]);
    collector.add(number, vertex(fields[0]), vertex(fields[1]), weight);
  } else {
    const from = vertex(fields[0]);
    for (const field of fields.slice(1)) collector.add(number, from, vertex(field), 1);
  }
}

function readMatrixRow(
  file: TextFile,
  collector: EdgeCollector,
  line: Line,
  row: number,
  vertices: number,
): void {
  const fields = fieldsOf(line.text);
  if (fields.length !== vertices || row >= vertices) {
    throw file.fault(line.number, {
      expected: `${vertices} rows of ${vertices} values`,
      got: shown(line.text),
    });
  }
  for (const [column, field] of fields.entries()) {
    const weight = collector.weight(line.number, field);
    if (weight !== 0 && row !== column) collector.add(line.number, row, column, weight);
  }
}
