import type { InputProblem } from '../../numerics/base/inputError.ts';

/** What stands between the whole part of a number and its fraction. */
export type DecimalMark = '.' | ',';

const plain = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d{1,5})?$/;
const plainComma = /^[+-]?(\d+,?\d*|,\d+)([eEdD][+-]?\d{1,5})?$/;
const integer = /^[+-]?\d+$/;
const grouped = /^[+-]?\d{1,3}([,.' \u00a0\u202f]\d{3})+([.,]\d+)?$/;

/**
 * Reads a decimal number; an exponent may be written with e or with Fortran's d.
 *
 * @returns NaN for anything that float64 cannot hold as it stands: no decimal number, one beyond its range, one that
 * would become 0, or an integer beyond 2⁵³ that would be rounded; {@link numeralProblem} then tells which
 */
export function parseNumeral(cell: string, decimal: DecimalMark = '.'): number {
  if (!(decimal === '.' ? plain : plainComma).test(cell)) return Number.NaN;
  const text = decimal === '.' ? cell : cell.replace(',', '.');
  const value = Number(/[dD]/.test(text) ? text.replace(/[dD]/, 'e') : text);
  if (!Number.isFinite(value)) return Number.NaN;
  if (value === 0 && isNonzero(text)) return Number.NaN;
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER && isRounded(text, value)) return Number.NaN;
  return value;
}

/** Whether a cell is a number to the eye, be it within the range of float64 or not. */
export function isNumeral(cell: string, decimal: DecimalMark = '.'): boolean {
  return (decimal === '.' ? plain : plainComma).test(cell);
}

function isNonzero(text: string): boolean {
  return /[1-9]/.test(text.split(/[eEdD]/, 1)[0] ?? '');
}

function isRounded(text: string, value: number): boolean {
  return integer.test(text) && BigInt(text.replace('+', '')) !== BigInt(value);
}

/** Says in words why {@link parseNumeral} gave NaN, and what helps. */
export function numeralProblem(cell: string, decimal: DecimalMark = '.'): Omit<InputProblem, 'source'> {
  const got = shown(cell);
  if (cell === '') return { expected: 'a number', got: 'an empty cell' };
  if (isNumeral(cell, decimal)) return rangeProblem(cell, decimal);
  if (/^[+-]?(nan|inf(inity)?|n\/?a|null|none|-|\?)$/i.test(cell)) {
    return { expected: 'a finite number', got, help: 'fill or drop what is missing' };
  }
  if (/^#(N\/A|DIV\/0!|REF!|VALUE!|NUM!|NAME\?|NULL!|#+)/i.test(cell)) {
    return { expected: 'a finite number', got: `the spreadsheet error ${got}` };
  }
  if (grouped.test(cell)) {
    const help =
      'write the number without thousands separators, or say --decimal , if that is a decimal comma';
    return { expected: 'a number', got: `${got}, which has a thousands separator or a decimal comma`, help };
  }
  if (decimal === '.' && plainComma.test(cell)) {
    return { expected: 'a number', got: `${got}, which has a decimal comma`, help: 'say --decimal ,' };
  }
  if (decimal === ',' && plain.test(cell)) {
    return { expected: 'a number with a decimal comma', got, help: 'say --decimal .' };
  }
  if (/^[+-]?0x/i.test(cell)) return { expected: 'a decimal number', got };
  if (/^\u2212/.test(cell))
    return { expected: 'a number', got: `${got}, which begins with a typographic minus` };
  return { expected: 'a finite number', got };
}

function rangeProblem(cell: string, decimal: DecimalMark): Omit<InputProblem, 'source'> {
  const text = cell.replace(decimal, '.').replace(/[dD]/, 'e');
  const got = shown(cell);
  if (!Number.isFinite(Number(text))) {
    return {
      expected: 'a finite number',
      got: `${got}, beyond the range of float64`,
      help: 'scale the numbers',
    };
  }
  if (Number(text) === 0) {
    return { expected: 'a finite number', got: `${got}, too small for float64`, help: 'scale the numbers' };
  }
  return {
    expected: 'integers that float64 holds exactly',
    got: `${got}, which lies beyond 2^53 and would be rounded`,
    help: 'scale the numbers, or write it with a decimal point where rounding does no harm',
  };
}

/** A cell as it goes into a message: short and in quotes. */
export function shown(cell: string | undefined): string {
  if (cell === undefined) return 'nothing';
  return `"${cell.length > 60 ? `${cell.slice(0, 57)}...` : cell}"`;
}
