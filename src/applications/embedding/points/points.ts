/** A finite set of points, one a row. */
export interface PointSet {
  /** pointCount·dimension coordinates, row-major: coordinate j of point i stands at i·dimension + j. All finite. */
  readonly values: Float64Array;
  readonly pointCount: number;
  readonly dimension: number;
}

/** A linear map from R^columns to R^rows: the embedding of a point x is matrix times x, scale included. */
export interface ProjectionMatrix {
  /** rows·columns entries, row-major. */
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** The number of unordered pairs of n points. */
export function pairCount(n: number): number {
  return (n * (n - 1)) / 2;
}
