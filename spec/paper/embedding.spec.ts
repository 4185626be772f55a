import {
  pairDirections,
  pointDirections,
  worstOver,
} from '../../src/applications/embedding/points/pairDirections.ts';
import type { PointSet } from '../../src/applications/embedding/points/points.ts';
import { gaussianProjection } from '../../src/applications/embedding/points/randomProjections.ts';
import { publishedRun } from '../../src/applications/embedding/published/publishedProcedure.ts';
import { countingClock, embedPoints } from '../../src/applications/embedding/search/embedPoints.ts';
import { violationProbability } from '../../src/applications/embedding/tail/violationProbability.ts';
import { DiagonalSampler } from '../../src/applications/embedding/theorem/diagonalSampler.ts';
import { IsotropicSampler } from '../../src/applications/embedding/theorem/isotropicSampler.ts';
import {
  type DerandomizedProjection,
  derandomizeProjection,
  estimatorStart,
} from '../../src/applications/embedding/theorem/pessimisticEstimator.ts';
import { practicalDescent } from '../../src/applications/embedding/theorem/practicalDescent.ts';
import { simplexBound } from '../../src/applications/embedding/theorem/rankBound.ts';
import { exactUnionDimension } from '../../src/applications/embedding/theorem/unionDimension.ts';
import { derandomize } from '../../src/lemma/derandomize.ts';
import { rounding } from '../../src/numerics/base/tolerance.ts';
import { gradientDescent } from '../../src/numerics/optimize/gradientDescent.ts';
import { hessianDescent } from '../../src/numerics/optimize/hessianDescent.ts';
import { lbfgs } from '../../src/numerics/optimize/lbfgs.ts';
import { trustRegion } from '../../src/numerics/optimize/trustRegion.ts';
import { gaveUp, withProbability } from '../../src/papers/claims/claim.ts';
import { atLeast, atMost } from '../../src/papers/claims/comparison.ts';
import { choice, integer, logUniform, streams } from '../../src/papers/claims/domain.ts';
import {
  type PointInstance,
  pointSets,
  simplex,
  triangles,
  worstDistortion,
} from './domains/embedding/embedding.ts';
import { embeddingCertificates } from './domains/embedding/embeddingCertificates.ts';
import { distortionExhibit, varianceExhibit } from './domains/embedding/embeddingCharts.ts';
import { exactObjectiveRun, paperPoints } from './domains/embedding/embeddingFigures.ts';
import { lemma, observation, section, theorem } from './language.ts';

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

/** Part of the Gaussian matrices that the union bound allows to fail. */
const failing = 0.2;

/** Both sides are far apart or the claim fails: nothing to forgive. */
const exactly = rounding(1, 0);

