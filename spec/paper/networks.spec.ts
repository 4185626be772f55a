import { irrelevantNorm } from '../../src/applications/networks/model/networkLayout.ts';
import type { NetworkRisk } from '../../src/applications/networks/risk/networkRisk.ts';
import {
  compressedFirstLayer,
  predictionLipschitz,
} from '../../src/applications/networks/study/discoverStructure.ts';
import { lemmaBound } from '../../src/lemma/lemmaBound.ts';
import { expectationSafety } from '../../src/lemma/randomizedObjective.ts';
import { shiftCurvature } from '../../src/lemma/shiftCurvature.ts';
import { steinResidual } from '../../src/lemma/steinResidual.ts';
import { rounding, sum } from '../../src/numerics/base/tolerance.ts';
import { gradientDescent } from '../../src/numerics/optimize/gradientDescent.ts';
import { hessianDescent } from '../../src/numerics/optimize/hessianDescent.ts';
import { lbfgs } from '../../src/numerics/optimize/lbfgs.ts';
import { noisyDescent } from '../../src/numerics/optimize/noisyDescent.ts';
import type { Optimizer } from '../../src/numerics/optimize/optimizer.ts';
import { trustRegion } from '../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../src/numerics/random/stream.ts';
import { gaveUp, withProbability } from '../../src/papers/claims/claim.ts';
import { atLeast, atMost, type Comparison, tightness } from '../../src/papers/claims/comparison.ts';
import { choice, integer, streams } from '../../src/papers/claims/domain.ts';
import { limitCharts } from './domains/lemma/limitCharts.ts';
import { type BoundedNetwork, boundedNetworks, theoremDescent } from './domains/networks/boundedNetworks.ts';
import { lowRankSamplesChart } from './domains/networks/lowRankSamples.ts';
import { networkCertificates } from './domains/networks/networkCertificates.ts';
import {
  sharpnessCharts,
  stepsAgainstAccuracy,
  tinyRegularizationCharts,
} from './domains/networks/networkCharts.ts';
import {
  discovery,
  fineNodes,
  isResolved,
  networks,
  signNodes,
  smoothReluInstance,
  undescended,
} from './domains/networks/networks.ts';
import { corollary, observation, section, theorem } from './language.ts';

