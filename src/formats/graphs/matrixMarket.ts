import { type EdgeTable, graphLimits } from '../tables.ts';
import { fieldsOf, type Line, readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { EdgeCollector } from './edgeCollector.ts';

interface Banner {
  readonly isDense: boolean;
  readonly isPattern: boolean;
  readonly isGeneral: boolean;
}

/**
 * Reads a square Matrix Market file, coordinate or array, as an adjacency matrix.
 *
 * The diagonal does not matter to a cut and is dropped; entries of both triangles are merged where they are equal. An
 * entry of a general matrix without a mirror image is an edge, and so is one in the upper triangle of a symmetric one.
 *
 * @throws InputError for anything else, with the line: complex and skew-symmetric matrices, rectangles, a wrong count
 * Source: R. Boisvert, R. Pozo and K. Remington, "The Matrix Market exchange formats", NISTIR 5935 (1996).
 */
export function readMatrixMarket(file: TextFile): EdgeTable {
  const collector = new EdgeCollector(file);
  const lines = contentLines(file);
  const first = lines.next();
  if (first.done) throw file.fault(0, { expected: 'a Matrix Market banner', got: 'an empty file' });
  const banner = readBanner(file, first.value);
  const sizeLine = lines.next();
  if (sizeLine.done) throw file.fault(0, { expected: 'a size line', got: 'none' });
  const size = readSize(file, collector, sizeLine.value, banner);
  let entries = 0;
  let last = sizeLine.value.number;
  for (const line of lines) {
    last = line.number;
    if (entries === size.entries) {
      throw file.fault(last, { expected: `${size.entries} entries, as the size line says`, got: 'more' });
    }
    if (banner.isDense) {
      const fields = fieldsOf(line.text);
      if (fields.length !== 1) throw file.fault(last, { expected: 'one value', got: shown(line.text) });
      const [row, column] = banner.isGeneral
        ? [entries % size.vertices, Math.floor(entries / size.vertices)]
        : lowerPlace(entries, size.vertices);
      const weight = collector.weight(last, fields[0]);
      if (weight !== 0 && row !== column) collector.add(last, row, column, weight);
    } else {
      readEntry(file, collector, line, size.vertices, banner);
    }
    entries++;
  }
  if (entries < size.entries) {
    throw file.fault(last, { expected: `${size.entries} entries, as the size line says`, got: `${entries}` });
  }
  return collector.table('matrix-market', size.vertices, { givesBothArcs: banner.isGeneral });
}

/** The banner, then lines with something on them that are no comments. */
function* contentLines(file: TextFile): Generator<Line> {
  let isFirst = true;
  for (const line of readLines(file.text)) {
    if (line.text === '' || (!isFirst && line.text.startsWith('%'))) continue;
    isFirst = false;
    yield line;
  }
}

function readBanner(file: TextFile, { number, text }: Line): Banner {
  const [mark, object, format, field, symmetry] = fieldsOf(text.toLowerCase());
  const wrong = (help?: string) => {
    const expected = '"%%MatrixMarket matrix coordinate|array real|integer|pattern symmetric|general"';
    return file.fault(number, { expected, got: shown(text), ...(help === undefined ? {} : { help }) });
  };
  if (object !== 'matrix' || format === undefined || symmetry === undefined) throw wrong();
  if (mark === '%matrixmarket') file.notes.push('banner with one % instead of two');
  if (field === 'complex') throw wrong('take the real part or the modulus first');
  if (symmetry === 'skew-symmetric' || symmetry === 'hermitian')
    throw wrong('a cut needs a symmetric matrix');
  const isKnown =
    ['coordinate', 'array'].includes(format) &&
    ['real', 'double', 'integer', 'unsigned-integer', 'pattern'].includes(field) &&
    ['symmetric', 'general'].includes(symmetry) &&
    !(format === 'array' && field === 'pattern');
  if (!isKnown) throw wrong();
  return { isDense: format === 'array', isPattern: field === 'pattern', isGeneral: symmetry === 'general' };
}

function readSize(file: TextFile, collector: EdgeCollector, { number, text }: Line, banner: Banner) {
  const fields = fieldsOf(text);
  const expected = banner.isDense ? '"rows columns"' : '"rows columns entries"';
  if (fields.length !== (banner.isDense ? 2 : 3)) throw file.fault(number, { expected, got: shown(text) });
  const vertices = collector.integer(number, 'a row count', fields[0], 0, graphLimits.vertices);
  const columns = collector.integer(number, 'a column count', fields[1], 0, graphLimits.vertices);
  if (columns !== vertices) {
    throw file.fault(number, { expected: 'a square matrix', got: `${vertices} × ${columns}` });
  }
  const dense = banner.isGeneral ? vertices * vertices : (vertices * (vertices + 1)) / 2;
  const entries = banner.isDense
    ? dense
    : collector.integer(number, 'an entry count', fields[2], 0, 2 * graphLimits.edges + graphLimits.vertices);
  return { vertices, entries };
}

function readEntry(
  file: TextFile,
  collector: EdgeCollector,
  { number, text }: Line,
  vertices: number,
  { isPattern }: Banner,
): void {
  const fields = fieldsOf(text);
  const isOne = isPattern && fields.length === 3 && Number(fields[2]) === 1;
  if (fields.length !== (isPattern ? 2 : 3) && !isOne) {
    throw file.fault(number, {
      expected: isPattern ? '"row column"' : '"row column value"',
      got: shown(text),
    });
  }
  const row = collector.integer(number, 'a row', fields[0], 1, vertices) - 1;
  const column = collector.integer(number, 'a column', fields[1], 1, vertices) - 1;
  const weight = isPattern ? 1 : collector.weight(number, fields[2]);
  collector.add(number, row, column, weight);
}

/** Row and column of the k-th entry of a lower triangle stored by columns. */
function lowerPlace(k: number, n: number): readonly [row: number, column: number] {
  const before = (column: number) => column * n - (column * (column - 1)) / 2;
  let column = Math.floor(n + 0.5 - Math.sqrt(Math.max(0, (n + 0.5) ** 2 - 2 * k)));
  while (column > 0 && before(column) > k) column--;
  while (before(column + 1) <= k && column < n - 1) column++;
  return [column + (k - before(column)), column];
}
