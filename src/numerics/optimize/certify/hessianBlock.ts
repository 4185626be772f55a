import { checkInteger, checkLength } from '../../base/checks.ts';
import { allFinite } from '../../linalg/vectors.ts';
import type { Objective } from '../objective.ts';

/** A symmetrised diagonal block of the Hessian. */
export interface HessianBlock {
  readonly outcome: 'evaluated';
  /** length·length, row-major, exactly symmetric. */
  readonly matrix: Float64Array;
  /** ‖(H − Hᵀ)/2‖_F of the block before it was symmetrised: 0 but for rounding if the products are right. */
  readonly asymmetry: number;
  /** ‖H‖_F of the block. */
  readonly size: number;
}

/**
 * Evaluates a diagonal block of ∇²f(x) by one Hessian product a column.
 *
 * @param x dimension entries
 * @param start first coordinate of the block
 * @param length number of coordinates, at least 1
 * @returns fresh arrays; `non-finite` if an entry is not finite
 * @throws RangeError if the block leaves [0, dimension) or x has the wrong length
 * Cost: `length` Hessian products, length² numbers.
 */
export function hessianBlock(
  objective: Objective,
  x: Float64Array,
  start: number,
  length: number,
): HessianBlock | { readonly outcome: 'non-finite' } {
  const { dimension } = objective;
  checkLength('x', x, dimension);
  checkInteger('start', start, 0, dimension - 1);
  checkInteger('length', length, 1, dimension - start);
  const direction = new Float64Array(dimension);
  const column = new Float64Array(dimension);
  const matrix = new Float64Array(length * length);
  for (let j = 0; j < length; j++) {
    direction[start + j] = 1;
    objective.hessianVectorInto(column, x, direction);
    direction[start + j] = 0;
    for (let i = 0; i < length; i++) matrix[i * length + j] = column[start + i];
  }
  return symmetrized(matrix, length);
}

/** Makes a block symmetric, in place, and tells how far from it it was. */
export function symmetrized(
  matrix: Float64Array,
  length: number,
): HessianBlock | { readonly outcome: 'non-finite' } {
  if (!allFinite(matrix)) return { outcome: 'non-finite' };
  let skew = 0;
  let total = 0;
  for (let i = 0; i < length; i++) {
    total += matrix[i * length + i] ** 2;
    for (let j = 0; j < i; j++) {
      const lower = matrix[i * length + j];
      const upper = matrix[j * length + i];
      skew += (lower - upper) ** 2 / 2;
      total += lower ** 2 + upper ** 2;
      matrix[i * length + j] = (lower + upper) / 2;
      matrix[j * length + i] = matrix[i * length + j];
    }
  }
  return { outcome: 'evaluated', matrix, asymmetry: Math.sqrt(skew), size: Math.sqrt(total) };
}
