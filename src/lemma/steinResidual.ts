import { columnIntoShift, segmentNorm, weightCount } from './blocks.ts';
import { expectationSafety, type RandomizedObjective } from './randomizedObjective.ts';

/** Both sides of the Stein identity at one point. */
export interface SteinResidual {
  /** ‖∇_W f − (∇²_b f + 2λI) W‖, in the coordinates of W. */
  readonly residual: number;
  /** ‖∇_W f‖. */
  readonly gradientNorm: number;
  /** ‖(∇²_b f + 2λI) W‖. */
  readonly productNorm: number;
  /** How large the residual may be by the objective's own expectation error: δ∇ + δ∇²·‖W‖. */
  readonly expectationError: number;
  /** How many rounded sums of products stand behind one entry: for a rounding tolerance. */
  readonly summands: number;
}

/**
 * Evaluates both sides of Stein's identity, each by its own derivatives of f.
 *
 *     ∇_W f = (∇²_b f + 2λI) W
 *
 * For W = diag(s) or σI the right side is projected on the coordinates: its diagonal, or its trace.
 *
 * Guarantee: for Gaussian x and smooth g the residual is at most rounding plus `expectationError`.
 *
 * @param regularization the λ of the right side; the objective's own unless the identity is to be broken
 * Source: Stein (1981), Lemma 1; the proof of Lemma 3.1 in arXiv:2510.19382v2.
 * Cost: one gradient and `columns` Hessian-vector products.
 */
export function steinResidual(
  objective: RandomizedObjective,
  x: Float64Array,
  regularization = objective.regularization,
): SteinResidual {
  const { weights, shift, dimension } = objective;
  const { kind, start, rows, columns } = weights;
  const count = weightCount(weights);
  const gradient = objective.gradientInto(new Float64Array(dimension), x);
  const direction = new Float64Array(dimension);
  const curved = new Float64Array(dimension);
  const product = new Float64Array(count);
  for (let j = 0; j < columns; j++) {
    columnIntoShift(direction, objective, x, j);
    objective.hessianVectorInto(curved, x, direction);
    if (kind === 'matrix') {
      for (let i = 0; i < rows; i++) {
        product[i * columns + j] = curved[shift.start + i] + 2 * regularization * direction[shift.start + i];
      }
    } else {
      product[kind === 'diagonal' ? j : 0] +=
        curved[shift.start + j] + 2 * regularization * direction[shift.start + j];
    }
  }
  let residual = 0;
  for (let i = 0; i < count; i++) residual += (gradient[start + i] - product[i]) ** 2;
  const error = objective.expectationErrorAt(x);
  // For σI the trace adds up `rows` entries of the Hessian, hence the factor rows against |s|.
  const spread = kind === 'scalar' ? rows : 1;
  return {
    residual: Math.sqrt(residual),
    gradientNorm: segmentNorm(gradient, start, count),
    productNorm: segmentNorm(product, 0, count),
    summands: 16 * (dimension + rows * columns),
    expectationError:
      expectationSafety * (error.weightGradient + spread * error.shiftHessian * segmentNorm(x, start, count)),
  };
}
