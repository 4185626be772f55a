import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { ridgeExpectation } from '../../../../src/lemma/ridgeExpectation.ts';
import { powerInto, quadratureProfile } from '../../../../src/lemma/ridgeProfile.ts';
import { gaussHermite } from '../../../../src/numerics/quadrature/gaussHermite.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

const square = quadratureProfile('square', powerInto(2), gaussHermite(3));

/** g(u) = −(γ/2)‖u‖², and a random point with b = 0, where only the weights have a gradient. */
export function concaveQuadratic(
  stream: RandomStream,
  rows: number,
  columns: number,
  curvature: number,
  regularization: number,
): { objective: RandomizedObjective; point: Float64Array } {
  const terms = Array.from({ length: rows }, (_, i) => ({
    profile: square,
    coefficient: -curvature / 2,
    direction: Float64Array.from({ length: rows }, (_, j) => (i === j ? 1 : 0)),
    phase: 0,
  }));
  const objective = ridgeExpectation({ inputs: rows, terms, trainPhases: false }, columns, regularization);
  const point = gaussianInto(new Float64Array(objective.dimension), stream.fork('point'));
  return { objective, point: point.fill(0, objective.shift.start) };
}
