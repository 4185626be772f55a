import type { EigenFailure } from '../numerics/linalg/symmetricEigen.ts';
import { type BlockSpectrum, blockSpectrum, spectrumOf } from '../numerics/optimize/certify/blockSpectrum.ts';
import { type ExpectationError, expectationSafety, type RandomizedObjective } from './randomizedObjective.ts';

/**
 * Computes the extreme eigenvalues of the b-block of the Hessian of an expectation.
 *
 * Guarantee: |λ_min(∇²_b f) − lowest| ≤ error, which adds to that of `blockSpectrum` the objective's own expectation
 * error, as far as that can be trusted.
 *
 * @param expectationError the objective's at x, where it is known already
 * Cost: k Hessian-vector products, or the objective's own block where it has one, and 14 k³ operations; meant for k up
 * to a few hundred.
 */
export function shiftCurvature(
  objective: RandomizedObjective,
  x: Float64Array,
  expectationError: ExpectationError = objective.expectationErrorAt(x),
): BlockSpectrum | EigenFailure {
  const { shift, dimension } = objective;
  const spectrum =
    objective.shiftHessianInto === undefined
      ? blockSpectrum(objective, x, shift.start, shift.length)
      : spectrumOf(
          objective.shiftHessianInto(new Float64Array(shift.length ** 2), x),
          shift.length,
          dimension,
        );
  if (spectrum.outcome !== 'decomposed') return spectrum;
  const expectation = expectationSafety * expectationError.shiftHessian;
  return { ...spectrum, error: spectrum.error + expectation };
}
