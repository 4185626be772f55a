import {
  cutValue,
  flip,
  flipGainsInto,
  type Graph,
  type Sides,
} from '../../../src/applications/maxcut/index.ts';
import type { RandomStream } from '../../../src/numerics/random/stream.ts';

export interface PeerResult {
  readonly cut: number;
  readonly sides: Sides;
  readonly runs: number;
}

/**
 * A straightforward simulated annealing, as a benchmark peer: sweeps of Metropolis flips while the temperature
 * falls linearly from 3 to 0 mean absolute weights, restarted with ever longer schedules until time is up.
 *
 * @param seconds of performance.now()
 */
export function simulatedAnnealing(stream: RandomStream, graph: Graph, seconds: number): PeerResult {
  const n = graph.vertexCount;
  const end = performance.now() + 1000 * seconds;
  const unit = graph.edgeCount === 0 ? 1 : graph.absoluteWeight / graph.edgeCount;
  const gains = new Float64Array(n);
  let best = Int8Array.from({ length: n }, () => 1);
  let bestCut = 0;
  let runs = 0;
  for (let sweeps = 200; performance.now() < end; sweeps *= 2) {
    const sides = Int8Array.from({ length: n }, () => (stream.uniform() < 0.5 ? -1 : 1));
    flipGainsInto(gains, graph, sides);
    let cut = cutValue(graph, sides);
    for (let sweep = 0; sweep < sweeps && performance.now() < end; sweep++) {
      const temperature = 3 * unit * (1 - sweep / sweeps);
      for (let i = 0; i < n; i++) {
        const gain = gains[i];
        if (gain > 0 || stream.uniform() < Math.exp(gain / temperature)) {
          cut += gain;
          flip(graph, sides, gains, i);
        }
      }
      if (cut > bestCut) {
        bestCut = cut;
        best = Int8Array.from(sides);
      }
    }
    runs++;
  }
  return { cut: cutValue(graph, best), sides: best, runs };
}
