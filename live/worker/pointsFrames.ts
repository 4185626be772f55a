import { type Directions, pairDirections } from '../../src/applications/embedding/points/pairDirections.ts';
import { gaussianProjection } from '../../src/applications/embedding/points/randomProjections.ts';
import {
  derandomizeProjection,
  estimatorStart,
} from '../../src/applications/embedding/theorem/pessimisticEstimator.ts';
import { trustRegion } from '../../src/numerics/optimize/trustRegion.ts';
import { randomStream } from '../../src/numerics/random/stream.ts';
import type { PointsFrame, PointsFrames, PointsTask } from './pointsTask.ts';

/** How many random matrices stand beside the one that is found. */
const randomMatrices = 5;

/** Descends as the claim of Theorem 5.5 does, and keeps what is to be shown. */
export function pointsFrames({ values, pointCount, dimension, distortion, seed }: PointsTask): PointsFrames {
  const stream = randomStream(seed);
  const directions = pairDirections({ values, pointCount, dimension });
  if (directions.count === 0) throw new RangeError('points: expected two that differ');
  const start = estimatorStart(directions, distortion);
  const { weights, shift } = start.objective;
  const rows = shift.length / dimension;
  const frameOf = (step: number, point: Float64Array): PointsFrame => ({
    step,
    deviation: Math.abs(point[weights.start]),
    distortions: distortionsOf(directions, point.subarray(shift.start, shift.start + shift.length)),
  });
  const frames: PointsFrame[] = [frameOf(0, start.point)];
  const end = derandomizeProjection(stream.fork('descent'), start, trustRegion(), {
    observe: ({ step, point }) => frames.push(frameOf(step, point)),
  });
  const random = Array.from({ length: randomMatrices }, (_, i) =>
    distortionsOf(directions, gaussianProjection(stream.fork('random').fork(i), rows, dimension).values),
  );
  const { violationSum, threshold } = end;
  return { kind: 'points', frames, rows, random, violationSum, threshold };
}

/** |Mu|² − 1 for every direction u. */
function distortionsOf({ values, count, dimension }: Directions, matrix: Float64Array): Float64Array {
  const rows = matrix.length / dimension;
  return Float64Array.from({ length: count }, (_, pair) => {
    let squared = 0;
    for (let r = 0; r < rows; r++) {
      let product = 0;
      for (let c = 0; c < dimension; c++) product += matrix[r * dimension + c] * values[pair * dimension + c];
      squared += product * product;
    }
    return squared - 1;
  });
}
