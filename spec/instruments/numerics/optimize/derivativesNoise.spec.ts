import { expect, test } from 'vitest';
import { checkDerivatives } from '../../../../src/numerics/optimize/certify/derivativeCheck.ts';
import type { Objective } from '../../../../src/numerics/optimize/objective.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('derivatives of noisy functions');

/** Σ x⁴, each value and each slope off by up to `noise`, differently at every point. */
function noisyQuartic(dimension: number, noise: number): Objective {
  const off = (x: Float64Array, i: number): number => noise * Math.sin(1e15 * x[i] + i);
  return {
    dimension,
    value: (x) => x.reduce((total, entry, i) => total + entry ** 4 + off(x, i), 0),
    gradientInto(out, x) {
      for (let i = 0; i < dimension; i++) out[i] = 4 * x[i] ** 3 + off(x, i);
      return out;
    },
    hessianVectorInto(out, x, v) {
      for (let i = 0; i < dimension; i++) out[i] = 12 * x[i] ** 2 * v[i];
      return out;
    },
  };
}

test.each([1e-12, 1e-10, 1e-8])(
  'noise of size %d is measured, and taken for no fault of the derivatives',
  (noise) => {
    for (let run = 0; run < 20; run++) {
      const stream = root.fork(`${noise} ${run}`);
      const objective = noisyQuartic(5, noise);
      const x = gaussianInto(new Float64Array(5), stream);
      const { gradient, hessian } = checkDerivatives(stream, objective, x);
      // The piece used is a hundred times above the noise, which moves a slope over a decade by some percent.
      for (const piece of [gradient, hessian])
        if (piece.outcome === 'measured') expect(piece.slope).toBeGreaterThan(1.8);
        else expect(piece.outcome).toBe('below-rounding');
    }
  },
);
