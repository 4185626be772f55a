import { type Dyadic, dyadic } from './exact.ts';

/** A certificate as it stands in evidence. Numbers that JSON cannot write stand as texts. */
export interface Certificate {
  readonly id: string;
  readonly kind: string;
  readonly numbers: Readonly<Record<string, number | string>>;
  readonly arrays: Readonly<Record<string, readonly (number | string)[]>>;
}

/** What a checker of one kind says: how many inequalities it evaluated, and one line for each that fails. */
export interface Checked {
  readonly inequalities: number;
  readonly problems: readonly string[];
}

/** Collects inequalities and those that fail. */
export class Findings implements Checked {
  inequalities = 0;
  readonly problems: string[] = [];

  /** @param failure what is wrong where the inequality does not hold */
  expect(holds: boolean, failure: string): void {
    this.inequalities++;
    if (!holds) this.problems.push(failure);
  }
}

/** @throws RangeError where the certificate has no such finite number */
export function numberOf({ numbers }: Certificate, name: string): number {
  const value = Number(numbers[name]);
  if (!Number.isFinite(value)) throw new RangeError(`expected a finite number ${name}, got ${numbers[name]}`);
  return value;
}

/** @throws RangeError unless it is an integer in [least, most] */
export function countOf(certificate: Certificate, name: string, least: number, most: number): number {
  const value = numberOf(certificate, name);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`expected ${name} to be an integer from ${least} to ${most}, got ${value}`);
}

/** @throws RangeError unless the certificate has such an array, of that length, of finite numbers */
export function arrayOf({ arrays }: Certificate, name: string, length: number): readonly number[] {
  const values = arrays[name]?.map(Number);
  if (values?.length !== length || !values.every(Number.isFinite)) {
    throw new RangeError(`expected ${length} finite numbers ${name}, got ${values?.length ?? 'none'}`);
  }
  return values;
}

/** The same, exactly. */
export function exactly(certificate: Certificate, name: string, length: number): readonly Dyadic[] {
  return arrayOf(certificate, name, length).map(dyadic);
}
