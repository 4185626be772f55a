import { describe, expect, test } from 'vitest';
import {
  type Directions,
  pairDirections,
} from '../../../../src/applications/embedding/points/pairDirections.ts';
import type { PointSet } from '../../../../src/applications/embedding/points/points.ts';
import { ContourSums, emptyRows } from '../../../../src/applications/embedding/tail/contourSums.ts';
import {
  emptyDerivatives,
  violationProbability,
} from '../../../../src/applications/embedding/tail/violationProbability.ts';
import { DiagonalSampler } from '../../../../src/applications/embedding/theorem/diagonalSampler.ts';
import { exactRow } from '../../../../src/applications/embedding/theorem/exactRow.ts';
import { IsotropicSampler } from '../../../../src/applications/embedding/theorem/isotropicSampler.ts';
import {
  derandomizeProjection,
  estimatorStart,
  unionBudget,
} from '../../../../src/applications/embedding/theorem/pessimisticEstimator.ts';
import { rankBound, simplexBound } from '../../../../src/applications/embedding/theorem/rankBound.ts';
import { scaledUnionStart } from '../../../../src/applications/embedding/theorem/unionDimension.ts';
import { shiftCurvature } from '../../../../src/lemma/shiftCurvature.ts';
import { rounding } from '../../../../src/numerics/base/tolerance.ts';
import type {
  DescentStep,
  Optimizer,
  StationarityGoal,
} from '../../../../src/numerics/optimize/optimizer.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('embedding certificates');
const streams = Array.from({ length: 12 }, (_, i) => [i, root.fork(i)] as const);

function pointsOf(stream: RandomStream, pointCount: number, dimension: number): PointSet {
  return { values: gaussianInto(new Float64Array(pointCount * dimension), stream), pointCount, dimension };
}

/** The unit vectors of R^n: all distances equal. */
function simplex(n: number): PointSet {
  const values = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  return { values, pointCount: n, dimension: n };
}

function squaredDistance(values: Float64Array, dimension: number, i: number, j: number): number {
  let total = 0;
  for (let c = 0; c < dimension; c++) total += (values[i * dimension + c] - values[j * dimension + c]) ** 2;
  return total;
}

/** max |‖Ax_i − Ax_j‖²/‖x_i − x_j‖² − 1| at the scale that makes it smallest, for the first k axes of Gaussian rows. */
function projectedDistortion(stream: RandomStream, points: PointSet, k: number): number {
  const { values, pointCount: n, dimension: d } = points;
  const matrix = gaussianInto(new Float64Array(k * d), stream);
  const image = new Float64Array(n * k);
  for (let i = 0; i < n; i++)
    for (let r = 0; r < k; r++)
      for (let c = 0; c < d; c++) image[i * k + r] += matrix[r * d + c] * values[i * d + c];
  const ratios: number[] = [];
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++)
      ratios.push(squaredDistance(image, k, i, j) / squaredDistance(values, d, i, j));
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return (most - least) / (most + least);
}

/** The bound for all points at once, from its proof: B = −½JDJ, and the quadratic that refutes a small δ. */
function fullBound({ values, pointCount: n, dimension }: PointSet, k: number): number {
  const distances = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_unused, j) => squaredDistance(values, dimension, i, j)),
  );
  const means = distances.map((row) => row.reduce((sum, entry) => sum + entry, 0) / n);
  const mean = means.reduce((sum, entry) => sum + entry, 0) / n;
  const gram = distances.map((row, i) => row.map((entry, j) => -0.5 * (entry - means[i] - means[j] + mean)));
  const total = (f: (i: number, j: number) => number): number =>
    gram.reduce((sum, row, i) => sum + row.reduce((inner, _entry, j) => inner + f(i, j), 0), 0);
  const trace = total((i, j) => (i === j ? gram[i][j] : 0));
  const fails = (delta: number): boolean =>
    (trace * (1 - delta)) ** 2 >
    k *
      (total((i, j) => gram[i][j] ** 2) +
        delta * total((i, j) => (i === j ? 0 : Math.abs(gram[i][j]) * distances[i][j])) +
        (delta ** 2 / 4) * total((i, j) => (i === j ? 0 : distances[i][j] ** 2)));
  let [refuted, open] = [0, 1];
  if (!fails(0)) return 0;
  for (let step = 0; step < 60; step++) {
    const middle = (refuted + open) / 2;
    if (fails(middle)) refuted = middle;
    else open = middle;
  }
  return refuted;
}

