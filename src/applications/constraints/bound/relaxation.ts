import { checkAbove, checkInteger } from '../../../numerics/base/checks.ts';
import { gaussianInto } from '../../../numerics/random/fills.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { SignQuadratic } from '../problem/signQuadratic.ts';

/**
 * The relaxation of a polynomial in signs: signs become unit vectors, and the constant sign 1 the vector v₀.
 *
 *     maximise constant + Σ_{i<j} A_ij v_i·v_j over n + 1 unit vectors
 *
 * v₀ stands in the last row. Entries in compressed sparse rows, as in `SignQuadratic`.
 */
export interface Relaxation {
  readonly size: number;
  readonly constant: number;
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
  readonly weights: Float64Array;
  /** A bound on the sum of all |terms|, for rounding. */
  readonly magnitude: number;
}

/** Unit vectors that (nearly) solve the relaxation, with what a dual bound needs. */
export interface RelaxationSolution {
  /** `converged`: the last sweep gained less than the tolerance; `sweep-limit`: the sweeps ran out, or `shouldStop` said so. */
  readonly outcome: 'converged' | 'sweep-limit';
  readonly rank: number;
  /** (n + 1)·rank entries, row-major, unit rows, v₀ last. A fresh array. */
  readonly vectors: Float64Array;
  /** Attained by the vectors, hence never above the relaxation's optimum. Not a bound on OPT. */
  readonly value: number;
  /** ‖Σ_j A_ij v_j‖, the multipliers of |v_i| = 1. */
  readonly multipliers: Float64Array;
  readonly sweeps: number;
}

/** What a relaxation is solved with. */
export interface RelaxationOptions {
  /** Dimension of the vectors, v₀'s direction included, at least 2; default ⌈√(2(n + 1))⌉, which loses nothing, at most 24. */
  readonly rank?: number;
  /** Stops when one sweep gains less than this share of the magnitude; default 1e-8. */
  readonly tolerance?: number;
  /** Most sweeps; default 10,000. */
  readonly sweeps?: number;
  /** Asked after each sweep; true ends the solution there. */
  readonly shouldStop?: () => boolean;
}

/** Relaxes a polynomial in signs. Cost: O(n + m). */
export function relaxationOf(quadratic: SignQuadratic): Relaxation {
  const { variables: n, constant, field, totalWeight } = quadratic;
  const count = field.reduce((total, a) => total + (a === 0 ? 0 : 1), 0);
  const entries = quadratic.weights.length + 2 * count;
  const offsets = new Int32Array(n + 2);
  const neighbours = new Int32Array(entries);
  const weights = new Float64Array(entries);
  let at = 0;
  const push = (j: number, value: number): void => {
    neighbours[at] = j;
    weights[at++] = value;
  };
  for (let i = 0; i < n; i++) {
    for (let p = quadratic.offsets[i]; p < quadratic.offsets[i + 1]; p++) {
      push(quadratic.neighbours[p], quadratic.weights[p]);
    }
    if (field[i] !== 0) push(n, field[i]);
    offsets[i + 1] = at;
  }
  for (let i = 0; i < n; i++) if (field[i] !== 0) push(i, field[i]);
  offsets[n + 1] = at;
  // The quarters of a constraint's weight that stand in its four terms add up to the weight.
  return { size: n + 1, constant, offsets, neighbours, weights, magnitude: totalWeight };
}

/**
 * Solves the low-rank relaxation by the mixing method: block coordinate ascent over the vectors.
 *
 *     v_i ← Σ_j A_ij v_j / ‖Σ_j A_ij v_j‖
 *
 * Guarantee: the value never falls. Optimality is not claimed here: the dual bound decides.
 *
 * @param stream source of the starting vectors, uniform on the sphere
 * @returns fresh arrays
 * @throws RangeError for a rank below 2, a sweep limit below 1 or a tolerance ≤ 0
 * Source: P.-W. Wang, W.-C. Chang and J. Z. Kolter, "The mixing method", arXiv 1706.00476v3; P.-W. Wang and
 * J. Z. Kolter, "Low-rank semidefinite programming for the MAX2SAT problem", AAAI 2019.
 * Cost: O((n + m)·k) a sweep.
 */
export function solveRelaxation(
  stream: RandomStream,
  relaxation: Relaxation,
  options: RelaxationOptions = {},
): RelaxationSolution {
  const { tolerance = 1e-8, sweeps = 10_000, shouldStop = () => false } = options;
  const { size } = relaxation;
  const k = options.rank ?? Math.max(2, Math.min(24, Math.ceil(Math.sqrt(2 * size))));
  checkInteger('rank', k, 2);
  checkInteger('sweeps', sweeps, 1);
  checkAbove('tolerance', tolerance, 0);
  const vectors = gaussianInto(new Float64Array(size * k), stream);
  for (let i = 0; i < size; i++) normalizeInto(vectors.subarray(i * k, (i + 1) * k));
  const pull = new Float64Array(k);
  const multipliers = new Float64Array(size);
  let outcome: RelaxationSolution['outcome'] = 'sweep-limit';
  let done = 0;
  while (done < sweeps) {
    const gain = sweepInto(vectors, relaxation, pull);
    done++;
    if (gain <= tolerance * relaxation.magnitude) {
      outcome = 'converged';
      break;
    }
    if (shouldStop()) break;
  }
  let inner = 0;
  for (let i = 0; i < size; i++) {
    multipliers[i] = pullInto(pull, relaxation, vectors, i);
    for (let c = 0; c < k; c++) inner += pull[c] * vectors[i * k + c];
  }
  return { outcome, rank: k, vectors, value: relaxation.constant + inner / 2, multipliers, sweeps: done };
}

function normalizeInto(row: Float64Array): void {
  const size = Math.hypot(...row);
  for (let c = 0; c < row.length; c++) row[c] = size === 0 ? (c === 0 ? 1 : 0) : row[c] / size;
}

/** One pass over the rows; returns by how much the value rose. A row that nothing pulls at stays. */
function sweepInto(vectors: Float64Array, relaxation: Relaxation, pull: Float64Array): number {
  const k = pull.length;
  let gain = 0;
  for (let i = 0; i < relaxation.size; i++) {
    const size = pullInto(pull, relaxation, vectors, i);
    if (size === 0) continue;
    let along = 0;
    for (let c = 0; c < k; c++) {
      along += pull[c] * vectors[i * k + c];
      vectors[i * k + c] = pull[c] / size;
    }
    gain += size - along;
  }
  return gain;
}

/** pull ← Σ_j A_ij v_j; returns its norm. */
function pullInto(pull: Float64Array, relaxation: Relaxation, vectors: Float64Array, i: number): number {
  const { offsets, neighbours, weights } = relaxation;
  const k = pull.length;
  pull.fill(0);
  for (let p = offsets[i]; p < offsets[i + 1]; p++) {
    const from = neighbours[p] * k;
    for (let c = 0; c < k; c++) pull[c] += weights[p] * vectors[from + c];
  }
  let squared = 0;
  for (let c = 0; c < k; c++) squared += pull[c] * pull[c];
  return Math.sqrt(squared);
}
