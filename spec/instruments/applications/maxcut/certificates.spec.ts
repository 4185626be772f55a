import { describe, expect, test } from 'vitest';
import { certifyCut, shiftHessian } from '../../../../src/applications/maxcut/bound/cutCertificate.ts';
import { dualBound } from '../../../../src/applications/maxcut/bound/dualBound.ts';
import { solveSemidefinite } from '../../../../src/applications/maxcut/bound/semidefinite.ts';
import { cutValue, flip, flipGainsInto } from '../../../../src/applications/maxcut/graph/cut.ts';
import { type Graph, graphFromEdges } from '../../../../src/applications/maxcut/graph/graph.ts';
import { reduceGraph } from '../../../../src/applications/maxcut/graph/reduction.ts';
import { roundConditionally } from '../../../../src/applications/maxcut/sampler/conditionalRounding.ts';
import { followToLimit } from '../../../../src/applications/maxcut/sampler/limitPoint.ts';
import {
  type SmoothedCutObjective,
  smoothedCutObjective,
} from '../../../../src/applications/maxcut/sampler/smoothedCut.ts';
import {
  largestDegree,
  smoothedCutHessianLipschitz,
  smoothingErrorBound,
} from '../../../../src/applications/maxcut/sampler/smoothingBounds.ts';
import { oneOpt } from '../../../../src/applications/maxcut/search/oneOpt.ts';
import { rounding } from '../../../../src/numerics/base/tolerance.ts';
import { showSemidefinite } from '../../../../src/numerics/linalg/definiteness.ts';
import { symmetricEigen } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import { bivariateNormalCdf } from '../../../../src/numerics/quadrature/bivariateNormal.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { normalCdf } from '../../../../src/numerics/statistics/normal.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('maxcut certificates');
const streams = Array.from({ length: 20 }, (_, i) => root.fork(i));

type Edge = readonly [number, number, number];

function graphOf(n: number, edges: readonly Edge[]): Graph {
  return graphFromEdges(n, {
    sources: edges.map(([i]) => i),
    targets: edges.map(([, j]) => j),
    weights: edges.map(([, , w]) => w),
  });
}

function randomEdges(stream: RandomStream, n: number, weightOf: () => number): readonly Edge[] {
  const pairs = Array.from({ length: n }, (_, i) =>
    Array.from({ length: i }, (_unused, j) => [i, j] as const),
  );
  return pairs.flat().flatMap(([i, j]): Edge[] => (stream.uniform() < 0.6 ? [[i, j, weightOf()]] : []));
}

function randomCase(stream: RandomStream): {
  edges: readonly Edge[];
  objective: SmoothedCutObjective;
  x: Float64Array;
} {
  const n = stream.integer(3, 7);
  const edges = randomEdges(stream, n, () => 2 * stream.uniform() - 0.7);
  const options = {
    rank: stream.integer(1, 3),
    smoothing: 0.3 + stream.uniform(),
    regularization: stream.uniform(),
  };
  const objective = smoothedCutObjective(graphOf(n, edges), options);
  return { edges, objective, x: gaussianInto(new Float64Array(objective.dimension), stream.fork('x')) };
}

/** Σ_j |w_ij| at every vertex. */
function degrees(n: number, edges: readonly Edge[]): number[] {
  return Array.from({ length: n }, (_, i) =>
    edges.reduce((sum, [a, b, w]) => sum + (a === i || b === i ? Math.abs(w) : 0), 0),
  );
}

/** ∇²_μ f, dense, from the certificate's bands. */
function denseShiftHessian(objective: SmoothedCutObjective, x: Float64Array): number[][] {
  const { vertexCount: n, offsets, neighbours } = objective.graph;
  const { diagonal, offDiagonal } = shiftHessian(objective, x);
  const dense = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_unused, j) => (i === j ? diagonal[i] : 0)),
  );
  for (let i = 0; i < n; i++)
    for (let p = offsets[i]; p < offsets[i + 1]; p++) dense[i][neighbours[p]] += offDiagonal[p];
  return dense;
}