describe.each(streams)('lower bounds on the distortion, case %i', (_i, stream) => {
  const n = stream.integer(4, 12);
  const d = stream.integer(2, 8);
  const points = pointsOf(stream.fork('points'), n, d);

  test('are never above what a map attains', () => {
    for (let k = 1; k <= 4; k++) {
      for (const set of [points, simplex(n)]) {
        const attained = projectedDistortion(stream.fork(`map ${k}`), set, k);
        expect(rankBound(set, k)).toBeLessThanOrEqual(attained);
      }
      expect(simplexBound(n, k)).toBeLessThanOrEqual(
        projectedDistortion(stream.fork(`map ${k}`), simplex(n), k),
      );
    }
  });

  test('are at least what the proof gives for all points at once', () => {
    for (let k = 1; k <= n - 2; k++) {
      for (const set of [points, simplex(n)]) {
        const full = fullBound(set, k);
        expect(rankBound(set, k)).toBeGreaterThanOrEqual(full - 1e-9);
      }
      // Subsets of a simplex are smaller simplices, which bound less: all points are the best subset.
      expect(rankBound(simplex(n), k)).toBeCloseTo(fullBound(simplex(n), k), 9);
      expect(rankBound(simplex(n), k, 3)).toBeCloseTo(k === 1 ? fullBound(simplex(3), 1) : 0, 9);
    }
    expect(rankBound(points, n)).toBe(0);
  });

  test('do not depend on where the points lie, how large they are, and in which order they come', () => {
    const order = Array.from({ length: n }, (_, i) => (i * 5 + 3) % n);
    const moved = Float64Array.from({ length: n * d }, (_, at) => 8 * points.values[at] + (at % d) + 1);
    expect(rankBound({ ...points, values: moved }, 1)).toBeCloseTo(rankBound(points, 1), 9);
    if (new Set(order).size === n) {
      const shuffled = Float64Array.from(
        order.flatMap((i) => [...points.values.subarray(i * d, (i + 1) * d)]),
      );
      expect(rankBound({ ...points, values: shuffled }, 1)).toBeGreaterThanOrEqual(
        fullBound(points, 1) - 1e-9,
      );
    }
  });

  test('for a simplex satisfy the inequality of their proof with equality', () => {
    for (let k = 1; k < n - 1; k++) {
      const rest = n - 1;
      const bound = simplexBound(n, k);
      // The least over e of ((N + e)²/k − N − 2e + e²)/(nN), here by looking at many e.
      let least = Number.POSITIVE_INFINITY;
      for (let step = -8000; step <= 8000; step++) {
        const e = step / 1000;
        least = Math.min(least, ((rest + e) ** 2 / k - rest - 2 * e + e * e) / (n * rest));
      }
      expect(bound).toBeLessThanOrEqual(Math.sqrt(Math.max(0, least)) + 1e-12);
      // The grid of e is 1/1000 apart, and the quadratic has curvature 2(1 + 1/k)/(nN).
      expect(bound ** 2).toBeGreaterThanOrEqual(least - ((1 + 1 / k) * 1e-6) / (n * rest));
    }
    expect(simplexBound(n, n - 1)).toBe(0);
  });
});

describe.each(streams)('directions, case %i', (_i, stream) => {
  const n = stream.integer(2, 6);
  const d = n + stream.integer(0, 3);
  const points = pointsOf(stream.fork('points'), n, d);

  test('of pairs are the normed differences, in order', () => {
    const { values, count } = pairDirections(points);
    expect(count).toBe((n * (n - 1)) / 2);
    let p = 0;
    for (let i = 1; i < n; i++) {
      for (let j = 0; j < i; j++, p++) {
        const length = Math.sqrt(squaredDistance(points.values, d, i, j));
        for (let c = 0; c < d; c++) {
          const difference = (points.values[i * d + c] - points.values[j * d + c]) / length;
          expect(Math.abs(values[p * d + c] - difference)).toBeLessThanOrEqual(rounding(4 * d, 1).value);
        }
      }
    }
  });

  test('that are independent have one row that keeps the length of each, the shortest there is', () => {
    const directions: Directions = { values: points.values, count: n, dimension: d };
    const solved = exactRow(directions);
    if (solved.outcome !== 'solved') throw new Error(solved.outcome);
    const { row } = solved;
    const along = (vector: Float64Array, i: number) =>
      vector.reduce((sum, entry, c) => sum + entry * points.values[i * d + c], 0);
    // Two rounds leave rounding of the second solution; Gaussian points here have a condition far below 1e6.
    for (let i = 0; i < n; i++) expect(Math.abs(along(row, i) - 1)).toBeLessThan(1e-9);
    // Least norm: orthogonal to whatever is orthogonal to all points. Such a vector comes from projecting one.
    const normal = gaussianInto(new Float64Array(d), stream.fork('normal'));
    for (let sweep = 0; sweep < 3000; sweep++) {
      const i = sweep % n;
      const size = along(points.values.subarray(i * d, (i + 1) * d), i);
      const share = along(normal, i) / size;
      for (let c = 0; c < d; c++) normal[c] -= share * points.values[i * d + c];
    }
    const inside = row.reduce((sum, entry, c) => sum + entry * normal[c], 0);
    const left = Math.max(...Array.from({ length: n }, (_, i) => Math.abs(along(normal, i))));
    // row = Σ w_i x_i, so ⟨row, normal⟩ is at most Σ|w_i| times what the sweeps left.
    expect(Math.abs(inside)).toBeLessThanOrEqual(1e-9 + 1e6 * left);
  });
});

