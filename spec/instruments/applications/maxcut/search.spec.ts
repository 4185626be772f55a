import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dualBound } from '../../../../src/applications/maxcut/bound/dualBound.ts';
import { solveSemidefinite } from '../../../../src/applications/maxcut/bound/semidefinite.ts';
import { cutValue, flip, flipGainsInto, type Sides } from '../../../../src/applications/maxcut/graph/cut.ts';
import { type Graph, graphFromEdges } from '../../../../src/applications/maxcut/graph/graph.ts';
import { reduceGraph } from '../../../../src/applications/maxcut/graph/reduction.ts';
import { roundConditionally } from '../../../../src/applications/maxcut/sampler/conditionalRounding.ts';
import { annealedSampler } from '../../../../src/applications/maxcut/search/annealedSampler.ts';
import { CutSearch } from '../../../../src/applications/maxcut/search/cutSearch.ts';
import { withElite } from '../../../../src/applications/maxcut/search/elitePool.ts';
import { exactCut } from '../../../../src/applications/maxcut/search/exactCut.ts';
import { oneOpt } from '../../../../src/applications/maxcut/search/oneOpt.ts';
import { recombineInto } from '../../../../src/applications/maxcut/search/recombination.ts';
import { solveMaxCut } from '../../../../src/applications/maxcut/search/solveMaxCut.ts';
import { startTaskRunner, type TaskRunner } from '../../../../src/applications/maxcut/search/taskRunner.ts';
import { showSemidefinite } from '../../../../src/numerics/linalg/definiteness.ts';
import { symmetricEigen } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';
import { normalCdf } from '../../../../src/numerics/statistics/normal.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

/** A random graph with weights ±1 … ±3, so that every sum is exact. */
function randomGraph(stream: RandomStream, n: number, degree: number): Graph {
  const sources: number[] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (stream.uniform() >= degree / n) continue;
      sources.push(i);
      targets.push(j);
      weights.push(stream.uniform() < 0.7 ? stream.integer(1, 3) : -stream.integer(1, 3));
    }
  }
  return graphFromEdges(n, { sources, targets, weights });
}

function randomSides(stream: RandomStream, n: number): Sides {
  return Int8Array.from({ length: n }, () => (stream.uniform() < 0.5 ? -1 : 1));
}

function forGraphs(most: number, runs: number, check: (graph: Graph, stream: RandomStream) => void): void {
  fc.assert(
    fc.property(seeds, (seed) => {
      const stream = randomStream(seed);
      const degree = 1 + 5 * stream.uniform();
      check(randomGraph(stream.fork('graph'), stream.integer(1, most), degree), stream);
    }),
    { numRuns: runs },
  );
}

function fullMatrix(graph: Graph, diagonal: ArrayLike<number>): Float64Array {
  const n = graph.vertexCount;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = diagonal[i];
    for (let p = graph.offsets[i]; p < graph.offsets[i + 1]; p++) {
      matrix[i * n + graph.neighbours[p]] = graph.weights[p];
    }
  }
  return matrix;
}

describe('cuts', () => {
  it('have gains that are what a flip adds', () => {
    forGraphs(20, 200, (graph, stream) => {
      const sides = randomSides(stream, graph.vertexCount);
      const gains = flipGainsInto(new Float64Array(graph.vertexCount), graph, sides);
      for (let step = 0; step < 10; step++) {
        const i = stream.integer(0, graph.vertexCount - 1);
        const expected = cutValue(graph, sides) + gains[i];
        flip(graph, sides, gains, i);
        expect(cutValue(graph, sides)).toBe(expected);
      }
      // Compared by ===, for which 0 and −0 are equal.
      const fresh = flipGainsInto(new Float64Array(graph.vertexCount), graph, sides);
      expect(fresh.every((gain, i) => gain === gains[i])).toBe(true);
    });
  });

  it('found by exhaustion are those of a plain enumeration', () => {
    forGraphs(9, 100, (graph) => {
      let best = 0;
      for (let code = 0; code < 2 ** graph.vertexCount; code++) {
        const sides = Int8Array.from({ length: graph.vertexCount }, (_, i) => ((code >> i) & 1 ? 1 : -1));
        best = Math.max(best, cutValue(graph, sides));
      }
      expect(exactCut(graph).cut).toBe(best);
    });
  });

  it('do not improve by a single flip after 1-opt, and never get worse', () => {
    forGraphs(60, 200, (graph, stream) => {
      const start = randomSides(stream, graph.vertexCount);
      const sides = oneOpt(graph, start);
      const gains = flipGainsInto(new Float64Array(graph.vertexCount), graph, sides);
      expect(Math.max(...gains)).toBeLessThanOrEqual(0);
      expect(cutValue(graph, sides)).toBeGreaterThanOrEqual(cutValue(graph, start));
    });
  });

  it('rounded by conditional expectations are worth at least the expectation', () => {
    forGraphs(30, 300, (graph, stream) => {
      const { vertexCount: n, offsets, neighbours, weights } = graph;
      const mean = Float64Array.from({ length: n }, () => 2 * stream.gaussian());
      const q = mean.map((m) => 2 * normalCdf(m / 0.5) - 1);
      let expected = 0;
      for (let i = 0; i < n; i++) {
        for (let p = offsets[i]; p < offsets[i + 1]; p++)
          expected += (weights[p] * (1 - q[i] * q[neighbours[p]])) / 4;
      }
      const rounding = 16 * (graph.edgeCount + 1) * Number.EPSILON * graph.absoluteWeight;
      expect(cutValue(graph, roundConditionally(graph, mean, 0.5))).toBeGreaterThanOrEqual(
        expected - rounding,
      );
    });
  });
});

