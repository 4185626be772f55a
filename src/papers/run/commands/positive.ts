import { InvalidArgumentError } from 'commander';

/** Reads a count that an option gives. */
export function positive(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected an integer from 1 to 999999999');
}
