import { publishedGraph } from '../../../spec/paper/domains/maxcut/publishedGraph.ts';
import { randomStream } from '../../../src/numerics/random/stream.ts';

type Pair = readonly [number, number];

/** Graphs to begin with, as edge lists with vertices counted from 1. */
export const graphSamples: Readonly<Record<string, { readonly name: string; readonly edges: () => string }>> =
  {
    paper: { name: 'the graph of Figures 4 and 5', edges: () => edgeText(paperPairs()) },
    odd: {
      name: 'a cycle of 51 vertices',
      edges: () => edgeText(Array.from({ length: 51 }, (_, i): Pair => [i, (i + 1) % 51])),
    },
    petersen: {
      name: 'the Petersen graph',
      edges: () =>
        edgeText(
          [0, 1, 2, 3, 4].flatMap((i): Pair[] => [
            [i, (i + 1) % 5],
            [i, i + 5],
            [5 + i, 5 + ((i + 2) % 5)],
          ]),
        ),
    },
    torus: { name: 'a torus, 10 × 10', edges: () => edgeText(torus(10)) },
    random: { name: 'a random graph of 200 vertices', edges: () => edgeText(randomPairs(200, 4 / 200)) },
  };

/** The sample that is shown first. */
export const firstSample = 'paper';

/** One edge a line. */
function edgeText(pairs: readonly Pair[]): string {
  return pairs.map(([u, v]) => `${u + 1} ${v + 1}`).join('\n');
}

function paperPairs(): Pair[] {
  const { vertexCount, offsets, neighbours } = publishedGraph(42, 0.6);
  return Array.from({ length: vertexCount }, (_, u) => u).flatMap((u) =>
    [...neighbours.subarray(offsets[u], offsets[u + 1])].filter((v) => v > u).map((v): Pair => [u, v]),
  );
}

function torus(side: number): Pair[] {
  const cell = (i: number, j: number): number => (i % side) * side + (j % side);
  return Array.from({ length: side * side }, (_, c) => c).flatMap((c): Pair[] => {
    const [i, j] = [Math.floor(c / side), c % side];
    return [
      [cell(i, j), cell(i, j + 1)],
      [cell(i, j), cell(i + 1, j)],
    ];
  });
}

function randomPairs(n: number, probability: number): Pair[] {
  const stream = randomStream('a random graph');
  const pairs: Pair[] = [];
  for (let u = 0; u < n; u++)
    for (let v = u + 1; v < n; v++) if (stream.uniform() < probability) pairs.push([u, v]);
  return pairs;
}
