import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  pairDirections,
  pointDirections,
} from '../../../../src/applications/embedding/points/pairDirections.ts';
import { IsotropicSampler } from '../../../../src/applications/embedding/theorem/isotropicSampler.ts';
import type { SamplerObjective } from '../../../../src/applications/embedding/theorem/samplerObjective.ts';
import { steinResidual } from '../../../../src/lemma/steinResidual.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';
import { clopperPearson } from '../../../../src/numerics/statistics/clopperPearson.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

function randomSampler(stream: RandomStream): { objective: SamplerObjective; point: Float64Array } {
  const dimension = stream.integer(1, 5);
  const pointCount = stream.integer(2, 6);
  const points = gaussianInto(new Float64Array(pointCount * dimension), stream.fork('points'));
  const embeddingDimension = stream.integer(1, 6);
  const objective = new IsotropicSampler(pairDirections({ values: points, pointCount, dimension }), {
    embeddingDimension,
    distortion: 0.1 + 0.8 * stream.uniform(),
    smoothing: 0.1 + 0.3 * stream.uniform(),
    regularization: stream.uniform(),
  });
  const point = gaussianInto(
    new Float64Array(objective.dimension),
    stream.fork('point'),
    1 / Math.sqrt(embeddingDimension),
  );
  return { objective, point };
}

const inner = (a: Float64Array, b: Float64Array) => a.reduce((total, x, i) => total + x * b[i], 0);
const along = (point: Float64Array, direction: Float64Array, t: number) =>
  point.map((x, i) => x + t * direction[i]);

/**
 * Fourth-order central difference with h = 2⁻⁹: the error is h⁴|f⁽⁵⁾|/30 plus 2ε|f|/h; a fifth derivative along a
 * unit direction is at most count·E|He₅|/2/τ⁵ ≤ 15·5·10⁵, so 7e-6·… ; measured in that unit below.
 */
const step = 2 ** -9;
const difference = (f: (t: number) => number) =>
  (8 * (f(step) - f(-step)) - (f(2 * step) - f(-2 * step))) / (12 * step);

/** E|He₅(ξ)| ≤ √(5!), by Cauchy–Schwarz; half of it for an indicator. */
const fifth = Math.sqrt(120) / 2;

describe('the sampler objective', () => {
  it('has gradients and Hessian products that match differences', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const { objective, point } = randomSampler(stream);
        const direction = gaussianInto(new Float64Array(objective.dimension), stream.fork('direction'));
        const length = Math.sqrt(inner(direction, direction));
        for (let i = 0; i < direction.length; i++) direction[i] /= length;
        const { smoothing, regularization } = objective.options;
        // The largest derivative of f along a unit direction of (σ, M); each σ counts for one more order of 1/τ.
        const rough = objective.directions.count * 16 * fifth * smoothing ** -6 + regularization;
        const tolerance = (step ** 4 / 30) * rough + (64 * Number.EPSILON * rough * smoothing ** 4) / step;
        const gradient = objective.gradientInto(new Float64Array(objective.dimension), point);
        const value = difference((t) => objective.value(along(point, direction, t)));
        expect(Math.abs(value - inner(gradient, direction))).toBeLessThan(tolerance);
        const other = gaussianInto(new Float64Array(objective.dimension), stream.fork('other'));
        const product = objective.hessianVectorInto(new Float64Array(objective.dimension), point, direction);
        const slope = difference((t) =>
          inner(
            objective.gradientInto(new Float64Array(objective.dimension), along(point, direction, t)),
            other,
          ),
        );
        const reach = Math.sqrt(inner(other, other)) / smoothing;
        expect(Math.abs(slope - inner(product, other))).toBeLessThan(tolerance * reach);
      }),
    );
  });

  it('satisfies Stein’s identity, which is the heat equation, at every point', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { objective, point } = randomSampler(randomStream(seed));
        const { residual, expectationError, summands, gradientNorm, productNorm } = steinResidual(
          objective,
          point,
        );
        const rounding = summands * Number.EPSILON * (gradientNorm + productNorm);
        expect(residual).toBeLessThanOrEqual(expectationError + rounding);
      }),
    );
  });

  it('is the expectation of its definition: sampled matrices, exact interval at error rate 1e-9', () => {
    const stream = randomStream('sampler simulation');
    for (let round = 0; round < 4; round++) {
      const source = stream.fork(round);
      const points = gaussianInto(new Float64Array(2 * 4), source.fork('points'));
      const directions = pairDirections({ values: points, pointCount: 2, dimension: 4 });
      const options = { embeddingDimension: 3, distortion: 0.5, smoothing: 0.2, regularization: 0 };
      const objective = new IsotropicSampler(directions, options);
      const point = gaussianInto(new Float64Array(objective.dimension), source.fork('point'), 0.5);
      const trials = 20_000;
      let violated = 0;
      for (let trial = 0; trial < trials; trial++) {
        let squared = 0;
        for (let i = 0; i < 3; i++) {
          let entry = options.smoothing * source.gaussian();
          for (let c = 0; c < 4; c++) {
            entry += (point[1 + i * 4 + c] + point[0] * source.gaussian()) * directions.values[c];
          }
          squared += entry * entry;
        }
        if (Math.abs(squared - 1) > options.distortion) violated++;
      }
      const { lower, upper } = clopperPearson(violated, trials, 1e-9);
      expect(objective.value(point)).toBeGreaterThanOrEqual(lower);
      expect(objective.value(point)).toBeLessThanOrEqual(upper);
    }
  });

  it('bounds its own shift curvature from below and its third derivatives by the Hessian-Lipschitz constant', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const { objective, point } = randomSampler(stream);
        const size = objective.dimension;
        const v = gaussianInto(new Float64Array(size), stream.fork('direction'));
        v[0] = 0;
        const squared = inner(v, v);
        const image = objective.hessianVectorInto(new Float64Array(size), point, v);
        const { shiftCurvature } = objective.stateAt(point);
        expect(inner(image, v)).toBeGreaterThanOrEqual(shiftCurvature * squared * (1 + 1e-10));
        // Along the shift f is an average of shifts of g, so its Hessian cannot change faster than g's.
        const moved = along(point, v, 0.01);
        const changed = objective.hessianVectorInto(new Float64Array(size), moved, v);
        const change = Math.abs(inner(changed, v) - inner(image, v));
        const allowed = (objective.hessianLipschitz ?? 0) * 0.01 * squared ** 1.5;
        expect(change).toBeLessThanOrEqual(allowed * (1 + 1e-9));
      }),
    );
  });

  it('skips what has no direction and survives coordinates at both ends of the range', () => {
    const values = Float64Array.of(1, 2, 1, 2, 1e308, -1e308, -1e308, 1e308);
    const pairs = pairDirections({ values, pointCount: 4, dimension: 2 });
    expect(pairs.count).toBe(5);
    for (let p = 0; p < pairs.count; p++) {
      const length = Math.hypot(pairs.values[2 * p], pairs.values[2 * p + 1]);
      expect(Math.abs(length - 1)).toBeLessThan(4 * Number.EPSILON);
    }
    const tiny = pointDirections({
      values: Float64Array.of(0, 0, 3e-320, 4e-320),
      pointCount: 2,
      dimension: 2,
    });
    expect(tiny.count).toBe(1);
  });
});
