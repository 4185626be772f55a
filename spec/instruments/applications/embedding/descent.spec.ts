import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { extremePairs, ratioRange } from '../../../../src/applications/embedding/points/extremePairs.ts';
import { pointFrame, withDistances } from '../../../../src/applications/embedding/points/pairBlocks.ts';
import type { PointSet } from '../../../../src/applications/embedding/points/points.ts';
import { principalCoordinates } from '../../../../src/applications/embedding/points/principalCoordinates.ts';
import {
  gaussianProjection,
  sparseProjection,
} from '../../../../src/applications/embedding/points/randomProjections.ts';
import { rowDistances } from '../../../../src/applications/embedding/points/rowDistances.ts';
import { randomPairs } from '../../../../src/applications/embedding/points/workingPairs.ts';
import {
  bestScaleDistortion,
  countingClock,
  embedPoints,
} from '../../../../src/applications/embedding/search/embedPoints.ts';
import { smallestEmbedding } from '../../../../src/applications/embedding/search/smallestEmbedding.ts';
import { SpreadObjective } from '../../../../src/applications/embedding/search/spreadObjective.ts';
import { readTable } from '../../../../src/formats/readTable.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';
import { pointsFromTable } from '../../../../src/tools/fromTables.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

function cloud(stream: RandomStream, pointCount: number, dimension: number): PointSet {
  const values = gaussianInto(new Float64Array(pointCount * dimension), stream);
  return { values, pointCount, dimension };
}

/** Every squared ratio from the definition, pair by pair on exact differences; equal points skipped. */
function naiveRatios(points: PointSet, matrix: ArrayLike<number>, k: number): number[] {
  const { values, pointCount: n, dimension: d } = points;
  const ratios: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const u = Array.from({ length: d }, (_, c) => values[i * d + c] - values[j * d + c]);
      const length = Math.hypot(...u);
      if (length === 0) continue;
      const image = Array.from({ length: k }, (_, r) =>
        u.reduce((total, entry, c) => total + (matrix[r * d + c] * entry) / length, 0),
      );
      ratios.push(image.reduce((total, entry) => total + entry * entry, 0));
    }
  }
  return ratios;
}

