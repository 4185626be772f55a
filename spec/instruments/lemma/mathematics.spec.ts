import { describe, expect, test } from 'vitest';
import { columnIntoShift, weightCount, weightFactor, weightNorm } from '../../../src/lemma/blocks.ts';
import { derandomize } from '../../../src/lemma/derandomize.ts';
import { lemmaBound } from '../../../src/lemma/lemmaBound.ts';
import { lemmaCertificate } from '../../../src/lemma/lemmaCertificate.ts';
import type { RandomizedObjective, RandomWeights } from '../../../src/lemma/randomizedObjective.ts';
import { steinResidual } from '../../../src/lemma/steinResidual.ts';
import { checkDerivatives } from '../../../src/numerics/optimize/certify/derivativeCheck.ts';
import type { Objective } from '../../../src/numerics/optimize/objective.ts';
import type { Optimizer } from '../../../src/numerics/optimize/optimizer.ts';
import { type RandomStream, randomStream } from '../../../src/numerics/random/stream.ts';

const root = randomStream('lemma-mathematics');

/** W of 2 × 3 at 1, b at 7 of ten coordinates, the first and the last unused: E(b + Wx)² in each row, and λ‖W‖². */
const lambda = 0.5;
function rowSquares(): RandomizedObjective {
  return {
    dimension: 10,
    weights: { kind: 'matrix', start: 1, rows: 2, columns: 3 },
    shift: { start: 7, length: 2 },
    regularization: lambda,
    value: (x) => {
      let total = 0;
      for (let i = 1; i < 7; i++) total += (1 + lambda) * x[i] ** 2;
      return total + x[7] ** 2 + x[8] ** 2;
    },
    gradientInto: (out, x) => {
      for (let i = 0; i < 10; i++) out[i] = i === 0 || i === 9 ? 0 : 2 * (i < 7 ? 1 + lambda : 1) * x[i];
      return out;
    },
    hessianVectorInto: (out, _x, v) => {
      for (let i = 0; i < 10; i++) out[i] = i === 0 || i === 9 ? 0 : 2 * (i < 7 ? 1 + lambda : 1) * v[i];
      return out;
    },
    expectationErrorAt: () => ({ weightGradient: 0, shiftHessian: 0, method: 'closed-form' }),
  };
}

const point = () => Float64Array.of(9, 1, 2, 3, 4, 5, 6, 0.5, -2, 9);

/**
 * E[−a‖Wx + b‖²/2] + λ‖W‖² = (λ − a/2)‖W‖² − a|b|²/2 with a below 2λ, a point of it, and ‖W‖ there from the definition:
 * ∇_W f = (2λ − a)W and ∇²_b f = −aI, so that the lemma's bound is ‖W‖ itself.
 */
function attaining(stream: RandomStream, kind: RandomWeights['kind']) {
  const rows = stream.integer(1, 5);
  const columns = kind === 'matrix' ? stream.integer(1, 5) : rows;
  const count = { matrix: rows * columns, diagonal: rows, scalar: 1 }[kind];
  const entries = kind === 'scalar' ? rows : 1;
  const curvature = 0.1 + stream.uniform();
  const regularization = curvature * (0.6 + stream.uniform());
  const slopes = Float64Array.from({ length: count + rows }, (_, c) =>
    c < count ? entries * (2 * regularization - curvature) : -curvature,
  );
  const dimension = count + rows;
  const x = Float64Array.from(slopes, () => stream.gaussian());
  const times = (out: Float64Array, v: Float64Array) => {
    for (let c = 0; c < dimension; c++) out[c] = slopes[c] * v[c];
    return out;
  };
  const objective: RandomizedObjective = {
    dimension,
    value: (at) => at.reduce((sum, each, c) => sum + (slopes[c] * each * each) / 2, 0),
    gradientInto: times,
    hessianVectorInto: (out, _, direction) => times(out, direction),
    weights: { kind, start: 0, rows, columns },
    shift: { start: count, length: rows },
    regularization,
    expectationErrorAt: () => ({ weightGradient: 0, shiftHessian: 0, method: 'closed-form' }),
  };
  return { objective, x, norm: Math.sqrt(entries) * Math.hypot(...x.subarray(0, count)) };
}

