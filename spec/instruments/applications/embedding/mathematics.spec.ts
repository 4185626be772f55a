import { describe, expect, test } from 'vitest';
import { embedInto } from '../../../../src/applications/embedding/points/embedInto.ts';
import {
  pairDirections,
  pointDirections,
  worstOver,
} from '../../../../src/applications/embedding/points/pairDirections.ts';
import { SpreadObjective } from '../../../../src/applications/embedding/search/spreadObjective.ts';
import {
  ContourSums,
  emptyRows,
  type RowPairs,
} from '../../../../src/applications/embedding/tail/contourSums.ts';
import { diagonalViolation } from '../../../../src/applications/embedding/tail/diagonalViolation.ts';
import { radialDensity } from '../../../../src/applications/embedding/tail/radialDensity.ts';
import { violationProbability } from '../../../../src/applications/embedding/tail/violationProbability.ts';
import { DiagonalSampler } from '../../../../src/applications/embedding/theorem/diagonalSampler.ts';
import { IsotropicSampler } from '../../../../src/applications/embedding/theorem/isotropicSampler.ts';
import { rankBound, simplexBound } from '../../../../src/applications/embedding/theorem/rankBound.ts';
import {
  exactUnionDimension,
  scaledUnionStart,
  startOf,
  worstCaseDimension,
} from '../../../../src/applications/embedding/theorem/unionDimension.ts';
import { gaussLegendre } from '../../../../src/numerics/quadrature/gaussLegendre.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';
import { normalCdf } from '../../../../src/numerics/statistics/normal.ts';

const root = randomStream('embedding-mathematics');

describe('Gauss–Legendre rules', () => {
  test('of up to three nodes are the textbook ones', () => {
    const close = (found: Float64Array, expected: number[]) => {
      expect(found).toHaveLength(expected.length);
      expected.forEach((value, i) => {
        expect(found[i]).toBeCloseTo(value, 14);
      });
    };
    close(gaussLegendre(1).nodes, [0]);
    close(gaussLegendre(1).weights, [2]);
    close(gaussLegendre(2).nodes, [-1 / Math.sqrt(3), 1 / Math.sqrt(3)]);
    close(gaussLegendre(2).weights, [1, 1]);
    close(gaussLegendre(3).nodes, [-Math.sqrt(0.6), 0, Math.sqrt(0.6)]);
    close(gaussLegendre(3).weights, [5 / 9, 8 / 9, 5 / 9]);
  });

  test.each([1, 2, 5, 16, 33, 1000])(
    'of %i nodes ascend in (−1, 1) and are exact to degree 2n − 1',
    (count) => {
      const { nodes, weights } = gaussLegendre(count);
      for (let i = 0; i < count; i++) {
        expect(nodes[i]).toBeGreaterThan(i === 0 ? -1 : nodes[i - 1]);
        expect(weights[i]).toBeGreaterThan(0);
      }
      expect(nodes[count - 1]).toBeLessThan(1);
      for (const degree of [0, 1, 2, 3, 8, 9, 2 * count - 2, 2 * count - 1].filter(
        (one) => one < 2 * count,
      )) {
        const integral = weights.reduce((sum, w, i) => sum + w * nodes[i] ** degree, 0);
        expect(integral).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 12);
      }
    },
  );

  test('have 1 to 1000 nodes', () => {
    expect(() => gaussLegendre(0)).toThrow('count: expected an integer in [1, 1000], got 0');
    expect(() => gaussLegendre(1001)).toThrow('count: expected an integer in [1, 1000], got 1001');
  });
});

