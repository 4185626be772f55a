import { checkInteger } from '../../../numerics/base/checks.ts';
import type { Objective } from '../../../numerics/optimize/objective.ts';
import { embedInto } from '../points/embedInto.ts';
import type { WorkingPairs } from '../points/workingPairs.ts';

/** β = 2⁴⁰ resolves log ratios that differ by 1e-12; beyond it the powers are rounding. */
export const mostDoublings = 40;

/** Points in the coordinates that a descent works in. */
export interface CoordinateRows {
  /** pointCount·rank, row-major. */
  readonly values: Float64Array;
  readonly pointCount: number;
  readonly rank: number;
}

/**
 * A smooth stand-in for log(max m / min m), m_p = |M(x_i − x_j)|²/|x_i − x_j|² over the working pairs:
 *
 *     L_β(M) = (1/β) log Σ_p ω_p m_p^β + (1/β) log Σ_p ω_p m_p^{−β},  β = 2^doublings
 *
 * At the best scale of M the worst distortion is δ = (max m − min m)/(max m + min m) = tanh(½ log(max m/min m)).
 * The variable is M, row-major k·rank. L_β is infinite where some m_p is 0; a product follows a value or gradient at
 * the same x without repeating it.
 *
 * Guarantee: log(max m/min m) ≤ L_β ≤ log(max m/min m) + 2 log(Σ ω)/β, for weights ω of at least 1. L_β does not
 * change with the scale of M.
 *
 * Cost: 2·n·k·rank + count·(3k + 2·doublings) operations for value and gradient; no transcendental function a pair,
 * since β is a power of two. Nothing is allocated.
 */
export class SpreadObjective implements Objective {
  readonly dimension: number;
  readonly #rows: CoordinateRows;
  readonly #k: number;
  readonly #pairs: WorkingPairs;
  readonly #doublings: number;
  readonly #known: Float64Array;
  readonly #embedded: Float64Array;
  readonly #moved: Float64Array;
  readonly #pull: Float64Array;
  readonly #ratios: Float64Array;
  readonly #highs: Float64Array;
  readonly #lows: Float64Array;
  #highSum = 0;
  #lowSum = 0;
  #knownValue = 0;

  /**
   * @param rows read, not copied
   * @param k rows of M
   * @throws RangeError unless 0 ≤ doublings ≤ 40
   */
  constructor(rows: CoordinateRows, k: number, pairs: WorkingPairs, doublings: number) {
    checkInteger('doublings', doublings, 0, mostDoublings);
    const { pointCount: n, rank } = rows;
    this.dimension = k * rank;
    this.#rows = rows;
    this.#k = k;
    this.#pairs = pairs;
    this.#doublings = doublings;
    this.#known = new Float64Array(this.dimension).fill(Number.NaN);
    this.#embedded = new Float64Array(n * k);
    this.#moved = new Float64Array(n * k);
    this.#pull = new Float64Array(n * k);
    this.#ratios = new Float64Array(pairs.count);
    this.#highs = new Float64Array(pairs.count);
    this.#lows = new Float64Array(pairs.count);
  }

  value(x: Float64Array): number {
    this.#visit(x);
    return this.#knownValue;
  }

  gradientInto(out: Float64Array, x: Float64Array): Float64Array {
    this.#visit(x);
    const k = this.#k;
    const { first, second, inverseSquared, count } = this.#pairs;
    const embedded = this.#embedded;
    const pull = this.#pull;
    const ratios = this.#ratios;
    const highs = this.#highs;
    const lows = this.#lows;
    const highSum = this.#highSum;
    const lowSum = this.#lowSum;
    const negligible = 2 ** -40 / Math.max(1, count);
    pull.fill(0);
    for (let p = 0; p < count; p++) {
      const slope = highs[p] / highSum - lows[p] / lowSum;
      if (Math.abs(slope) < negligible) continue;
      const weight = (2 * slope * inverseSquared[p]) / ratios[p];
      const a = first[p] * k;
      const b = second[p] * k;
      for (let c = 0; c < k; c++) {
        const t = weight * (embedded[a + c] - embedded[b + c]);
        pull[a + c] += t;
        pull[b + c] -= t;
      }
    }
    return this.#collectInto(out);
  }

