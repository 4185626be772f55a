/** A number m·2^e, exactly: every finite double is one, and so is every sum and product of them. */
export interface Dyadic {
  readonly m: bigint;
  readonly e: number;
}

/**
 * The finite double as an exact dyadic number.
 *
 * @throws RangeError for infinities and NaN
 */
export function dyadic(value: number): Dyadic {
  if (!Number.isFinite(value)) throw new RangeError(`expected a finite number, got ${value}`);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const m = exponent === 0 ? fraction : fraction | (1n << 52n);
  return { m: bits >> 63n === 1n ? -m : m, e: Math.max(exponent, 1) - 1075 };
}

/** a + b, without rounding. */
export function plus(a: Dyadic, b: Dyadic): Dyadic {
  if (a.m === 0n) return b;
  if (b.m === 0n) return a;
  const e = Math.min(a.e, b.e);
  return { m: (a.m << BigInt(a.e - e)) + (b.m << BigInt(b.e - e)), e };
}

/** a − b, without rounding. */
export function minus(a: Dyadic, b: Dyadic): Dyadic {
  return plus(a, { m: -b.m, e: b.e });
}

/** a·b, without rounding. */
export function times(a: Dyadic, b: Dyadic): Dyadic {
  return { m: a.m * b.m, e: a.e + b.e };
}

/** Σ a_i b_i, without rounding. */
export function inner(a: readonly Dyadic[], b: readonly Dyadic[]): Dyadic {
  return a.reduce((sum, each, i) => plus(sum, times(each, b[i] ?? zero)), zero);
}

export const zero: Dyadic = { m: 0n, e: 0 };

/** −1, 0 or 1. */
export function sign({ m }: Dyadic): number {
  return m > 0n ? 1 : m < 0n ? -1 : 0;
}

/** Whether a ≤ b. */
export function notAbove(a: Dyadic, b: Dyadic): boolean {
  return sign(minus(b, a)) >= 0;
}

/**
 * The sign of a sum of finite doubles, without rounding.
 *
 * @returns −1, 0 or 1
 */
export function signOfSum(...terms: readonly number[]): number {
  return sign(terms.map(dyadic).reduce(plus, zero));
}

/** Whether left ≤ right + slack, without rounding; infinities compare as the extended reals do. */
export function isAtMost(left: number, right: number, slack: number): boolean {
  if (Number.isNaN(left) || Number.isNaN(right) || Number.isNaN(slack)) return false;
  if (![left, right, slack].every(Number.isFinite)) return left <= right + slack;
  return signOfSum(right, slack, -left) >= 0;
}

/**
 * Whether a symmetric matrix is positive semidefinite, decided without rounding by elimination without fractions
 * (Bareiss 1968), each time on a positive entry of the diagonal.
 *
 * @param matrix n·n, row-major
 */
export function isSemidefinite(matrix: readonly Dyadic[], n: number): boolean {
  const lowest = matrix.reduce((least, { m, e }) => (m === 0n ? least : Math.min(least, e)), 0);
  const a = matrix.map(({ m, e }) => (m === 0n ? 0n : m << BigInt(e - lowest)));
  const at = (i: number, j: number): bigint => a[i * n + j] ?? 0n;
  const open = new Set(Array.from({ length: n }, (_, i) => i));
  let previous = 1n;
  while (open.size > 0) {
    if ([...open].some((i) => at(i, i) < 0n)) return false;
    const pivot = [...open].find((i) => at(i, i) > 0n);
    // A semidefinite matrix with a diagonal of zeros is zero.
    if (pivot === undefined) return [...open].every((i) => [...open].every((j) => at(i, j) === 0n));
    open.delete(pivot);
    const p = at(pivot, pivot);
    for (const i of open) {
      for (const j of open) a[i * n + j] = (p * at(i, j) - at(i, pivot) * at(pivot, j)) / previous;
    }
    previous = p;
  }
  return true;
}
