import { readable } from '../wording.ts';

/**
 * Places ticks on a logarithmic axis: powers of ten, at most nine of them, and also twice and five times each where
 * fewer than three powers fall inside the data, and round numbers at equal steps where that gives fewer than three.
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
  if (finer.length >= 3) return finer;
  const even = evenTicks(least, most);
  return even.length >= 2 ? even : [...new Set([least, most])];
}

/** Multiples of 1, 2 or 5 times a power of ten inside an interval, about five of them. */
function evenTicks(least: number, most: number): number[] {
  const rough = (most - least) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const ticks: number[] = [];
  for (let k = Math.ceil(least / step); k * step <= most; k++) ticks.push(k * step);
  return ticks;
}

/** A tick's text: `10⁻⁶` for a power of ten far from 1, the number otherwise. */
export function tickText(value: number): string {
  return readable(Number(value.toPrecision(3))).replace(/^1 × /, '');
}
