import {
  type Graph,
  type QuadraticProblem,
  type QuadraticReduction,
  reduceQuadratic,
  type Sides,
  shareGraph,
} from '../../applications/maxcut/index.ts';
import type { ReaderOptions } from '../../formats/readerOptions.ts';
import { readGraph } from '../../formats/readGraph.ts';
import { InputError } from '../../numerics/base/inputError.ts';
import type { SourceFile } from '../contract/sourceFile.ts';
import { graphFromTable } from '../fromTables.ts';

/** What is to be cut: a graph, or the graph of a quadratic problem. */
export interface CutInput {
  /** In memory that threads share, where it was read as a graph. */
  readonly graph: Graph;
  /** What the file calls its vertices or variables. */
  readonly names?: readonly string[];
  /** What the reader skipped, merged or assumed. */
  readonly notes: readonly string[];
  readonly quadratic?: { readonly problem: QuadraticProblem; readonly reduction: QuadraticReduction };
}

/**
 * Reads a graph, or a quadratic problem as a graph with one more vertex.
 *
 * @throws InputError in one line
 */
export async function readCutInput({ source, read }: SourceFile, options: ReaderOptions): Promise<CutInput> {
  const table = await readGraph(source, read(), options);
  const { notes, names } = table;
  const named = names === undefined ? {} : { names };
  if (table.kind === 'quadratic') {
    const reduction = reduceQuadratic(table);
    return { graph: reduction.graph, notes, quadratic: { problem: table, reduction }, ...named };
  }
  const { sense, variables } = options;
  if (sense !== undefined || variables !== undefined) {
    const option = variables !== undefined ? '--variables' : `--${sense}`;
    throw new InputError({ source, expected: `a quadratic problem, as ${option} says`, got: 'a graph' });
  }
  return { graph: shareGraph(graphFromTable(source, table)), notes, ...named };
}

/**
 * The answer as a file: the side (0 or 1) of each vertex, or the value of each variable, one a line; as CSV with their
 * names where the file has names.
 */
export function formatSides({ names, quadratic }: CutInput, sides: Sides): string {
  const values: ArrayLike<number> =
    quadratic === undefined ? sides.map((side) => (side > 0 ? 1 : 0)) : quadratic.reduction.assignment(sides);
  if (names === undefined) return Array.from(values, (value) => `${value}\n`).join('');
  const head = quadratic === undefined ? 'vertex,side\n' : 'variable,value\n';
  return head + names.map((name, i) => `${csvCell(name)},${values[i]}\n`).join('');
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
