import { fs } from 'zx';
import { InputError } from '../../numerics/base/inputError.ts';

/** Reads a text file that the user named; whatever keeps it from being read is an InputError naming it. */
export function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
    throw new InputError({ source: file, expected: 'a file that can be read', got: code });
  }
}
