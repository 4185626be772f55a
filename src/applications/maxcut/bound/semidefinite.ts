import { checkAbove, checkInteger, checkLength } from '../../../numerics/base/checks.ts';
import { gaussianInto } from '../../../numerics/random/fills.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { Graph } from '../graph/graph.ts';

/** What the relaxation is solved with. */
export interface SemidefiniteOptions {
  /** Dimension k of the vectors; default ⌈√(2n)⌉, which loses nothing. */
  readonly rank?: number;
  /** Stops when one sweep raises the value by less than this share of Σ|w|; default 1e-7. */
  readonly tolerance?: number;
  /** Most sweeps; default 10,000. */
  readonly sweeps?: number;
  /** n·rank unit rows to go on from; default uniform on the sphere. Overwritten and returned. */
  readonly vectors?: Float64Array;
  /** Asked every 4096 rows; true ends the run as `sweep-limit`. */
  readonly shouldStop?: () => boolean;
}

/** Unit vectors that (nearly) solve the MAXCUT relaxation, with what a dual bound needs. */
export interface SemidefiniteSolution {
  /** `converged`: the last sweep gained less than the tolerance; `sweep-limit`: the sweeps ran out, or `shouldStop` said so. */
  readonly outcome: 'converged' | 'sweep-limit';
  readonly rank: number;
  /** n·k, row-major, unit rows; a fresh array. */
  readonly vectors: Float64Array;
  /** Σ w_ij (1 − v_i·v_j)/2: attained, hence never above the relaxation's optimum. Not a bound on OPT. */
  readonly value: number;
  /** λ_i = ‖Σ_j w_ij v_j‖, the multipliers of |v_i| = 1. */
  readonly multipliers: Float64Array;
  readonly sweeps: number;
}

/** The rank at which the low-rank relaxation has no spurious second-order points: ⌈√(2n)⌉, at least 1. */
export function sufficientRank(vertexCount: number): number {
  return Math.max(1, Math.min(vertexCount, Math.ceil(Math.sqrt(2 * vertexCount))));
}

/**
 * Solves the low-rank MAXCUT relaxation by the mixing method: block coordinate ascent over the rows of V.
 *
 *     maximise Σ w_ij (1 − v_i·v_j)/2 over unit v_i in R^k,   v_i ← −Σ_j w_ij v_j / ‖Σ_j w_ij v_j‖
 *
 * Guarantee: the value never falls, each sweep raising it by Σ_i ‖g_i‖(1 − cos of the turn) ≥ 0; on return the last
 * sweep gained at most tolerance·Σ|w| unless the outcome says otherwise. Optimality is not claimed here: the dual
 * bound decides.
 *
 * @param stream source of the starting vectors, uniform on the sphere
 * @returns fresh arrays
 * @throws RangeError for a rank or sweep limit below 1 or a tolerance ≤ 0
 * Source: P.-W. Wang, W.-C. Chang and J. Z. Kolter, "The mixing method", arXiv 1706.00476v3, algorithm 1; rank:
 * A. Barvinok (1995), G. Pataki (1998), N. Boumal, V. Voroninski and A. Bandeira, arXiv 1606.04970.
 * Cost: O((n + m)·k) a sweep; one n·k array.
 */
export function solveSemidefinite(
  stream: RandomStream,
  graph: Graph,
  options: SemidefiniteOptions = {},
): SemidefiniteSolution {
  const { tolerance = 1e-7, sweeps = 10_000, shouldStop = () => false } = options;
  const rank = options.rank ?? sufficientRank(graph.vertexCount);
  checkInteger('rank', rank, 1);
  checkInteger('sweeps', sweeps, 1);
  checkAbove('tolerance', tolerance, 0);
  const { vertexCount: n } = graph;
  const vectors =
    options.vectors ?? normalizeRowsInto(gaussianInto(new Float64Array(n * rank), stream), rank);
  checkLength('vectors', vectors, n * rank);
  const pull = new Float64Array(rank);
  const multipliers = new Float64Array(n);
  let outcome: SemidefiniteSolution['outcome'] = 'sweep-limit';
  let done = 0;
  while (done < sweeps) {
    const gain = sweepInto(vectors, graph, pull, shouldStop);
    done++;
    if (gain === undefined) break;
    if (gain <= tolerance * graph.absoluteWeight) {
      outcome = 'converged';
      break;
    }
  }
  const value = multipliersInto(multipliers, graph, vectors, pull);
  return { outcome, rank, vectors, value, multipliers, sweeps: done };
}

function normalizeRowsInto(vectors: Float64Array, k: number): Float64Array {
  for (let start = 0; start < vectors.length; start += k) {
    let squared = 0;
    for (let c = start; c < start + k; c++) squared += vectors[c] * vectors[c];
    if (squared === 0) vectors[start] = 1;
    const scale = squared === 0 ? 1 : 1 / Math.sqrt(squared);
    for (let c = start; c < start + k; c++) vectors[c] *= scale;
  }
  return vectors;
}

/** One pass over the rows; returns by how much the value rose, undefined if stopped. A row that nothing pulls at stays. */
function sweepInto(
  vectors: Float64Array,
  graph: Graph,
  pull: Float64Array,
  shouldStop: () => boolean,
): number | undefined {
  const k = pull.length;
  const n = graph.vertexCount;
  let gain = 0;
  for (let i = 0; i < n; i++) {
    if ((i & 4095) === 4095 && shouldStop()) return undefined;
    const size = pullInto(pull, graph, vectors, i);
    if (size === 0) continue;
    let along = 0;
    const start = i * k;
    for (let c = 0; c < k; c++) {
      along += pull[c] * vectors[start + c];
      vectors[start + c] = -pull[c] / size;
    }
    gain += (size + along) / 2;
  }
  return n < 4096 && shouldStop() ? undefined : gain;
}

/** pull ← Σ_j w_ij v_j; returns its norm. */
function pullInto(pull: Float64Array, graph: Graph, vectors: Float64Array, i: number): number {
  const { offsets, neighbours, weights } = graph;
  const k = pull.length;
  pull.fill(0);
  for (let p = offsets[i]; p < offsets[i + 1]; p++) {
    const w = weights[p];
    const start = neighbours[p] * k;
    for (let c = 0; c < k; c++) pull[c] += w * vectors[start + c];
  }
  let squared = 0;
  for (let c = 0; c < k; c++) squared += pull[c] * pull[c];
  return Math.sqrt(squared);
}

/** multipliers ← λ; returns the value of the vectors. */
function multipliersInto(
  multipliers: Float64Array,
  graph: Graph,
  vectors: Float64Array,
  pull: Float64Array,
): number {
  const k = pull.length;
  let inner = 0;
  for (let i = 0; i < graph.vertexCount; i++) {
    multipliers[i] = pullInto(pull, graph, vectors, i);
    for (let c = 0; c < k; c++) inner += pull[c] * vectors[i * k + c];
  }
  return graph.totalWeight / 2 - inner / 4;
}
