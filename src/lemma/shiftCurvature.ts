import { type EigenFailure, symmetricEigen } from '../linalg/symmetricEigen.ts';
import { hessianBlock } from '../optimize/hessianBlock.ts';
import { expectationSafety, type RandomizedObjective } from './randomizedObjective.ts';

/** The lowest eigenvalue of ∇²_b f at a point, from the dense matrix. */
export interface ShiftCurvature {
  readonly outcome: 'decomposed';
  readonly lowest: number;
  readonly highest: number;
  /** The true extremes are within `error`: eigenvalue rounding, asymmetry of the products, expectation error. */
  readonly error: number;
}

/**
 * Computes the extreme eigenvalues of the b-block of the Hessian.
 *
 * Guarantee: |λ_min(∇²_b f) − lowest| ≤ error, as far as the objective's own expectation error can be trusted.
 *
 * Cost: k Hessian-vector products and 12 k³ operations; meant for k up to a few hundred.
 */
export function shiftCurvature(
  objective: RandomizedObjective,
  x: Float64Array,
): ShiftCurvature | EigenFailure {
  const { shift, dimension } = objective;
  const k = shift.length;
  const block = hessianBlock(objective, x, shift.start, k);
  if (block.outcome !== 'evaluated') return block;
  const eigen = symmetricEigen(block.matrix, k);
  if (eigen.outcome !== 'decomposed') return eigen;
  const rounding = dimension * Number.EPSILON * block.size;
  const expectation = expectationSafety * objective.expectationErrorAt(x).shiftHessian;
  const error = eigen.error + block.asymmetry + rounding + expectation;
  return { outcome: 'decomposed', lowest: eigen.values[0], highest: eigen.values[k - 1], error };
}