describe('exact reduction', () => {
  it('keeps the maximum cut, and lifts to it', () => {
    forGraphs(18, 300, (graph) => {
      const reduction = reduceGraph(graph);
      const small = exactCut(reduction.graph);
      const best = exactCut(graph).cut;
      // Weights become halves, quarters, …: exact in binary.
      expect(small.cut + reduction.constant).toBe(best);
      expect(cutValue(graph, reduction.lift(small.sides))).toBe(best);
    });
  });

  it('lifts every cut to its own value plus the constant, and leaves no small vertex', () => {
    forGraphs(60, 200, (graph, stream) => {
      const { graph: small, lift, constant } = reduceGraph(graph);
      const sides = randomSides(stream, small.vertexCount);
      expect(cutValue(graph, lift(sides))).toBeCloseTo(cutValue(small, sides) + constant, 9);
      for (let i = 0; i < small.vertexCount; i++) {
        expect(small.offsets[i + 1] - small.offsets[i]).toBeGreaterThan(3);
      }
    });
  });
});

describe('returns to sampler space', () => {
  it('never lose the start, and report the cut they return', () => {
    forGraphs(40, 100, (graph, stream) => {
      const start = randomSides(stream, graph.vertexCount);
      const run = annealedSampler(stream, graph, start, { deviation: 1, sweeps: 30 });
      expect(run.cut).toBe(cutValue(graph, run.sides));
      expect(run.cut).toBeGreaterThanOrEqual(cutValue(graph, start));
    });
  });

  it('mix two cuts into one that is no worse than either', () => {
    forGraphs(60, 300, (graph, stream) => {
      const [a, b] = [randomSides(stream, graph.vertexCount), randomSides(stream, graph.vertexCount)];
      const [before, other] = [cutValue(graph, a), cutValue(graph, b)];
      const rise = recombineInto(a, graph, b);
      expect(cutValue(graph, a)).toBe(before + rise);
      expect(cutValue(graph, a)).toBeGreaterThanOrEqual(Math.max(before, other));
    });
  });

  it('keep the best and drop near copies', () => {
    const cuts = [Int8Array.of(1, 1, 1, 1), Int8Array.of(1, -1, 1, 1), Int8Array.of(-1, -1, -1, -1)];
    let pool = withElite([], { sides: cuts[0], cut: 5 }, 2);
    pool = withElite(pool, { sides: cuts[1], cut: 7 }, 2);
    pool = withElite(pool, { sides: cuts[2], cut: 6 }, 2);
    expect(pool.map(({ cut }) => cut)).toEqual([7, 6]);
  });
});

