import writeFileAtomic from 'write-file-atomic';
import { InputError } from '../../src/numerics/base/inputError.ts';
import { encodeNumbers } from '../../src/papers/claims/numbers.ts';
import type { OwnData } from '../../src/papers/evidence/ownData.ts';

/** A result without what every tool says alike: its own name, the name of the data and the command. */
export type OwnResult = Pick<OwnData, 'summary' | 'charts'>;

/** How each tool describes its option. */
export const reportOption = {
  flags: '--report <file.json>',
  description: 'write the result for npm run report -- --add <file.json>',
};

/**
 * Writes a result on a user's own data in one step, with the command line of this process as the way to repeat it.
 *
 * @param file where to; absent: nothing is written
 * @param data the input as the user named it
 * @throws InputError where the file cannot be written
 */
export async function writeOwnData(
  file: string | undefined,
  tool: string,
  data: string,
  result: OwnResult,
): Promise<void> {
  if (file === undefined) return;
  const command = ['npm run -s', tool, '--', ...process.argv.slice(2).map(shellWord)].join(' ');
  const name = data === '-' ? 'standard input' : data;
  const own: OwnData = { tool, name, command, ...result };
  try {
    await writeFileAtomic(file, `${encodeNumbers(own, 1)}\n`);
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    throw new InputError({ source: file, expected: 'a writable file', got });
  }
}

/** Quotes a word for a POSIX shell where it needs it. */
function shellWord(word: string): string {
  return /^[\w.,:/=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
