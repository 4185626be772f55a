import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairDirections, worstOver } from '../../../../src/applications/embedding/points/pairDirections.ts';
import {
  pairedDirections,
  spannedPoints,
  writtenDirections,
} from '../../../../src/applications/embedding/points/pairedDirections.ts';
import type { PointSet } from '../../../../src/applications/embedding/points/points.ts';
import { embedByTheorem } from '../../../../src/applications/embedding/theorem/embedByTheorem.ts';
import { IsotropicSampler } from '../../../../src/applications/embedding/theorem/isotropicSampler.ts';
import {
  exactUnionDimension,
  scaledUnionStart,
} from '../../../../src/applications/embedding/theorem/unionDimension.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

function cloud(stream: RandomStream, pointCount: number, dimension: number): PointSet {
  return {
    values: gaussianInto(new Float64Array(pointCount * dimension), stream),
    pointCount,
    dimension,
  };
}

/** Distance of two arrays relative to the size of the first. */
function relativeChange(a: Float64Array, b: Float64Array): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < a.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    size += a[i] ** 2;
  }
  return Math.sqrt(difference / Math.max(size, Number.MIN_VALUE));
}

describe('directions as pairs of points', () => {
  it('are the unit differences, and a sampler over them has the value, gradient and Hessian of one over those', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const n = stream.integer(2, 9);
        const d = stream.integer(1, 6);
        const points = cloud(stream.fork('points'), n, d);
        // A repeated point has no direction to its double.
        if (n > 2) points.values.copyWithin(d, 0, d);
        const written = pairDirections(points);
        const paired = pairedDirections(points);
        expect(paired.count).toBe(written.count);
        expect(relativeChange(written.values, writtenDirections(paired).values)).toBeLessThan(1e-13);
        const options = {
          embeddingDimension: stream.integer(1, 5),
          distortion: 0.2 + 0.6 * stream.uniform(),
          smoothing: 0.1,
          regularization: 0.01,
        };
        const [one, other] = [new IsotropicSampler(written, options), new IsotropicSampler(paired, options)];
        const x = gaussianInto(new Float64Array(one.dimension), stream.fork('x'), 0.5);
        const v = gaussianInto(new Float64Array(one.dimension), stream.fork('v'));
        const out = () => new Float64Array(one.dimension);
        expect(Math.abs(other.value(x) - one.value(x))).toBeLessThan(1e-11 * one.value(x));
        expect(relativeChange(one.gradientInto(out(), x), other.gradientInto(out(), x))).toBeLessThan(1e-9);
        for (const at of [x, v, x]) {
          const change = relativeChange(
            one.hessianVectorInto(out(), at, v),
            other.hessianVectorInto(out(), at, v),
          );
          expect(change).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('have as many coordinates as the differences have rank, and keep distances', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const n = stream.integer(2, 12);
        const d = stream.integer(1, 20);
        const points = cloud(stream.fork('points'), n, d);
        const spanned = spannedPoints(stream.fork('axes'), points);
        if ('outcome' in spanned) throw new Error('too large');
        const { directions } = spanned;
        expect(directions.dimension).toBe(Math.min(n - 1, d));
        const straight = pairedDirections(points);
        const scale = straight.inverse[0] / directions.inverse[0];
        const scaled = directions.inverse.map((entry) => entry * scale);
        expect(Math.log2(scale)).toBeCloseTo(Math.round(Math.log2(scale)), 9);
        expect(relativeChange(straight.inverse, scaled)).toBeLessThan(1e-10);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the descent of the theorem on a point set', () => {
  it('returns a matrix of fewer rows than the rank that keeps every pair within ε, and says by what', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const n = stream.integer(46, 50);
        const points = cloud(stream.fork('points'), n, stream.integer(n, 2 * n));
        let [steps, deviation] = [0, 1];
        const found = embedByTheorem(
          stream,
          points,
          { distortion: 0.9 },
          {
            progress: (now) => {
              steps++;
              deviation = now.deviation;
            },
          },
        );
        if (found.outcome !== 'derandomized') throw new Error(found.outcome);
        const { matrix, certificate } = found;
        expect(found.rank).toBe(n - 1);
        const pairs = (n * (n - 1)) / 2;
        expect(matrix.rows).toBe(scaledUnionStart(pairs, 0.9, 0.4).rows);
        expect(matrix.rows).toBeLessThan(exactUnionDimension(pairs, 0.9, 0.4));
        expect(matrix.rows).toBeLessThan(found.rank);
        expect(found.distortion).toBeLessThanOrEqual(0.9);
        expect(found.distortion).toBeCloseTo(worstOver(pairDirections(points), matrix.values), 9);
        expect(certificate.holds).toBe(true);
        expect(certificate.startValue).toBeLessThan(0.5);
        expect(certificate.violationSum).toBeLessThan(certificate.threshold);
        expect(steps).toBeGreaterThan(0);
        expect(found.deviation).toBeLessThanOrEqual(deviation);
        expect(found.deviation).toBeLessThan(1e-3);
      }),
      { numRuns: 2 },
    );
  }, 120_000);

  it('says so where nothing can be reduced, nothing differs, or a visit of every pair is too much', () => {
    const stream = randomStream(1);
    const few = cloud(stream, 12, 30);
    expect(embedByTheorem(stream, few, { distortion: 0.5 })).toEqual({
      outcome: 'no-reduction',
      embeddingDimension: scaledUnionStart(66, 0.5, 0.4).rows,
      rank: 11,
    });
    const equal = { values: new Float64Array(12).fill(3), pointCount: 4, dimension: 3 };
    expect(embedByTheorem(stream, equal, { distortion: 0.5 })).toEqual({ outcome: 'trivial' });
    const many = cloud(stream, 60, 60);
    const unaffordable = embedByTheorem(stream, many, { distortion: 0.9, affordable: 1e6 });
    expect(unaffordable).toMatchObject({ outcome: 'not-affordable', pairs: 1770 });
    for (const distortion of [0, 1, Number.NaN]) {
      expect(() => embedByTheorem(stream, few, { distortion })).toThrow('distortion: expected');
    }
  });

  it('ends where it stands once the signal fires, with a measured matrix', () => {
    const stream = randomStream(2);
    const points = cloud(stream, 46, 46);
    const controller = new AbortController();
    let steps = 0;
    const found = embedByTheorem(
      stream,
      points,
      { distortion: 0.9 },
      {
        signal: controller.signal,
        progress: () => {
          if (++steps === 3) controller.abort();
        },
      },
    );
    if (found.outcome !== 'interrupted') throw new Error(found.outcome);
    expect(found.steps).toBeLessThanOrEqual(3);
    expect(found.distortion).toBeCloseTo(worstOver(pairDirections(points), found.matrix.values), 9);
    expect(found.deviation).toBeGreaterThan(0);
  }, 60_000);
});