  hessianVectorInto(out: Float64Array, x: Float64Array, direction: Float64Array): Float64Array {
    this.#visit(x);
    const k = this.#k;
    const { first, second, inverseSquared, count } = this.#pairs;
    const beta = 2 ** this.#doublings;
    const embedded = this.#embedded;
    const moved = this.#moved;
    const pull = this.#pull;
    const ratios = this.#ratios;
    embedInto(moved, this.#rows.values, direction, this.#rows.rank, k);
    pull.fill(0);
    // First pass: relative change of every ratio, and its averages under both sets of weights.
    let highMean = 0;
    let lowMean = 0;
    for (let p = 0; p < count; p++) {
      const change = this.#relativeChange(p);
      highMean += this.#highs[p] * change;
      lowMean += this.#lows[p] * change;
    }
    highMean /= this.#highSum;
    lowMean /= this.#lowSum;
    for (let p = 0; p < count; p++) {
      const high = this.#highs[p] / this.#highSum;
      const low = this.#lows[p] / this.#lowSum;
      if (high === 0 && low === 0) continue;
      const change = this.#relativeChange(p);
      const scale = (2 * inverseSquared[p]) / ratios[p];
      const keep = scale * (high - low);
      const turn =
        scale * (beta * (high * (change - highMean) + low * (change - lowMean)) - (high - low) * change);
      const a = first[p] * k;
      const b = second[p] * k;
      for (let c = 0; c < k; c++) {
        const t = keep * (moved[a + c] - moved[b + c]) + turn * (embedded[a + c] - embedded[b + c]);
        pull[a + c] += t;
        pull[b + c] -= t;
      }
    }
    return this.#collectInto(out);
  }

  /** Ratios, normalised powers and the value at x, unless they are known. */
  #visit(x: Float64Array): void {
    const known = this.#known;
    let i = 0;
    while (i < known.length && known[i] === x[i]) i++;
    if (i === known.length) return;
    known.set(x);
    embedInto(this.#embedded, this.#rows.values, x, this.#rows.rank, this.#k);
    const { least, most } = this.#measure();
    this.#raise(least, most);
    const sums = Math.log(this.#highSum) + Math.log(this.#lowSum);
    this.#knownValue = least > 0 ? Math.log(most / least) + sums / 2 ** this.#doublings : Infinity;
  }

  /** The ratios, and their ends. */
  #measure(): { readonly least: number; readonly most: number } {
    const k = this.#k;
    const { first, second, inverseSquared, count } = this.#pairs;
    const embedded = this.#embedded;
    const ratios = this.#ratios;
    let least = Infinity;
    let most = 0;
    for (let p = 0; p < count; p++) {
      const a = first[p] * k;
      const b = second[p] * k;
      // Two sums: one alone would wait for each addition.
      let even = 0;
      let odd = 0;
      let c = 0;
      for (; c + 1 < k; c += 2) {
        const t = embedded[a + c] - embedded[b + c];
        const u = embedded[a + c + 1] - embedded[b + c + 1];
        even += t * t;
        odd += u * u;
      }
      if (c < k) even += (embedded[a + c] - embedded[b + c]) ** 2;
      const squared = (even + odd) * inverseSquared[p];
      ratios[p] = squared;
      if (squared < least) least = squared;
      if (squared > most) most = squared;
    }
    return { least, most };
  }

  /** The powers (m_p/most)^β and (least/m_p)^β times their weights, and their sums. */
  #raise(least: number, most: number): void {
    const { weight, count } = this.#pairs;
    const ratios = this.#ratios;
    const highs = this.#highs;
    const lows = this.#lows;
    const doublings = this.#doublings;
    const inverseMost = 1 / most;
    let highSum = 0;
    let lowSum = 0;
    for (let p = 0; p < count; p++) {
      let high = ratios[p] * inverseMost;
      let low = least / ratios[p];
      for (let j = 0; j < doublings; j++) {
        high *= high;
        low *= low;
      }
      highs[p] = weight[p] * high;
      lows[p] = weight[p] * low;
      highSum += highs[p];
      lowSum += lows[p];
    }
    this.#highSum = highSum;
    this.#lowSum = lowSum;
  }

  /** out ← Σ_p weight_p (y_i − y_j)(x_i − x_j)ᵀ, through the pull on each point. */
  #collectInto(out: Float64Array): Float64Array {
    const k = this.#k;
    const { values, pointCount: n, rank } = this.#rows;
    const pull = this.#pull;
    out.fill(0);
    for (let i = 0; i < n; i++) {
      const row = i * rank;
      for (let c = 0; c < k; c++) {
        const weight = pull[i * k + c];
        if (weight === 0) continue;
        const at = c * rank;
        for (let a = 0; a < rank; a++) out[at + a] += weight * values[row + a];
      }
    }
    return out;
  }

  /** d log m_p along the direction in `moved`. */
  #relativeChange(p: number): number {
    const k = this.#k;
    const a = this.#pairs.first[p] * k;
    const b = this.#pairs.second[p] * k;
    const embedded = this.#embedded;
    const moved = this.#moved;
    let product = 0;
    for (let c = 0; c < k; c++)
      product += (embedded[a + c] - embedded[b + c]) * (moved[a + c] - moved[b + c]);
    return (2 * product * this.#pairs.inverseSquared[p]) / this.#ratios[p];
  }
}
