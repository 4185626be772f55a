import {
  pairDirections,
  pointDirections,
  worstOver,
} from '../../src/applications/embedding/points/pairDirections.ts';
import { type PointSet, pairCount } from '../../src/applications/embedding/points/points.ts';
import { gaussianProjection } from '../../src/applications/embedding/points/randomProjections.ts';
import { publishedRun } from '../../src/applications/embedding/published/publishedProcedure.ts';
import { countingClock, embedPoints } from '../../src/applications/embedding/search/embedPoints.ts';
import { violationProbability } from '../../src/applications/embedding/tail/violationProbability.ts';
import { forcedRows } from '../../src/applications/embedding/theorem/forcedRows.ts';
import {
  derandomizeProjection,
  estimatorStart,
} from '../../src/applications/embedding/theorem/pessimisticEstimator.ts';
import { practicalDescent } from '../../src/applications/embedding/theorem/practicalDescent.ts';
import { simplexBound } from '../../src/applications/embedding/theorem/rankBound.ts';
import { exactUnionDimension } from '../../src/applications/embedding/theorem/unionDimension.ts';
import { rounding } from '../../src/numerics/base/tolerance.ts';
import { gradientDescent } from '../../src/numerics/optimize/gradientDescent.ts';
import { lbfgs } from '../../src/numerics/optimize/lbfgs.ts';
import type { Optimizer } from '../../src/numerics/optimize/optimizer.ts';
import { trustRegion } from '../../src/numerics/optimize/trustRegion.ts';
import { withProbability } from '../../src/papers/claims/claim.ts';
import { atLeast, atMost } from '../../src/papers/claims/comparison.ts';
import { choice, integer, logUniform, oneOf, streams } from '../../src/papers/claims/domain.ts';
import {
  type PointInstance,
  pointSets,
  simplex,
  simplexWithOrigin,
  worstDistortion,
} from './domains/embedding/embedding.ts';
import { distortionExhibit, varianceExhibit } from './domains/embedding/embeddingCharts.ts';
import { exactObjectiveRun, paperPoints } from './domains/embedding/embeddingFigures.ts';
import {
  type FamilyName,
  familyNames,
  type ReducingSet,
  reducingSets,
  type Sizes,
} from './domains/embedding/reducingSets.ts';
import { forcedExhibit, unionExhibit } from './domains/embedding/rowsCharts.ts';
import { type StuckKind, simplices, spannedPairs, stuckMatrix } from './domains/embedding/stuckMatrices.ts';
import { theoremExhibit } from './domains/embedding/theoremCharts.ts';
import {
  descend,
  descendOnce,
  gaussianOf,
  isometry,
  keepsEveryPair,
  keepsEveryPairAtOnce,
  type PerturbedReduction,
  type Reduction,
  scaledDraw,
  scaledIsometry,
  spannedSet,
  worstOfMean,
} from './domains/embedding/theoremDescents.ts';
import { lemma, observation, section, theorem } from './language.ts';

/** ε and the number of points of the sets that reduce, in each profile. */
const sizes = {
  smoke: { distortion: [0.87, 0.9], points: [16, 20] },
  quick: { distortion: [0.85, 0.9], points: [18, 26] },
  full: { distortion: [0.75, 0.9], points: [30, 60] },
} as const;

const many = {
  smoke: { distortion: [0.8, 0.82], points: [44, 48] },
  quick: { distortion: [0.68, 0.74], points: [90, 98] },
  full: { distortion: [0.5, 0.52], points: [360, 370] },
} as const;

const smallDistortion = {
  smoke: { distortion: [0.74, 0.76], points: [30, 32] },
  quick: { distortion: [0.55, 0.58], points: [82, 86] },
  full: { distortion: [0.45, 0.5], points: [130, 150] },
} as const;

/** As many points as quadrature for every pair affords. */
const diagonalSizes = { distortion: [0.945, 0.96], points: [8, 8] } as const;

/** λ‖W‖² begins a start's budget of 0.42 with this much: fewer steps wait for γ < 2λ. */
const largeRegularizer = 0.2;

