import { readDimacs } from './graphs/dimacs.ts';
import { readEdgeListCsv } from './graphs/edgeListCsv.ts';
import { readMatrixMarket } from './graphs/matrixMarket.ts';
import { readRudy } from './graphs/rudy.ts';
import type { EdgeTable } from './tables.ts';
import { decodeText } from './text/decodeText.ts';
import { gunzip } from './text/gunzip.ts';

/** The graph formats that are understood. */
export type GraphFormat = 'rudy' | 'matrix-market' | 'dimacs' | 'csv';

/**
 * Recognises a format by what the text starts with: the Matrix Market banner, a DIMACS `c` or `p` line, a first
 * line of data with a comma or semicolon (CSV), else rudy. The extension `.csv` or `.tsv` decides for CSV.
 */
export function detectFormat(source: string, text: string): GraphFormat {
  if (/^\s*%%MatrixMarket/i.test(text)) return 'matrix-market';
  if (/\.(csv|tsv)(\.gz)?$/i.test(source)) return 'csv';
  const start = text.slice(0, 100_000).split(/[\r\n]+/);
  const first = start.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#')) ?? '';
  if (/^\s*(p|c)(\s|$)/.test(first)) return 'dimacs';
  return /[,;]/.test(first) ? 'csv' : 'rudy';
}

/**
 * Reads the edges of a graph from the bytes of a file: Gset/rudy, Matrix Market, DIMACS or edge-list CSV, plain or gzip, UTF-8
 * or UTF-16 with a byte order mark.
 *
 * @param source the file's name, for messages and for the extension
 * @param bytes the file's content; not kept
 * @throws InputError, one line with the line number, for anything that is not such a file
 */
export function readGraph(source: string, bytes: Uint8Array): EdgeTable {
  const text = decodeText(source, gunzip(source, bytes));
  switch (detectFormat(source, text)) {
    case 'matrix-market':
      return readMatrixMarket(source, text.trimStart());
    case 'csv':
      return readEdgeListCsv(source, text);
    case 'dimacs':
      return readDimacs(source, text);
    case 'rudy':
      return readRudy(source, text);
  }
}
