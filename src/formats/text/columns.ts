import { shown } from './numerals.ts';
import type { TextFile } from './textFile.ts';

/** A column by its heading, or else by its number from 1. */
export function columnOf(
  file: TextFile,
  name: string,
  header: readonly string[] | undefined,
  width?: number,
): number {
  const named = header?.indexOf(name) ?? -1;
  if (named >= 0) return named;
  const number = /^[1-9]\d{0,8}$/.test(name) ? Number(name) : 0;
  if (number >= 1 && number <= (width ?? header?.length ?? Number.MAX_SAFE_INTEGER)) return number - 1;
  const known =
    header === undefined ? `a column number, as there is no header` : `one of ${header.join(', ')}`;
  throw file.fault(0, { expected: known, got: shown(name) });
}
