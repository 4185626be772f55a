import { describe, expect, inject, it } from 'vitest';
import { cutValue } from '../../../../src/applications/maxcut/graph/cut.ts';
import {
  isWorthReducing,
  reduceGraph,
  unreduced,
} from '../../../../src/applications/maxcut/graph/reduction.ts';
import { type Graph, graphFromEdges, solveMaxCut } from '../../../../src/applications/maxcut/index.ts';
import { annealedSampler } from '../../../../src/applications/maxcut/search/annealedSampler.ts';
import { anytimeBound } from '../../../../src/applications/maxcut/search/anytimeBound.ts';
import { exactCut } from '../../../../src/applications/maxcut/search/exactCut.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream(`${inject('claims').seed} budget`);

/** A graph of n vertices with about `degree` neighbours each. */
function sparse(stream: RandomStream, n: number, degree: number, weight: () => number): Graph {
  const pairs = new Map<number, number>();
  for (let e = 0; e < (n * degree) / 2; e++) {
    const [i, j] = [stream.integer(0, n - 1), stream.integer(0, n - 1)];
    if (i !== j) pairs.set(Math.min(i, j) * n + Math.max(i, j), weight());
  }
  const keys = [...pairs.keys()];
  return graphFromEdges(n, {
    sources: keys.map((key) => Math.floor(key / n)),
    targets: keys.map((key) => key % n),
    weights: [...pairs.values()],
  });
}

/** A clock that goes on by one millisecond each time it is read. */
function ticking(): () => number {
  let now = 0;
  return () => now++;
}

describe('a bound that may be had at any time', () => {
  it('is never below a cut, falls with every report, and ends near its deadline', () => {
    for (let i = 0; i < 40; i++) {
      const stream = root.fork(`bound ${i}`);
      const kinds = [() => stream.integer(1, 9), () => stream.gaussian(), () => stream.integer(-2, 2)];
      const graph = sparse(stream, stream.integer(2, 16), 5, kinds[i % 3]);
      const best = exactCut(graph).cut;
      const told: number[] = [];
      const clock = ticking();
      const at = stream.integer(0, 4000);
      const deadline = { now: clock, at };
      const { bound } = anytimeBound(stream.fork('run'), graph, deadline, (now) => told.push(now.value));
      expect(Math.min(bound.value, ...told)).toBeGreaterThanOrEqual(best - 1e-12 * graph.absoluteWeight);
      expect(told).toEqual([...told].sort((a, b) => b - a));
      if (told.length > 0) expect(told.at(-1)).toBe(bound.value);
    }
  });

  it('begins with the eigenvalue of a large graph, and improves it by the relaxation', () => {
    const stream = root.fork('large');
    const graph = sparse(stream, 2500, 10, () => 1);
    const told: number[] = [];
    let now = 0;
    // Some thirty products' time passes from one look at the clock to the next.
    const clock = (): number => now++;
    const { bound } = anytimeBound(stream.fork('run'), graph, { now: clock, at: 1200 }, (better) =>
      told.push(better.value),
    );
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect(told[0]).toBeLessThan(0.9 * graph.edgeCount);
    expect(bound.value).toBeLessThan(told[0]);
    expect(bound.failureProbability).toBeLessThanOrEqual(1e-6);
  });
});

describe('an annealing that a clock ends', () => {
  it('is cold at its end, however few of its sweeps there was time for', () => {
    const stream = root.fork('cold');
    const graph = sparse(stream, 2000, 10, () => 1);
    const start = new Int8Array(2000).fill(1);
    let looks = 0;
    const run = annealedSampler(stream.fork('draws'), graph, start, {
      deviation: 2,
      sweeps: 16_000,
      elapsedShare: () => looks++ / 10,
    });
    expect(run.sweeps).toBeLessThanOrEqual(160);
    // A hot sampler of this graph cuts about 0.55 of the edges, a cold one more than 0.7.
    expect(run.cut).toBeGreaterThan(0.69 * graph.edgeCount);
    expect(run.cut).toBe(cutValue(graph, run.sides));
  });

  it('finds the same cut for weights that are all 3 as for ones, three times as large', () => {
    for (let i = 0; i < 10; i++) {
      const stream = root.fork(`uniform ${i}`);
      const [ones, threes] = [1, 3].map((w) => sparse(root.fork(`uniform ${i}`), 60, 6, () => w));
      const start = Int8Array.from({ length: 60 }, () => (stream.uniform() < 0.5 ? -1 : 1));
      const [one, three] = [ones, threes].map((graph) =>
        annealedSampler(randomStream(i), graph, start, { deviation: 1, sweeps: 50 }),
      );
      expect(one.cut).toBe(cutValue(ones, one.sides));
      expect(three.cut).toBe(cutValue(threes, three.sides));
      expect(three.cut).toBe(3 * one.cut);
    }
  });
});

describe('exact reduction', () => {
  it('is left out of large graphs without small degrees, and then changes nothing', () => {
    const stream = root.fork('reduction');
    const small = sparse(stream, 100, 3, () => 1);
    expect(isWorthReducing(small)).toBe(true);
    expect(isWorthReducing(sparse(stream, 21_000, 16, () => 1))).toBe(false);
    expect(isWorthReducing(sparse(stream, 21_000, 5, () => 1))).toBe(true);
    const { graph, lift, kept } = unreduced(small);
    expect(graph).toBe(small);
    expect(kept.length).toBe(100);
    const sides = exactCut(reduceGraph(sparse(stream, 12, 4, () => 1)).graph).sides;
    expect(lift(sides)).toBe(sides);
  });
});

describe('a time budget', () => {
  it('leaves out what does not fit, says so, and still ends with a cut and a bound', async () => {
    const graph = sparse(root.fork('budget'), 30_000, 10, () => 1);
    const options = { budget: { seconds: 3 }, threads: 2, polish: 'resample' } as const;
    const solution = await solveMaxCut(root.fork('run'), graph, options);
    expect(solution.outcome).toBe('budget');
    expect(solution.cut).toBe(cutValue(graph, solution.sides));
    expect(solution.cut).toBeLessThanOrEqual(solution.upperBound.value);
    expect(solution.isBoundFinal).toBe(false);
    expect(solution.derandomized).toBeUndefined();
  }, 60_000);
});
