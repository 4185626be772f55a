import { InputError } from '../numerics/base/inputError.ts';
import { readDetected } from './graphs/detectGraph.ts';
import type { ReaderOptions } from './readerOptions.ts';
import type { EdgeTable, QuadraticTable } from './tables.ts';
import { decodeText } from './text/decodeText.ts';
import { gunzip } from './text/gunzip.ts';
import { bounded, refuseBinary } from './text/otherFiles.ts';
import { TextFile } from './text/textFile.ts';

/**
 * Reads a graph or a quadratic problem from the bytes of a file, plain or gzip, in any of the formats of
 * `graphFormats`.
 *
 * The content decides what it is, then the ending; where two readings are possible and differ, both are named and
 * `options.format` decides.
 *
 * @param source the file's name, for messages and for its ending
 * @param bytes the file's content; not kept
 * @throws InputError, one line with the line number, for anything that is no such file
 */
export async function readGraph(
  source: string,
  bytes: Uint8Array,
  options: ReaderOptions = {},
): Promise<EdgeTable | QuadraticTable> {
  const content = gunzip(source, bytes, (head) => !head.includes(0));
  refuseBinary(source, content, 'graph');
  const file = new TextFile(source, decodeText(source, content), options);
  return bounded(source, () => readDetected(file));
}

/**
 * Reads a graph as {@link readGraph} does.
 *
 * @throws InputError also for a quadratic problem
 */
export async function readEdges(
  source: string,
  bytes: Uint8Array,
  options: ReaderOptions = {},
): Promise<EdgeTable> {
  const table = await readGraph(source, bytes, options);
  if (table.kind === 'edges') return table;
  throw new InputError({ source, expected: 'a graph', got: 'a quadratic problem' });
}
