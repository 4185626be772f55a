import { lemmaBound } from '../../src/lemma/lemmaBound.ts';
import { structuredCertificate } from '../../src/lemma/structuredCertificate.ts';
import { rounding, sum } from '../../src/numerics/base/tolerance.ts';
import { gaveUp } from '../../src/papers/claims/claim.ts';
import { atLeast, atMost, equals } from '../../src/papers/claims/comparison.ts';
import { choice, integer, logUniform, oneOf, streams } from '../../src/papers/claims/domain.ts';
import {
  expectedGapBound,
  type GapExperiment,
  gapDeviation,
  meanGap,
  type NetworkClass,
} from './domains/generalization/generalization.ts';
import { generalizationCharts } from './domains/generalization/generalizationCharts.ts';
import { type LawPath, lawPaths } from './domains/lemma/inputLaws.ts';
import { measuredUnder, residualSlope, ridgePoint, wellEnds } from './domains/lemma/nearGaussian.ts';
import { nearGaussianChart } from './domains/lemma/nearGaussianChart.ts';
import {
  type StructureName,
  structuredEnd,
  structuredGoal,
  structuredPoint,
  structuredProblem,
  structureMakers,
  tiedBiasProblem,
} from './domains/lemma/structures.ts';
import { corollary, section } from './language.ts';

const structureNames = Object.keys(structureMakers) as StructureName[];
const pathNames = Object.keys(lawPaths) as LawPath[];
/** Paths whose laws can be as close to normal as the first order needs; sums of uniforms would take hundreds. */
const ratedPaths = pathNames.filter((path) => path !== 'sums of uniforms');

/** What the structured claim calls its two comparisons. */
const along = '⟨W, ∇_W f⟩ against ⟨W, (∇²_b f + 2λI)W⟩';
const bounded = '‖W‖ at the end of the descent against ρ/(2λ − γ)';
const missed = 'residual of the Stein identity against L·S·‖W‖';

section('The lemma beyond the paper', () => {
  corollary('lemma.structured-weights', {
    let: { name: oneOf(...structureNames), stream: streams() },
    strata: Object.fromEntries(
      structureNames.map((name) => [name, { quota: 1, let: { name: choice({ [name]: name }) } }]),
    ),
    define: ({ name, stream }) => {
      const problem = structuredProblem(stream.fork('problem'), name);
      return {
        problem,
        judged: problem.objective,
        point: structuredPoint(stream.fork('point'), problem),
        end: () => structuredEnd(stream, problem),
      };
    },
    then: ({ problem, judged, point, end }) => {
      const random = structuredCertificate(judged, problem.structure, point);
      const { outcome, weightNorm, trainedCurvature } = end();
      if (outcome !== 'reached') return gaveUp(outcome);
      if (random.outcome !== 'certified') return gaveUp(random.outcome);
      const { gradientTolerance, curvatureTolerance } = structuredGoal(judged.regularization);
      if (trainedCurvature < -curvatureTolerance) return gaveUp('not second-order stationary');
      return [
        equals(
          along,
          random.slope,
          random.product,
          sum(rounding(16 * judged.dimension, random.magnitude), {
            value: random.expectationError,
            because: 'rounding, and twice the change to coarser quadrature rules',
          }),
          { weightNorm: random.weightNorm },
        ),
        atMost(
          bounded,
          weightNorm,
          lemmaBound(gradientTolerance, curvatureTolerance, judged.regularization),
          rounding(64 * judged.dimension, weightNorm),
          { trainedCurvature },
        ),
      ];
    },
    sabotage: {
      'a bias tied across the positions of a convolution': {
        breaks: bounded,
        share: 0.9,
        strata: ['convolution'],
        drops: 'every entry of the shift b is trained on its own',
        define: ({ stream }) => ({ end: () => structuredEnd(stream, tiedBiasProblem(stream)) }),
        restored: {
          define: ({ stream }) => {
            const { tiedShift: _, ...free } = tiedBiasProblem(stream);
            return { problem: free, end: () => structuredEnd(stream, free) };
          },
        },
      },
      'inputs ±1 in place of Gaussian ones': {
        breaks: along,
        share: 0.8,
        drops: 'x is standard Gaussian',
        define: ({ problem }) => ({ judged: problem.signs }),
      },
    },
    nulls: {
      'the start taken as if it were stationary': {
        compares: [bounded],
        define: ({ problem, stream }) => ({
          end: () => ({
            outcome: 'reached' as const,
            weightNorm: structuredEnd(stream, problem, 0).weightNorm,
            trainedCurvature: 0,
          }),
        }),
      },
    },
    instances: { smoke: 12, quick: 90, full: 1200 },
  });

  corollary('lemma.near-gaussian', {
    let: { path: oneOf(...pathNames), kurtosis: logUniform(1e-3, 1.5), stream: streams() },
    strata: Object.fromEntries(
      pathNames.map((path) => [path, { quota: 1, let: { path: choice({ [path]: path }) } }]),
    ),
    define: ({ path, kurtosis, stream }) => measuredUnder(lawPaths[path](kurtosis), ridgePoint(stream)),
    then: ({ law, instance, discrepancy, stein, certificate }) => {
      if (certificate.outcome !== 'certified') return gaveUp(certificate.outcome);
      const { weightNorm, weightGradientNorm, lowestShiftCurvature, curvatureError } = certificate;
      const excess = instance.curvatureBound * discrepancy;
      const slack = sum(rounding(64 * stein.summands, stein.gradientNorm + stein.productNorm), {
        value: curvatureError * weightNorm,
        because: 'rounding of both sides and of the lowest eigenvalue',
      });
      return [
        atMost(missed, stein.residual, excess * weightNorm, slack, { excessKurtosis: law.excessKurtosis }),
        atLeast(
          '‖∇_W f‖ against (2λ + λ_min − L·S)·‖W‖',
          weightGradientNorm,
          (2 * instance.regularization + lowestShiftCurvature - excess) * weightNorm,
          slack,
        ),
      ];
    },
    sabotage: {
      'the law taken for normal': {
        breaks: missed,
        share: 0.95,
        drops: 'S is the Stein discrepancy of the inputs',
        define: ({ discrepancy }) => ({ discrepancy: 0 * discrepancy }),
      },
      'a hundredth of the discrepancy': {
        breaks: missed,
        define: ({ discrepancy }) => ({ discrepancy: discrepancy / 100 }),
      },
    },
    instances: { smoke: 40, quick: 400, full: 4000 },
  });

  corollary('lemma.non-gaussian-rate', {
    let: { path: oneOf(...ratedPaths), stream: streams() },
    strata: Object.fromEntries(
      ratedPaths.map((path) => [path, { quota: 1, let: { path: choice({ [path]: path }) } }]),
    ),
    define: ({ path, stream }) => ({ line: residualSlope(stream, path) }),
    then: ({ line: { slope, standardError } }) =>
      equals('slope of log residual over log excess kurtosis', slope, 1, {
        value: 0.05 + 3 * standardError,
        because: 'the second order of the expansion in the kurtosis, and the fit',
      }),
    sabotage: {
      'the squared residual': {
        breaks: 'slope of log residual over log excess kurtosis',
        share: 0.9,
        define: ({ stream, path }) => ({ line: residualSlope(stream, path, 2) }),
      },
    },
    instances: { smoke: 3, quick: 15, full: 300 },
    exhibit: (stream) => ({ observations: [], charts: [nearGaussianChart(stream)] }),
  });

  corollary('lemma.kurtosis-threshold', {
    let: {
      regularization: logUniform(0.01, 0.3),
      distance: logUniform(0.02, 0.5),
      side: choice<1 | -1>({ below: -1, above: 1 }),
      stream: streams(),
    },
    strata: {
      'below the threshold': { quota: 1, let: { side: choice({ below: -1 as const }) } },
      'above the threshold': { quota: 1, let: { side: choice({ above: 1 as const }) } },
    },
    define: ({ regularization, distance, side, stream }) => {
      const kurtosis = -1.5 * regularization * (1 + side * distance);
      return { kurtosis, ends: wellEnds(stream, kurtosis, regularization) };
    },
    then: ({ ends, kurtosis, regularization, side }) => {
      if (ends.failures > 0) return gaveUp('a descent did not reach its goal');
      const predicted = side > 0 ? Math.sqrt((2 - regularization) / (2 * (3 + kurtosis))) : 0;
      return [
        equals('largest |w| at a second-order stationary point', ends.largestWeight, predicted, {
          value: 1e-6,
          because: 'the gradient 1e-9 at the end over the smallest curvature near the threshold',
        }),
        atLeast('λ_min of the joint Hessian there', ends.lowestCurvature, 0, {
          value: 1e-7,
          because: 'the goal',
        }),
      ];
    },
    sabotage: {
      'normal inputs': {
        breaks: 'largest |w| at a second-order stationary point',
        strata: ['above the threshold'],
        share: 0.95,
        define: ({ stream, regularization }) => ({ ends: wellEnds(stream, 0, regularization) }),
      },
    },
    instances: { smoke: 10, quick: 60, full: 600 },
  });
});

