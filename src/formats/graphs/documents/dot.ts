import {
  type ClusterStatementASTNode,
  type EdgeASTNode,
  type EdgeTargetASTNode,
  parse,
} from '@ts-graphviz/ast';
import type { EdgeTable } from '../../tables.ts';
import type { TextFile } from '../../text/textFile.ts';
import { NamedGraph } from './namedGraph.ts';

/** Longest text, most tokens and deepest nesting given to the parser, which keeps a node for every token. */
const mostCharacters = 2 ** 24;
const mostTokens = 5_000_000;
const mostDepth = 1000;

/**
 * Reads a graph in the DOT language of Graphviz, directed or not. The weight of an edge is its attribute `weight`, its
 * own or the default in force where it stands.
 *
 * @throws InputError for text that is not DOT, several graphs, more than 16 MiB, or nesting
 * more than a thousand deep
 */
export function readDot(file: TextFile): EdgeTable {
  if (file.text.length > mostCharacters) {
    throw file.fault(0, {
      expected: 'at most 16 MiB of DOT',
      got: 'more',
      help: 'convert it to an edge list',
    });
  }
  if (depthOf(file.text) > mostDepth) {
    throw file.fault(0, { expected: 'a document of ordinary depth', got: 'one nested too deep' });
  }
  const [root, another] = parseDot(file).filter(({ type }) => type === 'Graph');
  if (root === undefined || root.type !== 'Graph') throw file.fault(0, { expected: 'a graph', got: 'none' });
  if (another !== undefined) throw file.fault(0, { expected: 'one graph in the file', got: 'several' });
  if (root.directed) file.notes.push('directed edges read as undirected');
  const graph = new NamedGraph(file, 'dot');
  const open: Scope[] = [{ statements: root.children, at: 0, weight: undefined }];
  for (let scope = open.at(-1); scope !== undefined; scope = open.at(-1)) {
    const statement = scope.statements[scope.at++];
    if (statement === undefined) open.pop();
    else if (statement.type === 'Subgraph')
      open.push({ statements: statement.children, at: 0, weight: scope.weight });
    else readStatement(graph, statement, scope);
  }
  return graph.table();
}

/** Where reading stands in a graph or subgraph, and the weight that edges have there by default. */
interface Scope {
  readonly statements: readonly ClusterStatementASTNode[];
  at: number;
  weight: string | undefined;
}

function parseDot(file: TextFile) {
  try {
    return parse(file.text, { maxASTNodes: mostTokens }).children;
  } catch (error) {
    const place = placeOf(error);
    const got = error instanceof Error ? error.message.replace(/^[^:]*: /, '') : String(error);
    throw file.fault(place, { expected: 'a graph in the DOT language', got: got.slice(0, 120) });
  }
}

/** The most braces open at once. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [brace] of text.replace(/"[^"]*"/g, '').matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}

function placeOf(error: unknown): number {
  const location =
    typeof error === 'object' && error !== null && 'location' in error ? error.location : undefined;
  const start =
    typeof location === 'object' && location !== null && 'start' in location ? location.start : undefined;
  const line = typeof start === 'object' && start !== null && 'line' in start ? start.line : undefined;
  return typeof line === 'number' ? line : 0;
}

function readStatement(graph: NamedGraph, statement: ClusterStatementASTNode, scope: Scope): void {
  if (statement.type === 'Node') {
    graph.vertex(lineOf(statement), statement.id.value);
  } else if (statement.type === 'AttributeList' && statement.kind === 'Edge') {
    scope.weight = weightIn(statement.children) ?? scope.weight;
  } else if (statement.type === 'Edge') {
    readEdge(graph, statement, weightIn(statement.children) ?? scope.weight);
  }
}

function readEdge(graph: NamedGraph, edge: EdgeASTNode, weight: string | undefined): void {
  for (let k = 1; k < edge.targets.length; k++) {
    for (const from of namesIn(edge.targets[k - 1])) {
      for (const to of namesIn(edge.targets[k])) graph.edge(lineOf(edge), from, to, weight);
    }
  }
}

function namesIn(target: EdgeTargetASTNode | undefined): readonly string[] {
  if (target === undefined) return [];
  return target.type === 'NodeRef' ? [target.id.value] : target.children.map(({ id }) => id.value);
}

function weightIn(attributes: EdgeASTNode['children']): string | undefined {
  for (const attribute of attributes) {
    if (attribute.type === 'Attribute' && attribute.key.value === 'weight') return attribute.value.value;
  }
  return undefined;
}

function lineOf(node: { readonly location?: { readonly start: { readonly line: number } } }): number {
  return node.location?.start.line ?? 0;
}
