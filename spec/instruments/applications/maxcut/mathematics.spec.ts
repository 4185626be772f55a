import { describe, expect, test } from 'vitest';
import { certifyCut, shiftHessian } from '../../../../src/applications/maxcut/bound/cutCertificate.ts';
import { dualBound } from '../../../../src/applications/maxcut/bound/dualBound.ts';
import { solveSemidefinite, sufficientRank } from '../../../../src/applications/maxcut/bound/semidefinite.ts';
import { cutValue } from '../../../../src/applications/maxcut/graph/cut.ts';
import { type Graph, graphFromEdges } from '../../../../src/applications/maxcut/graph/graph.ts';
import { reduceGraph } from '../../../../src/applications/maxcut/graph/reduction.ts';
import { roundConditionally } from '../../../../src/applications/maxcut/sampler/conditionalRounding.ts';
import { derandomizedCut } from '../../../../src/applications/maxcut/sampler/derandomizedCut.ts';
import { followToLimit } from '../../../../src/applications/maxcut/sampler/limitPoint.ts';
import { smoothedCutObjective } from '../../../../src/applications/maxcut/sampler/smoothedCut.ts';
import {
  goemansWilliamsonRatio,
  largestDegree,
  smoothedCutHessianLipschitz,
  smoothingErrorBound,
} from '../../../../src/applications/maxcut/sampler/smoothingBounds.ts';
import { exactCut, exactLimit } from '../../../../src/applications/maxcut/search/exactCut.ts';
import { oneOpt } from '../../../../src/applications/maxcut/search/oneOpt.ts';
import { showSemidefinite } from '../../../../src/numerics/linalg/definiteness.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';
import { normalCdf } from '../../../../src/numerics/statistics/normal.ts';

const root = randomStream('maxcut-mathematics');

function graphOf(n: number, edges: readonly (readonly number[])[]): Graph {
  return graphFromEdges(n, {
    sources: edges.map(([i]) => i),
    targets: edges.map(([, j]) => j),
    weights: edges.map(([, , w = 1]) => w),
  });
}

const cycle = (n: number) =>
  graphOf(
    n,
    Array.from({ length: n }, (_, i) => [i, (i + 1) % n]),
  );
const complete = (n: number, w = 1) =>
  graphOf(
    n,
    Array.from({ length: n }, (_, i) => Array.from({ length: i }, (_unused, j) => [i, j, w])).flat(),
  );

describe('the constants of smoothing', () => {
  test('0.87856 is the least of its quotient, rounded down in the fifth place', () => {
    let least = Infinity;
    for (let i = 0; i < 200_000; i++) {
      const rho = -1 + i / 100_000;
      least = Math.min(least, ((2 / Math.PI) * Math.acos(rho)) / (1 - rho));
    }
    expect(goemansWilliamsonRatio).toBeLessThanOrEqual(least);
    expect(least - goemansWilliamsonRatio).toBeLessThan(1e-5);
  });

  test('degrees and constants of a star are counted by hand', () => {
    const star = graphOf(5, [
      [0, 1, 2],
      [0, 2, -3],
      [0, 3, 0.5],
    ]);
    expect(largestDegree(star)).toBe(5.5);
    expect(largestDegree(graphOf(2, []))).toBe(0);
    // A + 3BC = 2φ(0) + 12φ(1)φ(0), by the digits of φ(0) = 0.39894228 and φ(1) = 0.24197072.
    const numerator = 2 * 0.39894228 + 12 * 0.24197072 * 0.39894228;
    expect(smoothedCutHessianLipschitz(star, 0.5)).toBeCloseTo((5.5 * numerator) / 0.25, 5);
    expect(smoothingErrorBound(star, 0.2)).toBeCloseTo((Math.SQRT2 / Math.PI) * 0.2 * 5.5, 12);
    expect(() => smoothedCutHessianLipschitz(star, 0)).toThrow('smoothing: expected a finite number above 0');
    expect(() => smoothingErrorBound(star, 0)).toThrow('smoothing: expected a finite number above 0');
  });
});

