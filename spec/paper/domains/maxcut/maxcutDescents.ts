import {
  certifyStationary,
  type StationarityCertificate,
} from '../../../../src/applications/maxcut/bound/stationarityCertificate.ts';
import {
  cutValue,
  type Graph,
  graphFromEdges,
  type Sides,
} from '../../../../src/applications/maxcut/index.ts';
import { signLoss } from '../../../../src/applications/maxcut/sampler/signLoss.ts';
import {
  type SmoothedCutObjective,
  smoothedCutObjective,
} from '../../../../src/applications/maxcut/sampler/smoothedCut.ts';
import { smoothingErrorBound } from '../../../../src/applications/maxcut/sampler/smoothingBounds.ts';
import {
  descendToStationary,
  stationarityGoal,
} from '../../../../src/applications/maxcut/sampler/stationaryCut.ts';
import type { StationarityGoal } from '../../../../src/numerics/optimize/optimizer.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** How a descent is run, or run wrongly. */
export interface DescentVariant {
  /** τ. */
  readonly smoothing: number;
  /** λ of the objective that is descended. */
  readonly regularization: number;
  /** Standard deviation of the noise on μ at the start; 0 makes no second-order step either. */
  readonly perturbation: number;
  /** Descends towards few cut edges: the expectation enters with the other sign. */
  readonly flipped: boolean;
  readonly frozenVectors: boolean;
}

/** τ and λ that cost at most 2 % of all weights together: √2/π·0.02 + 0.01 = 0.019. */
export function theoremVariant(graph: Graph): DescentVariant {
  const regularization = (0.01 * sizeOf(graph)) / graph.vertexCount;
  return { smoothing: 0.02, regularization, perturbation: 0.01, flipped: false, frozenVectors: false };
}

/** Σ|w|, or 1 where there is nothing to cut. */
export function sizeOf({ absoluteWeight }: Graph): number {
  return absoluteWeight || 1;
}

/** What smoothing and the regulariser can take from the expected cut of the start: (√2/π)τΣ|w| + λn. */
export function startLoss(graph: Graph, { smoothing, regularization }: DescentVariant): number {
  return smoothingErrorBound(graph, smoothing) + regularization * graph.vertexCount;
}

/** What a descent led to: sign(μ), and what is verified of the point. */
export interface DescentEnd {
  readonly sides: Sides;
  readonly cut: number;
  /** What sign(μ) can lose against the expectation at the point. */
  readonly loss: number;
  readonly startValue: number;
  readonly endValue: number;
  readonly certificate: StationarityCertificate;
  /** Gradients and Hessian products. */
  readonly evaluations: number;
  readonly point: Float64Array;
}

/** A method that turns the task into a cut: the descent, or what a null puts in its place. */
export type CutMethod = (stream: RandomStream, task: DescentTask, variant: DescentVariant) => DescentEnd;

/** A cut of which nothing is claimed but its sides: what a null returns. */
export function bareCut(graph: Graph, sides: Sides): DescentEnd {
  return {
    sides,
    cut: cutValue(graph, sides),
    loss: 0,
    startValue: 0,
    endValue: Number.POSITIVE_INFINITY,
    certificate: {
      gradientNorm: Number.POSITIVE_INFINITY,
      lowestCurvature: Number.NEGATIVE_INFINITY,
      weightNorm: Number.POSITIVE_INFINITY,
      method: 'dense',
      failureProbability: 0,
    },
    evaluations: 0,
    point: new Float64Array(0),
  };
}

/** The graph, its vectors, and the objective and goal that the theorem speaks of. */
export interface DescentTask {
  readonly graph: Graph;
  readonly vectors: Float64Array;
  readonly objective: SmoothedCutObjective;
  readonly goal: StationarityGoal;
  /** V₀, then μ = 0. */
  readonly start: Float64Array;
}

export function descentTask(graph: Graph, vectors: Float64Array, variant: DescentVariant): DescentTask {
  const { smoothing, regularization } = variant;
  const rank = vectors.length / graph.vertexCount;
  const objective = smoothedCutObjective(graph, { rank, smoothing, regularization });
  const start = new Float64Array(objective.dimension);
  start.set(vectors);
  return { graph, vectors, objective, goal: stationarityGoal(objective), start };
}

