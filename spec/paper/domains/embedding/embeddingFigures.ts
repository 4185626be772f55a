import { ratioRange } from '../../../../src/applications/embedding/points/extremePairs.ts';
import { pointFrame } from '../../../../src/applications/embedding/points/pairBlocks.ts';
import { type Directions, worstOver } from '../../../../src/applications/embedding/points/pairDirections.ts';
import type { PointSet } from '../../../../src/applications/embedding/points/points.ts';
import { gaussianProjection } from '../../../../src/applications/embedding/points/randomProjections.ts';
import {
  type Point,
  publishedSamples,
  type Run,
} from '../../../../src/applications/embedding/published/publishedProcedure.ts';
import {
  derandomizeProjection,
  estimatorStart,
} from '../../../../src/applications/embedding/theorem/pessimisticEstimator.ts';
import { lbfgs } from '../../../../src/numerics/optimize/lbfgs.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** The paper's setting: normalised uniform rows, as points and not as pairs. */
export function paperPoints(stream: RandomStream, pointCount: number, dimension: number): PointSet {
  const values = Float64Array.from({ length: pointCount * dimension }, () => stream.uniform());
  for (let i = 0; i < pointCount; i++) {
    const row = values.subarray(i * dimension, (i + 1) * dimension);
    const length = Math.hypot(...row);
    for (let c = 0; c < dimension; c++) row[c] /= length;
  }
  return { values, pointCount, dimension };
}

/** The exact objective on the same directions: nothing sampled, k from the union bound, descent to σ = 0. */
export function exactObjectiveRun(
  stream: RandomStream,
  directions: Directions,
  distortion: number,
): Omit<Run, 'losses'> {
  const start = estimatorStart(directions, distortion);
  const [distortions, deviations]: [Point[], Point[]] = [[], []];
  const { matrix } = derandomizeProjection(stream, start, lbfgs({ stepLimit: 5000 }), {
    observe: ({ step, point }) => {
      distortions.push([step, worstOver(directions, point.subarray(1))]);
      deviations.push([step, Math.abs(point[0])]);
    },
  });
  return { distortions, deviations, matrix };
}

/** Mean over draws of the worst distortion of one Gaussian matrix, and of the worst of 20. */
export function gaussianMeans(
  stream: RandomStream,
  directions: Directions,
  k: number,
  trials: number,
): { readonly single: number; readonly ofTwenty: number } {
  let single = 0;
  let ofTwenty = 0;
  for (let trial = 0; trial < trials; trial++) {
    let worst = 0;
    for (let sample = 0; sample < publishedSamples; sample++) {
      const source = stream.fork(`${trial}:${sample}`);
      const one = worstOver(directions, gaussianProjection(source, k, directions.dimension).values);
      single += one / (trials * publishedSamples);
      worst = Math.max(worst, one);
    }
    ofTwenty += worst / trials;
  }
  return { single, ofTwenty };
}

/** The range of |Mu|² over all unit differences of the points. */
export function pairRange(points: PointSet, matrix: Float64Array): { least: number; most: number } {
  return ratioRange(pointFrame(points), matrix, matrix.length / points.dimension);
}
