import { exactCut, type Graph, graphFromEdges } from '../../../../src/applications/maxcut/index.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { type Domain, integer, map, oneOf, record, streams } from '../../../../src/papers/claims/domain.ts';
import { publishedGraph } from './publishedGraph.ts';

type Pair = readonly [number, number];
type Family = (stream: RandomStream, n: number) => readonly Pair[];

/** All pairs i < j of n vertices that pass a test. */
function pairs(n: number, isEdge: (i: number, j: number) => boolean): Pair[] {
  const found: Pair[] = [];
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) if (isEdge(i, j)) found.push([i, j]);
  return found;
}

/** A grid of height 3 on as many vertices as fit, with both wraps where that makes no parallel edges. */
function torus(n: number): Pair[] {
  const width = Math.max(3, Math.floor(n / 3));
  const found: Pair[] = [];
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < 3; j++) {
      found.push([3 * i + j, 3 * i + ((j + 1) % 3)], [3 * i + j, 3 * ((i + 1) % width) + j]);
    }
  }
  return found.filter(([u, v]) => u < n && v < n);
}

/** Random 3-regular-like: the union of a Hamiltonian cycle and a random matching. */
function cubic(stream: RandomStream, n: number): Pair[] {
  return n < 3 ? pairs(n, () => true) : cycleAndMatching(stream, n);
}

/** The families of graphs that the claims run over. */
const families = {
  random: (stream, n) => pairs(n, () => stream.uniform() < 0.5),
  sparse: (stream, n) => pairs(n, () => stream.uniform() < 3 / n),
  cubic,
  torus: (_, n) => torus(n),
  planar: (stream, n) => pairs(n, (i, j) => j === i + 1 || (j === i + 2 && stream.uniform() < 0.7)),
  bipartite: (stream, n) => pairs(n, (i, j) => (i + j) % 2 === 1 && stream.uniform() < 0.6),
  complete: (_, n) => pairs(n, () => true),
  'odd cycle': (_, n) => pairs(n | 1, (i, j) => j === i + 1 || (i === 0 && j === (n | 1) - 1)),
  disconnected: (stream, n) => pairs(n, (i, j) => i < n / 2 === j < n / 2 && stream.uniform() < 0.6),
  'single edge': () => [[0, 1]],
} satisfies Record<string, Family>;

type FamilyName = keyof typeof families;
const familyNames = Object.keys(families) as [FamilyName, ...FamilyName[]];

/** A graph with what it was drawn from; `signed` is the same graph with some weights negated. */
export interface GraphInstance {
  readonly family: string;
  readonly weighting: 'unit' | 'real';
  readonly graph: Graph;
  readonly signed: () => Graph;
}

/** A graph with non-negative weights, and its maximum cut where it is known. */
export interface CutInstance {
  readonly graph: Graph;
  readonly optimum: () => number | undefined;
}

/** Graphs of all families with positive weights, of `least` to `most` vertices and with an edge. */
export function graphs(most: number, least = 3): Domain<GraphInstance> {
  const fields = {
    family: oneOf(...familyNames),
    weighting: oneOf('unit', 'real'),
    n: integer(least, most),
    stream: streams(),
  };
  return map(record(fields), ({ family, weighting, n, stream }) => {
    const own = distinct(families[family](stream.fork('edges'), family === 'odd cycle' ? n - 1 : n));
    const edges: readonly Pair[] = own.length > 0 ? own : [[0, 1]];
    const size = Math.max(n, 1 + Math.max(0, ...edges.flat()));
    const draws = stream.fork('weights');
    const weights = edges.map(() => (weighting === 'unit' ? 1 : 10 * draws.uniform()));
    const graph = fromPairs(size, edges, weights);
    return {
      family,
      weighting,
      graph,
      signed: () => {
        const signs = stream.fork('signs');
        return fromPairs(
          size,
          edges,
          weights.map((w) => (signs.uniform() < 0.5 ? -w : w)),
        );
      },
    };
  });
}

/** Those graphs as instances of the theorem, with their maximum cut. */
export function cutInstances(most: number): Domain<CutInstance> {
  return map(graphs(most), ({ graph }) => ({ graph, optimum: () => exactCut(graph).cut }));
}

function distinct(edges: readonly Pair[]): Pair[] {
  const seen = new Map<string, Pair>();
  for (const [u, v] of edges) if (u !== v) seen.set(`${Math.min(u, v)},${Math.max(u, v)}`, [u, v]);
  return [...seen.values()];
}

function fromPairs(n: number, edges: readonly Pair[], weights: readonly number[]): Graph {
  const sources = edges.map(([u]) => u);
  return graphFromEdges(n, { sources, targets: edges.map(([, v]) => v), weights });
}

function cycleAndMatching(stream: RandomStream, n: number): Pair[] {
  const cycle = Array.from({ length: n }, (_, i): Pair => [i, (i + 1) % n]);
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = stream.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return [...cycle, ...Array.from({ length: n >> 1 }, (_, i): Pair => [order[2 * i], order[2 * i + 1]])];
}

/**
 * An odd cycle on which every other pair carries a small negative weight: what a cut gains it nearly loses again, the
 * relaxation less so, and α·SDP lies above every cut.
 */
export function frustratedCycle(stream: RandomStream, offset: 'negative' | 'none'): Graph {
  const n = 2 * stream.integer(2, 5) + 1;
  // Balanced sides cut (n² − 1)/4 pairs, so that 0.9 of the n − 1 edges they cut is lost again.
  const loss = offset === 'none' ? 0 : 3.6 / (n + 1);
  const isStep = (i: number, j: number): boolean => j === i + 1 || (i === 0 && j === n - 1);
  const edges = pairs(n, (i, j) => loss > 0 || isStep(i, j));
  return fromPairs(
    n,
    edges,
    edges.map(([i, j]) => (isStep(i, j) ? 1 : 0) - loss),
  );
}

/** The vertices of a graph without its edges. */
export function edgeless({ vertexCount }: Graph): Graph {
  return fromPairs(vertexCount, [], []);
}

/** The 15-node graph of Figures 4 and 5. */
export function paperGraph(): Graph {
  return publishedGraph(42, 0.6);
}
