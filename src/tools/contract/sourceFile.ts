import { readFileSync, readSync } from 'node:fs';
import { InputError } from '../../numerics/base/inputError.ts';
import type { ToolOption } from './options.ts';

/** A file that a user named, not read yet. */
export interface SourceFile {
  /** Its name for messages and headings: as the user wrote it, or `standard input`. */
  readonly source: string;
  /** @throws InputError in one line where it cannot be read */
  readonly read: () => Uint8Array;
}

/** The file that a tool is about, without a name before it. */
export function fileArgument(says: string): ToolOption<SourceFile> {
  return {
    kind: 'argument',
    placeholder: 'file',
    says: `${says}; - for standard input`,
    // A missing argument is refused before anything could ask for this.
    fallback: sourceFile('-'),
    parse: (_, word) => sourceFile(word),
  };
}

/** An option that names a file to be read. */
export function inputFile(placeholder: string, says: string): ToolOption<SourceFile | undefined> {
  return { kind: 'input', placeholder, says, fallback: undefined, parse: (_, word) => sourceFile(word) };
}

/**
 * An option that names a file to be written.
 *
 * @param endings what a name may end in; empty: anything
 */
export function outputFile(
  placeholder: string,
  says: string,
  endings: readonly string[] = [],
): ToolOption<string | undefined> {
  return {
    kind: 'output',
    placeholder,
    says,
    fallback: undefined,
    parse: (source, word) => {
      const known = endings.length === 0 || endings.some((ending) => word.endsWith(ending));
      // Devices have no endings to choose by: the first stands.
      if (word !== '' && word !== '-' && (known || word.startsWith('/dev/'))) return word;
      const expected = endings.length === 0 ? 'the name of a file' : `a name in ${endings.join(', ')}`;
      throw new InputError({ source, expected, got: `"${word}"` });
    },
  };
}

function sourceFile(word: string): SourceFile {
  const source = word === '-' ? 'standard input' : word;
  return {
    source,
    read: () => {
      try {
        return word === '-' ? readStandardInput() : readFileSync(word);
      } catch (error) {
        const got = error instanceof Error ? error.message : String(error);
        throw new InputError({ source, expected: 'a readable file', got });
      }
    },
  };
}

/** Reads descriptor 0 to its end; a pipe that has nothing at the moment is waited for. */
function readStandardInput(): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const chunk = new Uint8Array(2 ** 16);
    const length = readChunk(chunk);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, length));
  }
}

function readChunk(chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
