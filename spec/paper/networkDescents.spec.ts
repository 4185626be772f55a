import { gradientDescent } from '../../src/numerics/optimize/gradientDescent.ts';
import { hessianDescent } from '../../src/numerics/optimize/hessianDescent.ts';
import { lbfgs } from '../../src/numerics/optimize/lbfgs.ts';
import { noisyDescent } from '../../src/numerics/optimize/noisyDescent.ts';
import type { Optimizer } from '../../src/numerics/optimize/optimizer.ts';
import { trustRegion } from '../../src/numerics/optimize/trustRegion.ts';
import { gaveUp, withProbability } from '../../src/papers/claims/claim.ts';
import { choice } from '../../src/papers/claims/domain.ts';
import { allTrained } from './domains/networks/allTrained.ts';
import { growthCharts } from './domains/networks/growthCharts.ts';
import { methodOf, perturbedMethod, withoutIrrelevant } from './domains/networks/jointMethods.ts';
import { atStationaryPoint, jointNetworks, said } from './domains/networks/jointNetworks.ts';
import { gentle, moderate, tiny } from './domains/networks/jointStrata.ts';
import { tinyRegularizationCharts } from './domains/networks/networkCharts.ts';
import { fixedSteps, saddleExample } from './domains/networks/networkExamples.ts';
import {
  descended,
  failureProbability,
  type PerturbedNetwork,
  randomNetworks,
  saddleNetworks,
  theoremDescent,
  unperturbedDescent,
} from './domains/networks/perturbedNetworks.ts';
import { corollary, observation, section, theorem } from './language.ts';

/** The families of saddles, from which no gradient step leads away. */
const saddles = [
  { name: 'saddle of one tanh unit', depth: 1, activation: 'tanh' },
  { name: 'saddle of one erf unit', depth: 1, activation: 'erf' },
  { name: 'saddle of one sine unit', depth: 1, activation: 'sine' },
  { name: 'saddle of two tanh layers', depth: 2, activation: 'tanh' },
  { name: 'saddle of two sine layers', depth: 2, activation: 'sine' },
  { name: 'saddle of three tanh layers', depth: 3, activation: 'tanh' },
  { name: 'saddle of three sine layers', depth: 3, activation: 'sine' },
] as const;

interface PerturbedDescents {
  readonly network: PerturbedNetwork;
  readonly optimizerOf: (network: PerturbedNetwork) => Optimizer;
}

