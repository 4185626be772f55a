import { graphLimits, type QuadraticTable } from '../tables.ts';
import { fieldsOf, readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { QuadraticCollector } from './quadraticCollector.ts';

/**
 * Reads a `.qubo` file of qbsolv: comments `c`, one line `p qubo 0 maxNodes nodes couplers`, then lines `i i value` and
 * `i j value`, counted from 0; to minimize over variables of 0 and 1.
 *
 * @throws InputError for anything else, with the line
 * Source: D-Wave, qbsolv, "QUBO(5) file format".
 */
export function readQubo(file: TextFile): QuadraticTable {
  const collector = new QuadraticCollector(file);
  let header: { readonly size: number; readonly nodes: number; readonly couplers: number } | undefined;
  let nodes = 0;
  let couplers = 0;
  for (const { number, text } of readLines(file.text)) {
    if (text === '' || /^c(\s|$)/.test(text)) continue;
    const fields = fieldsOf(text);
    if (fields[0] === 'p') {
      const whole = (what: string, field: string | undefined, most: number) =>
        collector.integer(number, what, field, 0, most);
      if (fields[1] !== 'qubo' || fields.length !== 6 || header !== undefined) {
        throw file.fault(number, {
          expected: 'one line "p qubo topology maxNodes nodes couplers"',
          got: shown(text),
        });
      }
      header = {
        size: whole('a count of nodes', fields[3], graphLimits.vertices),
        nodes: whole('a count of nodes', fields[4], graphLimits.vertices),
        couplers: whole('a count of couplers', fields[5], graphLimits.edges),
      };
      continue;
    }
    if (header === undefined)
      throw file.fault(number, { expected: 'a line "p qubo" first', got: shown(text) });
    if (fields.length !== 3) throw file.fault(number, { expected: '"i j value"', got: shown(text) });
    const i = collector.integer(number, 'a node', fields[0], 0, header.size - 1);
    const j = collector.integer(number, 'a node', fields[1], 0, header.size - 1);
    const value = collector.number(number, fields[2]);
    if (i === j) {
      nodes++;
      collector.addLinear(i, value);
    } else {
      couplers++;
      collector.addProduct(number, i, j, value);
    }
  }
  if (header === undefined) throw file.fault(0, { expected: 'a line "p qubo"', got: 'none' });
  if (nodes !== header.nodes || couplers !== header.couplers) {
    const expected = `${header.nodes} nodes and ${header.couplers} couplers, as the line "p" says`;
    throw file.fault(0, { expected, got: `${nodes} and ${couplers}` });
  }
  return collector.table(header.size, { format: 'qubo', variables: 'binary', sense: 'minimize' });
}
