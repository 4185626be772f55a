import { ritzEnds } from '../../../numerics/linalg/chebyshevBound.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { type DualBound, degreeBound, dualBound, slackProduct } from '../bound/dualBound.ts';
import { solveSemidefinite, sufficientRank } from '../bound/semidefinite.ts';
import type { Graph } from '../graph/graph.ts';

/** The relaxation's value, attained by vectors, and the bound. */
export interface BoundResult {
  /** Absent where there was no time for the relaxation. */
  readonly sdp?: number;
  readonly converged: boolean;
  readonly bound: DualBound;
}

/** Milliseconds of a clock: when it is, and when to have ended. */
export interface Deadline {
  readonly now: () => number;
  readonly at: number;
}

/** Most numbers that the relaxation's vectors may take: 96 MB. */
const mostNumbers = 12_000_000;
/** Fewer vertices have their relaxation at once; no eigenvalue bound goes before. */
const fewVertices = 2000;
/** Products of a good bound by eigenvalues. */
const goodProducts = 350;

/** The rank that loses nothing, or what memory allows. */
export function affordableRank(vertexCount: number): number {
  return Math.max(2, Math.min(sufficientRank(vertexCount), Math.floor(mostNumbers / vertexCount)));
}

/**
 * Bounds all cuts the better the more time there is: by the degrees, by the eigenvalue n/4·λ_max(L + Diag u) with u
 * balancing the degrees, then by the multipliers of the relaxation, half solved and solved.
 *
 * Every step is planned from the measured time of a product with the graph, and stops in its share; rank and products
 * are what fits. An infinite deadline solves the relaxation and bounds once, as a function of the stream alone.
 *
 * @param report told each bound that is better than the last
 */
export function anytimeBound(
  stream: RandomStream,
  graph: Graph,
  deadline: Deadline,
  report: (bound: DualBound) => void,
): BoundResult {
  const n = graph.vertexCount;
  let best = degreeBound(graph);
  const take = (bound: DualBound): void => {
    if (bound.value >= best.value) return;
    best = bound;
    report(bound);
  };
  const left = (): number => deadline.at - deadline.now();
  if (left() === Number.POSITIVE_INFINITY || graph.edgeCount === 0) {
    const solution = solveSemidefinite(stream.fork('vectors'), graph, { rank: affordableRank(n) });
    take(dualBound(stream.fork('bound'), graph, solution));
    return { sdp: solution.value, converged: solution.outcome === 'converged', bound: best };
  }
  const zero = new Float64Array(n);
  const before = deadline.now();
  ritzEnds(stream.fork('time'), slackProduct(graph, zero), n, 3);
  const product = (deadline.now() - before) / 3;
  const affordable = (share: number): number =>
    Math.max(8, Math.min(goodProducts, Math.floor((share * left()) / product)));
  if (n > fewVertices && left() > 0) {
    const options = { products: affordable(0.3), operations: 0 };
    take(dualBound(stream.fork('eigenvalue'), graph, { multipliers: zero }, options));
  }
  // A sweep takes 1.3 products a rank, and some thirty sweeps are worth the rank.
  const inTime = Math.floor((0.5 * left()) / (30 * 1.3 * product));
  if (left() < 20 * product || inTime < 2) return { converged: false, bound: best };
  const rank = Math.min(affordableRank(n), Math.max(2, inTime));
  let solution = solveSemidefinite(stream.fork('vectors'), graph, {
    rank,
    sweeps: 1,
    shouldStop: () => left() <= 0,
  });
  for (const [label, share] of [
    ['half solved', 0.5],
    ['bound', 0.75],
  ] as const) {
    const until = deadline.now() + share * left();
    const shouldStop = (): boolean => deadline.now() >= until;
    solution = solveSemidefinite(stream, graph, { rank, vectors: solution.vectors, shouldStop });
    // An unfinished factorisation leaves time for the bound by eigenvalues.
    const giveUp = deadline.now() + 0.6 * left();
    const products = affordable(label === 'bound' ? 0.9 : 0.4);
    const limits = { products, shouldStop: () => deadline.now() >= giveUp };
    take(dualBound(stream.fork(label), graph, solution, limits));
    if (solution.outcome === 'converged') break;
  }
  return { sdp: solution.value, converged: solution.outcome === 'converged', bound: best };
}
