import type { Graph, Sides } from '../../../../src/applications/maxcut/index.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** Every vertex on a side by a coin. */
export function coinCut(stream: RandomStream, { vertexCount }: Graph): Sides {
  return Int8Array.from({ length: vertexCount }, () => (stream.uniform() < 0.5 ? -1 : 1));
}

/** One pass in random order: each vertex goes where it cuts more of the edges to those before it. */
export function greedyCut(stream: RandomStream, graph: Graph): Sides {
  const sides: Sides = new Int8Array(graph.vertexCount);
  for (const i of shuffled(stream, graph.vertexCount)) sides[i] = betterSide(graph, sides, i);
  return sides;
}

/**
 * The best of as many local optima as `passes` passes over the edges allow: from coins, vertices move to their better
 * side, in order, until a pass moves none.
 */
export function bestLocalOptimum(stream: RandomStream, graph: Graph, passes: number): Sides {
  let best = coinCut(stream, graph);
  let heaviest = Number.NEGATIVE_INFINITY;
  for (let left = passes; left > 0; ) {
    const sides = coinCut(stream, graph);
    for (let moved = true; moved && left > 0; left--) {
      moved = false;
      for (let i = 0; i < sides.length; i++) {
        if (fieldAt(graph, sides, i) * sides[i] <= 0) continue;
        sides[i] = -sides[i];
        moved = true;
      }
    }
    // Σ_i x_i F_i is twice what the uncut edges weigh more than the cut ones.
    let agreement = 0;
    for (let i = 0; i < sides.length; i++) agreement += sides[i] * fieldAt(graph, sides, i);
    if (-agreement > heaviest) {
      heaviest = -agreement;
      best = sides;
    }
  }
  return best;
}

function betterSide(graph: Graph, sides: Sides, i: number): number {
  return fieldAt(graph, sides, i) > 0 ? -1 : 1;
}

/** Σ_j w_ij x_j. */
function fieldAt({ offsets, neighbours, weights }: Graph, sides: Sides, i: number): number {
  let field = 0;
  for (let p = offsets[i]; p < offsets[i + 1]; p++) field += weights[p] * sides[neighbours[p]];
  return field;
}

function shuffled(stream: RandomStream, n: number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = stream.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
