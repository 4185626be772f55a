import { describe, expect, test } from 'vitest';
import { largestUsefulTolerance, lemmaBound } from '../../../src/lemma/lemmaBound.ts';
import { lemmaCertificate } from '../../../src/lemma/lemmaCertificate.ts';
import { type NodeSet, nodeExpectation } from '../../../src/lemma/nodeExpectation.ts';
import type { RandomizedObjective } from '../../../src/lemma/randomizedObjective.ts';
import { differenceAt, ridgeExpectation } from '../../../src/lemma/ridgeExpectation.ts';
import {
  gemanMcClureInto,
  powerInto,
  quadratureProfile,
  type RidgeProfile,
  sineProfile,
} from '../../../src/lemma/ridgeProfile.ts';
import { type RidgeSum, ridgeHessianLipschitz } from '../../../src/lemma/ridgeSum.ts';
import { shiftCurvature } from '../../../src/lemma/shiftCurvature.ts';
import { steinResidual } from '../../../src/lemma/steinResidual.ts';
import { rounding } from '../../../src/numerics/base/tolerance.ts';
import { blockSpectrum } from '../../../src/numerics/optimize/certify/blockSpectrum.ts';
import { certify } from '../../../src/numerics/optimize/certify/certificate.ts';
import { gaussHermite } from '../../../src/numerics/quadrature/gaussHermite.ts';
import { gaussianGrid } from '../../../src/numerics/quadrature/gaussianGrid.ts';
import { gaussianTrapezoid } from '../../../src/numerics/quadrature/gaussianTrapezoid.ts';
import { gaussianInto } from '../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../src/numerics/random/stream.ts';
import { rootStream } from '../../../src/papers/claims/rootStream.ts';

const root = rootStream('expectations');
const powers = [1, 2, 3, 4].map((degree) =>
  quadratureProfile(`power ${degree}`, powerInto(degree), gaussHermite(4)),
);
const bounded = quadratureProfile('bounded', gemanMcClureInto, gaussianTrapezoid(0.1), [
  gaussianTrapezoid(0.2),
  gaussianTrapezoid(0.2, 0.05),
]);

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly trainPhases: boolean;
}
const shapes: readonly Shape[] = [1, 2, 3].flatMap((rows) =>
  [1, 2].flatMap((columns) => [true, false].map((trainPhases) => ({ rows, columns, trainPhases }))),
);

function sumOf(
  stream: RandomStream,
  { rows, trainPhases }: Shape,
  profiles: readonly RidgeProfile[],
): RidgeSum {
  const terms = profiles.map((profile, j) => {
    const own = stream.fork(j);
    const direction = gaussianInto(new Float64Array(rows), own);
    return { profile, coefficient: own.gaussian(), direction, phase: own.gaussian() };
  });
  return { inputs: rows, terms, trainPhases };
}

/** Value, gradient and Hessian product written down from the definition, one summand at a time. */
function byDefinition(
  { inputs, terms, trainPhases }: RidgeSum,
  columns: number,
  regularization: number,
  { points, weights }: NodeSet,
  x: Float64Array,
  v: Float64Array,
) {
  const shift = inputs * columns;
  let value = 0;
  let size = 0;
  const gradient = new Float64Array(x.length);
  const product = new Float64Array(x.length);
  for (let i = 0; i < shift; i++) {
    value += regularization * x[i] ** 2;
    gradient[i] = 2 * regularization * x[i];
    product[i] = 2 * regularization * v[i];
  }
  for (const [q, p] of weights.entries()) {
    for (const [t, { profile, coefficient, direction, phase }] of terms.entries()) {
      /** ∂(argument)/∂(coordinate), which is linear in the coordinates. */
      const slopes = new Float64Array(x.length);
      for (let i = 0; i < inputs; i++) {
        for (let j = 0; j < columns; j++) slopes[i * columns + j] = direction[i] * points[q * columns + j];
        slopes[shift + i] = direction[i];
      }
      if (trainPhases) slopes[shift + inputs + t] = 1;
      const along = (y: Float64Array) => slopes.reduce((total, slope, i) => total + slope * y[i], 0);
      const [f, df, ddf] = profile.derivativesInto(new Float64Array(3), along(x) + (trainPhases ? 0 : phase));
      value += p * coefficient * f;
      for (let i = 0; i < x.length; i++) {
        gradient[i] += p * coefficient * df * slopes[i];
        product[i] += p * coefficient * ddf * along(v) * slopes[i];
        size = Math.max(size, Math.abs(slopes[i]), Math.abs(x[i]), Math.abs(v[i]));
      }
      size = Math.max(size, Math.abs(coefficient), Math.abs(f), Math.abs(df), Math.abs(ddf));
    }
  }
  // Each number is a sum over nodes and terms of products of at most five factors of this size.
  const tolerance = rounding(64 * weights.length * terms.length * x.length, (1 + size) ** 3).value;
  return { value, gradient, product, tolerance, size };
}

