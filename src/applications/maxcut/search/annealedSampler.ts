import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import { gaussianInto } from '../../../numerics/random/fills.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { cutValue, type Sides } from '../graph/cut.ts';
import type { Graph } from '../graph/graph.ts';

export interface AnnealingOptions {
  /** σ at the start, in units of `samplingUnit`. */
  readonly deviation: number;
  /** Sweeps over all vertices while σ falls linearly to a tenth of the unit; at least 1. */
  readonly sweeps: number;
  /**
   * The share of the time that is gone, asked every few sweeps: σ falls by whichever of sweeps and time is further, and
   * the run ends at 1, so that it is cold at the end of either. Default 0.
   */
  readonly elapsedShare?: () => number;
}

/** Draws are read cyclically from a table of this many normal values, from a random place in each sweep. */
const tableSize = 2 ** 14;

/** The deviation that is comparable to a vertex's field: half the root mean square of Σ_j w_ij² over vertices. */
function samplingUnit(graph: Graph): number {
  let squared = 0;
  for (let p = 0; p < graph.weights.length; p++) squared += graph.weights[p] * graph.weights[p];
  return squared === 0 ? 1 : 0.5 * Math.sqrt(squared / graph.vertexCount);
}

/**
 * Returns to sampler space from a cut: raises the variance of every side's sampler and lets it fall to zero again.
 *
 *     x_i ← sign(μ_i + σ z_i),   μ_i = −h_i,   h_i = Σ_j w_ij x_j,   z_i ~ N(0, 1)
 *
 * The sampler of vertex i has as its mean the field of the other sides, and one coordinate is drawn at a time. For a
 * fixed σ this is Glauber dynamics with a probit acceptance rule; with σ → 0 it is simulated annealing.
 *
 * Guarantee: the cut returned is the best that was met at the end of a sweep, or the start. Nothing else.
 *
 * @param stream source of the draws
 * @param start not written to
 * @returns fresh sides and their cut
 * @throws RangeError for a deviation ≤ 0 or fewer than one sweep
 * Cost: O(n) a sweep and O(degree) a flip; three arrays. Weights that are all equal are not read.
 */
export function annealedSampler(
  stream: RandomStream,
  graph: Graph,
  start: Sides,
  options: AnnealingOptions,
): { sides: Sides; cut: number; sweeps: number } {
  const { deviation, sweeps, elapsedShare = () => 0 } = options;
  checkAbove('deviation', deviation, 0);
  checkInteger('sweeps', sweeps, 1);
  checkWithin('start.length', start.length, graph.vertexCount, graph.vertexCount);
  const unit = samplingUnit(graph);
  const draws = gaussianInto(new Float64Array(tableSize), stream);
  const sides = Int8Array.from(start);
  const best = Int8Array.from(sides);
  const sweepInto = sweepOf(graph, sides, draws);
  let cut = cutValue(graph, sides);
  let bestCut = cut;
  let done = 0;
  const low = 0.1 * unit;
  const high = Math.max(low, deviation * unit);
  const askedEvery = graph.vertexCount + graph.edgeCount > 100_000 ? 1 : 16;
  let elapsed = 0;
  for (; done < sweeps; done++) {
    if (done % askedEvery === 0) elapsed = elapsedShare();
    if (elapsed >= 1) break;
    const share = Math.max(elapsed, sweeps === 1 ? 1 : done / (sweeps - 1));
    cut += sweepInto(stream.integer(0, tableSize - 1), high + (low - high) * share);
    if (cut > bestCut) {
      bestCut = cut;
      best.set(sides);
    }
  }
  return { sides: best, cut: cutValue(graph, best), sweeps: done };
}

/** Draws every side once, in order, with draws from a place on and a deviation; returns by how much the cut rose. */
type Sweep = (from: number, sigma: number) => number;

/** The sweep for the graph's weights; it owns the fields h of the sides that it changes. */
function sweepOf(graph: Graph, sides: Sides, draws: Float64Array): Sweep {
  const { vertexCount: n, offsets, neighbours, weights } = graph;
  const common = weights[0] ?? 1;
  const isUniform = common > 0 && weights.every((w) => w === common);
  const fields = isUniform ? new Int32Array(n) : new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let field = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      field += (isUniform ? 1 : weights[p]) * sides[neighbours[p]];
    }
    fields[i] = field;
  }
  return fields instanceof Int32Array
    ? (from, sigma) => common * uniformSweep(graph, sides, fields, { draws, from, sigma: sigma / common })
    : (from, sigma) => weightedSweep(graph, sides, fields, { draws, from, sigma });
}

interface Draws {
  readonly draws: Float64Array;
  readonly from: number;
  readonly sigma: number;
}

/** A sweep where every weight is 1. */
function uniformSweep(graph: Graph, sides: Sides, fields: Int32Array, { draws, from, sigma }: Draws): number {
  const { vertexCount: n, offsets, neighbours } = graph;
  const mask = draws.length - 1;
  let rise = 0;
  for (let i = 0; i < n; i++) {
    const gain = fields[i] * sides[i];
    if (gain + sigma * draws[(from + i) & mask] <= 0) continue;
    rise += gain;
    const side = -sides[i];
    sides[i] = side;
    const twice = 2 * side;
    const end = offsets[i + 1];
    for (let p = offsets[i]; p < end; p++) fields[neighbours[p]] += twice;
  }
  return rise;
}

/** A sweep for any weights. */
function weightedSweep(
  graph: Graph,
  sides: Sides,
  fields: Float64Array,
  { draws, from, sigma }: Draws,
): number {
  const { vertexCount: n, offsets, neighbours, weights } = graph;
  const mask = draws.length - 1;
  let rise = 0;
  for (let i = 0; i < n; i++) {
    const gain = fields[i] * sides[i];
    // A side moves if its field plus the draw points the other way: gain = −x_i μ_i, and z is symmetric.
    if (gain + sigma * draws[(from + i) & mask] <= 0) continue;
    rise += gain;
    const side = -sides[i];
    sides[i] = side;
    const twice = 2 * side;
    const end = offsets[i + 1];
    for (let p = offsets[i]; p < end; p++) fields[neighbours[p]] += twice * weights[p];
  }
  return rise;
}
