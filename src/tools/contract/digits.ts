/**
 * Formats a number for reading: a whole number in full, any other to six significant digits and at least four after
 * the point, so that near values of any size stay apart.
 */
export function digits(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  const before = Math.floor(Math.log10(Math.abs(value))) + 1;
  return String(Number(value.toPrecision(Math.min(17, Math.max(6, before + 4)))));
}