function expectSame(
  objective: RandomizedObjective,
  x: Float64Array,
  v: Float64Array,
  { value, gradient, product, tolerance }: ReturnType<typeof byDefinition>,
): void {
  expect(Math.abs(objective.value(x) - value)).toBeLessThanOrEqual(tolerance);
  const out = new Float64Array(objective.dimension).fill(Number.NaN);
  objective.gradientInto(out, x);
  for (const [i, entry] of gradient.entries())
    expect(Math.abs(out[i] - entry)).toBeLessThanOrEqual(tolerance);
  out.fill(Number.NaN);
  objective.hessianVectorInto(out, x, v);
  for (const [i, entry] of product.entries()) expect(Math.abs(out[i] - entry)).toBeLessThanOrEqual(tolerance);
}

describe.each(shapes)('with $rows rows, $columns columns, trained phases $trainPhases', (shape) => {
  const { rows, columns, trainPhases } = shape;
  const stream = root.fork(JSON.stringify(shape));
  const profiles = [sineProfile, ...powers, bounded];
  const pointOf = (own: RandomStream, { dimension }: RandomizedObjective) =>
    gaussianInto(new Float64Array(dimension), own);

  test('an expectation over nodes is the sum of its definition', () => {
    const nodes = {
      points: gaussianInto(new Float64Array(5 * columns), stream),
      weights: new Float64Array(5),
    };
    for (let q = 0; q < 5; q++) nodes.weights[q] = (q + 1) / 15;
    const sum = sumOf(stream.fork('nodes'), shape, profiles);
    const objective = nodeExpectation(sum, columns, 0.3, nodes);
    expect(objective.dimension).toBe(rows * columns + rows + (trainPhases ? profiles.length : 0));
    expect(objective.hessianLipschitz).toBeUndefined();
    expect(objective.expectationErrorAt(new Float64Array(objective.dimension))).toMatchObject({
      weightGradient: 0,
      shiftHessian: 0,
    });
    const [x, v] = [pointOf(stream.fork('x'), objective), pointOf(stream.fork('v'), objective)];
    expectSame(objective, x, v, byDefinition(sum, columns, 0.3, nodes, x, v));
  });

  test.each([1, 1e-3, 1e-9, 0])('a Gaussian expectation is that over exact nodes, W of size %d', (scale) => {
    // Four nodes an axis are exact for powers up to 4 with two more factors x; 24 are for the damped sine.
    const sum = sumOf(stream.fork('exact'), shape, [...powers, sineProfile]);
    const objective = ridgeExpectation(sum, columns, 0.2);
    const x = pointOf(stream.fork(`x ${scale}`), objective);
    for (let i = 0; i < rows * columns; i++) x[i] *= scale;
    // Directions of size one keep the sine's argument in reach of 40 nodes an axis.
    for (const { direction } of sum.terms) {
      const length = Math.hypot(...direction);
      for (let i = 0; i < rows; i++) direction[i] /= length;
    }
    const v = pointOf(stream.fork('v'), objective);
    const defined = byDefinition(sum, columns, 0.2, gaussianGrid(40, columns), x, v);
    // Where Wᵀω is negligible, terms of its own order are left out of the product.
    const negligible = scale < 1e-8 ? scale * (1 + defined.size) ** 3 : 0;
    expectSame(objective, x, v, { ...defined, tolerance: defined.tolerance + negligible });
  });

  test('the stated error of an expectation covers the change to each coarser rule, and adds up', () => {
    const sum = sumOf(stream.fork('coarse'), shape, [bounded, sineProfile]);
    const objective = ridgeExpectation(sum, columns, 0.2);
    const x = pointOf(stream.fork('x'), objective);
    const error = objective.expectationErrorAt(x);
    const changes = [0, 1].map((version) => {
      const terms = sum.terms.map((term) => ({
        ...term,
        profile: term.profile.coarser[version] ?? term.profile,
      }));
      return differenceAt(ridgeExpectation({ ...sum, terms }, columns, 0.2), objective, x);
    });
    expect(error.method).toBe('quadrature');
    // On top comes rounding: (k + d + summands + 16) roundings of every term's magnitude, and of the regularizer.
    const inWeights = x.subarray(0, rows * columns);
    const onTop = { weightGradient: 2 * 0.2 * Math.hypot(...inWeights), shiftHessian: 0 };
    for (const [t, { profile, coefficient, direction, phase }] of sum.terms.entries()) {
      const projected = Array.from({ length: columns }, (_, j) =>
        direction.reduce((total, omega, i) => total + omega * x[i * columns + j], 0),
      );
      const shift = direction.reduce(
        (total, omega, i) => total + Math.abs(omega * x[rows * columns + i]),
        Math.abs(trainPhases ? x[rows * columns + rows + t] : phase),
      );
      const magnitude = profile.magnitude(shift, Math.hypot(...projected));
      const each = (rows + columns + profile.summands + 16) * Math.abs(coefficient) * magnitude;
      onTop.weightGradient += each * Math.hypot(...direction);
      onTop.shiftHessian += each * Math.hypot(...direction) ** 2;
    }
    for (const part of ['weightGradient', 'shiftHessian'] as const) {
      const change = Math.hypot(...changes.map((each) => each[part]));
      const stated = change + Number.EPSILON * onTop[part];
      expect(error[part]).toBeGreaterThan(change);
      // Both are sums of positive numbers, so they agree in nearly all digits of the smaller summand too.
      const tolerance = rounding(8, stated).value + 1e-9 * Number.EPSILON * onTop[part];
      expect(Math.abs(error[part] - stated)).toBeLessThanOrEqual(tolerance);
    }
    const exact = ridgeExpectation(sumOf(stream, shape, powers), columns, 0.2).expectationErrorAt(x);
    expect(exact.method).toBe('closed-form');
  });

  test('the curvature of the shift carries the error of the expectation twice, and the certificate both', () => {
    const objective = ridgeExpectation(sumOf(stream.fork('coarse'), shape, [bounded]), columns, 0.2);
    const x = pointOf(stream.fork('x'), objective);
    const spectrum = blockSpectrum(objective, x, objective.shift.start, objective.shift.length);
    const curvature = shiftCurvature(objective, x);
    if (spectrum.outcome !== 'decomposed' || curvature.outcome !== 'decomposed')
      throw new Error('no spectrum');
    const error = objective.expectationErrorAt(x);
    expect(curvature).toEqual({ ...spectrum, error: spectrum.error + 2 * error.shiftHessian });
    const certificate = lemmaCertificate(objective, x);
    if (certificate.outcome !== 'certified') throw new Error(certificate.outcome);
    const gradient = objective.gradientInto(new Float64Array(objective.dimension), x);
    const inWeights = Math.hypot(...gradient.subarray(0, rows * columns)) + 2 * error.weightGradient;
    const deficit = Math.max(0, curvature.error - curvature.lowest);
    expect(certificate.weightNorm).toBeCloseTo(Math.hypot(...x.subarray(0, rows * columns)), 12);
    expect(certificate.weightGradientNorm).toBeCloseTo(inWeights, 12);
    expect(certificate.gradientNorm).toBeCloseTo(Math.hypot(...gradient) + 2 * error.weightGradient, 12);
    expect(certificate.curvatureDeficit).toBe(deficit);
    expect(certificate.bound).toBe(lemmaBound(certificate.weightGradientNorm, deficit, 0.2));
    expect(certificate.weightNorm).toBeLessThanOrEqual(certificate.bound);
  });
});

