import type { EdgeTable } from '../../tables.ts';
import { readLines } from '../../text/lines.ts';
import { shown } from '../../text/numerals.ts';
import type { TextFile } from '../../text/textFile.ts';
import { VertexNames } from '../../text/vertexNames.ts';
import { EdgeCollector } from '../edgeCollector.ts';

const line = /^(\S+?)[\s,]+(\S+?)[\s,]+\{(.*)\}$/;

/** Whether a line is an edge with a Python dictionary behind it. */
export function hasDictionary(text: string): boolean {
  return line.test(text);
}

/**
 * Reads an edge list as NetworkX writes it with data: `u v {'weight': 3}`. An edge without a weight counts 1 if none
 * has one.
 *
 * @throws InputError for anything else, with the line
 */
export function readNetworkxEdges(file: TextFile): EdgeTable {
  const collector = new EdgeCollector(file);
  const vertices = new VertexNames(file);
  let weighted = 0;
  let ignored = 0;
  for (const { number, text } of readLines(file.text)) {
    if (text === '' || text.startsWith('#')) continue;
    const [, from, to, data] = line.exec(text) ?? [];
    if (from === undefined || to === undefined || data === undefined) {
      throw file.fault(number, { expected: "u v {'weight': number}", got: shown(text) });
    }
    const weight = /(?:^|,)\s*['"]weight['"]\s*:\s*([^,]+)/.exec(data)?.[1]?.trim();
    if (weight !== undefined) weighted++;
    else if (data.trim() !== '') ignored++;
    const value = weight === undefined ? 1 : collector.weight(number, weight);
    collector.add(number, vertices.number(number, from), vertices.number(number, to), value);
    if (weighted > 0 && weighted < collector.count) {
      throw file.fault(number, { expected: 'a weight on every edge or on none', got: shown(text) });
    }
  }
  if (collector.count === 0) throw file.fault(0, { expected: 'edges', got: 'an empty file' });
  file.count(
    ignored,
    '1 edge with data but no weight counts 1',
    'edges with data but no weight count 1 each',
  );
  const { count, placeOf, names } = vertices.finish();
  return collector.table('networkx', count, { placeOf, names });
}
