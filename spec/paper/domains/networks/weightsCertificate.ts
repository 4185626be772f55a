import { lemmaCertificate } from '../../../../src/lemma/lemmaCertificate.ts';
import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { steinResidual } from '../../../../src/lemma/steinResidual.ts';
import { rounding } from '../../../../src/numerics/base/tolerance.ts';
import type { Certificate } from '../../../../src/papers/claims/exhibit.ts';

/**
 * The lemma at one point with all that it speaks of: W, the gradient along it, and the Hessian block of the shift.
 *
 * @param where the point, in words
 * @returns nothing where the lemma says nothing: 2λ ≤ γ
 */
export function weightsCertificate(
  id: string,
  where: string,
  objective: RandomizedObjective,
  point: Float64Array,
): readonly Certificate[] {
  const { weights, shift, dimension, regularization } = objective;
  const certificate = lemmaCertificate(objective, point);
  if (certificate.outcome !== 'certified' || !Number.isFinite(certificate.bound)) return [];
  const { bound, curvatureDeficit, weightNorm } = certificate;
  const { expectationError, summands, gradientNorm, productNorm } = steinResidual(objective, point);
  const blockOf = (x: Float64Array, start: number, length: number): number[] => [
    ...x.subarray(start, start + length),
  ];
  const gradient = objective.gradientInto(new Float64Array(dimension), point);
  const hessian = Array.from({ length: shift.length }, (_, i) => {
    const direction = new Float64Array(dimension);
    direction[shift.start + i] = 1;
    const column = objective.hessianVectorInto(new Float64Array(dimension), point, direction);
    return blockOf(column, shift.start, shift.length);
  });
  // Only a change of rules is an estimate; a closed form and an enclosure prove the error.
  const proof = objective.expectationErrorAt(point).method === 'quadrature' ? 'estimated' : 'proven';
  const count = weights.rows * weights.columns;
  return [
    {
      id,
      kind: 'weights',
      says: `At ${where}, ‖W‖ = ${weightNorm} is at most ${bound} (${proof}).`,
      numbers: {
        rows: weights.rows,
        columns: weights.columns,
        regularization,
        bound,
        deficit: curvatureDeficit,
        identityError: expectationError + rounding(summands, gradientNorm + productNorm).value,
      },
      arrays: {
        weights: blockOf(point, weights.start, count),
        gradient: blockOf(gradient, weights.start, count),
        hessian: hessian.flat(),
      },
    },
  ];
}