section('Johnson–Lindenstrauss: random, smoothed and derandomized', () => {
  lemma('embedding.gaussian', {
    let: { instance: pointSets(12), distortion: logUniform(0.3, 0.9) },
    define: ({ instance: { points }, distortion }: GaussianDraw): GaussianCase => {
      const { count } = pairDirections(points);
      const k = exactUnionDimension(count, distortion, failing);
      const union = count * violationProbability(k, distortion).value(0, 1 / k);
      return { points, k, union, variance: 1 };
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
      'an eighth of the rows': { define: ({ k }) => ({ k: Math.ceil(k / 8) }) },
      '1/√k forgotten': { define: ({ k }) => ({ variance: k }) },
    },
    covers: { 'six points or more': { atLeast: 0.2, when: ({ points }) => points.pointCount >= 6 } },
    instances: { smoke: 4, quick: 20, full: 200 },
  });

  theorem('embedding.derandomized', {
    let: {
      instance: pointSets(9),
      distortion: logUniform(0.5, 0.9),
      optimizer: choice({
        'Hessian descent': hessianDescent({ stepLimit: 1000 }),
        'trust region': trustRegion({ stepLimit: 5000 }),
        'L-BFGS': lbfgs({ stepLimit: 20_000 }),
      }),
      stream: streams(),
    },
    define: ({ instance: { points }, distortion, optimizer, stream }) => {
      const start = estimatorStart(pairDirections(points), distortion);
      const found = derandomizeProjection(stream.fork('descent'), start, optimizer);
      return { points, found, smoothing: start.objective.options.smoothing };
    },
    then: (instance) => keepsEveryPair(instance, 1000),
    sabotage: {
      'an eighth of the rows': {
        define: ({ points, distortion, optimizer, stream }) => {
          const directions = pairDirections(points);
          const proved = estimatorStart(directions, distortion);
          const rows = Math.ceil(proved.objective.options.embeddingDimension / 8);
          const start = estimatorStart(directions, distortion, rows);
          return { found: derandomizeProjection(stream.fork('descent'), start, optimizer) };
        },
      },
      'no regularizer': {
        define: ({ points, distortion, optimizer, stream }) => {
          const { objective, point } = unregularized(points, distortion);
          return { found: derandomizeProjection(stream.fork('descent'), { objective, point }, optimizer) };
        },
      },
      'points instead of pairs': {
        define: ({ points, distortion, optimizer, stream }) => {
          const start = estimatorStart(pointDirections(points), distortion);
          return { found: derandomizeProjection(stream.fork('descent'), start, optimizer) };
        },
      },
      '1/√k forgotten': {
        define: ({ points, distortion, optimizer, stream }) => {
          const { objective, point } = estimatorStart(pairDirections(points), distortion);
          point[0] = 1;
          return { found: derandomizeProjection(stream.fork('descent'), { objective, point }, optimizer) };
        },
      },
      'a single random draw in place of M': {
        define: ({ points, found, stream }) => {
          const rows = found.matrix.length / points.dimension;
          const { values } = gaussianProjection(stream.fork('draw'), rows, points.dimension);
          return { found: { ...found, matrix: values } };
        },
      },
    },
    covers: {
      simplex: { atLeast: 0.02, when: ({ instance }) => instance.family === 'simplex' },
      'fewer rows than the ambient dimension': {
        atLeast: 0.02,
        when: ({ found, points }) => found.matrix.length < points.dimension ** 2,
      },
    },
    instances: { smoke: 8, quick: 40, full: 400 },
    exhibit: (stream) => ({ observations: [], charts: [], certificates: embeddingCertificates(stream) }),
  });

  theorem('embedding.derandomized-diagonal', {
    let: {
      instance: pointSets(5),
      distortion: logUniform(0.7, 0.9),
      optimizer: choice({
        'Hessian descent': hessianDescent({ stepLimit: 300 }),
        'trust region': trustRegion({ stepLimit: 5000 }),
        'L-BFGS': lbfgs({ stepLimit: 5000 }),
      }),
      stream: streams(),
    },
    define: ({ instance: { points }, distortion, optimizer, stream }) => {
      const start = estimatorStart(pairDirections(points), distortion, undefined, 'diagonal');
      const found = derandomizeProjection(stream.fork('descent'), start, optimizer);
      return { points, found, smoothing: start.objective.options.smoothing };
    },
    then: (instance) => keepsEveryPair(instance, 4000),
    sabotage: {
      'an eighth of the rows': {
        define: ({ points, distortion, optimizer, stream }) => {
          const directions = pairDirections(points);
          const proved = estimatorStart(directions, distortion);
          const rows = Math.ceil(proved.objective.options.embeddingDimension / 8);
          const start = estimatorStart(directions, distortion, rows, 'diagonal');
          return { found: derandomizeProjection(stream.fork('descent'), start, optimizer) };
        },
      },
      'no regularizer': {
        define: ({ points, distortion, optimizer, stream }) => {
          const directions = pairDirections(points);
          const { objective, point } = estimatorStart(directions, distortion, undefined, 'diagonal');
          const bare = new DiagonalSampler(directions, { ...objective.options, regularization: 0 });
          return {
            found: derandomizeProjection(stream.fork('descent'), { objective: bare, point }, optimizer),
          };
        },
      },
    },
    instances: { smoke: 3, quick: 10, full: 100 },
  });

  theorem('embedding.perturbed-descent', {
    let: { points: triangles(), distortion: logUniform(0.88, 0.92), stream: streams() },
    define: ({ points, distortion, stream }) => {
      const start = estimatorStart(pairDirections(points), distortion);
      return { start, optimizer: practicalDescent(stream.fork('start'), start) };
    },
    then: ({ points, distortion, stream, start: { objective, point }, optimizer }) => {
      const goal = { gradientTolerance: 0.3, curvatureTolerance: 1.8 * objective.regularization };
      const { descent, shift, certificate } = derandomize(
        stream.fork('descent'),
        objective,
        point,
        optimizer,
        goal,
      );
      if (certificate.outcome !== 'certified') return gaveUp(certificate.outcome);
      const { violationSum, threshold } = objective.stateAt(descent.point);
      const { weightNorm, bound } = certificate;
      return [
        atMost('norm of W against the lemma’s bound', weightNorm, bound, rounding(1000, weightNorm)),
        atMost('σ against the smoothing', Math.abs(descent.point[0]), objective.options.smoothing, exactly),
        atMost('Σ p at the end against the threshold of a violation', violationSum, threshold, exactly, {
          steps: descent.steps,
        }),
        atMost(
          'worst distortion of M over pairs',
          worstDistortion(points, shift),
          distortion,
          rounding(1000, 1),
        ),
      ];
    },
    sabotage: {
      'no perturbation': {
        define: (_) => ({ optimizer: gradientDescent({ stepSize: 0.01, stepLimit: 5000 }) }),
      },
    },
    instances: { smoke: 1, quick: 1, full: 10 },
  });

  observation('embedding.direct-descent-fails', {
    let: { instance: pointSets(8), distortion: logUniform(0.5, 0.8), stream: streams() },
    define: ({ instance: { points }, distortion }) => {
      const { objective, point } = estimatorStart(pairDirections(points), distortion);
      return { points, objective, startDeviation: point[0], directDeviation: 0 };
    },
    then: ({ points, objective, startDeviation, directDeviation, distortion, stream }) => {
      // M = 0 maps everything to 0, as far from an embedding as can be.
      const direct = new Float64Array(objective.dimension);
      direct[0] = directDeviation;
      const gradient = objective.gradientInto(new Float64Array(objective.dimension), direct);
      const { shiftCurvature } = objective.stateAt(direct);
      const sampler = new Float64Array(objective.dimension);
      sampler[0] = startDeviation;
      const left = derandomizeProjection(stream, { objective, point: sampler }, trustRegion());
      const tiny = rounding(1, objective.directions.count);
      return [
        atMost('norm of ∇f at M = 0, σ = 0', Math.hypot(...gradient), 0, tiny),
        atLeast('lowest curvature in M there', shiftCurvature, 0, tiny),
        atLeast('its distortion', worstDistortion(points, direct.slice(1)), 1, rounding(1, 1)),
        atMost(
          'distortion where the sampler’s descent ends',
          worstDistortion(points, left.matrix),
          distortion,
          tiny,
        ),
      ];
    },
    sabotage: {
      'the sampler at the same mean': {
        define: ({ startDeviation }) => ({ directDeviation: startDeviation }),
      },
      'a sampler without variance': { define: (_) => ({ startDeviation: 0 }) },
    },
    instances: { smoke: 6, quick: 40, full: 400 },
  });

  observation('embedding.lower-bound', {
    let: { pointCount: integer(4, 16), rows: integer(1, 8), stream: streams() },
    define: ({ pointCount, rows, stream }) => {
      const points = simplex(pointCount);
      const found = embedPoints(stream, points, {
        embeddingDimension: rows,
        seconds: 1,
        clock: countingClock(0.05),
      });
      return { found, bound: simplexBound(pointCount, rows) };
    },
    then: ({ found, bound }) =>
      atLeast('distortion of a simplex against its bound', found.distortion, bound, rounding(1000, 1)),
    sabotage: {
      'one row fewer in the bound': {
        define: ({ pointCount, rows }) => ({ bound: simplexBound(pointCount, Math.max(1, rows - 1)) }),
      },
      'twice the points in the bound': {
        define: ({ pointCount, rows }) => ({ bound: simplexBound(2 * pointCount, rows) }),
      },
    },
    covers: { 'a bound above 0': { atLeast: 0.3, when: ({ bound }) => bound > 0 } },
    instances: { smoke: 5, quick: 30, full: 300 },
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
    sabotage: { 'σ kept': { define: ({ first }) => ({ last: first }) } },
    instances: { smoke: 2, quick: 6, full: 40 },
    exhibit: varianceExhibit,
  });
});

