import { InputError } from '../../numerics/base/inputError.ts';
import { type EdgeTable, graphLimits } from '../tables.ts';
import { csvRows } from '../text/csvRows.ts';
import { EdgeCollector, quoted } from './edgeCollector.ts';

/**
 * Reads an edge list as CSV: lines `source,target[,weight]`, comma, semicolon or tab, with or without a header.
 *
 * Vertices are whole numbers, counted from 0 if a 0 occurs and from 1 otherwise; the largest one gives the number
 * of vertices. Lines starting with `#` are comments; the weight is 1 by default.
 *
 * @param source the file's name, for messages
 * @throws InputError for anything else, with the line
 */
export function readEdgeListCsv(source: string, text: string): EdgeTable {
  const collector = new EdgeCollector(source);
  const rows = csvRows(source, text);
  const first = rows[0];
  if (first === undefined) throw new InputError({ source, expected: 'a graph', got: 'an empty file' });
  const hasHeader = first.record.slice(0, 2).every((field) => /^[\p{L}_]/u.test(field));
  const ends: { line: number; u: number; v: number; weight: number }[] = [];
  for (const { record, info } of hasHeader ? rows.slice(1) : rows) {
    const line = info.lines;
    if (record.length < 2 || record.length > 3) {
      throw collector.fault(line, '"source,target[,weight]"', quoted(record.join(',')));
    }
    const u = collector.integer(line, 'a vertex', record[0], 0, graphLimits.vertices);
    const v = collector.integer(line, 'a vertex', record[1], 0, graphLimits.vertices);
    ends.push({ line, u, v, weight: record.length === 3 ? collector.weight(line, record[2]) : 1 });
  }
  let least = 1;
  let most = 0;
  for (const { u, v } of ends) {
    least = Math.min(least, u, v);
    most = Math.max(most, u, v);
  }
  for (const { line, u, v, weight } of ends) collector.add(line, u - least, v - least, weight);
  return collector.table('csv', ends.length === 0 ? 0 : Math.min(graphLimits.vertices, most - least + 1));
}
