/**
 * Writes a value as JSON text in which every number survives exactly.
 *
 * JSON prints finite doubles so that they read back unchanged; the three that it would turn into null are written
 * as the texts "Infinity", "-Infinity" and "NaN", and −0 as 0.
 */
export function encodeNumbers(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, entry: unknown) =>
      typeof entry === 'number' && !Number.isFinite(entry)
        ? String(entry)
        : ArrayBuffer.isView(entry)
          ? Array.from(entry as Float64Array)
          : entry,
    indent,
  );
}
