import type { RandomStream } from '../../../numerics/random/stream.ts';
import { embedInto } from '../points/embedInto.ts';
import type { PrincipalCoordinates } from '../points/principalCoordinates.ts';
import type { MeasuredMatrix } from './measuredMatrix.ts';

/** Most noise on a principal start, against its unit entries, so that no pair collapses. */
const mostNoise = 0.05;

/** Noise of this part of the distortion hardly adds to it: a start is then about as good as the axes themselves. */
const noisePart = 0.05;

/**
 * Makes the starts of descents: the better of the principal axes and the best Gaussian matrix, then the other of both,
 * then Gaussian matrices.
 *
 * @returns a function of a stream and the number of the start: k·rank entries, row-major, in principal coordinates
 */
export function startMaker(
  coordinates: PrincipalCoordinates,
  k: number,
  principal: MeasuredMatrix,
  gaussian: MeasuredMatrix,
): (stream: RandomStream, index: number) => Float64Array {
  const principalIndex = principal.distortion <= gaussian.distortion ? 0 : 1;
  const noise = Math.min(mostNoise, noisePart * principal.distortion);
  return (stream, index) => {
    if (index === principalIndex) return principalStart(stream, coordinates, k, noise);
    if (index <= 1) return inward(gaussian.matrix, coordinates, k);
    return Float64Array.from({ length: k * coordinates.rank }, () => stream.gaussian());
  };
}

function principalStart(
  stream: RandomStream,
  { rank }: PrincipalCoordinates,
  k: number,
  noise: number,
): Float64Array {
  const start = new Float64Array(k * rank);
  for (let i = 0; i < start.length; i++) start[i] = noise * stream.gaussian();
  for (let i = 0; i < Math.min(k, rank); i++) start[i * rank + i] += 1;
  return start;
}

/** A matrix that acts on original coordinates, as it acts along the axes. */
export function inward(matrix: Float64Array, { axes, rank }: PrincipalCoordinates, k: number): Float64Array {
  return embedInto(new Float64Array(k * rank), matrix, axes, axes.length / rank, rank);
}
