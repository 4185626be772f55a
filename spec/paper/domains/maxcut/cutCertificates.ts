import {
  type DualBound,
  dualBound,
  type Graph,
  type SemidefiniteSolution,
  solveSemidefinite,
} from '../../../../src/applications/maxcut/index.ts';
import { hessianBlock } from '../../../../src/numerics/optimize/certify/hessianBlock.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Certificate } from '../../../../src/papers/claims/exhibit.ts';
import { weightsCertificate } from '../networks/weightsCertificate.ts';
import { graphs, paperGraph } from './maxcut.ts';
import {
  type DescentEnd,
  type DescentTask,
  descendFrom,
  descentTask,
  startLoss,
  theoremVariant,
} from './maxcutDescents.ts';
import { sparseGraphs } from './sparseGraphs.ts';

/** Derandomized cuts of the paper's graph and of three others, each with the proof of its upper bound. */
export function cutCertificates(stream: RandomStream): readonly Certificate[] {
  const seed = (label: string): number => stream.fork(label).integer(0, 0x7fffffff);
  const drawn = (family: string, weighting: string, n: number): Graph =>
    graphs(24).realize({ family, weighting, n, stream: seed(family) }).graph;
  const sparse = sparseGraphs('cubic', 60, 60).realize({ n: 60, stream: seed('sparse') }).graph;
  return [
    { word: 'paper-graph', words: 'the graph of Figures 4 and 5', graph: paperGraph() },
    { word: 'real-weights', words: 'a graph of 18 vertices', graph: drawn('random', 'real', 18) },
    { word: 'complete', words: 'the complete graph on 17 vertices', graph: drawn('complete', 'unit', 17) },
    { word: 'sixty', words: 'a sparse graph of 60 vertices', graph: sparse },
  ].flatMap((named) => certificatesOf(stream.fork(named.word), named));
}

interface Named {
  /** For the certificate's name. */
  readonly word: string;
  readonly words: string;
  readonly graph: Graph;
}

/** The cut that the theorem's descent finds; the point where it ends; and the lemma there. */
function certificatesOf(stream: RandomStream, named: Named): readonly Certificate[] {
  const { word, words, graph } = named;
  const solution = solveSemidefinite(stream.fork('vectors'), graph);
  const bound = dualBound(stream.fork('bound'), graph, solution);
  if (bound.method !== 'factorization') return [];
  const variant = theoremVariant(graph);
  const task = descentTask(graph, solution.vectors, variant);
  const end = descendFrom(stream.fork('descent'), task, variant);
  const loss = startLoss(graph, variant) + end.loss;
  const where = `the end of the descent on ${words}`;
  return [
    cutCertificate(named, solution, bound, end, loss),
    ...(task.objective.dimension <= 120 ? stationaryCertificate(named, task, end) : []),
    ...weightsCertificate(`maxcut.certificate.${word}-lemma`, where, task.objective, end.point),
  ];
}

function cutCertificate(
  { word, words, graph }: Named,
  solution: SemidefiniteSolution,
  bound: DualBound,
  { cut, sides }: DescentEnd,
  loss: number,
): Certificate {
  const { list, arrays } = edgesOf(graph);
  return {
    id: `maxcut.certificate.${word}`,
    kind: 'cut',
    says: `Of ${words}: a cut of weight ${cut}, and a proof that none is heavier than ${bound.value}.`,
    numbers: {
      vertexCount: graph.vertexCount,
      edgeCount: list.length,
      rank: solution.rank,
      cut,
      bound: bound.value,
      loss,
    },
    arrays: {
      ...arrays,
      sides: [...sides],
      vectors: [...solution.vectors],
      multipliers: raised(graph, solution, bound.value),
    },
  };
}

/** Entries of a Hessian are written as multiples of this, so that they stay short; what that changes is granted. */
const grid = 2 ** -60;

/** The end of the descent with its full gradient and Hessian. */
function stationaryCertificate(
  { word, words, graph }: Named,
  task: DescentTask,
  end: DescentEnd,
): Certificate[] {
  const { objective, goal } = task;
  const { dimension, regularization, hessianLipschitz, rank } = objective;
  const { point, certificate, cut } = end;
  const block = hessianBlock(objective, point, 0, dimension);
  if (block.outcome !== 'evaluated') return [];
  const { list, arrays } = edgesOf(graph);
  // Lowered by more than writing the entries on a grid can change in norm.
  const lowest = certificate.lowestCurvature - dimension * grid;
  return [
    {
      id: `maxcut.certificate.${word}-end`,
      kind: 'stationary-cut',
      says: `The descent on ${words} ends where ‖∇f‖ = ${certificate.gradientNorm.toExponential(1)}, the lowest eigenvalue of the full Hessian is at least ${lowest.toExponential(1)} and ‖V‖ = ${certificate.weightNorm.toExponential(1)}; its signs cut ${cut}.`,
      numbers: {
        vertexCount: graph.vertexCount,
        edgeCount: list.length,
        rank,
        regularization,
        hessianLipschitz,
        gradientTolerance: goal.gradientTolerance,
        lowest,
        weightNorm: certificate.weightNorm * (1 + 4 * dimension * Number.EPSILON),
        cut,
      },
      arrays: {
        ...arrays,
        point: [...point],
        gradient: [...objective.gradientInto(new Float64Array(dimension), point)],
        hessian: Array.from(block.matrix, (entry) => grid * Math.round(entry / grid)),
      },
    },
  ];
}

/** The multipliers with the shift that makes the dual point of the bound: Σw/2 + Σ(λ_i + s)/4 = bound. */
function raised(graph: Graph, { multipliers }: SemidefiniteSolution, bound: number): number[] {
  const sum = multipliers.reduce((total, each) => total + each, 0);
  const shift = (4 * bound - 2 * graph.totalWeight - sum) / graph.vertexCount;
  return Array.from(multipliers, (each) => each + shift);
}

function edgesOf({ vertexCount, offsets, neighbours, weights }: Graph) {
  const list: { readonly u: number; readonly v: number; readonly w: number }[] = [];
  for (let u = 0; u < vertexCount; u++) {
    for (let p = offsets[u]; p < offsets[u + 1]; p++) {
      if (u < neighbours[p]) list.push({ u, v: neighbours[p], w: weights[p] });
    }
  }
  const arrays = {
    sources: list.map(({ u }) => u),
    targets: list.map(({ v }) => v),
    weights: list.map(({ w }) => w),
  };
  return { list, arrays };
}