/** Descends from (V, 0) in the given variant. */
export function descendFrom(stream: RandomStream, task: DescentTask, variant: DescentVariant): DescentEnd {
  const { graph, objective, goal, start } = task;
  const { perturbation } = variant;
  const end = descendToStationary(stream, altered(task, variant), start, goal, { perturbation });
  const { point, sides, evaluations } = end;
  return {
    sides,
    cut: cutValue(graph, sides),
    loss: signLoss(objective, point),
    startValue: objective.value(start),
    endValue: objective.value(point),
    certificate: certifyStationary(stream.fork('certificate'), objective, point, goal),
    evaluations,
    point,
  };
}

/** The objective as it is given to the descent. */
function altered(
  { graph, objective }: DescentTask,
  { smoothing, regularization, flipped, frozenVectors }: DescentVariant,
): SmoothedCutObjective {
  const options = { rank: objective.rank, smoothing, regularization };
  const descended = smoothedCutObjective(flipped ? negated(graph) : graph, options);
  if (!frozenVectors) return descended;
  const freeze = (out: Float64Array): Float64Array => out.fill(0, 0, descended.shift.start);
  return {
    ...descended,
    gradientInto: (out, x) => freeze(descended.gradientInto(out, x)),
    hessianVectorInto: (out, x, direction) => {
      const along = Float64Array.from(direction).fill(0, 0, descended.shift.start);
      return freeze(descended.hessianVectorInto(out, x, along));
    },
  };
}

function negated({ vertexCount, offsets, neighbours, weights }: Graph): Graph {
  const edges: { u: number; v: number; w: number }[] = [];
  for (let u = 0; u < vertexCount; u++) {
    for (let p = offsets[u]; p < offsets[u + 1]; p++) {
      if (neighbours[p] > u) edges.push({ u, v: neighbours[p], w: -weights[p] });
    }
  }
  return graphFromEdges(vertexCount, {
    sources: edges.map(({ u }) => u),
    targets: edges.map(({ v }) => v),
    weights: edges.map(({ w }) => w),
  });
}

/** Σ w arccos(v_i·v_j)/π: the expected cut of a random hyperplane. */
export function hyperplaneExpectation(graph: Graph, vectors: Float64Array): number {
  return sumOverEdges(graph, (i, j) => Math.acos(clamp(inner(graph, vectors, i, j))) / Math.PI);
}

/** Σ w (1 − v_i·v_j)/2: the relaxation's value at unit vectors. */
export function relaxationValue(graph: Graph, vectors: Float64Array): number {
  return sumOverEdges(graph, (i, j) => (1 - inner(graph, vectors, i, j)) / 2);
}

/** The mean and the best cut of `count` sampled hyperplanes. */
export function sampledHyperplanes(
  stream: RandomStream,
  graph: Graph,
  vectors: Float64Array,
  count: number,
): { readonly mean: number; readonly best: number } {
  const n = graph.vertexCount;
  const rank = vectors.length / n;
  const normal = new Float64Array(rank);
  let total = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let sample = 0; sample < count; sample++) {
    for (let q = 0; q < rank; q++) normal[q] = stream.gaussian();
    const sides = Int8Array.from({ length: n }, (_, i) => {
      let product = 0;
      for (let q = 0; q < rank; q++) product += vectors[i * rank + q] * normal[q];
      return product < 0 ? -1 : 1;
    });
    const cut = cutValue(graph, sides);
    total += cut;
    best = Math.max(best, cut);
  }
  return { mean: total / count, best };
}

/** The cut counted again from the rows of the graph, with a compensated sum and no code of the application. */
export function recount(graph: Graph, sides: Sides): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < graph.vertexCount; i++) {
    for (let p = graph.offsets[i]; p < graph.offsets[i + 1]; p++) {
      if (sides[i] * sides[graph.neighbours[p]] > 0) continue;
      const term = graph.weights[p] / 2 - lost;
      const next = sum + term;
      lost = next - sum - term;
      sum = next;
    }
  }
  return sum;
}

function sumOverEdges(graph: Graph, term: (i: number, j: number) => number): number {
  let sum = 0;
  for (let i = 0; i < graph.vertexCount; i++) {
    for (let p = graph.offsets[i]; p < graph.offsets[i + 1]; p++) {
      if (graph.neighbours[p] > i) sum += graph.weights[p] * term(i, graph.neighbours[p]);
    }
  }
  return sum;
}

function inner(graph: Graph, vectors: Float64Array, i: number, j: number): number {
  const rank = vectors.length / graph.vertexCount;
  let product = 0;
  for (let q = 0; q < rank; q++) product += vectors[i * rank + q] * vectors[j * rank + q];
  return product;
}

function clamp(cosine: number): number {
  return Math.max(-1, Math.min(1, cosine));
}
