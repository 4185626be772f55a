import { InputError } from '../../numerics/base/inputError.ts';

/** The longest text that Node holds in one string, about 512 MiB. */
const mostBytes = 2 ** 29 - 24;

/**
 * Decodes UTF-8 or, by byte order mark, UTF-16. The mark is removed.
 *
 * @param source the file's name, for messages
 * @throws InputError for more than 512 MiB, or bytes that are not valid text
 */
export function decodeText(source: string, bytes: Uint8Array): string {
  if (bytes.length > mostBytes) {
    throw new InputError({
      source,
      expected: 'at most 512 MiB of text',
      got: `${(bytes.length / 2 ** 20).toFixed(0)} MiB`,
      help: 'points and weights of that size are read from .npy',
    });
  }
  const encoding = encodingOf(bytes);
  const help = 'save it as UTF-8; an array belongs in .npy, .npz, .safetensors or .parquet';
  if (encoding === 'utf-8' && bytes.subarray(0, 4096).includes(0)) {
    throw new InputError({ source, expected: 'text', got: 'binary data of a kind that is not known', help });
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const got = 'other bytes';
    throw new InputError({ source, expected: `valid ${encoding.toUpperCase()} text`, got, help });
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