section('Networks forget what the teacher ignores', () => {
  theorem('network.structure-discovery', {
    let: (profile) => ({
      instance: networks(
        profile === 'full'
          ? { deepest: 6, widest: 12, exponents: [1, 4], mostIrrelevant: 2, wide: 'giants' }
          : { deepest: 6, widest: 6, exponents: [1, 3], wide: 'first' },
      ),
    }),
    define: ({ instance }) => {
      const risk = instance.risk();
      const fine = instance.risk(fineNodes(instance));
      const start = instance.start(risk);
      return { risk, fine, start, promised: instance.regularization, resolved: isResolved(fine, start) };
    },
    then: ({ instance, risk, fine, start, promised, resolved }) => {
      const { norm, bound, startNorm, curvatureDeficit } = discovery(instance, risk, promised);
      // A bound that the start already meets would say nothing about the descent.
      if (!(bound < startNorm / 10)) return gaveUp('the bound did not come below a tenth of the start');
      const discovered = atMost(
        'norm of W⊥ against ρ/(2λ − γ)',
        norm,
        bound,
        rounding(risk.dimension, norm),
        { startNorm, curvatureDeficit, regularization: promised },
      );
      return resolved ? [discovered, ...atAnyPoint(fine, start, promised)] : discovered;
    },
    sabotage: {
      'biases frozen': {
        define: ({ instance }) => ({
          risk: instance.risk({ frozen: ['shift', 'deeper-shifts', 'output-shift'] }),
        }),
      },
      'no regularization': { define: ({ instance }) => ({ risk: instance.risk({ regularization: 0 }) }) },
      'inputs ±1 in place of Gaussian ones': {
        define: ({ instance }) => ({ risk: instance.risk(signNodes(instance)) }),
      },
      'a bound for twice the regularization': { define: ({ promised }) => ({ promised: 2 * promised }) },
    },
    covers: {
      'a start where the quadrature resolves the identity': {
        atLeast: 0.6,
        when: ({ resolved }) => resolved,
      },
      'three layers or more': { atLeast: 0.25, when: ({ instance }) => instance.depth >= 3 },
      'five layers or six': { atLeast: 0.1, when: ({ instance }) => instance.depth >= 5 },
      'a first layer of width 64': { atLeast: 0.02, when: ({ instance }) => instance.widths[0] === 64 },
      'a loss that is not convex': { atLeast: 0.1, when: ({ instance }) => !instance.loss.convex },
      'a teacher of two directions': {
        atLeast: 0.15,
        when: ({ instance }) => instance.teacher.relevantDimension === 2,
      },
    },
    instances: { smoke: 20, quick: 220, full: 2200 },
    exhibit: (stream) => ({
      observations: [],
      charts: limitCharts(stream),
      certificates: networkCertificates(stream.fork('certificates')),
    }),
  });

  theorem('network.perturbed-descent', {
    let: { random: boundedNetworks('random'), saddle: boundedNetworks('saddle') },
    define: (): { optimizerOf: (network: BoundedNetwork) => Optimizer } => ({ optimizerOf: theoremDescent }),
    then: withProbability<PerturbedDescents>({
      // Each of the two descents may fail with probability δ = 0.05.
      atLeast: () => 0.9,
      detecting: 0.5,
      missRate: 0.01,
      trial: ({ random, saddle, optimizerOf }, stream) => {
        const ends = [random, saddle].map((network, i) =>
          descended(network, optimizerOf(network), stream.fork(i)),
        );
        return tightness(ends[0]) > tightness(ends[1]) ? ends[0] : ends[1];
      },
    }),
    sabotage: { 'no perturbation': { define: () => ({ optimizerOf: unperturbedDescent }) } },
    instances: { smoke: 2, quick: 4, full: 40 },
    exhibit: (stream) => ({ observations: [], charts: [stepsAgainstAccuracy(stream)] }),
  });

  corollary('network.any-optimizer', {
    let: {
      network: boundedNetworks(),
      method: choice({
        'trust region': trustRegion({ stepLimit: 1000 }),
        'Hessian descent': hessianDescent({ stepLimit: 5000 }),
        'L-BFGS': lbfgs({ stepLimit: 2000 }),
        'noisy gradient descent': noisyDescent({ stepSize: 0.1, stepLimit: 20_000 }),
      }),
    },
    define: ({ method }) => ({ optimizer: method }),
    then: ({ network, optimizer }) => {
      const { risk, regularization: lambda, stream } = network;
      const start = network.start(stream.fork('start'));
      const goal = { gradientTolerance: 1e-3 * lambda, curvatureTolerance: lambda / 2 };
      const { outcome, point, gradientNorm } = optimizer.minimize(stream.fork('descent'), risk, start, goal);
      if (outcome !== 'reached') return gaveUp(`the method ended with ${outcome}`);
      const error = risk.expectationErrorAt(point);
      const norm = irrelevantNorm(risk.layout, point);
      // The methods judge curvature by a Ritz value, which is above λ_min by a little: twice what was asked.
      const bound = lemmaBound(gradientNorm + expectationSafety * error.weightGradient, lambda, lambda);
      return atMost('norm of W⊥ against ρ/(2λ − γ)', norm, bound, rounding(risk.dimension, norm), {
        startNorm: irrelevantNorm(risk.layout, start),
      });
    },
    sabotage: {
      'plain gradient descent': {
        define: ({ network }) => ({
          optimizer: gradientDescent({
            stepSize: 1 / network.constants.gradientLipschitz,
            stepLimit: 20_000,
          }),
        }),
      },
    },
    covers: { 'a start on a saddle': { atLeast: 0.15, when: ({ network }) => network.onSaddle } },
    instances: { smoke: 30, quick: 100, full: 1000 },
  });

  observation('network.relu-smoothing', {
    let: {
      sharpness: choice({ 'ι = 1': 1, 'ι = 2': 2, 'ι = 5': 5, 'ι = 10': 10, 'ι = 20': 20, 'ι = 50': 50 }),
      width: integer(2, 4),
      stream: streams(),
    },
    define: ({ sharpness, width, stream }) => {
      const instance = smoothReluInstance(sharpness, width, stream);
      return { instance, risk: instance.risk(), promised: instance.regularization };
    },
    then: ({ instance, risk, promised }) => {
      const { norm, bound, startNorm } = discovery(instance, risk, promised);
      if (!(bound < startNorm / 10)) return gaveUp('the bound did not come below a tenth of the start');
      return atMost('norm of W⊥ against ρ/(2λ − γ)', norm, bound, rounding(risk.dimension, norm), {
        startNorm,
      });
    },
    sabotage: {
      'no regularization': { define: ({ instance }) => ({ risk: instance.risk({ regularization: 0 }) }) },
      'a bound for twice the regularization': { define: ({ promised }) => ({ promised: 2 * promised }) },
    },
    instances: { smoke: 10, quick: 60, full: 600 },
    exhibit: (stream) => ({ observations: [], charts: sharpnessCharts(stream) }),
  });

  corollary('network.low-rank', {
    let: { instance: networks({ deepest: 3, widest: 6, exponents: [1, 2.5], polynomials: false }) },
    define: ({ instance }) => {
      const risk = instance.risk();
      return {
        risk,
        found: discovery(instance, risk, instance.regularization),
        rank: instance.teacher.relevantDimension,
      };
    },
    then: ({ instance, risk, found, rank }) => {
      const { point, bound, startNorm, spectrum, nodeCount } = found;
      if (!(bound < startNorm / 10)) return gaveUp('the bound did not come below a tenth of the start');
      const before = risk.predictionsInto(new Float64Array(nodeCount), point);
      const compressed = compressedFirstLayer(risk.layout, point, rank);
      const after = risk.predictionsInto(new Float64Array(nodeCount), compressed);
      const allowed = predictionLipschitz(risk.layout, point, instance.activation.suprema[1]) * bound;
      const slack = rounding(64 * risk.dimension, spectrum[0] + Math.hypot(...before));
      return [
        atMost(
          'largest singular value beyond those kept, against the bound',
          spectrum[rank] ?? 0,
          bound,
          slack,
        ),
        atMost(
          'change of the predictions, root mean square',
          found.rootMeanSquare(before, after),
          allowed,
          slack,
        ),
      ];
    },
    sabotage: {
      'one direction too few': { define: ({ rank }) => ({ rank: rank - 1 }) },
      'a point that was not descended to': {
        define: ({ instance, risk, found }) => ({ found: { ...found, ...undescended(instance, risk) } }),
      },
    },
    covers: {
      'all of the teacher is found: k singular values above the bound': {
        atLeast: 0.3,
        when: ({ found, instance }) =>
          found.spectrum[instance.teacher.relevantDimension - 1] > 2 * found.bound,
      },
    },
    instances: { smoke: 15, quick: 80, full: 800 },
    exhibit: (stream) => ({ observations: [], charts: [lowRankSamplesChart(stream)] }),
  });

  observation('network.settles-it', {
    let: { instance: networks({ deepest: 6, widest: 5, exponents: [2, 4], polynomials: false, tame: true }) },
    define: ({ instance }) => ({ risk: instance.risk(), promised: instance.regularization }),
    then: ({ instance, risk, promised }) => {
      const { norm, bound, startNorm } = discovery(instance, risk, promised);
      if (!(bound < startNorm / 10)) return gaveUp('the bound did not come below a tenth of the start');
      return atMost('norm of W⊥ against ρ/(2λ − γ)', norm, bound, rounding(risk.dimension, norm), {
        startNorm,
        depth: instance.depth,
      });
    },
    sabotage: {
      'no regularization': { define: ({ instance }) => ({ risk: instance.risk({ regularization: 0 }) }) },
      'a bound for twice the regularization': { define: ({ promised }) => ({ promised: 2 * promised }) },
    },
    covers: { 'four layers or more': { atLeast: 0.3, when: ({ instance }) => instance.depth >= 4 } },
    instances: { smoke: 6, quick: 20, full: 300 },
    exhibit: (stream) => ({ observations: [], charts: tinyRegularizationCharts(stream) }),
  });
});

