import { checkAbove, checkLength } from '../../base/checks.ts';
import { alongInto, dot, norm } from '../../linalg/vectors.ts';
import { sphereInto } from '../../random/fills.ts';
import type { RandomStream } from '../../random/stream.ts';
import { logLogSlope } from '../../statistics/logLogSlope.ts';
import type { Objective } from '../objective.ts';

/** How the Taylor remainder of one derivative behaves along one line. */
export type TaylorPiece =
  | {
      /** The remainder was above rounding over the piece used. */
      readonly outcome: 'measured';
      /** d log remainder / d log t: 2 or more if the derivative is right, 1 if it is wrong. */
      readonly slope: number;
      readonly standardError: number;
      /** Shortest and longest t of the piece. */
      readonly from: number;
      readonly to: number;
    }
  | {
      /** The remainder never rose above rounding: f is linear along the line, or its derivative is. */
      readonly outcome: 'below-rounding';
      /**
       * Largest remainder over the longest t times the size of the derivative, or of f itself (of ∇f, for the Hessian)
       * where that is larger: no relative error of the derivative against the larger of both is above this.
       */
      readonly relativeError: number;
    }
  | { readonly outcome: 'non-finite' };

/** Agreement of an objective's derivatives with its values, along one random line. */
export interface DerivativeCheck {
  /** Of |f(x + td) − f(x) − t ∇f(x)·d|. */
  readonly gradient: TaylorPiece;
  /** Of ‖∇f(x + td) − ∇f(x) − t ∇²f(x)d‖. */
  readonly hessian: TaylorPiece;
  /** |u·∇²f v − v·∇²f u| / (‖∇²f u‖ + ‖∇²f v‖) for random unit u, v: rounding if the product is symmetric. */
  readonly asymmetry: number;
}

/** Eight lengths a decade from 10⁻¹² to 1. */
const lengthCount = 97;

/**
 * Measures whether gradient and Hessian products belong to the values, by the slopes of Taylor remainders.
 *
 *     f(x + td) − f(x) − t∇f·d = O(t²),   ∇f(x + td) − ∇f(x) − t∇²f d = O(t²)
 *
 * The remainder is evaluated over twelve decades of t. Where it is shortest it is rounding; that noise is measured
 * at the short end, and the slope is taken over the first decade in which the remainder is a hundred times above
 * it: the shortest lengths show the smallest faults. A fault of relative size q stands out for t below
 * 2q·|∇f·d| / |dᵀ∇²f d|, lengths from about 10⁻⁷ being measurable.
 *
 * Guarantee: a right derivative of a C³ function gives slopes near 2 (near 3 where the next term vanishes); a wrong
 * one, near 1.
 *
 * @param stream source of the directions
 * @param x dimension entries, not written to
 * @param scale length of the longest step, above 0; default 1: below the scale on which f changes its nature
 * @throws RangeError for a wrong length or scale
 *
 * Source: checkdiff of Manopt (N. Boumal et al., JMLR 15, 2014), with the noise measured instead of looked at.
 * Cost: 97 values, 98 gradients, 3 Hessian products.
 */
export function checkDerivatives(
  stream: RandomStream,
  objective: Objective,
  x: Float64Array,
  scale = 1,
): DerivativeCheck {
  const n = objective.dimension;
  checkLength('x', x, n);
  checkAbove('scale', scale, 0);
  const direction = sphereInto(new Float64Array(n), stream);
  const other = sphereInto(new Float64Array(n), stream);
  const gradient = objective.gradientInto(new Float64Array(n), x);
  const image = objective.hessianVectorInto(new Float64Array(n), x, direction);
  const otherImage = objective.hessianVectorInto(new Float64Array(n), x, other);
  const value = objective.value(x);
  const slope = dot(gradient, direction);
  const lengths = new Float64Array(lengthCount);
  const valueRemainder = new Float64Array(lengthCount);
  const gradientRemainder = new Float64Array(lengthCount);
  const moved = new Float64Array(n);
  const change = new Float64Array(n);
  for (let i = 0; i < lengthCount; i++) {
    const t = scale * 10 ** ((i - (lengthCount - 1)) / 8);
    lengths[i] = t;
    alongInto(moved, x, t, direction);
    valueRemainder[i] = Math.abs(objective.value(moved) - value - t * slope);
    objective.gradientInto(change, moved);
    for (let j = 0; j < n; j++) change[j] -= gradient[j] + t * image[j];
    gradientRemainder[i] = norm(change);
  }
  const skew = Math.abs(dot(other, image) - dot(direction, otherImage));
  const size = norm(image) + norm(otherImage);
  return {
    gradient: taylorPiece(lengths, valueRemainder, Math.abs(value), Math.abs(slope)),
    hessian: taylorPiece(lengths, gradientRemainder, norm(gradient), norm(image)),
    asymmetry: size === 0 ? 0 : skew / size,
  };
}

/** The slope of the shortest decade of remainders above the noise. */
function taylorPiece(
  lengths: Float64Array,
  remainder: Float64Array,
  magnitude: number,
  derivative: number,
): TaylorPiece {
  for (let i = 0; i < lengthCount; i++) if (!Number.isFinite(remainder[i])) return { outcome: 'non-finite' };
  // The shortest decade is noise of evaluation; if it is not, the derivative is wrong and stands out later on.
  let noise = 4 * Number.EPSILON * magnitude;
  for (let i = 0; i < 9; i++) noise = Math.max(noise, remainder[i]);
  for (let i = 9; i + 8 < lengthCount; i++) {
    const piece = remainder.subarray(i, i + 9);
    const t = lengths.subarray(i, i + 9);
    // The linear term is rounded as well, in proportion to t.
    if (!piece.every((entry, k) => entry > 100 * (noise + 4 * Number.EPSILON * derivative * t[k]))) continue;
    const line = logLogSlope(t, piece);
    const { slope, standardError } = line;
    return { outcome: 'measured', slope, standardError, from: t[0], to: t[8] };
  }
  const longest = lengths[lengthCount - 1];
  const worst = remainder.reduce((largest, entry) => Math.max(largest, entry), noise);
  return { outcome: 'below-rounding', relativeError: worst / (longest * Math.max(derivative, magnitude)) };
}
