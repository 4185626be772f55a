import type { NodeSet } from '../../../lemma/nodeExpectation.ts';
import { checkInteger } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { randomFrame } from './frame.ts';

/**
 * Builds a rule for x ~ N(0, I) in many dimensions: ± the axes of random frames, at one or two radii.
 *
 * Guarantee: weights are positive and sum to 1; polynomials of degree up to 3 are integrated exactly, every odd one
 * is 0. With two radii the moments of ‖x‖² up to the third are exact as well, and what is left of degree 4 is the
 * frames' sampling error. A risk's error under it vanishes with the third power of W⊥, which is where it is used:
 * at stationary points, where W⊥ is small.
 *
 * @param dimension m ≥ 1
 * @param frames how many random frames, at least 1
 * @param radii 1: ‖x‖ = √m; 2: the Gauss–Laguerre radii of the chi distribution with m degrees of freedom
 * @returns 2·m·frames·radii points
 * Source: spherical-radial rules, A. Genz and J. Monahan, SIAM J. Sci. Comput. 19 (1998).
 */
export function sphericalNodes(
  stream: RandomStream,
  dimension: number,
  frames: number,
  radii: 1 | 2,
): NodeSet {
  checkInteger('dimension', dimension, 1);
  checkInteger('frames', frames, 1);
  const m = dimension;
  const shells = radii === 1 ? [{ radius: Math.sqrt(m), weight: 1 }] : chiShells(m);
  const count = 2 * m * frames * shells.length;
  const points = new Float64Array(count * m);
  const weights = new Float64Array(count);
  let p = 0;
  for (let f = 0; f < frames; f++) {
    const frame = randomFrame(stream.fork(f), m);
    for (const { radius, weight } of shells) {
      for (let i = 0; i < m; i++) {
        for (const sign of [-1, 1]) {
          weights[p] = weight / (2 * m * frames);
          for (let j = 0; j < m; j++) points[p * m + j] = sign * radius * frame[i * m + j];
          p++;
        }
      }
    }
  }
  return { points, weights };
}

/**
 * Two-point Gauss rule for t = ‖x‖²/2, which has density t^α e^{−t}/Γ(α + 1), α = m/2 − 1: nodes are the zeros
 * (α + 2) ± √(α + 2) of the Laguerre polynomial of degree 2, weights follow from E t = α + 1.
 */
function chiShells(m: number): { readonly radius: number; readonly weight: number }[] {
  const beta = m / 2 + 1;
  const low = beta - Math.sqrt(beta);
  const high = beta + Math.sqrt(beta);
  const weight = (high - m / 2) / (high - low);
  return [
    { radius: Math.sqrt(2 * low), weight },
    { radius: Math.sqrt(2 * high), weight: 1 - weight },
  ];
}
