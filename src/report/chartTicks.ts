import { readable } from './wording.ts';

/**
 * Places ticks on a logarithmic axis: powers of ten, at most nine of them, and also twice and five times each where
 * fewer than three powers fall inside the data.
 *
 * @param values positive and finite, at least one
 */
export function logTicks(values: readonly number[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const first = Math.floor(Math.log10(least));
  const last = Math.ceil(Math.log10(most));
  const inside = (tick: number): boolean => tick >= least * (1 - 1e-9) && tick <= most * (1 + 1e-9);
  const step = Math.max(1, Math.ceil((last - first) / 8));
  const powers: number[] = [];
  for (let k = first; k <= last; k += step) powers.push(10 ** k);
  const kept = powers.filter(inside);
  if (kept.length >= 3) return kept;
  const finer = powers.flatMap((power) => [power, 2 * power, 5 * power]).filter(inside);
  return finer.length >= 2 ? finer : [...new Set([least, most])];
}

/** A tick's text: `10⁻⁶` for a power of ten far from 1, the number otherwise. */
export function tickText(value: number): string {
  return readable(Number(value.toPrecision(3))).replace(/^1 × /, '');
}
