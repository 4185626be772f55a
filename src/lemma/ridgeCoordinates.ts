import { checkInteger } from '../numerics/base/checks.ts';
import type { RandomizedObjective } from './randomizedObjective.ts';
import { checkRidgeSum, type RidgeSum, ridgeHessianLipschitz } from './ridgeSum.ts';

/**
 * Where W (k·d, row-major), b (k) and, where they are trained, the phases of a ridge sum stand among its coordinates,
 * and how one term sees them.
 */
export class RidgeCoordinates {
  readonly sum: RidgeSum;
  readonly columns: number;
  readonly shiftStart: number;
  readonly phaseStart: number;
  readonly dimension: number;

  /** @throws RangeError for directions of other lengths than k or for `columns` below 1 */
  constructor(sum: RidgeSum, columns: number) {
    checkRidgeSum(sum);
    checkInteger('columns', columns, 1);
    this.sum = sum;
    this.columns = columns;
    this.shiftStart = sum.inputs * columns;
    this.phaseStart = this.shiftStart + sum.inputs;
    this.dimension = this.phaseStart + (sum.trainPhases ? sum.terms.length : 0);
  }

  /** What the lemma is told of these coordinates. */
  blocks(): Pick<RandomizedObjective, 'dimension' | 'weights' | 'shift' | 'hessianLipschitz'> {
    const { sum, columns, dimension, shiftStart } = this;
    const hessianLipschitz = ridgeHessianLipschitz(sum);
    return {
      dimension,
      weights: { kind: 'matrix', start: 0, rows: sum.inputs, columns },
      shift: { start: shiftStart, length: sum.inputs },
      ...(hessianLipschitz === undefined ? {} : { hessianLipschitz }),
    };
  }

  /** out ← Wᵀω of term t; returns its norm. */
  projectInto(out: Float64Array, x: Float64Array, t: number): number {
    const d = this.columns;
    const { direction } = this.sum.terms[t];
    out.fill(0);
    for (let i = 0; i < direction.length; i++) {
      for (let j = 0; j < d; j++) out[j] += x[i * d + j] * direction[i];
    }
    let squared = 0;
    for (let j = 0; j < d; j++) squared += out[j] * out[j];
    return Math.sqrt(squared);
  }

  /** ω·b + φ of term t at x. */
  shiftAt(x: Float64Array, t: number): number {
    return this.#shift(x, t, this.sum.terms[t].phase);
  }

  /** The derivative of `shiftAt` along the direction v. */
  shiftAlong(v: Float64Array, t: number): number {
    return this.#shift(v, t, 0);
  }

  #shift(x: Float64Array, t: number, fixedPhase: number): number {
    const { direction } = this.sum.terms[t];
    let m = this.sum.trainPhases ? x[this.phaseStart + t] : fixedPhase;
    for (let i = 0; i < direction.length; i++) m += direction[i] * x[this.shiftStart + i];
    return m;
  }

  /** Adds `alongW`·ω aᵀ to the W-block of out, `along`·ω to its b-block and `along` to the phase of term t. */
  addInto(out: Float64Array, t: number, a: Float64Array, alongW: number, along: number): void {
    const d = this.columns;
    const { direction } = this.sum.terms[t];
    for (let i = 0; i < direction.length; i++) {
      const w = alongW * direction[i];
      for (let j = 0; j < d; j++) out[i * d + j] += w * a[j];
      out[this.shiftStart + i] += along * direction[i];
    }
    if (this.sum.trainPhases) out[this.phaseStart + t] += along;
  }

  /** λ‖W‖². */
  penalty(x: Float64Array, regularization: number): number {
    let total = 0;
    for (let i = 0; i < this.shiftStart; i++) total += regularization * x[i] * x[i];
    return total;
  }

  /** out ← the derivative of λ‖W‖² at x, zero outside the W-block. */
  penaltyGradientInto(out: Float64Array, x: Float64Array, regularization: number): Float64Array {
    out.fill(0);
    for (let i = 0; i < this.shiftStart; i++) out[i] = 2 * regularization * x[i];
    return out;
  }
}
