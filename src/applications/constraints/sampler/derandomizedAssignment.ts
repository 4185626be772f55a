import { checkLength } from '../../../numerics/base/checks.ts';
import { lbfgs } from '../../../numerics/optimize/lbfgs.ts';
import type { Optimizer, StationarityGoal } from '../../../numerics/optimize/optimizer.ts';
import { trustRegion } from '../../../numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { type AssignmentCertificate, certifyAssignment } from '../bound/assignmentCertificate.ts';
import type { Assignment } from '../problem/constraints.ts';
import { roundAssignment } from './conditionalRounding.ts';
import type { SmoothedAssignment } from './smoothedAssignment.ts';

/** A deterministic assignment found by descending from a random one, with its evidence. */
export interface DerandomizedAssignment {
  /** `reached`: gradient and Ritz value passed the goal; see `Descent` for the others. The certificate decides. */
  readonly outcome: 'reached' | 'step-limit' | 'non-finite' | 'breakdown';
  /** A fresh array, V then μ. */
  readonly point: Float64Array;
  readonly startValue: number;
  readonly value: number;
  readonly assignment: Assignment;
  readonly certificate: AssignmentCertificate;
  /** Gradients and Hessian products. */
  readonly evaluations: number;
}

/** Most steps of the quasi-Newton descent and of the trust region after it. */
export interface DerandomizeOptions {
  readonly steps?: number;
  readonly newtonSteps?: number;
}

/**
 * Descends from a random assignment with thresholds to a joint second-order stationary point, and rounds what is left.
 *
 *     (V, μ)  →  L-BFGS  →  trust region with negative-curvature steps  →  V ≈ 0  →  conditional expectations
 *
 * The trust region minimises f + Q of the signs at its start, the same function without cancellation.
 *
 * Guarantee: f never rises, so Q(assignment) ≥ −f(start) − certificate.spreadLoss, up to the rounding of f.
 *
 * @param stream source of Lanczos' starts
 * @param start V then μ; not written to
 * @param goal usually `assignmentGoal(objective)`
 * @returns fresh arrays
 * Source: arXiv 2510.19382, Theorem 5.2, for constraints.
 */
export function derandomizeAssignment(
  stream: RandomStream,
  objective: SmoothedAssignment,
  start: Float64Array,
  goal: StationarityGoal,
  options: DerandomizeOptions = {},
): DerandomizedAssignment {
  const { steps = 1000, newtonSteps = 60 } = options;
  checkLength('start', start, objective.dimension);
  const { quadratic, smoothing, shift } = objective;
  // Half of what is asked for, so that the certificate can add its rounding and still pass.
  const half = {
    gradientTolerance: goal.gradientTolerance / 2,
    curvatureTolerance: goal.curvatureTolerance / 2,
  };
  const first: Optimizer = lbfgs({ stepLimit: steps, krylovSteps: 60 });
  const rough = {
    ...half,
    gradientTolerance: Math.max(half.gradientTolerance, 1e-6 * (quadratic.totalWeight || 1)),
  };
  const quick = first.minimize(stream.fork('descent'), objective, start, rough);
  const signs = Int8Array.from(quick.point.subarray(shift.start), (mean) => (mean < 0 ? -1 : 1));
  const tails = { ...objective, value: objective.excessOver(signs) };
  const finish = trustRegion({ stepLimit: newtonSteps, krylovSteps: 60 });
  const end = finish.minimize(stream.fork('finish'), tails, quick.point, half);
  return {
    outcome: end.outcome,
    point: end.point,
    startValue: objective.value(start),
    value: objective.value(end.point),
    assignment: roundAssignment(quadratic, end.point.subarray(shift.start), smoothing),
    certificate: certifyAssignment(objective, end.point),
    evaluations: quick.gradients + quick.hessianProducts + end.gradients + end.hessianProducts,
  };
}
