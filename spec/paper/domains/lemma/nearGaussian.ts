import { type LemmaCertificate, lemmaCertificate } from '../../../../src/lemma/lemmaCertificate.ts';
import { nodeExpectation } from '../../../../src/lemma/nodeExpectation.ts';
import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { powerInto, quadratureProfile, sineProfile } from '../../../../src/lemma/ridgeProfile.ts';
import type { RidgeSum } from '../../../../src/lemma/ridgeSum.ts';
import { type SteinResidual, steinResidual } from '../../../../src/lemma/steinResidual.ts';
import type { EigenFailure } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import { blockSpectrum } from '../../../../src/numerics/optimize/certify/blockSpectrum.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussHermite } from '../../../../src/numerics/quadrature/gaussHermite.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { type LogLogLine, logLogSlope } from '../../../../src/numerics/statistics/logLogSlope.ts';
import { type InputLaw, type LawPath, lawPaths, productOf, smoothedSigns } from './inputLaws.ts';
import { randomRidgeSum } from './smoothFamilies.ts';

/** A trigonometric g with a point, and how curved g is anywhere. */
export interface RidgePoint {
  readonly sum: RidgeSum;
  readonly columns: number;
  readonly regularization: number;
  readonly point: Float64Array;
  /** sup ‖∇²g‖ ≤ Σ |c_j| ‖ω_j‖². */
  readonly curvatureBound: number;
}

/** A random trigonometric sum of few terms over one or two inputs, and a random point. */
export function ridgePoint(stream: RandomStream): RidgePoint {
  const rows = stream.integer(1, 4);
  const columns = stream.integer(1, 2);
  const sum = randomRidgeSum(stream.fork('sum'), rows, stream.integer(1, 4), [sineProfile], false);
  return {
    sum,
    columns,
    regularization: 10 ** (-3 + 2 * stream.fork('λ').uniform()),
    point: gaussianInto(new Float64Array(rows * columns + rows), stream.fork('point')),
    curvatureBound: sum.terms.reduce(
      (total, { coefficient, direction }) =>
        total + Math.abs(coefficient) * direction.reduce((squares, w) => squares + w * w, 0),
      0,
    ),
  };
}

/** Both sides of the Stein identity at a point, for inputs of a given law. */
export function steinAt(instance: RidgePoint, law: InputLaw): SteinResidual {
  return steinResidual(objectiveUnder(instance, law), instance.point);
}

/** A point under a law of inputs, with the discrepancy that the law is credited with. */
export interface UnderLaw {
  readonly law: InputLaw;
  readonly instance: RidgePoint;
  readonly discrepancy: number;
  readonly stein: SteinResidual;
  readonly certificate: LemmaCertificate | EigenFailure;
}

/** Both sides of the Stein identity and the certificate of a point, for inputs of a given law. */
export function measuredUnder(law: InputLaw, instance: RidgePoint): UnderLaw {
  const objective = objectiveUnder(instance, law);
  return {
    law,
    instance,
    discrepancy: law.discrepancy,
    stein: steinResidual(objective, instance.point),
    certificate: lemmaCertificate(objective, instance.point),
  };
}

function objectiveUnder({ sum, columns, regularization }: RidgePoint, law: InputLaw): RandomizedObjective {
  return nodeExpectation(sum, columns, regularization, productOf(law, columns));
}

/** Excess kurtoses along a path, small enough for the first order to show. */
export const kurtoses = [0.001, 0.002, 0.004, 0.008, 0.016] as const;
/** Points over which a residual is averaged: at a single one the first order may nearly vanish. */
const pointCount = 12;

/** Root mean square over random points of the residual of the identity, along a path of laws. */
export function residualsAlong(stream: RandomStream, path: LawPath): readonly number[] {
  const instances = Array.from({ length: pointCount }, (_, i) => ridgePoint(stream.fork(`point ${i}`)));
  return kurtoses.map((kurtosis) => {
    const law = lawPaths[path](kurtosis);
    const squares = instances.map((instance) => steinAt(instance, law).residual ** 2);
    return Math.sqrt(squares.reduce((total, square) => total + square / pointCount, 0));
  });
}

/** How a residual grows along a path, as a power of the excess kurtosis. */
export function residualSlope(stream: RandomStream, path: LawPath, power: 1 | 2 = 1): LogLogLine {
  const residuals = residualsAlong(stream, path);
  return logLogSlope(
    kurtoses,
    residuals.map((residual) => residual ** power),
  );
}

/** The double well (u² − 1)², exact by four nodes. */
const wells: RidgeSum = {
  inputs: 1,
  trainPhases: false,
  terms: [
    { degree: 4, coefficient: 1 },
    { degree: 2, coefficient: -2 },
  ].map(({ degree, coefficient }) => ({
    profile: quadratureProfile(`power ${degree}`, powerInto(degree), gaussHermite(4)),
    coefficient,
    direction: Float64Array.of(1),
    phase: 0,
  })),
};

/** Where descents on the double well end when x is of a law between normal and ±1. */
export interface WellEnd {
  /** The largest |w| at a joint second-order stationary point that was reached. */
  readonly largestWeight: number;
  /** λ_min of the 2 × 2 Hessian there, its error subtracted. */
  readonly lowestCurvature: number;
  /** Descents that did not reach their goal. */
  readonly failures: number;
}

/** Descends on E((wx + b)² − 1)² + λw² from a grid of starts, x between normal and ±1 with the given kurtosis. */
export function wellEnds(stream: RandomStream, excessKurtosis: number, regularization: number): WellEnd {
  const objective = nodeExpectation(wells, 1, regularization, productOf(smoothedSigns(excessKurtosis), 1));
  // The curvature near the threshold is small, so the goal has to be smaller.
  const goal = { gradientTolerance: 1e-9, curvatureTolerance: 1e-7 };
  let largestWeight = 0;
  let lowestCurvature = 0;
  let failures = 0;
  for (let s = 0; s < 6; s++) {
    const start = Float64Array.of(0.2 * (s + 1), s === 0 ? 0 : 0.02 * stream.fork(`start ${s}`).gaussian());
    const { outcome, point } = trustRegion({ stepLimit: 500 }).minimize(
      stream.fork(`${s}`),
      objective,
      start,
      goal,
    );
    if (outcome !== 'reached') failures++;
    else if (Math.abs(point[0]) >= largestWeight) {
      const spectrum = blockSpectrum(objective, point, 0, 2);
      largestWeight = Math.abs(point[0]);
      lowestCurvature =
        spectrum.outcome === 'decomposed' ? spectrum.lowest - spectrum.error : Number.NEGATIVE_INFINITY;
    }
  }
  return { largestWeight, lowestCurvature, failures };
}
