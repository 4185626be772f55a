import type { Graph } from '../graph/graph.ts';

/** What fixes the smoothed cut of a graph: points are [V row-major, n·rank entries; μ, n entries]. */
export interface SmoothedCutShape {
  readonly graph: Graph;
  /** k, the columns of V. */
  readonly rank: number;
  /** τ. */
  readonly smoothing: number;
  /** λ. */
  readonly regularization: number;
}

/** Numbers by vertex that the kernels of one objective overwrite: n entries each. */
export interface SmoothedCutWorkspace {
  /** s_i, or its inverse within the gradient. */
  readonly scale: Float64Array;
  /** h_i = μ_i/s_i. */
  readonly standard: Float64Array;
  /** φ(h_i), or Φ(h_i) within the value. */
  readonly density: Float64Array;
  /** Derivatives of s_i and h_i along a direction. */
  readonly scaleRate: Float64Array;
  readonly standardRate: Float64Array;
  /** The factor of v_i in its own gradient, times s_i², and its derivative along a direction. */
  readonly own: Float64Array;
  readonly ownRate: Float64Array;
}

/** Allocates the workspace for n vertices. */
export function smoothedCutWorkspace(n: number): SmoothedCutWorkspace {
  const column = (): Float64Array => new Float64Array(n);
  return {
    scale: column(),
    standard: column(),
    density: column(),
    scaleRate: column(),
    standardRate: column(),
    own: column(),
    ownRate: column(),
  };
}

/** work.scale and work.standard ← s_i = √(|v_i|² + τ²) and h_i = μ_i/s_i. */
export function standardizeInto(
  work: SmoothedCutWorkspace,
  { graph, rank: k, smoothing }: SmoothedCutShape,
  x: Float64Array,
): void {
  const { scale, standard } = work;
  const n = graph.vertexCount;
  for (let i = 0; i < n; i++) {
    let squared = smoothing * smoothing;
    for (let c = i * k; c < (i + 1) * k; c++) squared += x[c] * x[c];
    scale[i] = Math.sqrt(squared);
    standard[i] = x[n * k + i] / scale[i];
  }
}

/** v_i·v_j. */
export function rowProduct(x: Float64Array, k: number, i: number, j: number): number {
  let sum = 0;
  for (let c = 0; c < k; c++) sum += x[i * k + c] * x[j * k + c];
  return sum;
}
