import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Configuration,
  constraintValue,
  hyperplaneMeans,
  rotatedMeans,
  rotatedThreshold,
} from '../../../../src/applications/constraints/bound/roundingRatios.ts';
import {
  assignmentGoal,
  certifyAssignment,
  clauseRatio,
  conjunctionRatio,
  derandomizeAssignment,
  exactAssignment,
  relaxationBound,
  relaxationOf,
  rotatedRatio,
  signQuadratic,
  smoothedAssignment,
  solveRelaxation,
} from '../../../../src/applications/constraints/index.ts';
import { certify } from '../../../../src/numerics/optimize/certify/certificate.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';
import { randomProblem } from './problems.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

describe('the bound on assignments', () => {
  it('lies above the optimum and the relaxation, and close to the latter', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const problem = randomProblem(stream.fork('problem'), stream.integer(1, 9));
        const quadratic = signQuadratic(problem);
        const relaxation = relaxationOf(quadratic);
        const solution = solveRelaxation(stream.fork('vectors'), relaxation, { tolerance: 1e-12 });
        const total = quadratic.totalWeight;
        const bound = relaxationBound(stream.fork('bound'), relaxation, solution, total);
        const optimum = exactAssignment(problem, quadratic).weight;
        expect(bound.value).toBeGreaterThanOrEqual(optimum);
        expect(bound.value).toBeGreaterThanOrEqual(Math.min(total, solution.value));
        expect(bound.value).toBeLessThanOrEqual(Math.max(solution.value + 0.02 * total, 0));
      }),
      { numRuns: 60 },
    );
  });

  it('holds from vectors that were hardly optimized, too', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const problem = randomProblem(stream.fork('problem'), 8);
        const quadratic = signQuadratic(problem);
        const relaxation = relaxationOf(quadratic);
        const solution = solveRelaxation(stream.fork('vectors'), relaxation, { sweeps: 2 });
        const bound = relaxationBound(stream.fork('bound'), relaxation, solution, Number.MAX_VALUE);
        expect(bound.value).toBeGreaterThanOrEqual(exactAssignment(problem, quadratic).weight);
      }),
      { numRuns: 60 },
    );
  });

  it('falls back to Lanczos where a factorisation is too dear, and still holds', () => {
    const stream = randomStream(5);
    const problem = randomProblem(stream.fork('problem'), 70, 'clauses');
    const quadratic = signQuadratic(problem);
    const relaxation = relaxationOf(quadratic);
    const solution = solveRelaxation(stream.fork('vectors'), relaxation);
    const cheap = relaxationBound(stream, relaxation, solution, quadratic.totalWeight, { operations: 1 });
    const proven = relaxationBound(stream, relaxation, solution, quadratic.totalWeight);
    expect(proven.method).toBe('factorization');
    expect(['lanczos', 'factorization']).toContain(cheap.method);
    expect(cheap.value).toBeGreaterThanOrEqual(solution.value);
  });
});

describe('the certificate of an assignment', () => {
  it('bounds the lowest eigenvalue of the full Hessian from below, wherever it is asked', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const quadratic = signQuadratic(randomProblem(stream.fork('problem'), stream.integer(1, 7)));
        const objective = smoothedAssignment(quadratic, {
          rank: stream.integer(1, 3),
          smoothing: 0.2 + stream.uniform(),
          regularization: stream.uniform(),
        });
        const point = gaussianInto(new Float64Array(objective.dimension), stream);
        const { start } = objective.shift;
        const size = 10 ** -stream.integer(0, 5);
        const nearly = point.map((x, c) => (c < start ? size * x : x));
        const dense = certify(stream, objective, nearly);
        if (dense.outcome !== 'measured') throw new Error(dense.outcome);
        const { lowestCurvature, gradientNorm } = certifyAssignment(objective, nearly);
        expect(lowestCurvature).toBeLessThanOrEqual(dense.curvature.lowest + dense.curvature.error);
        expect(gradientNorm).toBeGreaterThanOrEqual(dense.gradientNorm);
        expect(gradientNorm).toBeLessThanOrEqual(dense.gradientNorm * (1 + 1e-9) + 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('holds where the descent ends, and the descent never rises', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const quadratic = signQuadratic(randomProblem(stream.fork('problem'), stream.integer(2, 9)));
        const regularization = (0.01 * (quadratic.totalWeight || 1)) / quadratic.variables;
        const objective = smoothedAssignment(quadratic, { rank: 3, smoothing: 0.05, regularization });
        const start = gaussianInto(new Float64Array(objective.dimension), stream.fork('start'));
        const end = derandomizeAssignment(stream, objective, start, assignmentGoal(objective));
        expect(end.value).toBeLessThanOrEqual(end.startValue + 1e-12 * quadratic.totalWeight);
        expect(end.certificate.holds).toBe(true);
        expect(end.certificate.weightNorm).toBeLessThanOrEqual(end.certificate.lemmaBound);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the ratios of roundings', () => {
  /** Inner products of three vectors on a grid; the triangle inequalities where they are asked for. */
  function* configurations(steps: number, triangles: boolean): Generator<Configuration> {
    const grid = Array.from({ length: 2 * steps + 1 }, (_, i) => i / steps - 1);
    for (const one of grid) {
      for (const other of grid) {
        for (const both of grid) {
          const gram = 1 - one * one - other * other - both * both + 2 * one * other * both;
          const sums = [one + other + both, one - other - both, other - one - both, both - one - other];
          if (gram < -1e-12 || (triangles && Math.min(...sums) < -1 - 1e-12)) continue;
          yield { one, other, both };
        }
      }
    }
  }
  function least(kind: 'clauses' | 'conjunctions', means: typeof rotatedMeans, triangles: boolean): number {
    let ratio = Number.POSITIVE_INFINITY;
    for (const at of configurations(30, triangles)) {
      const relaxed = constraintValue(kind, at);
      if (relaxed > 1e-6) ratio = Math.min(ratio, constraintValue(kind, means(at)) / relaxed);
    }
    return ratio;
  }

  it.each([
    ['hyperplanes on clauses', 'clauses', hyperplaneMeans, false, clauseRatio],
    ['hyperplanes on conjunctions', 'conjunctions', hyperplaneMeans, false, conjunctionRatio],
    [
      'rotated thresholds on clauses with the triangle inequalities',
      'clauses',
      rotatedMeans,
      true,
      rotatedRatio,
    ],
  ] as const)('are attained up to a thousandth by %s on a grid', (_, kind, means, triangles, ratio) => {
    const found = least(kind, means, triangles);
    expect(found).toBeGreaterThanOrEqual(ratio);
    expect(found).toBeLessThan(ratio + 1e-3);
  });

  it('need the triangle inequalities for rotated thresholds', () => {
    expect(least('clauses', rotatedMeans, false)).toBeLessThan(rotatedRatio);
  });

  it('turn a threshold around with its variable', () => {
    for (const cosine of [0, 0.3, 0.9, 1]) {
      expect(rotatedThreshold(-cosine)).toBeCloseTo(-rotatedThreshold(cosine), 12);
    }
  });
});
