import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distortionOf } from '../../../../src/applications/embedding/points/extremePairs.ts';
import { pointFrame } from '../../../../src/applications/embedding/points/pairBlocks.ts';
import type { PointSet } from '../../../../src/applications/embedding/points/points.ts';
import { principalCoordinates } from '../../../../src/applications/embedding/points/principalCoordinates.ts';
import { countingClock, embedPoints } from '../../../../src/applications/embedding/search/embedPoints.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

/** Points of a given rank whose rows and columns have sizes over some powers of ten. */
function uneven(
  stream: RandomStream,
  { n, d, rank, rows, columns }: Record<'n' | 'd' | 'rank' | 'rows' | 'columns', number>,
): PointSet {
  const left = gaussianInto(new Float64Array(n * rank), stream.fork('left'));
  const right = gaussianInto(new Float64Array(rank * d), stream.fork('right'));
  const size = (powers: number): number => 10 ** (powers * (stream.uniform() - 0.5));
  const rowSizes = Array.from({ length: n }, () => size(rows));
  const columnSizes = Array.from({ length: d }, () => size(columns));
  const values = Float64Array.from({ length: n * d }, (_, at) => {
    const [i, c] = [Math.floor(at / d), at % d];
    let entry = 0;
    for (let a = 0; a < rank; a++) entry += left[i * rank + a] * right[a * d + c];
    return entry * rowSizes[i] * columnSizes[c];
  });
  return { values, pointCount: n, dimension: d };
}

/** Every squared ratio from the definition, on exact differences; equal points skipped. */
function ratiosOf({ values, pointCount: n, dimension: d }: PointSet, matrix: Float64Array): number[] {
  const rows = matrix.length / d;
  const ratios: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const u = Array.from({ length: d }, (_, c) => values[i * d + c] - values[j * d + c]);
      const length = Math.hypot(...u);
      if (length === 0) continue;
      let squared = 0;
      for (let r = 0; r < rows; r++) {
        let entry = 0;
        for (let c = 0; c < d; c++) entry += matrix[r * d + c] * (u[c] / length);
        squared += entry * entry;
      }
      ratios.push(squared);
    }
  }
  return ratios;
}

/** Steps of a counting clock or, where below 0, those after which an unlimited search is interrupted. */
const budgets = fc.oneof(
  fc.constant(Number.MIN_VALUE),
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: -300, max: -1 }),
);

function within(budget: number): {
  readonly seconds: number;
  readonly clock?: () => number;
  readonly signal?: AbortSignal;
} {
  if (budget > 0) return { seconds: budget, clock: countingClock(1) };
  const { signal } = new AbortController();
  let asked = 0;
  Object.defineProperty(signal, 'aborted', { get: () => asked++ >= -budget });
  return { seconds: 1e9, signal };
}

describe('an embedding', () => {
  it('is never worse than a baseline that it prints, at any size, scale or budget, and is what it says', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.record({
          n: fc.integer({ min: 2, max: 30 }),
          d: fc.integer({ min: 1, max: 24 }),
          rows: fc.constantFrom(0, 1, 6),
          columns: fc.constantFrom(0, 1, 6),
        }),
        fc.integer({ min: 1, max: 30 }),
        budgets,
        (seed, shape, embeddingDimension, budget) => {
          const stream = randomStream(seed);
          const points = uneven(stream.fork('points'), { ...shape, rank: Math.min(shape.n, shape.d) });
          const options = { embeddingDimension, ...within(budget) };
          const { matrix, distortion, baselines } = embedPoints(stream.fork('embed'), points, options);
          const norm = matrix.values.reduce((total, entry) => total + entry * entry, 0);
          const rounding = 1e5 * 16 * (shape.d + matrix.rows) * Number.EPSILON * norm;
          expect(distortion).toBeLessThanOrEqual(baselines.gaussianBest + rounding);
          expect(distortion).toBeLessThanOrEqual(baselines.pca + rounding);
          expect(baselines.gaussianBest).toBeLessThanOrEqual(baselines.gaussianMean + rounding);
          const worst = Math.max(...ratiosOf(points, matrix.values).map((ratio) => Math.abs(ratio - 1)));
          expect(Math.abs(worst - distortion)).toBeLessThanOrEqual(rounding);
          // The baseline from its definition: the leading axes at the scale that favours them most.
          const k = Math.min(embeddingDimension, shape.d);
          const { axes } = principalCoordinates(stream.fork('embed').fork('axes'), pointFrame(points), 64);
          const projected = ratiosOf(points, axes.slice(0, k * shape.d));
          const pca = distortionOf({ least: Math.min(...projected), most: Math.max(...projected) });
          expect(distortion).toBeLessThanOrEqual(pca + rounding);
          if (k < shape.d) expect(Math.abs(baselines.pca - pca)).toBeLessThan(rounding);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('is an isometry, without any descent, where the points span no more dimensions than rows', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 40 }),
        budgets,
        (seed, rank, more, beyond, budget) => {
          const stream = randomStream(seed);
          const shape = { n: rank + 2 + more, d: rank + more, rank, rows: 1, columns: 1 };
          const points = uneven(stream.fork('points'), shape);
          const options = { embeddingDimension: rank + beyond, ...within(budget) };
          const { outcome, matrix, distortion, starts } = embedPoints(stream, points, options);
          expect([outcome, starts]).toEqual(['isometric', 0]);
          const worst = Math.max(...ratiosOf(points, matrix.values).map((ratio) => Math.abs(ratio - 1)));
          expect(Math.max(distortion, worst)).toBeLessThan(1e-8);
          // Rows beyond those of any isometry would be zeros.
          expect(matrix.rows).toBe(Math.min(rank + beyond, shape.n - 1, shape.d));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('answers at once where far more rows are asked for than there are points', () => {
    const stream = randomStream('few points of many coordinates');
    const points = uneven(stream, { n: 20, d: 10_000, rank: 20, rows: 0, columns: 0 });
    const found = embedPoints(stream, points, { embeddingDimension: 20_000, seconds: 0.2 });
    expect([found.outcome, found.matrix.rows]).toEqual(['isometric', 19]);
    expect(found.distortion).toBeLessThan(1e-12);
  }, 5000);
});
