/** An admissible error together with the reason for its size. */
export interface Tolerance {
  /** Absolute, at least 0. */
  readonly value: number;
  /** Why it has this size: a formula in the sizes and machine epsilon, or a measured error estimate. */
  readonly because: string;
}

/** No error admitted: the comparison is exact. */
export const exact: Tolerance = { value: 0, because: 'exact' };

/**
 * Rounding error of about `operations` floating-point operations on quantities of size `magnitude`.
 *
 *     value = operations · Number.EPSILON · |magnitude|
 */
export function rounding(operations: number, magnitude: number): Tolerance {
  return {
    value: operations * Number.EPSILON * Math.abs(magnitude),
    because: `rounding of ${operations} operations at magnitude ${magnitude.toPrecision(3)}`,
  };
}

/** The sum of several tolerances, with their reasons. */
export function sum(...parts: readonly Tolerance[]): Tolerance {
  return {
    value: parts.reduce((total, part) => total + part.value, 0),
    because: parts.map((part) => part.because).join('; '),
  };
}