describe('one-dimensional expectations', () => {
  const fine = gaussHermite(60);
  const families: Readonly<Record<string, readonly [RidgeProfile, RidgeProfile]>> = {
    sine: [sineProfile, quadratureProfile('sine', sineProfile.derivativesInto.bind(sineProfile), fine)],
    'power 3': [powers[2], quadratureProfile('power 3', powerInto(3), fine)],
    'power 4': [powers[3], quadratureProfile('power 4', powerInto(4), fine)],
    bounded: [bounded, quadratureProfile('bounded', gemanMcClureInto, gaussianTrapezoid(0.05))],
  };

  test.each(Object.entries(families))('of %s are those of a finer rule', (_name, [profile, finer]) => {
    for (const m of [-1.3, 0, 0.4, 2]) {
      for (const s of [0, 0.3, 1]) {
        const [one, two] = [profile, finer].map((each) => each.expectationsInto(new Float64Array(6), m, s));
        const tolerance = rounding(16 * finer.summands, profile.magnitude(Math.abs(m), s) + 1).value;
        // The bounded loss has poles at distance 1, so its coarse rule is off by exp(−2π/0.1·…), far below this.
        for (let i = 0; i < 6; i++) expect(Math.abs(one[i] - two[i])).toBeLessThanOrEqual(1e-12 + tolerance);
      }
    }
  });

  test.each(Object.entries(families))(
    'of %s are not larger than their stated magnitude',
    (_name, [profile]) => {
      const local = new Float64Array(3);
      for (const m of [0, 0.4, 2]) {
        for (const s of [0, 0.3, 1, 2]) {
          for (const sign of [-1, 1]) {
            let size = 0;
            for (const [q, z] of fine.nodes.entries()) {
              profile.derivativesInto(local, sign * m + s * z);
              const slopes = Math.abs(local[1]) + Math.abs(local[2]);
              size += fine.weights[q] * slopes * (1 + m + s * Math.abs(z)) * (1 + z * z);
            }
            // The rule itself is only so exact on the kinks of absolute values.
            expect(profile.magnitude(m, s)).toBeGreaterThanOrEqual(0.9 * size);
          }
        }
      }
    },
  );

  test.each(Object.entries(families))(
    'of %s are of functions whose derivatives belong together',
    (_name, [profile]) => {
      const h = 1e-4;
      for (const t of [-2, -0.7, 0, 0.3, 1.9]) {
        const [below, at, above] = [t - h, t, t + h].map((u) =>
          profile.derivativesInto(new Float64Array(3), u),
        );
        // Central differences are off by h²·|third derivative|/6, at most 24·2⁴·h² here, and by rounding over h.
        const tolerance = 400 * h * h + rounding(64, 16).value / h;
        expect(Math.abs((above[0] - below[0]) / (2 * h) - at[1])).toBeLessThanOrEqual(tolerance);
        expect(Math.abs((above[1] - below[1]) / (2 * h) - at[2])).toBeLessThanOrEqual(tolerance);
      }
    },
  );

  test('are exact for the first power, whose second derivative is zero everywhere', () => {
    expect([...powers[0].derivativesInto(new Float64Array(3), 5)]).toEqual([5, 1, 0]);
    expect([...powers[1].derivativesInto(new Float64Array(3), 5)]).toEqual([25, 10, 2]);
    expect(powers[0].coarser).toEqual([]);
    expect(bounded.coarser.map(({ summands }) => summands)).toEqual([
      gaussianTrapezoid(0.2).nodes.length,
      gaussianTrapezoid(0.2, 0.05).nodes.length,
    ]);
  });
});

