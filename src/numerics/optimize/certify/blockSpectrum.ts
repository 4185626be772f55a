import { type EigenFailure, symmetricEigen } from '../../linalg/symmetricEigen.ts';
import type { Objective } from '../objective.ts';
import { type HessianBlock, hessianBlock, symmetrized } from './hessianBlock.ts';

/** The extreme eigenvalues of a diagonal block of a Hessian. */
export interface BlockSpectrum {
  readonly outcome: 'decomposed';
  readonly lowest: number;
  readonly highest: number;
  /** The true extremes are within this: eigenvalue rounding, asymmetry of the products, rounding of the entries. */
  readonly error: number;
}

/**
 * Computes the extreme eigenvalues of a diagonal block of ∇²f(x), such as the b-block of the lemma, from the dense
 * matrix.
 *
 * Guarantee: |λ_min(block) − lowest| ≤ error and |λ_max(block) − highest| ≤ error, where error adds the computed
 * bound of `symmetricEigen`, the asymmetry of the products and `dimension` roundings of each entry. For a proper
 * block `lowest` + error is an upper bound on λ_min of the whole.
 *
 * @param x dimension entries, not written to
 * @param start first coordinate of the block
 * @param length number of coordinates, at least 1
 * @throws RangeError if the block leaves [0, dimension)
 * Cost: `length` Hessian products and about 14·length³ operations; meant for blocks of up to a few hundred.
 */
export function blockSpectrum(
  objective: Objective,
  x: Float64Array,
  start: number,
  length: number,
): BlockSpectrum | EigenFailure {
  return spectrumOfBlock(hessianBlock(objective, x, start, length), length, objective.dimension);
}

/**
 * The same for a block that was evaluated otherwise.
 *
 * @param matrix length·length, row-major; made symmetric in place
 * @param roundings of each entry, at most
 */
export function spectrumOf(
  matrix: Float64Array,
  length: number,
  roundings: number,
): BlockSpectrum | EigenFailure {
  return spectrumOfBlock(symmetrized(matrix, length), length, roundings);
}

function spectrumOfBlock(
  block: HessianBlock | { readonly outcome: 'non-finite' },
  length: number,
  roundings: number,
): BlockSpectrum | EigenFailure {
  if (block.outcome !== 'evaluated') return block;
  const eigen = symmetricEigen(block.matrix, length);
  if (eigen.outcome !== 'decomposed') return eigen;
  const error = eigen.error + block.asymmetry + roundings * Number.EPSILON * block.size;
  return { outcome: 'decomposed', lowest: eigen.values[0], highest: eigen.values[length - 1], error };
}
