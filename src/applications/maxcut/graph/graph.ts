import { checkInteger, checkLength } from '../../../numerics/base/checks.ts';

/** Most vertices and edges a graph may have: what typed arrays of a few hundred megabytes hold. */
export const graphLimits = { vertices: 10_000_000, edges: 50_000_000 } as const;

/**
 * An undirected weighted graph without loops or parallel edges, as compressed sparse rows.
 *
 * The neighbours of vertex i are `neighbours[p]` with weight `weights[p]` for p in [offsets[i], offsets[i + 1]),
 * in increasing order; every edge stands in two rows. All arrays are read-only by convention.
 */
export interface Graph {
  readonly vertexCount: number;
  readonly edgeCount: number;
  /** vertexCount + 1 entries. */
  readonly offsets: Int32Array;
  /** 2·edgeCount entries. */
  readonly neighbours: Int32Array;
  /** 2·edgeCount entries. */
  readonly weights: Float64Array;
  /** Σ w over edges. */
  readonly totalWeight: number;
  /** Σ |w| over edges. */
  readonly absoluteWeight: number;
  /** Whether some w < 0; the 0.878 guarantee is for graphs without. */
  readonly hasNegativeWeight: boolean;
  /**
   * The largest power of two that every weight is a multiple of, where Σ|w| is at most 2⁵³ of it: sums of weights are
   * then exact in float64, and no cut lies strictly between two multiples. 0 where there is none; 1 without edges.
   */
  readonly unit: number;
}

/** Edge e joins `sources[e]` and `targets[e]`, vertices counted from 0, with weight `weights[e]`. */
export interface EdgeList {
  readonly sources: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** What is wrong with an edge list: the index of the offending edge and the reason. */
export interface EdgeFault {
  readonly edge: number;
  readonly expected: string;
  readonly got: string;
}

/**
 * Finds the first edge that a simple graph cannot have: an end out of range, a loop, a non-finite weight, or a
 * pair that an earlier edge already joins.
 *
 * Cost: O(n + m) time and memory.
 */
export function findEdgeFault(vertexCount: number, edges: EdgeList): EdgeFault | undefined {
  const m = edges.sources.length;
  for (let e = 0; e < m; e++) {
    const u = edges.sources[e];
    const v = edges.targets[e];
    if (!isVertex(u, vertexCount) || !isVertex(v, vertexCount)) {
      const got = `${u + 1} and ${v + 1}`;
      return { edge: e, expected: `vertices from 1 to ${vertexCount}`, got };
    }
    if (u === v) return { edge: e, expected: 'two different vertices', got: `a loop at vertex ${u + 1}` };
    if (!Number.isFinite(edges.weights[e])) {
      return { edge: e, expected: 'a finite weight', got: String(edges.weights[e]) };
    }
  }
  return findRepeatedEdge(vertexCount, edges);
}

/** Buckets the edges by smaller end, then marks larger ends bucket by bucket. */
function findRepeatedEdge(vertexCount: number, { sources, targets }: EdgeList): EdgeFault | undefined {
  const m = sources.length;
  const next = new Int32Array(m).fill(-1);
  const head = new Int32Array(vertexCount).fill(-1);
  for (let e = m - 1; e >= 0; e--) {
    const small = Math.min(sources[e], targets[e]);
    next[e] = head[small];
    head[small] = e;
  }
  const seenFrom = new Int32Array(vertexCount).fill(-1);
  let first = m;
  for (let u = 0; u < vertexCount; u++) {
    for (let e = head[u]; e >= 0; e = next[e]) {
      const v = Math.max(sources[e], targets[e]);
      if (seenFrom[v] === u && e < first) first = e;
      seenFrom[v] = u;
    }
  }
  if (first === m) return undefined;
  const got = `a second edge between ${sources[first] + 1} and ${targets[first] + 1}`;
  return { edge: first, expected: 'each pair of vertices at most once', got };
}

function isVertex(u: number, vertexCount: number): boolean {
  return Number.isInteger(u) && u >= 0 && u < vertexCount;
}

/**
 * Builds a graph from its edges.
 *
 * @param vertexCount n, in [0, graphLimits.vertices]
 * @param edges m edges; not kept
 * @throws RangeError where {@link findEdgeFault} finds something, or the three arrays differ in length
 * Cost: O(n + m) time and memory.
 */
export function graphFromEdges(vertexCount: number, edges: EdgeList): Graph {
  checkInteger('vertexCount', vertexCount, 0, graphLimits.vertices);
  const m = edges.sources.length;
  checkInteger('edge count', m, 0, graphLimits.edges);
  checkLength('edges.targets', edges.targets, m);
  checkLength('edges.weights', edges.weights, m);
  const fault = findEdgeFault(vertexCount, edges);
  if (fault) throw new RangeError(`edges[${fault.edge}]: expected ${fault.expected}, got ${fault.got}`);
  return { vertexCount, edgeCount: m, ...compressRows(vertexCount, edges), ...summarize(edges.weights) };
}

/** Two counting passes: by target, then (stably) by source, so that every row comes out sorted. */
function compressRows(n: number, { sources, targets, weights }: EdgeList) {
  const m = sources.length;
  const offsets = new Int32Array(n + 1);
  for (let e = 0; e < m; e++) {
    offsets[sources[e] + 1]++;
    offsets[targets[e] + 1]++;
  }
  for (let i = 0; i < n; i++) offsets[i + 1] += offsets[i];
  const cursor = offsets.slice(0, n);
  const byNeighbour = new Int32Array(2 * m);
  for (let e = 0; e < m; e++) {
    byNeighbour[cursor[targets[e]]++] = 2 * e;
    byNeighbour[cursor[sources[e]]++] = 2 * e + 1;
  }
  cursor.set(offsets.subarray(0, n));
  const neighbours = new Int32Array(2 * m);
  const rowWeights = new Float64Array(2 * m);
  for (let q = 0; q < 2 * m; q++) {
    // An even code stands for "the source's row, neighbour = target", an odd one for the reverse.
    const e = byNeighbour[q] >> 1;
    const isForward = (byNeighbour[q] & 1) === 0;
    const p = cursor[isForward ? sources[e] : targets[e]]++;
    neighbours[p] = isForward ? targets[e] : sources[e];
    rowWeights[p] = weights[e];
  }
  return { offsets, neighbours, weights: rowWeights };
}

function summarize(weights: ArrayLike<number>) {
  let totalWeight = 0;
  let absoluteWeight = 0;
  let hasNegativeWeight = false;
  for (let e = 0; e < weights.length; e++) {
    const w = weights[e];
    totalWeight += w;
    absoluteWeight += Math.abs(w);
    if (w < 0) hasNegativeWeight = true;
  }
  return { totalWeight, absoluteWeight, hasNegativeWeight, unit: unitOf(weights, absoluteWeight) };
}

/** The largest power of two that divides all weights, unless Σ|w| has too many of it to be exact. */
function unitOf(weights: ArrayLike<number>, absoluteWeight: number): number {
  if (absoluteWeight === 0) return 1;
  let unit = 2 ** Math.min(1023, Math.floor(Math.log2(absoluteWeight)) + 1);
  for (let e = 0; e < weights.length; e++) {
    while (weights[e] % unit !== 0) unit /= 2;
    if (!(absoluteWeight / unit <= Number.MAX_SAFE_INTEGER)) return 0;
  }
  return unit;
}
