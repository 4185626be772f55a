import { InputError } from '../../numerics/base/inputError.ts';
import type { NumberTable } from '../tables.ts';
import { readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { readTextTable } from './csvTable.ts';
import { isSvmlight, readSvmlight } from './svmlight.ts';
import { isWordVectors, readWordVectors } from './wordVectors.ts';

/** Formats of tables that are text, as `--format` names them. */
export const textTables: ReadonlyMap<string, (file: TextFile) => NumberTable> = new Map([
  ['csv', readTextTable],
  ['svmlight', readSvmlight],
  ['word-vectors', readWordVectors],
]);

const titles: readonly (readonly [string, string])[] = [
  ['csv', 'numbers between commas, semicolons, tabs, bars or blanks'],
  ['svmlight', 'label place:value …, also called libsvm'],
  ['word-vectors', 'word2vec and fastText as text'],
  ['npy', 'NumPy array'],
  ['npz', 'NumPy archive; --array names the array'],
  ['safetensors', 'tensors; --array names the tensor'],
  ['parquet', 'Parquet'],
];

/** The formats of tables as `--format` names them, with their titles. */
export function tableFormatList(): readonly string[] {
  const width = Math.max(...titles.map(([name]) => name.length));
  return titles.map(([name, title]) => `${name.padEnd(width)}  ${title}`);
}

/** Texts that hold numbers in a way that is not read, by how they begin. */
const others: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(\s*%[^\n]*\n)*\s*@relation\b/i,
    'an ARFF file',
    'pandas.DataFrame(scipy.io.arff.loadarff(file)[0]).to_csv("X.csv", index=False)',
  ],
  [/^\s*(tensor|array)\s*\(/, 'an array as Python prints it', 'np.savetxt("W.csv", W, delimiter=",")'],
  [/^\s*\[/, 'a nested list as Python or JSON prints it', 'np.savetxt("W.csv", W, delimiter=",")'],
  [/^\s*\{/, 'a JSON document', 'pandas.read_json(file).to_csv("X.csv", index=False)'],
  [/^\s*<[?!a-z]/i, 'an HTML or XML document', 'save the table as CSV'],
  [/^\s*%{1,2}MatrixMarket/i, 'a Matrix Market file', 'np.save("X.npy", scipy.io.mmread(file).toarray())'],
];

/**
 * Reads a table of numbers from text: as `--format` says, or as svmlight or word vectors where it can be nothing else,
 * or as cells between delimiters.
 *
 * @throws InputError naming what the file is, where that is not read
 */
export function readTextual(file: TextFile): NumberTable {
  const { format } = file.options;
  if (format !== undefined) {
    const read = textTables.get(format);
    if (read !== undefined) return read(file);
    const expected = `one of ${titles.map(([name]) => name).join(', ')}`;
    const got = titles.some(([name]) => name === format) ? `${format} for a text` : shown(format);
    throw new InputError({ source: '--format', expected, got: `${got} (${file.source})` });
  }
  const start = file.text.slice(0, 65_536);
  for (const [pattern, got, help] of others) {
    if (pattern.test(start)) throw file.fault(0, { expected: 'a table of numbers', got, help });
  }
  const [first = '', second = ''] = firstLines(start);
  if (isSvmlight(first)) return readSvmlight(file);
  if (isWordVectors(first, second)) return readWordVectors(file);
  return readTextTable(file);
}

function firstLines(start: string): readonly string[] {
  const lines: string[] = [];
  for (const { text } of readLines(start)) {
    if (text !== '' && !text.startsWith('#')) lines.push(text);
    if (lines.length === 2) break;
  }
  return lines;
}
