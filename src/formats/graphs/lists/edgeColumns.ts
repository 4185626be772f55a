import { columnOf } from '../../text/columns.ts';
import { isNumeral, numeralProblem, parseNumeral, shown } from '../../text/numerals.ts';
import type { TextFile } from '../../text/textFile.ts';

/** Which columns of an edge list are its ends and its weight, counted from 0. */
export interface EdgeColumns {
  readonly source: number;
  readonly target: number;
  /** Absent where every weight is 1. */
  readonly weight?: number;
}

/** Headings of the two ends that hardly name vertices, as they come in pairs; letters and digits, in lower case. */
const plainPairs: readonly (readonly [string, string])[] = [
  ...['target', 'dest', 'destination', 'dst', 'sink'].flatMap((target): [string, string][] => [
    ['source', target],
    ['src', target],
    ['sourceid', `${target}id`],
  ]),
  ['from', 'to'],
  ['fromnodeid', 'tonodeid'],
  ['fromnode', 'tonode'],
  ['fromid', 'toid'],
  ['node1', 'node2'],
  ['nodea', 'nodeb'],
  ['nodeid1', 'nodeid2'],
  ['vertex1', 'vertex2'],
  ['id1', 'id2'],
  ['tail', 'head'],
  ['start', 'end'],
  ['startid', 'endid'],
  ['row', 'col'],
  ['row', 'column'],
  ['citing', 'cited'],
];

/** Headings of the two ends that could as well be two vertices. */
const shortPairs: readonly (readonly [string, string])[] = [
  ['u', 'v'],
  ['i', 'j'],
  ['a', 'b'],
  ['x', 'y'],
  ['v1', 'v2'],
];

const weightHeadings = new Set([
  'weight',
  'weights',
  'w',
  'wt',
  'edgeweight',
  'value',
  'val',
  'cost',
  'capacity',
  'cap',
]);

const plain = (heading: string) => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a line can only be a header: a pair of its cells names ends, and none is a number. */
export function isEdgeHeader(cells: readonly string[]): boolean {
  const headings = cells.map(plain);
  const hasPair = plainPairs.some((pair) => pair.every((name) => headings.includes(name)));
  return hasPair && cells.every((cell) => !isNumeral(cell));
}

/** The ends and the weight by their headings, or nothing if no two headings are a pair of ends. */
export function columnsByHeading(header: readonly string[]): EdgeColumns | undefined {
  const headings = header.map(plain);
  for (const [first, second] of [...plainPairs, ...shortPairs]) {
    const [source, target] = [headings.indexOf(first), headings.indexOf(second)];
    if (source < 0 || target < 0) continue;
    const weight = headings.findIndex((name, j) => j !== source && j !== target && weightHeadings.has(name));
    return weight < 0 ? { source, target } : { source, target, weight };
  }
  return undefined;
}

/** The columns that the user named, by heading or by number from 1. */
export function columnsByChoice(
  file: TextFile,
  chosen: readonly string[],
  header?: readonly string[],
): EdgeColumns {
  if (chosen.length < 2 || chosen.length > 3) {
    const got = `${chosen.length} columns in --columns`;
    throw file.fault(0, { expected: 'source,target or source,target,weight', got });
  }
  const [source, target, weight] = chosen.map((name) => columnOf(file, name, header));
  return { source: source ?? 0, target: target ?? 1, ...(weight === undefined ? {} : { weight }) };
}

/** The first two columns and, of three or where a heading says so, a weight. */
export function columnsByPlace(
  file: TextFile,
  line: number,
  row: readonly string[],
  isHeader: boolean,
): EdgeColumns {
  const help = 'say --columns source,target,weight with names or numbers from 1';
  if (row.length < 2) throw file.fault(line, { expected: 'two ends of an edge', got: shown(row[0]), help });
  const named = isHeader ? row.findIndex((heading, j) => j > 1 && weightHeadings.has(plain(heading))) : -1;
  if (named >= 0) return { source: 0, target: 1, weight: named };
  if (row.length === 2) return { source: 0, target: 1 };
  if (row.length === 3) {
    file.notes.push(`the third column${isHeader ? ` ${shown(row[2])}` : ''} read as the weight`);
    return { source: 0, target: 1, weight: 2 };
  }
  throw file.fault(line, { expected: 'source, target and weight', got: `${row.length} columns`, help });
}

/** An end of an edge as a name: `1.0` is `1`, and a number with a fraction is no name. */
export function endOf(file: TextFile, line: number, cell: string | undefined): string {
  if (cell === undefined || cell === '')
    throw file.fault(line, { expected: 'a vertex', got: 'an empty cell' });
  if (/^\d+\.0*$/.test(cell)) return cell.slice(0, cell.indexOf('.'));
  if (/^[+-]?\d*\.\d+$/.test(cell) || /^[+-]?\d+(\.\d*)?[eE][+-]?\d+$/.test(cell)) {
    const help = 'say --columns source,target,weight if the columns stand in another order';
    throw file.fault(line, { expected: 'a vertex', got: `the number ${shown(cell)}`, help });
  }
  return cell;
}

/** The weight in a cell. */
export function weightOf(file: TextFile, line: number, cell: string | undefined, decimal: '.' | ','): number {
  const value = parseNumeral(cell ?? '', decimal);
  if (!Number.isNaN(value)) return value;
  const { expected, ...problem } = numeralProblem(cell ?? '', decimal);
  const help = 'say --columns source,target if it is no weight, --header if the first line names the columns';
  throw file.fault(line, { expected: expected.replace('number', 'weight'), help, ...problem });
}