describe('the relaxation', () => {
  test('has a rank of ⌈√(2n)⌉, at least 1 and at most n', () => {
    expect([0, 1, 2, 3, 8, 9, 50, 51].map(sufficientRank)).toEqual([1, 1, 2, 3, 4, 5, 10, 11]);
  });

  test.each([
    // Σ v = 0 for the complete graph: value n²/4, and |Σ_{j≠i} v_j| = |v_i| = 1.
    ['complete on 3', complete(3), 9 / 4, 1],
    ['complete on 6', complete(6), 9, 1],
    // Weights scale both.
    ['complete on 4, weight 5', complete(4, 5), 20, 5],
    // Neighbours of an even cycle are opposite: all edges are cut, and two unit vectors agree.
    ['a cycle of 8', cycle(8), 8, 2],
    // Those of an odd one are turned by 4π/5: |v_{i−1} + v_{i+1}| = 2cos(π/5).
    ['a cycle of 5', cycle(5), (5 / 2) * (1 + Math.cos(Math.PI / 5)), 2 * Math.cos(Math.PI / 5)],
  ])('of %s has its known value and multipliers', (_, graph, value, multiplier) => {
    const solution = solveSemidefinite(root.fork('known'), graph, { tolerance: 1e-13 });
    expect(solution.outcome).toBe('converged');
    expect(solution.rank).toBe(sufficientRank(graph.vertexCount));
    expect(solution.value).toBeCloseTo(value, 5);
    for (const one of solution.multipliers) expect(one).toBeCloseTo(multiplier, 3);
    for (let i = 0; i < graph.vertexCount; i++) {
      const row = solution.vectors.subarray(i * solution.rank, (i + 1) * solution.rank);
      expect(Math.hypot(...row)).toBeCloseTo(1, 12);
    }
  });

  test('is solved in as many sweeps as are allowed, and asks after each whether to go on', () => {
    const options = { rank: 2, tolerance: 1e-300 };
    const graph = complete(7);
    const limited = solveSemidefinite(root.fork('limit'), graph, { ...options, sweeps: 3 });
    expect(limited).toMatchObject({ outcome: 'sweep-limit', sweeps: 3, rank: 2 });
    expect(limited.vectors).toHaveLength(14);
    let asked = 0;
    const stopped = solveSemidefinite(root.fork('limit'), graph, {
      ...options,
      shouldStop: () => ++asked === 2,
    });
    expect([stopped.outcome, stopped.sweeps, asked]).toEqual(['sweep-limit', 2, 2]);
    // More sweeps from the same start are worth no less.
    const value = (sweeps: number) =>
      solveSemidefinite(root.fork('limit'), graph, { ...options, sweeps }).value;
    for (let sweeps = 1; sweeps < 8; sweeps++)
      expect(value(sweeps + 1)).toBeGreaterThanOrEqual(value(sweeps) - 1e-12);
    // Without an edge nothing pulls, and the first sweep gains nothing.
    const empty = solveSemidefinite(root.fork('empty'), graphOf(3, []));
    expect(empty).toMatchObject({ outcome: 'converged', sweeps: 1, value: 0 });
    expect([...empty.multipliers]).toEqual([0, 0, 0]);
    for (let i = 0; i < 3; i++)
      expect(Math.hypot(...empty.vectors.subarray(i * empty.rank, (i + 1) * empty.rank))).toBeCloseTo(1, 12);
  });

  test('stops after the first sweep that gains no more than the tolerance of the total weight', () => {
    for (const tolerance of [1e-2, 1e-3, 1e-4, 1e-5]) {
      const graph = complete(9, 3);
      const solve = (sweeps: number) =>
        solveSemidefinite(root.fork('stop'), graph, { rank: 3, tolerance, sweeps });
      const { sweeps, outcome } = solve(1000);
      expect(outcome).toBe('converged');
      const allowed = tolerance * graph.absoluteWeight;
      expect(solve(sweeps).value - solve(sweeps - 1).value).toBeLessThanOrEqual(allowed * (1 + 1e-6));
      for (let sweep = 2; sweep < sweeps; sweep++)
        expect(solve(sweep).value - solve(sweep - 1).value).toBeGreaterThan(allowed * (1 - 1e-6));
    }
  });

  test('refuses a rank, a limit or a tolerance that is none', () => {
    const graph = complete(3);
    expect(() => solveSemidefinite(root, graph, { rank: 0 })).toThrow('rank: expected an integer in [1,');
    expect(() => solveSemidefinite(root, graph, { sweeps: 0 })).toThrow('sweeps: expected an integer in [1,');
    expect(() => solveSemidefinite(root, graph, { tolerance: 0 })).toThrow(
      'tolerance: expected a finite number',
    );
  });
});

