import { mergePairs } from '../graphs/mergePairs.ts';
import { graphLimits, type QuadraticTable } from '../tables.ts';
import { numeralProblem, parseNumeral, shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';

/** Gathers the terms of a quadratic function of variables counted from 0. */
export class QuadraticCollector {
  readonly #file: TextFile;
  readonly #linear: Map<number, number> = new Map();
  readonly #sources: number[] = [];
  readonly #targets: number[] = [];
  readonly #values: number[] = [];
  readonly #lines: number[] = [];
  offset = 0;

  constructor(file: TextFile) {
    this.#file = file;
  }

  integer(line: number, what: string, field: string | undefined, least: number, most: number): number {
    const value = field !== undefined && /^\+?\d{1,15}$/.test(field) ? Number(field) : Number.NaN;
    if (value >= least && value <= most) return value;
    const expected = `${what} (a whole number from ${least} to ${most})`;
    throw this.#file.fault(line, { expected, got: shown(field) });
  }

  number(line: number, field: string | undefined): number {
    const value = parseNumeral(field ?? '');
    if (!Number.isNaN(value)) return value;
    throw this.#file.fault(line, numeralProblem(field ?? ''));
  }

  addLinear(variable: number, value: number): void {
    this.#linear.set(variable, (this.#linear.get(variable) ?? 0) + value);
  }

  addProduct(line: number, first: number, second: number, value: number): void {
    if (this.#values.length === graphLimits.edges) {
      throw this.#file.fault(line, { expected: `at most ${graphLimits.edges} products`, got: 'more' });
    }
    this.#sources.push(first);
    this.#targets.push(second);
    this.#values.push(value);
    this.#lines.push(line);
  }

  /** The number of variables that the terms speak of. */
  get size(): number {
    let size = 0;
    for (const variable of this.#linear.keys()) size = Math.max(size, variable + 1);
    for (const list of [this.#sources, this.#targets])
      for (const variable of list) size = Math.max(size, variable + 1);
    return size;
  }

  /**
   * The function over so many variables; products of the same two are merged as edges are.
   *
   * @param facts what the file says of the problem; the options of the reader go before its sense
   * @throws InputError for a pair with two values, or coefficients whose sum overflows
   */
  table(
    size: number,
    facts: Pick<QuadraticTable, 'format' | 'variables' | 'sense'> & { readonly names?: readonly string[] },
  ): QuadraticTable {
    const file = this.#file;
    const merged = mergePairs(file, size, {
      sources: Int32Array.from(this.#sources),
      targets: Int32Array.from(this.#targets),
      values: Float64Array.from(this.#values),
      lines: Int32Array.from(this.#lines),
    });
    const linear = new Float64Array(size);
    for (const [variable, value] of this.#linear) linear[variable] = value;
    const largest = [
      this.offset,
      ...[linear, merged.values].map((list) => list.reduce((sum, x) => sum + Math.abs(x), 0)),
    ];
    if (!(largest.reduce((sum, x) => sum + Math.abs(x), 0) < 2 ** 1018)) {
      throw file.fault(0, {
        expected: 'coefficients whose sum stays below 1e306',
        got: 'more',
        help: 'scale them',
      });
    }
    const { format, variables, names } = facts;
    const sense = file.options.sense ?? facts.sense;
    const { sources, targets, values } = merged;
    const kind = variables === 'binary' ? 'variables of 0 and 1' : 'spins of -1 and 1';
    file.notes.push(`a quadratic problem in ${size} ${kind}, to ${sense}`);
    return {
      kind: 'quadratic',
      format,
      variables,
      sense,
      offset: this.offset,
      linear,
      sources,
      targets,
      values,
      notes: file.notes,
      ...(names === undefined ? {} : { names }),
    };
  }
}
