import { axpyInto, dot, scaleInto } from '../linalg/vectors.ts';
import type { DescentState } from './descentDriver.ts';

/** Buffers of {@link steihaugStep}, each of the dimension of f; the step is found in `step`. */
export interface SteihaugWorkspace {
  readonly step: Float64Array;
  readonly residual: Float64Array;
  readonly direction: Float64Array;
  readonly image: Float64Array;
}

/** What the truncated step promises. */
export interface ModelStep {
  /** m(0) − m(step) ≥ 0 of the quadratic model; not finite if a Hessian product was not. */
  readonly decrease: number;
  readonly length: number;
  /** Whether the step ends on the boundary of the region. */
  readonly onBoundary: boolean;
}

/**
 * Minimises the quadratic model approximately inside a ball, by conjugate gradients.
 *
 *     m(s) = ∇f·s + ½ sᵀ∇²f s,  ‖s‖ ≤ radius
 *
 * Ends inside when the residual falls to `tolerance`, or on the boundary when an iterate leaves the ball or a
 * direction of negative curvature is met.
 *
 * Guarantee: the decrease is at least that of the Cauchy point: ½‖∇f‖ min(radius, ‖∇f‖/‖∇²f‖).
 *
 * @returns the promise; the step itself is in `workspace.step`
 *
 * Source: T. Steihaug, SIAM J. Numer. Anal. 20 (1983); Nocedal and Wright (2006), Algorithm 7.2.
 * Cost: one Hessian product an iteration, at most 2·dimension iterations; no array is allocated.
 */
export function steihaugStep(
  state: DescentState,
  radius: number,
  tolerance: number,
  workspace: SteihaugWorkspace,
): ModelStep {
  const { step, residual, direction, image } = workspace;
  const limit = 2 * state.dimension;
  step.fill(0);
  residual.set(state.gradient);
  scaleInto(direction, -1, residual);
  let decrease = 0;
  let square = dot(residual, residual);
  for (let iteration = 0; iteration < limit; iteration++) {
    state.hessianVectorInto(image, direction);
    const curvature = dot(direction, image);
    // On the current direction the model is −square·t + ½ curvature·t².
    const inner = curvature > 0 ? square / curvature : Infinity;
    const outer = distanceToBoundary(step, direction, radius);
    if (!(inner < outer)) {
      axpyInto(step, outer, direction);
      decrease += outer * square - 0.5 * outer * outer * curvature;
      return { decrease, length: radius, onBoundary: true };
    }
    axpyInto(step, inner, direction);
    decrease += 0.5 * inner * square;
    axpyInto(residual, inner, image);
    const next = dot(residual, residual);
    if (Math.sqrt(next) <= tolerance) break;
    scaleInto(direction, next / square, direction);
    axpyInto(direction, -1, residual);
    square = next;
  }
  return { decrease, length: Math.sqrt(dot(step, step)), onBoundary: false };
}

/**
 * The t ≥ 0 with ‖step + t·direction‖ = radius, for ‖step‖ ≤ radius. Iterates of conjugate gradients grow, so
 * step·direction ≥ 0 and nothing cancels.
 */
function distanceToBoundary(step: Float64Array, direction: Float64Array, radius: number): number {
  const a = dot(direction, direction);
  const b = dot(step, direction);
  const c = Math.max(0, radius * radius - dot(step, step));
  return c / (b + Math.sqrt(b * b + a * c));
}
