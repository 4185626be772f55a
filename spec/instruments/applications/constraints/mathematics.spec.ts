import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  constraintProblem,
  directedCut,
  hyperplaneExpectation,
  relaxationOf,
  satisfiedWeight,
  seenFromTruth,
  signQuadratic,
  smoothedAssignment,
  solveRelaxation,
} from '../../../../src/applications/constraints/index.ts';
import { quadraticValue } from '../../../../src/applications/constraints/problem/signQuadratic.ts';
import {
  gradientLipschitzOf,
  hessianLipschitzOf,
} from '../../../../src/applications/constraints/sampler/smoothingBounds.ts';
import { steinResidual } from '../../../../src/lemma/index.ts';
import { symmetricEigen } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import { checkDerivatives } from '../../../../src/numerics/optimize/certify/derivativeCheck.ts';
import { hessianBlock } from '../../../../src/numerics/optimize/certify/hessianBlock.ts';
import { gaussHermite } from '../../../../src/numerics/quadrature/gaussHermite.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';
import { normalCdf } from '../../../../src/numerics/statistics/normal.ts';
import { allAssignments, countedWeight, randomProblem } from './problems.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

function randomObjective(stream: RandomStream, rank = stream.integer(1, 4)) {
  const problem = randomProblem(stream.fork('problem'), stream.integer(1, 7));
  const objective = smoothedAssignment(signQuadratic(problem), {
    rank,
    smoothing: 0.5 + stream.uniform(),
    regularization: stream.uniform(),
  });
  return { objective, point: gaussianInto(new Float64Array(objective.dimension), stream.fork('point')) };
}

describe('constraints as a polynomial in signs', () => {
  it('have the weight that counting true literals gives, on every assignment', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = randomProblem(randomStream(seed), 5);
        const quadratic = signQuadratic(problem);
        for (const assignment of allAssignments(5)) {
          const counted = countedWeight(problem, assignment);
          expect(satisfiedWeight(problem, assignment)).toBe(counted);
          expect(quadraticValue(quadratic, assignment)).toBeCloseTo(counted, 10);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('cut an arc from true to false and no other', () => {
    const problem = directedCut(2, { sources: [0], targets: [1], weights: [3] });
    expect([...allAssignments(2)].map((each) => satisfiedWeight(problem, each))).toEqual([0, 3, 0, 0]);
  });

  it('refuse literals that are no variable and negative weights', () => {
    const build = (literal: number, weight: number) => () =>
      constraintProblem(2, 'clauses', { first: [literal], second: [0], weights: [weight] });
    expect(build(3, 1)).toThrow('constraint 0: expected literals of 1 to 2, got 3 and 0');
    expect(build(0, 1)).toThrow('expected literals');
    expect(build(1, -1)).toThrow('constraint 0: expected a weight of at least 0, got -1');
    expect(build(1, Number.POSITIVE_INFINITY)).toThrow('expected a weight');
  });
});

describe('the smoothed assignment', () => {
  it('has the value of its definition, by Gauss–Hermite quadrature over two dimensions of z', () => {
    const { nodes, weights } = gaussHermite(63);
    fc.assert(
      fc.property(seeds, (seed) => {
        const { objective, point } = randomObjective(randomStream(seed), 2);
        const { quadratic, smoothing, regularization, shift } = objective;
        const n = quadratic.variables;
        const means = new Float64Array(n);
        let expected = 0;
        nodes.forEach((a, p) => {
          nodes.forEach((b, q) => {
            for (let i = 0; i < n; i++) {
              const u = point[2 * i] * a + point[2 * i + 1] * b + point[shift.start + i];
              means[i] = 2 * normalCdf(u / smoothing) - 1;
            }
            expected += weights[p] * weights[q] * quadraticValue(quadratic, means);
          });
        });
        const square = point.subarray(0, 2 * n).reduce((sum, v) => sum + v * v, 0);
        const value = regularization * square - expected;
        // The quadrature's own error, at rows several times longer than τ.
        expect(Math.abs(objective.value(point) - value)).toBeLessThan(2e-3 * quadratic.totalWeight);
      }),
      { numRuns: 20 },
    );
  });

  it('has the derivatives of its value, and a symmetric Hessian', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const { objective, point } = randomObjective(stream);
        const check = checkDerivatives(stream.fork('check'), objective, point, 0.1);
        for (const piece of [check.gradient, check.hessian]) {
          if (piece.outcome === 'measured') expect(piece.slope).toBeGreaterThan(1.8);
          else expect(piece.outcome).toBe('below-rounding');
        }
        expect(check.asymmetry).toBeLessThan(1e-11);
      }),
      { numRuns: 60 },
    );
  });

  it('satisfies the Stein identity of the lemma', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { objective, point } = randomObjective(randomStream(seed));
        const { residual, gradientNorm, productNorm } = steinResidual(objective, point);
        expect(residual).toBeLessThan(1e-12 * (1 + gradientNorm + productNorm));
      }),
      { numRuns: 40 },
    );
  });

  it('exceeds minus a decided weight by tails that its value cannot see', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const { objective, point } = randomObjective(stream);
        const signs = Int8Array.from({ length: objective.shift.length }, () =>
          stream.uniform() < 0.5 ? -1 : 1,
        );
        const excess = objective.excessOver(signs);
        const known = objective.value(point) + quadraticValue(objective.quadratic, signs);
        expect(excess(point)).toBeCloseTo(known, 10);
        const decided = Float64Array.from(point, (x, c) =>
          c < objective.shift.start ? 0 : 12 * objective.smoothing * signs[c - objective.shift.start] + 0 * x,
        );
        expect(Math.abs(excess(decided))).toBeLessThan(1e-30 * objective.quadratic.totalWeight);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps to its gradient- and Hessian-Lipschitz constants without V', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const { objective } = randomObjective(stream, 1);
        const { quadratic, smoothing, shift, dimension } = objective;
        const at = (label: string) => {
          const point = new Float64Array(dimension);
          gaussianInto(point.subarray(shift.start), stream.fork(label), smoothing);
          const block = hessianBlock(objective, point, shift.start, shift.length);
          if (block.outcome !== 'evaluated') throw new Error(block.outcome);
          return { point, matrix: block.matrix };
        };
        const [a, b] = [at('a'), at('b')];
        const largest = (matrix: Float64Array): number => {
          const eigen = symmetricEigen(matrix, shift.length);
          if (eigen.outcome !== 'decomposed') throw new Error(eigen.outcome);
          return Math.max(...eigen.values.map(Math.abs));
        };
        const distance = Math.hypot(...a.point.map((x, c) => x - b.point[c]));
        const change = largest(a.matrix.map((x, c) => x - b.matrix[c]));
        expect(change).toBeLessThanOrEqual(hessianLipschitzOf(quadratic, smoothing) * distance + 1e-10);
        expect(largest(a.matrix)).toBeLessThanOrEqual(gradientLipschitzOf(quadratic, smoothing) + 1e-10);
      }),
      { numRuns: 60 },
    );
  });
});

