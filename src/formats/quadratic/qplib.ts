import { graphLimits, type QuadraticTable } from '../tables.ts';
import { fieldsOf, type Line, readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { QuadraticCollector } from './quadraticCollector.ts';

/**
 * Reads a QPLIB file of an unconstrained binary problem, type QBN or QBB:
 *
 *     optimize ½ xᵀQx + bᵀx + q   over x ∈ {0, 1}ⁿ
 *
 * with the lower triangle of Q, counted from 1. A number may be followed by a comment.
 *
 * @throws InputError for another type of problem, or anything else, with the line
 * Source: F. Furini et al., "QPLIB: a library of quadratic programming instances", Math. Prog. Comp. 11 (2019) 237–265.
 */
export function readQplib(file: TextFile): QuadraticTable {
  const collector = new QuadraticCollector(file);
  const lines = contentLines(file);
  take(file, lines, 'a name');
  const type = take(file, lines, 'a type of problem');
  const kind = fieldsOf(type.text)[0]?.toUpperCase() ?? '';
  if (!/^[QDCL]B[NB]$/.test(kind)) {
    throw file.fault(type.number, {
      expected: 'a binary problem without constraints, QBN or QBB',
      got: shown(kind),
    });
  }
  const senseLine = take(file, lines, 'minimize or maximize');
  const sense = fieldsOf(senseLine.text)[0]?.toLowerCase();
  if (sense !== 'minimize' && sense !== 'maximize') {
    throw file.fault(senseLine.number, { expected: 'minimize or maximize', got: shown(senseLine.text) });
  }
  const count = (what: string, most: number) => {
    const { number, text } = take(file, lines, what);
    return collector.integer(number, what, fieldsOf(text)[0], 0, most);
  };
  const size = count('a count of variables', graphLimits.vertices - 1);
  if (!kind.startsWith('L')) {
    const products = count('a count of quadratic terms', graphLimits.edges);
    for (let k = 0; k < products; k++) {
      const { line, numbers } = entry(file, collector, lines, size, 2);
      const [i = 0, j = 0, value = 0] = numbers;
      if (i === j) collector.addLinear(i, value / 2);
      else collector.addProduct(line, i, j, value);
    }
  }
  const start = take(file, lines, 'the default linear coefficient');
  const usual = collector.number(start.number, fieldsOf(start.text)[0]);
  const others = count('a count of other linear coefficients', size);
  const linear = new Float64Array(size).fill(usual);
  for (let k = 0; k < others; k++) {
    const [i = 0, value = 0] = entry(file, collector, lines, size, 1).numbers;
    linear[i] = value;
  }
  for (let i = 0; i < size; i++) collector.addLinear(i, linear[i]);
  const constant = take(file, lines, 'the constant of the objective');
  collector.offset = collector.number(constant.number, fieldsOf(constant.text)[0]);
  return collector.table(size, { format: 'qplib', variables: 'binary', sense });
}

function* contentLines(file: TextFile): Generator<Line> {
  for (const line of readLines(file.text)) if (line.text !== '' && !/^[!#%]/.test(line.text)) yield line;
}

function take(file: TextFile, lines: Generator<Line>, what: string): Line {
  const next = lines.next();
  if (!next.done) return next.value;
  throw file.fault(0, { expected: what, got: 'the end of the file' });
}

/** A line of so many variables, counted from 1 in the file and from 0 here, and a value. */
function entry(
  file: TextFile,
  collector: QuadraticCollector,
  lines: Generator<Line>,
  size: number,
  variables: 1 | 2,
): { readonly line: number; readonly numbers: readonly number[] } {
  const { number, text } = take(file, lines, 'a coefficient');
  const fields = fieldsOf(text);
  const places = fields
    .slice(0, variables)
    .map((field) => collector.integer(number, 'a variable', field, 1, size) - 1);
  return { line: number, numbers: [...places, collector.number(number, fields[variables])] };
}
