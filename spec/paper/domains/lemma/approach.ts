import { weightNorm } from '../../../../src/lemma/blocks.ts';
import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { symmetricEigen } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import { hessianBlock } from '../../../../src/numerics/optimize/certify/hessianBlock.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** Points that approach a minimiser along the weights, with the accuracy of each and its weight norm. */
export interface Approach {
  readonly accuracies: readonly number[];
  readonly weightNorms: readonly number[];
  /** By what share of itself an accuracy may differ from a straight line in the distance. */
  readonly nonlinearity: number;
}

/** A minimum is found to this gradient norm. */
const accuracyOfMinimum = 1e-11;
const halfDecades = 5;

/**
 * Finds a minimum and walks away from it along the weights in the direction of least resistance.
 *
 * With v the lowest eigenvector of ∇²_b f and μ = λ_min + 2λ, the gradient at distance t along v in W is μt up to
 * K_f t²/2: the walk stays where that is below a hundredth. Undefined where the minimum was not reached or is flat.
 */
export function approach(
  stream: RandomStream,
  objective: RandomizedObjective,
  start: Float64Array,
  hessianLipschitz: number,
): Approach | undefined {
  const { weights, shift, regularization, dimension } = objective;
  const goal = { gradientTolerance: accuracyOfMinimum, curvatureTolerance: 1e-8 };
  const minimum = trustRegion().minimize(stream, objective, start, goal);
  const block = hessianBlock(objective, minimum.point, shift.start, shift.length);
  if (minimum.outcome !== 'reached' || block.outcome !== 'evaluated') return undefined;
  const eigen = symmetricEigen(block.matrix, shift.length);
  if (eigen.outcome !== 'decomposed') return undefined;
  const resistance = eigen.values[0] + 2 * regularization;
  const farthest = (0.02 * resistance) / hessianLipschitz;
  const nearest = farthest * 10 ** (-halfDecades / 2);
  const floor = minimum.gradientNorm / (resistance * nearest);
  if (!(resistance > 0) || floor > 0.01) return undefined;
  const gradient = new Float64Array(dimension);
  const accuracies: number[] = [];
  const weightNorms: number[] = [];
  for (let i = 0; i <= halfDecades; i++) {
    const point = minimum.point.slice();
    const distance = farthest * 10 ** (-i / 2);
    for (let row = 0; row < weights.rows; row++) {
      point[weights.start + row * weights.columns] += distance * eigen.vectors[row];
    }
    objective.gradientInto(gradient, point);
    accuracies.push(Math.hypot(...gradient));
    weightNorms.push(weightNorm(objective, point));
  }
  return {
    accuracies,
    weightNorms,
    nonlinearity: (hessianLipschitz * farthest) / (2 * resistance) + 2 * floor,
  };
}
