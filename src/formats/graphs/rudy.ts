import { InputError } from '../../numerics/base/inputError.ts';
import { type EdgeTable, graphLimits } from '../tables.ts';
import { readLines } from '../text/lineReader.ts';
import { EdgeCollector } from './edgeCollector.ts';

/**
 * Reads the Gset/rudy format: a line `n m`, then m lines `u v [weight]`, vertices from 1, weight 1 by default.
 *
 * Lines starting with `#` are comments.
 *
 * @param source the file's name, for messages
 * @throws InputError for anything else, with the line
 * Source: G. Rinaldi's rudy generator; Y. Ye's Gset.
 */
export function readRudy(source: string, text: string): EdgeTable {
  const collector = new EdgeCollector(source);
  let header: { vertices: number; edges: number } | undefined;
  let last = 1;
  for (const { number, fields } of readLines(text, (line) => line.startsWith('#'))) {
    last = number;
    if (header === undefined) {
      if (fields.length !== 2)
        throw collector.fault(number, 'two counts, "vertices edges"', fields.join(' '));
      header = {
        vertices: collector.integer(number, 'a vertex count', fields[0], 0, graphLimits.vertices),
        edges: collector.integer(number, 'an edge count', fields[1], 0, graphLimits.edges),
      };
      continue;
    }
    if (fields.length < 2 || fields.length > 3) {
      throw collector.fault(number, '"vertex vertex [weight]"', fields.join(' '));
    }
    if (collector.count === header.edges) {
      throw collector.fault(number, `${header.edges} edges, as the first line says`, 'more');
    }
    const u = collector.integer(number, 'a vertex', fields[0], 1, header.vertices);
    const v = collector.integer(number, 'a vertex', fields[1], 1, header.vertices);
    collector.add(number, u - 1, v - 1, fields.length === 3 ? collector.weight(number, fields[2]) : 1);
  }
  if (header === undefined) throw new InputError({ source, expected: 'a graph', got: 'an empty file' });
  if (collector.count < header.edges) {
    throw collector.fault(last, `${header.edges} edges, as the first line says`, String(collector.count));
  }
  return collector.table('rudy', header.vertices);
}
