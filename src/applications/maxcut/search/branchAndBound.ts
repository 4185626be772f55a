import { checkLength } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { dualBound } from '../bound/dualBound.ts';
import { solveSemidefinite } from '../bound/semidefinite.ts';
import { cutValue, type Sides } from '../graph/cut.ts';
import { type Graph, graphFromEdges } from '../graph/graph.ts';
import { exactCut } from './exactCut.ts';

/** Where a branch and bound ended: `proven` means that no cut is above. */
export interface BranchAndBound {
  readonly outcome: 'proven' | 'stopped';
  /** Fresh. */
  readonly sides: Sides;
  readonly cut: number;
  readonly nodes: number;
}

/** Graphs of more vertices are hardly ever proven in a minute. */
export const branchLimit = 60;

/** Subproblems of so many vertices are visited exhaustively, in about the time of one bound. */
const leafVertices = 15;

/**
 * Proves a cut maximum by branch and bound on the relaxation's dual bound.
 *
 * A node fixes some vertices relative to vertex 0 and contracts them into it: the edge of a vertex on the other side
 * changes its sign and adds its weight to a constant. What is left is a smaller graph with its own dual bound.
 *
 * Guarantee: where the weights have a unit, every contracted weight and constant is exact, a node is left out only where
 * its bound, proven by factorisation and rounded down to the unit, is not above the best cut; so `proven` is a proof.
 * Without a unit nothing is proven.
 *
 * @param stream source of starts, forked by label
 * @param start not written to; the better it is, the fewer nodes there are
 * @param shouldStop asked at each node
 * Source: F. Rendl, G. Rinaldi and A. Wiegele, Math. Programming 121 (2010) 307–335, without their cutting planes.
 * Cost: a small relaxation a node.
 */
export function branchAndBound(
  stream: RandomStream,
  graph: Graph,
  start: Sides,
  shouldStop: () => boolean,
): BranchAndBound {
  const n = graph.vertexCount;
  checkLength('start', start, n);
  let sides = Int8Array.from(start);
  let cut = cutValue(graph, sides);
  let nodes = 0;
  const offer = (candidate: Sides): void => {
    const value = cutValue(graph, candidate);
    if (value <= cut) return;
    cut = value;
    sides = Int8Array.from(candidate);
  };
  if (graph.unit === 0) return { outcome: 'stopped', sides, cut, nodes };
  /** Whether everything below the node is settled; `fixed` holds 0 for a free vertex, else its side. */
  const settle = (fixed: Int8Array): boolean => {
    if (shouldStop()) return false;
    const own = stream.fork(`node ${nodes++}`);
    const { small, free, constant } = contract(graph, fixed);
    if (small.vertexCount <= leafVertices) {
      offer(lift(fixed, free, exactCut(small).sides));
      return true;
    }
    const solution = solveSemidefinite(own.fork('vectors'), small, { tolerance: 1e-5, sweeps: 300 });
    const { value, failureProbability } = dualBound(own.fork('bound'), small, solution);
    const largest = Math.floor(value / graph.unit) * graph.unit + constant;
    if (failureProbability === 0 && largest <= cut) return true;
    const place = leastDecided(solution.vectors, solution.rank, small.vertexCount);
    return [1, -1].every((side) => {
      const child = Int8Array.from(fixed);
      child[free[place]] = side;
      return settle(child);
    });
  };
  const root = new Int8Array(n);
  if (n > 0) root[0] = 1;
  const outcome = settle(root) ? 'proven' : 'stopped';
  return { outcome, sides, cut, nodes };
}

/** The graph of the free vertices behind one vertex for all fixed ones, its place 0, and the constant that is cut. */
function contract(graph: Graph, fixed: Int8Array) {
  const { vertexCount: n, offsets, neighbours, weights } = graph;
  const free = [0];
  const place = new Int32Array(n);
  for (let i = 0; i < n; i++) if (fixed[i] === 0) place[i] = free.push(i) - 1;
  const toRoot = new Float64Array(free.length);
  const edges = { sources: [0].slice(1), targets: [0].slice(1), weights: [0].slice(1) };
  const add = (source: number, target: number, weight: number): void => {
    if (weight === 0) return;
    edges.sources.push(source);
    edges.targets.push(target);
    edges.weights.push(weight);
  };
  let constant = 0;
  for (let i = 0; i < n; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      if (j <= i) continue;
      const w = weights[p];
      const [a, b] = [fixed[i], fixed[j]];
      if (a === 0 && b === 0) add(place[i], place[j], w);
      else if (a !== 0 && b !== 0) constant += a === b ? 0 : w;
      else {
        // Cut where the free end differs from the fixed one: w − w·[differs from the root] for an end on the other side.
        const side = a + b;
        toRoot[a === 0 ? place[i] : place[j]] += side * w;
        if (side < 0) constant += w;
      }
    }
  }
  for (let k = 1; k < free.length; k++) add(0, k, toRoot[k]);
  return { small: graphFromEdges(free.length, edges), free, constant };
}

function lift(fixed: Int8Array, free: readonly number[], small: Sides): Sides {
  const sides = Int8Array.from(fixed);
  for (let k = 1; k < free.length; k++) sides[free[k]] = small[k] * small[0];
  return sides;
}

/** The vertex whose vector is nearest to a right angle with the root's. */
function leastDecided(vectors: Float64Array, rank: number, count: number): number {
  let found = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 1; k < count; k++) {
    let product = 0;
    for (let c = 0; c < rank; c++) product += vectors[c] * vectors[k * rank + c];
    if (Math.abs(product) >= least) continue;
    least = Math.abs(product);
    found = k;
  }
  return found;
}
