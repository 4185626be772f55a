import { InputError } from '../../numerics/base/inputError.ts';

/**
 * One option of a tool, or the file it is given.
 *
 * - `argument`: the file without a name, `-` for standard input.
 * - `input`, `output`: names of files to be read and written; `value`: anything else that is followed by a word.
 * - `flag`: stands alone.
 */
export interface ToolOption<Value> {
  readonly kind: 'argument' | 'input' | 'output' | 'value' | 'flag';
  /** What stands for the value in the help: `N`, `file`. */
  readonly placeholder: string;
  readonly says: string;
  /** The value where the option is not given. */
  readonly fallback: Value;
  /**
   * @param source the option as it is typed, for the error
   * @throws InputError for a word that is no such value
   */
  readonly parse: (source: string, word: string) => Value;
}

/** The options of a tool by their names in the program; `pseudoInverse` is typed as `--pseudo-inverse`. */
export type OptionTable = Readonly<Record<string, ToolOption<unknown>>>;

/** The values of a table of options. */
export type OptionsOf<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends ToolOption<infer Value> ? Value : never;
};

/** The ends of an interval of numbers; `above` and `below` are not in it, `least` and `most` are. */
export type Interval = ({ readonly least: number } | { readonly above: number }) &
  ({ readonly most: number } | { readonly below: number });

/** Decimal numbers as all tools read them. */
const decimal = /^[+-]?(\d{1,18}\.?\d{0,18}|\.\d{1,18})(e[+-]?\d{1,3})?$/i;

/** An option whose value is a number of an interval. */
export function number<Fallback extends number | undefined>(
  placeholder: string,
  says: string,
  interval: Interval,
  fallback: Fallback,
): ToolOption<number | Fallback> {
  return numeric({ placeholder, says, interval, fallback, kind: 'a number', accepts: () => true });
}

/** An option whose value is a whole number of an interval. */
export function whole<Fallback extends number | undefined>(
  placeholder: string,
  says: string,
  interval: { readonly least: number; readonly most: number },
  fallback: Fallback,
): ToolOption<number | Fallback> {
  return numeric({
    placeholder,
    says,
    interval,
    fallback,
    kind: 'a whole number',
    accepts: Number.isInteger,
  });
}

interface Numeric<Fallback> {
  readonly placeholder: string;
  readonly says: string;
  readonly interval: Interval;
  readonly fallback: Fallback;
  readonly kind: string;
  readonly accepts: (value: number) => boolean;
}

function numeric<Fallback extends number | undefined>(
  task: Numeric<Fallback>,
): ToolOption<number | Fallback> {
  const { placeholder, says, interval, fallback, kind, accepts } = task;
  const range = rangeOf(interval);
  return {
    kind: 'value',
    placeholder,
    says: `${says} (${range}${fallback === undefined ? '' : `; default ${fallback}`})`,
    fallback,
    parse: (source, word) => {
      const value = decimal.test(word) ? Number(word) : Number.NaN;
      if (isWithin(interval, value) && accepts(value)) return value;
      throw new InputError({ source, expected: `${kind} ${range}`, got: `"${word}"` });
    },
  };
}

function rangeOf(interval: Interval): string {
  if ('least' in interval && 'most' in interval) return `from ${interval.least} to ${interval.most}`;
  const low = 'least' in interval ? `at least ${interval.least}` : `above ${interval.above}`;
  return `${low} and ${'most' in interval ? `at most ${interval.most}` : `below ${interval.below}`}`;
}

function isWithin(interval: Interval, value: number): boolean {
  const low = 'least' in interval ? value >= interval.least : value > interval.above;
  return low && ('most' in interval ? value <= interval.most : value < interval.below);
}

/** An option whose value is one of some names. */
export function choice<const Name extends string>(
  placeholder: string,
  says: string,
  names: readonly Name[],
  fallback: Name,
): ToolOption<Name> {
  return {
    kind: 'value',
    placeholder,
    says: `${says}: ${names.join(', ')} (default ${fallback})`,
    fallback,
    parse: (source, word) => {
      const found = names.find((name) => name === word);
      if (found !== undefined) return found;
      throw new InputError({ source, expected: `one of ${names.join(', ')}`, got: `"${word}"` });
    },
  };
}

/** An option whose value is any text. */
export function text(placeholder: string, says: string, fallback: string): ToolOption<string> {
  return {
    kind: 'value',
    placeholder,
    says: `${says} (default ${fallback})`,
    fallback,
    parse: (_, word) => word,
  };
}

/** An option without a value. */
export function flag(says: string): ToolOption<boolean> {
  return { kind: 'flag', placeholder: '', says, fallback: false, parse: () => true };
}
