import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { type LemmaCertificate, lemmaCertificate } from '../../../lemma/lemmaCertificate.ts';
import type { EigenFailure } from '../../../numerics/linalg/symmetricEigen.ts';
import type {
  Descent,
  DescentStep,
  Optimizer,
  StationarityGoal,
} from '../../../numerics/optimize/optimizer.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { irrelevantNorm, type NetworkLayout } from '../model/networkLayout.ts';
import type { NetworkRisk } from '../risk/networkRisk.ts';

/** How to descend. */
export interface DescentPlan {
  readonly optimizer: Optimizer;
  /** The second-order stationarity that the optimizer is asked for; the certificate measures afresh. */
  readonly goal: StationarityGoal;
  /** Called as the descent goes on. */
  readonly observe?: (step: DescentStep) => void;
}

/** A certificate was not begun: it was expected to take so many seconds, beyond the time that was given. */
export interface NotAffordable {
  readonly outcome: 'not-affordable';
  readonly seconds: number;
}

/** What is certain about a point of a network's parameters, and how far it is from a start. */
export interface CertifiedStructure {
  readonly point: Float64Array;
  readonly certificate: LemmaCertificate | EigenFailure | NotAffordable;
  /** ‖W⊥‖_F at the start. */
  readonly startNorm: number;
  /** Singular values of the whole first layer (W∥, W⊥) at the point, descending. */
  readonly spectrum: readonly number[];
}

/** What a descent on a network's risk discovered. */
export interface StructureDiscovery extends CertifiedStructure {
  readonly descent: Descent;
}

/**
 * Certifies a point, wherever it came from, and looks at its first layer.
 *
 * Guarantee: where `certificate.bound` is finite, ‖W⊥‖_F is at most it (Theorem 4.1 in its (ρ, γ) form), so all but
 * k singular values of the first layer are.
 *
 * @param start laid out by `risk.layout`, as `point` is
 * Source: Tsikouras et al., arXiv 2510.19382v2, Theorem 4.1.
 */
export function certifyStructure(
  risk: NetworkRisk,
  start: Float64Array,
  point: Float64Array,
): CertifiedStructure {
  return {
    point,
    certificate: lemmaCertificate(risk, point),
    startNorm: irrelevantNorm(risk.layout, start),
    spectrum: firstLayerSpectrum(risk.layout, point),
  };
}

/**
 * Descends towards a second-order stationary point of a network's risk and certifies where the descent ends.
 *
 * @param start laid out by `risk.layout`; not written to
 */
export function discoverStructure(
  stream: RandomStream,
  risk: NetworkRisk,
  start: Float64Array,
  { optimizer, goal, observe }: DescentPlan,
): StructureDiscovery {
  const descent = optimizer.minimize(stream, risk, start, goal, observe);
  return { descent, ...certifyStructure(risk, start, descent.point) };
}

/** Singular values of (W∥, W⊥), descending. */
export function firstLayerSpectrum(layout: NetworkLayout, x: Float64Array): number[] {
  return new SingularValueDecomposition(firstLayer(layout, x), { autoTranspose: true }).diagonal;
}

/**
 * Replaces the first layer by its best approximation of rank `rank` and leaves everything else.
 *
 * Guarantee: ‖change of the first layer‖_F is the root of the sum of squares of the dropped singular values.
 *
 * @returns a fresh parameter vector
 */
export function compressedFirstLayer(layout: NetworkLayout, x: Float64Array, rank: number): Float64Array {
  const first = firstLayer(layout, x);
  const svd = new SingularValueDecomposition(first, { autoTranspose: true });
  const kept = Matrix.diag(svd.diagonal.map((value, i) => (i < rank ? value : 0)));
  const low = svd.leftSingularVectors.mmul(kept).mmul(svd.rightSingularVectors.transpose());
  const out = x.slice();
  const k = layout.relevantDimension;
  const m = layout.weights.columns;
  for (let i = 0; i < layout.widths[0]; i++) {
    for (let j = 0; j < k; j++) out[layout.relevant.start + i * k + j] = low.get(i, j);
    for (let j = 0; j < m; j++) out[layout.weights.start + i * m + j] = low.get(i, k + j);
  }
  return out;
}

/**
 * Bounds how much predictions change per unit of the first layer's change: Π_l ‖W_l‖₂ · sup|σ'|^L · ‖a‖.
 *
 *     |p(x; W + Δ) − p(x; W)| ≤ C·‖Δ x‖,  so the root mean square over x ~ N(0, I) is at most C‖Δ‖_F
 *
 * @returns infinity when the activation's slope has no bound
 */
export function predictionLipschitz(layout: NetworkLayout, x: Float64Array, slopeSupremum: number): number {
  let constant = slopeSupremum ** layout.widths.length;
  for (const { start, rows, columns } of [...layout.deeperWeights, layout.outputWeights]) {
    const rowsOf = Array.from({ length: rows }, (_, i) =>
      Array.from(x.subarray(start + i * columns, start + (i + 1) * columns)),
    );
    constant *= new SingularValueDecomposition(new Matrix(rowsOf), { autoTranspose: true }).norm2;
  }
  return constant;
}

function firstLayer(layout: NetworkLayout, x: Float64Array): Matrix {
  const k = layout.relevantDimension;
  const m = layout.weights.columns;
  const matrix = new Matrix(layout.widths[0], k + m);
  for (let i = 0; i < layout.widths[0]; i++) {
    for (let j = 0; j < k; j++) matrix.set(i, j, x[layout.relevant.start + i * k + j]);
    for (let j = 0; j < m; j++) matrix.set(i, k + j, x[layout.weights.start + i * m + j]);
  }
  return matrix;
}