describe('densities of |X|²', () => {
  const values = () => ({ logDensity: 0, firstExcess: 0, secondExcess: 0 });

  test('of different dimensions have the ratios that are stated, by either expansion', () => {
    for (let trial = 0; trial < 3000; trial++) {
      const stream = root.fork(`ratio ${trial}`);
      const dimensions = Math.ceil(2 * 2000 ** stream.uniform());
      // From the bulk to some deviations outside, with q from 0 to where √(ν² + z²) is in the millions.
      const q = stream.uniform() < 0.1 ? 0 : 10 ** (4 * stream.uniform() - 1);
      const r = Math.max(0.05, Math.sqrt(dimensions + q * q) + 2 * stream.gaussian());
      const gap = r - q;
      const own = radialDensity(dimensions).evaluateInto(values(), r, q, gap);
      const [log0, log2, log4] = [0, 2, 4].map((more) =>
        radialDensity(dimensions + more).logDensity(r, q, gap),
      );
      expect(own.logDensity).toBe(log0);
      // A few epsilons times 1 + gap² + ν + |log f| on either logarithm, and a few of the excess itself.
      const error = 16 * Number.EPSILON * (1 + gap * gap + dimensions + Math.abs(log0) + Math.abs(log4));
      const [first, second] = [Math.expm1(log2 - log0), Math.expm1(log4 - log2)];
      const [own1, own2] = [first, second].map((excess) => 4 * Number.EPSILON * Math.abs(excess));
      expect(Math.abs(own.firstExcess - first)).toBeLessThanOrEqual(error * (1 + first) + own1);
      expect(Math.abs(own.secondExcess - second)).toBeLessThanOrEqual(error * (1 + second) + own2);
    }
  });

  test('lose nothing of the ratios where these tend to 1', () => {
    // I_{ν+1}(z)/I_ν(z) = 1 − (2ν + 1)/(2z) + (4ν² − 1)/(8z²) − …, here with r = q.
    for (const dimensions of [2, 3, 8, 41]) {
      const nu = dimensions / 2 - 1;
      for (const q of [1e4, 1e6, 1e7]) {
        const z = q * q;
        const excess = (order: number) => -(2 * order + 1) / (2 * z) + (4 * order * order - 1) / (8 * z * z);
        const { firstExcess, secondExcess } = radialDensity(dimensions).evaluateInto(values(), q, q, 0);
        expect(firstExcess / excess(nu)).toBeCloseTo(1, 10);
        expect(secondExcess / excess(nu + 1)).toBeCloseTo(1, 10);
      }
    }
  });

  test('need a dimension', () => {
    expect(() => radialDensity(0)).toThrow('dimensions: expected an integer in [1,');
    expect(radialDensity(1).dimensions).toBe(1);
  });
});

function randomRows(stream: RandomStream, k: number): RowPairs {
  const rows = emptyRows(k);
  for (let i = 0; i < k; i++) {
    rows.mean[i] = stream.gaussian() / Math.sqrt(k);
    rows.variance[i] = 10 ** (-2 * stream.uniform()) / k;
  }
  return rows;
}

describe('sums over a contour', () => {
  test('are the density at 0 times the volume for small balls, to their last digits', () => {
    for (let k = 1; k <= 4; k++) {
      const rows = randomRows(root.fork(`small ball ${k}`), k);
      const volume = [2, Math.PI, (4 / 3) * Math.PI, Math.PI ** 2 / 2][k - 1];
      let density = 1;
      let change = 0;
      for (let i = 0; i < k; i++) {
        const [m, s] = [rows.mean[i], rows.variance[i]];
        density *= Math.exp((-m * m) / (2 * s)) / Math.sqrt(2 * Math.PI * s);
        // The next term: ½∂²/∂x² of the density, averaged over a ball of squared radius a: a/(k + 2) of the trace.
        change += (m * m) / (s * s) - 1 / s;
      }
      for (const a of [1e-6, 1e-9, 1e-13]) {
        const wanted = density * volume * a ** (k / 2) * (1 + (change * a) / (2 * (k + 2)));
        // The term after that is of the order (change·a)²; besides, the exponent is rounded.
        const error = (change * a) ** 2 + 1e-12;
        expect(Math.abs(new ContourSums(k).tail(-1, a, rows) / wanted - 1)).toBeLessThan(error);
      }
    }
  });

  test('have a Hessian in the means that is how the slopes change', () => {
    for (let k = 1; k <= 5; k++) {
      const rows = randomRows(root.fork(`hessian ${k}`), k);
      const probability = diagonalViolation(k, 0.4);
      const block = probability.shiftHessianInto(new Float64Array(k * k).fill(7), rows);
      const size = Math.hypot(...block);
      for (let j = 0; j < k; j++) {
        const motion = emptyRows(k);
        motion.mean[j] = 1;
        const change = probability.changeInto(emptyRows(k), emptyRows(k), rows, motion);
        for (let i = 0; i < k; i++)
          expect(Math.abs(block[i * k + j] - change.mean[i])).toBeLessThan(1e-11 * size);
      }
    }
  });
});

