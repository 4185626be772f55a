import { checkInteger } from '../../../numerics/base/checks.ts';
import { cutValue, flip, flipGainsInto, type Sides } from '../graph/cut.ts';
import type { Graph } from '../graph/graph.ts';

/** Most vertices that {@link exactCut} accepts: 2²³ flips, well under a second. */
export const exactLimit = 24;

/**
 * Finds a maximum cut by visiting all partitions in Gray code order.
 *
 * Guarantee: the cut is maximum (rounding of the running sum aside, which integral weights do not have).
 *
 * @param graph at most `exactLimit` vertices
 * @returns fresh sides and their cut
 * @throws RangeError for a larger graph
 * Cost: 2^(n−1) flips.
 */
export function exactCut(graph: Graph): { sides: Sides; cut: number } {
  const n = graph.vertexCount;
  checkInteger('graph.vertexCount', n, 0, exactLimit);
  const sides: Sides = new Int8Array(n).fill(1);
  const gains = flipGainsInto(new Float64Array(n), graph, sides);
  const best = Int8Array.from(sides);
  let cut = 0;
  let bestCut = 0;
  for (let code = 1; code < 2 ** Math.max(0, n - 1); code++) {
    // The lowest set bit of the counter is the bit that changes in the Gray code.
    const i = 31 - Math.clz32(code & -code);
    cut += gains[i];
    flip(graph, sides, gains, i);
    if (cut > bestCut) {
      bestCut = cut;
      best.set(sides);
    }
  }
  return { sides: best, cut: cutValue(graph, best) };
}
