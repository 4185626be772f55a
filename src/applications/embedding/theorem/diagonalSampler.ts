import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import type { Directions } from '../points/pairDirections.ts';
import { emptyRows } from '../tail/contourSums.ts';
import { diagonalViolation } from '../tail/diagonalViolation.ts';
import { type SamplerObjective, type SamplerOptions, sampledHessianLipschitz } from './samplerObjective.ts';

/**
 * Makes the objective of the diagonal sampler, every entry of the matrix with a deviation of its own:
 *
 *     A_ij ~ N(M_ij, σ_ij²) independent,
 *     f(σ, M) = Σ_u P(| |Au + τξ|² − 1 | > ε) + λ Σ_ij σ_ij²
 *
 * Row i of Au + τξ is normal with variance Sᵢ = τ² + Σ_j σ_ij² u_j², independent of the others. Smoothing and its
 * Hessian-Lipschitz constant are those of {@link samplerObjective}, which this is where all σ_ij are equal.
 *
 * Coordinates: x = (σ, M), each row-major k × d. σ is the diagonal of the lemma's random weights W = diag(σ), M its
 * shift.
 *
 * Guarantee: the heat equation holds for each coordinate, ∂f/∂σ_ij = σ_ij ∂²f/∂M_ij² + 2λσ_ij, to rounding; values
 * and derivatives have a relative error of some hundred machine epsilons a term, for all means and all σ ≥ 0.
 *
 * @param directions unit vectors u; read, not copied
 * @throws RangeError for options outside their intervals
 * Source: N. Tsikouras et al. (2025, arXiv 2510.19382), section 5: A ~ N(M, Σ), Σ diagonal.
 * Cost: count·(k·d + one violation probability) a call; nothing is allocated.
 */
export function diagonalSampler(directions: Directions, options: SamplerOptions): SamplerObjective {
  const { embeddingDimension: k, distortion, smoothing, regularization: lambda } = options;
  checkInteger('directions.count', directions.count, 1);
  checkAbove('smoothing', smoothing, 0);
  checkWithin('regularization', lambda, 0, Number.MAX_VALUE);
  const probability = diagonalViolation(k, distortion);
  const { values: units, count, dimension: d } = directions;
  const size = k * d;
  const rows = emptyRows(k);
  const slope = emptyRows(k);
  const motion = emptyRows(k);
  const change = emptyRows(k);
  const block = new Float64Array(k * k);

  /** rows ← (Mu, S) for direction number p. */
  const rowsAt = (x: Float64Array, p: number): void => {
    for (let i = 0; i < k; i++) {
      let entry = 0;
      let spread = smoothing * smoothing;
      for (let c = 0, at = i * d, u = p * d; c < d; c++) {
        const deviation = x[at + c] * units[u + c];
        entry += x[size + at + c] * units[u + c];
        spread += deviation * deviation;
      }
      rows.mean[i] = entry;
      rows.variance[i] = spread;
    }
  };

  const sumAt = (x: Float64Array): number => {
    let total = 0;
    for (let p = 0; p < count; p++) {
      rowsAt(x, p);
      total += probability.value(rows);
    }
    return total;
  };

  return {
    dimension: 2 * size,
    options,
    directions,
    weights: { kind: 'diagonal', start: 0, rows: size, columns: size },
    shift: { start: size, length: size },
    regularization: lambda,
    hessianLipschitz: sampledHessianLipschitz(count, smoothing),
    value: (x) => {
      let square = 0;
      for (let i = 0; i < size; i++) square += x[i] * x[i];
      return sumAt(x) + lambda * square;
    },
    gradientInto: (out, x) => {
      for (let i = 0; i < size; i++) out[i] = 2 * lambda * x[i];
      out.fill(0, size);
      for (let p = 0; p < count; p++) {
        rowsAt(x, p);
        probability.slopeInto(slope, rows);
        for (let i = 0; i < k; i++) {
          const [shift, spread] = [slope.mean[i], 2 * slope.variance[i]];
          for (let c = 0, at = i * d, u = p * d; c < d; c++) {
            const unit = units[u + c];
            out[at + c] += spread * x[at + c] * unit * unit;
            out[size + at + c] += shift * unit;
          }
        }
      }
      return out;
    },
    hessianVectorInto: (out, x, direction) => {
      for (let i = 0; i < size; i++) out[i] = 2 * lambda * direction[i];
      out.fill(0, size);
      for (let p = 0; p < count; p++) {
        rowsAt(x, p);
        for (let i = 0; i < k; i++) {
          let entry = 0;
          let spread = 0;
          for (let c = 0, at = i * d, u = p * d; c < d; c++) {
            const unit = units[u + c];
            entry += direction[size + at + c] * unit;
            spread += 2 * x[at + c] * direction[at + c] * unit * unit;
          }
          motion.mean[i] = entry;
          motion.variance[i] = spread;
        }
        probability.changeInto(change, slope, rows, motion);
        for (let i = 0; i < k; i++) {
          const shift = change.mean[i];
          const [turn, spread] = [2 * change.variance[i], 2 * slope.variance[i]];
          for (let c = 0, at = i * d, u = p * d; c < d; c++) {
            const unit = units[u + c];
            out[at + c] += (turn * x[at + c] + spread * direction[at + c]) * unit * unit;
            out[size + at + c] += shift * unit;
          }
        }
      }
      return out;
    },
    expectationErrorAt: (x) => {
      let weight = 0;
      let curvature = 0;
      for (let p = 0; p < count; p++) {
        rowsAt(x, p);
        // |log p| ≤ 745 where p does not underflow; a node is a product of k factors.
        const relative = (1000 + k * (16 + d) + count) * Number.EPSILON + probability.truncation(rows);
        probability.slopeInto(slope, rows);
        probability.shiftHessianInto(block, rows);
        let square = 0;
        for (let i = 0; i < k * k; i++) square += block[i] * block[i];
        curvature += relative * Math.sqrt(square);
        let squares = 0;
        for (let i = 0; i < k; i++) {
          for (let c = 0, at = i * d, u = p * d; c < d; c++) {
            squares += (slope.variance[i] * x[at + c] * units[u + c] ** 2) ** 2;
          }
        }
        weight += relative * 2 * Math.sqrt(squares);
      }
      let square = 0;
      for (let i = 0; i < size; i++) square += x[i] * x[i];
      const regularizer = 4 * Number.EPSILON * lambda * Math.sqrt(square);
      return { weightGradient: weight + regularizer, shiftHessian: curvature, method: 'quadrature' };
    },
    stateAt: (x) => {
      let curvature = 0;
      let threshold = 0.5;
      for (let p = 0; p < count; p++) {
        rowsAt(x, p);
        threshold = Math.min(threshold, probability.threshold(rows.variance));
        probability.shiftHessianInto(block, rows);
        curvature += Math.min(0, lowerEigenvalueBound(block, k));
      }
      // The block of u is ∇²_μ p ⊗ uuᵀ, |u| = 1.
      return { violationSum: sumAt(x), threshold, shiftCurvature: curvature };
    },
  };
}

/** A number below the eigenvalues of a symmetric matrix: the better of Gershgorin's and the Frobenius norm's. */
function lowerEigenvalueBound(matrix: Float64Array, n: number): number {
  let square = 0;
  let disc = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    let radius = 0;
    for (let j = 0; j < n; j++) {
      const entry = matrix[i * n + j];
      square += entry * entry;
      if (j !== i) radius += Math.abs(entry);
    }
    disc = Math.min(disc, matrix[i * n + i] - radius);
  }
  return Math.max(disc, -Math.sqrt(square));
}
