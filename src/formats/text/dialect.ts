import type { Delimiter } from '../readerOptions.ts';
import { readLines } from './lines.ts';
import type { DecimalMark } from './numerals.ts';
import { splitCells } from './rows.ts';
import type { TextFile } from './textFile.ts';

/** How a table is written. */
export interface Dialect {
  readonly delimiter: Delimiter;
  readonly decimal: DecimalMark;
}

/** Lines looked at to tell how a table is written. */
const sampleSize = 200;

const commaNumber = /^[+-]?\d*,\d+([eE][+-]?\d+)?$/;
const pointNumber = /^[+-]?\d*\.\d+([eE][+-]?\d+)?$/;
const thousands = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/;

/**
 * Tells by what cells are separated and which mark stands in decimals.
 *
 * The delimiter is a tab, semicolon or bar that stands in every line, else a comma, else blanks. Where commas stand in
 * cells between other delimiters they are decimal commas if that is the only reading that makes rows of one width, or
 * if as separate numbers they would read like `0` and `001`.
 *
 * @throws InputError where both readings are possible
 */
export function detectDialect(file: TextFile): Dialect {
  const { options } = file;
  const lines = sampleLines(file.text);
  const delimiter = options.delimiter ?? detectDelimiter(lines);
  if (options.decimal !== undefined) {
    const free =
      options.delimiter ?? (options.decimal === ',' && delimiter === ',' ? otherThanComma(lines) : delimiter);
    return { delimiter: free, decimal: options.decimal };
  }
  if (delimiter === ',') {
    const isSpaced =
      options.delimiter === undefined && lines.length > 0 && lines.every((line) => isSpacedCommas(line));
    return isSpaced ? noted(file, ' ') : { delimiter, decimal: '.' };
  }
  return usesDecimalCommas(file, lines, delimiter) ? noted(file, delimiter) : { delimiter, decimal: '.' };
}

function noted(file: TextFile, delimiter: Delimiter): Dialect {
  file.notes.push('commas read as decimal marks');
  return { delimiter, decimal: ',' };
}

/** Quoted text counts as one cell, whatever stands in it. */
function sampleLines(text: string): string[] {
  const lines: string[] = [];
  for (const line of readLines(text)) {
    if (line.text !== '' && !/^[#%]/.test(line.text)) lines.push(line.text);
    if (lines.length === sampleSize) break;
  }
  return lines;
}

function unquoted(line: string): string {
  return line.replace(/"(?:[^"]|"")*"/g, 'q');
}

function detectDelimiter(quoted: readonly string[]): Delimiter {
  const lines = quoted.map(unquoted);
  const always = (mark: string) => lines.length > 0 && lines.every((line) => line.includes(mark));
  const ever = (mark: string) => lines.some((line) => line.includes(mark));
  if (always('\t') && !tabsAmongBlanks(lines)) return '\t';
  if (always(';')) return ';';
  if (always('|')) return '|';
  if (ever(',')) return ',';
  if (ever(';')) return ';';
  return ' ';
}

/** Whether blanks separate too: every tab-separated cell with a blank in it is two numbers. */
function tabsAmongBlanks(lines: readonly string[]): boolean {
  const cells = lines.flatMap((line) => line.split('\t').map((cell) => cell.trim()));
  const spaced = cells.filter((cell) => /\s/.test(cell));
  return spaced.length > 0 && spaced.every((cell) => /^[+-]?[\d.]\S*(\s+[+-]?[\d.]\S*)+$/.test(cell));
}

function otherThanComma(lines: readonly string[]): Delimiter {
  const plain = lines.map(unquoted);
  if (plain.some((line) => line.includes(';'))) return ';';
  if (plain.some((line) => line.includes('\t'))) return '\t';
  // Quoted decimals between commas: "0,5","1,5".
  return lines.some((line) => /"[^"]*,[^"]*"/.test(line)) ? ',' : ' ';
}

function isSpacedCommas(line: string): boolean {
  return /^[+-]?\d+(,\d+)?(\s+[+-]?\d+(,\d+)?)+$/.test(line);
}

function usesDecimalCommas(file: TextFile, lines: readonly string[], delimiter: Delimiter): boolean {
  const rows = lines.map((line) => splitCells(line.replaceAll('"', ''), delimiter));
  const cells = rows.flat().filter((cell) => cell.includes(','));
  const isHeader = (row: readonly string[]) => row === rows[0];
  const numbers = rows.filter((row) => !isHeader(row)).flat();
  if (cells.length === 0 || cells.some((cell) => !commaNumber.test(cell) && !thousands.test(cell)))
    return false;
  const decimalPoints = numbers.some((cell) => pointNumber.test(cell));
  const mayBeGrouped = cells.every((cell) => thousands.test(cell));
  if (!decimalPoints && !mayBeGrouped && (widthsDiffer(lines, delimiter) || cells.some(isUnlikePair)))
    return true;
  const reading = mayBeGrouped ? 'a thousands separator' : 'a second delimiter';
  throw file.fault(0, {
    expected: 'one delimiter',
    got: `"${delimiter === '\t' ? 'tab' : delimiter}" and commas: ${cells[0]} may have a decimal comma or ${reading}`,
    help: 'say --decimal , or replace one of the two',
  });
}

/** Whether splitting at commas too would make rows of different widths. */
function widthsDiffer(lines: readonly string[], delimiter: Delimiter): boolean {
  const widths = new Set(lines.map((line) => splitCells(line.replaceAll(',', delimiter), delimiter).length));
  return widths.size > 1;
}

/** Whether the two sides of a comma do not look like two numbers: `0,001`, `-0,5`. */
function isUnlikePair(cell: string): boolean {
  return /^[+-]?\d*,0\d/.test(cell) || /^-0,/.test(cell) || /^[+-]?,/.test(cell);
}
