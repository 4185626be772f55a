import { InputError } from '../../numerics/base/inputError.ts';
import { type EdgeTable, graphLimits } from '../tables.ts';
import { readLines } from '../text/lineReader.ts';
import { EdgeCollector, quoted } from './edgeCollector.ts';

/**
 * Reads the DIMACS graph format: comments `c …`, one line `p edge n m` (or `p col n m`), m lines `e u v [weight]`
 * (or `a u v weight`), vertices from 1, weight 1 by default.
 *
 * @param source the file's name, for messages
 * @throws InputError for anything else, with the line
 * Source: DIMACS Challenge, "Clique and Coloring Problems Graph Format" (1993).
 */
export function readDimacs(source: string, text: string): EdgeTable {
  const collector = new EdgeCollector(source);
  let header: { vertices: number; edges: number } | undefined;
  let last = 1;
  for (const { number, fields } of readLines(text, (line) => /^c(\s|$)/.test(line))) {
    last = number;
    if (fields[0] === 'p') {
      if (header !== undefined) throw collector.fault(number, 'one line "p"', 'a second one');
      if (fields.length !== 4) throw collector.fault(number, '"p edge vertices edges"', fields.join(' '));
      header = {
        vertices: collector.integer(number, 'a vertex count', fields[2], 0, graphLimits.vertices),
        edges: collector.integer(number, 'an edge count', fields[3], 0, graphLimits.edges),
      };
      continue;
    }
    if (header === undefined)
      throw collector.fault(number, '"p edge vertices edges" first', fields.join(' '));
    if ((fields[0] !== 'e' && fields[0] !== 'a') || fields.length < 3 || fields.length > 4) {
      throw collector.fault(number, '"e vertex vertex [weight]"', quoted(fields.join(' ')));
    }
    if (collector.count === header.edges) {
      throw collector.fault(number, `${header.edges} edges, as the line "p" says`, 'more');
    }
    const u = collector.integer(number, 'a vertex', fields[1], 1, header.vertices);
    const v = collector.integer(number, 'a vertex', fields[2], 1, header.vertices);
    collector.add(number, u - 1, v - 1, fields.length === 4 ? collector.weight(number, fields[3]) : 1);
  }
  if (header === undefined) throw new InputError({ source, expected: 'a line "p"', got: 'none' });
  if (collector.count < header.edges) {
    throw collector.fault(last, `${header.edges} edges, as the line "p" says`, String(collector.count));
  }
  return collector.table('dimacs', header.vertices);
}
