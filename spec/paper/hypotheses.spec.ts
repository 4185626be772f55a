import { derandomize } from '../../src/lemma/derandomize.ts';
import { lemmaBound } from '../../src/lemma/lemmaBound.ts';
import { exact, rounding } from '../../src/numerics/base/tolerance.ts';
import { logLogSlope } from '../../src/numerics/statistics/logLogSlope.ts';
import { gaveUp } from '../../src/papers/claims/claim.ts';
import { atMost, equals } from '../../src/papers/claims/comparison.ts';
import { choice, drawn, integer, logUniform, streams } from '../../src/papers/claims/domain.ts';
import { descentProblems, posed } from './domains/lemma/descents.ts';
import { type Attempt, attemptOptimizer, examples } from './domains/lemma/dropped.ts';
import {
  deviations,
  type SampledFamily,
  sampledResiduals,
  slopeBand,
} from './domains/lemma/sampledResiduals.ts';
import {
  largestBoundedTolerance,
  measuredReluConstant,
  sharpnessChart,
  smoothReluConstant,
} from './domains/lemma/sharpness.ts';
import { corollary, observation, section } from './language.ts';

const reached = 'gradient norm where the descent ended, against ρ';
const paperBound = '‖W‖ against ρ/(2λ − √(Kρ))';
const slopeWords = 'slope of log residual over log n';
const usefulWords = 'largest ρ at which the lemma bounds W against 4λ²/K(ι)';
const constantWords = 'largest third derivative of ReLU_ι against ι²√3/18';

