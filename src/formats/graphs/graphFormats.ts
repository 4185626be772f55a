import { readBiqMac } from '../quadratic/biqMac.ts';
import { readCoordinates } from '../quadratic/coordinates.ts';
import { readQplib } from '../quadratic/qplib.ts';
import { readQubo } from '../quadratic/qubo.ts';
import type { EdgeTable, QuadraticTable } from '../tables.ts';
import type { TextFile } from '../text/textFile.ts';
import { readAdjacencyList, readAdjacencyMatrix } from './adjacency.ts';
import { readDimacs } from './dimacs.ts';
import { readGml } from './documents/gml.ts';
import { looksLikeGraph6, readGraph6 } from './graph6.ts';
import { readEdgeList } from './lists/edgeList.ts';
import { hasDictionary, readNetworkxEdges } from './lists/networkx.ts';
import { readMatrixMarket } from './matrixMarket.ts';
import { readMetis } from './metis.ts';
import { readPajek } from './pajek.ts';
import { readRudy } from './rudy.ts';

/** What a file holds. */
export type GraphReading = EdgeTable | QuadraticTable;

/** One format that graphs or quadratic problems come in. */
export interface GraphFormat {
  /** As `--format` names it. */
  readonly name: string;
  readonly title: string;
  /** Endings that say that a file is of this format, without dots. */
  readonly extensions: readonly string[];
  /** Whether a text can be nothing else; absent where its beginning never settles that. */
  readonly begins?: (start: string) => boolean;
  /** Formats whose parsers are libraries load these when they are needed. */
  readonly read: (file: TextFile) => GraphReading | Promise<GraphReading>;
}

/** Blanks and comments before the content of a format, one at a time. */
const dimacsComment = /\s+|c(?=\s)[^\n\r]*/y;
const dotComment = /\s+|\/\/[^\n]*|#[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//y;
const gmlPreamble = /\s+|#[^\n]*|(?:creator|version|comment|directed)\s+(?:"[^"]*"|[^\s["]+)/iy;

/** What is left of a text after everything at its start that a sticky pattern matches, again and again. */
function skip(text: string, pattern: RegExp): string {
  let place = 0;
  for (pattern.lastIndex = 0; pattern.test(text); pattern.lastIndex = place) {
    if (pattern.lastIndex === place) break;
    place = pattern.lastIndex;
  }
  pattern.lastIndex = 0;
  return text.slice(place);
}

/** Formats in the order in which a beginning is tried against them. */
export const graphFormats: readonly GraphFormat[] = [
  {
    name: 'matrix-market',
    title: 'Matrix Market, coordinate or array',
    extensions: ['mtx', 'mm'],
    begins: (start) => /^\s*%{1,2}MatrixMarket\b/i.test(start),
    read: readMatrixMarket,
  },
  {
    name: 'graphml',
    title: 'GraphML, or GEXF',
    extensions: ['graphml', 'gexf', 'xml'],
    begins: (start) => /^\s*<(\?xml|!DOCTYPE|!--|graphml|gexf)/i.test(start),
    read: async (file) => (await import('./documents/xml.ts')).readXmlGraph(file),
  },
  {
    name: 'json',
    title: 'JSON: node-link (NetworkX, D3), graphology, Cytoscape, JSON Graph; or a dimod model',
    extensions: ['json'],
    begins: (start) => /^\s*[{[]/.test(start),
    read: async (file) => (await import('./documents/json.ts')).readJson(file),
  },
  {
    name: 'gml',
    title: 'GML',
    extensions: ['gml'],
    begins: (start) => /^graph\s*\[/i.test(skip(start, gmlPreamble)),
    read: readGml,
  },
  {
    name: 'dot',
    title: 'DOT of Graphviz',
    extensions: ['dot', 'gv'],
    begins: (start) => /^(strict\s+)?(di)?graph\b\s*("[^"]*"|[^\s{["]+)?\s*\{/i.test(skip(start, dotComment)),
    read: async (file) => (await import('./documents/dot.ts')).readDot(file),
  },
  {
    name: 'pajek',
    title: 'Pajek',
    extensions: ['net', 'paj'],
    begins: (start) => /^\*(network|vertices)\b/i.test(skip(start, /\s+|%[^\n]*/y)),
    read: readPajek,
  },
  {
    name: 'qubo',
    title: 'quadratic: .qubo of qbsolv',
    extensions: ['qubo'],
    begins: (start) => /^p\s+qubo\b/.test(skip(start, dimacsComment)),
    read: readQubo,
  },
  {
    name: 'dimacs',
    title: 'DIMACS: .col, .clq, .gr, .max',
    extensions: ['col', 'clq', 'gr', 'max', 'dimacs', 'cnf', 'wcnf'],
    begins: (start) => /^p\s+([a-z]+|\d+\s+\d+)\s/.test(skip(start, dimacsComment)),
    read: readDimacs,
  },
  {
    name: 'networkx',
    title: 'NetworkX edges with dictionaries',
    extensions: [],
    begins: (start) => hasDictionary(firstLine(start)),
    read: readNetworkxEdges,
  },
  {
    name: 'coo',
    title: 'quadratic: COOrdinate of dimod',
    extensions: ['coo'],
    begins: (start) => /^#[^\n]*vartype\s*[=:]/i.test(skip(start, /\s+|#(?![^\n]*vartype)[^\n]*/iy)),
    read: readCoordinates,
  },
  {
    name: 'qplib',
    title: 'quadratic: QPLIB, types QBN and QBB',
    extensions: ['qplib'],
    begins: (start) => /^[^\n]*\n\s*[LDCQ][CBMIG][NBLDCQ]\b[^\n]*\n\s*(min|max)imize\b/i.test(start),
    read: readQplib,
  },
  {
    name: 'graph6',
    title: 'graph6 and sparse6',
    extensions: ['g6', 's6'],
    begins: (start) => /^\s*>>(graph6|sparse6|digraph6)<</.test(start) || looksLikeGraph6(start),
    read: readGraph6,
  },
  { name: 'metis', title: 'METIS', extensions: ['graph', 'metis'], read: readMetis },
  { name: 'biqmac', title: 'quadratic: .sparse of Biq Mac', extensions: ['sparse', 'bqp'], read: readBiqMac },
  { name: 'adjlist', title: 'NetworkX adjacency list', extensions: ['adjlist'], read: readAdjacencyList },
  { name: 'rudy', title: 'rudy, as of the Gset', extensions: ['rudy', 'rud', 'mc'], read: readRudy },
  {
    name: 'edges',
    title: 'edges as CSV, TSV or between blanks; SNAP, KONECT, NCOL',
    extensions: ['csv', 'tsv', 'edgelist', 'edges', 'ncol', 'el'],
    begins: (start) => /^%\s*(sym|asym|bip)\s+[a-z]/.test(start),
    read: readEdgeList,
  },
  { name: 'matrix', title: 'adjacency matrix as text', extensions: [], read: readAdjacencyMatrix },
];

/** The first line with something on it that is no comment. */
export function firstLine(text: string): string {
  for (const line of text.slice(0, 65_536).split(/[\r\n]+/)) {
    if (line.trim() !== '' && !/^\s*[#%]/.test(line)) return line.trim();
  }
  return '';
}
