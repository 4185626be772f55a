import { graphFromEdges } from '../../../../src/applications/maxcut/index.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { type Domain, integer, map, record, streams } from '../../../../src/papers/claims/domain.ts';
import type { CutInstance } from './maxcut.ts';

type Pair = readonly [number, number];

/** What a family draws: at most n vertices, distinct edges, and the share of them in a maximum cut if it is known. */
interface Drawn {
  readonly vertexCount: number;
  readonly edges: readonly Pair[];
  readonly optimum?: number;
}

type Family = (stream: RandomStream, n: number) => Drawn;

/** Distinct edges between different vertices, as they are added. */
class EdgeSet {
  readonly edges: Pair[] = [];
  readonly #seen = new Set<string>();

  add(i: number, j: number): boolean {
    const key = i < j ? `${i} ${j}` : `${j} ${i}`;
    if (i === j || this.#seen.has(key)) return false;
    this.#seen.add(key);
    this.edges.push([i, j]);
    return true;
  }
}

/** G(n, m) of mean degree 6: G(n, p) with its number of edges fixed. */
function uniform(stream: RandomStream, n: number): Drawn {
  const set = new EdgeSet();
  while (set.edges.length < 3 * n) set.add(stream.integer(0, n - 1), stream.integer(0, n - 1));
  return { vertexCount: n, edges: set.edges };
}

/** The union of disjoint perfect matchings, 3 to 10 of them, on an even number of vertices. */
function regular(stream: RandomStream, n: number, degree = stream.integer(3, 10)): Drawn {
  const even = n - (n % 2);
  const set = new EdgeSet();
  for (let matching = 0; matching < degree; matching++) {
    const order = permutation(stream, even);
    for (let i = 0; i < even; i += 2) {
      // A pair that is joined already exchanges its second end with a later one, as long as there is one.
      for (let other = i + 3; !set.add(order[i], order[i + 1]) && other < even; other += 2) {
        [order[i + 1], order[other]] = [order[other], order[i + 1]];
      }
    }
  }
  return { vertexCount: even, edges: set.edges };
}

/** A square grid with both wraps; bipartite where its side is even. */
function torus(_: RandomStream, n: number): Drawn {
  const side = Math.floor(Math.sqrt(n));
  const edges = Array.from({ length: side * side }, (_, at): Pair[] => {
    const [row, column] = [Math.floor(at / side), at % side];
    return [
      [at, row * side + ((column + 1) % side)],
      [at, ((row + 1) % side) * side + column],
    ];
  }).flat();
  return { vertexCount: side * side, edges, ...(side % 2 === 0 ? { optimum: edges.length } : {}) };
}

/** Uniform points of the unit square, joined within the distance that makes the mean degree about 6. */
function geometric(stream: RandomStream, n: number): Drawn {
  const radius = Math.sqrt(6 / (Math.PI * n));
  const points = Array.from({ length: n }, () => [stream.uniform(), stream.uniform()] as const);
  const cells = new Map<string, number[]>();
  const cellOf = (i: number) => points[i].map((x) => Math.floor(x / radius));
  const edges: Pair[] = [];
  for (let i = 0; i < n; i++) {
    const [column, row] = cellOf(i);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const j of cells.get(`${column + dx} ${row + dy}`) ?? []) {
          if (Math.hypot(points[i][0] - points[j][0], points[i][1] - points[j][1]) < radius)
            edges.push([j, i]);
        }
      }
    }
    const key = `${column} ${row}`;
    cells.set(key, [...(cells.get(key) ?? []), i]);
  }
  return { vertexCount: n, edges };
}

/** Preferential attachment (Barabási and Albert 1999): each new vertex joins up to three ends of earlier edges. */
function powerLaw(stream: RandomStream, n: number): Drawn {
  const set = new EdgeSet();
  set.add(0, 1);
  for (let i = 2; i < n; i++) {
    const earlier = set.edges.length;
    for (let draw = 0; draw < 3; draw++)
      set.add(i, set.edges[stream.integer(0, earlier - 1)][stream.integer(0, 1)]);
  }
  return { vertexCount: n, edges: set.edges };
}

/** A cycle of odd length: all edges but one can be cut. */
function oddCycle(_: RandomStream, n: number): Drawn {
  const odd = n - 1 + (n % 2);
  const edges = Array.from({ length: odd }, (_, i): Pair => [i, (i + 1) % odd]);
  return { vertexCount: odd, edges, optimum: odd - 1 };
}

/** An odd number of vertices on a ring, joined at distance 1 and at another odd distance: bipartite but for the seam. */
function circulant(stream: RandomStream, n: number): Drawn {
  const odd = n - 1 + (n % 2);
  const far = 2 * stream.integer(1, Math.floor(n / 8)) + 1;
  const edges = [1, far].flatMap((step) =>
    Array.from({ length: odd }, (_, i): Pair => [i, (i + step) % odd]),
  );
  return { vertexCount: odd, edges };
}

/** A connected bipartite graph of mean degree 4: a random tree across two random halves, and further edges. */
function bipartite(stream: RandomStream, n: number): Drawn {
  const order = permutation(stream, n);
  const set = new EdgeSet();
  for (let i = 1; i < n; i++) set.add(order[i], order[2 * stream.integer(0, (i - 1) >> 1) + ((i + 1) % 2)]);
  while (set.edges.length < 2 * n) {
    const [i, j] = [stream.integer(0, n - 1), stream.integer(0, n - 1)];
    if ((i + j) % 2 === 1) set.add(order[i], order[j]);
  }
  return { vertexCount: n, edges: set.edges, optimum: set.edges.length };
}

const families = {
  'G(n, p)': uniform,
  'regular, degree 3 to 10': regular,
  cubic: (stream, n) => regular(stream, n, 3),
  torus,
  geometric,
  'power law': powerLaw,
  'odd cycle': oddCycle,
  'sparse bipartite': bipartite,
  circulant,
} satisfies Record<string, Family>;

export type SparseFamily = keyof typeof families;

/** Graphs of a sparse family and unit weights with `least` to `most` vertices, give or take one; tori round down to a square. */
export function sparseGraphs(family: SparseFamily, least: number, most: number): Domain<CutInstance> {
  return map(record({ n: integer(least, most), stream: streams() }), ({ n, stream }) => {
    const { vertexCount, edges, optimum } = families[family](stream, n);
    const [sources, targets] = [edges.map(([u]) => u), edges.map(([, v]) => v)];
    const graph = graphFromEdges(vertexCount, { sources, targets, weights: edges.map(() => 1) });
    return { graph, optimum: () => optimum };
  });
}

function permutation(stream: RandomStream, n: number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = stream.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
