import { gunzipSync } from 'node:zlib';
import type { PointSet } from '../applications/embedding/points/points.ts';
import { InputError } from '../numerics/base/inputError.ts';
import { parseCsvPoints } from './csvFormat.ts';
import { isNpy, parseNpy } from './npyFormat.ts';

/** A compressed file may unfold to at most this many bytes: 2 GiB, as much as one buffer safely holds. */
const mostBytes = 2 ** 31 - 1;

/**
 * Reads points from the bytes of a CSV or .npy file, plain or compressed by gzip; the content decides, not the name.
 *
 * @param source the file's name, for error messages
 * @returns at least one point of at least one coordinate, all finite
 * @throws InputError for anything else, in one line with the place where it is wrong
 */
export function readPoints(source: string, bytes: Uint8Array): PointSet {
  const content = bytes[0] === 0x1f && bytes[1] === 0x8b ? unfold(source, bytes) : bytes;
  if (!isNpy(content)) return parseCsvPoints(source, content);
  const { values, rows, columns } = parseNpy(source, content);
  if (rows === 0 || columns === 0) {
    throw new InputError({ source, expected: 'at least one point', got: `shape (${rows}, ${columns})` });
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const place = `${values[bad]} at point ${Math.floor(bad / columns)}, coordinate ${bad % columns}`;
    throw new InputError({ source, expected: 'finite numbers', got: place });
  }
  return { values, pointCount: rows, dimension: columns };
}

function unfold(source: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError({ source, expected: 'a whole gzip file', got: reason });
  }
}
