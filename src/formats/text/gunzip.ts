import { constants, gunzipSync } from 'node:zlib';
import { InputError } from '../../numerics/base/inputError.ts';

/** Most bytes an archive may unpack to: a bound on what a hostile one can make us allocate. */
const mostBytes = 2 ** 30;

/**
 * Unpacks bytes that begin with the gzip signature; returns others as they are.
 *
 * The beginning is unpacked first, so that gigabytes of zeros are refused before they are made.
 *
 * @param source the file's name, for messages
 * @param isKnown whether what unpacks to these first bytes is worth unpacking
 * @throws InputError for a damaged archive, more than 1 GiB of content, or one that is not worth it
 */
export function gunzip(
  source: string,
  bytes: Uint8Array,
  isKnown: (head: Uint8Array) => boolean,
): Uint8Array {
  if (bytes.length < 2 || bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  if (bytes.length > 8192 && !isKnown(headOf(source, bytes))) {
    throw new InputError({ source, expected: 'text or an array in the archive', got: 'other bytes' });
  }
  return unpack(source, bytes, { maxOutputLength: mostBytes });
}

function headOf(source: string, bytes: Uint8Array): Uint8Array {
  const options = { maxOutputLength: mostBytes, finishFlush: constants.Z_SYNC_FLUSH };
  return unpack(source, bytes.subarray(0, 4096), options).subarray(0, 4096);
}

function unpack(source: string, bytes: Uint8Array, options: Parameters<typeof gunzipSync>[1]): Uint8Array {
  try {
    return gunzipSync(bytes, options);
  } catch (error) {
    if (error instanceof RangeError) {
      const got = 'more';
      throw new InputError({
        source,
        expected: 'at most 1 GiB of content',
        got,
        help: 'unpack it, or cut it in parts',
      });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError({ source, expected: 'a whole gzip file', got: reason });
  }
}
