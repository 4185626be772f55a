import { checkInteger, checkWithin } from '../base/checks.ts';
import { sphereInto } from '../random/fills.ts';
import type { RandomStream } from '../random/stream.ts';
import { type EigenPairs, tridiagonalEigen } from './symmetricEigen.ts';
import { allFinite, axpyInto, dot, norm, scaleInto } from './vectors.ts';

/** Writes A·x into `out` (never the same array) for a symmetric A, and returns `out`. */
export type SymmetricMultiply = (out: Float64Array, x: Float64Array) => Float64Array;

/** An approximate eigenpair whose quality was measured on A itself. */
export interface RitzPair {
  /** Rayleigh quotient xᵀAx of the unit `vector`: never below λ_min nor above λ_max, rounding aside. */
  readonly value: number;
  readonly vector: Float64Array;
  /** ‖A·vector − value·vector‖: some eigenvalue of A lies within this distance of `value`. */
  readonly residual: number;
}

export interface LanczosResult {
  /**
   * - `converged`: both wanted residual estimates fell to the tolerance.
   * - `invariant`: the Krylov space closed; with a random start the extremes are then exact up to rounding.
   * - `step-limit`: the allowed steps were used up; the pairs are the best found.
   */
  readonly outcome: 'converged' | 'invariant' | 'step-limit';
  readonly lowest: RitzPair;
  readonly highest: RitzPair;
  /** Dimension of the Krylov space, which is the number of products that built it. */
  readonly steps: number;
}

export interface LanczosFailure {
  /** A product was not finite. */
  readonly outcome: 'non-finite';
  readonly steps: number;
}

export interface LanczosOptions {
  /** Most dimensions of the Krylov space; default and cap: the dimension of A. */
  readonly steps?: number;
  /** Absolute residual at which an end counts as found; default 0: until the space closes or steps end. */
  readonly tolerance?: number;
  /** Which ends must converge; default `both`. Both are always returned. */
  readonly ends?: 'lowest' | 'highest' | 'both';
  /** Residual at which an end counts as found, relative to its Ritz value; default 0. */
  readonly relativeTolerance?: number;
}

/** A small residual before so many steps may belong to an inner eigenvalue that hides a lower one. */
const leastSteps = 12;

/**
 * Approximates the extreme eigenvalues of a symmetric matrix known by its products.
 *
 *     A Q = Q T + β q eᵀ,  T tridiagonal, QᵀQ = I
 *
 * Guarantee: λ_min ≤ lowest.value and highest.value ≤ λ_max, and an eigenvalue of A lies within `residual` of each
 * value, up to the rounding of one product. A Ritz value alone never bounds λ_min from below; see
 * `lanczosRelativeError` for what the random start adds when the number of steps is fixed (tolerances 0).
 *
 * @param stream source of the start, uniform on the sphere
 * @param multiplyInto A·x; called `steps` + 2 times
 * @param dimension n, at least 1
 * @returns fresh arrays; `non-finite` if a product was not
 * @throws RangeError for a dimension or step count below 1 or a negative tolerance
 *
 * Source: C. Lanczos (1950) with full reorthogonalisation, twice; residual bound: B. Parlett, The Symmetric
 * Eigenvalue Problem, theorem 4.5.1.
 * Cost: steps·n numbers, 4·steps²·n operations beside the products.
 */
export function lanczosExtremes(
  stream: RandomStream,
  multiplyInto: SymmetricMultiply,
  dimension: number,
  options: LanczosOptions = {},
): LanczosResult | LanczosFailure {
  checkInteger('dimension', dimension, 1);
  const limit = Math.min(dimension, options.steps ?? dimension);
  checkInteger('steps', limit, 1);
  const tolerance = options.tolerance ?? 0;
  checkWithin('tolerance', tolerance, 0, Number.MAX_VALUE);
  const ends = options.ends ?? 'both';
  const relative = options.relativeTolerance ?? 0;
  checkWithin('relativeTolerance', relative, 0, 1);

  const basis: Float64Array[] = [sphereInto(new Float64Array(dimension), stream)];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  const image = new Float64Array(dimension);
  let outcome: LanczosResult['outcome'] = 'step-limit';
  let scale = 0;
  let nextCheck = 1;
  let pairs: EigenPairs | undefined;
  for (let m = 1; m <= limit; m++) {
    const q = basis[m - 1];
    multiplyInto(image, q);
    if (!allFinite(image)) return { outcome: 'non-finite', steps: m };
    diagonal.push(dot(q, image));
    scale = Math.max(scale, norm(image));
    reorthogonalizeInto(image, basis);
    const beta = norm(image);
    // Below this the remainder is rounding: the space is invariant.
    const closed = beta <= dimension * Number.EPSILON * scale;
    if (closed || m === limit || m >= nextCheck) {
      // A geometric schedule keeps the small eigenproblems cheaper than the products.
      nextCheck = Math.ceil(1.25 * m + 1);
      const solved = tridiagonalEigen(diagonal, offDiagonal);
      if (solved.outcome !== 'decomposed') return { outcome: 'non-finite', steps: m };
      pairs = solved;
      const low = beta * Math.abs(solved.vectors[m - 1]);
      const high = beta * Math.abs(solved.vectors[m * m - 1]);
      const lowFound = low <= Math.max(tolerance, relative * Math.abs(solved.values[0]));
      const highFound = high <= Math.max(tolerance, relative * Math.abs(solved.values[m - 1]));
      const found = (ends === 'highest' || lowFound) && (ends === 'lowest' || highFound);
      if (closed || (found && m >= leastSteps)) {
        outcome = closed ? 'invariant' : 'converged';
        break;
      }
    }
    if (m < limit) {
      offDiagonal.push(beta);
      basis.push(scaleInto(new Float64Array(dimension), 1 / beta, image));
    }
  }
  const steps = diagonal.length;
  if (pairs === undefined) return { outcome: 'non-finite', steps };
  // A space of full dimension is invariant by dimension, whatever its last β says.
  if (outcome === 'step-limit' && steps === dimension) outcome = 'invariant';
  return {
    outcome,
    lowest: measuredPair(multiplyInto, basis, pairs, 0, image),
    highest: measuredPair(multiplyInto, basis, pairs, steps - 1, image),
    steps,
  };
}

/** image ← image − Q Qᵀ image, twice: once is not enough when most of it cancels. */
function reorthogonalizeInto(image: Float64Array, basis: readonly Float64Array[]): Float64Array {
  for (let pass = 0; pass < 2; pass++) {
    for (let i = basis.length - 1; i >= 0; i--) axpyInto(image, -dot(image, basis[i]), basis[i]);
  }
  return image;
}

/** Assembles the Ritz vector of pair `index` and measures value and residual by one more product. */
function measuredPair(
  multiplyInto: SymmetricMultiply,
  basis: readonly Float64Array[],
  pairs: EigenPairs,
  index: number,
  image: Float64Array,
): RitzPair {
  const m = pairs.values.length;
  const vector = new Float64Array(image.length);
  for (let i = 0; i < m; i++) axpyInto(vector, pairs.vectors[index * m + i], basis[i]);
  scaleInto(vector, 1 / norm(vector), vector);
  multiplyInto(image, vector);
  const value = dot(vector, image);
  return { value, vector, residual: norm(axpyInto(image, -value, vector)) };
}
