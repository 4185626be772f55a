import { describe, expect, test } from 'vitest';
import { dot, norm } from '../../../../src/numerics/linalg/vectors.ts';
import { certify, meetsGoal } from '../../../../src/numerics/optimize/certify/certificate.ts';
import { gradientDescent } from '../../../../src/numerics/optimize/gradientDescent.ts';
import { hessianDescent } from '../../../../src/numerics/optimize/hessianDescent.ts';
import { lbfgs } from '../../../../src/numerics/optimize/lbfgs.ts';
import { noisyDescent } from '../../../../src/numerics/optimize/noisyDescent.ts';
import type { Descent, Optimizer } from '../../../../src/numerics/optimize/optimizer.ts';
import { perturbedDescent } from '../../../../src/numerics/optimize/perturbedDescent.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import { type KnownProblem, problemFamilies, strictness } from './optimizeProblems.ts';

const root = rootStream('optimize.saddles');

/** Each method with what it is asked to reach; the curvature asked for is below that of every saddle. */
const methods: readonly { make: (problem: KnownProblem) => Optimizer; gradientTolerance: number }[] = [
  { make: () => trustRegion(), gradientTolerance: 1e-10 },
  { make: () => lbfgs(), gradientTolerance: 1e-7 },
  { make: () => hessianDescent(), gradientTolerance: 1e-6 },
  { make: (p) => noisyDescent({ stepSize: 1 / p.gradientLipschitz }), gradientTolerance: 1e-6 },
  {
    make: (p) =>
      perturbedDescent({
        gradientLipschitz: p.gradientLipschitz,
        hessianLipschitz: p.hessianLipschitz,
        valueGap: p.objective.value(p.saddle) - p.least + 1,
        failureProbability: 1e-9,
      }),
    gradientTolerance: 0.01,
  },
];

/** Near a minimum with curvatures of at least m, f − least ≤ ‖∇f‖²/m (half of it for a quadratic). */
function valueTolerance(problem: KnownProblem, found: Descent): number {
  const rounding = 64 * problem.objective.dimension * Number.EPSILON * (1 + Math.abs(problem.least));
  return found.gradientNorm ** 2 / strictness + rounding;
}

for (const [family, problemOf] of Object.entries(problemFamilies)) {
  describe(family, () => {
    test('gradient descent stays on an exact saddle and calls it reached', () => {
      for (let run = 0; run < 10; run++) {
        const stream = root.fork(`${family} stays ${run}`);
        const problem = problemOf(stream, stream.integer(2, 40));
        const goal = { gradientTolerance: 1e-12, curvatureTolerance: 0.1 };
        const method = gradientDescent({ stepSize: 1 / problem.gradientLipschitz });
        const found = method.minimize(stream, problem.objective, problem.saddle, goal);
        expect([found.outcome, found.steps]).toEqual(['reached', 0]);
        const certificate = certify(stream, problem.objective, found.point);
        if (certificate.outcome !== 'measured') throw new Error(certificate.outcome);
        expect(meetsGoal(certificate, goal)).toBe('no');
      }
    });

    for (const { make, gradientTolerance } of methods) {
      const name = make(problemOf(root.fork('name'), 2)).name;

      test(`${name} leaves exact saddles and ends certified, at least value`, () => {
        for (let run = 0; run < 12; run++) {
          const stream = root.fork(`${family} ${name} ${run}`);
          const problem = problemOf(stream, stream.integer(2, name.startsWith('perturbed') ? 8 : 40));
          const goal = { gradientTolerance, curvatureTolerance: 0.1 };
          const start = Float64Array.from(problem.saddle);
          const found = make(problem).minimize(stream, problem.objective, start, goal);
          expect(found.outcome).toBe('reached');
          expect(start).toEqual(problem.saddle);
          checkRecord(problem, found);
          const certificate = certify(stream, problem.objective, found.point);
          if (certificate.outcome !== 'measured') throw new Error(certificate.outcome);
          expect(meetsGoal(certificate, goal)).toBe('yes');
          expect(Math.abs(found.value - problem.least)).toBeLessThanOrEqual(valueTolerance(problem, found));
        }
      });
    }

    test('the trust region reaches ‖∇f‖ ≤ 1e-10 in 200 dimensions from a random start', () => {
      const stream = root.fork(`${family} large`);
      const problem = problemOf(stream, 200);
      const start = gaussianInto(new Float64Array(200), stream, 0.2);
      const goal = { gradientTolerance: 1e-10, curvatureTolerance: 1e-3 };
      const found = trustRegion().minimize(stream, problem.objective, start, goal);
      expect(found.outcome).toBe('reached');
      expect(found.gradientNorm).toBeLessThanOrEqual(1e-10);
      checkRecord(problem, found);
    });

    for (const method of [trustRegion(), lbfgs(), hessianDescent()]) {
      test(`${method.name}: f never rises by more than rounding`, () => {
        for (let run = 0; run < 10; run++) {
          const stream = root.fork(`${family} monotone ${method.name} ${run}`);
          const n = stream.integer(2, 30);
          const problem = problemOf(stream, n);
          const start = gaussianInto(new Float64Array(n), stream);
          let previous = problem.objective.value(start);
          const goal = { gradientTolerance: 1e-9, curvatureTolerance: 1e-3 };
          method.minimize(stream, problem.objective, start, goal, ({ value }) => {
            // `valueRounding` of the guarantee.
            const rounding = 16 * Number.EPSILON * Math.max(1, Math.abs(previous));
            expect(value).toBeLessThanOrEqual(previous + rounding);
            previous = value;
          });
        }
      });
    }
  });
}

/** What a record says of its point is true of its point. */
function checkRecord(problem: KnownProblem, found: Descent): void {
  const { objective } = problem;
  expect(found.value).toBe(objective.value(found.point));
  const gradient = objective.gradientInto(new Float64Array(objective.dimension), found.point);
  expect(found.gradientNorm).toBe(norm(gradient));
  expect(found.gradients).toBeGreaterThan(found.steps);
  expect(dot(found.point, found.point)).toBeGreaterThan(0);
}

test('one stream gives one descent, another stream another', () => {
  const problem = problemFamilies.cosineLattice(root.fork('same'), 6);
  const goal = { gradientTolerance: 0.01, curvatureTolerance: 0.1 };
  for (const { make } of methods) {
    const run = (label: string): Descent =>
      make(problem).minimize(root.fork(label), problem.objective, problem.saddle, goal);
    expect(run('a')).toEqual(run('a'));
    expect(run('a').point).not.toEqual(run('b').point);
  }
});
