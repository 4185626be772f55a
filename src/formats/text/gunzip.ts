import { gunzipSync } from 'node:zlib';
import { InputError } from '../../numerics/base/inputError.ts';

/** Most bytes an archive may unpack to: a bound on what a hostile one can make us allocate. */
const mostBytes = 2 ** 30;

/**
 * Unpacks bytes that begin with the gzip signature; returns others as they are.
 *
 * @param source the file's name, for messages
 * @throws InputError for a damaged archive or more than 1 GiB of content
 */
export function gunzip(source: string, bytes: Uint8Array): Uint8Array {
  if (bytes.length < 2 || bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new InputError({ source, expected: 'at most 1 GiB of content', got: 'more' });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError({ source, expected: 'a whole gzip file', got: reason });
  }
}
