import { mersenne } from 'pure-rand/generator/mersenne';
import { checkInteger } from '../base/checks.ts';

/** The generator MT19937, for replaying what was published with it; everything else draws from a stream. */
export interface MersenneTwister {
  /** The next 32-bit output, in [0, 2³²). */
  uint32(): number;
  /** The low 24 bits of the next output times 2⁻²⁴: a float32 uniform on [0, 1), as PyTorch makes them. */
  float32(): number;
}

/**
 * Starts MT19937 from a 32-bit seed by its standard initialisation.
 *
 * @param seed in [0, 2³²)
 * @throws RangeError for another seed
 *
 * Source: M. Matsumoto and T. Nishimura, Mersenne Twister, ACM TOMACS 8 (1998); initialisation of 2002.
 */
export function mersenneTwister(seed: number): MersenneTwister {
  checkInteger('seed', seed, 0, 2 ** 32 - 1);
  const generator = mersenne(seed);
  const uint32 = (): number => generator.next() >>> 0;
  return { uint32, float32: () => (uint32() & 0xffffff) * 2 ** -24 };
}
