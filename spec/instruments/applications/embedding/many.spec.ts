import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distortionOf, ratioRange } from '../../../../src/applications/embedding/points/extremePairs.ts';
import { pointFrame } from '../../../../src/applications/embedding/points/pairBlocks.ts';
import type { PointSet } from '../../../../src/applications/embedding/points/points.ts';
import { embedMany } from '../../../../src/applications/embedding/search/embedMany.ts';
import { countingClock, embedPoints } from '../../../../src/applications/embedding/search/embedPoints.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

/** Points of a rank, plus noise, some of another size and some equal. */
function noisy(stream: RandomStream, n: number, d: number, rank: number, noise: number): PointSet {
  const left = gaussianInto(new Float64Array(n * rank), stream.fork('left'));
  const right = gaussianInto(new Float64Array(rank * d), stream.fork('right'));
  const values = Float64Array.from({ length: n * d }, (_, at) => {
    const [i, c] = [Math.floor(at / d), at % d];
    let entry = noise * stream.gaussian();
    for (let a = 0; a < rank; a++) entry += left[i * rank + a] * right[a * d + c];
    return entry;
  });
  if (n > 20) {
    values.copyWithin(3 * d, d, 2 * d);
    const size = 10 ** stream.integer(-3, 3);
    for (let c = 0; c < d; c++) values[5 * d + c] *= size;
  }
  return { values, pointCount: n, dimension: d };
}

/** A search for so long by a clock that moves when it is read, or one that is interrupted at some reading. */
function search(k: number, seconds: number, exact: boolean, interruptedAfter = Infinity, tick = 1) {
  const clock = countingClock(tick);
  let asked = 0;
  const { signal } = new AbortController();
  Object.defineProperty(signal, 'aborted', { get: () => asked++ >= interruptedAfter });
  const secondsLeft = () => (signal.aborted ? -1 : seconds - clock());
  return { embeddingDimension: k, threads: 1, seconds, secondsLeft, signal, exact };
}

describe('an embedding of many points', () => {
  it('is never worse than its baselines, over every pair or over one sample for all, at any budget', () => {
    let [every, sampled] = [0, 0];
    fc.assert(
      fc.property(
        seeds,
        fc.record({
          n: fc.integer({ min: 305, max: 900 }),
          d: fc.integer({ min: 3, max: 12 }),
          noise: fc.constantFrom(0, 0.01, 1),
          k: fc.integer({ min: 1, max: 10 }),
        }),
        fc.oneof(fc.constantFrom(Number.MIN_VALUE, 1, 5), fc.integer({ min: 8, max: 30 })),
        fc.constantFrom(Infinity, Infinity, 5, 60),
        fc.boolean(),
        (seed, { n, d, noise, k }, steps, interruptedAfter, exact) => {
          const stream = randomStream(seed);
          const points = noisy(stream.fork('points'), n, d, Math.min(4, d), noise);
          const rows = Math.min(k, d);
          const found = embedMany(stream, points, search(rows, steps, exact, interruptedAfter));
          const { matrix, distortion, baselines, sample, outcome } = found;
          const norm = matrix.values.reduce((total, entry) => total + entry * entry, 0);
          const rounding = 1e5 * 16 * (d + rows) * Number.EPSILON * norm;
          expect(distortion).toBeLessThanOrEqual(baselines.pca + rounding);
          expect(distortion).toBeLessThanOrEqual(baselines.gaussianBest + rounding);
          const { least, most } = ratioRange(pointFrame(points), matrix.values, rows);
          const worst = Math.max(most - 1, 1 - least);
          if (sample === undefined) {
            expect(Math.abs(worst - distortion)).toBeLessThanOrEqual(rounding);
            every++;
          } else {
            // A sample sees no more than there is, and is taken only where time was short.
            expect(distortion).toBeLessThanOrEqual(worst + rounding);
            expect(sample.pairs).toBeGreaterThanOrEqual(2000);
            expect(exact && interruptedAfter === Infinity).toBe(false);
            sampled++;
          }
          if (noise === 0 && rows >= 4 && sample === undefined) {
            expect(outcome).toBe('isometric');
            expect(worst).toBeLessThan(1e-8);
          }
        },
      ),
      { numRuns: 30 },
    );
    // Both kinds were met.
    expect(every).toBeGreaterThan(5);
    expect(sampled).toBeGreaterThan(5);
  }, 120_000);

  it('improves on axes that are good already, and takes in the worst pairs that its part had missed', () => {
    const stream = randomStream('good axes');
    const points = noisy(stream.fork('points'), 420, 12, 4, 0.02);
    // So little time by the sizes that the part has 300 of the points.
    const found = embedMany(stream, points, search(5, 0.002, true, Infinity, 0.00003));
    expect(found.outcome).toBe('optimized');
    expect(found.distortion).toBeLessThan(0.8 * found.baselines.pca);
    const { least, most } = ratioRange(pointFrame(points), found.matrix.values, 5);
    expect(distortionOf({ least, most })).toBeCloseTo(found.distortion, 9);
  }, 60_000);

  it('depends on the seed alone where the clock counts steps, whatever the threads', () => {
    const stream = randomStream('threads of many');
    const points = noisy(stream.fork('points'), 1100, 10, 4, 0.3);
    const found = [1, 2].map((threads) => {
      const options = {
        embeddingDimension: 3,
        seconds: 0.01,
        clock: countingClock(0.001),
        threads,
        exact: true,
      };
      return embedPoints(stream.fork('embed'), points, options);
    });
    expect(found[1]).toEqual(found[0]);
    expect(found[0].sample).toBeUndefined();
  }, 60_000);

  it('is trivial where no two points differ', () => {
    const points = { values: new Float64Array(400 * 3).fill(2), pointCount: 400, dimension: 3 };
    const found = embedMany(randomStream(1), points, search(2, 10, false));
    expect([found.outcome, found.distortion, found.ratios.coincidentPairs]).toEqual(['trivial', 0, 79_800]);
  });
});
