import { cutValue, flip, flipGainsInto, type Sides } from '../graph/cut.ts';
import type { Graph } from '../graph/graph.ts';

/**
 * Flips single vertices as long as that raises the cut: 1-opt.
 *
 * Guarantee: on return no single flip gains (more than rounding), and the cut is not below that of `start`.
 *
 * @param start not written to
 * @returns fresh sides
 * Cost: O(n + m) a pass; the cut rises in each but the last.
 */
export function oneOpt(graph: Graph, start: Sides): Sides {
  const n = graph.vertexCount;
  const sides = Int8Array.from(start);
  const gains = flipGainsInto(new Float64Array(n), graph, sides);
  const smallest = graph.unit > 0 ? 0 : 16 * Number.EPSILON * graph.absoluteWeight;
  for (let flips = 1; flips > 0; ) {
    flips = 0;
    for (let i = 0; i < n; i++) {
      if (gains[i] > smallest) {
        flip(graph, sides, gains, i);
        flips++;
      }
    }
  }
  return cutValue(graph, sides) >= cutValue(graph, start) ? sides : Int8Array.from(start);
}
