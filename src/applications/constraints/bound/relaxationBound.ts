import { checkAbove, checkWithin } from '../../../numerics/base/checks.ts';
import { showSemidefinite } from '../../../numerics/linalg/definiteness.ts';
import { lanczosExtremes } from '../../../numerics/linalg/lanczos.ts';
import { probableSpectrum } from '../../../numerics/linalg/lanczosRelativeError.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { Relaxation, RelaxationSolution } from './relaxation.ts';

/** What a dual bound is computed with. */
export interface RelaxationBoundOptions {
  /** Most multiplications for the proof by factorisation; default 1.5e9, some two seconds. */
  readonly operations?: number;
  /** Probability in (0, 1) with which a Lanczos bound may be wrong; default 1e-6. Proofs never are. */
  readonly failureProbability?: number;
}

/** An upper bound on the relaxation, hence on every assignment. */
export interface AssignmentBound {
  readonly value: number;
  /**
   * - `factorization`: proven, rounding included, by a Cholesky factorisation of the dual slack matrix.
   * - `lanczos`: holds with probability at least 1 − failureProbability over the random start.
   * - `total`: the weight of all constraints; where the other two said nothing better.
   * - `exhaustive`: proven, the maximum over all assignments.
   */
  readonly method: 'factorization' | 'lanczos' | 'total' | 'exhaustive';
  /** 0 where the bound is proven. */
  readonly failureProbability: number;
}

/** Steps of Lanczos for an estimate of the shift, and for a bound. */
const estimateSteps = 90;
const boundSteps = 260;

/**
 * Bounds every assignment from above by a dual feasible point of the relaxation, made from its multipliers.
 *
 *     max ≤ constant + Σ_i (λ_i + s d_i)/2   whenever   Diag(λ + s d) − A ⪰ 0
 *
 * The weights d are the multipliers themselves, kept away from 0: v₀, which meets every literal, has a far larger one
 * than the variables. The smallest s is −λ_min of D^{−1/2}(Diag(λ) − A)D^{−1/2}; it is estimated by Lanczos, then either
 * proven by factorisation or bounded by the random start's guarantee.
 *
 * Guarantee: as `method` says; the value includes the rounding of its own sums and of the coefficients of A.
 *
 * @param stream source of Lanczos' starts
 * @param total weight of all constraints: no bound is worse
 * @throws RangeError for operations ≤ 0 or a failure probability outside (0, 1)
 * Source: dual of the relaxation of M. Goemans and D. Williamson (1995); Kuczyński and Woźniakowski (1992).
 */
export function relaxationBound(
  stream: RandomStream,
  relaxation: Relaxation,
  solution: RelaxationSolution,
  total: number,
  options: RelaxationBoundOptions = {},
): AssignmentBound {
  const { operations = 1.5e9, failureProbability = 1e-6 } = options;
  checkAbove('operations', operations, 0);
  checkWithin('failureProbability', failureProbability, Number.MIN_VALUE, 1 - Number.EPSILON);
  const trivial: AssignmentBound = { value: total, method: 'total', failureProbability: 0 };
  const slack = scaledSlack(relaxation, solution);
  const estimate = extremes(stream.fork('estimate'), slack, estimateSteps);
  if (estimate === undefined) return trivial;
  const proven = provenShift(slack, estimate, operations);
  if (proven !== undefined) {
    const value = boundFor(slack, proven);
    return value < total ? { value, method: 'factorization', failureProbability: 0 } : trivial;
  }
  const spectrum = extremes(stream.fork('bound'), slack, boundSteps);
  if (spectrum === undefined) return trivial;
  const { ritz, highest, steps } = spectrum;
  const { size } = relaxation;
  const { lowest } = probableSpectrum(ritz, highest, size, steps, failureProbability);
  const value = boundFor(slack, 8 * size * Number.EPSILON * (highest - ritz) - lowest);
  return value < total ? { value, method: 'lanczos', failureProbability } : trivial;
}

/** Diag(λ) − A, with the weights d by which its diagonal is raised. */
interface ScaledSlack {
  readonly relaxation: Relaxation;
  readonly multipliers: Float64Array;
  readonly raise: Float64Array;
}

function scaledSlack(relaxation: Relaxation, { multipliers }: RelaxationSolution): ScaledSlack {
  const mean = multipliers.reduce((sum, each) => sum + each, 0) / relaxation.size;
  const least = mean === 0 ? 1 : mean / 100;
  return { relaxation, multipliers, raise: multipliers.map((each) => Math.max(each, least)) };
}

/** Rounded outward: every sum, and every coefficient of A, is off by at most ε times its terms a term. */
function boundFor({ relaxation, multipliers, raise }: ScaledSlack, shift: number): number {
  const { size, constant, magnitude, weights } = relaxation;
  let sum = 0;
  let absolute = 0;
  for (let i = 0; i < size; i++) {
    sum += multipliers[i] + shift * raise[i];
    absolute += multipliers[i] + Math.abs(shift) * raise[i];
  }
  return constant + sum / 2 + (size + weights.length + 8) * Number.EPSILON * (magnitude + absolute);
}

/** The extreme Ritz values of D^{−1/2}(Diag(λ) − A)D^{−1/2}. */
function extremes(stream: RandomStream, { relaxation, multipliers, raise }: ScaledSlack, steps: number) {
  const { size, offsets, neighbours, weights } = relaxation;
  const roots = raise.map((each) => 1 / Math.sqrt(each));
  const multiplyInto = (out: Float64Array, x: Float64Array): Float64Array => {
    for (let i = 0; i < size; i++) {
      let sum = multipliers[i] * roots[i] * x[i];
      for (let p = offsets[i]; p < offsets[i + 1]; p++) {
        sum -= weights[p] * roots[neighbours[p]] * x[neighbours[p]];
      }
      out[i] = roots[i] * sum;
    }
    return out;
  };
  const result = lanczosExtremes(stream, multiplyInto, size, { steps, ends: 'lowest' });
  if (result.outcome === 'non-finite') return undefined;
  const { lowest, highest } = result;
  return { ritz: lowest.value, residual: lowest.residual, highest: highest.value, steps: result.steps };
}

/** The smallest shift on a geometric ladder above the estimate for which the slack matrix is proven semidefinite. */
function provenShift(
  { relaxation, multipliers, raise }: ScaledSlack,
  { ritz, residual }: { readonly ritz: number; readonly residual: number },
  operations: number,
): number | undefined {
  const { size, offsets, neighbours, weights } = relaxation;
  const matrix = { offsets, neighbours, weights: weights.map((entry) => -entry) };
  let margin = Math.max(residual / 8, 64 * size * Number.EPSILON);
  for (let attempt = 0; attempt < 12; attempt++) {
    const shift = margin - ritz;
    const diagonal = multipliers.map((each, i) => each + shift * raise[i]);
    const verdict = showSemidefinite(matrix, diagonal, operations);
    if (verdict === 'definite') return shift;
    if (verdict === 'too-large') return undefined;
    margin *= 4;
  }
  return undefined;
}
