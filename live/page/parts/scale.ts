/** Maps values of an axis to places on a drawing. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/**
 * A linear scale over [least, most] with about `wanted` ticks at multiples of 1, 2 or 5 times a power of ten.
 *
 * @param from place of `least`
 * @param to place of `most`
 */
export function linearScale(
  [least, most]: readonly [number, number],
  from: number,
  to: number,
  wanted = 5,
): Scale {
  const width = most > least ? most - least : 1;
  const rough = width / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const ticks: number[] = [];
  // Counted in steps, so that a tick is the multiple nearest to it and not a sum of rounded steps.
  for (let k = Math.ceil(least / step - 1e-9); k * step <= most + 1e-9 * width; k++)
    ticks.push(Number((k * step).toPrecision(12)));
  return { at: (value) => from + ((value - least) / width) * (to - from), ticks };
}

/** A logarithmic scale over [least, most], both positive, with a tick at each power of ten. */
export function logScale([least, most]: readonly [number, number], from: number, to: number): Scale {
  const [low, high] = [Math.log10(least), Math.log10(most)];
  const ticks: number[] = [];
  for (let k = Math.ceil(low - 1e-9); k <= high + 1e-9; k++) ticks.push(Number(`1e${k}`));
  return { at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from), ticks };
}
