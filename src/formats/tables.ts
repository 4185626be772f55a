/** Most vertices and edges a graph may have: what typed arrays of a few hundred megabytes hold. */
export const graphLimits = { vertices: 10_000_000, edges: 50_000_000 } as const;

/** Most entries a table of numbers may have: 1 GiB of float64. */
export const mostEntries = 2 ** 27;

/**
 * Edges as a file gives them: edge e joins `sources[e]` and `targets[e]`, counted from 0, with weight `weights[e]`.
 *
 * Guarantee: no loops, each pair at most once, finite weights whose absolute sum is far from overflow.
 */
export interface EdgeTable {
  readonly kind: 'edges';
  readonly format: string;
  readonly vertexCount: number;
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float64Array;
  /** Line of each edge in the file, counted from 1; 0 where the format has no lines. */
  readonly lines: Int32Array;
  /** What the file calls its vertices; absent where it counts them from 0 or 1 without a gap. */
  readonly names?: readonly string[];
  /** What was skipped, merged, relabelled or taken as a header: one phrase each. */
  readonly notes: readonly string[];
}

/**
 * A quadratic function of binary or spin variables:
 *
 *     E(x) = offset + Σ linear[i] x_i + Σ values[k] x_{sources[k]} x_{targets[k]}
 *
 * Guarantee: sources[k] ≠ targets[k], each pair at most once, finite coefficients.
 */
export interface QuadraticTable {
  readonly kind: 'quadratic';
  readonly format: string;
  /** binary: x ∈ {0, 1}; spin: x ∈ {−1, 1}. */
  readonly variables: 'binary' | 'spin';
  readonly sense: 'minimize' | 'maximize';
  readonly offset: number;
  readonly linear: Float64Array;
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  readonly values: Float64Array;
  readonly names?: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Clauses of one or two literals as a file gives them. A literal is a variable's number, from 1, with a minus sign where it
 * is negated; the second is 0 where a clause has one.
 *
 * Guarantee: literals of at most `variables`, no literal twice in a clause, finite weights of at least 0.
 */
export interface ClauseTable {
  readonly kind: 'clauses';
  readonly format: string;
  readonly variables: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** 1 for hard clauses, which have no weight of their own. */
  readonly weights: Float64Array;
  /** 1 where a clause must be satisfied. */
  readonly hard: Uint8Array;
  /** Line of each clause in the file, counted from 1. */
  readonly lines: Int32Array;
  readonly notes: readonly string[];
}

/** A rectangle of finite numbers as a file gives it. */
export interface NumberTable {
  readonly format: string;
  /** rows·columns entries, row-major. */
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** What the file calls its columns, where it does. */
  readonly columnNames?: readonly string[];
  /** What was skipped, dropped, converted or taken as a header: one phrase each. */
  readonly notes: readonly string[];
}

/** A row-major matrix, as the writers take it. */
export type MatrixValues = Pick<NumberTable, 'values' | 'rows' | 'columns'>;
