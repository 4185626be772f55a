import { type EdgeTable, graphLimits } from '../tables.ts';
import { fieldsOf, readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { EdgeCollector } from './edgeCollector.ts';

/**
 * Reads the Gset/rudy format: a line `n m`, then m lines `u v [weight]`, weight 1 by default. Vertices count from 1, or
 * from 0 where a 0 occurs and n does not.
 *
 * Lines starting with `#` are comments, and so is what follows ` #` in a line; a title may stand before the counts.
 *
 * @throws InputError for anything else, with the line
 * Source: G. Rinaldi's rudy generator; Y. Ye's Gset.
 */
export function readRudy(file: TextFile): EdgeTable {
  const collector = new EdgeCollector(file);
  let header: { readonly vertices: number; readonly edges: number } | undefined;
  let title = 0;
  let last = 1;
  const ends: { readonly line: number; readonly u: number; readonly v: number; readonly weight: number }[] =
    [];
  for (const { number, text } of readLines(file.text)) {
    if (text === '' || text.startsWith('#')) continue;
    const fields = fieldsOf(text.replace(/\s#.*$/, '').replace(/,\s+/g, ' '));
    last = number;
    if (header === undefined) {
      if (title === 0 && !/^[+-]?\d/.test(text) && fields.length < 4) {
        title = number;
        file.notes.push(`line ${number} taken as a title: ${shown(text)}`);
        continue;
      }
      header = readCounts(file, collector, number, fields);
      continue;
    }
    if (ends.length === header.edges) {
      if (/^eof$/i.test(text)) continue;
      throw file.fault(number, { expected: `${header.edges} edges, as the first line says`, got: 'more' });
    }
    if (fields.length < 2 || fields.length > 3) {
      const help = /[,;]/.test(text) ? { help: 'separate by blanks alone' } : {};
      throw file.fault(number, { expected: '"vertex vertex [weight]"', got: shown(text), ...help });
    }
    const u = collector.integer(number, 'a vertex', fields[0], 0, header.vertices);
    const v = collector.integer(number, 'a vertex', fields[1], 0, header.vertices);
    ends.push({ line: number, u, v, weight: fields.length === 3 ? collector.weight(number, fields[2]) : 1 });
  }
  if (header === undefined) throw file.fault(0, { expected: 'a graph', got: 'an empty file' });
  if (ends.length < header.edges) {
    throw file.fault(last, {
      expected: `${header.edges} edges, as the first line says`,
      got: `${ends.length}`,
    });
  }
  const least = leastVertex(file, ends, header.vertices);
  for (const { line, u, v, weight } of ends) collector.add(line, u - least, v - least, weight);
  return collector.table('rudy', header.vertices);
}

function readCounts(file: TextFile, collector: EdgeCollector, line: number, fields: readonly string[]) {
  if (fields.length !== 2) {
    const expected = 'two counts, "vertices edges"';
    throw file.fault(line, { expected, got: shown(fields.join(' ')) });
  }
  return {
    vertices: collector.integer(line, 'a vertex count', fields[0], 0, graphLimits.vertices),
    edges: collector.integer(line, 'an edge count', fields[1], 0, graphLimits.edges),
  };
}

/** Whether vertices count from 0 or from 1: they cannot do both. */
function leastVertex(
  file: TextFile,
  ends: readonly { readonly line: number; readonly u: number; readonly v: number }[],
  vertices: number,
): 0 | 1 {
  const zero = ends.find(({ u, v }) => u === 0 || v === 0);
  if (zero === undefined) return 1;
  if (ends.some(({ u, v }) => u === vertices || v === vertices)) {
    const expected = `a vertex (a whole number from 1 to ${vertices})`;
    throw file.fault(zero.line, { expected, got: `"0", and elsewhere "${vertices}"` });
  }
  file.notes.push('vertices counted from 0');
  return 0;
}
