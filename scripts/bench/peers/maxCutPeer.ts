import { type Graph, solveSemidefinite } from '../../../src/applications/maxcut/index.ts';
import { randomStream } from '../../../src/numerics/random/stream.ts';
import { threadFunction } from '../../../src/numerics/threads/threadFunction.ts';
import { bestHyperplanes, randomOneOpt } from './hyperplanes.ts';
import { simulatedAnnealing } from './simulatedAnnealing.ts';

/** One run of a peer on one thread. */
export interface PeerTask {
  readonly peer: 'annealing' | 'random 1-opt' | 'hyperplanes';
  readonly graph: Graph;
  readonly seed: string;
  readonly seconds: number;
}

/** What a peer found: `improved` differs from `cut` for hyperplanes only. */
export interface PeerCut {
  readonly cut: number;
  readonly improved: number;
}

/** Runs one peer, on whatever thread. */
export function runPeer({ peer, graph, seed, seconds }: PeerTask): PeerCut {
  const stream = randomStream(seed);
  switch (peer) {
    case 'annealing': {
      const { cut } = simulatedAnnealing(stream, graph, seconds);
      return { cut, improved: cut };
    }
    case 'random 1-opt': {
      const cut = randomOneOpt(stream, graph, seconds);
      return { cut, improved: cut };
    }
    case 'hyperplanes': {
      const { vectors } = solveSemidefinite(stream.fork('vectors'), graph, { tolerance: 1e-6 });
      const { plain, improved } = bestHyperplanes(stream.fork('normals'), graph, vectors, 1000);
      return { cut: plain, improved };
    }
  }
}

/** The peers as threads find them. */
export const peer = threadFunction(import.meta.url, runPeer);
