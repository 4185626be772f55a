/** A number m·2^e, exactly: every finite double is one. */
interface Dyadic {
  readonly m: bigint;
  readonly e: number;
}

/** The finite double as an exact dyadic number. */
function dyadic(value: number): Dyadic {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const m = exponent === 0 ? fraction : fraction | (1n << 52n);
  return { m: bits >> 63n === 1n ? -m : m, e: Math.max(exponent, 1) - 1075 };
}

/**
 * The sign of a sum of finite doubles, without rounding.
 *
 * @returns −1, 0 or 1
 */
export function signOfSum(...terms: readonly number[]): number {
  const exact = terms.map(dyadic);
  const lowest = Math.min(...exact.map(({ e }) => e));
  const total = exact.reduce((sum, { m, e }) => sum + (m << BigInt(e - lowest)), 0n);
  return total > 0n ? 1 : total < 0n ? -1 : 0;
}

/** Whether left ≤ right + slack, without rounding; infinities compare as the extended reals do. */
export function isAtMost(left: number, right: number, slack: number): boolean {
  if (Number.isNaN(left) || Number.isNaN(right) || Number.isNaN(slack)) return false;
  if (![left, right, slack].every(Number.isFinite)) return left <= right + slack;
  return signOfSum(right, slack, -left) >= 0;
}
