import { readFileSync } from 'node:fs';
import { type Graph, graphFromEdges } from '../../../../src/applications/maxcut/graph/graph.ts';
import { mersenneTwister } from '../../../../src/numerics/random/mersenneTwister.ts';

/** Number of nodes of the graph in Figures 4 and 5. */
export const publishedNodes = 15;

/**
 * The random graph of Figures 4 and 5, as the authors' program draws it.
 *
 * MT19937 fills a 15×15 matrix of float32 uniforms row by row; an entry of the upper triangle below the edge
 * probability is an edge.
 */
export function publishedGraph(seed: number, edgeProbability: number): Graph {
  const generator = mersenneTwister(seed);
  const sources: number[] = [];
  const targets: number[] = [];
  for (let i = 0; i < publishedNodes; i++) {
    for (let j = 0; j < publishedNodes; j++) {
      if (generator.float32() < edgeProbability && j > i) {
        sources.push(i);
        targets.push(j);
      }
    }
  }
  return graphFromEdges(publishedNodes, { sources, targets, weights: sources.map(() => 1) });
}

/** The same graph as another generator of MT19937 draws it: NumPy's, written to a file (see fixtures/README.md). */
export function referenceGraph(): Graph {
  const file = new URL('../../../../fixtures/graphs/paper-15.txt', import.meta.url);
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const edges = lines.map((line) => line.split(' ').map(Number));
  return graphFromEdges(publishedNodes, {
    sources: edges.map(([u]) => u - 1),
    targets: edges.map(([, v]) => v - 1),
    weights: edges.map(([, , weight]) => weight),
  });
}

/** In how many places the adjacency lists of two graphs on equally many vertices differ. */
export function differing(one: Graph, two: Graph): number {
  const pairsOf = ({ vertexCount, offsets, neighbours }: Graph): Set<string> => {
    const pairs = new Set<string>();
    for (let i = 0; i < vertexCount; i++) {
      for (let e = offsets[i]; e < offsets[i + 1]; e++) pairs.add(`${i} ${neighbours[e]}`);
    }
    return pairs;
  };
  const [first, second] = [pairsOf(one), pairsOf(two)];
  const missing = (from: Set<string>, to: Set<string>): number =>
    [...from].filter((pair) => !to.has(pair)).length;
  return missing(first, second) + missing(second, first);
}