section('What the lemma needs', () => {
  corollary('lemma.hypotheses', {
    let: {
      problem: descentProblems(4),
      regularization: drawn((stream) => 10 ** (-1 + stream.uniform())),
      stream: streams(),
    },
    define: ({ problem, regularization }): Attempt => ({
      ...posed(problem, regularization),
      optimizer: attemptOptimizer,
      accuracy: 1e-6,
      // K = γ²/ρ is a Hessian-Lipschitz constant as soon as it is above the smallest one.
      curvatureTolerance: Math.max(0.1 * regularization, Math.sqrt(problem.hessianLipschitz * 1e-6)),
      promised: regularization,
      order: 'second',
    }),
    then: ({ stream, objective, start, optimizer, accuracy, curvatureTolerance, promised, order }) => {
      const goal = { gradientTolerance: accuracy, curvatureTolerance };
      const { descent, certificate } = derandomize(stream, objective, start, optimizer, goal);
      if (certificate.outcome !== 'certified') return gaveUp(certificate.outcome);
      const { weightNorm, gradientNorm, lowestShiftCurvature, curvatureError } = certificate;
      if (order === 'second' && lowestShiftCurvature + curvatureError < -curvatureTolerance) {
        return gaveUp('curvature below what is allowed');
      }
      const [firstWeight, firstShift] = [objective.weights.start, objective.shift.start].map(
        (i) => descent.point[i],
      );
      const numbers = {
        firstWeight,
        firstShift,
        gradientNorm,
        lowestShiftCurvature,
        objectiveRegularization: objective.regularization,
      };
      const bound = lemmaBound(accuracy, curvatureTolerance, promised);
      return [
        atMost(reached, descent.gradientNorm, accuracy, exact, numbers),
        atMost(paperBound, weightNorm, bound, rounding(64, weightNorm), numbers),
      ];
    },
    sabotage: {
      'Gaussian inputs: ±1 in their place': {
        drops: 'Gaussian x',
        breaks: paperBound,
        share: 0.3,
        define: (scope) => examples.gaussianInputs(scope, scope.stream, false),
        restored: { define: (scope) => examples.gaussianInputs(scope, scope.stream, true) },
      },
      'second order: a stationary point is enough': {
        drops: 'second-order stationarity',
        breaks: paperBound,
        share: 0.9,
        define: (scope) => examples.secondOrder(scope, scope.stream, false),
        restored: { define: (scope) => examples.secondOrder(scope, scope.stream, true) },
      },
      'a trained shift: b frozen at 0': {
        drops: 'a trained shift',
        breaks: paperBound,
        define: (scope) => examples.trainedShift(scope, scope.stream, false),
        restored: { define: (scope) => examples.trainedShift(scope, scope.stream, true) },
      },
      'λ > 0: no regularization, and g that ignores u': {
        drops: 'λ > 0',
        breaks: paperBound,
        share: 0.9,
        define: (scope) => examples.regularization(scope, scope.stream, false),
        restored: { define: (scope) => examples.regularization(scope, scope.stream, true) },
      },
      'λ > √(Kρ)/2: λ equal to it': {
        drops: 'λ > √(Kρ)/2',
        breaks: paperBound,
        share: 0.9,
        define: (scope) => examples.enoughRegularization(scope, scope.stream, false),
        restored: { define: (scope) => examples.enoughRegularization(scope, scope.stream, true) },
      },
      'smoothness: a triangle wave, whose Hessian is 0 wherever it exists': {
        drops: 'smoothness',
        breaks: paperBound,
        share: 0.9,
        define: (scope) => examples.smoothness(scope, scope.stream, false),
        restored: { define: (scope) => examples.smoothness(scope, scope.stream, true) },
      },
      'the population expectation: three samples in three dimensions': {
        drops: 'the population expectation',
        breaks: paperBound,
        define: (scope) => examples.population(scope, scope.stream, false),
        restored: { define: (scope) => examples.population(scope, scope.stream, true) },
      },
    },
    instances: { smoke: 30, quick: 300, full: 3000 },
  });

  observation('lemma.finite-sample', {
    let: {
      family: choice(familyOf('sums of sines')),
      rows: integer(2, 4),
      columns: integer(2, 4),
      stream: streams(),
    },
    define: (given) => ({ residuals: sampledResiduals(given.stream, given, 'normal') }),
    strata: {
      'sums of sines': { quota: 1 },
      networks: { quota: 1, let: { family: choice(familyOf('networks')) } },
    },
    then: ({ residuals: { counts, sizes, standardError } }) => {
      if (deviations * standardError > slopeBand)
        return gaveUp('the repetitions do not tell the slope to ± 0.03');
      return equals(slopeWords, logLogSlope(counts, sizes).slope, -0.5, {
        value: slopeBand,
        because: 'at least 6.5 standard errors, from the spread of the repetitions',
      });
    },
    sabotage: {
      'inputs ±1: the residual does not vanish with n': {
        breaks: slopeWords,
        share: 0.9,
        drops: 'n independent standard Gaussian samples',
        instances: 2,
        define: (given) => ({ residuals: sampledResiduals(given.stream, given, 'signs') }),
      },
    },
    sampledFailureRate: 1e-9,
    instances: { smoke: 2, quick: 4, full: 20 },
  });

  observation('lemma.smoothness-limit', {
    let: {
      sharpness: logUniform(1, 1000),
      regularization: logUniform(1e-5, 1e-1),
    },
    define: ({ sharpness, regularization }) => ({
      measured: measuredReluConstant(sharpness),
      stated: smoothReluConstant(sharpness),
      factor: 4 * regularization ** 2,
    }),
    then: ({ measured: { constant, relativeError }, regularization, stated, factor }) => [
      equals(constantWords, constant, stated, {
        value: relativeError * stated,
        because: 'spacing of the grid and of the difference quotient',
      }),
      equals(usefulWords, largestBoundedTolerance(constant, regularization), factor / stated, {
        value: (2 * relativeError * factor) / stated,
        because: 'that of K, and rounding',
      }),
    ],
    sabotage: {
      'K grows in proportion to ι': {
        breaks: constantWords,
        share: 0.9,
        define: ({ sharpness }) => ({ stated: smoothReluConstant(sharpness) / sharpness }),
      },
      'K stays as it is at ι = 1': {
        breaks: usefulWords,
        share: 0.9,
        define: (_) => ({ stated: smoothReluConstant(1) }),
      },
      'λ² in place of 4λ²': {
        breaks: usefulWords,
        share: 0.9,
        define: ({ factor }) => ({ factor: factor / 4 }),
      },
    },
    instances: { smoke: 20, quick: 100, full: 1000 },
    exhibit: () => ({ observations: [], charts: [sharpnessChart()] }),
  });
});

function familyOf(family: SampledFamily['family']): Record<string, SampledFamily['family']> {
  return { [family]: family };
}
