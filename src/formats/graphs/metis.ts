import { type EdgeTable, graphLimits } from '../tables.ts';
import { fieldsOf, readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { EdgeCollector } from './edgeCollector.ts';

interface Header {
  readonly vertices: number;
  readonly edges: number;
  readonly hasWeights: boolean;
  /** Numbers before the neighbours in a line: the size and the weights of the vertex. */
  readonly leading: number;
}

/**
 * Reads the METIS format: a line `n m [fmt [ncon]]`, then n lines with the neighbours of each vertex, from 1, each edge
 * in both lines. Lines starting with `%` are comments; a vertex without neighbours has a blank line.
 *
 * @throws InputError for anything else, with the line
 * Source: G. Karypis, "METIS manual", version 5, section 4.1.
 */
export function readMetis(file: TextFile): EdgeTable {
  const collector = new EdgeCollector(file);
  let header: Header | undefined;
  let vertex = 0;
  let arcs = 0;
  const seen = new Map<number, number>();
  for (const { number, text } of readLines(file.text)) {
    if (text.startsWith('%')) continue;
    if (header === undefined) {
      if (text !== '') header = readHeader(file, collector, number, fieldsOf(text));
      continue;
    }
    if (vertex === header.vertices) {
      if (text === '') continue;
      throw file.fault(number, { expected: `${header.vertices} lines, one for each vertex`, got: 'more' });
    }
    const fields = text === '' ? [] : fieldsOf(text);
    const step = header.hasWeights ? 2 : 1;
    if ((fields.length - header.leading) % step !== 0 || fields.length < header.leading) {
      throw file.fault(number, { expected: 'neighbours, each with its weight', got: shown(text) });
    }
    for (let at = header.leading; at < fields.length; at += step) {
      const other = collector.integer(number, 'a vertex', fields[at], 1, header.vertices) - 1;
      const weight = header.hasWeights ? collector.weight(number, fields[at + 1]) : 1;
      addArc(file, collector, seen, { line: number, vertex, other, weight, count: header.vertices });
      arcs++;
    }
    vertex++;
  }
  if (header === undefined) throw file.fault(0, { expected: 'a graph', got: 'an empty file' });
  if (vertex < header.vertices) {
    throw file.fault(0, { expected: `${header.vertices} lines, one for each vertex`, got: `${vertex}` });
  }
  if (seen.size > 0)
    throw file.fault(0, { expected: 'each edge in the lines of both ends', got: 'one only once' });
  if (arcs !== 2 * header.edges) {
    throw file.fault(0, { expected: `${header.edges} edges, as the first line says`, got: `${arcs / 2}` });
  }
  return collector.table('metis', header.vertices);
}

interface Arc {
  readonly line: number;
  readonly vertex: number;
  readonly other: number;
  readonly weight: number;
  readonly count: number;
}

/** Adds an edge when its second arc comes; until then it waits in `seen`. */
function addArc(file: TextFile, collector: EdgeCollector, seen: Map<number, number>, arc: Arc): void {
  const { line, vertex, other, weight, count } = arc;
  if (vertex === other)
    throw file.fault(line, { expected: 'a neighbour', got: `the vertex ${vertex + 1} itself` });
  const mirror = seen.get(other * count + vertex);
  if (mirror === undefined) {
    if (other < vertex || seen.has(vertex * count + other)) {
      const got = `${other + 1}, which does not name ${vertex + 1} in turn`;
      throw file.fault(line, { expected: 'each edge in the lines of both ends', got });
    }
    seen.set(vertex * count + other, weight);
    return;
  }
  if (mirror !== weight)
    throw file.fault(line, { expected: `the weight ${mirror} of the other end`, got: `${weight}` });
  seen.delete(other * count + vertex);
  collector.add(line, other, vertex, weight);
}

function readHeader(
  file: TextFile,
  collector: EdgeCollector,
  line: number,
  fields: readonly string[],
): Header {
  const [n, m, format = '0', constraints = '1'] = fields;
  if (fields.length < 2 || fields.length > 4 || !/^[01]{1,3}$/.test(format)) {
    throw file.fault(line, {
      expected: '"vertices edges [format [constraints]]"',
      got: shown(fields.join(' ')),
    });
  }
  const [hasSizes, hasVertexWeights, hasWeights] = format
    .padStart(3, '0')
    .split('')
    .map((bit) => bit === '1');
  const weights = hasVertexWeights
    ? collector.integer(line, 'a count of vertex weights', constraints, 1, 100)
    : 0;
  return {
    vertices: collector.integer(line, 'a vertex count', n, 0, graphLimits.vertices),
    edges: collector.integer(line, 'an edge count', m, 0, graphLimits.edges),
    hasWeights: hasWeights === true,
    leading: (hasSizes ? 1 : 0) + weights,
  };
}
