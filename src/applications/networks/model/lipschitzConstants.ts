import { checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import type { LabelledNodes } from '../risk/labelledNodes.ts';
import type { Activation } from './activations.ts';
import type { Loss } from './losses.ts';

/** Lipschitz constants of a risk over all of its trained parameters. */
export interface RiskConstants {
  /** L: ‖∇f(x) − ∇f(y)‖ ≤ L‖x − y‖, the regularisation included. */
  readonly gradientLipschitz: number;
  /** K: ‖∇²f(x) − ∇²f(y)‖ ≤ K‖x − y‖. */
  readonly hessianLipschitz: number;
}

/** A network with one hidden layer, its output layer (a, c) at fixed values. */
export interface FrozenOutputNetwork {
  readonly activation: Activation;
  readonly loss: Loss;
  /** a. */
  readonly outputWeights: ArrayLike<number>;
  /** c. */
  readonly outputShift: number;
  /** Bounds |y|; for the squared loss it and ‖a‖₁ bound |p − y|, if σ is bounded. */
  readonly largestLabel: number;
  /** E‖x̃‖² and E‖x̃‖³, as `inputMoments` gives them. */
  readonly moments: { readonly second: number; readonly third: number };
  /** λ ≥ 0. */
  readonly regularization: number;
}

/**
 * Bounds the Lipschitz constants of a network with one hidden layer whose output layer is frozen.
 *
 *     f(A) = E ℓ(Σ_j a_j σ(A_j·x̃) + c, y) + λ‖W‖²,  x̃ = (x, 1),  A = (W, b)
 *     D²f[V, V] ≤ E‖x̃‖²  (ℓ₂ s₁²‖a‖² + ℓ₁ s₂‖a‖_∞) + 2λ
 *     D³f[V, V, V] ≤ E‖x̃‖³ (ℓ₃ s₁³‖a‖³ + 3ℓ₂ s₁s₂‖a‖‖a‖_∞ + ℓ₁ s₃‖a‖_∞)
 *
 * with s_i and ℓ_i the suprema of the i-th derivatives, since |V_j·x̃| ≤ ‖V_j‖‖x̃‖ and ‖V‖ = 1. The largest value of
 * a symmetric form on the diagonal is its norm (Banach), so these are the constants over all trained parameters.
 * With more trained layers there is none: the risk grows like a polynomial of degree above two.
 *
 * @returns infinity where a supremum it needs is not finite
 * Source: chain rule; Notation: gradientLipschitz ↔ L, hessianLipschitz ↔ K of Definition 2.2.
 */
export function frozenOutputConstants(network: FrozenOutputNetwork): RiskConstants {
  const { activation, loss, outputWeights, outputShift, largestLabel, moments, regularization } = network;
  checkInteger('outputWeights.length', outputWeights.length, 1);
  checkWithin('regularization', regularization, 0, Number.MAX_VALUE);
  let one = 0;
  let squared = 0;
  let most = 0;
  for (let j = 0; j < outputWeights.length; j++) {
    const size = Math.abs(outputWeights[j]);
    one += size;
    squared += size * size;
    most = Math.max(most, size);
  }
  const norm = Math.sqrt(squared);
  const [s0, s1, s2, s3] = activation.suprema;
  const [bounded, l2, l3] = loss.suprema;
  const residual = one * s0 + Math.abs(outputShift) + largestLabel;
  const l1 = Number.isFinite(bounded) ? bounded : l2 * residual;
  return {
    gradientLipschitz: moments.second * (l2 * s1 ** 2 * squared + l1 * s2 * most) + 2 * regularization,
    hessianLipschitz:
      moments.third * (l3 * s1 ** 3 * norm ** 3 + 3 * l2 * s1 * s2 * norm * most + l1 * s3 * most),
  };
}

/** E‖(x, 1)‖² and E‖(x, 1)‖³ over labelled nodes. */
export function inputMoments(nodes: LabelledNodes): { readonly second: number; readonly third: number } {
  const k = nodes.relevant.length / nodes.count;
  const m = nodes.irrelevant.length / nodes.count;
  let second = 0;
  let third = 0;
  for (let n = 0; n < nodes.count; n++) {
    let squared = 1;
    for (let j = 0; j < k; j++) squared += nodes.relevant[n * k + j] ** 2;
    for (let j = 0; j < m; j++) squared += nodes.irrelevant[n * m + j] ** 2;
    second += nodes.weights[n] * squared;
    third += nodes.weights[n] * squared ** 1.5;
  }
  return { second, third };
}