test('directions that contradict each other have no exact row', () => {
  // ⟨a, x⟩ = 1 and ⟨a, −x⟩ = 1 cannot both hold; here the pivot is 0 without rounding.
  expect(exactRow({ values: Float64Array.of(1, 0, -1, 0), count: 2, dimension: 2 }).outcome).toBe(
    'dependent',
  );
  // With rounding the pivot may come out small and positive.
  for (let run = 0; run < 200; run++) {
    const stream = streams[0][1].fork(`contradiction ${run}`);
    const d = stream.integer(4, 8);
    const points = pointsOf(stream.fork('points'), 3, d).values;
    const values = Float64Array.from([...points, ...points.subarray(0, d).map((entry) => -entry)]);
    expect(exactRow({ values, count: 4, dimension: d }).outcome).toBe('dependent');
  }
});

describe.each(streams)('a sampler, case %i', (_i, stream) => {
  const d = stream.integer(1, 4);
  const directions = pairDirections(pointsOf(stream.fork('points'), stream.integer(2, 4), d));
  const k = stream.integer(1, 4);
  const options = {
    embeddingDimension: k,
    distortion: 0.1 + 0.8 * stream.uniform(),
    smoothing: 0.1 + 0.3 * stream.uniform(),
    regularization: stream.uniform(),
  };

  test('of one deviation states its curvature and its rounding by their formulas', () => {
    const objective = new IsotropicSampler(directions, options);
    const x = gaussianInto(new Float64Array(objective.dimension), stream.fork('x'), 1 / Math.sqrt(k));
    const variance = x[0] ** 2 + options.smoothing ** 2;
    const probability = violationProbability(k, options.distortion);
    let [curvature, roundingOfShift, inVariance] = [0, 0, 0];
    for (let p = 0; p < directions.count; p++) {
      let m = 0;
      for (let i = 0; i < k; i++) {
        let entry = 0;
        for (let c = 0; c < d; c++) entry += x[1 + i * d + c] * directions.values[p * d + c];
        m += entry ** 2;
      }
      const {
        mean,
        meanMean,
        variance: slope,
      } = probability.derivativesInto(emptyDerivatives(), m, variance);
      curvature += Math.min(0, 2 * mean, 2 * mean + 4 * m * meanMean);
      roundingOfShift += 2 * Math.abs(mean) + 4 * m * Math.abs(meanMean);
      inVariance += Math.abs(slope);
    }
    const relative = (1000 + k * d + directions.count) * Number.EPSILON;
    const error = objective.expectationErrorAt(x);
    const state = objective.stateAt(x);
    const weight = relative * 2 * Math.abs(x[0]) * (inVariance + options.regularization * k * d);
    expect(Math.abs(state.shiftCurvature - curvature)).toBeLessThanOrEqual(1e-12 * Math.abs(curvature));
    expect(Math.abs(error.shiftHessian - relative * roundingOfShift)).toBeLessThanOrEqual(
      1e-9 * error.shiftHessian,
    );
    expect(Math.abs(error.weightGradient - weight)).toBeLessThanOrEqual(1e-9 * weight);
    const spectrum = shiftCurvature(objective, x);
    if (spectrum.outcome !== 'decomposed') throw new Error(spectrum.outcome);
    expect(spectrum.lowest + spectrum.error).toBeGreaterThanOrEqual(state.shiftCurvature);
  });

  test('of a deviation an entry states a curvature below every eigenvalue, and errors that are numbers', () => {
    const objective = new DiagonalSampler(directions, options);
    const x = gaussianInto(new Float64Array(objective.dimension), stream.fork('diagonal'), 1 / Math.sqrt(k));
    const error = objective.expectationErrorAt(x);
    expect(error.weightGradient).toBeGreaterThan(0);
    expect(error.shiftHessian).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(error.weightGradient + error.shiftHessian)).toBe(true);
    const spectrum = shiftCurvature(objective, x);
    if (spectrum.outcome !== 'decomposed') throw new Error(spectrum.outcome);
    const { shiftCurvature: stated } = objective.stateAt(x);
    expect(spectrum.lowest + spectrum.error).toBeGreaterThanOrEqual(stated);
  });
});

