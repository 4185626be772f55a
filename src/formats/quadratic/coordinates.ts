import { graphLimits, type QuadraticTable } from '../tables.ts';
import { fieldsOf, readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { QuadraticCollector } from './quadraticCollector.ts';

/**
 * Reads the COOrdinate format of dimod: a comment `# vartype=SPIN` or `BINARY`, then lines `i i bias` and `i j bias`,
 * counted from 0; to minimize.
 *
 * @throws InputError for anything else, with the line, and where neither the file nor an option says what the
 * variables are
 */
export function readCoordinates(file: TextFile): QuadraticTable {
  const collector = new QuadraticCollector(file);
  let { variables } = file.options;
  for (const { number, text } of readLines(file.text)) {
    if (text === '') continue;
    if (text.startsWith('#')) {
      const kind = /vartype\s*[=:]\s*(SPIN|BINARY)/i.exec(text)?.[1]?.toLowerCase();
      if (kind === 'spin' || kind === 'binary') variables ??= kind;
      const offset = /offset\s*[=:]\s*(\S+)/i.exec(text)?.[1];
      if (offset !== undefined) collector.offset = collector.number(number, offset);
      continue;
    }
    const fields = fieldsOf(text);
    if (fields.length !== 3) throw file.fault(number, { expected: '"i j bias"', got: shown(text) });
    const i = collector.integer(number, 'a variable', fields[0], 0, graphLimits.vertices - 2);
    const j = collector.integer(number, 'a variable', fields[1], 0, graphLimits.vertices - 2);
    const value = collector.number(number, fields[2]);
    if (i === j) collector.addLinear(i, value);
    else collector.addProduct(number, i, j, value);
  }
  if (variables === undefined) {
    const help = 'say --variables spin or --variables binary';
    throw file.fault(0, { expected: '"# vartype=SPIN" or "# vartype=BINARY"', got: 'neither', help });
  }
  if (collector.size === 0) throw file.fault(0, { expected: 'biases', got: 'none' });
  return collector.table(collector.size, { format: 'coo', variables, sense: 'minimize' });
}
