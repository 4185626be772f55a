import type { Objective } from '../numerics/optimize/objective.ts';

/**
 * How a run of coordinates s, starting at `start`, makes the random weights W (rows × columns).
 *
 * - `matrix`: W itself, row-major, rows·columns coordinates (first-layer W⊥; hyperplane vectors V).
 * - `scalar`: W = σ·I, one coordinate σ, rows = columns (isotropic sampler N(M, σ²I)).
 * - `diagonal`: W = diag(σ₁ … σ_rows), rows coordinates, rows = columns (diagonal sampler).
 *
 * In each case ‖W‖_F² = c·|s|², with c = rows for `scalar` and 1 otherwise.
 */
export interface RandomWeights {
  readonly kind: 'matrix' | 'scalar' | 'diagonal';
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
}

/** The shift b: `length` coordinates from `start`; entry i shifts row i of W. */
export interface Shift {
  readonly start: number;
  readonly length: number;
}

/**
 * An estimated expectation error enters every certificate and tolerance this many times over. The estimate is the
 * change to coarser rules, which is their error up to the error of the rule itself.
 */
export const expectationSafety = 2;

/** How far computed derivatives of the expectation may be from the true ones at a point. */
export interface ExpectationError {
  /** Bound or estimate of the error of the W-block of ∇f, in Euclidean norm. */
  readonly weightGradient: number;
  /** Bound or estimate of the error of ∇²_b f, in spectral norm. */
  readonly shiftHessian: number;
  /** `closed-form`: rounding only; `enclosure`: a proven bound; `quadrature`: the change between two rules; `sample`: standard error. */
  readonly method: 'closed-form' | 'enclosure' | 'quadrature' | 'sample';
}

/**
 * The lemma's objective: f(W, b; θ) = E_x[g_θ(Wx + b)] + λ‖W‖_F² with x ~ N(0, I).
 *
 * The expectation is part of `value`, `gradientInto` and `hessianVectorInto`: nothing here samples. The W of the
 * lemma is a first layer's W⊥, the vectors V of a hyperplane rounding, or the deviation σ of a sampled
 * projection; b is the bias, the mean μ or the mean matrix M. Coordinates in neither block are θ.
 *
 * Stein's lemma makes (∇²_b f + 2λI) W the gradient with respect to W, at every point.
 */
export interface RandomizedObjective extends Objective {
  readonly weights: RandomWeights;
  /** `shift.length` equals `weights.rows`. */
  readonly shift: Shift;
  /** λ ≥ 0, the factor of ‖W‖_F². */
  readonly regularization: number;
  /**
   * K of Definition 2.2 where one is known: a Hessian-Lipschitz constant of g over all of its arguments.
   * Absent where none exists globally.
   */
  readonly hessianLipschitz?: number;
  /**
   * Writes ∇²_b f, row-major and symmetric up to rounding, where that costs less than a Hessian product a column:
   * certificates then use it.
   */
  readonly shiftHessianInto?: (out: Float64Array, x: Float64Array) => Float64Array;
  /** How far the computed derivatives may be from those of the true expectation at x. */
  expectationErrorAt(x: Float64Array): ExpectationError;
}
