import { mostEntries, type NumberTable } from '../tables.ts';
import { fieldsOf, readLines } from '../text/lines.ts';
import { numeralProblem, parseNumeral, shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';

/** Whether two lines begin word vectors: a count and a width, then a word and so many numbers. */
export function isWordVectors(first: string, second: string): boolean {
  const [, width] = /^\d+\s+(\d+)$/.exec(first) ?? [];
  if (width === undefined) return false;
  const fields = fieldsOf(second);
  return (
    fields.length > Number(width) &&
    fields.length > 2 &&
    fields.slice(-Number(width)).every((cell) => !Number.isNaN(parseNumeral(cell)))
  );
}

/**
 * Reads word vectors as text (word2vec, fastText): a line with their count and width, then a word and its numbers. The
 * words are left out.
 *
 * @throws InputError for anything else, with the line
 */
export function readWordVectors(file: TextFile): NumberTable {
  let counts: { readonly rows: number; readonly columns: number } | undefined;
  let values = new Float64Array(0);
  let rows = 0;
  for (const { number, text } of readLines(file.text)) {
    if (text === '') continue;
    if (counts === undefined) {
      const [, count, width] = /^(\d{1,9})\s+(\d{1,9})$/.exec(text) ?? [];
      counts = { rows: Number(count), columns: Number(width) };
      if (!(counts.rows * counts.columns <= mostEntries) || counts.rows * counts.columns === 0) {
        throw file.fault(number, {
          expected: 'the count of words and the width of their vectors',
          got: shown(text),
        });
      }
      // A vector takes two characters an entry at least: what the first line claims has to fit into the file.
      if (counts.rows * counts.columns * 2 > file.text.length) {
        throw file.fault(number, {
          expected: `${counts.rows} vectors of ${counts.columns} numbers`,
          got: 'fewer',
        });
      }
      values = new Float64Array(counts.rows * counts.columns);
      continue;
    }
    const fields = fieldsOf(text);
    const start = fields.length - counts.columns;
    if (start < 1) {
      throw file.fault(number, {
        expected: `a word and ${counts.columns} numbers`,
        got: `${fields.length} fields`,
      });
    }
    if (rows === counts.rows) {
      throw file.fault(number, { expected: `${counts.rows} words, as the first line says`, got: 'more' });
    }
    for (let j = 0; j < counts.columns; j++) {
      const cell = fields[start + j];
      const value = parseNumeral(cell);
      if (Number.isNaN(value)) throw file.fault(number, numeralProblem(cell));
      values[rows * counts.columns + j] = value;
    }
    rows++;
  }
  if (counts === undefined || rows < counts.rows) {
    const expected = `${counts?.rows ?? 'some'} words, as the first line says`;
    throw file.fault(0, { expected, got: `${rows}` });
  }
  file.notes.push(`the words of ${rows} word vectors left out`);
  return { format: 'word-vectors', values, ...counts, notes: file.notes };
}
