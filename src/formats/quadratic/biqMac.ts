import { graphLimits, type QuadraticTable } from '../tables.ts';
import { fieldsOf, readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { QuadraticCollector } from './quadraticCollector.ts';

/**
 * Reads a quadratic 0-1 problem of the Biq Mac library: a line `n m`, then m lines `i j q` of a symmetric matrix Q,
 * counted from 1, to minimize xᵀQx; an entry off the diagonal stands for its mirror image too. `#` starts a comment.
 *
 * @throws InputError for anything else, with the line
 * Source: A. Wiegele, "Biq Mac Library" (2007).
 */
export function readBiqMac(file: TextFile): QuadraticTable {
  const collector = new QuadraticCollector(file);
  let header: { readonly size: number; readonly entries: number } | undefined;
  let entries = 0;
  for (const { number, text } of readLines(file.text)) {
    if (text === '' || text.startsWith('#')) continue;
    const fields = fieldsOf(text);
    if (header === undefined) {
      if (fields.length !== 2) throw file.fault(number, { expected: 'two counts, "n m"', got: shown(text) });
      header = {
        size: collector.integer(number, 'a count of variables', fields[0], 1, graphLimits.vertices - 1),
        entries: collector.integer(number, 'a count of entries', fields[1], 0, graphLimits.edges),
      };
      continue;
    }
    if (fields.length !== 3) throw file.fault(number, { expected: '"i j value"', got: shown(text) });
    if (entries++ === header.entries) {
      throw file.fault(number, {
        expected: `${header.entries} entries, as the first line says`,
        got: 'more',
      });
    }
    const i = collector.integer(number, 'a variable', fields[0], 1, header.size) - 1;
    const j = collector.integer(number, 'a variable', fields[1], 1, header.size) - 1;
    const value = collector.number(number, fields[2]);
    if (i === j) collector.addLinear(i, value);
    else collector.addProduct(number, i, j, 2 * value);
  }
  if (header === undefined) throw file.fault(0, { expected: 'a quadratic problem', got: 'an empty file' });
  if (entries < header.entries) {
    throw file.fault(0, { expected: `${header.entries} entries, as the first line says`, got: `${entries}` });
  }
  return collector.table(header.size, { format: 'biqmac', variables: 'binary', sense: 'minimize' });
}
