import { dualBound } from '../../../../src/applications/maxcut/bound/dualBound.ts';
import {
  type SemidefiniteSolution,
  solveSemidefinite,
} from '../../../../src/applications/maxcut/bound/semidefinite.ts';
import type { Graph } from '../../../../src/applications/maxcut/graph/graph.ts';
import { smoothingErrorBound } from '../../../../src/applications/maxcut/sampler/smoothingBounds.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Certificate } from '../../../../src/papers/claims/exhibit.ts';
import { weightsCertificate } from '../networks/weightsCertificate.ts';
import { graphs, largeGraphs, paperGraph } from './maxcut.ts';
import { type DescentVariant, descendFrom } from './maxcutDescents.ts';

/** Derandomized cuts of the paper's graph and of three others, each with the proof of its upper bound. */
export function cutCertificates(stream: RandomStream): readonly Certificate[] {
  const drawn = (family: string, weighting: string, n: number): Graph =>
    graphs(24).realize({ family, weighting, n, stream: stream.fork(family).integer(0, 0x7fffffff) }).graph;
  return [
    ...cutCertificate(stream.fork('paper'), 'paper-graph', 'the graph of Figures 4 and 5', paperGraph()),
    ...cutCertificate(
      stream.fork('real'),
      'real-weights',
      'a graph of 18 vertices',
      drawn('random', 'real', 18),
    ),
    ...cutCertificate(
      stream.fork('complete'),
      'complete',
      'the complete graph on 17 vertices',
      drawn('complete', 'unit', 17),
    ),
    ...cutCertificate(
      stream.fork('sparse'),
      'sixty',
      'a sparse graph of 60 vertices',
      largeGraphs(60, 60).realize({
        n: 60,
        family: 'cubic',
        stream: stream.fork('sparse').integer(0, 0x7fffffff),
      }),
    ),
  ];
}

/** The cut that the theorem's descent finds, and the lemma at the point where it ends. */
function cutCertificate(
  stream: RandomStream,
  word: string,
  words: string,
  graph: Graph,
): readonly Certificate[] {
  const n = graph.vertexCount;
  const solution = solveSemidefinite(stream.fork('vectors'), graph);
  const bound = dualBound(stream.fork('bound'), graph, solution);
  const variant: DescentVariant = {
    smoothing: 0.1,
    regularization: 0.01,
    perturbation: 0.01,
    sign: 1,
    frozenVectors: false,
    followsToLimit: true,
  };
  const { objective, point, sides, cut } = descendFrom(
    stream.fork('descent'),
    graph,
    solution.vectors,
    variant,
  );
  const edges = edgesOf(graph);
  const certificate: Certificate = {
    id: `maxcut.certificate.${word}`,
    kind: 'cut',
    says: `Of ${words}: a cut of weight ${cut}, and a proof that none is heavier than ${bound.value}.`,
    numbers: {
      vertexCount: n,
      edgeCount: edges.length,
      rank: solution.rank,
      cut,
      bound: bound.value,
      loss: smoothingErrorBound(graph, variant.smoothing) + variant.regularization * n,
    },
    arrays: {
      sources: edges.map(({ u }) => u),
      targets: edges.map(({ v }) => v),
      weights: edges.map(({ w }) => w),
      sides: [...sides],
      vectors: [...solution.vectors],
      multipliers: raised(graph, solution, bound.value),
    },
  };
  return bound.method === 'factorization'
    ? [
        certificate,
        ...weightsCertificate(
          `maxcut.certificate.${word}-lemma`,
          `the end of the descent on ${words}`,
          objective,
          point,
        ),
      ]
    : [];
}

/** The multipliers with the shift that makes the dual point of the bound: Σw/2 + Σ(λ_i + s)/4 = bound. */
function raised(graph: Graph, { multipliers }: SemidefiniteSolution, bound: number): number[] {
  const sum = multipliers.reduce((total, each) => total + each, 0);
  const shift = (4 * bound - 2 * graph.totalWeight - sum) / graph.vertexCount;
  return Array.from(multipliers, (each) => each + shift);
}

function edgesOf({ vertexCount, offsets, neighbours, weights }: Graph) {
  const edges: { readonly u: number; readonly v: number; readonly w: number }[] = [];
  for (let u = 0; u < vertexCount; u++) {
    for (let p = offsets[u]; p < offsets[u + 1]; p++) {
      if (u < neighbours[p]) edges.push({ u, v: neighbours[p], w: weights[p] });
    }
  }
  return edges;
}