describe('bounds on the relaxation', () => {
  test('without an edge, or a positive weight, are what the edges could give', () => {
    for (const [graph, value] of [
      [graphOf(4, []), 0],
      [complete(4, -1), 0],
      [graphOf(2, [[0, 1, 3]]), 3],
    ] as const) {
      const solution = solveSemidefinite(root.fork('degree'), graph);
      const bound = dualBound(root.fork('bound'), graph, solution);
      expect(bound.failureProbability).toBe(0);
      expect(bound.value).toBeGreaterThanOrEqual(value);
      expect(bound.value).toBeLessThan(value + 1e-9);
    }
  });

  test('are probable where a proof would cost too much, and say how probable', () => {
    // 60 vertices all joined are too many for rows of 48 entries: the dense remainder is the whole.
    const stream = root.fork('weights');
    const graph = graphOf(
      60,
      Array.from({ length: 60 }, (_, i) =>
        Array.from({ length: i }, (_unused, j) => [i, j, 2 * stream.uniform() - 1]),
      ).flat(),
    );
    const solution = solveSemidefinite(root.fork('dense'), graph, { tolerance: 1e-10 });
    const proven = dualBound(root.fork('proof'), graph, solution);
    expect(proven).toMatchObject({ method: 'factorization', failureProbability: 0 });
    const options = { operations: 60 ** 3 / 3 - 1, failureProbability: 1e-3 };
    const probable = dualBound(root.fork('proof'), graph, solution, options);
    expect(probable).toMatchObject({ method: 'lanczos', failureProbability: 1e-3 });
    // Both above the attained value and close to it; the surer the second is to hold, the weaker it is.
    for (const { value } of [proven, probable]) {
      expect(value).toBeGreaterThanOrEqual(solution.value);
      expect(value).toBeLessThan(solution.value * (1 + 1e-4));
    }
    const surer = dualBound(root.fork('proof'), graph, solution, { ...options, failureProbability: 1e-9 });
    expect(surer.value).toBeGreaterThanOrEqual(probable.value);
    expect(() => dualBound(root, graph, solution, { operations: -1 })).toThrow('operations: expected');
  });

  test('from poor multipliers are still above the relaxation', () => {
    const graph = complete(12);
    const solution = solveSemidefinite(root.fork('poor'), graph);
    for (let trial = 0; trial < 20; trial++) {
      const stream = root.fork(`poor ${trial}`);
      const multipliers = solution.multipliers.map((one) => one + 3 * (stream.uniform() - 0.3));
      const bound = dualBound(stream, graph, { ...solution, multipliers });
      expect(bound.value).toBeGreaterThanOrEqual(36);
      expect(bound.value).toBeLessThanOrEqual(66);
    }
  });

  test('definiteness is shown at the limit of its cost, and nowhere below it', () => {
    const graph = complete(60);
    const diagonal = new Float64Array(60).fill(1.001);
    expect(showSemidefinite(graph, diagonal, 60 ** 3 / 3)).toBe('definite');
    expect(showSemidefinite(graph, diagonal, 60 ** 3 / 3 - 1)).toBe('too-large');
    // J − I + d·I has the lowest eigenvalue d − 1.
    expect(showSemidefinite(graph, new Float64Array(60).fill(0.999), 1e9)).toBe('not-shown');
    // Sparse ones cost nothing: a cycle of 60 has the lowest eigenvalue −2.
    expect(showSemidefinite(cycle(60), new Float64Array(60).fill(2.001), 1e-9)).toBe('definite');
    expect(showSemidefinite(cycle(60), new Float64Array(60).fill(1.999), 1e-9)).toBe('not-shown');
    expect(() => showSemidefinite(graph, new Float64Array(59), 1)).toThrow(
      'diagonal: expected 60 entries, got 59',
    );
    expect(() => showSemidefinite(graph, diagonal, 0)).toThrow(
      'operations: expected a finite number above 0',
    );
  });

  test('a pivot must exceed what rounding could have made of it: (n + 3)·ε times the trace', () => {
    const diagonal = (least: number) => Float64Array.of(1, 1, 1, 1, 1, least * Number.EPSILON);
    expect(showSemidefinite(graphOf(6, []), diagonal(30), 1)).toBe('not-shown');
    expect(showSemidefinite(graphOf(6, []), diagonal(60), 1)).toBe('definite');
  });

  test('a singular dual slack is given room for rounding, and proven', () => {
    for (const n of [3, 5, 20]) {
      const graph = complete(n);
      const multipliers = new Float64Array(n).fill(1);
      const solution = { ...solveSemidefinite(root.fork('joined'), graph), multipliers };
      // J is singular: it needs a shift above 0, and the smallest will do.
      const bound = dualBound(root.fork('joined bound'), graph, solution);
      expect(bound).toMatchObject({ method: 'factorization', failureProbability: 0 });
      expect(bound.value).toBeGreaterThanOrEqual((n * n) / 4);
      expect(bound.value).toBeLessThan((n * n) / 4 + 1e-9);
    }
  });

  test('a singular matrix is within rounding of an indefinite one, and not shown', () => {
    // J on 8 vertices, of rank 1: its proof would need an exact 0.
    expect(showSemidefinite(complete(8), new Float64Array(8).fill(1), 1e9)).toBe('not-shown');
  });
});

