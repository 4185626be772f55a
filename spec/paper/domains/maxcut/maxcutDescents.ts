import { type CutCertificate, certifyCut } from '../../../../src/applications/maxcut/bound/cutCertificate.ts';
import type { Sides } from '../../../../src/applications/maxcut/graph/cut.ts';
import { cutValue } from '../../../../src/applications/maxcut/graph/cut.ts';
import type { Graph } from '../../../../src/applications/maxcut/graph/graph.ts';
import { followToLimit } from '../../../../src/applications/maxcut/sampler/limitPoint.ts';
import {
  type SmoothedCutObjective,
  smoothedCutObjective,
} from '../../../../src/applications/maxcut/sampler/smoothedCut.ts';
import { descendSmoothedCut } from '../../../../src/applications/maxcut/sampler/smoothedDescent.ts';
import { norm } from '../../../../src/numerics/linalg/vectors.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** How a descent is run, or run wrongly. */
export interface DescentVariant {
  readonly smoothing: number;
  readonly regularization: number;
  /** Standard deviation of the noise on μ at the start. */
  readonly perturbation: number;
  /** −1 climbs. */
  readonly sign: 1 | -1;
  readonly frozenVectors: boolean;
  /** Whether the end is followed to its limit. */
  readonly followsToLimit: boolean;
}

/** What a descent led to: sign(μ) and nothing else. */
export interface DescentEnd {
  readonly objective: SmoothedCutObjective;
  readonly point: Float64Array;
  readonly startValue: number;
  readonly endValue: number;
  readonly startNorm: number;
  readonly sides: Sides;
  readonly cut: number;
  readonly certificate: CutCertificate;
}

/** Descends from (V, 0) in the given variant. */
export function descendFrom(
  stream: RandomStream,
  graph: Graph,
  vectors: Float64Array,
  variant: DescentVariant,
): DescentEnd {
  const { smoothing, regularization, perturbation } = variant;
  const rank = vectors.length / graph.vertexCount;
  const objective = smoothedCutObjective(graph, { rank, smoothing, regularization });
  const start = new Float64Array(objective.dimension);
  start.set(vectors);
  const driven = altered(objective, variant);
  const descent = descendSmoothedCut(stream, driven, start, { perturbation, steps: 1500 });
  const point = variant.followsToLimit ? followToLimit(driven, descent.point).point : descent.point;
  const sides = Int8Array.from(point.subarray(objective.shift.start), (mean) => (mean < 0 ? -1 : 1));
  return {
    objective,
    point,
    startValue: objective.value(start),
    endValue: objective.value(point),
    startNorm: norm(vectors),
    sides,
    cut: cutValue(graph, sides),
    certificate: certifyCut(objective, point),
  };
}

/** The objective as it is given to the descent: climbing, or with derivatives along V held at zero. */
function altered(
  objective: SmoothedCutObjective,
  { sign, frozenVectors }: DescentVariant,
): SmoothedCutObjective {
  return {
    ...objective,
    value: (x) => sign * objective.value(x),
    gradientInto: (out, x) => {
      objective.gradientInto(out, x);
      for (let c = 0; c < out.length; c++) out[c] *= sign;
      return frozenVectors ? out.fill(0, 0, objective.shift.start) : out;
    },
  };
}

/** Σ w arccos(v_i·v_j)/π: the expected cut of a random hyperplane. */
export function hyperplaneExpectation(graph: Graph, vectors: Float64Array): number {
  return sumOverEdges(graph, (i, j) => Math.acos(clamp(inner(graph, vectors, i, j))) / Math.PI);
}

/** Σ w (1 − v_i·v_j)/2: the relaxation's value at unit vectors. */
export function relaxationValue(graph: Graph, vectors: Float64Array): number {
  return sumOverEdges(graph, (i, j) => (1 - inner(graph, vectors, i, j)) / 2);
}

/** The mean cut of `count` sampled hyperplanes. */
export function sampledHyperplanes(
  stream: RandomStream,
  graph: Graph,
  vectors: Float64Array,
  count: number,
): number {
  const n = graph.vertexCount;
  const rank = vectors.length / n;
  const normal = new Float64Array(rank);
  let total = 0;
  for (let sample = 0; sample < count; sample++) {
    for (let q = 0; q < rank; q++) normal[q] = stream.gaussian();
    const sides = Int8Array.from({ length: n }, (_, i) => {
      let product = 0;
      for (let q = 0; q < rank; q++) product += vectors[i * rank + q] * normal[q];
      return product < 0 ? -1 : 1;
    });
    total += cutValue(graph, sides);
  }
  return total / count;
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
