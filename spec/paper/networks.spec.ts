import { gaveUp } from '../../src/papers/claims/claim.ts';
import { limitCharts } from './domains/lemma/limitCharts.ts';
import { allTrained } from './domains/networks/allTrained.ts';
import { atAnyPoint, stein } from './domains/networks/atAnyPoint.ts';
import { trustedMethod, withoutIrrelevant } from './domains/networks/jointMethods.ts';
import { atStationaryPoint, jointNetworks, said } from './domains/networks/jointNetworks.ts';
import {
  enclosed,
  fewIgnored,
  hundredsIgnored,
  oneLayer,
  tensIgnored,
  wide,
  withConstants,
} from './domains/networks/jointStrata.ts';
import { networkCertificates } from './domains/networks/networkCertificates.ts';
import { fixedSteps, frozenBiases, saddleExample, signInputs } from './domains/networks/networkExamples.ts';
import { section, theorem } from './language.ts';

/** The comparisons of a point, by which trivial methods are judged. */
const judged = [said.gradient, said.curvature, said.norm];

section('Networks forget what the teacher ignores', () => {
  theorem('network.structure-discovery', {
    let: { instance: jointNetworks(oneLayer) },
    define: ({ instance }) => ({
      method: trustedMethod(instance),
      identity: () => atAnyPoint(instance, instance.problem.regularization),
    }),
    strata: {
      'one hidden layer': { quota: 5, when: ({ instance }) => allTrained(instance) },
      'two to six layers, one or two ignored inputs': {
        quota: 5,
        let: { instance: jointNetworks(fewIgnored) },
        when: ({ instance }) => allTrained(instance) && instance.depth >= 2,
      },
      'ten to 99 ignored inputs': {
        quota: 5,
        let: { instance: jointNetworks(tensIgnored) },
        when: ({ instance }) => allTrained(instance) && instance.risk.weights.columns >= 10,
      },
      '100 to 784 ignored inputs': {
        quota: 5,
        let: { instance: jointNetworks(hundredsIgnored) },
        when: ({ instance }) => allTrained(instance) && instance.risk.weights.columns >= 100,
      },
      'two layers or more, proven end to end': {
        quota: 5,
        let: { instance: jointNetworks(enclosed) },
        when: ({ instance }) => allTrained(instance) && instance.depth >= 2,
      },
      'squashed weights, so that K exists': {
        quota: 4,
        let: { instance: jointNetworks(withConstants) },
        when: ({ instance }) => allTrained(instance) && instance.problem.hessianLipschitz !== undefined,
      },
      'a first layer of width 64': { quota: 1, let: { instance: jointNetworks(wide) } },
    },
    then: ({ instance, method, identity }) => {
      const { outcome, point } = method(instance.stream.fork('descent'));
      if (outcome !== 'reached') return gaveUp(`the descent ended with ${outcome}`);
      const found = atStationaryPoint(instance, point);
      if (typeof found === 'string') return gaveUp(`no certificate: ${found}`);
      const held = identity();
      return typeof held === 'string' ? gaveUp(held) : [...found, ...held];
    },
    sabotage: {
      'biases frozen': {
        breaks: said.norm,
        share: 0.9,
        drops: 'weights and biases are all trained',
        instances: 6,
        define: ({ instance }) => frozenBiases(instance.stream, false),
        restored: { define: ({ instance }) => frozenBiases(instance.stream, true) },
      },
      'inputs ±1 in place of Gaussian ones': {
        breaks: said.norm,
        share: 0.9,
        drops: 'ignored inputs are standard Gaussian',
        instances: 6,
        define: ({ instance }) => signInputs(instance.stream, false),
        restored: { define: ({ instance }) => signInputs(instance.stream, true) },
      },
      'stationary to first order only': {
        breaks: said.norm,
        share: 0.9,
        instances: 6,
        define: ({ instance }) => saddleExample(instance.stream, false),
        restored: { define: ({ instance }) => saddleExample(instance.stream, true) },
      },
      'λ in place of 2λ in the Stein identity': {
        breaks: stein,
        share: 0.9,
        instances: 7,
        define: ({ instance }) => ({
          identity: () => atAnyPoint(instance, instance.problem.regularization / 2),
        }),
      },
    },
    nulls: {
      'the start taken as if it were stationary': {
        instances: 7,
        compares: judged,
        define: ({ instance }) => ({
          method: () => ({ outcome: 'reached', point: instance.start }),
          identity: () => [],
        }),
      },
      'W⊥ of the start set to zero': {
        instances: 7,
        compares: judged,
        define: ({ instance }) => ({
          method: () => ({ outcome: 'reached', point: withoutIrrelevant(instance) }),
          identity: () => [],
        }),
      },
      'a hundred gradient steps': {
        instances: 7,
        compares: judged,
        define: ({ instance }) => ({ method: fixedSteps(instance, 100), identity: () => [] }),
      },
    },
    instances: { smoke: 8, quick: 30, full: 300 },
    exhibit: (stream) => ({
      observations: [],
      charts: limitCharts(stream),
      certificates: networkCertificates(stream.fork('certificates')),
    }),
  });
});