describe('passes over every pair', () => {
  it('find the range and the extreme pairs of the definition, whatever the offset and scale', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2, max: 80 }), fc.integer({ min: 1, max: 9 }), (seed, n, d) => {
        const stream = randomStream(seed);
        const points = cloud(stream.fork('points'), n, d);
        const scale = 10 ** stream.integer(-150, 150);
        const offset = 1000 * stream.gaussian();
        for (let i = 0; i < points.values.length; i++) points.values[i] = scale * (points.values[i] + offset);
        // A repeated point and a near one: the pair without a direction, and the one that cancels.
        if (n > 3) points.values.copyWithin(d, 0, d);
        if (n > 3) for (let c = 0; c < d; c++) points.values[2 * d + c] = points.values[c] * (1 + 2 ** -40);
        const k = stream.integer(1, 6);
        const { values } = gaussianProjection(stream.fork('matrix'), k, d);
        const wanted = naiveRatios(points, values, k);
        const range = ratioRange(pointFrame(points), values, k);
        const norm = values.reduce((total, entry) => total + entry * entry, 0);
        const tolerance = 1e5 * 8 * (d + k) * Number.EPSILON * norm;
        expect(wanted.length + range.coincidentPairs).toBe((n * (n - 1)) / 2);
        // Remembered distances are the same numbers, so the answer is the same to the last bit.
        expect(ratioRange(withDistances(pointFrame(points)), values, k)).toEqual(range);
        if (wanted.length === 0) return;
        expect(Math.abs(range.least - Math.min(...wanted))).toBeLessThan(tolerance);
        expect(Math.abs(range.most - Math.max(...wanted))).toBeLessThan(tolerance);
      }),
    );
  });

  it('measure the distances of the definition, by vector instructions where they are many', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 20, max: 60 }), fc.boolean(), (seed, n, many) => {
        const stream = randomStream(seed);
        const width = many ? Math.ceil(2e7 / (n * n)) + stream.integer(0, 5) : stream.integer(1, 9);
        const { values } = cloud(stream, n, width);
        const { row, measure } = rowDistances(values, n, width, 32);
        // Not a multiple of four, and the last rows: what is beyond them must not count.
        for (const [i, from, to] of [
          [n - 1, Math.max(0, n - 33), n - 1],
          [5, 0, 5],
          [stream.integer(0, n - 1), 3, 10],
        ]) {
          measure(i, from, to);
          for (let j = from; j < to; j++) {
            let wanted = 0;
            for (let c = 0; c < width; c++) wanted += (values[i * width + c] - values[j * width + c]) ** 2;
            expect(Math.abs(row[j - from] - wanted)).toBeLessThanOrEqual(
              2 * (width + 2) * Number.EPSILON * wanted,
            );
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keep exactly the pairs nearest to both ends', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 5, max: 70 }),
        fc.integer({ min: 1, max: 40 }),
        (seed, n, capacity) => {
          const stream = randomStream(seed);
          const points = cloud(stream.fork('points'), n, 4);
          const { values } = gaussianProjection(stream.fork('matrix'), 2, 4);
          const found = extremePairs(pointFrame(points), values, 2, capacity);
          const wanted = naiveRatios(points, values, 2);
          const sorted = Float64Array.from(wanted).sort();
          const kept = new Set<number>();
          for (let p = 0; p < found.pairs.count; p++) {
            const [i, j] = [found.pairs.first[p], found.pairs.second[p]];
            kept.add((i * (i - 1)) / 2 + j);
          }
          const size = Math.min(wanted.length, 2 * capacity);
          expect(found.pairs.count).toBe(size);
          expect(kept.size).toBe(size);
          const low = sorted[Math.min(capacity, sorted.length) - 1];
          const high = sorted[Math.max(0, sorted.length - capacity)];
          for (const p of kept) {
            const ratio = wanted[p];
            const margin = 1e-12 * ratio;
            expect(ratio <= low + margin || ratio >= high - margin).toBe(true);
          }
        },
      ),
    );
  });
});

describe('principal coordinates', () => {
  it('keep every distance, also of a small cluster far away from another', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 12 }), (seed, n, d) => {
        const stream = randomStream(seed);
        const points = cloud(stream.fork('points'), n, d);
        const far = 10 ** stream.integer(0, 9);
        for (let i = 0; i < n; i += 2) points.values[i * d] += far;
        const frame = pointFrame(points);
        const { values, rank, axes } = principalCoordinates(stream, frame, d);
        // n points span n − 1 dimensions; rounding of their mean may add one.
        expect(rank).toBeLessThanOrEqual(Math.min(n, d));
        expect(values.length).toBe(n * rank);
        for (const ratio of naiveRatios(points, axes, rank)) {
          // Coordinates are rounded at the far cluster's size before anything is computed.
          expect(Math.abs(ratio - 1)).toBeLessThan(64 * d * Number.EPSILON * far ** 1.01 + 1e-12);
        }
      }),
    );
  });
});