describe('a Hessian-Lipschitz constant', () => {
  const term = (profile: RidgeProfile, coefficient: number, ...direction: readonly number[]) => ({
    profile,
    coefficient,
    direction: Float64Array.from(direction),
    phase: 0,
  });
  test('is Σ |c| ‖ω‖³ sup|ψ‴|, with one more coordinate where phases are trained', () => {
    const terms = [term(sineProfile, -2, 3, 4), term({ ...sineProfile, thirdDerivativeBound: 5 }, 1, 0, 2)];
    expect(ridgeHessianLipschitz({ inputs: 2, terms, trainPhases: false })).toBe(2 * 125 + 5 * 8);
    const trained = 2 * 26 ** 1.5 + 5 * 5 ** 1.5;
    expect(ridgeHessianLipschitz({ inputs: 2, terms, trainPhases: true })).toBeCloseTo(trained, 10);
    const sum = { inputs: 2, terms, trainPhases: true };
    expect(ridgeExpectation(sum, 1, 0).hessianLipschitz).toBeCloseTo(trained, 10);
    const nodes = { points: Float64Array.of(0), weights: Float64Array.of(1) };
    expect(nodeExpectation(sum, 1, 0, nodes).hessianLipschitz).toBeCloseTo(trained, 10);
  });

  test('does not exist where one third derivative is unbounded', () => {
    const terms = [term(sineProfile, 1, 1), term(powers[3], 1, 1)];
    expect(ridgeHessianLipschitz({ inputs: 1, terms, trainPhases: false })).toBeUndefined();
    expect(ridgeExpectation({ inputs: 1, terms, trainPhases: false }, 1, 0)).not.toHaveProperty(
      'hessianLipschitz',
    );
  });
});

