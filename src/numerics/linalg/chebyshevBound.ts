import { checkAbove, checkInteger, checkWithin } from '../base/checks.ts';
import { sphereInto } from '../random/fills.ts';
import type { RandomStream } from '../random/stream.ts';
import type { SymmetricMultiply } from './lanczos.ts';
import { tridiagonalEigen } from './symmetricEigen.ts';
import { dot, norm, scaleInto } from './vectors.ts';

/**
 * Estimates the two ends of the spectrum of a symmetric matrix by Lanczos' three-term recurrence, which keeps two
 * vectors.
 *
 * Guarantee: none. Without reorthogonalisation the ends are found as well, only later; both lie within the spectrum up
 * to rounding. {@link chebyshevLowestBound} turns them into a bound.
 *
 * @param stream source of the start, uniform on the sphere
 * @param steps at least 1
 * @returns undefined if a product was not finite
 * Source: C. Paige, "Error analysis of the Lanczos algorithm", J. Inst. Maths Applics 18 (1976) 341–349.
 * Cost: `steps` products; three arrays.
 */
export function ritzEnds(
  stream: RandomStream,
  multiplyInto: SymmetricMultiply,
  dimension: number,
  steps: number,
): { lowest: number; highest: number } | undefined {
  checkInteger('dimension', dimension, 1);
  checkInteger('steps', steps, 1);
  let q: Float64Array = sphereInto(new Float64Array(dimension), stream);
  let before: Float64Array = new Float64Array(dimension);
  let image: Float64Array = new Float64Array(dimension);
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  let beta = 0;
  let scale = 0;
  for (let m = 1; m <= Math.min(steps, dimension); m++) {
    multiplyInto(image, q);
    scale = Math.max(scale, norm(image));
    const alpha = dot(q, image);
    diagonal.push(alpha);
    for (let i = 0; i < dimension; i++) image[i] -= alpha * q[i] + beta * before[i];
    beta = norm(image);
    if (!Number.isFinite(beta)) return undefined;
    if (beta <= dimension * Number.EPSILON * scale) break;
    if (m === Math.min(steps, dimension)) break;
    offDiagonal.push(beta);
    scaleInto(image, 1 / beta, image);
    [before, q, image] = [q, image, before];
  }
  const solved = tridiagonalEigen(diagonal, offDiagonal);
  if (solved.outcome !== 'decomposed') return undefined;
  return { lowest: solved.values[0], highest: solved.values[diagonal.length - 1] };
}

/** What {@link chebyshevLowestBound} is computed with. */
export interface ChebyshevOptions {
  /** The ends of the spectrum as far as they are known; neither needs to be right. */
  readonly lowest: number;
  /** Above `lowest`. */
  readonly highest: number;
  /** m, at least 1. */
  readonly degree: number;
  /** p in (0, 1). */
  readonly failureProbability: number;
}

/**
 * Bounds the lowest eigenvalue of a symmetric matrix from below, with a stated probability.
 *
 *     N = ‖T_m(2(A − b)/(a − b) − 1)·x‖ ≥ |⟨x, v⟩|·|T_m(1 + 2δ/(a − b))|   for A v = (b − δ) v, x on the sphere
 *     P[|⟨x, v⟩| < t] ≤ t·√(2n/π)   ⇒   δ ≤ (a − b)/2·(cosh(arccosh(2N/t)/m) − 1),   t = p/√(2n/π)
 *
 * with b = `lowest`, a = `highest` and Chebyshev's polynomial T_m, which is large below b and at most 1 between b and a.
 *
 * Guarantee: λ_min is at least the value returned, with probability at least 1 − p over the start, whatever b and a are
 * (as long as they do not depend on this stream). N counts double to cover the rounding of the recurrence, of relative
 * size m·ε/t against it.
 *
 * @param stream source of the start
 * @returns −∞ if a product was not finite
 * @throws RangeError for options outside their ranges
 * Source: J. Kuczyński and H. Woźniakowski, SIAM J. Matrix Anal. Appl. 13 (1992) 1094–1122, the same polynomial and the
 * same rate, there by way of Lanczos' optimality.
 * Cost: m products; three arrays.
 */
export function chebyshevLowestBound(
  stream: RandomStream,
  multiplyInto: SymmetricMultiply,
  dimension: number,
  { lowest, highest, degree, failureProbability }: ChebyshevOptions,
): number {
  checkInteger('dimension', dimension, 1);
  checkInteger('degree', degree, 1);
  checkAbove('highest', highest, lowest);
  checkWithin('failureProbability', failureProbability, Number.MIN_VALUE, 1 - Number.EPSILON);
  const half = (highest - lowest) / 2;
  const centre = lowest + half;
  let before: Float64Array = sphereInto(new Float64Array(dimension), stream);
  let current: Float64Array = new Float64Array(dimension);
  let next: Float64Array = new Float64Array(dimension);
  multiplyInto(current, before);
  for (let i = 0; i < dimension; i++) current[i] = (current[i] - centre * before[i]) / half;
  for (let m = 2; m <= degree; m++) {
    multiplyInto(next, current);
    for (let i = 0; i < dimension; i++) {
      next[i] = (2 * (next[i] - centre * current[i])) / half - before[i];
    }
    [before, current, next] = [current, next, before];
  }
  const size = norm(current);
  if (!Number.isFinite(size)) return Number.NEGATIVE_INFINITY;
  const least = failureProbability / Math.sqrt((2 * dimension) / Math.PI);
  const growth = Math.acosh(Math.max(1, (2 * size) / least)) / degree;
  return lowest - half * (Math.cosh(growth) - 1);
}
