import { bivariateNormalCdf } from '../../../numerics/quadrature/bivariateNormal.ts';
import { normalCdf } from '../../../numerics/statistics/normal.ts';

/** min over ρ of (2/π) arccos(ρ)/(1 − ρ), rounded down: what hyperplanes are worth on MAX-2SAT. */
export const clauseRatio = 0.87856;

/** What hyperplanes are worth on MAX-DICUT, rounded down: M. Goemans and D. Williamson (1995), Theorem 7.3. */
export const conjunctionRatio = 0.79607;

/** What rotated thresholds are worth on MAX-2SAT, rounded down, for vectors with the triangle inequalities. */
export const rotatedRatio = 0.9401;

/** Three unit vectors v₀, v_i, v_j by their inner products. */
export interface Configuration {
  /** v₀·v_i, v₀·v_j and v_i·v_j. */
  readonly one: number;
  readonly other: number;
  readonly both: number;
}

/** E x_i, E x_j and E x_i x_j of random signs. */
export interface SignMeans {
  readonly one: number;
  readonly other: number;
  readonly both: number;
}

/** What a clause x_i ∨ x_j, or a conjunction x_i ∧ x_j, of weight 1 is worth at means, or at inner products. */
export function constraintValue(kind: 'clauses' | 'conjunctions', { one, other, both }: SignMeans): number {
  return kind === 'clauses' ? (3 + one + other - both) / 4 : (1 + one + other + both) / 4;
}

/**
 * The means of signs cut by a random hyperplane, v₀ on the side of 1: E x_i = (2/π) arcsin(v₀·v_i), and so on.
 *
 * Source: M. Goemans and D. Williamson, J. ACM 42 (1995) 1115–1145, section 7.
 */
export function hyperplaneMeans({ one, other, both }: Configuration): SignMeans {
  return { one: arcsine(one), other: arcsine(other), both: arcsine(both) };
}

function arcsine(cosine: number): number {
  return (2 / Math.PI) * Math.asin(Math.max(-1, Math.min(1, cosine)));
}

/**
 * The threshold of a variable in the rotated rounding of Lewin, Livnat and Zwick.
 *
 *     μ = 2 cot(f(θ)),  f(θ) = 0.58831458 θ + 0.64667394,  cos θ = v₀·v_i
 *
 * The variable is true where ṽ·z + μ > 0, with ṽ the unit vector along the part of v_i that is orthogonal to v₀.
 *
 * Source: M. Lewin, D. Livnat and U. Zwick, IPCO 2002, 67–82, in the form of P. Austrin, STOC 2007.
 */
export function rotatedThreshold(cosine: number): number {
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  return 2 / Math.tan(rotation.slope * (angle - Math.PI / 2) + Math.PI / 2);
}

/** f(π/2) = π/2, so that a variable that v₀ says nothing about gets the threshold 0. */
const rotation = { slope: 0.58831458 } as const;

/** The means of signs by rotated thresholds. */
export function rotatedMeans({ one, other, both }: Configuration): SignMeans {
  const [a, b] = [rotatedThreshold(one), rotatedThreshold(other)];
  const spread = Math.sqrt(Math.max(0, 1 - one * one) * Math.max(0, 1 - other * other));
  const r = spread === 0 ? 0 : Math.max(-1, Math.min(1, (both - one * other) / spread));
  const [p, q] = [2 * normalCdf(a) - 1, 2 * normalCdf(b) - 1];
  return { one: p, other: q, both: 4 * bivariateNormalCdf(a, b, r) - p - q - 1 };
}