describe('weights that are σI or diag(σ)', () => {
  const curvatures = [1, -0.5, 2];
  /** E Σ a_i (σ_i x_i + b_i)² + λ‖W‖_F² = Σ a_i (b_i² + σ_i²) + λ Σ σ_i². */
  const quadratic = (kind: 'scalar' | 'diagonal', shiftHessian: number): RandomizedObjective => {
    const count = kind === 'scalar' ? 1 : 3;
    const sigmaOf = (i: number) => (kind === 'scalar' ? 0 : i);
    const lambda = 0.3;
    return {
      dimension: count + 3,
      weights: { kind, start: 0, rows: 3, columns: 3 },
      shift: { start: count, length: 3 },
      regularization: lambda,
      value: (x) =>
        curvatures.reduce(
          (total, a, i) => total + a * (x[count + i] ** 2 + x[sigmaOf(i)] ** 2) + lambda * x[sigmaOf(i)] ** 2,
          0,
        ),
      gradientInto(out, x) {
        out.fill(0);
        for (const [i, a] of curvatures.entries()) {
          out[sigmaOf(i)] += 2 * (a + lambda) * x[sigmaOf(i)];
          out[count + i] = 2 * a * x[count + i];
        }
        return out;
      },
      hessianVectorInto(out, _x, v) {
        return this.gradientInto(out, v);
      },
      expectationErrorAt: () => ({ weightGradient: 0.25, shiftHessian, method: 'sample' }),
    };
  };

  test.each(['scalar', 'diagonal'] as const)(
    '%s: the Stein residual vanishes, and knows another λ',
    (kind) => {
      const objective = quadratic(kind, 0);
      const x = gaussianInto(new Float64Array(objective.dimension), root.fork(kind));
      const right = steinResidual(objective, x);
      const tolerance = rounding(right.summands, right.gradientNorm + right.productNorm).value;
      expect(right.residual).toBeLessThanOrEqual(tolerance);
      expect(right.gradientNorm).toBeGreaterThan(0.1);
      expect(right.productNorm).toBeCloseTo(right.gradientNorm, 12);
      // A λ larger by δ moves every entry by 2δσ, and the trace by three of them.
      const [factor, count] = kind === 'scalar' ? [3, 1] : [1, 3];
      const moved = 2 * 0.1 * factor * Math.hypot(...x.subarray(0, count));
      expect(steinResidual(objective, x, 0.4).residual).toBeCloseTo(moved, 12);
    },
  );

  test.each(['scalar', 'diagonal'] as const)('%s: expectation errors are charged as they enter', (kind) => {
    const objective = quadratic(kind, 0.5);
    const x = gaussianInto(new Float64Array(objective.dimension), root.fork(kind));
    const [factor, count] = kind === 'scalar' ? [3, 1] : [1, 3];
    const size = Math.hypot(...x.subarray(0, count));
    expect(steinResidual(objective, x).expectationError).toBeCloseTo(2 * (0.25 + factor * 0.5 * size), 12);
    const certificate = lemmaCertificate(objective, x);
    if (certificate.outcome !== 'certified') throw new Error(certificate.outcome);
    expect(certificate.weightNorm).toBeCloseTo(Math.sqrt(factor) * size, 12);
    expect(certificate.lowestShiftCurvature).toBeCloseTo(-1, 12);
    expect(certificate.highestShiftCurvature).toBeCloseTo(4, 12);
    expect(certificate.curvatureError).toBeGreaterThanOrEqual(1);
    expect(certificate.curvatureDeficit).toBeCloseTo(2, 12);
    expect(certificate.bound).toBe(Number.POSITIVE_INFINITY);
  });

  test('points that are not finite have no certificate', () => {
    const objective = quadratic('scalar', 0);
    const x = new Float64Array(objective.dimension).fill(Number.MAX_VALUE);
    expect(lemmaCertificate(objective, x)).toEqual({ outcome: 'non-finite' });
  });
});