test('derivatives start at zero', () => {
  expect(emptyDerivatives()).toEqual({
    mean: 0,
    variance: 0,
    meanMean: 0,
    meanVariance: 0,
    varianceVariance: 0,
  });
});

test('the change of an integral to half its nodes is measured: not 0, and far below the root of what is claimed', () => {
  for (const [, stream] of streams) {
    const k = stream.integer(2, 5);
    const rows = emptyRows(k);
    for (let i = 0; i < k; i++) {
      rows.mean[i] = stream.gaussian() / Math.sqrt(k);
      rows.variance[i] = 0.1 + stream.uniform();
    }
    const change = new ContourSums(k).coarseChange(1, rows);
    expect(change).toBeGreaterThan(0);
    expect(change).toBeLessThan(1e-3);
  }
});

describe.each(['isotropic', 'diagonal'] as const)('the pessimistic estimator, %s', (sampler) => {
  const directions = pairDirections(pointsOf(root.fork('estimator'), 4, 6));
  const { objective, point } = estimatorStart(directions, 0.6, { sampler });
  const { rows: entries, start } = objective.weights;
  const count = sampler === 'isotropic' ? 1 : entries;

  test('starts from the Gaussian matrix at its best scale, smoothing included, within its budget', () => {
    const { embeddingDimension: k, smoothing, regularization } = objective.options;
    const { rows, variance } = scaledUnionStart(directions.count, 0.6, unionBudget);
    expect(k).toBe(rows);
    expect([...point.subarray(objective.shift.start)].every((entry) => entry === 0)).toBe(true);
    for (let i = 0; i < count; i++) {
      const total = point[start + i] ** 2 + smoothing ** 2;
      expect(Math.abs(total - variance)).toBeLessThanOrEqual(rounding(8, 1 / k).value);
    }
    const weightSquare = 6 * k * point[start] ** 2;
    expect(regularization * weightSquare).toBeCloseTo(0.02, 12);
    expect(objective.value(point)).toBeLessThan(0.42);
    // Once σ is gone, smoothing alone leaves a violated direction this much.
    expect(objective.stateAt(new Float64Array(point.length)).threshold).toBeGreaterThanOrEqual(0.45);
  });

  test('asks for one goal after the other, each from where the last one ended, and reports the largest deviation', () => {
    const asked: StationarityGoal[] = [];
    const starts: Float64Array[] = [];
    const halving: Optimizer = {
      name: 'halving',
      minimize(_stream, _objective, from, goal, observe) {
        asked.push(goal);
        starts.push(Float64Array.from(from));
        const end = from.map((entry) => entry / 2);
        // One deviation is left larger than the others, of the other sign.
        end[start + count - 1] *= -1.5;
        observe?.({ step: 1, value: 0, gradientNorm: 0, point: end });
        const counts = { steps: 2, gradients: 1, hessianProducts: 0 };
        return { outcome: 'reached', point: end, value: 0, gradientNorm: 0, ...counts };
      },
    };
    const steps: DescentStep[] = [];
    const end = derandomizeProjection(root, { objective, point }, halving, {
      observe: (step) => steps.push(step),
    });
    expect(asked).toHaveLength(4);
    for (let i = 1; i < 4; i++) {
      expect(asked[i].gradientTolerance).toBeLessThan(asked[i - 1].gradientTolerance);
      expect(asked[i].curvatureTolerance).toBeLessThanOrEqual(asked[i - 1].curvatureTolerance);
      expect(starts[i][start]).toBe((count === 1 ? -0.75 : 0.5) * starts[i - 1][start]);
    }
    expect(steps.map(({ step }) => step)).toEqual([1, 3, 5, 7]);
    const sigmas = Array.from(end.descent.point.subarray(start, start + count), Math.abs);
    expect(end.deviation).toBe(Math.max(...sigmas));
    expect(end.deviation).toBeCloseTo(0.75 ** 4 * point[start + count - 1], 14);
    const factor = sampler === 'isotropic' ? entries : 1;
    expect(end.weightNorm).toBeCloseTo(Math.sqrt(factor) * Math.hypot(...sigmas), 12);
    expect(end.startValue).toBe(objective.value(point));
    expect(end.violationSum).toBe(objective.stateAt(end.descent.point).violationSum);
    // At M = 0 the bound is attained; its square root and quotient round once each.
    expect(end.weightNorm).toBeLessThanOrEqual(end.weightBound + rounding(4, end.weightBound).value);
    expect([...end.matrix]).toEqual([...end.descent.point.subarray(objective.shift.start)]);
  });
});
