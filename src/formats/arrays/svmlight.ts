import { mostEntries, type NumberTable } from '../tables.ts';
import { fieldsOf, readLines } from '../text/lines.ts';
import { numeralProblem, parseNumeral, shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';

/** Whether a line is a label and then places with their values. */
export function isSvmlight(line: string): boolean {
  return /^[^\s:]+(\s+qid:\d+)?(\s+\d+:[^\s:]+)+(\s*#.*)?$/.test(line);
}

/**
 * Reads svmlight (libsvm) rows, `label place:value …`: labels are left out, places not named hold 0.
 *
 * Places count from 1, or from 0 where a 0 occurs.
 *
 * @throws InputError for anything else, with the line, and for a table too large when written out
 */
export function readSvmlight(file: TextFile): NumberTable {
  const entries: { readonly row: number; readonly place: number; readonly value: number }[] = [];
  let rows = 0;
  let least = 1;
  let most = 0;
  for (const { number, text } of readLines(file.text)) {
    const content = text.replace(/#.*$/, '').trim();
    if (content === '') continue;
    for (const field of fieldsOf(content).slice(1)) {
      if (field.startsWith('qid:')) continue;
      const [, digits, cell] = /^(\d{1,9}):([^:]+)$/.exec(field) ?? [];
      if (digits === undefined || cell === undefined) {
        throw file.fault(number, { expected: '"place:value"', got: shown(field) });
      }
      const value = parseNumeral(cell);
      if (Number.isNaN(value)) throw file.fault(number, numeralProblem(cell));
      const place = Number(digits);
      least = Math.min(least, place);
      most = Math.max(most, place);
      entries.push({ row: rows, place, value });
    }
    rows++;
  }
  const columns = most - least + 1;
  if (rows === 0 || columns < 1) throw file.fault(0, { expected: 'rows "label place:value …"', got: 'none' });
  if (rows * columns > mostEntries) {
    throw file.fault(0, { expected: `at most ${mostEntries} numbers`, got: `${rows} × ${columns}` });
  }
  const values = new Float64Array(rows * columns);
  for (const { row, place, value } of entries) values[row * columns + place - least] = value;
  file.notes.push(`labels of svmlight left out, places counted from ${least}, the others hold 0`);
  return { format: 'svmlight', values, rows, columns, notes: file.notes };
}
