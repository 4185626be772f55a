import { lemmaBound } from '../../src/lemma/lemmaBound.ts';
import { lemmaCertificate } from '../../src/lemma/lemmaCertificate.ts';
import { nodeExpectation } from '../../src/lemma/nodeExpectation.ts';
import { ridgeExpectation } from '../../src/lemma/ridgeExpectation.ts';
import { steinResidual } from '../../src/lemma/steinResidual.ts';
import { rounding, sum } from '../../src/numerics/base/tolerance.ts';
import type { RandomStream } from '../../src/numerics/random/stream.ts';
import { gaveUp } from '../../src/papers/claims/claim.ts';
import { atLeast, atMost, equals } from '../../src/papers/claims/comparison.ts';
import { drawn, integer, oneOf, streams } from '../../src/papers/claims/domain.ts';
import type { Profile } from '../../src/papers/claims/settings.ts';
import { concaveQuadratic } from './domains/lemma/concaveQuadratic.ts';
import { lemmaCertificates } from './domains/lemma/lemmaCertificates.ts';
import { signCorners } from './domains/lemma/signCorners.ts';
import { smoothFamilies, smoothStrata } from './domains/lemma/smoothFamilies.ts';
import { cosines } from './domains/networks/saddles.ts';
import { corollary, lemma, section } from './language.ts';

const steinWords = 'norm of ∇_W f − (∇²_b f + 2λI)W';
const pointwiseWords = 'norm of ∇_W f against (2λ + λ_min)·‖W‖';
const tightWords = 'norm of W against ρ/(2λ − √(Kρ))';

const largest = (profile: Profile): number => (profile === 'full' ? 12 : 8);

