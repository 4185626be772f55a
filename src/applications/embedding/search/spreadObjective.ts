import { checkInteger } from '../../../numerics/base/checks.ts';
import type { Objective } from '../../../numerics/optimize/objective.ts';
import type { WorkingPairs } from './workingPairs.ts';

/** β = 2⁴⁰ resolves log ratios that differ by 1e-12; beyond it the powers are rounding. */
export const mostDoublings = 40;

/**
 * Makes a smooth stand-in for log(max m / min m), m_p = |M(x_i − x_j)|²/|x_i − x_j|² over the working pairs:
 *
 *     L_β(M) = (1/β) log Σ_p ω_p m_p^β + (1/β) log Σ_p ω_p m_p^{−β},  β = 2^doublings
 *
 * At the best scale of M the worst distortion is δ = (max m − min m)/(max m + min m) = tanh(½ log(max m/min m)).
 *
 * Guarantee: log(max m/min m) ≤ L_β ≤ log(max m/min m) + 2 log(Σ ω)/β, for weights ω of at least 1. L_β does not change with the scale of M.
 *
 * @param points pointCount·rank coordinates, row-major; read, not copied
 * @param k rows of M; the variable is M, row-major k·rank
 * @returns infinite where some m_p is 0; a product follows a value or gradient at the same x without repeating it
 * Cost: 2·n·k·rank + count·(3k + 2·doublings) operations for value and gradient; no transcendental function a pair,
 * since β is a power of two. Nothing is allocated.
 */
export function spreadObjective(
  points: Float64Array,
  rank: number,
  k: number,
  pairs: WorkingPairs,
  doublings: number,
): Objective {
  checkInteger('doublings', doublings, 0, mostDoublings);
  const n = points.length / rank;
  const negligible = 2 ** -40 / Math.max(1, pairs.count);
  const { first, second, inverseSquared, weight: multiplicity, count } = pairs;
  const beta = 2 ** doublings;
  const dimension = k * rank;
  const known = new Float64Array(dimension).fill(Number.NaN);
  const embedded = new Float64Array(n * k);
  const moved = new Float64Array(n * k);
  const pull = new Float64Array(n * k);
  const ratios = new Float64Array(count);
  const highs = new Float64Array(count);
  const lows = new Float64Array(count);
  let highSum = 0;
  let lowSum = 0;
  let knownValue = 0;

  /** Ratios and normalised powers at x, unless they are known. */
  const visit = (x: Float64Array): number => {
    let i = 0;
    while (i < dimension && known[i] === x[i]) i++;
    if (i === dimension) return knownValue;
    known.set(x);
    embedInto(embedded, points, x, rank, k);
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
    highSum = 0;
    lowSum = 0;
    const inverseMost = 1 / most;
    for (let p = 0; p < count; p++) {
      let high = ratios[p] * inverseMost;
      let low = least / ratios[p];
      for (let j = 0; j < doublings; j++) {
        high *= high;
        low *= low;
      }
      highs[p] = multiplicity[p] * high;
      lows[p] = multiplicity[p] * low;
      highSum += highs[p];
      lowSum += lows[p];
    }
    knownValue =
      least > 0 ? Math.log(most / least) + (Math.log(highSum) + Math.log(lowSum)) / beta : Infinity;
    return knownValue;
  };

  /** out ← Σ_p weight_p (y_i − y_j)(x_i − x_j)ᵀ, through the pull on each point. */
  const collectInto = (out: Float64Array): Float64Array => {
    out.fill(0);
    for (let i = 0; i < n; i++) {
      const row = i * rank;
      for (let c = 0; c < k; c++) {
        const weight = pull[i * k + c];
        if (weight === 0) continue;
        const at = c * rank;
        for (let a = 0; a < rank; a++) out[at + a] += weight * points[row + a];
      }
    }
    return out;
  };

  return {
    dimension,
    value: visit,
    gradientInto: (out, x) => {
      visit(x);
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
      return collectInto(out);
    },
    hessianVectorInto: (out, x, direction) => {
      visit(x);
      embedInto(moved, points, direction, rank, k);
      pull.fill(0);
      // First pass: relative change of every ratio, and its averages under both sets of weights.
      let highMean = 0;
      let lowMean = 0;
      for (let p = 0; p < count; p++) {
        const change = relativeChange(p);
        highMean += highs[p] * change;
        lowMean += lows[p] * change;
      }
      highMean /= highSum;
      lowMean /= lowSum;
      for (let p = 0; p < count; p++) {
        const high = highs[p] / highSum;
        const low = lows[p] / lowSum;
        if (high === 0 && low === 0) continue;
        const change = relativeChange(p);
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
      return collectInto(out);
    },
  };

  /** d log m_p along the direction in `moved`. */
  function relativeChange(p: number): number {
    const a = first[p] * k;
    const b = second[p] * k;
    let product = 0;
    for (let c = 0; c < k; c++)
      product += (embedded[a + c] - embedded[b + c]) * (moved[a + c] - moved[b + c]);
    return (2 * product * inverseSquared[p]) / ratios[p];
  }
}

/**
 * out ← X·Mᵀ: row i is the image of point i.
 *
 * @param out n·k; may not alias the inputs
 * @param matrix k·rank, row-major
 */
export function embedInto(
  out: Float64Array,
  points: Float64Array,
  matrix: Float64Array,
  rank: number,
  k: number,
): Float64Array {
  const n = out.length / k;
  for (let i = 0; i < n; i++) {
    const row = i * rank;
    let c = 0;
    // Four rows of the matrix at a time, so that each coordinate is loaded once for four products.
    for (; c + 4 <= k; c += 4) {
      const m0 = c * rank;
      const m1 = m0 + rank;
      const m2 = m1 + rank;
      const m3 = m2 + rank;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let a = 0; a < rank; a++) {
        const x = points[row + a];
        s0 += x * matrix[m0 + a];
        s1 += x * matrix[m1 + a];
        s2 += x * matrix[m2 + a];
        s3 += x * matrix[m3 + a];
      }
      out[i * k + c] = s0;
      out[i * k + c + 1] = s1;
      out[i * k + c + 2] = s2;
      out[i * k + c + 3] = s3;
    }
    for (; c < k; c++) {
      let s = 0;
      for (let a = 0; a < rank; a++) s += points[row + a] * matrix[c * rank + a];
      out[i * k + c] = s;
    }
  }
  return out;
}
