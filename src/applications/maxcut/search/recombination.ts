import type { Sides } from '../graph/cut.ts';
import type { Graph } from '../graph/graph.ts';

/**
 * Improves a cut by every connected region in which it differs from another one.
 *
 * The vertices where the two cuts disagree fall into connected regions that share no edge, so each can be flipped on
 * its own; the same holds for the vertices where they agree, since a cut is unchanged by flipping everything.
 *
 * Guarantee: of all mixtures of the two cuts by regions the best one is taken, so the result is at least as good as
 * either (up to rounding).
 *
 * @param sides overwritten with the better cut
 * @param other not written to
 * @returns by how much the cut rose
 * Source: partition crossover, D. Whitley, D. Hains and A. Howe, GECCO 2009.
 * Cost: O(n + m); two arrays.
 */
export function recombineInto(sides: Sides, graph: Graph, other: Sides): number {
  return flipRegions(sides, graph, other, -1) + flipRegions(sides, graph, other, 1);
}

const outside = 0;
const waiting = 1;
const visited = 2;

/** Flips the regions of {i : sides_i·other_i = product} that gain. */
function flipRegions(sides: Sides, graph: Graph, other: Sides, product: number): number {
  const { vertexCount: n, offsets, neighbours, weights } = graph;
  const smallest = graph.unit > 0 ? 0 : 16 * Number.EPSILON * graph.absoluteWeight;
  const state = new Uint8Array(n);
  const queue = new Int32Array(n);
  for (let i = 0; i < n; i++) state[i] = sides[i] * other[i] === product ? waiting : outside;
  let rise = 0;
  for (let root = 0; root < n; root++) {
    if (state[root] !== waiting) continue;
    let gain = 0;
    let tail = 1;
    queue[0] = root;
    state[root] = visited;
    for (let head = 0; head < tail; head++) {
      const i = queue[head];
      for (let p = offsets[i]; p < offsets[i + 1]; p++) {
        const j = neighbours[p];
        if (state[j] === outside) gain += weights[p] * sides[i] * sides[j];
        if (state[j] === waiting) {
          state[j] = visited;
          queue[tail++] = j;
        }
      }
    }
    if (gain <= smallest) continue;
    rise += gain;
    for (let q = 0; q < tail; q++) sides[queue[q]] = -sides[queue[q]];
  }
  return rise;
}