describe('the spread objective', () => {
  it('lies above the spread by at most its slack, and its derivatives match differences', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const n = stream.integer(3, 9);
        const rank = stream.integer(2, 5);
        const k = stream.integer(1, 9);
        const doublings = stream.integer(0, 5);
        const { values } = cloud(stream.fork('points'), n, rank);
        const pairs = randomPairs(stream.fork('pairs'), { values, pointCount: n, rank }, 20, 36);
        const objective = new SpreadObjective({ values, pointCount: n, rank }, k, pairs, doublings);
        const x = gaussianInto(new Float64Array(k * rank), stream.fork('x'));
        const v = gaussianInto(new Float64Array(k * rank), stream.fork('v'));
        const ratios = Array.from({ length: pairs.count }, (_, p) => {
          const pair = { values: new Float64Array(2 * rank), pointCount: 2, dimension: rank };
          pair.values.set(values.subarray(pairs.first[p] * rank, (pairs.first[p] + 1) * rank));
          pair.values.set(values.subarray(pairs.second[p] * rank, (pairs.second[p] + 1) * rank), rank);
          return naiveRatios(pair, x, k)[0];
        });
        const beta = 2 ** doublings;
        const weights = pairs.weight;
        const power = (sign: number) =>
          Math.log(ratios.reduce((total, ratio, p) => total + weights[p] * ratio ** (sign * beta), 0)) / beta;
        const wanted = power(1) + power(-1);
        expect(Math.abs(objective.value(x) - wanted)).toBeLessThan(1e-12 * (1 + Math.abs(wanted)) * beta);
        const spread = Math.log(Math.max(...ratios) / Math.min(...ratios));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        expect(objective.value(x)).toBeGreaterThanOrEqual(spread - 1e-12);
        expect(objective.value(x)).toBeLessThanOrEqual(spread + (2 * Math.log(total)) / beta + 1e-12);
        // m_p may be near 0: the natural length along v is √(min m)/|v| over β, and derivatives scale with it.
        const length = Math.sqrt(Math.min(...ratios)) / (Math.sqrt(v.reduce((s, e) => s + e * e, 0)) * beta);
        const h = length * 2 ** -7;
        const at = (t: number) => x.map((entry, i) => entry + t * v[i]);
        const gradient = objective.gradientInto(new Float64Array(x.length), x);
        const slope = (objective.value(at(h)) - objective.value(at(-h))) / (2 * h);
        const inner = (a: Float64Array, b: Float64Array) => a.reduce((s, e, i) => s + e * b[i], 0);
        expect(Math.abs(slope - inner(gradient, v)) * length).toBeLessThan(1e-3);
        const product = objective.hessianVectorInto(new Float64Array(x.length), x, v);
        const up = inner(objective.gradientInto(new Float64Array(x.length), at(h)), v);
        const down = inner(objective.gradientInto(new Float64Array(x.length), at(-h)), v);
        expect(Math.abs((up - down) / (2 * h) - inner(product, v)) * length * length).toBeLessThan(1e-3);
      }),
    );
  });
});

