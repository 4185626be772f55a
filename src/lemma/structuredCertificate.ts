import type { EigenFailure } from '../numerics/linalg/symmetricEigen.ts';
import { columnIntoShift, segmentNorm } from './blocks.ts';
import { lemmaBound } from './lemmaBound.ts';
import { expectationSafety, type RandomizedObjective } from './randomizedObjective.ts';
import { shiftCurvature } from './shiftCurvature.ts';
import type { WeightStructure } from './weightStructure.ts';

/** What the lemma says of structured weights at one point. */
export interface StructuredCertificate {
  readonly outcome: 'certified';
  /** ‖W‖_F. */
  readonly weightNorm: number;
  /** ⟨W, ∇_W f⟩, which for W in S is ⟨s, ∇_s f⟩. */
  readonly slope: number;
  /** ⟨W, (∇²_b f + 2λI)W⟩. */
  readonly product: number;
  /** Size of what is added up in `slope` and `product`: ‖W‖·(‖∇_W f‖ + ‖(∇²_b f + 2λI)W‖). */
  readonly magnitude: number;
  /** By how much `slope` and `product` may differ for the objective's own expectation error. */
  readonly expectationError: number;
  /** ‖P_S ∇_W f‖, expectation error added: the ρ that a descent over the structure's parameters sees. */
  readonly structuredGradientNorm: number;
  readonly lowestShiftCurvature: number;
  readonly highestShiftCurvature: number;
  readonly curvatureError: number;
  /** γ = max(0, −(lowest − error)). */
  readonly curvatureDeficit: number;
  /** ‖W‖_F ≤ bound: ρ/(2λ − γ); infinite where the lemma says nothing. */
  readonly bound: number;
}

/**
 * Evaluates the lemma at a point whose W lies in a linear subspace S.
 *
 *     ⟨W, ∇_W f⟩ = ⟨W, (∇²_b f + 2λI)W⟩ ≥ (2λ − γ)‖W‖_F²,   hence   ‖W‖_F ≤ ‖P_S ∇_W f‖ / (2λ − γ)
 *
 * Guarantee: the bound, for every linear S and with every entry of b free, where ∇²_b f ⪰ −γI. Where b is tied too,
 * a stationary point knows the curvature on tied shifts only, while γ here is that of all of them.
 *
 * @param x coordinates of `objective`, W in the span of `structure`
 * Source: the Stein identity of Lemma 3.1, projected on S.
 * Cost: one gradient, k + d Hessian products and the eigenvalues of a k × k matrix.
 */
export function structuredCertificate(
  objective: RandomizedObjective,
  structure: WeightStructure,
  x: Float64Array,
): StructuredCertificate | EigenFailure {
  const { dimension, regularization, shift, weights } = objective;
  const { start, rows, columns } = weights;
  const curvature = shiftCurvature(objective, x);
  if (curvature.outcome !== 'decomposed') return curvature;
  const gradient = objective.gradientInto(new Float64Array(dimension), x);
  const direction = new Float64Array(dimension);
  const curved = new Float64Array(dimension);
  const weightNorm = segmentNorm(x, start, rows * columns);
  let slope = 0;
  for (let e = start; e < start + rows * columns; e++) slope += x[e] * gradient[e];
  let product = 2 * regularization * weightNorm ** 2;
  let productNorm = 0;
  for (let j = 0; j < columns; j++) {
    columnIntoShift(direction, objective, x, j);
    objective.hessianVectorInto(curved, x, direction);
    for (let i = 0; i < rows; i++) {
      const entry = curved[shift.start + i];
      product += x[start + i * columns + j] * entry;
      productNorm += (entry + 2 * regularization * x[start + i * columns + j]) ** 2;
    }
  }
  const projected = structure.projectInto(
    new Float64Array(structure.dimension),
    gradient.subarray(start, start + rows * columns),
  );
  const error = objective.expectationErrorAt(x);
  const structuredGradientNorm =
    segmentNorm(projected, 0, projected.length) + expectationSafety * error.weightGradient;
  if (!Number.isFinite(structuredGradientNorm + slope + product)) return { outcome: 'non-finite' };
  const curvatureDeficit = Math.max(0, curvature.error - curvature.lowest);
  return {
    outcome: 'certified',
    weightNorm,
    slope,
    product,
    magnitude: weightNorm * (segmentNorm(gradient, start, rows * columns) + Math.sqrt(productNorm)),
    expectationError:
      expectationSafety * (error.weightGradient * weightNorm + error.shiftHessian * weightNorm ** 2),
    structuredGradientNorm,
    lowestShiftCurvature: curvature.lowest,
    highestShiftCurvature: curvature.highest,
    curvatureError: curvature.error,
    curvatureDeficit,
    bound: lemmaBound(structuredGradientNorm, curvatureDeficit, regularization),
  };
}
