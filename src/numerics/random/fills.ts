import type { RandomStream } from './stream.ts';

/** Fills `out` with independent normal values of mean 0 and the given standard deviation. Returns `out`. */
export function gaussianInto(out: Float64Array, stream: RandomStream, deviation = 1): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = deviation * stream.gaussian();
  return out;
}

/** Fills `out` with a uniform point of the sphere of the given radius in `out.length` dimensions. Returns `out`. */
export function sphereInto(out: Float64Array, stream: RandomStream, radius = 1): Float64Array {
  let squared = 0;
  while (squared === 0) {
    gaussianInto(out, stream);
    squared = 0;
    for (let i = 0; i < out.length; i++) squared += out[i] * out[i];
  }
  const scale = radius / Math.sqrt(squared);
  for (let i = 0; i < out.length; i++) out[i] *= scale;
  return out;
}

/** Fills `out` with a uniform point of the ball of the given radius in `out.length` dimensions. Returns `out`. */
export function ballInto(out: Float64Array, stream: RandomStream, radius = 1): Float64Array {
  return sphereInto(out, stream, radius * stream.uniform() ** (1 / out.length));
}
