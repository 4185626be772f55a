import { discoverStructure } from '../../src/applications/networks/discoverStructure.ts';
import { irrelevantNorm } from '../../src/applications/networks/networkLayout.ts';
import type { NetworkRisk } from '../../src/applications/networks/networkRisk.ts';
import { rounding, sum } from '../../src/base/tolerance.ts';
import { gaveUp } from '../../src/claims/claim.ts';
import { atLeast, atMost, type Comparison } from '../../src/claims/comparison.ts';
import { lemmaBound } from '../../src/lemma/lemmaBound.ts';
import { shiftCurvature } from '../../src/lemma/shiftCurvature.ts';
import { steinResidual } from '../../src/lemma/steinResidual.ts';
import { trustRegion } from '../../src/optimize/trustRegion.ts';
import { fineNodes, isResolved, networks, signNodes } from './domains/networks.ts';
import { section, theorem } from './language.ts';

section('Networks forget what the teacher ignores', () => {
  theorem('network.structure-discovery', {
    let: (profile) => ({
      instance: networks(
        profile === 'full'
          ? { deepest: 6, widest: 12, exponents: [1, 4], mostIrrelevant: 2 }
          : { deepest: 4, widest: 6, exponents: [1, 3] },
      ),
    }),
    define: ({ instance }) => {
      const risk = instance.risk();
      const fine = instance.risk(fineNodes(instance));
      const start = instance.start(risk);
      return { risk, fine, start, promised: instance.regularization, resolved: isResolved(fine, start) };
    },
    then: ({ instance, risk, fine, start, promised, resolved }) => {
      const { certificate, startNorm } = discoverStructure(
        instance.stream.fork('descent'),
        risk,
        start,
        trustRegion({ stepLimit: 150 }),
        { gradientTolerance: 1e-5 * promised, curvatureTolerance: promised / 4 },
      );
      if (certificate.outcome !== 'certified') return gaveUp('no eigenvalues');
      const { weightNorm, weightGradientNorm, curvatureDeficit } = certificate;
      const bound = lemmaBound(weightGradientNorm, curvatureDeficit, promised);
      // A bound that the start already meets would say nothing about the descent.
      if (!(bound < startNorm / 10)) return gaveUp('the bound did not come below a tenth of the start');
      const discovered = atMost(
        'norm of W⊥ against ρ/(2λ − γ)',
        weightNorm,
        bound,
        rounding(risk.dimension, weightNorm),
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
      'a loss that is not convex': { atLeast: 0.1, when: ({ instance }) => !instance.loss.convex },
      'a teacher of two directions': {
        atLeast: 0.15,
        when: ({ instance }) => instance.teacher.relevantDimension === 2,
      },
    },
    instances: { smoke: 20, quick: 220, full: 2200 },
  });
});

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
        because: 'twice the change when the quadrature nodes are doubled',
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
