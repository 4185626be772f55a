import type { EdgeTable } from '../../tables.ts';
import { LineCounter } from '../../text/lines.ts';
import { shown } from '../../text/numerals.ts';
import type { TextFile } from '../../text/textFile.ts';
import { NamedGraph } from './namedGraph.ts';

/** What stands between one pair of brackets. */
interface Block {
  readonly key: string;
  readonly line: number;
  readonly values: Map<string, string>;
}

const token = /#[^\n]*|"([^"]*)"|[[\]]|[^\s[\]"]+/g;

/**
 * Reads a graph in GML: `graph [ node [ id 0 label "a" ] edge [ source 0 target 1 weight 2 ] ]`. The weight of an edge
 * is its `weight`, or else its `value`.
 *
 * @throws InputError for brackets that do not match, edges without ends, ends that no node has, or no graph
 * Source: M. Himsolt, "GML: a portable graph file format" (1997).
 */
export function readGml(file: TextFile): EdgeTable {
  const graph = new NamedGraph(file, 'gml');
  const open: Block[] = [{ key: '', line: 1, values: new Map() }];
  const edges: Block[] = [];
  let key: string | undefined;
  let usesValue = false;
  const counter = new LineCounter(file.text);
  for (const match of file.text.matchAll(token)) {
    const [word, quoted] = match;
    if (word.startsWith('#')) continue;
    const top = open.at(-1);
    if (top === undefined) throw file.fault(counter.lineOf(match.index), { expected: '[', got: shown(word) });
    if (word === '[') {
      open.push({ key: key ?? '', line: counter.lineOf(match.index), values: new Map() });
      key = undefined;
    } else if (word === ']') {
      open.pop();
      key = undefined;
      if (top.key === 'node') graph.vertex(top.line, idOf(file, top, 'id'), top.values.get('label'));
      if (top.key === 'edge') edges.push(top);
    } else if (key === undefined) {
      key = word.toLowerCase();
    } else {
      top.values.set(key, quoted === undefined ? word : decodeEntities(quoted));
      key = undefined;
    }
  }
  if (open.length !== 1)
    throw file.fault(0, { expected: 'every bracket closed', got: 'the end of the file' });
  for (const edge of edges) {
    const weight = edge.values.get('weight') ?? edge.values.get('value');
    if (weight !== undefined && !edge.values.has('weight')) usesValue = true;
    const { line } = edge;
    const ends = [idOf(file, edge, 'source'), idOf(file, edge, 'target')];
    for (const end of ends) {
      if (!graph.has(end)) throw file.fault(line, { expected: 'a node of the graph', got: shown(end) });
    }
    graph.edge(line, ends[0] ?? '', ends[1] ?? '', weight);
  }
  if (usesValue) file.notes.push('"value" of an edge read as its weight');
  return graph.table();
}

function idOf(file: TextFile, block: Block, key: string): string {
  const id = block.values.get(key);
  if (id !== undefined) return id;
  throw file.fault(block.line, { expected: `"${key}" in a ${block.key}`, got: 'none' });
}

function decodeEntities(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