interface PerturbedDescents {
  readonly random: BoundedNetwork;
  readonly saddle: BoundedNetwork;
  readonly optimizerOf: (network: BoundedNetwork) => Optimizer;
}

/** Where a descent with the theorem's ρ and √(Kρ) = λ ends, against ρ/Δ. */
function descended(network: BoundedNetwork, optimizer: Optimizer, stream: RandomStream): Comparison {
  const { risk, gradientTolerance, regularization } = network;
  const start = network.start(stream.fork('start'));
  const goal = { gradientTolerance, curvatureTolerance: regularization };
  const { point } = optimizer.minimize(stream.fork('descent'), risk, start, goal);
  const norm = irrelevantNorm(risk.layout, point);
  const bound = lemmaBound(gradientTolerance, regularization, regularization);
  return atMost('norm of W⊥ against ρ/Δ', norm, bound, rounding(risk.dimension, norm), {
    startNorm: irrelevantNorm(risk.layout, start),
  });
}

/** The same gradient steps, without the noise. */
function unperturbedDescent({ constants }: BoundedNetwork): Optimizer {
  return gradientDescent({ stepSize: 1 / constants.gradientLipschitz, stepLimit: 4000 });
}

/** The Stein identity and the pointwise inequality: what no deeper layer can compensate, wherever the network is. */
function atAnyPoint(risk: NetworkRisk, x: Float64Array, promised: number): Comparison[] {
  const stein = steinResidual(risk, x, promised);
  const shift = shiftCurvature(risk, x);
  if (shift.outcome !== 'decomposed') return [];
  const norm = irrelevantNorm(risk.layout, x);
  const rounded = rounding(stein.summands, stein.gradientNorm + stein.productNorm);
  return [
    atMost(
      'at the start: norm of ∇_W f − (∇²_b f + 2λI)W⊥',
      stein.residual,
      0,
      sum(rounded, {
        value: stein.expectationError,
        because: 'twice the change when the quadrature nodes are doubled, or one more',
      }),
    ),
    atLeast(
      'at the start: norm of ∇_W f against (2λ + λ_min)·‖W⊥‖',
      stein.gradientNorm,
      (2 * promised + shift.lowest) * norm,
      sum(rounded, {
        value: stein.expectationError + shift.error * norm,
        because: 'quadrature, and the error of the lowest eigenvalue',
      }),
    ),
  ];
}
