import { describe, expect, it } from 'vitest';
import { gershgorinBound } from '../../../../src/applications/maxcut/bound/jointHessian.ts';
import { certifyStationary } from '../../../../src/applications/maxcut/bound/stationarityCertificate.ts';
import {
  cutValue,
  type Graph,
  graphFromEdges,
  solveSemidefinite,
} from '../../../../src/applications/maxcut/index.ts';
import { signLoss } from '../../../../src/applications/maxcut/sampler/signLoss.ts';
import { smoothedCutObjective } from '../../../../src/applications/maxcut/sampler/smoothedCut.ts';
import { excessOver } from '../../../../src/applications/maxcut/sampler/smoothedExcess.ts';
import {
  descendToStationary,
  signsOf,
  stationarityGoal,
} from '../../../../src/applications/maxcut/sampler/stationaryCut.ts';
import { symmetricEigen } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import { norm } from '../../../../src/numerics/linalg/vectors.ts';
import { hessianBlock } from '../../../../src/numerics/optimize/certify/hessianBlock.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { normalCdf } from '../../../../src/numerics/statistics/normal.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('stationary cuts');

/** Every pair with probability `density`, with weights of either sign where asked for. */
function randomGraph(stream: RandomStream, n: number, density: number, signed = false): Graph {
  const edges: { u: number; v: number; w: number }[] = [];
  for (let u = 0; u < n; u++) {
    for (let v = u + 1; v < n; v++) {
      const w = signed ? stream.gaussian() : stream.uniform();
      if (stream.uniform() < density) edges.push({ u, v, w });
    }
  }
  return graphFromEdges(n, {
    sources: edges.map(({ u }) => u),
    targets: edges.map(({ v }) => v),
    weights: edges.map(({ w }) => w),
  });
}

/** The full Hessian from its products, one column each. */
function denseHessian(objective: ReturnType<typeof smoothedCutObjective>, point: Float64Array): Float64Array {
  const block = hessianBlock(objective, point, 0, objective.dimension);
  if (block.outcome !== 'evaluated') throw new RangeError('expected a finite Hessian');
  return block.matrix;
}

describe("Gershgorin's bound on the full Hessian of a smoothed cut", () => {
  it('is the least of the circles of the matrix that the Hessian products give', () => {
    for (let draw = 0; draw < 20; draw++) {
      const stream = root.fork(`circles ${draw}`);
      const graph = randomGraph(stream, 7, 0.6, true);
      const objective = smoothedCutObjective(graph, { rank: 3, smoothing: 0.3, regularization: 0.1 });
      const size = objective.dimension;
      const point = gaussianInto(new Float64Array(size), stream, 0.4);
      const matrix = denseHessian(objective, point);
      let least = Number.POSITIVE_INFINITY;
      let largest = 0;
      for (let i = 0; i < size; i++) {
        let row = matrix[i * size + i];
        for (let j = 0; j < size; j++) {
          if (j !== i) row -= Math.abs(matrix[i * size + j]);
          largest = Math.max(largest, Math.abs(matrix[i * size + j]));
        }
        least = Math.min(least, row);
      }
      expect(Math.abs(gershgorinBound(objective, point) - least)).toBeLessThan(1e-11 * size * largest);
    }
  });
});

