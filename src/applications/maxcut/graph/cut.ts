import { checkLength } from '../../../numerics/base/checks.ts';
import type { Graph } from './graph.ts';

/** A partition of the vertices: entry i is +1 or −1, the side of vertex i. */
export type Sides = Int8Array;

/**
 * The value of a cut: the weight of the edges whose ends lie on different sides.
 *
 *     cut(x) = Σ_{ij ∈ E} w_ij (1 − x_i x_j)/2
 *
 * Guarantee: exact where `graph.unit` is not 0; otherwise within m·2⁻⁵³·Σ|w|.
 *
 * @param sides n entries, each +1 or −1
 * Cost: O(n + m), no allocation.
 */
export function cutValue(graph: Graph, sides: Sides): number {
  checkLength('sides', sides, graph.vertexCount);
  const { vertexCount, offsets, neighbours, weights } = graph;
  let cut = 0;
  for (let i = 0; i < vertexCount; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      if (neighbours[p] > i && sides[neighbours[p]] !== sides[i]) cut += weights[p];
    }
  }
  return cut;
}

/**
 * What flipping each vertex would add to the cut: gains[i] = Σ_j w_ij x_i x_j.
 *
 * @param gains n entries, overwritten
 * @returns gains
 */
export function flipGainsInto(gains: Float64Array, graph: Graph, sides: Sides): Float64Array {
  const { vertexCount, offsets, neighbours, weights } = graph;
  for (let i = 0; i < vertexCount; i++) {
    let same = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) same += weights[p] * sides[neighbours[p]];
    gains[i] = same * sides[i];
  }
  return gains;
}

/**
 * Moves vertex `i` to the other side and keeps all gains right.
 *
 * Cost: O(degree of i), no allocation.
 */
export function flip(graph: Graph, sides: Sides, gains: Float64Array, i: number): void {
  const { offsets, neighbours, weights } = graph;
  const side = -sides[i];
  sides[i] = side;
  gains[i] = -gains[i];
  for (let p = offsets[i]; p < offsets[i + 1]; p++) {
    gains[neighbours[p]] += 2 * weights[p] * side * sides[neighbours[p]];
  }
}
