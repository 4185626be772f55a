/** Most vertices and edges a graph may have: what typed arrays of a few hundred megabytes hold. */
export const graphLimits = { vertices: 10_000_000, edges: 50_000_000 } as const;

/** Edges as a file gives them: edge e joins `sources[e]` and `targets[e]`, counted from 0, with weight `weights[e]`. */
export interface EdgeTable {
  readonly format: string;
  readonly vertexCount: number;
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float64Array;
  /** Line of each edge in the file, counted from 1. */
  readonly lines: Int32Array;
}

/** A rectangle of numbers as a file gives it. */
export interface NumberTable {
  /** rows·columns entries, row-major. */
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** What the file calls its columns, where it does. */
  readonly columnNames?: readonly string[];
}