describe('embedded points', () => {
  it('have the distortion that is reported, below principal axes and random matrices', () => {
    for (const [n, d, k] of [
      [30, 12, 4],
      [60, 8, 3],
      [25, 40, 6],
    ] as const) {
      const stream = randomStream(`embedding ${n} ${d} ${k}`);
      const points = cloud(stream.fork('points'), n, d);
      const { matrix, distortion, outcome } = embedPoints(stream, points, {
        embeddingDimension: k,
        seconds: 0.5,
      });
      const ratios = naiveRatios(points, matrix.values, k);
      const worst = Math.max(...ratios.map((ratio) => Math.abs(ratio - 1)));
      expect(outcome).toBe('optimized');
      expect(Math.abs(worst - distortion)).toBeLessThan(1e5 * 16 * (d + k) * Number.EPSILON);
      const rivals = [gaussianProjection(stream.fork('g'), k, d), sparseProjection(stream.fork('s'), k, d)];
      for (const rival of rivals) expect(distortion).toBeLessThan(bestScaleDistortion(points, rival));
    }
  });

  it('are the same for every number of threads, where the clock counts steps', () => {
    const stream = randomStream('threads');
    const points = cloud(stream.fork('points'), 150, 20);
    const found = [1, 2, 3].map((threads) => {
      const options = { embeddingDimension: 5, seconds: 1, clock: countingClock(0.02), threads };
      return embedPoints(stream.fork('embed'), points, options);
    });
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });

  it('are the best so far at whatever step the search is interrupted', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 3000 }), (seed, calls) => {
        const stream = randomStream(seed);
        const points = cloud(stream.fork('points'), 20, 8);
        let asked = 0;
        const { signal } = new AbortController();
        Object.defineProperty(signal, 'aborted', { get: () => asked++ >= calls });
        const options = { embeddingDimension: 3, seconds: 1e9, signal };
        const { matrix, distortion } = embedPoints(stream.fork('embed'), points, options);
        const first = gaussianProjection(stream.fork('embed').fork('gaussian').fork(0), 3, 8);
        expect(distortion).toBeLessThanOrEqual(bestScaleDistortion(points, first) * (1 + 1e-9));
        const worst = Math.max(...naiveRatios(points, matrix.values, 3).map((ratio) => Math.abs(ratio - 1)));
        expect(Math.abs(worst - distortion)).toBeLessThan(1e5 * 16 * (8 + 3) * Number.EPSILON);
        // Only what has begun is finished: a line search makes 120 trials, rounds and fields look a few times.
        expect(asked).toBeLessThan(calls + 1000);
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it('are isometric where the points span no more dimensions, and trivial where no two differ', () => {
    const stream = randomStream('degenerate');
    const line = {
      values: Float64Array.of(0, 0, 0, 1, 2, 3, 2, 4, 6, -5, -10, -15),
      pointCount: 4,
      dimension: 3,
    };
    const kept = embedPoints(stream, line, { embeddingDimension: 1, seconds: 0.2 });
    expect(kept.outcome).toBe('isometric');
    expect(kept.distortion).toBeLessThan(1e-13);
    const one = { values: Float64Array.of(3, 4), pointCount: 1, dimension: 2 };
    expect(embedPoints(stream, one, { embeddingDimension: 2, seconds: 0.2 }).outcome).toBe('trivial');
    const equal = { values: Float64Array.of(3, 4, 3, 4, 3, 4), pointCount: 3, dimension: 2 };
    const trivial = embedPoints(stream, equal, { embeddingDimension: 1, seconds: 0.2 });
    expect([trivial.outcome, trivial.distortion, trivial.ratios.coincidentPairs]).toEqual(['trivial', 0, 3]);
  });

  it('reach a distortion asked for, with fewer rows than an isometry where that is easy', () => {
    const stream = randomStream('smallest');
    const points = cloud(stream.fork('points'), 12, 30);
    const found = smallestEmbedding(stream, points, { distortion: 0.5, seconds: 1 });
    expect(found.distortion).toBeLessThanOrEqual(0.5);
    expect(found.matrix.rows).toBeLessThan(11);
  });

  it('end at the last power where the distortion is so small that no power is sharp enough', () => {
    // Three points of very different sizes, found by fuzzing: with time enough the annealing went on without end.
    const points = {
      values: Float64Array.of(0, 1, 1.7e308, 0, 0, 0, 1e300, 0, 0, 0, 0, 1e300),
      pointCount: 3,
    };
    const found = embedPoints(
      randomStream(1),
      { ...points, dimension: 4 },
      { embeddingDimension: 1, seconds: 1 },
    );
    expect(found.distortion).toBeLessThan(1e-6);
  });

  it('never throw, hang or answer with NaN on degenerate and extreme point sets', async () => {
    const entry = fc.oneof(
      fc.constantFrom(0, 1, -1, 1e-300, 1e300, 1.7e308, -1.7e308, 5e-324),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -3, max: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(entry, { minLength: 24, maxLength: 24 }),
        fc.integer({ min: 1, max: 5 }),
        async (pointCount, dimension, entries, embeddingDimension) => {
          // Through a file, as a user's points come; exponents, since whole numbers beyond 2⁵³ are refused.
          const rows = Array.from({ length: pointCount }, (_, i) =>
            entries
              .slice(i * dimension, (i + 1) * dimension)
              .map((value) => value.toExponential())
              .join(','),
          );
          const points = pointsFromTable(
            await readTable('fuzzed.csv', Buffer.from(rows.join('\n')), { header: false, delimiter: ',' }),
          );
          expect([points.pointCount, points.dimension]).toEqual([pointCount, dimension]);
          const found = embedPoints(randomStream(1), points, { embeddingDimension, seconds: 0.01 });
          expect(Number.isFinite(found.distortion)).toBe(true);
          expect(found.matrix.values.every((value) => Number.isFinite(value))).toBe(true);
        },
      ),
      { numRuns: inject('claims').profile === 'full' ? 10_000 : 300 },
    );
  }, 600_000);
});