describe('directions', () => {
  test('of the points themselves are their unit vectors, those at the origin left out', () => {
    const values = Float64Array.of(3, 4, 0, 0, 0, -2, 1e300, 1e300, 1e-320, 0);
    const { count, dimension, values: units } = pointDirections({ values, pointCount: 5, dimension: 2 });
    expect([count, dimension]).toEqual([4, 2]);
    const expected = [0.6, 0.8, 0, -1, Math.SQRT1_2, Math.SQRT1_2, 1, 0];
    expect(units).toHaveLength(8);
    expected.forEach((value, i) => {
      expect(units[i]).toBeCloseTo(value, 14);
    });
    // Not written to.
    expect([...values.subarray(0, 2)]).toEqual([3, 4]);
  });

  test('of pairs leave out equal points and do not overflow', () => {
    const values = Float64Array.of(1, 1, 1, 1, -1.5e308, 1, 1.5e308, 1);
    const pairs = pairDirections({ values, pointCount: 4, dimension: 2 });
    expect(pairs.count).toBe(5);
    const first = Array.from({ length: 5 }, (_, p) => [pairs.values[2 * p], pairs.values[2 * p + 1]]);
    expect(pairs.values).toHaveLength(10);
    // (2, 0), (2, 1), (3, 0), (3, 1), (3, 2), all along the first axis.
    first.forEach(([x, y], p) => {
      expect(x).toBeCloseTo(p < 2 ? -1 : 1, 14);
      expect(y).toBeCloseTo(0, 14);
    });
  });

  test('are distorted by a matrix as the worst of them is', () => {
    const axes = { values: Float64Array.of(1, 0, 0, 1, 0.6, 0.8), count: 3, dimension: 2 };
    // |Mu|² for the rows 2, 0 | 0, ½: 4, ¼ and 1.44 + 0.16.
    expect(worstOver(axes, Float64Array.of(2, 0, 0, 0.5))).toBeCloseTo(3, 14);
    expect(worstOver(axes, Float64Array.of(0.5, 0, 0, 1))).toBeCloseTo(0.75, 14);
    expect(worstOver({ ...axes, count: 2 }, Float64Array.of(1, 0, 0, 1))).toBe(0);
    expect(worstOver(axes, Float64Array.of(0, 0))).toBe(1);
  });
});

