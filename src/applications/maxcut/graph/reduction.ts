import { checkLength } from '../../../numerics/base/checks.ts';
import type { Sides } from './cut.ts';
import { type Graph, graphFromEdges } from './graph.ts';

/** A smaller graph whose best cuts are the best cuts of another, and the way back. */
export interface Reduction {
  readonly graph: Graph;
  /** Vertex i of the small graph is vertex `kept[i]` of the large one. */
  readonly kept: Int32Array;
  /** cut(lift(x)) ≥ cut(x) + constant, with equality for at least one x on every kept partition. */
  readonly constant: number;
  /** Sides for the large graph: the kept ones as given, each eliminated vertex where it gains most. */
  readonly lift: (sides: Sides) => Sides;
}

/** An eliminated vertex with its neighbours at that moment. */
interface Elimination {
  readonly vertex: number;
  readonly neighbours: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Eliminates, as long as there is one, a vertex with at most three neighbours, without changing the maximum cut.
 *
 *     max over x_v of the cut at v  =  F₀ + Σ_{a<b} c_ab [x_a ≠ x_b]   for every sides of the neighbours
 *
 * For up to three neighbours the left side takes at most four values (up to flipping all), and as many unknowns on
 * the right meet them exactly: F₀ when all neighbours agree, F_a when a stands alone, and
 * c_ab = (F_a + F_b − F_c − F₀)/2.
 *
 * Guarantee: OPT(graph) = OPT(small) + constant, and `lift` attains cut(x) + constant, up to the rounding of the
 * new weights (halves of sums of weights, exact for moderate integers).
 *
 * Source: series, parallel and star–triangle elimination; D. Barahona, "The max-cut problem on graphs not
 * contractible to K₅", Oper. Res. Lett. 2 (1983) 107–111, section 3.
 * Cost: near linear for bounded degrees; a Map entry for each edge.
 */
export function reduceGraph(graph: Graph): Reduction {
  const rows = rowsOf(graph);
  const eliminations: Elimination[] = [];
  const isGone = new Uint8Array(graph.vertexCount);
  let constant = 0;
  const waiting: number[] = [];
  for (let i = graph.vertexCount - 1; i >= 0; i--) if (rows[i].size <= 3) waiting.push(i);
  for (let v = waiting.pop(); v !== undefined; v = waiting.pop()) {
    if (isGone[v] === 1 || rows[v].size > 3) continue;
    const neighbours = [...rows[v].keys()];
    const weights = [...rows[v].values()];
    eliminations.push({ vertex: v, neighbours, weights });
    isGone[v] = 1;
    for (const j of neighbours) rows[j].delete(v);
    constant += replaceStar(rows, neighbours, weights);
    for (const j of neighbours) if (rows[j].size <= 3) waiting.push(j);
  }
  const kept = Int32Array.from(keptVertices(isGone));
  return { graph: compact(rows, kept), kept, constant, lift: lifting(graph.vertexCount, kept, eliminations) };
}

/**
 * Whether eliminating vertices is worth its maps of edges: always for a graph of up to 20,000 vertices; for a larger one
 * where it has at most two million edges and a twentieth of its vertices have at most three neighbours.
 */
export function isWorthReducing({ vertexCount, edgeCount, offsets }: Graph): boolean {
  if (vertexCount <= 20_000) return true;
  if (edgeCount > 2_000_000) return false;
  let low = 0;
  for (let i = 0; i < vertexCount; i++) if (offsets[i + 1] - offsets[i] <= 3) low++;
  return 20 * low >= vertexCount;
}

/** The reduction that eliminates nothing. */
export function unreduced(graph: Graph): Reduction {
  const kept = Int32Array.from({ length: graph.vertexCount }, (_, i) => i);
  return { graph, kept, constant: 0, lift: (sides) => sides };
}

function rowsOf({ vertexCount, offsets, neighbours, weights }: Graph): Map<number, number>[] {
  return Array.from({ length: vertexCount }, (_, i) => {
    const row = new Map<number, number>();
    for (let p = offsets[i]; p < offsets[i + 1]; p++)
      if (weights[p] !== 0) row.set(neighbours[p], weights[p]);
    return row;
  });
}

/** Adds the edges that stand for an eliminated star; returns F₀. */
function replaceStar(
  rows: Map<number, number>[],
  neighbours: readonly number[],
  weights: readonly number[],
): number {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const agreeing = Math.max(0, total);
  // What is gained, relative to agreement, when neighbour a stands alone.
  const alone = weights.map((w) => Math.max(w, total - w) - agreeing);
  const [first, second, third = 0] = alone;
  if (neighbours.length === 2) addEdge(rows, neighbours[0], neighbours[1], first);
  if (neighbours.length === 3) {
    addEdge(rows, neighbours[0], neighbours[1], (first + second - third) / 2);
    addEdge(rows, neighbours[0], neighbours[2], (first + third - second) / 2);
    addEdge(rows, neighbours[1], neighbours[2], (second + third - first) / 2);
  }
  return agreeing;
}

function addEdge(rows: Map<number, number>[], a: number, b: number, weight: number): void {
  const sum = (rows[a].get(b) ?? 0) + weight;
  if (sum === 0) {
    rows[a].delete(b);
    rows[b].delete(a);
  } else {
    rows[a].set(b, sum);
    rows[b].set(a, sum);
  }
}

function keptVertices(isGone: Uint8Array): number[] {
  const kept: number[] = [];
  for (let i = 0; i < isGone.length; i++) if (isGone[i] === 0) kept.push(i);
  return kept;
}

function compact(rows: Map<number, number>[], kept: Int32Array): Graph {
  const place = new Int32Array(rows.length).fill(-1);
  for (let i = 0; i < kept.length; i++) place[kept[i]] = i;
  const sources: number[] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < kept.length; i++) {
    for (const [j, w] of rows[kept[i]]) {
      if (place[j] <= i) continue;
      sources.push(i);
      targets.push(place[j]);
      weights.push(w);
    }
  }
  return graphFromEdges(kept.length, { sources, targets, weights });
}

function lifting(n: number, kept: Int32Array, eliminations: readonly Elimination[]): (sides: Sides) => Sides {
  return (sides) => {
    checkLength('sides', sides, kept.length);
    const lifted: Sides = new Int8Array(n).fill(1);
    for (let i = 0; i < kept.length; i++) lifted[kept[i]] = sides[i];
    for (let e = eliminations.length - 1; e >= 0; e--) {
      const { vertex, neighbours, weights } = eliminations[e];
      let field = 0;
      for (let a = 0; a < neighbours.length; a++) field += weights[a] * lifted[neighbours[a]];
      lifted[vertex] = field > 0 ? -1 : 1;
    }
    return lifted;
  };
}
