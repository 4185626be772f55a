import { gemanMcClure } from '../../src/applications/networks/model/losses.ts';
import { lemmaBound } from '../../src/lemma/lemmaBound.ts';
import { rounding } from '../../src/numerics/base/tolerance.ts';
import { certify, meetsGoal } from '../../src/numerics/optimize/certify/certificate.ts';
import { gradientDescent } from '../../src/numerics/optimize/gradientDescent.ts';
import type { Optimizer } from '../../src/numerics/optimize/optimizer.ts';
import { perturbedDescent } from '../../src/numerics/optimize/perturbedDescent.ts';
import { perturbedDescentConstants } from '../../src/numerics/optimize/perturbedDescentConstants.ts';
import type { RandomStream } from '../../src/numerics/random/stream.ts';
import { logLogSlope } from '../../src/numerics/statistics/logLogSlope.ts';
import { gaveUp } from '../../src/papers/claims/claim.ts';
import { atMost, type Comparison, equals } from '../../src/papers/claims/comparison.ts';
import { choice, drawn, integer, streams } from '../../src/papers/claims/domain.ts';
import { approach } from './domains/lemma/approach.ts';
import {
  carriedOut,
  descentProblems,
  descentTasks,
  goalOf,
  posed,
  smoothness,
  withSigns,
} from './domains/lemma/descents.ts';
import { deepActivations, discovery, networkInstance, teachers } from './domains/networks/networks.ts';
import { cosineSaddle, type SaddleProblem, saddleProblem, signWell } from './domains/networks/saddles.ts';
import { corollary, lemma, section, theorem } from './language.ts';

/** δ of perturbed gradient descent. */
const failureProbability = 0.1;

/** One run of perturbed descent from a saddle, with what the theorem allows. */
interface PerturbedRun extends SaddleProblem {
  readonly accuracy: number;
  readonly optimizer: Optimizer;
  readonly most: number;
}

/** Gradient, curvature and steps of one run, each over what the theorem allows. */
function settlesWithinBounds(
  { objective, start, accuracy, hessianLipschitz, optimizer, most }: PerturbedRun,
  stream: RandomStream,
): Comparison {
  const curvatureTolerance = Math.sqrt(hessianLipschitz * accuracy);
  const goal = { gradientTolerance: accuracy, curvatureTolerance };
  const { point, steps } = optimizer.minimize(stream, objective, start, goal);
  const reached = certify(stream.fork('certificate'), objective, point);
  const excess =
    reached.outcome === 'measured'
      ? Math.max(
          reached.gradientNorm / accuracy,
          -reached.curvature.atLeast / curvatureTolerance,
          steps / most,
        )
      : Number.POSITIVE_INFINITY;
  return atMost('gradient, curvature and steps, each over its bound', excess, 1, rounding(8, 1));
}

