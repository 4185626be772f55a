import { expect, test } from 'vitest';
import { dualBound } from '../../../../src/applications/maxcut/bound/dualBound.ts';
import { type Graph, graphFromEdges } from '../../../../src/applications/maxcut/graph/graph.ts';
import { lanczosExtremes } from '../../../../src/numerics/linalg/lanczos.ts';
import { probableSpectrum } from '../../../../src/numerics/linalg/lanczosRelativeError.ts';
import { certify } from '../../../../src/numerics/optimize/certify/certificate.ts';
import type { Objective } from '../../../../src/numerics/optimize/objective.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const stream = rootStream('step limit');

/** Vertex i is joined to i ± s for some strides s: its adjacency matrix has the eigenvalues Σ 2 cos sθ. */
function circulant(
  n: number,
  strides: readonly number[],
): { readonly graph: Graph; readonly lowest: number } {
  const sources = strides.flatMap(() => Array.from({ length: n }, (_, i) => i));
  const targets = strides.flatMap((stride) => Array.from({ length: n }, (_, i) => (i + stride) % n));
  const weights = sources.map(() => 1);
  const eigenvalues = Array.from({ length: n }, (_, j) =>
    strides.reduce((sum, stride) => sum + 2 * Math.cos((2 * Math.PI * j * stride) / n), 0),
  );
  return { graph: graphFromEdges(n, { sources, targets, weights }), lowest: Math.min(...eigenvalues) };
}

test('where Lanczos ends at its step limit, the bound on all cuts is still above the dual value', () => {
  // Many eigenvalues lie close above the lowest, and rows are too long for a sparse factorisation.
  const n = 6000;
  const strides = Array.from({ length: 30 }, (_, i) => i + 1);
  const { graph, lowest } = circulant(n, strides);
  const solution = {
    outcome: 'converged',
    rank: 1,
    vectors: new Float64Array(n),
    value: 0,
    multipliers: new Float64Array(n),
    sweeps: 0,
  } as const;
  const dual = graph.totalWeight / 2 - (n * lowest) / 4;
  // Too few operations for a dense factorisation either, so that nothing but Lanczos is left.
  const { value, method } = dualBound(stream.fork('dual'), graph, solution, { operations: 1 });
  expect(method).toBe('lanczos');
  expect(value).toBeGreaterThanOrEqual(dual);
  expect(value).toBeLessThanOrEqual(1.05 * dual);
});

/** ½ Σ d_i x_i², whose Hessian is known. */
function diagonalQuadratic(diagonal: Float64Array): Objective {
  return {
    dimension: diagonal.length,
    value: (x) => x.reduce((sum, each, i) => sum + (diagonal[i] * each * each) / 2, 0),
    gradientInto: (out, x) => {
      for (let i = 0; i < out.length; i++) out[i] = diagonal[i] * x[i];
      return out;
    },
    hessianVectorInto: (out, _x, direction) => {
      for (let i = 0; i < out.length; i++) out[i] = diagonal[i] * direction[i];
      return out;
    },
  };
}

test('where Lanczos ends at its step limit, a certified curvature is not above the lowest eigenvalue', () => {
  // A dense lower end: (i/n)² has most of its entries near 0.
  const n = 3000;
  const diagonal = Float64Array.from({ length: n }, (_, i) => ((i + 1) / n) ** 2 - 1);
  const objective = diagonalQuadratic(diagonal);
  for (const krylovSteps of [60, 200]) {
    const made = certify(stream.fork(`certify ${krylovSteps}`), objective, new Float64Array(n), {
      krylovSteps,
    });
    if (made.outcome !== 'measured') throw new Error(made.outcome);
    const { lowest, atLeast, rigorous } = made.curvature;
    expect(rigorous).toBe(false);
    expect(lowest).toBeGreaterThan(diagonal[0]);
    expect(atLeast).toBeLessThanOrEqual(diagonal[0]);
  }
});

test('a probable spectrum allows each end half of the failure probability, and no more', () => {
  for (const [n, steps, failure] of [
    [5000, 60, 1e-6],
    [400, 40, 0.2],
  ] as const) {
    const { lowest, highest, probability } = probableSpectrum(-1, 2, n, steps, failure);
    const r = (Math.log((1.648 * Math.sqrt(n)) / (failure / 2)) / (2 * steps - 1)) ** 2;
    const reach = (3 * r) / (1 - 2 * r);
    expect(lowest).toBeCloseTo(-1 - reach, 12);
    expect(highest).toBeCloseTo(2 + reach, 12);
    expect(probability).toBe(1 - failure);
  }
});

test('Lanczos says that it ended at its step limit exactly where it did', () => {
  const n = 50;
  const { graph } = circulant(n, [1, 2]);
  const multiply = (out: Float64Array, x: Float64Array): Float64Array => {
    for (let i = 0; i < n; i++) {
      out[i] = 0;
      for (let p = graph.offsets[i]; p < graph.offsets[i + 1]; p++) out[i] += x[graph.neighbours[p]];
    }
    return out;
  };
  for (const [steps, outcome] of [
    [10, 'step-limit'],
    [n, 'invariant'],
  ] as const) {
    expect(lanczosExtremes(stream.fork(`steps ${steps}`), multiply, n, { steps }).outcome).toBe(outcome);
  }
});
