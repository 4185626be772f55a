import type { Configuration } from '../../../../src/applications/constraints/bound/roundingRatios.ts';
import { sphereInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** Inner products of three random unit vectors in space. */
function configuration(stream: RandomStream): Configuration {
  const rows = [0, 1, 2].map(() => sphereInto(new Float64Array(3), stream));
  const inner = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, c) => sum + x * b[c], 0);
  return { one: inner(rows[0], rows[1]), other: inner(rows[0], rows[2]), both: inner(rows[1], rows[2]) };
}

function keepsTriangles({ one, other, both }: Configuration): boolean {
  return Math.min(one + other + both, one - other - both, other - one - both, both - one - other) >= -1;
}

/** Two vectors that lean away from v₀, so that the first triangle inequality asks for v_i·v_j ≥ ½. */
export function flat(both: number): Configuration {
  return { one: -0.75, other: -0.75, both };
}

/** Three random directions in space that satisfy the triangle inequalities. */
export function withTriangles(stream: RandomStream): Configuration {
  for (;;) {
    const found = configuration(stream);
    if (keepsTriangles(found)) return found;
  }
}
