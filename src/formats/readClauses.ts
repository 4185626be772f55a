import { readDimacsClauses } from './clauses/dimacsClauses.ts';
import type { ClauseTable } from './tables.ts';
import { decodeText } from './text/decodeText.ts';
import { gunzip } from './text/gunzip.ts';
import { bounded, refuseBinary } from './text/otherFiles.ts';
import { TextFile } from './text/textFile.ts';

/** The formats of clauses that are read, for a list. */
export const clauseFormatList: readonly string[] = [
  'cnf   DIMACS clauses: p cnf variables clauses',
  'wcnf  DIMACS weighted clauses: p wcnf variables clauses [top], or the newer format with h for hard clauses',
];

/**
 * Reads clauses of one or two literals from the bytes of a DIMACS file, plain or gzip.
 *
 * @param source the file's name, for messages
 * @param bytes not kept
 * @throws InputError, one line with the line number, for anything that is no such file
 */
export async function readClauses(source: string, bytes: Uint8Array): Promise<ClauseTable> {
  const content = gunzip(source, bytes, (head) => !head.includes(0));
  refuseBinary(source, content, 'clauses');
  const file = new TextFile(source, decodeText(source, content), {});
  return bounded(source, async () => readDimacsClauses(file));
}