describe('vectors seen from v₀', () => {
  it('keep all inner products, and give the expectation of sampled hyperplanes', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const quadratic = signQuadratic(randomProblem(stream.fork('problem'), 6));
        const solution = solveRelaxation(stream.fork('vectors'), relaxationOf(quadratic), {
          rank: 4,
          sweeps: 3,
        });
        const { vectors } = solution;
        const seen = seenFromTruth(solution);
        const inner = (i: number, j: number): number => {
          let sum = 0;
          for (let c = 0; c < 4; c++) sum += vectors[4 * i + c] * vectors[4 * j + c];
          return sum;
        };
        for (let i = 0; i < 6; i++) {
          expect(seen.cosines[i]).toBeCloseTo(inner(i, 6), 12);
          for (let j = 0; j < 6; j++) {
            let across = seen.cosines[i] * seen.cosines[j];
            for (let c = 0; c < 3; c++) across += seen.across[3 * i + c] * seen.across[3 * j + c];
            expect(across).toBeCloseTo(inner(i, j), 12);
          }
        }
        const draws = 4000;
        let sampled = 0;
        for (let draw = 0; draw < draws; draw++) {
          const normal = gaussianInto(new Float64Array(4), stream);
          const sign = (i: number): number =>
            vectors.subarray(4 * i, 4 * i + 4).reduce((sum, x, c) => sum + x * normal[c], 0) < 0 ? -1 : 1;
          const truth = sign(6);
          sampled += quadraticValue(
            quadratic,
            Float64Array.from({ length: 6 }, (_, i) => truth * sign(i)),
          );
        }
        // Hoeffding: six deviations of a mean of values within the total weight.
        const allowed = (3 * quadratic.totalWeight) / Math.sqrt(draws);
        expect(Math.abs(sampled / draws - hyperplaneExpectation(quadratic, seen))).toBeLessThan(allowed);
      }),
      { numRuns: 12 },
    );
  });
});
