import { cutValue, type Graph, oneOpt } from '../../../src/applications/maxcut/index.ts';
import { gaussianInto } from '../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../src/numerics/random/stream.ts';

/**
 * Goemans–Williamson rounding as a benchmark peer: the best of `count` random hyperplanes, as they are and after
 * 1-opt of each.
 *
 * @param vectors n·k unit rows of the relaxation
 */
export function bestHyperplanes(
  stream: RandomStream,
  graph: Graph,
  vectors: Float64Array,
  count: number,
): { plain: number; improved: number } {
  const n = graph.vertexCount;
  const rank = vectors.length / n;
  const normal = new Float64Array(rank);
  let plain = 0;
  let improved = 0;
  for (let sample = 0; sample < count; sample++) {
    gaussianInto(normal, stream);
    const sides = new Int8Array(n);
    for (let i = 0; i < n; i++) {
      let product = 0;
      for (let q = 0; q < rank; q++) product += vectors[i * rank + q] * normal[q];
      sides[i] = product < 0 ? -1 : 1;
    }
    plain = Math.max(plain, cutValue(graph, sides));
    improved = Math.max(improved, cutValue(graph, oneOpt(graph, sides)));
  }
  return { plain, improved };
}

/** 1-opt from random sides, again and again, as a benchmark peer. */
export function randomOneOpt(stream: RandomStream, graph: Graph, seconds: number): number {
  const end = performance.now() + 1000 * seconds;
  let best = 0;
  while (performance.now() < end) {
    const sides = Int8Array.from({ length: graph.vertexCount }, () => (stream.uniform() < 0.5 ? -1 : 1));
    best = Math.max(best, cutValue(graph, oneOpt(graph, sides)));
  }
  return best;
}
