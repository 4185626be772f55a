import { lemmaBound } from '../../src/lemma/lemmaBound.ts';
import { lemmaCertificate } from '../../src/lemma/lemmaCertificate.ts';
import { steinResidual } from '../../src/lemma/steinResidual.ts';
import { rounding, sum } from '../../src/numerics/base/tolerance.ts';
import { gaveUp } from '../../src/papers/claims/claim.ts';
import { atLeast, atMost, equals } from '../../src/papers/claims/comparison.ts';
import { integer, streams } from '../../src/papers/claims/domain.ts';
import { concaveQuadratic } from './domains/lemma/concaveQuadratic.ts';
import { lemmaCertificates } from './domains/lemma/lemmaCertificates.ts';
import { smoothFamilies } from './domains/lemma/smoothFamilies.ts';
import { corollary, lemma, section } from './language.ts';

section('The derandomization lemma, at every point', () => {
  lemma('lemma.stein-identity', {
    let: (profile) => ({ family: smoothFamilies(profile === 'full' ? 12 : 8), stream: streams() }),
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
        'norm of ∇_W f − (∇²_b f + 2λI)W',
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
        define: ({ family }) => ({ objective: family.signs(family.regularization) }),
      },
      'λ in place of 2λ': {
        define: ({ promised }) => ({ promised: promised / 2 }),
      },
    },
    covers: {
      'a network of depth 3 or more': { atLeast: 0.08, when: ({ family }) => family.depth >= 3 },
      'a trigonometric sum': { atLeast: 0.1, when: ({ family }) => family.family === 'trigonometric' },
      'at least four rows and columns': {
        atLeast: 0.1,
        when: ({ objective: { weights } }) => weights.rows >= 4 && weights.columns >= 4,
      },
    },
    instances: { smoke: 200, quick: 2000, full: 20_000 },
  });

  corollary('lemma.pointwise', {
    let: (profile) => ({ family: smoothFamilies(profile === 'full' ? 12 : 8), stream: streams() }),
    define: ({ family, stream }) => {
      const objective = family.gaussian(family.regularization);
      const point = family.point(stream, objective);
      return { point, certificate: lemmaCertificate(objective, point), promised: family.regularization };
    },
    then: ({ certificate, promised }) => {
      if (certificate.outcome !== 'certified') return gaveUp(certificate.outcome);
      const { weightGradientNorm, lowestShiftCurvature, highestShiftCurvature, curvatureError } = certificate;
      const norm = certificate.weightNorm;
      return atLeast(
        'norm of ∇_W f against (2λ + λ_min)·‖W‖',
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
      'inputs ±1 in place of Gaussian ones': {
        define: ({ family, point }) => ({
          certificate: lemmaCertificate(family.signs(family.regularization), point),
        }),
      },
      'regularization promised twice': { define: ({ promised }) => ({ promised: 2 * promised + 1 }) },
    },
    covers: {
      'a positive right-hand side': {
        atLeast: 0.1,
        when: ({ certificate, promised }) =>
          certificate.outcome === 'certified' && 2 * promised + certificate.lowestShiftCurvature > 0,
      },
    },
    instances: { smoke: 200, quick: 2000, full: 20_000 },
    exhibit: (stream) => ({ observations: [], charts: [], certificates: lemmaCertificates(stream) }),
  });

  corollary('lemma.tight', {
    let: { rows: integer(1, 8), columns: integer(1, 8), stream: streams() },
    define: ({ rows, columns, stream }) => {
      const curvature = stream.fork('curvature').uniform() + 0.1;
      const regularization = curvature / 2 + 10 ** (-3 + 4 * stream.fork('regularization').uniform());
      return { ...concaveQuadratic(stream, rows, columns, curvature, regularization), curvature };
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
          'norm of W against ρ/(2λ − √(Kρ))',
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
        define: ({ curvature }) => ({ curvature: curvature / 2 }),
      },
      'the regularization enters once': {
        define: ({ rows, columns, stream, curvature, objective }) => ({
          ...concaveQuadratic(stream, rows, columns, curvature, objective.regularization / 2 + curvature / 4),
          curvature: curvature / 2,
        }),
      },
    },
    instances: { smoke: 200, quick: 1000, full: 10_000 },
  });
});