test('the bound is ρ/(2λ − γ) where 2λ is above γ, and nothing elsewhere', () => {
  expect(lemmaBound(3, 0.5, 1)).toBe(2);
  expect(lemmaBound(0, 0, 1)).toBe(0);
  expect(lemmaBound(3, 2, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(lemmaBound(3, 2.5, 1)).toBe(Number.POSITIVE_INFINITY);
  for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => lemmaBound(bad, 0, 1)).toThrow(RangeError);
    expect(() => lemmaBound(0, bad, 1)).toThrow(RangeError);
    expect(() => lemmaBound(0, 0, bad)).toThrow(RangeError);
  }
  // At ρ = 4λ²/K the paper's γ = √(Kρ) reaches 2λ.
  expect(largestUsefulTolerance(8, 3)).toBe(4.5);
});

test('a certificate by Lanczos takes as many products as it is told, and says so', () => {
  const n = 60;
  let products = 0;
  const objective = {
    dimension: n,
    value: (x: Float64Array) => x.reduce((total, each, i) => total + (i + 1) * each * each, 0),
    gradientInto: (out: Float64Array, x: Float64Array) => {
      for (let i = 0; i < n; i++) out[i] = 2 * (i + 1) * x[i];
      return out;
    },
    hessianVectorInto(out: Float64Array, _x: Float64Array, v: Float64Array) {
      products++;
      return this.gradientInto(out, v);
    },
  };
  const x = new Float64Array(n);
  for (const krylovSteps of [5, 11]) {
    products = 0;
    const certificate = certify(root.fork('krylov'), objective, x, { denseLimit: 10, krylovSteps });
    if (certificate.outcome !== 'measured') throw new Error(certificate.outcome);
    expect(certificate.curvature).toMatchObject({ method: 'ritz', rigorous: false });
    expect(certificate.curvature.says).toContain(`of ${krylovSteps} Lanczos steps`);
    expect(products).toBeGreaterThanOrEqual(krylovSteps);
    expect(products).toBeLessThanOrEqual(krylovSteps + 2);
  }
  products = 0;
  const dense = certify(root.fork('krylov'), objective, x, { denseLimit: n });
  expect(dense).toMatchObject({ curvature: { method: 'dense', rigorous: true, probability: 1 } });
  expect(products).toBe(n);
});