describe.each(streams.map((stream, i) => [i, stream] as const))('random case %i', (_i, stream) => {
  const { edges, objective, x } = randomCase(stream);
  const { graph, smoothing, regularization, rank, shift } = objective;
  const n = graph.vertexCount;

  test('the certificate is made of the gradient, of Gershgorin’s circles, and of both errors', () => {
    const gradient = objective.gradientInto(new Float64Array(objective.dimension), x);
    const error = objective.expectationErrorAt(x);
    const circles = denseShiftHessian(objective, x).map((row, i) =>
      row.reduce((sum, entry, j) => sum + (i === j ? -entry : Math.abs(entry)), 0),
    );
    const deepest = Math.max(...circles);
    const certificate = certifyCut(objective, x);
    const { curvature, weightGradientNorm, gradientNorm, hessianLipschitz } = certificate;
    expect(curvature).toBeCloseTo(deepest > 0 ? deepest + error.shiftHessian : 0, 12);
    if (deepest > 0) expect(curvature).toBeGreaterThan(deepest);
    expect(certificate.weightNorm).toBeCloseTo(Math.hypot(...x.subarray(0, shift.start)), 12);
    const inWeights = Math.hypot(...gradient.subarray(0, shift.start)) + error.weightGradient;
    expect(weightGradientNorm).toBeCloseTo(inWeights, 12);
    expect(gradientNorm).toBeCloseTo(Math.hypot(inWeights, ...gradient.subarray(shift.start)), 12);
    const bound = (above: number, below: number): number =>
      below > 0 ? above / below : Number.POSITIVE_INFINITY;
    const admitted = Math.sqrt(hessianLipschitz * gradientNorm);
    expect(certificate.localBound).toBe(bound(weightGradientNorm, 2 * regularization - curvature));
    expect(certificate.lemmaBound).toBe(bound(gradientNorm, 2 * regularization - admitted));
    // Where the bound says anything, it is true: that is the lemma.
    expect(certificate.weightNorm).toBeLessThanOrEqual(certificate.localBound * (1 + 1e-9));
    const says = Number.isFinite(certificate.localBound) && Number.isFinite(certificate.lemmaBound);
    expect(certificate.holds).toBe(says && curvature <= admitted + error.shiftHessian);
  });

  test('a gradient that is too small makes a certificate that does not hold', () => {
    const flat = { ...objective, gradientInto: (out: Float64Array) => out.fill(0), regularization: 1e6 };
    const certificate = certifyCut(flat, x);
    expect(certificate.localBound).toBeLessThan(certificate.weightNorm);
    expect(certificate.holds).toBe(false);
  });

  test('the Hessian changes no faster than its Lipschitz constant says', () => {
    const largest = Math.max(...degrees(n, edges));
    expect(largestDegree(graph)).toBeCloseTo(largest, 12);
    const peak = Math.sqrt(2 / Math.PI);
    const constant = (largest * (peak + 3 * peak * peak * Math.exp(-0.5))) / (2 * smoothing ** 3);
    expect(smoothedCutHessianLipschitz(graph, smoothing)).toBeCloseTo(constant, 9);
    const moved = Float64Array.from(x);
    const t = 1e-3;
    const direction = gaussianInto(new Float64Array(n), stream.fork('direction'));
    const length = Math.hypot(...direction);
    // At V = 0 the objective is g itself, plus nothing that depends on μ.
    moved.fill(0, 0, shift.start);
    const before = denseShiftHessian(objective, moved);
    for (let i = 0; i < n; i++) moved[shift.start + i] += (t * direction[i]) / length;
    const after = denseShiftHessian(objective, moved);
    let change = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        change += ((after[i][j] - before[i][j]) * direction[i] * direction[j]) / length ** 2;
    expect(Math.abs(change) / t).toBeLessThanOrEqual(constant);
    expect(smoothingErrorBound(graph, smoothing)).toBeCloseTo(
      (Math.SQRT2 / Math.PI) * smoothing * edges.reduce((sum, [, , w]) => sum + Math.abs(w), 0),
      12,
    );
  });

  test('the stated rounding grows with the degree, with rows of V against τ, and with λ', () => {
    const rows = Array.from(
      { length: n },
      (_, i) => Math.hypot(...x.subarray(i * rank, (i + 1) * rank)) ** 2,
    );
    const unit = (64 + 4 * rank) * Number.EPSILON;
    const amplified = 1 + Math.max(...rows) / smoothing ** 2;
    const inShift = (4 * unit * Math.max(...degrees(n, edges)) * amplified) / smoothing ** 2;
    const { shiftHessian: stated, weightGradient } = objective.expectationErrorAt(x);
    expect(Math.abs(stated - inShift)).toBeLessThanOrEqual(1e-9 * inShift);
    const inWeights = (inShift + unit * regularization) * Math.sqrt(rows.reduce((sum, row) => sum + row, 0));
    expect(Math.abs(weightGradient - inWeights)).toBeLessThanOrEqual(1e-9 * inWeights);
  });

  test('settling never loses, and ends where every side is decided', () => {
    const limit = followToLimit(objective, x);
    const slack = (8 + edges.length) * Number.EPSILON * graph.absoluteWeight;
    expect(limit.value).toBe(objective.value(limit.point));
    expect(limit.value).toBeLessThanOrEqual(objective.value(x) + slack);
    // With V gone, conditional expectations choose sides that are worth at least the expectation.
    const mean = Float64Array.from(x).fill(0, 0, shift.start);
    const end = followToLimit(objective, mean);
    for (let i = 0; i < n; i++)
      expect(Math.abs(end.point[shift.start + i])).toBeGreaterThanOrEqual(8 * smoothing);
    expect(end.value).toBeLessThanOrEqual(objective.value(mean) + slack);
  });

  test('gains stay right through any flips', () => {
    const sides = Int8Array.from({ length: n }, () => (stream.uniform() < 0.5 ? -1 : 1));
    const gains = flipGainsInto(new Float64Array(n), graph, sides);
    for (let round = 0; round < 20; round++) {
      const i = stream.integer(0, n - 1);
      const before = cutValue(graph, sides);
      const promised = gains[i];
      flip(graph, sides, gains, i);
      const tolerance = rounding(40 * n, graph.absoluteWeight).value;
      expect(Math.abs(cutValue(graph, sides) - before - promised)).toBeLessThanOrEqual(tolerance);
    }
  });
});

