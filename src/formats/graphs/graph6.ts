import { type EdgeTable, graphLimits } from '../tables.ts';
import { readLines } from '../text/lines.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { EdgeCollector } from './edgeCollector.ts';

/**
 * Reads one graph in graph6 or sparse6, with or without its header.
 *
 * @throws InputError for several graphs, characters outside the format, directed graphs, or a wrong length
 * Source: B. McKay, "Description of graph6, sparse6 and digraph6 encodings" (2015).
 */
export function readGraph6(file: TextFile): EdgeTable {
  const lines = [...readLines(file.text.slice(0, 2 ** 28))].filter(({ text }) => text !== '');
  const [first, second] = lines;
  if (first === undefined) throw file.fault(0, { expected: 'a graph', got: 'an empty file' });
  if (second !== undefined)
    throw file.fault(second.number, { expected: 'one graph in the file', got: 'a second one' });
  const text = first.text.replace(/^>>(graph6|sparse6)<</, '');
  if (/^(>>digraph6<<)?&/.test(text))
    throw file.fault(first.number, { expected: 'an undirected graph', got: 'digraph6' });
  const isSparse = text.startsWith(':');
  const codes = Array.from(text.slice(isSparse ? 1 : 0), (char) => char.charCodeAt(0) - 63);
  const bad = codes.findIndex((code) => !(code >= 0 && code <= 63));
  if (bad >= 0) throw file.fault(first.number, { expected: 'characters from ? to ~', got: shown(text[bad]) });
  const { vertices, used } = readSize(file, first.number, codes);
  const bits = codes.slice(used);
  const collector = new EdgeCollector(file);
  if (isSparse) readSparse(collector, bits, vertices);
  else readDense(file, collector, bits, vertices);
  return collector.table('graph6', vertices);
}

/** Whether a text is one word whose length is that of a graph6 graph of its size. */
export function looksLikeGraph6(text: string): boolean {
  const word = text.trim();
  if (!/^[?-}][?-~]*$/.test(word)) return false;
  const n = word.charCodeAt(0) - 63;
  return word.length === 1 + Math.ceil((n * (n - 1)) / 12);
}

function readSize(file: TextFile, line: number, codes: readonly number[]) {
  const [first = 63, second = 0] = codes;
  const [from, used] = first < 63 ? [0, 1] : second < 63 ? [1, 4] : [2, 8];
  const digits = codes.slice(from, used);
  const vertices = digits.reduce((sum, digit) => 64 * sum + digit, 0);
  if (digits.length !== used - from || vertices > graphLimits.vertices) {
    throw file.fault(line, { expected: `a size of at most ${graphLimits.vertices}`, got: 'another' });
  }
  return { vertices, used };
}

function readDense(file: TextFile, collector: EdgeCollector, bits: readonly number[], n: number): void {
  const expected = Math.ceil((n * (n - 1)) / 12);
  if (bits.length !== expected) {
    throw file.fault(1, { expected: `${expected} characters for ${n} vertices`, got: `${bits.length}` });
  }
  let k = 0;
  for (let j = 1; j < n; j++) {
    for (let i = 0; i < j; i++, k++) {
      if (((bits[Math.floor(k / 6)] >> (5 - (k % 6))) & 1) === 1) collector.add(1, i, j, 1);
    }
  }
}

function readSparse(collector: EdgeCollector, bits: readonly number[], n: number): void {
  const width = n <= 1 ? 1 : Math.ceil(Math.log2(n));
  let at = 0;
  const take = (count: number) => {
    let value = 0;
    for (let k = 0; k < count; k++, at++)
      value = 2 * value + ((bits[Math.floor(at / 6)] >> (5 - (at % 6))) & 1);
    return value;
  };
  let v = 0;
  while (at + 1 + width <= 6 * bits.length) {
    if (take(1) === 1) v++;
    const x = take(width);
    if (x >= n || v >= n) return;
    if (x > v) v = x;
    else collector.add(1, x, v, 1);
  }
}
