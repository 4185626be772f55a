import type { Tolerance } from '../../numerics/base/tolerance.ts';
import type { Comparison } from '../evidence/shape/comparison.ts';

export type { Comparison };

/** States left ≤ right, up to the tolerance. */
export function atMost(
  what: string,
  left: number,
  right: number,
  tolerance: Tolerance,
  numbers: Readonly<Record<string, number>> = {},
): Comparison {
  return { what, left, relation: '≤', right, tolerance, numbers };
}

/** States left ≥ right, up to the tolerance. */
export function atLeast(
  what: string,
  left: number,
  right: number,
  tolerance: Tolerance,
  numbers: Readonly<Record<string, number>> = {},
): Comparison {
  return { what, left, relation: '≥', right, tolerance, numbers };
}

/** States left = right, up to the tolerance. */
export function equals(
  what: string,
  left: number,
  right: number,
  tolerance: Tolerance,
  numbers: Readonly<Record<string, number>> = {},
): Comparison {
  return { what, left, relation: '=', right, tolerance, numbers };
}

/** Whether every number in the comparison is usable; infinite sides are, NaN is not. */
export function isDecidable({ left, right, tolerance }: Comparison): boolean {
  return (
    !Number.isNaN(left) && !Number.isNaN(right) && Number.isFinite(tolerance.value) && tolerance.value >= 0
  );
}

/**
 * By how much the comparison holds; negative where it fails.
 *
 *     ≤: right − left + tolerance    ≥: left − right + tolerance    =: tolerance − |left − right|
 */
export function margin({ left, relation, right, tolerance }: Comparison): number {
  // Equal sides have slack exactly the tolerance; the subtraction would make NaN of two infinities.
  if (left === right) return tolerance.value;
  switch (relation) {
    case '≤':
      return right - left + tolerance.value;
    case '≥':
      return left - right + tolerance.value;
    case '=':
      return tolerance.value - Math.abs(left - right);
  }
}

/**
 * How much of what is allowed was used: 1 where the bound is attained, above 1 where it fails.
 *
 *     ≤: left / (right + tolerance)    ≥: right / (left + tolerance)    =: |left − right| / tolerance
 *
 * A quotient that means nothing (a bound that is not positive, 0 ≤ 0 among them) is clamped to 0 where the comparison holds and to
 * infinity where it fails, so tightness and `margin` always agree on the side of 1.
 */
export function tightness(comparison: Comparison): number {
  const { left, relation, right, tolerance } = comparison;
  const slack = margin(comparison);
  const [used, allowed] =
    relation === '≤'
      ? [left, right + tolerance.value]
      : relation === '≥'
        ? [right, left + tolerance.value]
        : [left === right ? 0 : Math.abs(left - right), tolerance.value];
  if (slack < 0) return allowed > 0 ? Math.max(used / allowed, 1 + Number.EPSILON) : Number.POSITIVE_INFINITY;
  if (!(allowed > 0) || used <= 0 || allowed === Number.POSITIVE_INFINITY) return 0;
  return Math.min(1, used / allowed);
}