/**
 * Theorem 5.5 at the end of a descent: the sum never rose, σ is below the lemma's bound, and M keeps every pair.
 *
 * @param operations roundings in a sum of violation probabilities
 */
function keepsEveryPair({ points, found, distortion, smoothing }: Derandomized, operations: number) {
  const { descent, startValue, threshold, violationSum, deviation, weightNorm, weightBound, matrix } = found;
  if (descent.outcome === 'step-limit' || descent.outcome === 'non-finite') {
    return gaveUp(`the descent ended with ${descent.outcome}`);
  }
  const summed = rounding(operations, 1);
  return [
    atMost('f at the start against ½', startValue, 0.5, summed),
    atMost('f at the end against the start', descent.value, startValue, summed),
    atMost('largest σ against the smoothing', deviation, smoothing, rounding(1, 0)),
    atMost('norm of W against the lemma’s bound', weightNorm, weightBound, rounding(1000, weightNorm)),
    atMost('Σ p at the end against the threshold of a violation', violationSum, threshold, summed),
    atMost(
      'worst distortion of M over pairs',
      worstDistortion(points, matrix),
      distortion,
      rounding(1000, 1),
    ),
  ];
}

interface Derandomized {
  readonly points: PointSet;
  readonly found: DerandomizedProjection;
  readonly distortion: number;
  readonly smoothing: number;
}

/** The estimator's objective with λ = 0, at the same start. */
function unregularized(points: Parameters<typeof pairDirections>[0], distortion: number) {
  const directions = pairDirections(points);
  const { objective, point } = estimatorStart(directions, distortion);
  return { objective: new IsotropicSampler(directions, { ...objective.options, regularization: 0 }), point };
}