describe('small cuts', () => {
  test('of known graphs are the best', () => {
    for (const [graph, cut] of [
      [graphOf(0, []), 0],
      [graphOf(1, []), 0],
      [graphOf(3, []), 0],
      [cycle(7), 6],
      [cycle(8), 8],
      [complete(7), 12],
      [complete(4, -1), 0],
      [
        graphOf(3, [
          [0, 1, 2],
          [1, 2, -1],
          [0, 2, 2],
        ]),
        4,
      ],
    ] as const) {
      const best = exactCut(graph);
      expect(best.cut).toBe(cut);
      expect(cutValue(graph, best.sides)).toBe(cut);
      const reduced = reduceGraph(graph);
      const lifted = reduced.lift(exactCut(reduced.graph).sides);
      expect(cutValue(graph, lifted)).toBe(cut);
      expect(exactCut(reduced.graph).cut + reduced.constant).toBe(cut);
    }
    expect(exactLimit).toBe(24);
    expect(() => exactCut(graphOf(25, []))).toThrow(
      'graph.vertexCount: expected an integer in [0, 24], got 25',
    );
    expect(() => cutValue(cycle(4), new Int8Array(3))).toThrow('sides: expected 4 entries, got 3');
    const { lift } = reduceGraph(complete(6));
    expect(() => lift(new Int8Array(5))).toThrow('sides: expected 6 entries, got 5');
  });

  test('one-opt does not write to its start, and takes every gain of a path', () => {
    const start = new Int8Array(6).fill(1);
    const path = graphOf(6, [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
    const end = oneOpt(path, start);
    expect([...start]).toEqual([1, 1, 1, 1, 1, 1]);
    for (let i = 0; i < 6; i++) {
      const flipped = end.slice();
      flipped[i] = -flipped[i];
      expect(cutValue(path, flipped)).toBeLessThanOrEqual(cutValue(path, end));
    }
  });

  test('rounding decides the surest vertex first, by what is expected of the others', () => {
    // The middle of a path is surest: it keeps its sign only if its field is 0, which it is not.
    const path = graphOf(3, [
      [0, 1],
      [1, 2],
    ]);
    expect([...roundConditionally(path, [0.1, 0.5, 0.1], 1)]).toEqual([1, -1, 1]);
    // Neighbours of mean 0: no field, so its own sign; they then go against it.
    expect([...roundConditionally(path, [0, 0.5, 0], 1)]).toEqual([-1, 1, -1]);
    expect([...roundConditionally(path, [0, -0.5, 0], 1)]).toEqual([1, -1, 1]);
    // Equally sure ones in the order of their numbers, the first of them to the positive side.
    expect([...roundConditionally(path, [0, 0, 0], 1)]).toEqual([1, -1, 1]);
    // Where a mean is ±1 in float64 the side stands, whatever it costs.
    expect([...roundConditionally(path, [20, 20, -20], 1)]).toEqual([1, 1, -1]);
    expect(() => roundConditionally(path, [1, 2], 1)).toThrow('shift: expected 3 entries, got 2');
    expect(() => roundConditionally(path, [1, 2, 3], 0)).toThrow(
      'smoothing: expected a finite number above 0',
    );
  });
});

describe('the certificate of a cut', () => {
  test('at V = 0 has the Hessian of independent sides', () => {
    // With q = 2Φ(μ/τ) − 1: f = −w(1 − q₀q₁)/2, so ∂₀₁ = w q′q′/2 and ∂₀₀ = w q″q/2.
    const w = 3;
    const tau = 0.7;
    const objective = smoothedCutObjective(graphOf(2, [[0, 1, w]]), {
      rank: 1,
      smoothing: tau,
      regularization: 1,
    });
    const mu = [0.4, -0.9];
    const point = Float64Array.of(0, 0, ...mu);
    const q = mu.map((u) => 2 * normalCdf(u / tau) - 1);
    const slope = mu.map((u) => (2 * Math.exp(-0.5 * (u / tau) ** 2)) / Math.sqrt(2 * Math.PI) / tau);
    const bend = mu.map((u, i) => (-u / tau ** 2) * slope[i]);
    const { diagonal, offDiagonal } = shiftHessian(objective, point);
    expect(diagonal[0]).toBeCloseTo((w / 2) * bend[0] * q[1], 12);
    expect(diagonal[1]).toBeCloseTo((w / 2) * bend[1] * q[0], 12);
    for (const one of offDiagonal) expect(one).toBeCloseTo((w / 2) * slope[0] * slope[1], 12);
    expect(objective.value(point)).toBeCloseTo((-w * (1 - q[0] * q[1])) / 2, 12);
    // V = 0 is stationary in V and its norm is within every bound that there is.
    const certificate = certifyCut(objective, point);
    expect([certificate.weightNorm, certificate.weightGradientNorm]).toEqual([0, 0]);
    expect(certificate.regularization).toBe(1);
    expect(() => certifyCut(objective, new Float64Array(3))).toThrow('point: expected 4 entries, got 3');
  });

  test('where all is decided there is no curvature, and it holds', () => {
    const objective = smoothedCutObjective(cycle(4), { rank: 2, smoothing: 0.1, regularization: 0.01 });
    const point = new Float64Array(objective.dimension);
    point.set([5, -5, 5, -5], objective.shift.start);
    expect(certifyCut(objective, point)).toMatchObject({
      curvature: 0,
      localBound: 0,
      lemmaBound: 0,
      gradientNorm: 0,
      weightNorm: 0,
      holds: true,
    });
    expect(objective.value(point)).toBeCloseTo(-4, 12);
  });

  test('needs arguments of its length, a rank, a smoothing and a penalty', () => {
    const graph = cycle(3);
    const make = (rank: number, smoothing: number, regularization: number) =>
      smoothedCutObjective(graph, { rank, smoothing, regularization });
    expect(() => make(0, 1, 1)).toThrow('rank: expected an integer in [1,');
    expect(() => make(1, 0, 1)).toThrow('smoothing: expected a finite number above 0');
    expect(() => make(1, 1, -1e-9)).toThrow('regularization: expected a number in [0,');
    const objective = make(2, 1, 0);
    const [x, short] = [new Float64Array(9), new Float64Array(8)];
    expect(() => objective.value(short)).toThrow('point: expected 9 entries, got 8');
    expect(() => objective.gradientInto(short, x)).toThrow('point: expected 9 entries, got 8');
    expect(() => objective.gradientInto(x, short)).toThrow('point: expected 9 entries, got 8');
    expect(() => objective.hessianVectorInto(x, x, short)).toThrow('point: expected 9 entries, got 8');
    expect(objective).toMatchObject({
      dimension: 9,
      rank: 2,
      smoothing: 1,
      regularization: 0,
      weights: { kind: 'matrix', start: 0, rows: 3, columns: 2 },
      shift: { start: 6, length: 3 },
    });
  });
});

describe('the end of a descent', () => {
  test('is shrunk fifteen times where that never costs, and writes to nothing', () => {
    const objective = smoothedCutObjective(cycle(4), { rank: 2, smoothing: 0.1, regularization: 0.01 });
    const start = gaussianInto(new Float64Array(objective.dimension), root.fork('limit point'), 1e-3);
    start.set([3, -3, 3, -3], objective.shift.start);
    const given = start.slice();
    const end = followToLimit(objective, start);
    expect(start).toEqual(given);
    expect(end.shrinkings).toBe(15);
    for (let c = 0; c < objective.shift.start; c++) expect(end.point[c]).toBe(start[c] / 16 ** 15);
    expect([...end.point.subarray(objective.shift.start)]).toEqual([3, -3, 3, -3]);
    expect(() => followToLimit(objective, new Float64Array(3))).toThrow('start: expected 12 entries, got 3');
  });

  test('keeps V where its loss would be a loss, and decides by 14 τ', () => {
    // Opposite vectors cut the edge; without them the sides are even.
    const objective = smoothedCutObjective(graphOf(2, [[0, 1]]), {
      rank: 1,
      smoothing: 0.1,
      regularization: 0,
    });
    const kept = followToLimit(objective, Float64Array.of(1, -1, 0, 0));
    expect(kept.shrinkings).toBe(0);
    // The expectation of two opposite vectors is below the cut that conditional expectations then find.
    expect(kept.value).toBeLessThanOrEqual(objective.value(Float64Array.of(1, -1, 0, 0)));
    const decided = followToLimit(objective, Float64Array.of(0, 0, 0.05, -0.02));
    expect([...decided.point]).toEqual([0, 0, 14 * 0.1, -14 * 0.1]);
    expect(decided.value).toBeCloseTo(-1, 12);
  });

  test('stops at the lowest value on the way, though the start was higher still', () => {
    // From opposite vectors of length 1 the penalty falls first; from 1/16 on, with τ = 0.01, the cut is lost.
    const objective = smoothedCutObjective(graphOf(2, [[0, 1]]), {
      rank: 1,
      smoothing: 0.01,
      regularization: 0.5,
    });
    const at = (length: number) => objective.value(Float64Array.of(length, -length, 0, 0));
    expect(at(1 / 16)).toBeLessThan(at(1 / 256));
    expect(at(1 / 256)).toBeLessThan(at(1));
    const end = followToLimit(objective, Float64Array.of(1, -1, 0, 0));
    expect(end.shrinkings).toBe(1);
    expect(end.value).toBeLessThanOrEqual(at(1 / 16));
  });

  test('is a cut with the options’ own defaults', () => {
    for (const n of [3, 40]) {
      const found = derandomizedCut(root.fork(`defaults ${n}`), cycle(n), { descent: { steps: 50 } });
      expect(found).toMatchObject({ rank: n === 3 ? 3 : 8, smoothing: 0.1 });
      // 0.005·Σ|w|/n.
      expect(found.regularization).toBeCloseTo(0.005, 15);
      expect(found.cut).toBe(cutValue(cycle(n), found.sides));
      expect(found.certificate.regularization).toBe(found.regularization);
      expect(found.finalValue).toBeLessThanOrEqual(found.startValue + 1e-12);
      expect(found.descent.steps).toBeGreaterThan(0);
      expect(found.descent.steps).toBeLessThanOrEqual(50);
      expect(found.descent).toEqual({
        outcome: expect.any(String),
        steps: expect.any(Number),
        undone: expect.any(Number),
      });
    }
    const flat = derandomizedCut(root.fork('flat'), cycle(30), { rank: 2, descent: { steps: 20 } });
    expect(flat.rank).toBe(2);
    expect(flat.cut).toBe(cutValue(cycle(30), flat.sides));
    const light = derandomizedCut(root.fork('light'), graphOf(5, [[0, 1, 0.25]]), { descent: { steps: 5 } });
    expect(light.regularization).toBeCloseTo(0.005 / 5, 15);
    const asked = derandomizedCut(root.fork('asked'), cycle(4), {
      rank: 1,
      smoothing: 0.3,
      regularization: 0.2,
      vectors: Float64Array.of(1, -1, 1, -1),
      descent: { steps: 1 },
    });
    expect(asked).toMatchObject({ rank: 1, smoothing: 0.3, regularization: 0.2 });
    // f(V₀, 0) of opposite vectors: −Σ arccos(−1/(1 + τ²))/π + λn.
    expect(asked.startValue).toBeCloseTo((-4 * Math.acos(-1 / 1.09)) / Math.PI + 0.8, 10);
  });
});
