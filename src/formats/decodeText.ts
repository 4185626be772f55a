import { gunzipSync } from 'node:zlib';
import { InputError } from '../numerics/base/inputError.ts';

/** Most bytes a file may have after decompression: a bound on what a hostile archive can make us allocate. */
const mostBytes = 2 ** 30;

/**
 * Turns the bytes of a file into text: gunzips where the gzip signature stands, then decodes UTF-8 or, by byte
 * order mark, UTF-16. The mark is removed.
 *
 * @param source the file's name, for messages
 * @throws InputError for a damaged archive, more than 1 GiB of content, or bytes that are not valid text
 */
export function decodeText(source: string, bytes: Uint8Array): string {
  const content = isGzip(bytes) ? gunzip(source, bytes) : bytes;
  if (content.length > mostBytes) throw tooLarge(source);
  const encoding = encodingOf(content);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    throw new InputError({ source, expected: `valid ${encoding.toUpperCase()} text`, got: 'other bytes' });
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function gunzip(source: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(source);
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError({ source, expected: 'a complete gzip archive', got: reason });
  }
}

function tooLarge(source: string): InputError {
  return new InputError({ source, expected: 'at most 1 GiB of text', got: 'more' });
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
