import { InputError } from '../../numerics/base/inputError.ts';
import { type EdgeTable, graphLimits } from '../tables.ts';

/**
 * Gathers the edges that a reader finds, remembers on which line each stood, and puts them into a table.
 *
 * A field that is no number becomes an InputError with the line number.
 */
export class EdgeCollector {
  readonly #source: string;
  readonly #sources: number[] = [];
  readonly #targets: number[] = [];
  readonly #weights: number[] = [];
  readonly #lines: number[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  get count(): number {
    return this.#sources.length;
  }

  /** An error at a line of this file. */
  fault(line: number, expected: string, got: string): InputError {
    return new InputError({ source: this.#source, line, expected, got });
  }

  /** Reads a whole number in [least, most]. */
  integer(line: number, what: string, field: string | undefined, least: number, most: number): number {
    const value = field !== undefined && /^\+?\d{1,15}$/.test(field) ? Number(field) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw this.fault(line, `${what} (a whole number from ${least} to ${most})`, quoted(field));
  }

  /** Reads a finite decimal number. */
  weight(line: number, field: string | undefined): number {
    const isNumeral = field !== undefined && /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d{1,4})?$/.test(field);
    const value = isNumeral ? Number(field.replace(/[dD]/, 'e')) : Number.NaN;
    if (Number.isFinite(value)) return value;
    throw this.fault(line, 'a finite weight', quoted(field));
  }

  /** Adds an edge between two vertices counted from 0. */
  add(line: number, u: number, v: number, weight: number): void {
    if (this.count === graphLimits.edges) {
      throw this.fault(line, `at most ${graphLimits.edges} edges`, 'more');
    }
    this.#sources.push(u);
    this.#targets.push(v);
    this.#weights.push(weight);
    this.#lines.push(line);
  }

  /** The edges as a table over so many vertices. */
  table(format: string, vertexCount: number): EdgeTable {
    return {
      format,
      vertexCount,
      sources: Int32Array.from(this.#sources),
      targets: Int32Array.from(this.#targets),
      weights: Float64Array.from(this.#weights),
      lines: Int32Array.from(this.#lines),
    };
  }
}

/** A field as it goes into a message. */
export function quoted(field: string | undefined): string {
  return field === undefined ? 'nothing' : `"${field}"`;
}
