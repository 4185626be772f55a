import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import { resolvedRisk } from '../../../../src/applications/networks/risk/resolvedRisk.ts';
import { shiftCurvature } from '../../../../src/lemma/shiftCurvature.ts';
import { steinResidual } from '../../../../src/lemma/steinResidual.ts';
import { rounding, sum } from '../../../../src/numerics/base/tolerance.ts';
import { atLeast, atMost, type Comparison } from '../../../../src/papers/claims/comparison.ts';
import type { JointInstance } from './jointNetworks.ts';

/** What the identity's comparison is called. */
export const stein = 'at the start: norm of ∇_W f − (∇²_b f + 2λI)W⊥';

/** The Stein identity and the pointwise inequality: what no deeper layer can compensate, wherever the network is. */
export function atTheStart({ problem, start }: JointInstance, promised: number): readonly Comparison[] {
  const { risk, point } = resolvedRisk(problem, start);
  const identity = steinResidual(risk, point, promised);
  const shift = shiftCurvature(risk, point);
  if (shift.outcome !== 'decomposed') return [];
  const norm = irrelevantNorm(risk.layout, point);
  const rounded = rounding(64 * identity.summands, identity.gradientNorm + identity.productNorm);
  return [
    atMost(
      stein,
      identity.residual,
      0,
      sum(rounded, {
        value: identity.expectationError,
        because: 'twice the change to two rules of twice the step',
      }),
    ),
    atLeast(
      'at the start: norm of ∇_W f against (2λ + λ_min)·‖W⊥‖',
      identity.gradientNorm,
      (2 * promised + shift.lowest) * norm,
      sum(rounded, {
        value: identity.expectationError + shift.error * norm,
        because: 'quadrature, and the error of the lowest eigenvalue',
      }),
    ),
  ];
}
