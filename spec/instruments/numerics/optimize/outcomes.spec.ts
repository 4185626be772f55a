import { describe, expect, test } from 'vitest';
import { gradientDescent } from '../../../../src/numerics/optimize/gradientDescent.ts';
import { hessianDescent } from '../../../../src/numerics/optimize/hessianDescent.ts';
import { lbfgs } from '../../../../src/numerics/optimize/lbfgs.ts';
import { noisyDescent } from '../../../../src/numerics/optimize/noisyDescent.ts';
import type { Objective } from '../../../../src/numerics/optimize/objective.ts';
import type { DescentStep } from '../../../../src/numerics/optimize/optimizer.ts';
import { perturbedDescent } from '../../../../src/numerics/optimize/perturbedDescent.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import { cosineLattice } from './optimizeProblems.ts';

const root = rootStream('optimize.outcomes');
const goal = { gradientTolerance: 1e-6, curvatureTolerance: 1e-3 };
const jin = { gradientLipschitz: 2, hessianLipschitz: 2, valueGap: 100 };

const factories = [
  (stepLimit: number) => gradientDescent({ stepSize: 0.5, stepLimit }),
  (stepLimit: number) => perturbedDescent({ ...jin, stepLimit }),
  (stepLimit: number) => noisyDescent({ stepSize: 0.5, stepLimit }),
  (stepLimit: number) => hessianDescent({ stepLimit }),
  (stepLimit: number) => lbfgs({ stepLimit }),
  (stepLimit: number) => trustRegion({ stepLimit }),
];

/** ½‖x − 3‖² whose gradient (or value) is not a number beyond 1 in the first coordinate. */
function brokenBeyondOne(part: 'value' | 'gradient'): Objective {
  const broken = (x: Float64Array, wanted: string): boolean => part === wanted && x[0] > 1;
  return {
    dimension: 2,
    value: (x) => (broken(x, 'value') ? Number.NaN : ((x[0] - 3) ** 2 + x[1] ** 2) / 2),
    gradientInto: (out, x) => {
      out[0] = broken(x, 'gradient') ? Number.NaN : x[0] - 3;
      out[1] = x[1];
      return out;
    },
    hessianVectorInto: (out, _x, direction) => {
      out.set(direction);
      return out;
    },
  };
}

for (const make of factories) {
  describe(make(1).name, () => {
    test('an allowance of steps that is too small ends in step-limit, after exactly so many', () => {
      const { objective, saddle } = cosineLattice(root.fork('limit'), 12);
      const start = saddle.map((entry) => entry + 0.7);
      for (const limit of [0, 1, 3]) {
        const seen: number[] = [];
        let last = Float64Array.from(start);
        const observe = ({ step, point }: DescentStep): void => {
          seen.push(step);
          last = Float64Array.from(point);
        };
        const found = make(limit).minimize(root.fork('limit run'), objective, start, goal, observe);
        expect([found.outcome, found.steps]).toEqual(['step-limit', limit]);
        expect(seen).toEqual([1, 2, 3].slice(0, limit));
        expect(found.point).toEqual(last);
        expect(found.value).toBe(objective.value(found.point));
      }
    });

    test('a goal reached by the last allowed step is seen', () => {
      const { objective, saddle } = cosineLattice(root.fork('last'), 4);
      const start = saddle.map((entry) => entry + 0.7);
      const wide = { gradientTolerance: 1e-3, curvatureTolerance: 0.4 };
      const free = make(100_000).minimize(root.fork('last run'), objective, start, wide);
      expect(free.outcome).toBe('reached');
      expect(make(free.steps).minimize(root.fork('last run'), objective, start, wide)).toEqual(free);
      const short = make(free.steps - 1).minimize(root.fork('last run'), objective, start, wide);
      expect(short.outcome).toBe('step-limit');
    });

    test('a gradient that is not finite ends in non-finite at a finite point', () => {
      const found = make(10_000).minimize(
        root.fork('gradient'),
        brokenBeyondOne('gradient'),
        new Float64Array(2),
        goal,
      );
      expect(found.outcome).toBe('non-finite');
      expect(found.point[0]).toBeLessThanOrEqual(1);
      expect(Number.isFinite(found.value) && Number.isFinite(found.gradientNorm)).toBe(true);
    });

    test('a value that is not finite is never the record', () => {
      const found = make(10_000).minimize(
        root.fork('value'),
        brokenBeyondOne('value'),
        new Float64Array(2),
        goal,
      );
      // Methods that search a line stop short of the wall; the others run into it.
      expect(['non-finite', 'breakdown', 'step-limit']).toContain(found.outcome);
      expect(found.point[0]).toBeLessThanOrEqual(1);
      expect(Number.isFinite(found.value)).toBe(true);
    });

    test('a start where f is not finite is said at once', () => {
      const found = make(10).minimize(
        root.fork('start'),
        brokenBeyondOne('value'),
        Float64Array.of(2, 0),
        goal,
      );
      expect(found).toMatchObject({
        outcome: 'non-finite',
        steps: 0,
        value: Infinity,
        gradientNorm: Infinity,
      });
    });

    test('a start of the wrong length or a negative tolerance is refused', () => {
      const { objective } = cosineLattice(root.fork('wrong'), 3);
      const method = make(10);
      expect(() => method.minimize(root, objective, new Float64Array(2), goal)).toThrow(RangeError);
      const negative = { gradientTolerance: -1, curvatureTolerance: 0 };
      expect(() => method.minimize(root, objective, new Float64Array(3), negative)).toThrow(RangeError);
    });
  });
}

test('where rounding forbids the goal, second-order methods end in breakdown rather than run on', () => {
  // At 2⁵⁰ a unit in the last place of x − 1/3 is 2⁻², so ‖∇f‖ cannot fall below it.
  const shifted: Objective = {
    dimension: 1,
    value: (x) => (x[0] + 2 ** 50 - 2 ** 50 - 1 / 3) ** 2 / 2,
    gradientInto: (out, x) => out.fill(x[0] + 2 ** 50 - 2 ** 50 - 1 / 3),
    hessianVectorInto: (out, _x, direction) => out.fill(direction[0]),
  };
  for (const method of [trustRegion(), lbfgs(), hessianDescent()]) {
    const found = method.minimize(root.fork('rounding'), shifted, Float64Array.of(5), goal);
    expect(found.outcome).toBe('breakdown');
    expect(found.gradientNorm).toBeLessThanOrEqual(0.25);
  }
});