section('Descents that find it', () => {
  theorem('network.perturbed-descent', {
    let: { network: saddleNetworks(1, 'tanh') },
    define: (): { optimizerOf: (network: PerturbedNetwork) => Optimizer } => ({
      optimizerOf: theoremDescent,
    }),
    strata: {
      ...Object.fromEntries(
        saddles.map(({ name, depth, activation }) => [
          name,
          {
            quota: 1,
            let: { network: saddleNetworks(depth, activation) },
            when: ({ network }: { readonly network: PerturbedNetwork }) => allTrained(network),
          },
        ]),
      ),
      'a random start': {
        quota: 1,
        let: { network: randomNetworks() },
        when: ({ network }) => allTrained(network),
      },
    },
    then: withProbability<PerturbedDescents>({
      atLeast: () => 1 - failureProbability,
      detecting: 0.1,
      missRate: 0.1,
      trial: ({ network, optimizerOf }, stream) => descended(network, optimizerOf(network), stream),
    }),
    sabotage: {
      'no perturbation': {
        breaks: 'share of successful trials',
        share: 1,
        strata: saddles.map(({ name }) => name),
        define: (_) => ({ optimizerOf: unperturbedDescent }),
      },
    },
    nulls: {
      'plain gradient descent': { define: (_) => ({ optimizerOf: unperturbedDescent }) },
      'no step at all': {
        define: (_) => ({ optimizerOf: () => gradientDescent({ stepSize: 1, stepLimit: 0 }) }),
      },
    },
    instances: { smoke: 8, quick: 8, full: 40 },
    exhibit: (stream) => ({ observations: [], charts: growthCharts(stream) }),
  });

  corollary('network.any-optimizer', {
    let: {
      instance: jointNetworks(moderate),
      optimizer: choice({ 'trust region': trustRegion({ stepLimit: 1000 }) }),
    },
    define: ({ instance, optimizer }) => ({ method: methodOf(instance, optimizer) }),
    strata: {
      'a trust region': { quota: 1 },
      'Hessian descent': {
        quota: 1,
        let: { optimizer: choice({ 'Hessian descent': hessianDescent({ stepLimit: 20_000 }) }) },
      },
      'L-BFGS': { quota: 1, let: { optimizer: choice({ 'L-BFGS': lbfgs({ stepLimit: 5000 }) }) } },
      'noisy gradient descent, bounded labels': {
        quota: 1,
        let: {
          instance: jointNetworks(gentle),
          optimizer: choice({
            'noisy gradient descent': noisyDescent({ stepSize: 0.2, stepLimit: 100_000 }),
          }),
        },
      },
    },
    then: ({ instance, method }) => {
      const { outcome, point } = method(instance.stream.fork('descent'));
      if (outcome !== 'reached') return gaveUp(`the method ended with ${outcome}`);
      const found = atStationaryPoint(instance, point);
      return typeof found === 'string' ? gaveUp(`no certificate: ${found}`) : found;
    },
    sabotage: {
      'plain gradient descent': {
        breaks: said.norm,
        share: 0.9,
        drops: 'the method ends at a second-order stationary point',
        instances: 6,
        define: ({ instance }) => saddleExample(instance.stream, false),
        restored: { define: ({ instance }) => saddleExample(instance.stream, true) },
      },
    },
    nulls: {
      'the start taken as if it were stationary': {
        instances: 8,
        define: ({ instance }) => ({ method: () => ({ outcome: 'reached', point: instance.start }) }),
      },
      'a hundred gradient steps': {
        instances: 8,
        define: ({ instance }) => ({ method: fixedSteps(instance, 100) }),
      },
    },
    instances: { smoke: 4, quick: 12, full: 400 },
  });

  observation('network.settles-it', {
    let: { instance: jointNetworks({ ...tiny, exponents: [2, 3] }) },
    define: ({ instance }) => ({ method: perturbedMethod(instance) }),
    strata: {
      'λ from 10⁻³ to 10⁻²': { quota: 2 },
      'λ from 10⁻⁴ to 10⁻³': { quota: 1, let: { instance: jointNetworks({ ...tiny, exponents: [3, 4] }) } },
    },
    then: ({ instance, method }) => {
      const { outcome, point } = method(instance.stream.fork('descent'));
      if (outcome !== 'reached') return gaveUp(`perturbed descent ended with ${outcome}`);
      const found = atStationaryPoint(instance, point);
      return typeof found === 'string' ? gaveUp(`no certificate: ${found}`) : found;
    },
    sabotage: {
      'ended after 200 steps, its outcome ignored': {
        breaks: said.gradient,
        share: 0.9,
        drops: 'the stationary point is verified',
        instances: 2,
        define: ({ instance }) => {
          const method = perturbedMethod(instance, 200);
          return { method: (stream) => ({ ...method(stream), outcome: 'reached' }) };
        },
      },
    },
    nulls: {
      'the start taken as if it were stationary': {
        define: ({ instance }) => ({ method: () => ({ outcome: 'reached', point: instance.start }) }),
      },
      'W⊥ of the start set to zero': {
        define: ({ instance }) => ({
          method: () => ({ outcome: 'reached', point: withoutIrrelevant(instance) }),
        }),
      },
    },
    instances: { smoke: 2, quick: 3, full: 90 },
    exhibit: (stream) => ({ observations: [], charts: tinyRegularizationCharts(stream) }),
  });
});
