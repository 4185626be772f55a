import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { EdgeTable } from '../../tables.ts';
import { shown } from '../../text/numerals.ts';
import type { TextFile } from '../../text/textFile.ts';
import { NamedGraph } from './namedGraph.ts';

/** An element: its name, its attributes, its text, and what stands in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

/** Longest text given to the parser, which keeps an object for every element. */
const mostCharacters = 2 ** 27;

/** Reads GraphML or GEXF, whichever the outermost element says. */
export function readXmlGraph(file: TextFile): EdgeTable {
  const root = parseXml(file);
  if (root.name === 'graphml') return readGraphml(file, root);
  if (root.name === 'gexf') return readGexf(file, root);
  throw file.fault(0, { expected: 'the element graphml or gexf', got: shown(root.name) });
}

/**
 * Reads GraphML: nodes, and edges whose weight is the value of the key named `weight`. Nested graphs become one.
 *
 * @throws InputError for edges without ends, ends that no node has, and hyperedges
 * Source: U. Brandes et al., "GraphML progress report", GD 2001.
 */
function readGraphml(file: TextFile, root: Element): EdgeTable {
  const graph = new NamedGraph(file, 'graphml');
  const keys = root.children.filter(({ name }) => name === 'key');
  const key = (kind: string, title: string) =>
    keys.find(({ attributes }) => {
      const isFor = attributes.for === kind || attributes.for === 'all' || attributes.for === undefined;
      return isFor && (attributes['attr.name'] ?? attributes.id) === title;
    });
  const weightKey = key('edge', 'weight');
  const labelKey = key('node', 'label') ?? key('node', 'name');
  const fallback = weightKey?.children.find(({ name }) => name === 'default')?.text;
  const dataOf = (element: Element, wanted: Element | undefined) =>
    wanted === undefined
      ? undefined
      : element.children.find(
          ({ name, attributes }) => name === 'data' && attributes.key === wanted.attributes.id,
        )?.text;
  const edges: Element[] = [];
  let directed = false;
  for (const element of descendants(root)) {
    if (element.name === 'graph' && element.attributes.edgedefault === 'directed') directed = true;
    if (element.name === 'hyperedge')
      throw file.fault(0, { expected: 'edges with two ends', got: 'a hyperedge' });
    if (element.name === 'node') graph.vertex(0, attribute(file, element, 'id'), dataOf(element, labelKey));
    if (element.name === 'edge') edges.push(element);
  }
  if (directed) file.notes.push('directed edges read as undirected');
  addEdges(file, graph, edges, (edge) => dataOf(edge, weightKey) ?? fallback);
  return graph.table();
}

/**
 * Reads GEXF: nodes, and edges with their attribute `weight`.
 *
 * Source: GEXF 1.3 schema, Gephi consortium.
 */
function readGexf(file: TextFile, root: Element): EdgeTable {
  const graph = new NamedGraph(file, 'gexf');
  const edges: Element[] = [];
  for (const element of descendants(root)) {
    if (element.name === 'node') graph.vertex(0, attribute(file, element, 'id'), element.attributes.label);
    if (element.name === 'edge') edges.push(element);
    if (element.name === 'graph' && element.attributes.defaultedgetype === 'directed') {
      file.notes.push('directed edges read as undirected');
    }
  }
  addEdges(file, graph, edges, ({ attributes }) => attributes.weight);
  return graph.table();
}

function addEdges(
  file: TextFile,
  graph: NamedGraph,
  edges: readonly Element[],
  weightOf: (edge: Element) => string | undefined,
): void {
  for (const edge of edges) {
    const [from, to] = [attribute(file, edge, 'source'), attribute(file, edge, 'target')];
    for (const end of [from, to]) {
      if (!graph.has(end))
        throw file.fault(0, { expected: 'a node of the graph at each end', got: shown(end) });
    }
    graph.edge(0, from, to, weightOf(edge)?.trim());
  }
}

function attribute(file: TextFile, element: Element, name: string): string {
  const value = element.attributes[name];
  if (value !== undefined) return value;
  throw file.fault(0, { expected: `the attribute ${name} of every ${element.name}`, got: 'one without' });
}

function* descendants(root: Element): Generator<Element> {
  const open = [root.children[Symbol.iterator]()];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = top.next();
    if (next.done) {
      open.pop();
      continue;
    }
    yield next.value;
    open.push(next.value.children[Symbol.iterator]());
  }
}

function parseXml(file: TextFile): Element {
  if (file.text.length > mostCharacters) {
    throw file.fault(0, {
      expected: 'at most 128 MiB of XML',
      got: 'more',
      help: 'convert it to an edge list',
    });
  }
  const valid = XMLValidator.validate(file.text);
  if (valid !== true)
    throw file.fault(valid.err.line, { expected: 'well-formed XML', got: valid.err.msg.slice(0, 120) });
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    parseTagValue: false,
    removeNSPrefix: true,
    processEntities: true,
  });
  const roots = elementsOf(parsedBy(file, parser));
  const root = roots.find(({ name }) => !name.startsWith('?'));
  if (root === undefined) throw file.fault(0, { expected: 'an XML document', got: 'none' });
  return root;
}

function parsedBy(file: TextFile, parser: XMLParser): unknown {
  try {
    return parser.parse(file.text);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const got = error instanceof Error ? error.message : String(error);
    throw file.fault(0, {
      expected: 'XML of ordinary depth, without tricks of entities',
      got: got.slice(0, 120),
    });
  }
}

/** The parser's objects, `{ name: children, ':@': attributes }`, as elements. */
function elementsOf(nodes: unknown): Element[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown) => {
    if (!isRecord(node)) return [];
    const name = Object.keys(node).find((key) => key !== ':@');
    if (name === undefined || name === '#text') return [];
    const inner = node[name];
    const attributes = isRecord(node[':@']) ? node[':@'] : {};
    return [{ name, attributes: textsOf(attributes), children: elementsOf(inner), text: textIn(inner) }];
  });
}

function textIn(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  return nodes
    .map((node: unknown) => (isRecord(node) && '#text' in node ? String(node['#text']) : ''))
    .join('');
}

function textsOf(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
