import type { Sides } from '../../applications/maxcut/index.ts';
import { decodeText } from '../../formats/text/decodeText.ts';
import { type Row, readRows } from '../../formats/text/rows.ts';
import { TextFile } from '../../formats/text/textFile.ts';
import { InputError } from '../../numerics/base/inputError.ts';
import type { SourceFile } from '../contract/sourceFile.ts';
import type { CutInput } from './cutInput.ts';

/** What stands in a file of sides: the vertices of a graph, or the variables of a quadratic problem. */
interface Terms {
  readonly count: number;
  readonly names: readonly string[] | undefined;
  readonly thing: 'vertex' | 'variable';
  readonly things: 'vertices' | 'variables';
  /** What may stand for a side, the lower value first. */
  readonly values: readonly [string, string];
}

/**
 * Reads a partition to start from, as `formatSides` writes it: a side of each vertex or a value of each variable, one
 * a line in their order, or with their names as CSV (their numbers, counted from 1, where they have no names).
 *
 * @returns sides of the graph's vertices; the extra vertex of a quadratic problem stands for 1
 * @throws InputError in one line for another count, an unknown name, one that is missing or there twice, or a value that
 * is no side
 */
export function readStartSides({ source, read }: SourceFile, input: CutInput): Sides {
  const terms = termsOf(input);
  const file = new TextFile(source, decodeText(source, read()), {});
  const rows = [...readRows(file, ',')];
  const isNamed = (rows[0]?.cells.length ?? 1) > 1;
  const values = isNamed ? byName(file, rows, terms) : inOrder(file, rows, terms);
  return Int8Array.from({ length: input.graph.vertexCount }, (_, i) =>
    i < terms.count && values[i] === terms.values[0] ? -1 : 1,
  );
}

function termsOf({ graph, names, quadratic }: CutInput): Terms {
  if (quadratic === undefined) {
    return { count: graph.vertexCount, names, thing: 'vertex', things: 'vertices', values: ['0', '1'] };
  }
  const values = quadratic.problem.variables === 'binary' ? (['0', '1'] as const) : (['-1', '1'] as const);
  return { count: graph.vertexCount - 1, names, thing: 'variable', things: 'variables', values };
}

function inOrder(file: TextFile, rows: readonly Row[], terms: Terms): readonly string[] {
  const { count, things } = terms;
  if (rows.length !== count) {
    const got = `${rows.length} line${rows.length === 1 ? '' : 's'}`;
    throw file.fault(0, { expected: `${count} lines, one for each of the ${things}`, got });
  }
  return rows.map((row) => sideOf(file, row, 0, terms));
}

function byName(file: TextFile, rows: readonly Row[], terms: Terms): readonly string[] {
  const { count, names, thing, things } = terms;
  const place = new Map(
    names === undefined
      ? Array.from({ length: count }, (_, i) => [String(i + 1), i])
      : names.map((name, i) => [name, i]),
  );
  const values = new Array<string>(count).fill('');
  let found = 0;
  for (const [index, row] of rows.entries()) {
    const at = place.get(row.cells[0]);
    if (index === 0 && at === undefined && !terms.values.includes(row.cells[1])) continue;
    if (at === undefined) {
      throw file.fault(row.line, { expected: `a ${thing} of the problem`, got: `"${row.cells[0]}"` });
    }
    if (values[at] !== '') {
      throw file.fault(row.line, {
        expected: `each ${thing} once`,
        got: `"${row.cells[0]}" a second time`,
      });
    }
    values[at] = sideOf(file, row, 1, terms);
    found++;
  }
  if (found !== count) {
    throw file.fault(0, { expected: `a line for each of ${count} ${things}`, got: `${found} of them` });
  }
  return values;
}

function sideOf(file: TextFile, { cells, line }: Row, at: number, { values }: Terms): string {
  if (cells.length === at + 1 && values.includes(cells[at])) return cells[at];
  const expected = `${values[0]} or ${values[1]}${at === 1 ? ' after a name' : ''}`;
  throw file.fault(line, { expected, got: `"${cells.slice(at).join(',')}"` });
}

/**
 * The cut at which a target is reached: itself, or that of an assignment with so much energy.
 *
 * @throws InputError for an energy whose cut is beyond what a double holds
 */
export function targetCut({ quadratic }: CutInput, target: number): number {
  const cut = quadratic === undefined ? target : quadratic.reduction.cutFor(target);
  if (Number.isFinite(cut)) return cut;
  throw new InputError({ source: '--target', expected: 'a value that a cut can have', got: String(target) });
}