section('The derandomization lemma, at points where descents end', () => {
  lemma('lemma.derandomization', {
    let: (profile) => ({ task: descentTasks(profile === 'full' ? 10 : 6) }),
    define: ({ task }) => ({ ...carriedOut(task), promised: task.regularization, order: 'second' }),
    then: ({ task, end, second, promised, order }) => {
      const { accuracy } = task;
      const { curvatureTolerance } = goalOf(task);
      if (second.outcome !== 'measured' || end.certificate.outcome !== 'certified')
        return gaveUp('not finite');
      const reached =
        order === 'second' ? meetsGoal(second, goalOf(task)) === 'yes' : second.gradientNorm <= accuracy;
      if (!reached) return gaveUp(`${task.optimizer}: ${end.descent.outcome}, no certificate`);
      const { weightNorm, bound, curvatureDeficit } = end.certificate;
      const slack = rounding(64, weightNorm);
      const numbers = { weightNorm, gradientNorm: second.gradientNorm, curvature: second.curvature.lowest };
      const paper = lemmaBound(accuracy, curvatureTolerance, promised);
      const measured =
        order === 'second'
          ? [
              atMost('‖W‖ against the measured ρ/(2λ − γ)', weightNorm, bound, slack, {
                ...numbers,
                curvatureDeficit,
              }),
            ]
          : [];
      return [atMost('‖W‖ against ρ/(2λ − √(Kρ))', weightNorm, paper, slack, numbers), ...measured];
    },
    sabotage: {
      'inputs ±1 in place of Gaussian ones': {
        define: ({ task }) => carriedOut(task, { objective: withSigns(task.problem, task.regularization) }),
      },
      'stationary to first order only: plain descent along b = 0': {
        let: ({ task }) => ({ task: cosineSaddle(task).task }),
        define: ({ task }) => {
          const { start } = cosineSaddle(task);
          const { gradientLipschitz } = smoothness(task.problem, task.regularization);
          return {
            ...carriedOut(task, { start }, gradientDescent({ stepSize: 1 / gradientLipschitz })),
            order: 'first',
          };
        },
      },
    },
    covers: {
      'λ just above √(Kρ)/2': {
        atLeast: 0.3,
        when: ({ task }) => 2 * task.regularization < 1.1 * goalOf(task).curvatureTolerance,
      },
      'perturbed gradient descent': {
        atLeast: 0.08,
        when: ({ task }) => task.optimizer.startsWith('perturbed'),
      },
    },
    instances: { smoke: 30, quick: 300, full: 3000 },
  });

  corollary('lemma.three-layers', {
    let: {
      width: integer(2, 8),
      activation: choice(deepActivations),
      exponent: drawn((stream) => 1 + 2 * stream.uniform()),
      stream: streams(),
    },
    define: ({ width, activation, exponent, stream }) => {
      const instance = networkInstance({
        widths: [width, width, width],
        activation,
        stream,
        irrelevantDimension: 1,
        loss: gemanMcClure,
        teacher: teachers.tanh,
        regularization: 10 ** -exponent,
      });
      return { instance, risk: instance.risk(), promised: instance.regularization };
    },
    then: ({ instance, risk, promised }) => {
      const { norm, bound, startNorm, curvatureDeficit } = discovery(instance, risk, promised);
      if (!(bound < startNorm / 10)) return gaveUp('the bound did not come below a tenth of the start');
      return atMost('‖W⊥‖ against the measured ρ/(2λ − γ)', norm, bound, rounding(risk.dimension, norm), {
        startNorm,
        curvatureDeficit,
      });
    },
    sabotage: {
      'biases frozen': {
        define: ({ instance }) => ({
          risk: instance.risk({ frozen: ['shift', 'deeper-shifts', 'output-shift'] }),
        }),
      },
      'no regularization': { define: ({ instance }) => ({ risk: instance.risk({ regularization: 0 }) }) },
    },
    instances: { smoke: 3, quick: 20, full: 500 },
  });

  corollary('lemma.limit', {
    let: (profile) => ({
      problem: descentProblems(profile === 'full' ? 10 : 6),
      regularization: drawn((stream) => 10 ** (-2 + 2 * stream.uniform())),
      stream: streams(),
    }),
    define: ({ problem, regularization, stream }) => {
      const { objective, start } = posed(problem, regularization);
      const { hessianLipschitz } = smoothness(problem, regularization);
      return { path: approach(stream, objective, start, hessianLipschitz) };
    },
    then: ({ problem, regularization, path }) => {
      if (path === undefined) return gaveUp('no minimum with a definite curvature was reached');
      const { accuracies, weightNorms, nonlinearity } = path;
      const range = Math.log(accuracies[0] / accuracies[accuracies.length - 1]);
      const slope = equals('slope of log ‖W‖ over log ρ', logLogSlope(accuracies, weightNorms).slope, 1, {
        value: Math.log((1 + nonlinearity) / (1 - nonlinearity)) / range,
        because: 'third derivatives: each ρ is off its line by at most this share',
      });
      const bounds = accuracies.map((accuracy, i) => {
        const bound = lemmaBound(accuracy, Math.sqrt(problem.hessianLipschitz * accuracy), regularization);
        return atMost('‖W‖ against ρ/(2λ − √(Kρ))', weightNorms[i], bound, rounding(64, weightNorms[i]), {
          accuracy,
        });
      });
      return [slope, ...bounds];
    },
    sabotage: {
      'inputs ±1 in place of Gaussian ones': {
        let: () => ({ regularization: 0.02 }),
        define: ({ problem, regularization, stream }) => {
          const well = signWell(problem);
          const { hessianLipschitz } = smoothness(well.problem, regularization);
          return {
            path: approach(stream, withSigns(well.problem, regularization), well.start, hessianLipschitz),
          };
        },
      },
    },
    instances: { smoke: 20, quick: 200, full: 2000 },
  });

  theorem('descent.perturbed', {
    let: { rows: integer(1, 3), columns: integer(1, 3), stream: streams() },
    define: ({ rows, columns, stream }) => {
      const problem = saddleProblem(stream, rows, columns);
      const { gradientLipschitz, hessianLipschitz, valueGap, objective } = problem;
      const accuracy = 0.1 * (gradientLipschitz ** 2 / hessianLipschitz);
      const constants = { gradientLipschitz, hessianLipschitz, valueGap, accuracy, failureProbability };
      const { iterationBound } = perturbedDescentConstants({
        ...constants,
        dimension: objective.dimension,
        constant: 1,
      });
      return { ...problem, accuracy, optimizer: perturbedDescent(constants), most: iterationBound };
    },
    then: {
      atLeast: () => 1 - failureProbability,
      detecting: 0.1,
      missRate: 1e-6,
      trial: (run, stream) => settlesWithinBounds(run, stream),
    },
    sabotage: {
      'no perturbation: plain descent from the saddle': {
        define: ({ gradientLipschitz }) => ({
          optimizer: gradientDescent({ stepSize: 1 / gradientLipschitz }),
        }),
      },
    },
    instances: { smoke: 2, quick: 4, full: 20 },
  });
});
