import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A seeded source of randomness. Functions that draw take one as their first argument; there is no default.
 *
 * Drawing advances the stream; forking does not, and does not depend on how much was drawn. A fork is named by
 * its label, so adding a draw in one place never shifts the draws of another.
 */
export interface RandomStream {
  /** A new independent stream that depends on this stream's identity and `label` only. */
  fork(label: string | number): RandomStream;
  /** Uniform on [0, 1), in multiples of 2⁻⁵³. */
  uniform(): number;
  /** Uniform integer in [least, most], both included. */
  integer(least: number, most: number): number;
  /** Standard normal, by the polar method. */
  gaussian(): number;
}

/**
 * Starts the stream of a root seed: xoroshiro128+ with a 128-bit state taken from SHA-256 of the seed.
 *
 * Guarantee: the same draws in Node and in a browser; nothing here asks the platform for more than float64.
 *
 * @param seed any string or number; equal seeds give equal streams on every platform.
 * Cost: one SHA-256 a stream, about 2 µs.
 */
export function randomStream(seed: string | number): RandomStream {
  return streamFromKey(sha256(utf8ToBytes(`root:${seed}`)));
}

function streamFromKey(key: Uint8Array): RandomStream {
  const words = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const state = [0, 4, 8, 12].map((offset) => words.getInt32(offset, true));
  const generator = xoroshiro128plusFromState(state);
  let spare = 0;
  let hasSpare = false;
  const uniform = (): number => uniformFloat64(generator);
  return {
    fork: (label) => streamFromKey(sha256(concatBytes(key, utf8ToBytes(`fork:${label}`)))),
    uniform,
    integer: (least, most) => uniformInt(generator, least, most),
    gaussian: () => {
      if (hasSpare) {
        hasSpare = false;
        return spare;
      }
      let u = 0;
      let v = 0;
      let s = 0;
      do {
        u = 2 * uniform() - 1;
        v = 2 * uniform() - 1;
        s = u * u + v * v;
      } while (s >= 1 || s === 0);
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * scale;
      hasSpare = true;
      return u * scale;
    },
  };
}