section('The derandomization lemma, at every point', () => {
  lemma('lemma.stein-identity', {
    let: (profile) => ({ family: smoothFamilies(largest(profile)), stream: streams() }),
    strata: (profile) => smoothStrata(largest(profile)),
    define: ({ family, stream }) => {
      const objective = family.gaussian(family.regularization);
      return { objective, point: family.point(stream, objective), promised: family.regularization };
    },
    then: ({ objective, point, promised }) => {
      const { residual, gradientNorm, productNorm, expectationError, summands } = steinResidual(
        objective,
        point,
        promised,
      );
      return atMost(
        steinWords,
        residual,
        0,
        sum(rounding(summands, gradientNorm + productNorm), {
          value: expectationError,
          because: 'rounding, and twice the change to coarser quadrature rules',
        }),
        { gradientNorm, productNorm },
      );
    },
    sabotage: {
      'inputs ±1 in place of Gaussian ones': {
        breaks: steinWords,
        share: 0.8,
        // A quadratic sees the second moments alone, which are the same.
        strata: [
          'a trigonometric sum',
          'a bounded loss that is not convex',
          'a network of one or two layers',
          'a network of three to six layers',
        ],
        drops: 'x is standard Gaussian',
        define: ({ family }) => ({ objective: family.signs(family.regularization) }),
      },
      'λ in place of 2λ': {
        breaks: steinWords,
        share: 0.9,
        define: ({ promised }) => ({ promised: promised / 2 }),
      },
    },
    instances: { smoke: 200, quick: 1000, full: 20_000 },
  });

  corollary('lemma.pointwise', {
    let: (profile) => ({
      family: smoothFamilies(largest(profile)),
      regime: oneOf('as drawn', 'above the curvature'),
      stream: streams(),
    }),
    define: ({ family, regime, stream }) => {
      const objective = family.gaussian(family.regularization);
      const point = family.point(stream, objective);
      const certificate = lemmaCertificate(objective, point);
      const promised = family.regularization;
      if (regime === 'as drawn' || certificate.outcome !== 'certified') return { certificate, promised };
      // The curvature in b does not depend on λ: a tenth above half of it leaves a right-hand side to compare with.
      const enough = 0.55 * Math.abs(certificate.lowestShiftCurvature) + 1e-3;
      return { certificate: lemmaCertificate(family.gaussian(enough), point), promised: enough };
    },
    strata: (profile) => ({
      ...smoothStrata(largest(profile)),
      'a positive right-hand side': {
        quota: 4,
        let: { regime: oneOf('above the curvature') },
        when: ({ certificate, promised }) =>
          certificate.outcome === 'certified' && 2 * promised + certificate.lowestShiftCurvature > 0,
      },
    }),
    then: ({ certificate, promised }) => {
      if (certificate.outcome !== 'certified') return gaveUp(certificate.outcome);
      const { weightGradientNorm, lowestShiftCurvature, highestShiftCurvature, curvatureError } = certificate;
      const norm = certificate.weightNorm;
      return atLeast(
        pointwiseWords,
        weightGradientNorm,
        (2 * promised + lowestShiftCurvature) * norm,
        sum(rounding(64, (2 * promised + Math.abs(highestShiftCurvature)) * norm), {
          value: curvatureError * norm,
          because: 'error of the lowest eigenvalue: rounding, asymmetry and quadrature',
        }),
        { weightNorm: norm, lowestShiftCurvature },
      );
    },
    sabotage: {
      'cos u at inputs ±1 in place of Gaussian ones': {
        breaks: pointwiseWords,
        share: 1,
        drops: 'x is standard Gaussian',
        define: ({ stream }) => cosineNearPi(stream, 'signs'),
        restored: { define: ({ stream }) => cosineNearPi(stream, 'Gaussian') },
      },
      'regularization promised twice, and 1 more': {
        breaks: pointwiseWords,
        strata: ['a positive right-hand side'],
        define: ({ promised }) => ({ promised: 2 * promised + 1 }),
      },
    },
    instances: { smoke: 200, quick: 1000, full: 20_000 },
    exhibit: (stream) => ({ observations: [], charts: [], certificates: lemmaCertificates(stream) }),
  });

  corollary('lemma.tight', {
    let: {
      rows: integer(1, 8),
      columns: integer(1, 8),
      excess: drawn((stream) => 10 ** (-3 + 4 * stream.uniform())),
      stream: streams(),
    },
    strata: {
      'λ within a hundredth above √(Kρ)/2': {
        quota: 1,
        let: { excess: drawn((stream) => 10 ** (-3 + stream.uniform())) },
      },
      'λ up to 10 above √(Kρ)/2': { quota: 2 },
    },
    define: ({ rows, columns, excess, stream }) => {
      const curvature = stream.fork('curvature').uniform() + 0.1;
      return { ...concaveQuadratic(stream, rows, columns, curvature, curvature / 2 + excess), curvature };
    },
    then: ({ objective, point, curvature }) => {
      const certificate = lemmaCertificate(objective, point);
      if (certificate.outcome !== 'certified') return gaveUp(certificate.outcome);
      const { weightNorm: norm, bound, curvatureError } = certificate;
      const gradient = objective.gradientInto(new Float64Array(objective.dimension), point);
      const denominator = 2 * objective.regularization - curvature;
      const { weightGradient } = objective.expectationErrorAt(point);
      const amplification =
        (2 * objective.regularization + curvature) / (2 * objective.regularization - curvature);
      const slack = rounding(64 * objective.dimension * amplification, norm);
      return [
        equals(
          tightWords,
          norm,
          lemmaBound(Math.hypot(...gradient), curvature, objective.regularization),
          slack,
        ),
        equals(
          'norm of W against the bound of its certificate',
          norm,
          bound,
          sum(slack, {
            value: (4 * (weightGradient + curvatureError * norm)) / denominator,
            because: 'the errors that the certificate adds on the unfavourable side, twice over',
          }),
        ),
      ];
    },
    sabotage: {
      'the quadratic is twice as curved as the bound assumes': {
        breaks: tightWords,
        share: 0.95,
        define: ({ curvature }) => ({ curvature: curvature / 2 }),
      },
      'the regularization enters once': {
        breaks: tightWords,
        share: 0.95,
        define: ({ rows, columns, stream, curvature, objective }) => ({
          ...concaveQuadratic(stream, rows, columns, curvature, objective.regularization / 2 + curvature / 4),
          curvature: curvature / 2,
        }),
      },
    },
    instances: { smoke: 200, quick: 1000, full: 10_000 },
  });
});

/**
 * cos u with λ = 0.02 at w near π, b near 0: at inputs ±1 the objective cos w cos b + λw² is nearly stationary there,
 * with curvature 1 in b, and at Gaussian ones e^{−w²/2} cos b + λw² is not.
 */
function cosineNearPi(stream: RandomStream, inputs: 'signs' | 'Gaussian') {
  const noise = stream.fork('near π');
  const point = Float64Array.of(Math.PI + 0.1 * noise.gaussian(), 0.1 * noise.gaussian());
  const wave = cosines([1], [1]);
  const objective =
    inputs === 'signs' ? nodeExpectation(wave, 1, 0.02, signCorners(1)) : ridgeExpectation(wave, 1, 0.02);
  return { certificate: lemmaCertificate(objective, point), promised: 0.02 };
}
