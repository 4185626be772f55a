import type { RandomStream } from '../../../numerics/random/stream.ts';
import { type CutCertificate, certifyCut } from '../bound/cutCertificate.ts';
import { solveSemidefinite, sufficientRank } from '../bound/semidefinite.ts';
import { cutValue, type Sides } from '../graph/cut.ts';
import type { Graph } from '../graph/graph.ts';
import { roundConditionally } from './conditionalRounding.ts';
import { followToLimit } from './limitPoint.ts';
import { smoothedCutObjective } from './smoothedCut.ts';
import { descendSmoothedCut, type SmoothedDescent, type SmoothedDescentOptions } from './smoothedDescent.ts';

/** What a derandomized cut is made with. */
export interface DerandomizedCutOptions {
  /** Dimension of the hyperplane vectors; default the smaller of 8 and ⌈√(2n)⌉. */
  readonly rank?: number;
  /** τ; default 0.1. */
  readonly smoothing?: number;
  /** λ; default 0.005·Σ|w|/n, so that λ‖V‖_F² starts at half a percent of the total weight. */
  readonly regularization?: number;
  /** n·rank unit rows to start from; default: the mixing method's at this rank. */
  readonly vectors?: Float64Array;
  readonly descent?: SmoothedDescentOptions;
}

/** A deterministic cut found by descending from the hyperplane rounding's vectors, with its evidence. */
export interface DerandomizedCut {
  readonly sides: Sides;
  readonly cut: number;
  /** f(V₀, 0): minus the smoothed expected hyperplane cut, plus λn. */
  readonly startValue: number;
  /** f at the limit point of the descent; −finalValue ≤ cut up to λ‖V‖². */
  readonly finalValue: number;
  readonly rank: number;
  readonly smoothing: number;
  readonly regularization: number;
  readonly descent: Pick<SmoothedDescent, 'outcome' | 'steps' | 'undone'>;
  readonly certificate: CutCertificate;
}

/**
 * Turns the hyperplane rounding of a graph into one deterministic cut, by the paper's method.
 *
 *     (V, 0)  →  perturb μ  →  descend f(V, μ)  →  V ≈ 0  →  sign(μ), undecided vertices by conditional expectations
 *
 * Guarantee: f never rises from the vectors to the cut, so cut ≥ −f(V₀, 0) ≥ α·SDP(V₀) − λn − (√2/π)τΣ|w| for
 * w ≥ 0 whenever the certificate holds, where SDP(V₀) is the value of the starting vectors.
 *
 * @param stream source of starting vectors and perturbation, forked by label
 * @returns fresh arrays
 * Source: arXiv 2510.19382, Theorem 5.2. Notation: our smoothing is τ, our regularization λ.
 * Cost: O((n + m)·rank) a step; see `descendSmoothedCut`.
 */
export function derandomizedCut(
  stream: RandomStream,
  graph: Graph,
  options: DerandomizedCutOptions = {},
): DerandomizedCut {
  const n = graph.vertexCount;
  const rank = options.rank ?? Math.min(8, sufficientRank(n));
  const smoothing = options.smoothing ?? 0.1;
  const regularization =
    options.regularization ?? (0.005 * Math.max(1, graph.absoluteWeight)) / Math.max(1, n);
  const objective = smoothedCutObjective(graph, { rank, smoothing, regularization });
  const start = new Float64Array(objective.dimension);
  const vectors =
    options.vectors ?? solveSemidefinite(stream.fork('vectors'), graph, { rank, tolerance: 1e-5 }).vectors;
  start.set(vectors);
  const perturbation = stream.fork('perturbation');
  const descent = descendSmoothedCut(perturbation, objective, start, { steps: 1000, ...options.descent });
  const end = followToLimit(objective, descent.point);
  const mean = end.point.subarray(objective.shift.start);
  const sides = roundConditionally(graph, mean, smoothing);
  const { outcome, steps, undone } = descent;
  return {
    sides,
    cut: cutValue(graph, sides),
    startValue: descent.startValue,
    finalValue: end.value,
    rank,
    smoothing,
    regularization,
    descent: { outcome, steps, undone },
    certificate: certifyCut(objective, end.point),
  };
}
