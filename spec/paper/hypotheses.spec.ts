import { derandomize } from '../../src/lemma/derandomize.ts';
import { lemmaBound } from '../../src/lemma/lemmaBound.ts';
import { exact, rounding } from '../../src/numerics/base/tolerance.ts';
import { logLogSlope } from '../../src/numerics/statistics/logLogSlope.ts';
import { gaveUp } from '../../src/papers/claims/claim.ts';
import { atMost, equals } from '../../src/papers/claims/comparison.ts';
import { drawn, integer, streams } from '../../src/papers/claims/domain.ts';
import { descentProblems, posed } from './domains/lemma/descents.ts';
import { type Attempt, attemptOptimizer, dropped } from './domains/lemma/dropped.ts';
import { sampledResiduals } from './domains/lemma/sampledResiduals.ts';
import { measuredReluConstant, sharpnessChart, smoothReluConstant } from './domains/lemma/sharpness.ts';
import { corollary, observation, section } from './language.ts';

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
        atMost(
          'gradient norm where the descent ended, against ρ',
          descent.gradientNorm,
          accuracy,
          exact,
          numbers,
        ),
        atMost('‖W‖ against ρ/(2λ − √(Kρ))', weightNorm, bound, rounding(64, weightNorm), numbers),
      ];
    },
    sabotage: {
      'Gaussian inputs: ±1 in their place': {
        define: (scope) => dropped.gaussianInputs(scope, scope.stream),
      },
      'second order: a stationary point is enough': {
        define: (scope) => dropped.secondOrder(scope, scope.stream),
      },
      'a trained shift: b frozen at 0': { define: (scope) => dropped.trainedShift(scope, scope.stream) },
      'λ > 0: no regularization, and g that ignores u': {
        define: (scope) => dropped.regularization(scope, scope.stream),
      },
      'λ > √(Kρ)/2: λ equal to it': { define: (scope) => dropped.enoughRegularization(scope, scope.stream) },
      'smoothness: g(u) = |u|': { define: (scope) => dropped.smoothness(scope, scope.stream) },
      'the population expectation: three samples in three dimensions': {
        define: (scope) => dropped.population(scope, scope.stream),
      },
    },
    instances: { smoke: 30, quick: 300, full: 3000 },
  });

  observation('lemma.finite-sample', {
    let: { rows: integer(2, 4), columns: integer(2, 4), stream: streams() },
    define: ({ rows, columns, stream }) => ({ residuals: sampledResiduals(stream, rows, columns, 'normal') }),
    then: ({ residuals: { counts, sizes, standardError } }) =>
      equals('slope of log residual over log n', logLogSlope(counts, sizes).slope, -0.5, {
        value: 8 * standardError,
        because: 'eight standard errors, from the spread of the repetitions',
      }),
    sabotage: {
      'inputs ±1: the residual does not vanish with n': {
        define: ({ rows, columns, stream }) => ({
          residuals: sampledResiduals(stream, rows, columns, 'signs'),
        }),
      },
    },
    sampledFailureRate: 1e-9,
    instances: { smoke: 1, quick: 4, full: 10 },
  });

  observation('lemma.smoothness-limit', {
    let: { sharpness: drawn((stream) => 10 ** (3 * stream.uniform())) },
    define: ({ sharpness }) => ({
      measured: measuredReluConstant(sharpness),
      stated: smoothReluConstant(sharpness),
    }),
    then: ({ measured: { constant, relativeError }, stated }) =>
      equals('largest third derivative of ReLU_ι against ι²√3/18', constant, stated, {
        value: relativeError * stated,
        because: 'spacing of the grid and of the difference quotient',
      }),
    sabotage: {
      'K grows in proportion to ι': {
        define: ({ sharpness }) => ({ stated: smoothReluConstant(sharpness) / sharpness }),
      },
    },
    instances: { smoke: 20, quick: 100, full: 1000 },
    exhibit: () => ({ observations: [], charts: [sharpnessChart()] }),
  });
});
