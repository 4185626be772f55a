import type { EigenFailure } from '../numerics/linalg/symmetricEigen.ts';
import { type BlockSpectrum, blockSpectrum } from '../numerics/optimize/certify/blockSpectrum.ts';
import { expectationSafety, type RandomizedObjective } from './randomizedObjective.ts';

/**
 * Computes the extreme eigenvalues of the b-block of the Hessian of an expectation.
 *
 * Guarantee: |λ_min(∇²_b f) − lowest| ≤ error, which adds to that of `blockSpectrum` the objective's own expectation
 * error, as far as that can be trusted.
 *
 * Cost: k Hessian-vector products and 14 k³ operations; meant for k up to a few hundred.
 */
export function shiftCurvature(
  objective: RandomizedObjective,
  x: Float64Array,
): BlockSpectrum | EigenFailure {
  const { shift } = objective;
  const spectrum = blockSpectrum(objective, x, shift.start, shift.length);
  if (spectrum.outcome !== 'decomposed') return spectrum;
  const expectation = expectationSafety * objective.expectationErrorAt(x).shiftHessian;
  return { ...spectrum, error: spectrum.error + expectation };
}