describe('random weights', () => {
  const of = (kind: RandomWeights['kind'], rows: number, columns: number) => ({
    weights: { kind, start: 1, rows, columns },
    shift: { start: 8, length: rows },
  });

  test('have a column each in the place of the shift, and nothing elsewhere', () => {
    const column = (kind: RandomWeights['kind'], rows: number, columns: number, j: number) => [
      ...columnIntoShift(new Float64Array(10).fill(7), of(kind, rows, columns), point(), j),
    ];
    expect(column('matrix', 2, 3, 0)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 4]);
    expect(column('matrix', 2, 3, 2)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 3, 6]);
    // diag(1, 2) and 1·I.
    expect(column('diagonal', 2, 2, 1)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(column('scalar', 2, 2, 1)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('have a norm that is that of the matrix they stand for', () => {
    expect(weightNorm(of('matrix', 2, 3), point())).toBeCloseTo(Math.sqrt(91), 14);
    expect(weightNorm(of('diagonal', 3, 3), point())).toBeCloseTo(Math.sqrt(14), 14);
    expect(weightNorm(of('scalar', 4, 4), point())).toBe(2);
    expect(
      ['matrix', 'diagonal', 'scalar'].map((kind) => weightCount(of(kind as 'matrix', 4, 5).weights)),
    ).toEqual([20, 4, 1]);
    expect(
      ['matrix', 'diagonal', 'scalar'].map((kind) => weightFactor(of(kind as 'matrix', 4, 5).weights)),
    ).toEqual([1, 1, 4]);
  });

  test('obey the Stein identity where a matrix does, and show by how much they do not', () => {
    const x = point();
    const held = steinResidual(rowSquares(), x);
    // ∇_W f = 2(1 + λ)W = (∇²_b f + 2λI)W, ‖W‖² = 91.
    expect(held.residual).toBeCloseTo(0, 12);
    expect(held.gradientNorm).toBeCloseTo(3 * Math.sqrt(91), 12);
    expect(held.productNorm).toBeCloseTo(3 * Math.sqrt(91), 12);
    expect(held.expectationError).toBe(0);
    // An entry of a Hessian product alone adds up as many products as there are coordinates.
    expect(held.summands).toBeGreaterThanOrEqual(rowSquares().dimension);
    // Another λ than the objective's leaves 2(λ − λ′)W.
    expect(steinResidual(rowSquares(), x, 0.25).residual).toBeCloseTo(0.5 * Math.sqrt(91), 12);
  });
});

describe('a certificate of the lemma', () => {
  test('has the norms and the bound of its point', () => {
    const certificate = lemmaCertificate(rowSquares(), point());
    if (certificate.outcome !== 'certified') throw new Error(certificate.outcome);
    expect(certificate.weightNorm).toBeCloseTo(Math.sqrt(91), 12);
    expect(certificate.weightGradientNorm).toBeCloseTo(3 * Math.sqrt(91), 12);
    expect(certificate.gradientNorm).toBeCloseTo(Math.sqrt(9 * 91 + 4 * 4.25), 12);
    expect(certificate.lowestShiftCurvature).toBeCloseTo(2, 12);
    expect(certificate.highestShiftCurvature).toBeCloseTo(2, 12);
    expect(certificate.curvatureDeficit).toBe(0);
    expect(certificate.bound).toBeCloseTo(3 * Math.sqrt(91), 12);
  });

  test.each(['matrix', 'diagonal', 'scalar'] as const)(
    'has a bound that a concave quadratic attains, for weights of kind %s and any size',
    (kind) => {
      for (let i = 0; i < 20; i++) {
        const { objective, x, norm } = attaining(root.fork(`${kind} ${i}`), kind);
        const certificate = lemmaCertificate(objective, x);
        if (certificate.outcome !== 'certified') throw new Error(certificate.outcome);
        expect(Math.abs(certificate.weightNorm / norm - 1)).toBeLessThan(1e-12);
        expect(certificate.bound / norm).toBeGreaterThan(1 - 1e-12);
        expect(certificate.bound / norm).toBeLessThan(1 + 1e-9);
      }
    },
  );

  test('is none where the Hessian, or the gradient, is not finite', () => {
    const broken = (change: Partial<Objective>) => lemmaCertificate({ ...rowSquares(), ...change }, point());
    expect(broken({ hessianVectorInto: (out) => out.fill(Number.NaN) })).toEqual({ outcome: 'non-finite' });
    expect(broken({ hessianVectorInto: (out) => out.fill(Infinity) })).toEqual({ outcome: 'non-finite' });
    expect(broken({ gradientInto: (out) => out.fill(Number.NaN) })).toEqual({ outcome: 'non-finite' });
  });

  test('takes the ends of what is allowed', () => {
    expect(lemmaBound(Number.MAX_VALUE, 0, 1)).toBe(Number.MAX_VALUE / 2);
    expect(lemmaBound(1, 0, 0)).toBe(Infinity);
    expect(() => lemmaBound(1, -Number.MIN_VALUE, 1)).toThrow('curvature: expected a number in [0,');
  });

  test('comes with the shift and the descent that it is of', () => {
    const end = point().map((x, i) => x + i);
    const asked: unknown[] = [];
    const optimizer: Optimizer = {
      name: 'a step',
      minimize(stream, objective, start, goal) {
        asked.push(stream, objective, start, goal);
        return {
          outcome: 'reached',
          point: end,
          value: 2,
          gradientNorm: 3,
          steps: 1,
          gradients: 1,
          hessianProducts: 0,
        };
      },
    };
    const objective = rowSquares();
    const start = point();
    const goal = { gradientTolerance: 1e-3, curvatureTolerance: 1e-2 };
    const found = derandomize(root, objective, start, optimizer, goal);
    expect(asked).toEqual([root, objective, start, goal]);
    expect(asked[1]).toBe(objective);
    expect(found.descent.point).toBe(end);
    // b: 0.5 + 7 and −2 + 8, in an array of its own.
    expect([...found.shift]).toEqual([7.5, 6]);
    expect(found.shift.buffer).not.toBe(end.buffer);
    expect(found.certificate).toEqual(lemmaCertificate(objective, end));
  });
});

describe('a check of derivatives', () => {
  /** f = c·x, noting how far from the point it is asked. */
  function linear(slopes: readonly number[], offset = 0) {
    const distances: number[] = [];
    const objective: Objective = {
      dimension: slopes.length,
      value: (x) => {
        distances.push(Math.hypot(...x.map((xi) => xi - offset)));
        return slopes.reduce((sum, slope, i) => sum + slope * x[i], 0);
      },
      gradientInto: (out) => {
        for (let i = 0; i < out.length; i++) out[i] = slopes[i];
        return out;
      },
      hessianVectorInto: (out) => out.fill(0),
    };
    return { objective, distances };
  }

  test('looks over twelve decades up to the scale, eight lengths each', () => {
    for (const scale of [1, 0.01]) {
      const { objective, distances } = linear([1, 2, 3]);
      checkDerivatives(root.fork('lengths'), objective, new Float64Array(3), scale);
      const lengths = distances.filter((distance) => distance > 0).sort((a, b) => a - b);
      expect(lengths).toHaveLength(97);
      expect(lengths[96] / scale).toBeCloseTo(1, 12);
      expect(lengths[0] / (1e-12 * scale)).toBeCloseTo(1, 12);
      for (let i = 1; i < 97; i++) expect(lengths[i] / lengths[i - 1]).toBeCloseTo(10 ** (1 / 8), 9);
    }
  });

  test('finds a linear function right to rounding, at 0 and far from it', () => {
    for (const offset of [0, 1, 1e4]) {
      const { objective } = linear([1, -2, 0.5, 3], offset);
      const x = new Float64Array(4).fill(offset);
      const { gradient, hessian, asymmetry } = checkDerivatives(root.fork('linear'), objective, x);
      if (gradient.outcome !== 'below-rounding') throw new Error(gradient.outcome);
      // Some roundings of f, of the size of f or of its slope.
      expect(gradient.relativeError).toBeLessThanOrEqual(64 * Number.EPSILON);
      if (hessian.outcome !== 'below-rounding') throw new Error(hessian.outcome);
      expect(hessian.relativeError).toBeLessThanOrEqual(64 * Number.EPSILON);
      expect(asymmetry).toBe(0);
    }
  });

  test('says over which lengths the slope was taken, a decade of them', () => {
    const square: Objective = {
      dimension: 2,
      value: (x) => x[0] ** 2 + x[1] ** 2,
      gradientInto: (out, x) => {
        for (let i = 0; i < 2; i++) out[i] = 2 * x[i];
        return out;
      },
      hessianVectorInto: (out, _x, v) => {
        for (let i = 0; i < 2; i++) out[i] = 2 * v[i];
        return out;
      },
    };
    const { gradient } = checkDerivatives(root.fork('decade'), square, Float64Array.of(1, 1), 2);
    if (gradient.outcome !== 'measured') throw new Error(gradient.outcome);
    expect(gradient.slope).toBeCloseTo(2, 2);
    expect(gradient.to / gradient.from).toBeCloseTo(10, 9);
    // The remainder is t², and stands out of rounding of 2 from some 10⁻⁶ or 10⁻⁷ on.
    expect(gradient.from).toBeGreaterThan(1e-8);
    expect(gradient.from).toBeLessThan(1e-5);
  });

  test('needs a point of its length and a scale above 0', () => {
    const { objective } = linear([1, 2]);
    expect(() => checkDerivatives(root, objective, new Float64Array(3))).toThrow(
      'x: expected 2 entries, got 3',
    );
    expect(() => checkDerivatives(root, objective, new Float64Array(2), 0)).toThrow(
      'scale: expected a finite number',
    );
  });
});
