import { gaveUp } from '../../src/papers/claims/claim.ts';
import { equals } from '../../src/papers/claims/comparison.ts';
import { integer, streams } from '../../src/papers/claims/domain.ts';
import { lowRankSamplesChart } from './domains/generalization/lowRankSamples.ts';
import { compressed, dropped } from './domains/networks/compressed.ts';
import { trustedMethod } from './domains/networks/jointMethods.ts';
import { atStationaryPoint, jointNetworks, said } from './domains/networks/jointNetworks.ts';
import { smoothedRelu, threeUnits, twoUnits } from './domains/networks/jointStrata.ts';
import { sharpnessCharts } from './domains/networks/networkCharts.ts';
import { fixedSteps, frozenRelu, recoveryExample } from './domains/networks/networkExamples.ts';
import { corollary, observation, section } from './language.ts';

const nothingLearned = 'the share of ρ in the loss: what a gradient of ρ may leave of it';

section('What follows, and what does not', () => {
  observation('network.relu-smoothing', {
    let: { instance: jointNetworks(smoothedRelu(1, 2)) },
    define: ({ instance }) => ({ method: trustedMethod(instance) }),
    strata: {
      'ι up to 2': { quota: 1 },
      'ι = 5 or 10': { quota: 1, let: { instance: jointNetworks(smoothedRelu(5, 10)) } },
      'ι = 20 or 50': { quota: 1, let: { instance: jointNetworks(smoothedRelu(20, 50)) } },
    },
    then: ({ instance, method }) => {
      const { outcome, point } = method(instance.stream.fork('descent'));
      if (outcome !== 'reached') return gaveUp(`the descent ended with ${outcome}`);
      const found = atStationaryPoint(instance, point);
      return typeof found === 'string' ? gaveUp(`no certificate: ${found}`) : found;
    },
    sabotage: {
      'biases frozen': {
        breaks: said.norm,
        share: 0.9,
        drops: 'weights and biases are all trained',
        define: ({ instance }) => frozenRelu(instance, false),
        restored: {
          define: ({ instance }) => frozenRelu(instance, true),
        },
      },
    },
    nulls: {
      'the start taken as if it were stationary': {
        define: ({ instance }) => ({ method: () => ({ outcome: 'reached', point: instance.start }) }),
      },
      'a hundred gradient steps': {
        define: ({ instance }) => ({ method: fixedSteps(instance, 100) }),
      },
    },
    instances: { smoke: 3, quick: 15, full: 300 },
    exhibit: (stream) => ({ observations: [], charts: sharpnessCharts(stream) }),
  });

  corollary('network.low-rank', {
    let: { instance: jointNetworks(threeUnits) },
    define: ({ instance }) => ({
      method: trustedMethod(instance),
      rank: instance.problem.relevantDimension,
    }),
    strata: {
      'three units or more, one or two ignored inputs': { quota: 3 },
      'two units, ten to 99 ignored inputs': { quota: 2, let: { instance: jointNetworks(twoUnits) } },
      'two units, 100 to 784 ignored inputs': {
        quota: 2,
        let: { instance: jointNetworks({ ...twoUnits, ignored: [100, 784] }) },
      },
    },
    then: ({ instance, method, rank }) => {
      const { outcome, point } = method(instance.stream.fork('descent'));
      if (outcome !== 'reached') return gaveUp(`the descent ended with ${outcome}`);
      return compressed(instance, point, rank);
    },
    sabotage: {
      // Where the student learns nothing of a teacher, no direction of it is missed.
      'one direction too few': {
        breaks: dropped.direction,
        share: 0.4,
        drops: 'the teacher depends on k directions',
        define: ({ rank }) => ({ rank: rank - 1 }),
      },
    },
    nulls: {
      'the start taken as if it were stationary': {
        define: ({ instance }) => ({ method: () => ({ outcome: 'reached', point: instance.start }) }),
      },
    },
    instances: { smoke: 6, quick: 21, full: 400 },
    exhibit: (stream) => ({ observations: [], charts: [lowRankSamplesChart(stream)] }),
  });

  observation('network.not-recovery', {
    let: { ignored: integer(1, 99), stream: streams() },
    define: ({ ignored, stream }) => recoveryExample(stream, ignored, 2),
    then: ({ instance, method }) => {
      const { outcome, point } = method(instance.stream.fork('descent'));
      if (outcome !== 'reached') return gaveUp(`the descent ended with ${outcome}`);
      const found = atStationaryPoint(instance, point);
      if (typeof found === 'string') return gaveUp(`no certificate: ${found}`);
      // E He₄² = 4!: the loss of predicting 0.
      const loss = instance.risk.loss(point);
      return [
        ...found,
        equals('loss against that of predicting 0', loss, 24, { value: 1e-3, because: nothingLearned }),
      ];
    },
    sabotage: {
      'an He₄ student': {
        breaks: 'loss against that of predicting 0',
        share: 0.9,
        define: ({ ignored, stream }) => recoveryExample(stream, ignored, 4),
      },
    },
    nulls: {
      'the start taken as if it were stationary': {
        define: ({ instance }) => ({ method: () => ({ outcome: 'reached', point: instance.start }) }),
      },
    },
    instances: { smoke: 4, quick: 20, full: 200 },
  });
});