/** What the claim on generalization calls its comparison. */
const gap = 'mean generalization gap against 2A(ω√k + B√(d − k) + β)/√n';
const dimensions = [8, 64, 256] as const;
const experiment: GapExperiment = { samples: 10, train: 600, test: 3000 };
/** Rate at which chance alone exceeds the deviation that the tolerance allows. */
const deviationRate = 1e-11;

section('What a first layer of low rank saves', () => {
  corollary('network.generalization', {
    let: {
      inputDimension: integer(8, 256),
      relevantDimension: integer(1, 2),
      irrelevantNorm: logUniform(1e-4, 1e-2),
      stream: streams(),
    },
    strata: Object.fromEntries(
      dimensions.map((d) => [`${d} inputs`, { quota: 1, let: { inputDimension: integer(d, d) } }]),
    ),
    define: ({ inputDimension, relevantDimension, irrelevantNorm }) => {
      const promised: NetworkClass = {
        inputDimension,
        relevantDimension,
        irrelevantNorm,
        width: 2,
        outputNorm: 1,
        relevantNorm: 3,
        shiftBound: 0.5,
      };
      return { promised, fitted: promised };
    },
    then: ({ promised, fitted, stream }) => {
      const { samples, train, test } = experiment;
      return atMost(gap, meanGap(stream, fitted, experiment), expectedGapBound(promised, train), {
        value: gapDeviation(promised, samples * train, samples * test, deviationRate),
        because: `chance exceeds it at rate ${deviationRate}: McDiarmid and Hoeffding`,
      });
    },
    sabotage: {
      'weights along x⊥ as large as those along the teacher': {
        breaks: gap,
        drops: 'weights along the ignored inputs are within B',
        strata: ['256 inputs'],
        let: (_) => ({ relevantDimension: 1 }),
        share: 0.9,
        instances: 2,
        define: ({ promised }) => ({ fitted: { ...promised, irrelevantNorm: promised.relevantNorm } }),
      },
    },
    sampledFailureRate: 2 * deviationRate,
    instances: { smoke: 3, quick: 6, full: 90 },
    exhibit: (stream) => ({ observations: [], charts: generalizationCharts(stream) }),
  });
});
