import {
  inverseRootTwoPi,
  tabulatedNormalCdf,
  tabulatedNormalDensity,
} from '../../../numerics/statistics/normal.ts';
import type { SignQuadratic } from '../problem/signQuadratic.ts';

/** What fixes a smoothed assignment: points are [V row-major, n·rank entries; μ, n entries]. */
export interface SignShape {
  readonly quadratic: SignQuadratic;
  /** k, the columns of V. */
  readonly rank: number;
  /** τ. */
  readonly smoothing: number;
  /** λ. */
  readonly regularization: number;
}

/**
 * First and second derivatives in μ of E Q, at one point, and their derivatives along a direction.
 *
 * Since E g(Vz + μ) solves the heat equation in the covariance VVᵀ, these determine every derivative in V as well.
 */
export interface SignBands {
  /** s_i = √(|v_i|² + τ²) and h_i = μ_i/s_i. */
  readonly scale: Float64Array;
  readonly standard: Float64Array;
  readonly density: Float64Array;
  /** ∂/∂μ_i and ∂²/∂μ_i². */
  readonly slope: Float64Array;
  readonly diagonal: Float64Array;
  /** ∂²/∂μ_i∂μ_j, at the places of `quadratic.neighbours`. */
  readonly off: Float64Array;
  readonly scaleRate: Float64Array;
  readonly standardRate: Float64Array;
  readonly slopeRate: Float64Array;
  readonly diagonalRate: Float64Array;
  readonly offRate: Float64Array;
}

/** Allocates the bands of a quadratic. */
export function signBands({ variables, weights }: SignQuadratic): SignBands {
  const column = (): Float64Array => new Float64Array(variables);
  return {
    scale: column(),
    standard: column(),
    density: column(),
    slope: column(),
    diagonal: column(),
    off: new Float64Array(weights.length),
    scaleRate: column(),
    standardRate: column(),
    slopeRate: column(),
    diagonalRate: column(),
    offRate: new Float64Array(weights.length),
  };
}

/** bands.scale and bands.standard ← s_i and h_i. */
export function standardizeInto(
  bands: SignBands,
  { quadratic, rank: k, smoothing }: SignShape,
  x: Float64Array,
): void {
  const n = quadratic.variables;
  for (let i = 0; i < n; i++) {
    let squared = smoothing * smoothing;
    for (let c = i * k; c < (i + 1) * k; c++) squared += x[c] * x[c];
    bands.scale[i] = Math.sqrt(squared);
    bands.standard[i] = x[n * k + i] / bands.scale[i];
  }
}

/** v_i·v_j. */
export function rowProduct(x: Float64Array, k: number, i: number, j: number): number {
  let sum = 0;
  for (let c = 0; c < k; c++) sum += x[i * k + c] * x[j * k + c];
  return sum;
}

/**
 * bands ← the derivatives in μ of E Q at x.
 *
 * With C = E x_i x_j = 4Φ₂(h_i, h_j; r) − 2Φ(h_i) − 2Φ(h_j) + 1 and c = (h_j − r h_i)/√(1 − r²),
 *
 *     ∂C/∂h_i = 2φ(h_i)(2Φ(c) − 1),  ∂²C/∂h_i² = −h_i ∂C/∂h_i − 4rφ₂,  ∂²C/∂h_i∂h_j = ∂C/∂r = 4φ₂.
 *
 * Cost: O((n + m)·k); one Φ and one φ from tables an entry.
 */
export function signBandsInto(bands: SignBands, shape: SignShape, x: Float64Array): void {
  const { quadratic, rank: k } = shape;
  const { variables: n, field, offsets, neighbours, weights } = quadratic;
  standardizeInto(bands, shape, x);
  const { scale, standard, density, slope, diagonal, off } = bands;
  for (let i = 0; i < n; i++) density[i] = Math.exp(-0.5 * standard[i] * standard[i]) * inverseRootTwoPi;
  for (let i = 0; i < n; i++) {
    const h = standard[i];
    let first = 2 * field[i] * density[i];
    let second = -h * first;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      const r = rowProduct(x, k, i, j) / (scale[i] * scale[j]);
      const inverseRoot = 1 / Math.sqrt(1 - r * r);
      const c = (standard[j] - r * h) * inverseRoot;
      const along = weights[p] * 2 * density[i] * (2 * tabulatedNormalCdf(c) - 1);
      const joint = 4 * weights[p] * density[i] * tabulatedNormalDensity(c) * inverseRoot;
      first += along;
      second -= h * along + r * joint;
      off[p] = joint / (scale[i] * scale[j]);
    }
    slope[i] = first / scale[i];
    diagonal[i] = second / (scale[i] * scale[i]);
  }
}

/**
 * The rates of all bands ← their derivatives along a direction; `signBandsInto` at x comes first.
 *
 * Cost: as `signBandsInto`, with an exact density in place of the table's.
 */
export function signBandRatesInto(
  bands: SignBands,
  shape: SignShape,
  x: Float64Array,
  direction: Float64Array,
): void {
  const { quadratic, rank: k } = shape;
  const { variables: n, field, offsets, neighbours, weights } = quadratic;
  const { scale, standard, density, off, scaleRate, standardRate } = bands;
  for (let i = 0; i < n; i++) {
    let product = 0;
    for (let c = i * k; c < (i + 1) * k; c++) product += x[c] * direction[c];
    scaleRate[i] = product / scale[i];
    standardRate[i] = (direction[n * k + i] - standard[i] * scaleRate[i]) / scale[i];
  }
  for (let i = 0; i < n; i++) {
    const a = standard[i];
    const aRate = standardRate[i];
    const relativeI = scaleRate[i] / scale[i];
    // In standardized units: the slope, the second derivative, and their rates.
    let first = 2 * field[i] * density[i];
    let second = -a * first;
    let firstRate = second * aRate;
    let secondRate = -aRate * first - a * firstRate;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = neighbours[p];
      const b = standard[j];
      const bRate = standardRate[j];
      const relatives = relativeI + scaleRate[j] / scale[j];
      const inverseScales = 1 / (scale[i] * scale[j]);
      const r = rowProduct(x, k, i, j) * inverseScales;
      let dotRate = 0;
      for (let q = 0; q < k; q++) {
        dotRate += direction[i * k + q] * x[j * k + q] + x[i * k + q] * direction[j * k + q];
      }
      const rRate = dotRate * inverseScales - r * relatives;
      const inverse = 1 / (1 - r * r);
      const u = a - r * b;
      const v = b - r * a;
      const c = v * Math.sqrt(inverse);
      const joint =
        4 * weights[p] * density[i] * Math.exp(-0.5 * c * c) * inverseRootTwoPi * Math.sqrt(inverse);
      const along = weights[p] * 2 * density[i] * (2 * tabulatedNormalCdf(c) - 1);
      const curve = -a * along - r * joint;
      const alongRate = curve * aRate + joint * bRate - joint * u * inverse * rRate;
      // The derivative of log φ₂ in r.
      const inR = r * inverse + (a * b * (1 + r * r) - r * (a * a + b * b)) * inverse * inverse;
      const jointRate = joint * (inR * rRate - (u * aRate + v * bRate) * inverse);
      first += along;
      second += curve;
      firstRate += alongRate;
      secondRate -= aRate * along + a * alongRate + rRate * joint + r * jointRate;
      bands.offRate[p] = jointRate * inverseScales - off[p] * relatives;
    }
    bands.slopeRate[i] = (firstRate - first * relativeI) / scale[i];
    bands.diagonalRate[i] = (secondRate - 2 * second * relativeI) / (scale[i] * scale[i]);
  }
}
