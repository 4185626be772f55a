import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutValue,
  exactCut,
  type QuadraticProblem,
  quadraticEnergy,
  reduceQuadratic,
} from '../../../../src/applications/maxcut/index.ts';

/** Problems of up to seven variables, with every pair or none, and zeros among the coefficients. */
const problems = (coefficient: fc.Arbitrary<number>): fc.Arbitrary<QuadraticProblem> =>
  fc
    .record({
      size: fc.integer({ min: 1, max: 7 }),
      variables: fc.constantFrom('binary' as const, 'spin' as const),
      sense: fc.constantFrom('minimize' as const, 'maximize' as const),
      offset: coefficient,
      linear: fc.array(coefficient, { minLength: 7, maxLength: 7 }),
      values: fc.array(coefficient, { minLength: 21, maxLength: 21 }),
    })
    .map(({ size, linear, values, ...facts }) => {
      const pairs = Array.from({ length: size }, (_, i) => i).flatMap((i) =>
        Array.from({ length: i }, (_, j) => [i, j] as const),
      );
      const sources = pairs.map(([i]) => i);
      const targets = pairs.map(([, j]) => j);
      return {
        ...facts,
        linear: Float64Array.from(linear.slice(0, size)),
        sources,
        targets,
        values: values.slice(0, pairs.length),
      };
    });

const whole = fc.integer({ min: -9, max: 9 });
const real = fc.double({ min: -1e6, max: 1e6, noNaN: true });

/** Every assignment, as the values of its variables. */
function assignments({ variables, linear }: QuadraticProblem): number[][] {
  const [no, yes] = variables === 'binary' ? [0, 1] : [-1, 1];
  return Array.from({ length: 2 ** linear.length }, (_, bits) =>
    Array.from(linear, (_, i) => ((bits >> i) & 1 ? yes : no)),
  );
}

/** The energy from its definition, in whole arithmetic for whole coefficients. */
function energyByDefinition(problem: QuadraticProblem, x: readonly number[]): number {
  const { offset, linear, sources, targets, values } = problem;
  const products = Array.from(values, (b, k) => b * x[sources[k]] * x[targets[k]]);
  return (
    offset + linear.reduce((sum, a, i) => sum + a * x[i], 0) + products.reduce((sum, term) => sum + term, 0)
  );
}

describe('the reduction of quadratic problems to MAXCUT', () => {
  it('turns every cut into an assignment whose energy is the bound that its value gives', () => {
    fc.assert(
      fc.property(
        problems(whole),
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        (problem, bits) => {
          const { graph, assignment, bound } = reduceQuadratic(problem);
          const sides = Int8Array.from({ length: graph.vertexCount }, (_, i) => (bits[i] ? 1 : -1));
          const x = [...assignment(sides)];
          expect(quadraticEnergy(problem, x)).toBe(energyByDefinition(problem, x));
          expect(bound(cutValue(graph, sides)) + 0).toBe(quadraticEnergy(problem, x) + 0);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives the best energy of all assignments from the maximum cut', () => {
    fc.assert(
      fc.property(problems(whole), (problem) => {
        const { graph, assignment } = reduceQuadratic(problem);
        const { sides } = exactCut(graph);
        const energies = assignments(problem).map((x) => energyByDefinition(problem, x));
        const best = problem.sense === 'minimize' ? Math.min(...energies) : Math.max(...energies);
        expect(quadraticEnergy(problem, assignment(sides))).toBe(best);
      }),
      { numRuns: 200 },
    );
  });

  it('bounds every energy from the side that matters, with real coefficients too', () => {
    fc.assert(
      fc.property(problems(real), (problem) => {
        const { graph, bound } = reduceQuadratic(problem);
        const limit = bound(exactCut(graph).cut);
        for (const x of assignments(problem)) {
          const energy = quadraticEnergy(problem, x);
          if (problem.sense === 'minimize') expect(energy).toBeGreaterThanOrEqual(limit);
          else expect(energy).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a product of a variable with itself', () => {
    const problem = { variables: 'spin', sense: 'minimize', offset: 0, linear: new Float64Array(2) } as const;
    expect(() => reduceQuadratic({ ...problem, sources: [1], targets: [1], values: [1] })).toThrow(
      RangeError,
    );
  });
});
