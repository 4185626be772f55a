import type { Origin } from '../evidence/shape/exhibit.ts';

/** A count with its thousands grouped: `12,345`. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** A count with its noun: `1 claim`, `2 claims`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(value)} ${value === 1 ? noun : plural}`;
}

/** A number for reading, in six significant digits, with a proper minus sign: `−1.5`, `3.2 × 10⁻⁷`, `∞`. */
export function readable(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return grouped(value).replace('-', '−');
  if (size >= 1e-4 && size < 1e7) return String(Number(value.toPrecision(6))).replace('-', '−');
  const [mantissa = '', exponent = ''] = value.toExponential(3).split('e');
  return `${String(Number(mantissa)).replace('-', '−')} × 10${superscript(exponent)}`;
}

/** The share of an allowance that was used, as a percentage that never rounds to 100 %; from ten on as a multiple. */
export function percentage(share: number): string {
  if (!Number.isFinite(share)) return readable(share);
  if (share >= 10) return `${readable(Number(share.toPrecision(4)))}-fold`;
  const percent = 100 * share;
  if (percent > 99.99 && percent < 100) return 'just below 100 %';
  if (percent > 100 && percent < 100.01) return 'just above 100 %';
  return `${readable(Number(percent.toPrecision(4)))} %`;
}

/** How close a comparison came to failing, in words that a percentage alone would leave open. */
export function closeness(share: number): 'fails' | 'attained' | 'within a tenth' | 'far' {
  if (share > 1) return 'fails';
  if (share >= 0.999) return 'attained';
  return share >= 0.9 ? 'within a tenth' : 'far';
}

/** Where a number comes from, in words: `printed: Figure 4`. */
export function originText({ kind, where }: Origin): string {
  return where === '' ? kind : `${kind}: ${where}`;
}

/** A duration in the unit that suits it. */
export function duration(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  if (whole < 1000) return `${whole} ms`;
  const seconds = Math.round(whole / 1000);
  if (whole < 59_950) return `${(whole / 1000).toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A name from a program as words: `lowestCurvature` becomes `lowest curvature`; other texts stay as they are. */
export function spaced(name: string): string {
  if (!/^[a-z]+([A-Z][a-z0-9]*)+$/.test(name)) return name;
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w.,:/=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Shortens a text to at most `most` characters, saying how many were left out. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  return `${characters.slice(0, most).join('')}… (${grouped(characters.length - most)} characters more)`;
}

/** Replaces what XML 1.0 and HTML cannot contain (control characters, lone surrogates) by U+FFFD. */
export function xmlSafe(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (c) => (/[\t\n\r]/.test(c) ? c : '\ufffd'));
}

/** Applies `xmlSafe` to every text inside a value, keys included. */
export function xmlSafeDeep<T>(value: T): T {
  if (typeof value === 'string') return xmlSafe(value) as T;
  if (Array.isArray(value)) return value.map(xmlSafeDeep) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [xmlSafe(key), xmlSafeDeep(entry)]),
  ) as T;
}

function superscript(exponent: string): string {
  const glyphs: Record<string, string> = { '-': '⁻', '+': '' };
  return [...exponent].map((c) => glyphs[c] ?? '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(c))).join('');
}
