import { describe, expect, test } from 'vitest';
import {
  checkDerivatives,
  type TaylorPiece,
} from '../../../../src/numerics/optimize/certify/derivativeCheck.ts';
import type { Objective } from '../../../../src/numerics/optimize/objective.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import { problemFamilies } from './optimizeProblems.ts';

const root = rootStream('derivatives');

/** Over a decade with noise at most 1 % at its short end, a slope is uncertain by less than this. */
const slopeTolerance = 0.1;

/**
 * The smallest slopes along five lines. A fault of relative size q stands out below t = 2q·|∇f·d| / |dᵀ∇²f d|, so one
 * line may hide it if it happens to run along a level of f; five do not.
 */
function leastSlopes(stream: RandomStream, objective: Objective, x: Float64Array) {
  const checks = [0, 1, 2, 3, 4].map((line) => checkDerivatives(stream.fork(line), objective, x));
  return {
    gradient: Math.min(...checks.map((check) => slopeOf(check.gradient))),
    hessian: Math.min(...checks.map((check) => slopeOf(check.hessian))),
  };
}

function slopeOf(piece: TaylorPiece): number {
  if (piece.outcome !== 'measured') throw new Error(piece.outcome);
  return piece.slope;
}

function randomPoint(stream: RandomStream, n: number): Float64Array {
  return gaussianInto(new Float64Array(n), stream);
}

for (const [family, problemOf] of Object.entries(problemFamilies)) {
  describe(family, () => {
    test('right derivatives have Taylor remainders of order t²', () => {
      for (let run = 0; run < 40; run++) {
        const stream = root.fork(`${family} right ${run}`);
        const { objective } = problemOf(stream, stream.integer(1, 30));
        const checked = checkDerivatives(stream, objective, randomPoint(stream, objective.dimension));
        expect(slopeOf(checked.gradient)).toBeGreaterThan(2 - slopeTolerance);
        expect(slopeOf(checked.hessian)).toBeGreaterThan(2 - slopeTolerance);
        expect(checked.asymmetry).toBeLessThanOrEqual(16 * objective.dimension * Number.EPSILON);
      }
    });

    const factors = [-1, 0, 0.5, 1.1, 1.001];
    test('a gradient wrong by any factor has slope 1, down to one part in 1000', () => {
      for (const factor of factors) {
        const stream = root.fork(`${family} gradient ${factor}`);
        const { objective } = problemOf(stream, 7);
        const wrong = altered(objective, {
          gradientInto: (out, x) => {
            objective.gradientInto(out, x);
            for (let k = 0; k < out.length; k++) out[k] *= factor;
            return out;
          },
        });
        const slopes = leastSlopes(stream, wrong, randomPoint(stream, 7));
        expect(slopes.gradient).toBeLessThan(1.5);
        // The Hessian is then not the derivative of the gradient either.
        expect(slopes.hessian).toBeLessThan(1.5);
      }
    });

    test('a Hessian product wrong by any factor has slope 1, and the gradient is not blamed', () => {
      for (const factor of factors) {
        const stream = root.fork(`${family} hessian ${factor}`);
        const { objective } = problemOf(stream, 7);
        const wrong = altered(objective, {
          hessianVectorInto: (out, x, direction) => {
            objective.hessianVectorInto(out, x, direction);
            for (let k = 0; k < out.length; k++) out[k] *= factor;
            return out;
          },
        });
        const slopes = leastSlopes(stream, wrong, randomPoint(stream, 7));
        expect(slopes.hessian).toBeLessThan(1.5);
        expect(slopes.gradient).toBeGreaterThan(2 - slopeTolerance);
      }
    });

    test('one wrong entry of the Hessian shows in the slope and in the asymmetry', () => {
      const stream = root.fork(`${family} entry`);
      const { objective } = problemOf(stream, 7);
      const wrong = altered(objective, {
        hessianVectorInto: (out, x, direction) => {
          objective.hessianVectorInto(out, x, direction);
          out[2] += 0.01 * direction[5];
          return out;
        },
      });
      const x = randomPoint(stream, 7);
      expect(leastSlopes(stream, wrong, x).hessian).toBeLessThan(1.5);
      expect(checkDerivatives(stream, wrong, x).asymmetry).toBeGreaterThan(1e-8);
    });
  });
}

function altered(objective: Objective, change: Partial<Objective>): Objective {
  return {
    dimension: objective.dimension,
    value: (x) => objective.value(x),
    gradientInto: (out, x) => objective.gradientInto(out, x),
    hessianVectorInto: (out, x, direction) => objective.hessianVectorInto(out, x, direction),
    ...change,
  };
}

test('of a quadratic the gradient has slope 2 exactly and the Hessian is right to rounding', () => {
  const quadratic: Objective = {
    dimension: 2,
    value: (x) => x[0] ** 2 - 3 * x[0] * x[1],
    gradientInto: (out, x) => {
      out[0] = 2 * x[0] - 3 * x[1];
      out[1] = -3 * x[0];
      return out;
    },
    hessianVectorInto: (out, _x, d) => {
      out[0] = 2 * d[0] - 3 * d[1];
      out[1] = -3 * d[0];
      return out;
    },
  };
  const stream = root.fork('quadratic');
  const { gradient, hessian } = checkDerivatives(stream, quadratic, randomPoint(stream, 2));
  expect(Math.abs(slopeOf(gradient) - 2)).toBeLessThan(0.01);
  if (hessian.outcome !== 'below-rounding') throw new Error(hessian.outcome);
  expect(hessian.relativeError).toBeLessThanOrEqual(64 * Number.EPSILON);
});

test('where the next Taylor term vanishes, the slope is 3', () => {
  const sine: Objective = {
    dimension: 1,
    value: (x) => Math.sin(x[0]),
    gradientInto: (out, x) => out.fill(Math.cos(x[0])),
    hessianVectorInto: (out, x, d) => out.fill(-Math.sin(x[0]) * d[0]),
  };
  const { gradient } = checkDerivatives(root.fork('sine'), sine, new Float64Array(1));
  expect(Math.abs(slopeOf(gradient) - 3)).toBeLessThan(slopeTolerance);
});

test('large constants and small scales do not hide the slopes', () => {
  for (const [offset, scale] of [
    [1e6, 1],
    [0, 1e-3],
    [-1e3, 1e-2],
  ]) {
    const wide: Objective = {
      dimension: 1,
      value: (x) => Math.exp(x[0] / scale) + offset,
      gradientInto: (out, x) => out.fill(Math.exp(x[0] / scale) / scale),
      hessianVectorInto: (out, x, d) => out.fill((Math.exp(x[0] / scale) / scale ** 2) * d[0]),
    };
    const checked = checkDerivatives(root.fork(`offset ${offset}`), wide, new Float64Array(1), scale);
    expect(slopeOf(checked.gradient)).toBeGreaterThan(2 - 2 * slopeTolerance);
    expect(slopeOf(checked.hessian)).toBeGreaterThan(2 - slopeTolerance);
  }
});

test('a value that is not finite along the line is said', () => {
  const broken: Objective = {
    dimension: 1,
    value: (x) => (x[0] === 0 ? 0 : Number.NaN),
    gradientInto: (out) => out.fill(0),
    hessianVectorInto: (out) => out.fill(0),
  };
  const { gradient } = checkDerivatives(root.fork('broken'), broken, new Float64Array(1));
  expect(gradient).toEqual({ outcome: 'non-finite' });
});
