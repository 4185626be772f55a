import { expect, inject, test } from 'vitest';
import { type Graph, graphFromEdges, solveMaxCut } from '../../../../src/applications/maxcut/index.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('weights');

/** Weights that sums of doubles may get wrong, one kind each. */
const kinds: Readonly<Record<string, (stream: RandomStream) => number>> = {
  ones: () => 1,
  'small integers': (s) => s.integer(1, 9),
  'integers of either sign': (s) => s.integer(-9, 9),
  zeros: (s) => s.integer(0, 1),
  halves: (s) => s.integer(1, 9) / 2,
  tenths: (s) => s.integer(1, 9) / 10,
  thirds: (s) => s.integer(1, 9) / 3,
  'tenths of either sign': (s) => s.integer(-9, 9) / 10,
  uniform: (s) => s.uniform(),
  normal: (s) => s.gaussian(),
  'near 2⁵³': (s) => 2 ** 53 - s.integer(0, 9),
  'near 2⁵⁵': (s) => 2 ** 55 + 8 * s.integer(0, 9),
  'near 2⁵⁰ and odd': (s) => 2 ** 50 + 2 * s.integer(0, 9) + 1,
  '1 and 2⁻⁵²': (s) => (s.uniform() < 0.5 ? 1 : 2 ** -52),
  '1 and 1 + 2⁻⁵²': (s) => (s.uniform() < 0.5 ? 1 : 1 + 2 ** -52),
  '1e12 and 1e-12': (s) => (s.uniform() < 0.5 ? 1e12 : 1e-12),
  '1e12 and −1e12 and 1': (s) => [1e12, -1e12, 1][s.integer(0, 2)],
  'large and nearly cancelling': (s) => (s.uniform() < 0.5 ? 1 : -1) * 1e15 + s.integer(0, 9) / 8,
  'of any size': (s) => 10 ** (40 * s.uniform() - 20),
  'near 1e300': (s) => 1e300 * (1 + s.uniform()),
  'near 1e-300': (s) => 1e-300 * (1 + s.uniform()),
  denormal: (s) => s.integer(1, 9) * 5e-324,
  '1e300 and 1e-300': (s) => (s.uniform() < 0.5 ? 1e300 : 1e-300),
  '±1e300': (s) => (s.uniform() < 0.5 ? 1e300 : -1e300),
  'powers of two': (s) => 2 ** s.integer(-40, 40),
};

/** A double as a whole number of 2⁻¹⁰⁷⁴, exactly. */
function exactly(value: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const size = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1);
  return value < 0 ? -size : size;
}

/** The value of a cut, without rounding; bit i of `mask` is the side of vertex i. */
function exactValue({ vertexCount, offsets, neighbours, weights }: Graph, mask: number): bigint {
  let total = 0n;
  for (let i = 0; i < vertexCount; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      if (j > i && ((mask >> i) & 1) !== ((mask >> j) & 1)) total += exactly(weights[p]);
    }
  }
  return total;
}

function randomGraph(stream: RandomStream, weight: (stream: RandomStream) => number): Graph {
  const n = stream.integer(2, 7);
  const pairs = Array.from({ length: n }, (_, i) =>
    Array.from({ length: i }, (__, j) => [i, j] as const),
  ).flat();
  const kept = pairs.filter(() => stream.uniform() < 0.7);
  return graphFromEdges(n, {
    sources: kept.map(([i]) => i),
    targets: kept.map(([, j]) => j),
    weights: kept.map(() => weight(stream)),
  });
}

const count = inject('claims').profile === 'full' ? 40 : 8;

test.each(Object.keys(kinds))(
  'no cut lies above its bound, and none above an optimum, for weights that are %s',
  async (kind) => {
    for (let trial = 0; trial < count; trial++) {
      const stream = root.fork(`${kind} ${trial}`);
      const graph = randomGraph(stream, kinds[kind]);
      const options = { budget: { rounds: 1 }, threads: 0, polish: 'resample' } as const;
      const { cut, upperBound, sides, outcome } = await solveMaxCut(stream.fork('search'), graph, options);
      let best = 0n;
      for (let mask = 0; mask < 2 ** graph.vertexCount; mask++) {
        const value = exactValue(graph, mask);
        if (value > best) best = value;
      }
      const found = exactValue(
        graph,
        sides.reduce((mask, side, i) => (side > 0 ? mask | (1 << i) : mask), 0),
      );
      expect(outcome).toBe('optimal');
      expect(cut).toBeLessThanOrEqual(upperBound.value);
      expect(exactly(upperBound.value) >= best).toBe(true);
      // An optimum to the last bit where sums are exact; else to the rounding of the sums.
      if (graph.unit > 0)
        expect([found, exactly(cut), exactly(upperBound.value)]).toEqual([best, best, best]);
      const rounding = 2 * graph.edgeCount * Number.EPSILON * graph.absoluteWeight;
      expect(best - found <= exactly(rounding)).toBe(true);
      expect(exactly(upperBound.value) - best <= 2n * exactly(rounding) + 1n).toBe(true);
    }
  },
  60_000,
);

test.each([
  [[1, 2, 3], 1],
  [[0.5, 1.5], 0.5],
  [[2 ** 60, 2 ** 61], 2 ** 60],
  [[0.1, 0.2], 0],
  [[2 ** 53, 1, 2], 0],
  [[0, 0], 1],
])('weights %j have the unit %d', (weights, unit) => {
  const edges = { sources: weights.map((_, i) => i), targets: weights.map((_, i) => i + 1), weights };
  expect(graphFromEdges(weights.length + 1, edges).unit).toBe(unit);
});
