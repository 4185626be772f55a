import { type EdgeTable, graphLimits } from '../tables.ts';
import { fieldsOf, readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { EdgeCollector } from './edgeCollector.ts';

const problems = new Set(['edge', 'edges', 'col', 'sp', 'max', 'mc', 'maxcut']);

/**
 * Reads the DIMACS graph formats: comments `c …`, one line `p edge n m` (or col, sp, max), lines `e u v [weight]` or
 * `a u v [weight]`, vertices from 1, weight 1 by default. Lines of nodes (`n`) and coordinates (`v`, `d`, `x`) do not
 * matter to a cut.
 *
 * Files in use count each edge once or twice, in the line `p` or by giving both arcs; all of that is accepted.
 *
 * @throws InputError for anything else, with the line
 * Source: DIMACS Challenges, "Clique and Coloring Problems Graph Format" (1993) and "Shortest Paths" (2006).
 */
export function readDimacs(file: TextFile): EdgeTable {
  const collector = new EdgeCollector(file);
  let header: { readonly vertices: number; readonly edges: number } | undefined;
  let last = 1;
  let others = 0;
  for (const { number, text } of readLines(file.text)) {
    if (text === '' || /^c(\s|$)/.test(text)) continue;
    const fields = fieldsOf(text);
    last = number;
    if (fields[0] === 'p') {
      if (header !== undefined) throw file.fault(number, { expected: 'one line "p"', got: 'a second one' });
      header = readProblem(file, collector, number, fields);
      continue;
    }
    if (header === undefined) {
      throw file.fault(number, { expected: '"p edge vertices edges" first', got: shown(text) });
    }
    if (/^[nvdx]$/.test(fields[0])) {
      others++;
      continue;
    }
    if (!/^[ea]$/.test(fields[0]) || fields.length < 3 || fields.length > 4) {
      throw file.fault(number, { expected: '"e vertex vertex [weight]"', got: shown(text) });
    }
    const u = collector.integer(number, 'a vertex', fields[1], 1, header.vertices);
    const v = collector.integer(number, 'a vertex', fields[2], 1, header.vertices);
    collector.add(number, u - 1, v - 1, fields.length === 4 ? collector.weight(number, fields[3]) : 1);
  }
  if (header === undefined) throw file.fault(0, { expected: 'a line "p"', got: 'none' });
  file.count(others, '1 line about a node skipped', 'lines about nodes skipped');
  checkCount(file, collector.count, header.edges, last);
  return collector.table('dimacs', header.vertices, { givesBothArcs: true });
}

function readProblem(file: TextFile, collector: EdgeCollector, line: number, fields: readonly string[]) {
  const [, kind] = fields;
  if (kind === 'cnf' || kind === 'wcnf') {
    throw file.fault(line, { expected: 'a graph', got: `a ${kind} formula` });
  }
  if (fields.length !== 4 || kind === undefined || !problems.has(kind)) {
    throw file.fault(line, { expected: '"p edge vertices edges"', got: shown(fields.join(' ')) });
  }
  return {
    vertices: collector.integer(line, 'a vertex count', fields[2], 0, graphLimits.vertices),
    edges: collector.integer(line, 'an edge count', fields[3], 0, 2 * graphLimits.edges),
  };
}

function checkCount(file: TextFile, count: number, claimed: number, last: number): void {
  if (count === claimed) return;
  if (2 * count === claimed || count === 2 * claimed) {
    const unit = count < claimed ? 'arcs, two for each edge' : 'edges, each with both arcs';
    file.notes.push(`the line "p" counts ${claimed} ${unit}`);
    return;
  }
  const got = count > claimed ? 'more' : `${count}`;
  throw file.fault(last, { expected: `${claimed} edges, as the line "p" says`, got });
}