describe('a certificate of joint stationarity', () => {
  it('bounds the lowest eigenvalue from below, close to it when dense, and measures ‖∇f‖ and ‖V‖', () => {
    for (let draw = 0; draw < 10; draw++) {
      const stream = root.fork(`certificate ${draw}`);
      const graph = randomGraph(stream, 8, 0.5);
      const objective = smoothedCutObjective(graph, { rank: 3, smoothing: 0.2, regularization: 0.1 });
      const point = gaussianInto(new Float64Array(objective.dimension), stream, 0.3);
      const goal = { gradientTolerance: 1, curvatureTolerance: 1 };
      const certificate = certifyStationary(stream, objective, point, goal);
      const eigen = symmetricEigen(denseHessian(objective, point), objective.dimension);
      if (eigen.outcome !== 'decomposed') throw new RangeError('expected eigenvalues');
      expect(certificate.method).toBe('dense');
      expect(certificate.lowestCurvature).toBeLessThanOrEqual(eigen.values[0]);
      expect(certificate.lowestCurvature).toBeGreaterThan(
        eigen.values[0] - 1e-6 * (1 + Math.abs(eigen.values[0])),
      );
      const gradient = norm(objective.gradientInto(new Float64Array(objective.dimension), point));
      expect(certificate.gradientNorm).toBeGreaterThanOrEqual(gradient);
      expect(certificate.gradientNorm).toBeLessThan(gradient + 1e-6);
      expect(certificate.weightNorm).toBeCloseTo(norm(point.subarray(0, objective.shift.start)), 12);
    }
  });

  it('of more than 160 coordinates falls back to Lanczos, with a probability, where the circles miss the goal', () => {
    const stream = root.fork('large');
    const graph = randomGraph(stream, 60, 0.1);
    const objective = smoothedCutObjective(graph, { rank: 3, smoothing: 0.2, regularization: 0.1 });
    const point = gaussianInto(new Float64Array(objective.dimension), stream, 0.3);
    const goal = { gradientTolerance: 1, curvatureTolerance: 1e-3 };
    const missed = certifyStationary(stream, objective, point, goal);
    expect(missed.method).toBe('lanczos');
    expect(missed.failureProbability).toBe(1e-9);
    const granted = certifyStationary(stream, objective, point, { ...goal, curvatureTolerance: 1e6 });
    expect(granted.method).toBe('gershgorin');
    expect(granted.failureProbability).toBe(0);
    const eigen = symmetricEigen(denseHessian(objective, point), objective.dimension);
    if (eigen.outcome !== 'decomposed') throw new RangeError('expected eigenvalues');
    for (const { lowestCurvature } of [missed, granted])
      expect(lowestCurvature).toBeLessThanOrEqual(eigen.values[0]);
  });
});

describe('the excess of a smoothed cut over a cut', () => {
  it('is f + cut at any point, for sides of any kind and weights of either sign', () => {
    for (let draw = 0; draw < 40; draw++) {
      const stream = root.fork(`excess ${draw}`);
      const graph = randomGraph(stream, 7, 0.6, true);
      const objective = smoothedCutObjective(graph, { rank: 2, smoothing: 0.1, regularization: 0.2 });
      const point = gaussianInto(new Float64Array(objective.dimension), stream, 0.3);
      const sides = Int8Array.from({ length: 7 }, () => (stream.uniform() < 0.5 ? -1 : 1));
      const expected = objective.value(point) + cutValue(graph, sides);
      expect(Math.abs(excessOver(objective, sides)(point) - expected)).toBeLessThan(
        1e-13 * (1 + graph.absoluteWeight),
      );
    }
  });

  it('still sees a difference far below the rounding of f: 2Φ(−12) for an edge with one end at 12τ', () => {
    const edge = graphFromEdges(2, { sources: [0], targets: [1], weights: [1] });
    const objective = smoothedCutObjective(edge, { rank: 1, smoothing: 0.1, regularization: 0 });
    const excess = excessOver(objective, Int8Array.of(1, -1));
    const tail = normalCdf(-12);
    const at = (second: number): Float64Array => Float64Array.of(0, 0, 1.2, second);
    expect(objective.value(at(-1.2)) - objective.value(at(-3))).toBe(0);
    expect(Math.abs(excess(at(-1.2)) / (2 * tail) - 1)).toBeLessThan(1e-12);
    expect(Math.abs(excess(at(-3)) / tail - 1)).toBeLessThan(1e-12);
  });
});

