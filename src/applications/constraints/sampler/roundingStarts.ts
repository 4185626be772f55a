import { gaussLegendre } from '../../../numerics/quadrature/gaussLegendre.ts';
import { normalDensity } from '../../../numerics/statistics/normal.ts';
import type { RelaxationSolution } from '../bound/relaxation.ts';
import { hyperplaneMeans, rotatedThreshold } from '../bound/roundingRatios.ts';
import type { SignQuadratic } from '../problem/signQuadratic.ts';
import { rowProduct } from './signBands.ts';
import type { SmoothedAssignment } from './smoothedAssignment.ts';

/** The vectors of a relaxation as seen from v₀. */
export interface SeenFromTruth {
  /** k: the dimension of the space orthogonal to v₀. */
  readonly rank: number;
  /** c_i = v₀·v_i. */
  readonly cosines: Float64Array;
  /** n·k, row-major: the parts orthogonal to v₀. */
  readonly across: Float64Array;
}

/**
 * Splits the vectors into their parts along v₀ and across it, by the reflection that takes v₀ to the first axis.
 *
 * Guarantee: c_i c_j + (row i)·(row j) = v_i·v_j, rounding aside.
 */
export function seenFromTruth({ rank, vectors, multipliers }: RelaxationSolution): SeenFromTruth {
  const n = multipliers.length - 1;
  const truth = vectors.subarray(n * rank, (n + 1) * rank);
  const cosines = new Float64Array(n);
  const across = new Float64Array(n * (rank - 1));
  // Householder: u = v₀ ± e₁, with the sign that does not cancel.
  const sign = truth[0] < 0 ? -1 : 1;
  const mirror = Float64Array.from(truth);
  mirror[0] += sign;
  const square = mirror.reduce((sum, entry) => sum + entry * entry, 0);
  for (let i = 0; i < n; i++) {
    let along = 0;
    for (let c = 0; c < rank; c++) along += mirror[c] * vectors[i * rank + c];
    const factor = (2 * along) / square;
    cosines[i] = -sign * (vectors[i * rank] - factor * mirror[0]);
    for (let c = 1; c < rank; c++) {
      across[i * (rank - 1) + c - 1] = vectors[i * rank + c] - factor * mirror[c];
    }
  }
  return { rank: rank - 1, cosines, across };
}

/** A point to descend from: a random assignment that is worth `-value` in expectation, smoothing and λ taken off. */
export interface RoundingStart {
  /** V then μ; a fresh array. */
  readonly point: Float64Array;
  readonly value: number;
}

/** Nodes and weights of E over |t|, t ~ N(0, 1); beyond 8 lies 10⁻¹⁵ of it. */
function halfNormalRule(nodes: number) {
  const rule = gaussLegendre(nodes);
  const at = rule.nodes.map((node) => 4 * (1 + node));
  return { at, weights: rule.weights.map((weight, q) => 8 * weight * normalDensity(at[q])) };
}

/** The point of a hyperplane with v₀·z = t. */
export function hyperplanePoint({ cosines, across }: SeenFromTruth, t: number): Float64Array {
  return Float64Array.from([...across, ...cosines.map((cosine) => t * cosine)]);
}

/** Hyperplanes with a fixed v₀·z = t, over the nodes of a quadrature in t. */
export interface HyperplaneStarts {
  /** The one that is worth most: often nearly the signs of v₀·v_i, which t → ∞ leads to. */
  readonly best: RoundingStart;
  /** The one of the smallest t that is worth no less than their mean: as random as a start may be. */
  readonly fair: RoundingStart;
  /** The mean of f over all hyperplanes, up to the quadrature. */
  readonly mean: number;
}

/**
 * Evaluates the hyperplanes with a fixed v₀·z = t.
 *
 * Guarantee: the values of `best` and `fair` are at most `mean`: both are worth no less than random hyperplanes,
 * smoothing, λ and the quadrature aside.
 *
 * Cost: as many values as nodes.
 */
export function hyperplaneStarts(
  objective: SmoothedAssignment,
  seen: SeenFromTruth,
  nodes = 40,
): HyperplaneStarts {
  const rule = halfNormalRule(nodes);
  const values = rule.at.map((t) => objective.value(hyperplanePoint(seen, t)));
  const mass = rule.weights.reduce((sum, weight) => sum + weight, 0);
  const mean = values.reduce((sum, value, q) => sum + (value * rule.weights[q]) / mass, 0);
  const startAt = (value: number): RoundingStart => ({
    point: hyperplanePoint(seen, rule.at[values.indexOf(value)]),
    value,
  });
  const lowest = Math.min(...values);
  return { best: startAt(lowest), fair: startAt(values.find((value) => value <= mean) ?? lowest), mean };
}

/**
 * The point of the rotated thresholds: unit rows across v₀, μ_i = 2 cot(f(θ_i)); see `rotatedThreshold`.
 *
 * A row that has no part across v₀ stays 0, and its variable is decided by its threshold.
 */
export function rotatedPoint({ rank: k, cosines, across }: SeenFromTruth): Float64Array {
  const rows = Float64Array.from(across);
  for (let i = 0; i < cosines.length; i++) {
    const length = Math.sqrt(rowProduct(across, k, i, i));
    if (length > 0) for (let c = i * k; c < (i + 1) * k; c++) rows[c] /= length;
  }
  return Float64Array.from([...rows, ...cosines.map(rotatedThreshold)]);
}

/**
 * E Q of a random hyperplane, v₀ on the side of true: every inner product ρ becomes (2/π) arcsin ρ.
 *
 * Source: M. Goemans and D. Williamson (1995), section 7.
 */
export function hyperplaneExpectation(
  quadratic: SignQuadratic,
  { rank, cosines, across }: SeenFromTruth,
): number {
  const { variables, constant, field, offsets, neighbours, weights } = quadratic;
  let expected = constant;
  for (let i = 0; i < variables; i++) {
    expected += field[i] * hyperplaneMeans({ one: cosines[i], other: 0, both: 0 }).one;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      if (j <= i) continue;
      const both = cosines[i] * cosines[j] + rowProduct(across, rank, i, j);
      expected += weights[p] * hyperplaneMeans({ one: cosines[i], other: cosines[j], both }).both;
    }
  }
  return expected;
}
