import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairKernel } from '../../../src/applications/embedding/points/pairKernel.ts';
import { randomPairs } from '../../../src/applications/embedding/points/workingPairs.ts';
import { ParallelSpread } from '../../../src/applications/embedding/search/parallelSpread.ts';
import { SpreadObjective } from '../../../src/applications/embedding/search/spreadObjective.ts';
import { gaussianInto } from '../../../src/numerics/random/fills.ts';
import { randomStream } from '../../../src/numerics/random/stream.ts';
import { KernelPool } from '../../../src/numerics/threads/kernelPool.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

const kernels = new WebAssembly.Module(pairKernel);

/** Posts jobs until another thread has run a part of one, for so many seconds at most. */
function isSharedWithin(pool: KernelPool, seconds: number): boolean {
  const until = performance.now() + 1000 * seconds;
  // Powers of pairs in zeroed memory: some milliseconds of work, nothing outside of the first page but sums.
  const parts = [0, 1, 2, 3].map((part) => [0, 0, 0, 1, 1, 40, 0, 1000, 32768 + 16 * part]);
  while (pool.partsElsewhere === 0 && performance.now() < until) pool.run('powers', parts);
  return pool.partsElsewhere > 0;
}

describe('a pool of kernels', () => {
  it('shares the parts of a job, though the caller never returns to its event loop', () => {
    const pool = new KernelPool(kernels, 1, 2);
    try {
      expect(isSharedWithin(pool, 60)).toBe(true);
    } finally {
      pool.close();
    }
  }, 120_000);

  it('runs every part exactly once, whoever claims it', () => {
    const pool = new KernelPool(kernels, 1, 3);
    try {
      // Image rows of four numbers: part p embeds points 4p … 4p + 3 with the matrix (1, 1, 1, 1)ᵀ into its own rows.
      const numbers = new Float64Array(pool.memory.buffer);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 60 }), seeds, (count, seed) => {
          const points = gaussianInto(new Float64Array(4 * count), randomStream(seed));
          numbers.fill(0);
          numbers.set(points, 0);
          numbers.fill(1, 1000, 1004);
          const parts = Array.from({ length: count }, (_, p) => [
            8 * 2000,
            0,
            8 * 1000,
            4,
            1,
            4 * p,
            4 * p + 4,
          ]);
          pool.run('embed', parts);
          const wanted = Array.from({ length: 16 * count }, (_, at) => points[Math.floor(at / 4)]);
          expect(Array.from(numbers.subarray(2000, 2000 + 16 * count))).toEqual(wanted);
          expect(numbers[2000 + 16 * count]).toBe(0);
        }),
        { numRuns: 300 },
      );
    } finally {
      pool.close();
    }
  });

  it('says so when a kernel leaves the memory, on whatever thread', () => {
    for (const threads of [1, 2]) {
      const pool = new KernelPool(kernels, 1, threads);
      try {
        if (threads === 2) expect(isSharedWithin(pool, 60)).toBe(true);
        const outside = [0, 0, 0, 1, 1, 0, 10_000_000, 10_000_001, 0];
        expect(() => pool.run('powers', [outside, outside, outside])).toThrow();
      } finally {
        pool.close();
      }
    }
  }, 120_000);
});

describe('the spread in parallel', () => {
  it('is that of plain loops, with the same bits for every number of threads', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const n = stream.integer(2, 70);
        const rank = stream.integer(1, 20);
        const k = stream.integer(1, 9);
        const doublings = stream.integer(0, 8);
        const points = gaussianInto(new Float64Array(n * rank), stream.fork('points'));
        const frame = { values: points, pointCount: n, rank };
        const x = gaussianInto(new Float64Array(k * rank), stream.fork('x'));
        const spreads = [1, 2].map((threads) => new ParallelSpread(frame, k, threads));
        try {
          // Twice, since the second objective takes over the memory of the first and may need more.
          for (const wanted of [stream.integer(1, 40), stream.integer(1, 4000)]) {
            const pairs = randomPairs(stream.fork(wanted), frame, wanted, n * n);
            if (pairs.count === 0) continue;
            const plain = new SpreadObjective(frame, k, pairs, doublings);
            const value = plain.value(x);
            const gradient = plain.gradientInto(new Float64Array(k * rank), x);
            const [one, two] = spreads.map((spread) => {
              const objective = spread.objective(pairs, doublings);
              return [objective.value(x), ...objective.gradientInto(new Float64Array(k * rank), x)];
            });
            expect(one).toEqual(two);
            // A ratio is a sum of k squares of sums of rank terms, and a power multiplies its error by β.
            const rounding = 8 * 2 ** doublings * (rank + k + pairs.count) * Number.EPSILON;
            const most = Math.max(...gradient.map(Math.abs));
            const error = Math.max(...gradient.map((entry, at) => Math.abs(entry - one[at + 1])));
            expect(Math.abs(one[0] - value)).toBeLessThan(rounding * (1 + Math.abs(value)));
            // Differences of images cancel: near pairs lose what the spread of the ratios says.
            expect(error).toBeLessThan(rounding * Math.exp(value) * (most + 1));
          }
        } finally {
          for (const spread of spreads) spread.close();
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
