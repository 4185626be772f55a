import type { EdgeTable } from '../../tables.ts';
import { isObject, type JsonObject, listOf, textOf } from '../../text/json.ts';
import { shown } from '../../text/numerals.ts';
import type { TextFile } from '../../text/textFile.ts';
import { NamedGraph } from './namedGraph.ts';

/**
 * Reads a graph as JSON: node-link documents of NetworkX and D3 (`nodes`, `links` or `edges`), graphology
 * (`key`, `attributes`), Cytoscape (`elements`, `data`) and the JSON Graph Format (`graph`).
 *
 * Where nodes have no id, or names while ends are numbers, ends are places in the list of nodes. The weight of an edge is its `weight`, else `value`.
 *
 * @throws InputError for any other document, edges without ends, and ends that no node has
 */
export function readJsonGraph(file: TextFile, document: unknown): EdgeTable {
  if (Array.isArray(document)) {
    throw file.fault(0, {
      expected: 'a graph with nodes and links',
      got: 'a JSON list',
      help: 'write it as CSV',
    });
  }
  const inner =
    isObject(document) && isObject(document.graph) && 'nodes' in document.graph ? document.graph : document;
  const holder = isObject(inner) && isObject(inner.elements) ? inner.elements : inner;
  if (!isObject(holder) || !('nodes' in holder)) {
    throw file.fault(0, {
      expected: 'a JSON graph with "nodes" and "links" or "edges"',
      got: 'another document',
    });
  }
  const graph = new NamedGraph(file, 'json');
  const nodes = nodesOf(file, holder);
  const edges = listOf(file, holder, 'links' in holder ? 'links' : 'edges').map(unwrapped);
  const byPlace = endsArePlaces(nodes, edges);
  if (byPlace) file.notes.push('ends of edges read as places in the list of nodes, from 0');
  const hasIds = !byPlace && nodes.every((node) => idOf(node) !== undefined);
  for (const [i, node] of nodes.entries()) {
    const label = textOf(node.label) ?? (byPlace ? textOf(node.name) : undefined);
    graph.vertex(0, hasIds ? (idOf(node) ?? '') : `${i}`, label);
  }
  let usesValue = false;
  for (const edge of edges) {
    const [from, to] = [endOf(file, graph, edge.source), endOf(file, graph, edge.target)];
    const attributes = isObject(edge.attributes)
      ? edge.attributes
      : isObject(edge.metadata)
        ? edge.metadata
        : edge;
    const weight = attributes.weight ?? edge.weight ?? edge.value;
    if (weight !== undefined && attributes.weight === undefined && edge.weight === undefined)
      usesValue = true;
    const text = textOf(weight);
    if (weight !== undefined && weight !== null && text === undefined) {
      throw file.fault(0, { expected: 'a number as weight', got: shown(JSON.stringify(weight)) });
    }
    graph.edge(0, from, to, text);
  }
  if (usesValue) file.notes.push('"value" of an edge read as its weight');
  return graph.table();
}

/** Cytoscape wraps what it knows of a node or edge in `data`. */
function unwrapped(object: JsonObject): JsonObject {
  return isObject(object.data) ? object.data : object;
}

function nodesOf(file: TextFile, holder: JsonObject): readonly JsonObject[] {
  // The JSON Graph Format, version 2, has an object from id to node in place of a list.
  if (isObject(holder.nodes)) {
    return Object.entries(holder.nodes).map(([id, node]) => (isObject(node) ? { ...node, id } : { id }));
  }
  return listOf(file, holder, 'nodes').map(unwrapped);
}

/** Whether nodes have names alone and ends are numbers that are none of them, as early D3 has it. */
function endsArePlaces(nodes: readonly JsonObject[], edges: readonly JsonObject[]): boolean {
  if (!nodes.every(({ id, key, name }) => id === undefined && key === undefined && name !== undefined)) {
    return false;
  }
  const names = new Set(nodes.map(({ name }) => textOf(name)));
  const ends = edges.flatMap(({ source, target }) => [source, target]);
  return ends.every((end) => typeof end === 'number') && ends.some((end) => !names.has(textOf(end)));
}

function idOf(node: JsonObject): string | undefined {
  return textOf(node.id) ?? textOf(node.key) ?? textOf(node.name);
}

function endOf(file: TextFile, graph: NamedGraph, end: unknown): string {
  const id = isObject(end) ? idOf(end) : textOf(end);
  if (id === undefined)
    throw file.fault(0, { expected: '"source" and "target" of every edge', got: 'an edge without' });
  if (!graph.has(id)) throw file.fault(0, { expected: 'a node of the graph at each end', got: shown(id) });
  return id;
}
