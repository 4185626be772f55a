import type { NodeSet } from '../../../lemma/nodeExpectation.ts';
import { checkInteger } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';

/** A distribution of one input coordinate with mean 0 and variance 1. */
export interface InputLaw {
  readonly name: string;
  /** Draws one coordinate. */
  draw(stream: RandomStream): number;
}

/** N(0, 1): the theorem's inputs. */
export const gaussianLaw: InputLaw = { name: 'gaussian', draw: (stream) => stream.gaussian() };

/** ±1 with equal probability. */
export const rademacherLaw: InputLaw = {
  name: 'rademacher',
  draw: (stream) => (stream.uniform() < 0.5 ? -1 : 1),
};

/** Uniform on [−√3, √3]. */
export const uniformLaw: InputLaw = {
  name: 'uniform',
  draw: (stream) => Math.sqrt(3) * (2 * stream.uniform() - 1),
};

/** Laplace of scale 1/√2: tails e^{−√2|x|}. */
export const laplaceLaw: InputLaw = {
  name: 'laplace',
  draw: (stream) => {
    const u = stream.uniform() - 0.5;
    return (-Math.sign(u) * Math.log1p(-2 * Math.abs(u))) / Math.SQRT2;
  },
};

/** Student t with 5 degrees of freedom, scaled to variance 1: tails |x|^{−6}, infinite sixth moment. */
export const heavyTailedLaw: InputLaw = {
  name: 'student-t(5)',
  draw: (stream) => {
    let chiSquared = 0;
    for (let i = 0; i < 5; i++) chiSquared += stream.gaussian() ** 2;
    // t₅ has variance 5/3.
    return (stream.gaussian() / Math.sqrt(chiSquared / 5)) * Math.sqrt(3 / 5);
  },
};

/**
 * Draws an independent sample with equal weights, each coordinate from `law`.
 *
 * @param count at least 1
 * @param dimension coordinates of a point, at least 1
 * @returns points row-major, count·dimension
 */
export function sampleNodes(
  stream: RandomStream,
  count: number,
  dimension: number,
  law: InputLaw = gaussianLaw,
): NodeSet {
  checkInteger('count', count, 1);
  checkInteger('dimension', dimension, 1);
  const points = new Float64Array(count * dimension);
  for (let i = 0; i < points.length; i++) points[i] = law.draw(stream);
  return { points, weights: new Float64Array(count).fill(1 / count) };
}