describe('bounds from below', () => {
  test('of a simplex on a line are those of their quadratic', () => {
    // n = 3, k = 1: N = 2, e = −½, so ((3/2)² − 2 + 1 + ¼)/6 = ¼.
    expect(simplexBound(3, 1)).toBeCloseTo(0.5, 14);
    // Two points on a line, or n in n − 1 dimensions and more, can be placed exactly.
    for (const [n, k] of [
      [2, 1],
      [3, 2],
      [3, 9],
      [20, 19],
      [20, 40],
    ])
      expect(simplexBound(n, k)).toBe(0);
    expect(simplexBound(20, 18)).toBeGreaterThan(0);
  });

  test('fall with k, rise with n, and are at most 1', () => {
    for (let n = 3; n <= 40; n++)
      for (let k = 1; k < n; k++) {
        expect(simplexBound(n, k)).toBeLessThanOrEqual(1);
        expect(simplexBound(n, k + 1)).toBeLessThanOrEqual(simplexBound(n, k));
        expect(simplexBound(n + 1, k)).toBeGreaterThanOrEqual(simplexBound(n, k));
      }
  });

  test('refuse sizes that are none', () => {
    expect(() => simplexBound(1, 1)).toThrow('pointCount: expected an integer in [2,');
    expect(() => simplexBound(3, 0)).toThrow('embeddingDimension: expected an integer in [1,');
    const points = { values: Float64Array.of(0, 1), pointCount: 2, dimension: 1 };
    expect(() => rankBound(points, 0)).toThrow('embeddingDimension: expected an integer in [1,');
    expect(rankBound(points, 1)).toBe(0);
    const coincident = { values: new Float64Array(6), pointCount: 6, dimension: 1 };
    expect(rankBound(coincident, 1)).toBe(0);
  });
});

describe('the spread of few pairs at a high power', () => {
  // Three points whose distances under M are far apart, so that powers of 2¹² leave one pair at either end.
  const points = Float64Array.of(0, 0, 1, 0, 0, 1);
  const pairs = {
    first: Int32Array.of(1, 2, 2),
    second: Int32Array.of(0, 0, 1),
    inverseSquared: Float64Array.of(1, 1, 0.5),
    weight: Float64Array.of(1, 1, 1),
    count: 3,
  };
  const objective = () => new SpreadObjective(frame, 2, pairs, 12);
  const frame = { values: points, pointCount: 3, rank: 2 };
  const matrix = Float64Array.of(3, 1, 0.5, 0.7);
  /** |Mu|² and its derivatives along D, for u = (1, 0) and (0, 1), the longest and the shortest. */
  const image = (m: Float64Array, axis: number) => [m[axis], m[2 + axis]];
  const dot = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1];

  test('is the logarithm of the quotient of the longest and the shortest', () => {
    const [long, short] = [image(matrix, 0), image(matrix, 1)];
    expect(objective().value(matrix)).toBeCloseTo(Math.log(dot(long, long) / dot(short, short)), 14);
  });

  test('has that quotient’s gradient and Hessian', () => {
    const built = objective();
    const gradient = built.gradientInto(new Float64Array(4).fill(9), matrix);
    const direction = Float64Array.of(0.3, -1, 2, 0.4);
    const product = built.hessianVectorInto(new Float64Array(4).fill(9), matrix, direction);
    for (const [axis, sign] of [
      [0, 1],
      [1, -1],
    ]) {
      const [y, t] = [image(matrix, axis), image(direction, axis)];
      const square = dot(y, y);
      for (const row of [0, 1]) {
        expect(gradient[2 * row + axis]).toBeCloseTo((sign * 2 * y[row]) / square, 12);
        const bend = (2 * t[row]) / square - (4 * dot(y, t) * y[row]) / square ** 2;
        expect(product[2 * row + axis]).toBeCloseTo(sign * bend, 12);
      }
    }
  });

  test('is infinite where a pair is collapsed, and doublings have a range', () => {
    expect(objective().value(Float64Array.of(1, 0, 0, 0))).toBe(Infinity);
    expect(() => new SpreadObjective(frame, 2, pairs, -1)).toThrow(
      'doublings: expected an integer in [0, 40]',
    );
    expect(() => new SpreadObjective(frame, 2, pairs, 41)).toThrow(
      'doublings: expected an integer in [0, 40]',
    );
    expect(new SpreadObjective(frame, 2, pairs, 40).value(matrix)).toBeCloseTo(objective().value(matrix), 14);
  });

  test('images are the products with the rows, for any number of rows', () => {
    const stream = root.fork('images');
    for (let k = 1; k <= 9; k++) {
      const [rank, n] = [3, 4];
      const x = gaussianInto(new Float64Array(n * rank), stream);
      const m = gaussianInto(new Float64Array(k * rank), stream);
      const out = embedInto(new Float64Array(n * k), x, m, rank, k);
      for (let i = 0; i < n; i++)
        for (let c = 0; c < k; c++) {
          let sum = 0;
          for (let a = 0; a < rank; a++) sum += x[i * rank + a] * m[c * rank + a];
          expect(out[i * k + c]).toBeCloseTo(sum, 14);
        }
    }
  });
});