/** As many points as perturbed descent affords. */
const practicalSizes = {
  distortion: [0.955, 0.97],
  points: [8, 8],
  budget: 0.42 - largeRegularizer,
} as const;

/** The matrix alone, wherever the descent ended. */
const judged = ({ matrix }: Reduction): Reduction => ({ matrix });

const fewerRows = ({ set }: { readonly set: ReducingSet }): boolean => set.rows < set.directions.dimension;

/**
 * Parts of the families among the instances: fewer where principal axes are easily left out (the last two), or where
 * many pairs point the same way, so that a Gaussian matrix often does.
 */
const quotas: Readonly<Record<FamilyName, number>> = {
  simplex: 4,
  'integer-valued': 4,
  clustered: 3,
  duplicated: 3,
  Gaussian: 2,
  digits: 2,
};

/** One stratum a family. */
function strataOf<S>(sizesOf: Sizes, when: (scope: S) => boolean) {
  return Object.fromEntries(
    familyNames.map((name) => [
      name,
      { quota: quotas[name], let: { set: reducingSets(name, sizesOf) }, when },
    ]),
  );
}

interface GaussianDraw {
  readonly instance: PointInstance;
  readonly distortion: number;
}

/** Points with as many rows as the exact union bound asks for. */
interface GaussianCase {
  readonly points: PointSet;
  readonly k: number;
  /** The union bound at these rows. */
  readonly union: number;
  /** Variance of the entries times k. */
  readonly variance: number;
}

/** Names of comparisons that sabotages break. */
const successes = 'share of successful trials';
const stuckDistortion = 'distortion of M there';
const samplersEnd = 'distortion where the sampler’s descent ends';
const foundComparison = 'rows against those forced by powers at the distortion found';
const rankComparison = 'distortion of a simplex against its rank bound';
const powersComparison = 'forced rows over ε⁻² ln n / ln(1/ε) against 1/20';

/** Gradients and curvatures below this are 0: those of the exact sum are of order 1. */
const stationary = 1e-6;

/** Part of the Gaussian matrices that the union bound allows to fail. */
const failing = 0.2;

