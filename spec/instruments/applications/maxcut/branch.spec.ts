import { describe, expect, inject, it } from 'vitest';
import { cutValue } from '../../../../src/applications/maxcut/graph/cut.ts';
import {
  type EdgeList,
  exactCut,
  graphFromEdges,
  solveMaxCut,
} from '../../../../src/applications/maxcut/index.ts';
import { branchAndBound } from '../../../../src/applications/maxcut/search/branchAndBound.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream(`${inject('claims').seed} branch`);

const kinds: Readonly<Record<string, (stream: RandomStream) => number>> = {
  ones: () => 1,
  'of either sign': (stream) => stream.integer(-9, 9),
  'mostly negative': (stream) => stream.integer(-9, 1),
  zeros: (stream) => stream.integer(0, 1),
  quarters: (stream) => stream.integer(-9, 9) / 4,
};

function dense(stream: RandomStream, n: number, weight: () => number) {
  const edges = { sources: [0].slice(1), targets: [0].slice(1), weights: [0].slice(1) };
  const density = 0.3 + 0.7 * stream.uniform();
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (stream.uniform() >= density) continue;
      edges.sources.push(i);
      edges.targets.push(j);
      edges.weights.push(weight());
    }
  }
  return graphFromEdges(n, edges satisfies EdgeList);
}

describe.each(Object.entries(kinds))('branch and bound on weights that are %s', (name, weight) => {
  it('proves the cut that visiting all partitions finds', () => {
    for (let i = 0; i < 20; i++) {
      const stream = root.fork(`${name} ${i}`);
      const graph = dense(stream, stream.integer(17, 20), () => weight(stream));
      const start = new Int8Array(graph.vertexCount).fill(1);
      const { outcome, cut, sides } = branchAndBound(stream.fork('run'), graph, start, () => false);
      expect(outcome).toBe('proven');
      expect(cut).toBe(exactCut(graph).cut);
      expect(cutValue(graph, sides)).toBe(cut);
    }
  }, 120_000);
});

describe('branch and bound', () => {
  it('proves nothing of weights without a unit, nor where it is stopped', () => {
    const stream = root.fork('none');
    const floats = dense(stream, 18, () => stream.gaussian());
    const start = new Int8Array(18).fill(1);
    expect(branchAndBound(stream.fork('a'), floats, start, () => false).outcome).toBe('stopped');
    const ones = dense(stream, 18, () => 1);
    expect(branchAndBound(stream.fork('b'), ones, start, () => true)).toMatchObject({
      outcome: 'stopped',
      nodes: 0,
    });
  });

  it('proves what a search finds on a dense graph of 32 vertices, and says how', async () => {
    const stream = root.fork('search');
    const graph = dense(stream, 32, () => stream.integer(1, 5));
    const options = { budget: { seconds: 60 }, threads: 2, polish: 'resample' } as const;
    const { outcome, cut, upperBound } = await solveMaxCut(stream.fork('run'), graph, options);
    expect(outcome).toBe('optimal');
    expect(upperBound.value).toBe(cut);
    expect(['branch', 'factorization', 'degree']).toContain(upperBound.method);
  }, 120_000);
});
