import { type ConstraintProblem, totalWeight } from './constraints.ts';

/**
 * The satisfied weight as a polynomial of degree two in signs x_i = ±1.
 *
 *     Q(x) = constant + Σ_i a_i x_i + Σ_{i<j} b_ij x_i x_j
 *
 * Couplings stand in compressed sparse rows, each in both of its rows; all arrays are read-only by convention.
 */
export interface SignQuadratic {
  readonly variables: number;
  readonly constant: number;
  /** a: one entry a variable. */
  readonly field: Float64Array;
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
  /** b. */
  readonly weights: Float64Array;
  /** Σ w over the constraints: no assignment satisfies more. */
  readonly totalWeight: number;
}

/**
 * Expands constraints into a polynomial in signs, with s the sign of each literal.
 *
 *     clause:       w·(1 − (1 − s_i x_i)(1 − s_j x_j)/4)
 *     conjunction:  w·(1 + s_i x_i)(1 + s_j x_j)/4
 *
 * Guarantee: Q(x) is the satisfied weight of every assignment, exactly where sums of quarters of weights are.
 *
 * Cost: O(n + m) and a Map entry a pair of variables.
 */
export function signQuadratic(problem: ConstraintProblem): SignQuadratic {
  const { variables: n, kind, first, second, weights } = problem;
  const field = new Float64Array(n);
  const rows = Array.from({ length: n }, () => new Map<number, number>());
  let constant = 0;
  const couple = (i: number, j: number, value: number): void => {
    rows[i].set(j, (rows[i].get(j) ?? 0) + value);
    rows[j].set(i, (rows[j].get(i) ?? 0) + value);
  };
  for (let c = 0; c < weights.length; c++) {
    const i = Math.abs(first[c]) - 1;
    // One literal is the same as that literal twice.
    const other = second[c] === 0 ? first[c] : second[c];
    const j = Math.abs(other) - 1;
    const quarter = weights[c] / 4;
    const both = Math.sign(first[c]) * Math.sign(other) * (kind === 'clauses' ? -quarter : quarter);
    constant += kind === 'clauses' ? 3 * quarter : quarter;
    field[i] += Math.sign(first[c]) * quarter;
    field[j] += Math.sign(other) * quarter;
    if (i === j) constant += both;
    else couple(i, j, both);
  }
  return { variables: n, constant, field, ...compressed(rows), totalWeight: totalWeight(problem) };
}

function compressed(rows: readonly Map<number, number>[]) {
  const offsets = new Int32Array(rows.length + 1);
  const neighbours: number[] = [];
  const weights: number[] = [];
  rows.forEach((row, i) => {
    for (const [j, value] of [...row].sort(([a], [b]) => a - b)) {
      if (value === 0) continue;
      neighbours.push(j);
      weights.push(value);
    }
    offsets[i + 1] = neighbours.length;
  });
  return { offsets, neighbours: Int32Array.from(neighbours), weights: Float64Array.from(weights) };
}

/** F_i = a_i + Σ_j b_ij x_j: what x_i is multiplied by in Q, at signs or at means in [−1, 1]. */
export function fieldAt(
  { field, offsets, neighbours, weights }: SignQuadratic,
  means: ArrayLike<number>,
  i: number,
): number {
  let sum = field[i];
  for (let p = offsets[i]; p < offsets[i + 1]; p++) sum += weights[p] * means[neighbours[p]];
  return sum;
}

/** Q at signs, or at independent means, of which it is the expectation. */
export function quadraticValue(quadratic: SignQuadratic, means: ArrayLike<number>): number {
  const { variables, constant, field } = quadratic;
  let value = constant;
  for (let i = 0; i < variables; i++) value += (means[i] * (field[i] + fieldAt(quadratic, means, i))) / 2;
  return value;
}
