import { checkInteger, checkLength } from '../../../numerics/base/checks.ts';
import { singularVectors } from '../../../numerics/linalg/singularVectors.ts';

/** How concentrated a matrix is on few directions. */
export interface SpectrumStudy {
  readonly rows: number;
  readonly columns: number;
  /** Descending. */
  readonly singularValues: readonly number[];
  /** ‖W‖_F² / ‖W‖₂²: at most the rank, and stable under small changes. */
  readonly stableRank: number;
  /** e^H of the shares σ²/Σσ²: the number of directions that matter, as entropy counts them. */
  readonly effectiveRank: number;
}

/**
 * Studies the spectrum of a rows × columns matrix, row-major. Ranks do not depend on the matrix's scale, which may be
 * anything that float64 holds.
 *
 * @throws RangeError for an entry that is not finite
 */
export function studySpectrum(matrix: ArrayLike<number>, rows: number, columns: number): SpectrumStudy {
  return spectrumOf(singularVectors(matrix, rows, columns).values, rows, columns);
}

/** The same from singular values that are known, descending. */
export function spectrumOf(singularValues: ArrayLike<number>, rows: number, columns: number): SpectrumStudy {
  const values = Array.from(singularValues);
  // Relative to the largest no square leaves the range.
  const squares = values.map((value) => (value / (values[0] || 1)) ** 2);
  const total = squares.reduce((sum, square) => sum + square, 0);
  const shares = squares.map((square) => square / total).filter((share) => share > 0);
  const entropy = shares.reduce((sum, share) => sum - share * Math.log(share), 0);
  return {
    rows,
    columns,
    singularValues: values,
    stableRank: total,
    effectiveRank: total > 0 ? Math.exp(entropy) : 0,
  };
}

/** A power of two near the largest entry: divided by it, entries keep every digit and their squares neither over- nor underflow. */
function unitOf(name: string, values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]))
      throw new RangeError(`${name}: expected finite entries, got ${values[i]}`);
    largest = Math.max(largest, Math.abs(values[i]));
  }
  return largest === 0 ? 1 : 2 ** Math.min(1023, Math.max(-1022, Math.floor(Math.log2(largest))));
}

/** How far a sample of inputs is from standard Gaussian. */
export interface GaussianityStudy {
  readonly count: number;
  readonly dimension: number;
  /** ‖mean‖. */
  readonly mean: number;
  /** Extreme deviations over all directions, singular values of the centred sample over √n: both 1 for whitened inputs. */
  readonly smallestDeviation: number;
  readonly largestDeviation: number;
  /** Largest |skewness| and |excess kurtosis| over the coordinates that vary: both 0 for Gaussian ones. */
  readonly worstSkewness: number;
  readonly worstExcessKurtosis: number;
  /** What sampling alone does to those two in n Gaussian samples: three standard errors, √(6/n) and √(24/n) each. */
  readonly skewnessNoise: number;
  readonly kurtosisNoise: number;
  /** Coordinates, counted from 0, that are the same in every input: they have neither skewness nor kurtosis. */
  readonly constantCoordinates: readonly number[];
}

/**
 * Studies the moments of a sample of inputs, count × dimension, row-major.
 *
 * It can show that inputs are not Gaussian; it cannot show that they are.
 */
export function studyGaussianity(
  sample: ArrayLike<number>,
  count: number,
  dimension: number,
): GaussianityStudy {
  checkInteger('count', count, 2);
  checkInteger('dimension', dimension, 1);
  checkLength('sample', sample, count * dimension);
  const unit = unitOf('sample', sample);
  const centred = new Float64Array(sample.length);
  const constantCoordinates: number[] = [];
  let mean = 0;
  let worstSkewness = 0;
  let worstExcessKurtosis = 0;
  for (let j = 0; j < dimension; j++) {
    const moments = centreInto(centred, sample, { column: j, columns: dimension, unit });
    mean = Math.hypot(mean, moments.mean);
    if (moments.isConstant) {
      constantCoordinates.push(j);
      continue;
    }
    worstSkewness = Math.max(worstSkewness, Math.abs(moments.skewness));
    worstExcessKurtosis = Math.max(worstExcessKurtosis, Math.abs(moments.excessKurtosis));
  }
  const { singularValues } = studySpectrum(centred, count, dimension);
  // Centring takes a dimension: n points span n − 1 at most.
  const least =
    count <= dimension || constantCoordinates.length > 0 ? 0 : singularValues[singularValues.length - 1];
  return {
    count,
    dimension,
    worstSkewness,
    worstExcessKurtosis,
    mean: mean * unit,
    smallestDeviation: (least / Math.sqrt(count)) * unit,
    largestDeviation: (singularValues[0] / Math.sqrt(count)) * unit,
    skewnessNoise: 3 * Math.sqrt(6 / count),
    kurtosisNoise: 3 * Math.sqrt(24 / count),
    constantCoordinates,
  };
}

/**
 * Writes a column of the sample, in units of `unit`, less its mean into the same column of `out`.
 *
 * Everything is taken from the first entry: differences of near numbers are exact, so a constant column is centred to
 * zeros and not to rounding errors.
 */
function centreInto(
  out: Float64Array,
  sample: ArrayLike<number>,
  { column, columns, unit }: { readonly column: number; readonly columns: number; readonly unit: number },
) {
  const count = out.length / columns;
  const first = sample[column] / unit;
  let shift = 0;
  let isConstant = true;
  for (let i = column; i < out.length; i += columns) {
    out[i] = sample[i] / unit - first;
    shift += out[i] / count;
    isConstant &&= sample[i] === sample[column];
  }
  let widest = 0;
  for (let i = column; i < out.length; i += columns) {
    out[i] = isConstant ? 0 : out[i] - shift;
    widest = Math.max(widest, Math.abs(out[i]));
  }
  // Powers up to the fourth, of numbers up to 1.
  let [m2, m3, m4] = [0, 0, 0];
  for (let i = column; i < out.length; i += columns) {
    const x = out[i] / widest;
    m2 += (x * x) / count;
    m3 += (x * x * x) / count;
    m4 += (x * x * x * x) / count;
  }
  return {
    isConstant,
    mean: first + shift,
    skewness: m3 / m2 ** 1.5,
    excessKurtosis: m4 / m2 ** 2 - 3,
  };
}
