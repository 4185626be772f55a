import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exactAssignment,
  johnsonAssignment,
  roundAssignment,
  satisfiedWeight,
  signQuadratic,
  solveConstraints,
} from '../../../../src/applications/constraints/index.ts';
import { quadraticValue } from '../../../../src/applications/constraints/problem/signQuadratic.ts';
import { tabuSearch } from '../../../../src/applications/constraints/search/tabuSearch.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';
import { normalCdf } from '../../../../src/numerics/statistics/normal.ts';
import { allAssignments, countedWeight, randomProblem } from './problems.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

describe('assignments', () => {
  it('are exact where all are tried', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const problem = randomProblem(stream, stream.integer(1, 8));
        const { assignment, weight } = exactAssignment(problem, signQuadratic(problem));
        const best = Math.max(
          ...[...allAssignments(problem.variables)].map((x) => countedWeight(problem, x)),
        );
        expect(weight).toBe(best);
        expect(countedWeight(problem, assignment)).toBe(best);
      }),
      { numRuns: 60 },
    );
  });

  it('lose nothing against their expectation: by conditional expectations, and greedily against a coin', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const problem = randomProblem(stream, stream.integer(1, 12));
        const quadratic = signQuadratic(problem);
        const n = problem.variables;
        const shift = gaussianInto(new Float64Array(n), stream);
        const means = shift.map((mean) => 2 * normalCdf(mean / 0.7) - 1);
        const slack = 1e-9 * quadratic.totalWeight;
        const rounded = satisfiedWeight(problem, roundAssignment(quadratic, shift, 0.7));
        expect(rounded).toBeGreaterThanOrEqual(quadraticValue(quadratic, means) - slack);
        const order = Array.from({ length: n }, (_, i) => n - 1 - i);
        const greedy = satisfiedWeight(problem, johnsonAssignment(quadratic, order));
        expect(greedy).toBeGreaterThanOrEqual(quadraticValue(quadratic, new Float64Array(n)) - slack);
      }),
      { numRuns: 100 },
    );
  });

  it('never get lighter by tabu search, and soon optimal where there are few', () => {
    let optimal = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const problem = randomProblem(stream, 10);
        const quadratic = signQuadratic(problem);
        const start = Int8Array.from({ length: 10 }, () => (stream.uniform() < 0.5 ? -1 : 1));
        const found = satisfiedWeight(problem, tabuSearch(stream, quadratic, start, { flips: 300 }));
        expect(found).toBeGreaterThanOrEqual(satisfiedWeight(problem, start));
        if (found === exactAssignment(problem, quadratic).weight) optimal++;
      }),
      { numRuns: 40 },
    );
    expect(optimal).toBeGreaterThan(35);
  });
});

describe('the search', () => {
  const clock = (): number => 0;

  it('is optimal where all can be tried, and below its bound elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.constantFrom(8, 30), async (seed, variables) => {
        const problem = randomProblem(randomStream(seed), variables);
        const told: number[] = [];
        const solution = await solveConstraints(randomStream(seed), problem, {
          budget: { rounds: 1 },
          clock,
          onProgress: ({ weight }) => told.push(weight),
        });
        expect(solution.weight).toBe(countedWeight(problem, solution.assignment));
        expect(solution.weight).toBeLessThanOrEqual(solution.upperBound.value);
        expect([...told].sort((a, b) => a - b)).toEqual(told);
        if (variables === 8) {
          expect(solution.outcome).toBe('optimal');
          expect(solution.weight).toBe(exactAssignment(problem, signQuadratic(problem)).weight);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('makes no more steps of its descent than a share of the seconds left has time for', async () => {
    const problem = randomProblem(randomStream(5), 40, 'clauses');
    // Every look at the clock finds it a second later: a gradient takes one.
    let now = 0;
    const ticking = () => now++;
    const evaluations = async (budget: { seconds: number }) =>
      (await solveConstraints(randomStream(1), problem, { budget, clock: ticking })).derandomized
        ?.evaluations;
    const few = (await evaluations({ seconds: 100 })) ?? expect.unreachable();
    const many = (await evaluations({ seconds: 3000 })) ?? expect.unreachable();
    expect(few).toBeLessThan(100);
    expect(many).toBeGreaterThan(2 * few);
  });

  it('is a function of its seed where the budget is in rounds', async () => {
    const problem = randomProblem(randomStream(3), 40, 'clauses');
    const solve = () => solveConstraints(randomStream(9), problem, { budget: { rounds: 2 }, clock });
    expect(await solve()).toEqual(await solve());
  });

  it('ends with what it has when it is interrupted, and takes a problem without constraints', async () => {
    const problem = randomProblem(randomStream(4), 40, 'clauses');
    const stopped = AbortSignal.abort();
    const solution = await solveConstraints(randomStream(1), problem, {
      budget: { rounds: 5 },
      clock,
      signal: stopped,
    });
    expect(solution.outcome).toBe('interrupted');
    expect(solution.weight).toBe(countedWeight(problem, solution.assignment));
    const empty = {
      ...problem,
      variables: 0,
      first: new Int32Array(0),
      second: new Int32Array(0),
      weights: new Float64Array(0),
    };
    expect(await solveConstraints(randomStream(1), empty, { budget: { rounds: 1 }, clock })).toMatchObject({
      weight: 0,
      outcome: 'optimal',
    });
  });
});