describe('what a sampler with a deviation an entry states', () => {
  const options = { distortion: 0.4, smoothing: 0.2, regularization: 0 };
  const oneDirection = (d: number, stream: RandomStream) =>
    pointDirections({ values: gaussianInto(new Float64Array(d), stream), pointCount: 1, dimension: d });

  test('at M = 0 with one direction its curvature is the eigenvalue itself, where that is negative', () => {
    for (const k of [1, 2, 3, 5]) {
      const objective = new DiagonalSampler(oneDirection(3, root.fork('axis')), {
        embeddingDimension: k,
        ...options,
      });
      const x = new Float64Array(objective.dimension);
      // Every row has variance τ² and mean 0: ∇²_μ p is 2p′I, p′ the slope in m = |μ|².
      const slopes = { mean: 0, variance: 0, meanMean: 0, meanVariance: 0, varianceVariance: 0 };
      const { mean } = violationProbability(k, 0.4).slopeInto(slopes, 0, 0.04);
      expect(mean).toBeLessThan(0);
      expect(objective.stateAt(x).shiftCurvature / (2 * mean)).toBeCloseTo(1, 9);
    }
  });

  test('its errors are some thousand roundings of the derivatives, whatever the direction', () => {
    for (let trial = 0; trial < 20; trial++) {
      const stream = root.fork(`errors ${trial}`);
      const [k, d] = [stream.integer(1, 4), stream.integer(1, 3)];
      const objective = new DiagonalSampler(oneDirection(d, stream), { embeddingDimension: k, ...options });
      const n = objective.dimension;
      const x = gaussianInto(new Float64Array(n), stream, 0.5);
      const { weightGradient, shiftHessian, method } = objective.expectationErrorAt(x);
      expect(method).toBe('quadrature');
      const gradient = objective.gradientInto(new Float64Array(n), x).subarray(0, n / 2);
      let square = 0;
      for (let j = n / 2; j < n; j++) {
        const unit = new Float64Array(n);
        unit[j] = 1;
        const column = objective.hessianVectorInto(new Float64Array(n), x, unit).subarray(n / 2);
        square += Math.hypot(...column) ** 2;
      }
      // λ = 0 and one direction: 1000 roundings, at most k(16 + d) + 1 more, and what half of the nodes leave, squared.
      const rows = emptyRows(k);
      for (let i = 0; i < k; i++) {
        rows.variance[i] = 0.04;
        for (let c = 0; c < d; c++) {
          const u = objective.directions.values[c];
          rows.mean[i] += x[n / 2 + i * d + c] * u;
          rows.variance[i] += (x[i * d + c] * u) ** 2;
        }
      }
      const relative =
        (1000 + k * (16 + d) + 1) * Number.EPSILON + diagonalViolation(k, 0.4).truncation(rows);
      expect(weightGradient / (relative * Math.hypot(...gradient))).toBeCloseTo(1, 9);
      expect(shiftHessian / (relative * Math.sqrt(square))).toBeCloseTo(1, 9);
    }
  });
});

