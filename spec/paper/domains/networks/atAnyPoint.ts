import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import { resolvedRisk } from '../../../../src/applications/networks/risk/resolvedRisk.ts';
import { shiftCurvature } from '../../../../src/lemma/shiftCurvature.ts';
import { steinResidual } from '../../../../src/lemma/steinResidual.ts';
import { rounding, sum } from '../../../../src/numerics/base/tolerance.ts';
import { atLeast, atMost, type Comparison } from '../../../../src/papers/claims/comparison.ts';
import type { JointInstance } from './jointNetworks.ts';

/** What the identity's comparison is called. */
export const stein = 'at a random point: norm of ∇_W f − (∇²_b f + 2λI)W⊥';

/** Largest error of the W⊥-gradient, over its norm. */
const resolution = 1e-6;

/** The Stein identity and the pointwise inequality: what no deeper layer can compensate, wherever the network is. */
export function atAnyPoint(
  { problem, risk: own, stream }: JointInstance,
  promised: number,
): readonly Comparison[] | string {
  // Weights half as large as those of a start: rules of some thousand points then resolve six layers.
  const anywhere = initialParameters(stream.fork('point'), own.layout, 0.5);
  const { risk, point } = resolvedRisk(problem, anywhere);
  const identity = steinResidual(risk, point, promised);
  const unresolved = identity.expectationError > resolution * identity.gradientNorm;
  if (unresolved) return 'the quadrature does not resolve the gradient to 10⁻⁶';
  const shift = shiftCurvature(risk, point);
  if (shift.outcome !== 'decomposed') return shift.outcome;
  const norm = irrelevantNorm(risk.layout, point);
  const rounded = rounding(64 * identity.summands, identity.gradientNorm + identity.productNorm);
  return [
    atMost(
      stein,
      identity.residual,
      0,
      sum(rounded, {
        value: identity.expectationError,
        because: 'twice the change to two coarser rules',
      }),
    ),
    atLeast(
      'at a random point: norm of ∇_W f against (2λ + λ_min)·‖W⊥‖',
      identity.gradientNorm,
      (2 * promised + shift.lowest) * norm,
      sum(rounded, {
        value: identity.expectationError + shift.error * norm,
        because: 'quadrature, and the error of the lowest eigenvalue',
      }),
    ),
  ];
}
