/**
 * A smooth function from R^dimension to R with its first derivative and its second derivative as a product.
 *
 * Kernels write into `out` (which may not alias their inputs) and return it. They allocate nothing; an objective
 * owns its workspace, so one objective must not be evaluated from inside its own evaluation.
 */
export interface Objective {
  readonly dimension: number;
  /** f(x); not finite only where f itself overflows. */
  value(x: Float64Array): number;
  /** ∇f(x). */
  gradientInto(out: Float64Array, x: Float64Array): Float64Array;
  /** ∇²f(x)·direction. */
  hessianVectorInto(out: Float64Array, x: Float64Array, direction: Float64Array): Float64Array;
}