describe('the probability of a violation', () => {
  /** P(X² ≤ a) for X ~ N(√m, S). */
  const line = (a: number, m: number, variance: number) => {
    const [r, q, s] = [Math.sqrt(a), Math.sqrt(m), Math.sqrt(variance)];
    return normalCdf((r - q) / s) - normalCdf((-r - q) / s);
  };
  const rowsOf = (m: number, ...variances: number[]): RowPairs => {
    const rows = { mean: new Float64Array(variances.length), variance: Float64Array.from(variances) };
    rows.mean[0] = Math.sqrt(m);
    return rows;
  };

  test('on a line is that of the normal distribution, by either sampler', () => {
    for (const [m, variance] of [
      [0, 1],
      [1, 0.01],
      [0.5, 0.3],
      [2, 0.05],
    ]) {
      const wanted = line(0.7, m, variance) + 1 - line(1.3, m, variance);
      expect(violationProbability(1, 0.3).value(m, variance)).toBeCloseTo(wanted, 13);
      expect(diagonalViolation(1, 0.3).value(rowsOf(m, variance))).toBeCloseTo(wanted, 13);
    }
    // In the plane, from mean 0: e^{−a/2S}.
    const plane = 1 - Math.exp(-0.7 / 0.8) + Math.exp(-1.3 / 0.8);
    expect(violationProbability(2, 0.3).value(0, 0.4)).toBeCloseTo(plane, 13);
    expect(diagonalViolation(2, 0.3).value(rowsOf(0, 0.4, 0.4))).toBeCloseTo(plane, 13);
  });

  test('has as its threshold what is inside from the inner boundary, at most a half', () => {
    for (const variance of [1e-6, 1e-3, 0.1, 1]) {
      const inside = line(0.7, 0.7, variance);
      expect(violationProbability(1, 0.3).threshold(variance)).toBeCloseTo(inside, 12);
      expect(diagonalViolation(1, 0.3).threshold(Float64Array.of(variance))).toBeCloseTo(inside, 12);
      for (const k of [2, 7]) {
        const equal = violationProbability(k, 0.3).threshold(variance);
        expect(equal).toBeLessThanOrEqual(0.5);
        expect(diagonalViolation(k, 0.3).threshold(new Float64Array(k).fill(variance))).toBeCloseTo(
          equal,
          12,
        );
        // Of different variances, by the least and √(s/Sᵢ) a row.
        const unequal = Float64Array.from({ length: k }, (_, i) => (i === 1 ? variance : 9 * variance));
        expect(diagonalViolation(k, 0.3).threshold(unequal)).toBeCloseTo(equal * 3 ** (1 - k), 12);
      }
    }
    // Small variances: half of what is near the boundary is inside.
    expect(violationProbability(4, 0.5).threshold(1e-10)).toBeCloseTo(0.5, 4);
  });

  test('needs rows and a distortion between 0 and 1', () => {
    for (const make of [violationProbability, diagonalViolation]) {
      expect(() => make(0, 0.5)).toThrow('embeddingDimension: expected an integer in [1,');
      expect(() => make(1, 0)).toThrow('distortion: expected a finite number above 0');
      expect(() => make(1, 1)).toThrow('distortion: expected a number in [0,');
      expect(make(3, 1 - Number.EPSILON)).toMatchObject({
        embeddingDimension: 3,
        distortion: 1 - Number.EPSILON,
      });
    }
  });

  test('decides how many rows a union bound needs: the fewest, whatever the budget', () => {
    for (const [count, distortion, budget] of [
      [1, 0.9, 1],
      [10, 0.5, 1],
      [10, 0.5, 0.4],
      [1000, 0.6, 0.4],
    ]) {
      const k = exactUnionDimension(count, distortion, budget);
      const sum = (rows: number) => count * violationProbability(rows, distortion).value(0, 1 / rows);
      expect(sum(k)).toBeLessThan(budget);
      // Every number of rows below, since the probability falls with the rows.
      for (let rows = 1; rows < k; rows++) expect(sum(rows)).toBeGreaterThanOrEqual(budget);
    }
    expect(exactUnionDimension(1, 0.5, 2)).toBe(1);
    expect(() => exactUnionDimension(0, 0.5)).toThrow('count: expected an integer in [1,');
    expect(() => exactUnionDimension(1, 0.5, 0)).toThrow('budget: expected a finite number above 0');
    expect(worstCaseDimension(1, 0.5)).toBe(1);
    // 4 ln 2/(1/8 − 1/24) = 33.27…
    expect(worstCaseDimension(2, 0.5)).toBe(34);
    expect(() => worstCaseDimension(0, 0.5)).toThrow('pointCount: expected an integer in [1,');
    expect(() => worstCaseDimension(2, 0)).toThrow('distortion: expected a finite number above 0');
    expect(() => worstCaseDimension(2, 1)).toThrow('distortion: expected a number in [0,');
  });

  test('needs fewer rows where the variance is free: the least bound over all, which one row less does not reach', () => {
    for (const [count, distortion, budget] of [
      [10, 0.5, 0.4],
      [300, 0.8, 0.22],
      [45, 0.9, 1],
    ]) {
      const { rows, variance, bound } = scaledUnionStart(count, distortion, budget);
      const sum = (k: number, c: number) => count * violationProbability(k, distortion).value(0, c / k);
      expect(sum(rows, variance * rows)).toBeCloseTo(bound, 12);
      expect(bound).toBeLessThan(budget);
      expect(rows).toBeLessThan(exactUnionDimension(count, distortion, budget));
      for (let c = 0.02; c <= 1; c += 0.02) {
        expect(sum(rows, c)).toBeGreaterThanOrEqual(bound * (1 - 1e-6));
        expect(sum(rows - 1, c)).toBeGreaterThanOrEqual(budget);
      }
      for (const near of [1 - 1e-4, 1 + 1e-4])
        expect(sum(rows, near * variance * rows)).toBeGreaterThan(bound);
      expect(startOf(rows, count, distortion)).toEqual({ rows, variance, bound });
    }
  });

  test.each([
    ['one deviation', IsotropicSampler],
    ['a deviation an entry', DiagonalSampler],
  ])('makes a sampler of %s with the lemma’s blocks and a constant by its formula', (_, Sampler) => {
    const directions = pointDirections({ values: Float64Array.of(1, 2, 3, 4), pointCount: 2, dimension: 2 });
    const options = { embeddingDimension: 3, distortion: 0.4, smoothing: 0.5, regularization: 0.25 };
    const objective = new Sampler(directions, options);
    const spread = objective.weights.kind === 'scalar' ? 1 : 6;
    expect(objective).toMatchObject({
      dimension: spread + 6,
      options,
      regularization: 0.25,
      shift: { start: spread, length: 6 },
      weights: { start: 0, rows: 6, columns: 6 },
    });
    // count·(φ(0) + 4φ(√3))/τ³, with φ(0) = 0.3989422804 and φ(√3) = 0.0890160549.
    expect(objective.hessianLipschitz).toBeCloseTo((2 * (0.3989422804 + 4 * 0.0890160549)) / 0.125, 6);
    // λ‖W‖_F² with W = 2I in six dimensions is 0.25·24, and M = 0 in the plane of one direction is known.
    const x = new Float64Array(objective.dimension).fill(2, 0, spread);
    const sum = 2 * violationProbability(3, 0.4).value(0, 4.25);
    expect(objective.value(x)).toBeCloseTo(6 + sum, 10);
    expect(objective.stateAt(x).violationSum).toBeCloseTo(sum, 10);
    expect(objective.stateAt(x).threshold).toBeCloseTo(violationProbability(3, 0.4).threshold(4.25), 12);
    expect(() => new Sampler({ ...directions, count: 0 }, options)).toThrow(
      'directions.count: expected an integer in [1,',
    );
    expect(() => new Sampler(directions, { ...options, smoothing: 0 })).toThrow(
      'smoothing: expected a finite number',
    );
    expect(() => new Sampler(directions, { ...options, regularization: -1 })).toThrow(
      'regularization: expected a number',
    );
  });
});