section('Johnson–Lindenstrauss: random, smoothed and derandomized', () => {
  lemma('embedding.gaussian', {
    let: { instance: pointSets(12), distortion: logUniform(0.3, 0.9) },
    define: ({ instance: { points }, distortion }: GaussianDraw): GaussianCase => {
      const { count } = pairDirections(points);
      const k = exactUnionDimension(count, distortion, failing);
      const union = count * violationProbability(k, distortion).value(0, 1 / k);
      return { points, k, union, variance: 1 };
    },
    strata: {
      'three to five points': { quota: 1, let: { instance: pointSets(5) } },
      'six points or more': {
        quota: 1,
        let: { instance: pointSets(12, 6) },
        when: ({ points }) => points.pointCount >= 6,
      },
    },
    then: withProbability<GaussianDraw & GaussianCase>({
      atLeast: ({ union }) => 1 - union,
      detecting: 0.1,
      missRate: 1e-3,
      trial: ({ points, k, variance, distortion }, stream) => {
        const { values } = gaussianProjection(stream, k, points.dimension);
        const matrix = values.map((entry) => Math.sqrt(variance) * entry);
        return atMost(
          'worst distortion over pairs',
          worstDistortion(points, matrix),
          distortion,
          rounding(k, 4),
        );
      },
    }),
    sabotage: {
      'an eighth of the rows': {
        breaks: successes,
        share: 0.4,
        instances: 4,
        define: ({ k }) => ({ k: Math.ceil(k / 8) }),
      },
      '1/√k forgotten': {
        breaks: successes,
        share: 0.9,
        instances: 4,
        define: ({ k }) => ({ variance: k }),
      },
    },
    instances: { smoke: 4, quick: 12, full: 200 },
  });

  lemma('embedding.gaussian-rows', {
    let: { pointCount: logUniform(10, 100), distortion: logUniform(0.05, 0.9) },
    define: ({ pointCount, distortion }) => ({
      pairs: pairCount(Math.floor(pointCount)),
      rowsAt: (count: number, kept: number) => exactUnionDimension(count, kept, 1),
      unit: Math.log(Math.floor(pointCount)) / distortion ** 2,
      kept: distortion,
    }),
    strata: {
      'tens of points': { quota: 1 },
      'up to ten thousand': { quota: 1, let: { pointCount: logUniform(100, 10_000) } },
      'up to a million': { quota: 1, let: { pointCount: logUniform(10_000, 1_000_000) } },
    },
    then: ({ pairs, rowsAt, unit, kept, distortion }) => {
      const constant = rowsAt(pairs, kept) / unit;
      // The textbook's constant; rows are whole.
      const most = 8 / (1 - (2 / 3) * distortion) + 1 / unit;
      return [
        atMost('rows over ε⁻² ln n against the textbook’s constant', constant, most, rounding(100, most)),
        atLeast('rows over ε⁻² ln n against 4', constant, 4, rounding(100, 4)),
      ];
    },
    sabotage: {
      'half the distortion': {
        breaks: 'rows over ε⁻² ln n against the textbook’s constant',
        share: 0.9,
        define: ({ kept }) => ({ kept: kept / 2 }),
      },
      'a single pair': {
        breaks: 'rows over ε⁻² ln n against 4',
        share: 0.9,
        define: (_) => ({ pairs: 1 }),
      },
    },
    instances: { smoke: 6, quick: 60, full: 600 },
    exhibit: unionExhibit,
  });

  theorem('embedding.derandomized', {
    let: (profile) => ({
      set: reducingSets('Gaussian', sizes[profile]),
      optimizer: choice({
        'trust region': trustRegion({ stepLimit: 5000 }),
        'L-BFGS': lbfgs({ stepLimit: 20_000 }),
      }),
      stream: streams(),
    }),
    define: ({ set, optimizer, stream }) => ({
      method: (): Reduction => descend(stream.fork('descent'), set, optimizer),
    }),
    strata: (profile) => ({
      ...strataOf(sizes[profile], fewerRows),
      'many points': { quota: 1, let: { set: reducingSets('simplex', many[profile]) }, when: fewerRows },
      'small distortion': {
        quota: 1,
        let: { set: reducingSets('simplex', smallDistortion[profile]) },
        when: fewerRows,
      },
    }),
    then: ({ set, method }) => keepsEveryPair(set, method(), 1000),
    sabotage: {
      'a single row': {
        breaks: worstOfMean,
        share: 0.7,
        strata: [...familyNames],
        instances: 6,
        define: ({ set, stream }) => ({
          method: () =>
            judged(descend(stream.fork('descent'), set, trustRegion({ stepLimit: 60 }), { rows: 1 })),
        }),
      },
      'no regularizer': {
        breaks: worstOfMean,
        share: 0.8,
        strata: [...familyNames],
        define: ({ set, optimizer, stream }) => ({
          method: () => descend(stream.fork('descent'), set, optimizer, { unregularized: true }),
        }),
      },
      'points instead of pairs': {
        breaks: worstOfMean,
        share: 0.7,
        strata: [...familyNames],
        define: ({ set, optimizer, stream }) => ({
          method: () => descend(stream.fork('descent'), set, optimizer, { points: true }),
        }),
      },
      '1/√k forgotten': {
        breaks: worstOfMean,
        share: 1,
        strata: ['simplex', 'Gaussian', 'digits'],
        instances: 4,
        define: ({ set, method }) => ({
          method: () => ({ matrix: method().matrix.map((entry) => Math.sqrt(set.rows) * entry) }),
        }),
      },
      'a single Gaussian draw in place of M': {
        breaks: worstOfMean,
        share: 0.3,
        define: ({ set, stream }) => ({ method: () => ({ matrix: gaussianOf(stream.fork('draw'), set) }) }),
      },
    },
    nulls: {
      'an isometry by the principal axes': {
        compares: [worstOfMean],
        define: ({ set }) => ({ method: () => isometry(set) }),
      },
      'the principal axes at their best scale': {
        compares: [worstOfMean],
        define: ({ set }) => ({ method: () => scaledIsometry(set) }),
      },
      'a Gaussian draw at its best scale': {
        compares: [worstOfMean],
        draws: 100,
        define: ({ set }, own) => ({ method: () => scaledDraw(own, set) }),
      },
    },
    instances: { smoke: 8, quick: 20, full: 120 },
    exhibit: theoremExhibit,
  });

  theorem('embedding.derandomized-diagonal', {
    let: {
      set: reducingSets('Gaussian', diagonalSizes),
      optimizer: choice({
        'trust region': trustRegion({ stepLimit: 5000 }),
        'L-BFGS': lbfgs({ stepLimit: 5000 }),
      }),
      stream: streams(),
    },
    define: ({ set, optimizer, stream }) => ({
      method: (): Reduction => descend(stream.fork('descent'), set, optimizer, { sampler: 'diagonal' }),
    }),
    strata: strataOf(diagonalSizes, fewerRows),
    then: ({ set, method }) => keepsEveryPair(set, method(), 4000),
    sabotage: {
      'a single row': {
        breaks: worstOfMean,
        share: 0.4,
        instances: 6,
        define: ({ set, stream }) => ({
          method: () =>
            judged(
              descend(stream.fork('descent'), set, trustRegion({ stepLimit: 60 }), {
                rows: 1,
                sampler: 'diagonal',
              }),
            ),
        }),
      },
      'points instead of pairs': {
        breaks: worstOfMean,
        share: 0.6,
        instances: 6,
        define: ({ set, optimizer, stream }) => ({
          method: () =>
            descend(stream.fork('descent'), set, optimizer, { points: true, sampler: 'diagonal' }),
        }),
      },
    },
    nulls: {
      'an isometry by the principal axes': {
        compares: [worstOfMean],
        define: ({ set }) => ({ method: () => isometry(set) }),
      },
      'the principal axes at their best scale': {
        compares: [worstOfMean],
        define: ({ set }) => ({ method: () => scaledIsometry(set) }),
      },
      'a Gaussian draw at its best scale': {
        compares: [worstOfMean],
        draws: 100,
        define: ({ set }, own) => ({ method: () => scaledDraw(own, set) }),
      },
    },
    instances: { smoke: 6, quick: 20, full: 200 },
  });

  theorem('embedding.perturbed-descent', {
    let: { set: reducingSets('Gaussian', practicalSizes), stream: streams() },
    define: ({ set, stream }) => {
      const start = estimatorStart(set.directions, set.distortion, { regularizer: largeRegularizer });
      return {
        rows: start.objective.options.embeddingDimension,
        optimizer: practicalDescent(stream.fork('start'), start),
        method: (optimizer: Optimizer): PerturbedReduction =>
          descendOnce(stream.fork('descent'), start, optimizer),
      };
    },
    strata: (_) =>
      strataOf(
        practicalSizes,
        ({ rows, set }: { readonly rows: number; readonly set: ReducingSet }) =>
          rows < set.directions.dimension,
      ),
    then: ({ set, optimizer, method }) => keepsEveryPairAtOnce(set, method(optimizer)),
    sabotage: {
      'no perturbation': {
        breaks: worstOfMean,
        share: 0.9,
        define: (_) => ({ optimizer: gradientDescent({ stepSize: 0.01, stepLimit: 2000 }) }),
      },
      '1/√k forgotten': {
        breaks: worstOfMean,
        share: 0.9,
        instances: 3,
        define: ({ set, method }) => ({
          method: (own: Optimizer) => ({
            matrix: method(own).matrix.map((entry) => Math.sqrt(set.rows) * entry),
          }),
        }),
      },
      'a single Gaussian draw in place of M': {
        breaks: worstOfMean,
        share: 0.25,
        define: ({ set, stream }) => ({ method: () => ({ matrix: gaussianOf(stream.fork('draw'), set) }) }),
      },
    },
    nulls: {
      'an isometry by the principal axes': {
        compares: [worstOfMean],
        define: ({ set }) => ({ method: () => isometry(set) }),
      },
      'the principal axes at their best scale': {
        compares: [worstOfMean],
        define: ({ set }) => ({ method: () => scaledIsometry(set) }),
      },
      'a Gaussian draw at its best scale': {
        compares: [worstOfMean],
        draws: 100,
        define: ({ set }, own) => ({ method: () => scaledDraw(own, set) }),
      },
    },
    instances: { smoke: 6, quick: 20, full: 120 },
  });

  observation('embedding.direct-descent-fails', {
    let: {
      instance: pointSets(8),
      distortion: logUniform(0.5, 0.8),
      kind: oneOf<StuckKind>('zero', 'too long', 'collapsed'),
      stream: streams(),
    },
    define: ({ instance: { points }, distortion, kind, stream }) => {
      const directions = spannedPairs(stream.fork('axes'), points);
      const start = estimatorStart(directions, distortion);
      const { objective } = start;
      const stuck = stuckMatrix(kind, directions, objective.options.embeddingDimension);
      const pairs = spannedSet({ directions });
      return { objective, pairs, stuck, deviation: 0, from: start.point };
    },
    strata: {
      'all images 0': { quota: 1, let: { kind: oneOf('zero') } },
      'every pair too long': { quota: 1, let: { kind: oneOf('too long') } },
      'one pair collapsed': {
        quota: 1,
        let: { instance: simplices(8), distortion: logUniform(0.65, 0.8), kind: oneOf('collapsed') },
      },
    },
    then: ({ objective, pairs, stuck, deviation, from, distortion, stream }) => {
      const at = Float64Array.of(deviation, ...stuck);
      const gradient = objective.gradientInto(new Float64Array(objective.dimension), at);
      const left = derandomizeProjection(stream, { objective, point: from }, trustRegion());
      return [
        atMost('norm of ∇f at M without variance', Math.hypot(...gradient), stationary, rounding(1, 0)),
        atLeast(
          'lowest curvature in M there',
          objective.stateAt(at).shiftCurvature,
          -stationary,
          rounding(1, 0),
        ),
        atLeast(stuckDistortion, worstDistortion(pairs, stuck), 1, rounding(1000, 1)),
        atLeast(
          'f there against the sampler’s start',
          objective.value(at),
          objective.value(from),
          rounding(1000, 1),
        ),
        atMost(samplersEnd, worstDistortion(pairs, left.matrix), distortion, rounding(1000, 1)),
      ];
    },
    sabotage: {
      'variance at the same matrix': {
        breaks: 'norm of ∇f at M without variance',
        share: 0.9,
        define: ({ from }) => ({ deviation: from[0] }),
      },
      'a sampler without variance': {
        breaks: samplersEnd,
        share: 0.9,
        define: ({ from }) => ({ from: new Float64Array(from.length) }),
      },
      'a sampler that starts at the matrix that is too long': {
        breaks: samplersEnd,
        strata: ['every pair too long'],
        share: 0.5,
        define: ({ from, stuck }) => ({ from: Float64Array.of(from[0], ...stuck) }),
      },
      'half the matrix that is too long': {
        breaks: stuckDistortion,
        strata: ['every pair too long'],
        share: 0.9,
        define: ({ stuck }) => ({ stuck: stuck.map((entry) => entry / 2) }),
      },
    },
    instances: { smoke: 6, quick: 42, full: 420 },
  });

  observation('embedding.lower-bound', {
    let: {
      pointCount: integer(6, 10),
      missing: integer(1, 3),
      size: logUniform(1, 1e12),
      distortion: logUniform(0.01, 0.2),
      stream: streams(),
    },
    define: ({ pointCount, missing, size, distortion, stream }) => {
      const rows = pointCount - 1 - missing;
      const search = { embeddingDimension: rows, seconds: 1 };
      const searched = (points: PointSet): number =>
        embedPoints(stream, points, { ...search, clock: countingClock(0.016) }).distortion;
      return {
        rows,
        searched,
        bound: simplexBound(pointCount, rows),
        vertices: Math.max(size, distortion ** -2),
        forced: forcedRows,
      };
    },
    strata: {
      'one to three rows fewer than an isometry has': { quota: 3, when: ({ bound }) => bound > 0 },
      'as many rows as an isometry has': {
        quota: 1,
        let: { missing: integer(0, 0) },
        when: ({ bound }) => bound === 0,
      },
    },
    then: ({ searched, bound, pointCount, rows, vertices, distortion, forced }) => {
      const unit = Math.log(vertices) / (distortion ** 2 * Math.log(1 / distortion));
      const found = searched(simplexWithOrigin(pointCount));
      return [
        atLeast(rankComparison, searched(simplex(pointCount)), bound, rounding(1000, 1)),
        atLeast(foundComparison, rows, forced(pointCount, found), rounding(1, 0)),
        atLeast(powersComparison, forced(vertices, distortion) / unit, 0.05, rounding(1000, 1)),
      ];
    },
    sabotage: {
      'one row fewer in the bound': {
        breaks: rankComparison,
        share: 0.5,
        applies: ({ bound }) => bound > 0,
        instances: 4,
        define: ({ pointCount, rows }) => ({ bound: simplexBound(pointCount, Math.max(1, rows - 1)) }),
      },
      'twice the points in the bound': {
        breaks: rankComparison,
        share: 0.5,
        instances: 4,
        define: ({ pointCount, rows }) => ({ bound: simplexBound(2 * pointCount, rows) }),
      },
      'products bounded by ε/2': {
        breaks: foundComparison,
        share: 0.5,
        instances: 4,
        define: (_) => ({ forced: (n: number, epsilon: number) => forcedRows(n, epsilon / (4 + epsilon)) }),
      },
      'the first power alone': {
        breaks: powersComparison,
        share: 0.9,
        applies: ({ vertices, distortion }) => vertices >= distortion ** -6,
        instances: 8,
        define: (_) => ({ forced: (n: number, epsilon: number) => forcedRows(n, epsilon, 1) }),
      },
    },
    instances: { smoke: 4, quick: 12, full: 240 },
    exhibit: forcedExhibit,
  });

  observation('figure.jl-distortion', {
    let: { pointCount: integer(4, 10), dimension: integer(12, 40), stream: streams() },
    define: ({ pointCount, dimension, stream }) => {
      const directions = pointDirections(paperPoints(stream.fork('points'), pointCount, dimension));
      return { directions, run: exactObjectiveRun(stream.fork('run'), directions, 0.5) };
    },
    then: ({ directions, run }) =>
      atMost(
        'distortion of the mean on the points',
        worstOver(directions, run.matrix),
        0.5,
        rounding(1000, 1),
      ),
    sabotage: {
      'the mean at half its size': {
        breaks: 'distortion of the mean on the points',
        share: 0.9,
        define: ({ run }) => ({ run: { ...run, matrix: run.matrix.map((entry) => entry / 2) } }),
      },
    },
    instances: { smoke: 3, quick: 15, full: 100 },
    exhibit: distortionExhibit,
  });

  observation('figure.jl-variance', {
    let: { pointCount: integer(4, 8), dimension: integer(12, 30), stream: streams() },
    define: ({ pointCount, dimension, stream }) => {
      const directions = pointDirections(paperPoints(stream.fork('points'), pointCount, dimension));
      const run = publishedRun(stream.fork('run'), directions, 8, 1500);
      return { first: run.deviations[0][1], last: run.deviations[run.deviations.length - 1][1] };
    },
    then: ({ first, last }) =>
      atMost('σ at the end against a third of the start', last, first / 3, rounding(1, 0)),
    sabotage: {
      'σ kept': {
        breaks: 'σ at the end against a third of the start',
        share: 0.9,
        define: ({ first }) => ({ last: first }),
      },
    },
    instances: { smoke: 2, quick: 6, full: 40 },
    exhibit: varianceExhibit,
  });
});