describe('the loss of signs', () => {
  it('bounds how far the expectation is from the cut of sign(μ), at any point and for weights of either sign', () => {
    for (let draw = 0; draw < 60; draw++) {
      const stream = root.fork(`loss ${draw}`);
      const graph = randomGraph(stream, 6, 0.7, true);
      const objective = smoothedCutObjective(graph, { rank: 2, smoothing: 0.1, regularization: 0 });
      const point = gaussianInto(new Float64Array(objective.dimension), stream, 0.2 * stream.uniform());
      const scale = 0.01 * 10 ** (3 * stream.uniform());
      point.fill(0, 0, draw % 3 === 0 ? objective.shift.start : 0);
      for (let i = objective.shift.start; i < point.length; i++) point[i] = scale * stream.gaussian();
      const difference = Math.abs(-objective.value(point) - cutValue(graph, signsOf(objective, point)));
      expect(difference).toBeLessThanOrEqual(signLoss(objective, point) + 1e-13 * graph.absoluteWeight);
    }
  });

  it('is half of |w| for two undecided ends without correlation, and 0 for a tie between decided neighbours', () => {
    const edge = graphFromEdges(2, { sources: [0], targets: [1], weights: [3] });
    const objective = smoothedCutObjective(edge, { rank: 1, smoothing: 0.1, regularization: 0 });
    expect(signLoss(objective, Float64Array.of(0, 0, 0, 0))).toBeCloseTo(1.5, 14);
    const path = graphFromEdges(3, { sources: [0, 1], targets: [1, 2], weights: [1, 1] });
    const tied = smoothedCutObjective(path, { rank: 1, smoothing: 0.1, regularization: 0 });
    expect(signLoss(tied, Float64Array.of(0, 0, 0, 4, 0, -4))).toBe(0);
  });
});

describe('the descent to a stationary point', () => {
  it('ends where the certificate passes its goal, with V by its own step at the bound of the lemma', () => {
    for (let draw = 0; draw < 6; draw++) {
      const stream = root.fork(`descent ${draw}`);
      const graph = randomGraph(stream, 12, 0.5);
      const { vectors, rank } = solveSemidefinite(stream.fork('vectors'), graph);
      const options = { rank, smoothing: 0.02, regularization: (0.01 * graph.absoluteWeight) / 12 };
      const objective = smoothedCutObjective(graph, options);
      const start = new Float64Array(objective.dimension);
      start.set(vectors);
      const goal = stationarityGoal(objective);
      const end = descendToStationary(stream.fork('descent'), objective, start, goal);
      const certificate = certifyStationary(stream.fork('certificate'), objective, end.point, goal);
      expect(end.outcome).toBe('reached');
      expect(end.value).toBe(objective.value(end.point));
      expect(end.startValue).toBe(objective.value(start));
      expect(end.cut).toBe(cutValue(graph, end.sides));
      expect(end.evaluations).toBeGreaterThan(end.steps);
      expect(certificate.gradientNorm).toBeLessThanOrEqual(goal.gradientTolerance);
      expect(certificate.lowestCurvature).toBeGreaterThanOrEqual(-goal.curvatureTolerance);
      expect(certificate.weightNorm).toBeLessThanOrEqual(goal.gradientTolerance / options.regularization);
      expect(end.cut).toBeGreaterThanOrEqual(-end.startValue - 1e-6 * graph.absoluteWeight);
    }
  });

  it('stays on the saddle at μ = 0 without perturbation', () => {
    const stream = root.fork('saddle');
    const graph = randomGraph(stream, 8, 0.6);
    const { vectors, rank } = solveSemidefinite(stream.fork('vectors'), graph);
    const objective = smoothedCutObjective(graph, { rank, smoothing: 0.1, regularization: 0.01 });
    const start = new Float64Array(objective.dimension);
    start.set(vectors);
    const goal = stationarityGoal(objective);
    const { point, sides, cut } = descendToStationary(stream, objective, start, goal, { perturbation: 0 });
    expect(norm(point.subarray(objective.shift.start))).toBe(0);
    expect([...sides]).toEqual(Array.from(sides, () => 1));
    expect(cut).toBe(0);
  });

  it('aims at ρ = λ²/K, and at λ² where K is 0', () => {
    const edge = graphFromEdges(2, { sources: [0], targets: [1], weights: [1] });
    const objective = smoothedCutObjective(edge, { rank: 1, smoothing: 0.1, regularization: 0.5 });
    const goal = stationarityGoal(objective);
    expect(goal.curvatureTolerance).toBe(0.5);
    expect(goal.gradientTolerance * objective.hessianLipschitz).toBeCloseTo(0.25, 12);
    const empty = graphFromEdges(2, { sources: [], targets: [], weights: [] });
    const free = smoothedCutObjective(empty, { rank: 1, smoothing: 0.1, regularization: 0.5 });
    expect(stationarityGoal(free).gradientTolerance).toBe(0.25);
  });
});
