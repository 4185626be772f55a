import { InputError } from '../../numerics/base/inputError.ts';
import { type EdgeTable, graphLimits } from '../tables.ts';
import { type Line, readLines } from '../text/lineReader.ts';
import { EdgeCollector, quoted } from './edgeCollector.ts';

/**
 * Reads a symmetric Matrix Market coordinate file as an adjacency matrix.
 *
 * Banner `%%MatrixMarket matrix coordinate (real|integer|pattern) (symmetric|general)`, comments `%`, a line
 * `n n entries`, then `row column [value]`, counted from 1; a pattern entry has weight 1. A `general` matrix must
 * hold each entry together with its equal mirror image.
 *
 * @param source the file's name, for messages
 * @throws InputError for anything else, with the line; a diagonal entry would be a loop
 * Source: R. Boisvert, R. Pozo and K. Remington, "The Matrix Market exchange formats", NISTIR 5935 (1996).
 */
export function readMatrixMarket(source: string, text: string): EdgeTable {
  const collector = new EdgeCollector(source);
  const { isPattern, isGeneral } = readBanner(collector, text);
  const mirrors = new Map<number, { weight: number; line: number }>();
  let size: { vertices: number; entries: number } | undefined;
  let entries = 0;
  let last = 1;
  for (const line of readLines(text, (content) => content.startsWith('%'))) {
    last = line.number;
    if (size === undefined) {
      size = readSize(collector, line);
      continue;
    }
    if (entries++ === size.entries) {
      throw collector.fault(last, `${size.entries} entries, as the size line says`, 'more');
    }
    const { fields } = line;
    if (fields.length !== (isPattern ? 2 : 3)) {
      throw collector.fault(
        last,
        isPattern ? '"row column"' : '"row column value"',
        quoted(fields.join(' ')),
      );
    }
    const u = collector.integer(last, 'a row', fields[0], 1, size.vertices) - 1;
    const v = collector.integer(last, 'a column', fields[1], 1, size.vertices) - 1;
    const weight = isPattern ? 1 : collector.weight(last, fields[2]);
    if (u === v) throw collector.fault(last, 'two different vertices', `a loop at vertex ${u + 1}`);
    if (!isGeneral) {
      collector.add(last, u, v, weight);
      continue;
    }
    const own = u * size.vertices + v;
    const mirror = mirrors.get(v * size.vertices + u);
    if (mirrors.has(own)) throw collector.fault(last, 'each entry once', `a second (${u + 1}, ${v + 1})`);
    mirrors.set(own, { weight, line: last });
    if (mirror === undefined) continue;
    if (mirror.weight !== weight)
      throw collector.fault(last, `the value ${mirror.weight} of the mirror entry`, String(weight));
    collector.add(last, u, v, weight);
  }
  if (size === undefined) throw new InputError({ source, expected: 'a size line', got: 'none' });
  if (entries < size.entries) {
    throw collector.fault(last, `${size.entries} entries, as the size line says`, String(entries));
  }
  if (mirrors.size !== (isGeneral ? 2 * collector.count : 0)) {
    throw unmatched(collector, mirrors, size.vertices);
  }
  return collector.table('matrix-market', size.vertices);
}

function readBanner(collector: EdgeCollector, text: string) {
  const banner = text
    .slice(0, 200)
    .split(/[\r\n]/, 1)[0]
    .trim()
    .toLowerCase()
    .split(/\s+/);
  const [mark, object, format, field, symmetry] = banner;
  const isKnown =
    banner.length === 5 &&
    mark === '%%matrixmarket' &&
    object === 'matrix' &&
    format === 'coordinate' &&
    ['real', 'double', 'integer', 'pattern'].includes(field) &&
    ['symmetric', 'general'].includes(symmetry);
  if (!isKnown) {
    const expected = '"%%MatrixMarket matrix coordinate real|integer|pattern symmetric|general"';
    throw collector.fault(1, expected, quoted(banner.join(' ')));
  }
  return { isPattern: field === 'pattern', isGeneral: symmetry === 'general' };
}

function readSize(collector: EdgeCollector, { number, fields }: Line) {
  if (fields.length !== 3) throw collector.fault(number, '"rows columns entries"', quoted(fields.join(' ')));
  const vertices = collector.integer(number, 'a row count', fields[0], 0, graphLimits.vertices);
  const columns = collector.integer(number, 'a column count', fields[1], 0, graphLimits.vertices);
  if (columns !== vertices) throw collector.fault(number, 'a square matrix', `${vertices} × ${columns}`);
  return {
    vertices,
    entries: collector.integer(number, 'an entry count', fields[2], 0, 2 * graphLimits.edges),
  };
}

function unmatched(collector: EdgeCollector, mirrors: Map<number, { line: number }>, n: number): InputError {
  for (const [key, { line }] of mirrors) {
    const u = Math.floor(key / n);
    const v = key % n;
    if (!mirrors.has(v * n + u)) {
      return collector.fault(line, 'a symmetric matrix', `(${u + 1}, ${v + 1}) without its mirror entry`);
    }
  }
  throw new Error('unmatched: every entry has its mirror');
}