describe('the dual bound', () => {
  it.each([
    [
      'a cycle of 5',
      5,
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
        [4, 0],
      ],
      (5 / 2) * (1 + Math.cos(Math.PI / 5)),
    ],
    [
      'the complete graph on 4',
      4,
      [
        [0, 1],
        [0, 2],
        [0, 3],
        [1, 2],
        [1, 3],
        [2, 3],
      ],
      4,
    ],
    ['a single edge', 2, [[0, 1]], 1],
  ])('meets the known value of the relaxation of %s', (_, n, edges, value) => {
    const list = {
      sources: edges.map(([u]) => u),
      targets: edges.map(([, v]) => v),
      weights: edges.map(() => 1),
    };
    const graph = graphFromEdges(n, list);
    const solution = solveSemidefinite(randomStream(1), graph, { tolerance: 1e-14 });
    const bound = dualBound(randomStream(2), graph, solution);
    expect(bound.method).toBe(bound.value === graph.totalWeight ? 'degree' : 'factorization');
    expect(Math.abs(solution.value - value)).toBeLessThan(1e-6);
    expect(bound.value).toBeGreaterThanOrEqual(value - 1e-12);
    expect(bound.value).toBeLessThan(value + 1e-4);
  });

  it('is never below a cut, proven or probable', () => {
    forGraphs(16, 100, (graph, stream) => {
      const solution = solveSemidefinite(stream.fork('vectors'), graph, { tolerance: 1e-5 });
      const best = exactCut(graph).cut;
      expect(dualBound(stream.fork('proof'), graph, solution).value).toBeGreaterThanOrEqual(best);
      const probable = dualBound(stream.fork('lanczos'), graph, solution, { operations: 1e-9 });
      expect(probable.value).toBeGreaterThanOrEqual(best);
    });
  });

  it('calls a matrix definite only where its dense eigenvalues are, and not far from there always', () => {
    forGraphs(40, 150, (graph, stream) => {
      const size = 4 * stream.uniform() * (1 + graph.absoluteWeight / graph.vertexCount);
      const diagonal = Float64Array.from({ length: graph.vertexCount }, () => size * stream.uniform());
      const eigen = symmetricEigen(fullMatrix(graph, diagonal), graph.vertexCount);
      if (eigen.outcome !== 'decomposed') throw new Error(eigen.outcome);
      const verdict = showSemidefinite(graph, diagonal, 1e9);
      if (verdict === 'definite') expect(eigen.values[0]).toBeGreaterThanOrEqual(-eigen.error);
      if (eigen.values[0] > 1e-6) expect(verdict).toBe('definite');
    });
  });
});

describe('solving', () => {
  const graph = randomGraph(randomStream('solving'), 120, 8);

  it('gives the same cut for a seed and a number of rounds, with and without threads', async () => {
    const solve = async (threads: number) =>
      await solveMaxCut(randomStream(5), graph, { budget: { rounds: 3 }, threads, polish: 'resample' });
    const [here, again, threaded] = [await solve(0), await solve(0), await solve(2)];
    expect(again.sides).toEqual(here.sides);
    expect(threaded.sides).toEqual(here.sides);
    expect(threaded.upperBound).toEqual(here.upperBound);
    expect(here.cut).toBe(cutValue(graph, here.sides));
    expect(here.cut).toBeLessThanOrEqual(here.upperBound.value);
    expect(here.derandomized?.certificate.holds).toBe(true);
  }, 120_000);

  it('ends at once, with a cut and a bound, where it is interrupted first', async () => {
    const options = {
      budget: { seconds: 60 },
      threads: 0,
      polish: 'none',
      signal: AbortSignal.abort(),
    } as const;
    const solution = await solveMaxCut(randomStream(5), graph, options);
    expect(solution.outcome).toBe('interrupted');
    expect(2 * solution.cut).toBeGreaterThanOrEqual(graph.totalWeight);
    expect(solution.cut).toBe(cutValue(graph, solution.sides));
    expect(solution.upperBound.value).toBeGreaterThanOrEqual(solution.cut);
  }, 60_000);

  it('does not wait for a late bound beyond a tenth of the budget and two seconds', async () => {
    const here = startTaskRunner(0);
    const runner: TaskRunner = {
      ...here,
      run: (task) => (task.kind === 'bound' ? new Promise<never>(() => {}) : here.run(task)),
    };
    const options = { budget: { seconds: 0.1 }, threads: 0, polish: 'resample' } as const;
    const solution = await new CutSearch(randomStream(5), graph, options, runner).run();
    expect(solution.outcome).toBe('budget');
    expect(solution.cut).toBe(cutValue(graph, solution.sides));
    expect(solution.upperBound.method).toBe('degree');
    expect(solution.upperBound.value).toBeGreaterThanOrEqual(solution.cut);
  }, 60_000);

  it.each([0, 1, 2])('solves a graph of %i vertices and no edges', async (n) => {
    const empty = graphFromEdges(n, { sources: [], targets: [], weights: [] });
    const solution = await solveMaxCut(randomStream(1), empty, {
      budget: { seconds: 1 },
      threads: 0,
      polish: 'resample',
    });
    expect(solution.outcome).toBe('optimal');
    expect(solution.cut).toBe(0);
    expect(solution.upperBound.value).toBe(0);
    expect(solution.sides.length).toBe(n);
  });
});
