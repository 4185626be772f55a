import type { EdgeList } from '../../src/applications/maxcut/graph/graph.ts';

/** Most vertices that a page descends on. */
export const mostVertices = 200;

/** The descent of Theorem 5.2 on one graph, to be watched. */
export interface CutTask {
  readonly kind: 'cut';
  readonly vertexCount: number;
  readonly edges: EdgeList;
  readonly seed: string;
}

/** One moment of the descent. */
export interface CutFrame {
  readonly step: number;
  /** μ, one number a vertex. */
  readonly mean: Float64Array;
  /** ‖V_i‖, one number a vertex. */
  readonly spread: Float64Array;
  /** The cut of sign(μ). */
  readonly cut: number;
  /** The expected cut, smoothed. */
  readonly expectation: number;
}

/** A whole descent, with what it is held against. */
export interface CutFrames {
  readonly kind: 'cut';
  readonly frames: readonly CutFrame[];
  /** The exact expected cut of a random hyperplane. */
  readonly hyperplanes: number;
  /** No cut is larger. */
  readonly bound: number;
  readonly certificate: {
    readonly weightNorm: number;
    readonly weightBound: number;
    readonly gradientNorm: number;
    readonly gradientTolerance: number;
    readonly lowestCurvature: number;
    readonly curvatureTolerance: number;
  };
}