describe('rounding by conditional expectations', () => {
  test('leaves a vertex without a field on the side of its mean', () => {
    const graph = graphOf(4, [[0, 1, 1]]);
    expect([...roundConditionally(graph, [-0.1, 0.2, -0.3, 0.4], 1)]).toEqual([-1, 1, -1, 1]);
  });
});

describe('one-opt', () => {
  test('leaves a gain alone that is rounding of the total weight', () => {
    // Vertex 0 would gain 1e-13, of a total of more than 1000; every other vertex would lose.
    const graph = graphOf(6, [
      [0, 1, 1],
      [0, 2, 1 + 1e-13],
      [2, 3, 5],
      [4, 5, 1000.5],
    ]);
    const sides = Int8Array.of(1, -1, 1, -1, 1, -1);
    expect([...oneOpt(graph, sides)]).toEqual([...sides]);
    // The same gain against a total of its own size is taken.
    const light = graphOf(4, [
      [0, 1, 1],
      [0, 2, 1.5],
      [2, 3, 5],
    ]);
    expect(oneOpt(light, Int8Array.of(1, -1, 1, -1))[0]).toBe(-1);
  });
});

describe('the reduction', () => {
  test('sees no edge in a weight of zero, nor in weights that cancel', () => {
    const complete = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: i }, (_unused, j): Edge => [i, j, 0]),
    );
    expect(reduceGraph(graphOf(6, complete.flat())).graph.vertexCount).toBe(0);
    for (const stream of streams) {
      const own = stream.fork('reduction');
      const edges = randomEdges(own, 14, () => (own.uniform() < 0.5 ? -1 : 1));
      const { graph } = reduceGraph(graphOf(14, edges));
      expect([...graph.weights].every((w) => w !== 0)).toBe(true);
    }
  });
});

describe('the bivariate normal distribution function', () => {
  test('is 0 at −∞, and the margin at +∞', () => {
    for (const r of [-1, -0.95, -0.3, 0, 0.5, 0.95, 1]) {
      for (const h of [-2, 0, 1]) {
        expect(bivariateNormalCdf(Number.NEGATIVE_INFINITY, h, r)).toBe(0);
        expect(bivariateNormalCdf(h, Number.NEGATIVE_INFINITY, r)).toBe(0);
        expect(bivariateNormalCdf(Number.POSITIVE_INFINITY, h, r)).toBe(normalCdf(h));
        expect(bivariateNormalCdf(h, Number.POSITIVE_INFINITY, r)).toBe(normalCdf(h));
      }
    }
  });
});

test('the dual bound refuses a failure probability of 0 or 1', () => {
  const graph = graphOf(3, [
    [0, 1, 1],
    [1, 2, 1],
  ]);
  const solution = solveSemidefinite(root.fork('vectors'), graph);
  for (const failureProbability of [0, 1, 2, Number.NaN])
    expect(() => dualBound(root, graph, solution, { failureProbability })).toThrow(RangeError);
});

describe.each(streams.slice(0, 6).map((stream, i) => [i, stream] as const))(
  'a proof of definiteness by a dense factorisation, case %i',
  (_i, stream) => {
    // More than 49 vertices that are nearly all joined cannot be eliminated sparsely; a tree hangs on them.
    const own = stream.fork('dense');
    const core = own.integer(55, 70);
    const n = core + 15;
    const names = Array.from({ length: n }, (_, i) => i).sort((a, b) => ((a * 37) % n) - ((b * 37) % n));
    const edges = Array.from({ length: core }, (_, i) =>
      Array.from(
        { length: i },
        (_unused, j): Edge => [names[i], names[j], own.integer(1, 3) * (own.uniform() < 0.7 ? 1 : -1)],
      ),
    ).flat();
    for (let i = core; i < n; i++) edges.push([names[i], names[own.integer(0, i - 1)], own.integer(1, 3)]);
    const graph = graphOf(n, edges);
    const bump = Float64Array.from({ length: n }, () => own.uniform());
    const full = Float64Array.from({ length: n * n }, (_, at) =>
      at % (n + 1) === 0 ? bump[at / (n + 1)] : 0,
    );
    for (const [i, j, w] of edges) {
      full[i * n + j] = w;
      full[j * n + i] = w;
    }

    test('finds the smallest shift that makes the matrix definite, from both sides', () => {
      const eigen = symmetricEigen(full, n);
      if (eigen.outcome !== 'decomposed') throw new Error(eigen.outcome);
      const [lowest] = eigen.values;
      const shifted = (by: number) => bump.map((entry) => entry - lowest + by);
      // Rump's margin is some n²·ε of the trace, far below a millionth here.
      expect(showSemidefinite(graph, shifted(1e-6), 1e9)).toBe('definite');
      expect(showSemidefinite(graph, shifted(-1e-6), 1e9)).toBe('not-shown');
      expect(showSemidefinite(graph, shifted(1), 1)).toBe('too-large');
    });
  },
);
