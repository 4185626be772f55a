import { InputError } from '../../numerics/base/inputError.ts';
import type { EdgeTable } from '../tables.ts';
import { fieldsOf, readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { readAdjacencyMatrix } from './adjacency.ts';
import { type GraphFormat, type GraphReading, graphFormats } from './graphFormats.ts';
import { readEdgeList } from './lists/edgeList.ts';
import { readMetis } from './metis.ts';
import { readRudy } from './rudy.ts';

/**
 * Reads a file as what it is: as `--format` says, or what its beginning can only be, or what its ending says, or else
 * as the one format of bare numbers that fits.
 *
 * @throws InputError naming the formats, where several fit and give different graphs or none does
 */
export async function readDetected(file: TextFile): Promise<GraphReading> {
  const { format } = file.options;
  if (format !== undefined) return formatNamed(file, format).read(file);
  const start = file.text.slice(0, 65_536);
  if (start.trim() === '') throw file.fault(0, { expected: 'a graph', got: 'an empty file' });
  const certain = graphFormats.find(({ begins }) => begins?.(start));
  if (certain !== undefined) return certain.read(file);
  const { extension } = file;
  const byEnding = graphFormats.find(({ extensions }) => extensions.includes(extension));
  if (byEnding !== undefined && byEnding.name !== 'edges') return readByEnding(file, byEnding);
  return readBare(file, byEnding !== undefined);
}

/** The formats as `--format` names them, with their titles. */
export function graphFormatList(): readonly string[] {
  const width = Math.max(...graphFormats.map(({ name }) => name.length));
  return graphFormats.map(({ name, title }) => `${name.padEnd(width)}  ${title}`);
}

function formatNamed(file: TextFile, name: string): GraphFormat {
  const wanted = name === 'csv' ? 'edges' : name === 'gexf' ? 'graphml' : name;
  const found = graphFormats.find((format) => format.name === wanted);
  if (found !== undefined) return found;
  const known = graphFormats.map((format) => format.name).join(', ');
  throw new InputError({
    source: '--format',
    expected: `one of ${known}`,
    got: `${shown(name)} for ${file.source}`,
  });
}

/** What the ending says; where the content contradicts it, the error says how to read the file otherwise. */
async function readByEnding(file: TextFile, format: GraphFormat): Promise<GraphReading> {
  try {
    return await format.read(file);
  } catch (error) {
    const problem = error instanceof InputError ? error.problem : undefined;
    const others =
      problem === undefined
        ? []
        : bareReadings(file, shapeOf(file)).filter(({ name }) => name !== format.name);
    if (others.length === 0 || problem === undefined) throw error;
    const names = others.map(({ name }) => `--format ${name}`).join(' or ');
    throw file.fault(problem.line ?? 0, {
      expected: `the format ${format.name}, as the ending says`,
      got: `${problem.got} for ${problem.expected}`,
      help: `${problem.help === undefined ? '' : `${problem.help}, or `}it could be read with ${names}`,
    });
  }
}

interface Candidate {
  readonly name: string;
  readonly reading: EdgeTable;
  readonly notes: readonly string[];
}

/** Reads a file of bare numbers and names: rudy, METIS, a list of edges, or a matrix. */
function readBare(file: TextFile, isTable: boolean): GraphReading {
  const shape = shapeOf(file);
  const isCounted = shape.first.length === 2;
  const candidates = bareReadings(file, shape);
  const [only, another] = candidates;
  if (only === undefined) return readHopeless(file, isTable || !isCounted);
  const different = candidates.filter(({ reading }) => !isSame(reading, only.reading));
  if (another === undefined || different.length === 0) {
    file.notes.push(...only.notes);
    if (isCounted && only.name === 'edges' && shape.rest === shape.first[1]) {
      const line = shape.first.join(' ');
      file.notes.push(`the first line "${line}" read as an edge: as counts it would not fit the rest`);
    }
    return { ...only.reading, notes: file.notes };
  }
  throw file.fault(0, {
    expected: 'a file that can be read in one way',
    got: `one that is ${candidates.map(({ name, reading }) => `${name} (${sizeOf(reading)})`).join(' and ')}`,
    help: `say ${candidates.map(({ name }) => `--format ${name}`).join(' or ')}`,
  });
}

/** The first line of data, or the one after a title. */
function firstData(file: TextFile): string {
  const lines: string[] = [];
  for (const { text } of readLines(file.text)) {
    if (text === '' || text.startsWith('#') || text.startsWith('%')) continue;
    if (lines.push(text) === 2) break;
  }
  const [first = '', second = ''] = lines;
  return /^[+-]?\d/.test(first) || !/^\d+\s+\d+$/.test(second) ? first : second;
}

/**
 * Every way to read a file of bare numbers that leaves nothing unexplained: no loop, no repetition, no gap.
 *
 * Readings are tried only where the counts in the first line allow them, so that large files are read once.
 */
function bareReadings(file: TextFile, { first, rest, widths, largest }: Shape): readonly Candidate[] {
  const [n = -1, m = -1] = first;
  const candidates: Candidate[] = [];
  const attempt = (
    name: string,
    read: (again: TextFile) => EdgeTable,
    isExact: (reading: EdgeTable, notes: readonly string[]) => boolean,
  ) => {
    const again = file.again();
    try {
      const reading = read(again);
      if (isExact(reading, again.notes)) candidates.push({ name, reading, notes: again.notes });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  };
  const isClean = (_: EdgeTable, notes: readonly string[]) =>
    notes.every((note) => !/merged|dropped|between/.test(note));
  if (first.length === 2 && rest === m) attempt('rudy', readRudy, () => true);
  if (first.length >= 2 && rest <= n && widths > 0) attempt('metis', readMetis, () => true);
  const isRudy = candidates.length > 0;
  // Rows of one width, the first among them: a list of edges, unless it explains less than the counts do. A first
  // line of twice the same number would be a loop.
  if (first.length !== 2 || n !== m) {
    attempt('edges', readEdgeList, (reading, notes) => !isRudy || isClean(reading, notes));
  }
  if (first.length === 3 && rest === m && largest <= n) {
    throw file.fault(0, {
      expected: 'a file that can be read in one way',
      got: `a first line "${first.join(' ')}" that may count ${n} vertices and ${m} edges, or be an edge`,
      help: 'say --format edges, or leave two counts in it for --format rudy',
    });
  }
  const asEdges = candidates.find(({ name }) => name === 'edges');
  attempt('matrix', readAdjacencyMatrix, (reading) => reading.vertexCount >= 3);
  if (asEdges === undefined || candidates.at(-1)?.name !== 'matrix') return candidates;
  return isClean(asEdges.reading, asEdges.notes)
    ? candidates
    : candidates.filter(({ name }) => name !== 'edges');
}

/** What a file of bare numbers looks like before it is read. */
interface Shape {
  /** The first line, where it is two to four whole numbers. */
  readonly first: readonly number[];
  /** Lines after it, the most fields in one of them, and the largest number among the first two. */
  readonly rest: number;
  readonly widths: number;
  readonly largest: number;
}

function shapeOf(file: TextFile): Shape {
  const head = firstData(file);
  const first = /^\d+(\s+\d+){1,3}$/.test(head) ? fieldsOf(head).map(Number) : [];
  let rest = -1;
  let widths = 0;
  let largest = 0;
  let isBehind = false;
  for (const { text } of readLines(file.text)) {
    if (text === '' || text.startsWith('#') || text.startsWith('%') || /^eof$/i.test(text)) continue;
    if (text === head) isBehind = true;
    if (!isBehind) continue;
    rest++;
    if (rest === 0) continue;
    const fields = text.split(/\s+/, 64);
    widths = Math.max(widths, fields.length);
    largest = Math.max(largest, Number(fields[0]), Number(fields[1]));
  }
  return { first, rest, widths, largest };
}

/** Nothing fits: the error of the likeliest reading, with what else could be tried. */
function readHopeless(file: TextFile, isTable: boolean): GraphReading {
  const name = isTable ? 'edges' : 'rudy';
  try {
    return isTable ? readEdgeList(file) : readRudy(file);
  } catch (error) {
    const problem = error instanceof InputError ? error.problem : undefined;
    if (problem === undefined || problem.help !== undefined) throw error;
    throw new InputError({
      ...problem,
      help: `read as ${name}; --format list shows what else is read`,
    });
  }
}

function sizeOf(reading: EdgeTable): string {
  return `${reading.vertexCount} vertices, ${reading.weights.length} edges`;
}

function isSame(a: EdgeTable, b: EdgeTable): boolean {
  if (a.vertexCount !== b.vertexCount || a.weights.length !== b.weights.length) return false;
  const keys = (table: EdgeTable) =>
    Array.from(table.weights, (weight, e) => {
      const [u, v] = [table.sources[e], table.targets[e]];
      return `${Math.min(u, v)} ${Math.max(u, v)} ${weight}`;
    }).sort();
  const others = keys(b);
  return keys(a).every((key, e) => key === others[e]);
}
