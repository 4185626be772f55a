/** Most points that a page embeds: a descent of some seconds. */
export const mostPoints = 24;

/** The descent of Theorem 5.5 on a set of points, to be watched. */
export interface PointsTask {
  readonly kind: 'points';
  /** pointCount·dimension coordinates, row-major. */
  readonly values: Float64Array;
  readonly pointCount: number;
  readonly dimension: number;
  /** ε in (0, 1). */
  readonly distortion: number;
  readonly seed: string;
}

/** One moment of the descent. */
export interface PointsFrame {
  readonly step: number;
  /** |σ|. */
  readonly deviation: number;
  /** |Mu|² − 1 for the direction u of each pair. */
  readonly distortions: Float64Array;
}

/** A whole descent, with what it is held against. */
export interface PointsFrames {
  readonly kind: 'points';
  readonly frames: readonly PointsFrame[];
  /** Rows of the matrix, from the union bound. */
  readonly rows: number;
  /** |Gu|² − 1 for Gaussian matrices of as many rows, one after the other. */
  readonly random: readonly Float64Array[];
  /** Σ p at the end; below the threshold no pair is distorted by more than ε. */
  readonly violationSum: number;
  readonly threshold: number;
}
