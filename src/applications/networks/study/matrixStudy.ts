import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { checkInteger, checkLength } from '../../../numerics/base/checks.ts';

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

/** Studies the spectrum of a rows × columns matrix, row-major. */
export function studySpectrum(matrix: ArrayLike<number>, rows: number, columns: number): SpectrumStudy {
  checkInteger('rows', rows, 1);
  checkInteger('columns', columns, 1);
  checkLength('matrix', matrix, rows * columns);
  const data = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => matrix[i * columns + j]),
  );
  const singularValues = new SingularValueDecomposition(new Matrix(data), {
    autoTranspose: true,
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  }).diagonal;
  const total = singularValues.reduce((sum, s) => sum + s * s, 0);
  const shares = singularValues.map((s) => (s * s) / total).filter((share) => share > 0);
  const entropy = shares.reduce((sum, share) => sum - share * Math.log(share), 0);
  return {
    rows,
    columns,
    singularValues,
    stableRank: total > 0 ? total / singularValues[0] ** 2 : 0,
    effectiveRank: total > 0 ? Math.exp(entropy) : 0,
  };
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
  /** Largest |skewness| and |excess kurtosis| over the coordinates: both 0 for Gaussian ones. */
  readonly worstSkewness: number;
  readonly worstExcessKurtosis: number;
  /** What sampling alone does to those two in n Gaussian samples: three standard errors, √(6/n) and √(24/n) each. */
  readonly skewnessNoise: number;
  readonly kurtosisNoise: number;
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
  const centred = Float64Array.from(sample);
  let meanSquared = 0;
  let worstSkewness = 0;
  let worstExcessKurtosis = 0;
  for (let j = 0; j < dimension; j++) {
    let mean = 0;
    for (let n = 0; n < count; n++) mean += sample[n * dimension + j] / count;
    meanSquared += mean * mean;
    let m2 = 0;
    let m3 = 0;
    let m4 = 0;
    for (let n = 0; n < count; n++) {
      const x = sample[n * dimension + j] - mean;
      centred[n * dimension + j] = x;
      m2 += (x * x) / count;
      m3 += (x * x * x) / count;
      m4 += (x * x * x * x) / count;
    }
    if (m2 === 0) continue;
    worstSkewness = Math.max(worstSkewness, Math.abs(m3) / m2 ** 1.5);
    worstExcessKurtosis = Math.max(worstExcessKurtosis, Math.abs(m4 / m2 ** 2 - 3));
  }
  const { singularValues } = studySpectrum(centred, count, dimension);
  // Centring takes a dimension: n points span n − 1 at most.
  const least = count <= dimension ? 0 : singularValues[singularValues.length - 1];
  return {
    count,
    dimension,
    worstSkewness,
    worstExcessKurtosis,
    mean: Math.sqrt(meanSquared),
    smallestDeviation: least / Math.sqrt(count),
    largestDeviation: singularValues[0] / Math.sqrt(count),
    skewnessNoise: 3 * Math.sqrt(6 / count),
    kurtosisNoise: 3 * Math.sqrt(24 / count),
  };
}
