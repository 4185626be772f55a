import { type EdgeTable, graphLimits } from '../tables.ts';
import { numeralProblem, parseNumeral, shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { mergePairs } from './mergePairs.ts';

/** Largest sum of absolute weights: room for sums of a few of them before float64 overflows. */
const mostWeight = 2 ** 1021;

/** What a format says of its edges besides their ends and weights. */
export interface EdgeFacts {
  /** Where the numbers given to `add` stand in the table; absent: where they are. */
  readonly placeOf?: Int32Array;
  readonly names?: readonly string[] | undefined;
  /** Whether the format names edges from both ends, so that a reverse arc of the same weight repeats nothing. */
  readonly givesBothArcs?: boolean;
}

/** Gathers the edges that a reader finds, remembers on which line each stood, and puts them into a table. */
export class EdgeCollector {
  readonly #file: TextFile;
  readonly #sources: number[] = [];
  readonly #targets: number[] = [];
  readonly #weights: number[] = [];
  readonly #lines: number[] = [];

  constructor(file: TextFile) {
    this.#file = file;
  }

  get count(): number {
    return this.#sources.length;
  }

  /** Reads a whole number in [least, most]. */
  integer(line: number, what: string, field: string | undefined, least: number, most: number): number {
    const value = field !== undefined && /^\+?\d{1,15}$/.test(field) ? Number(field) : Number.NaN;
    if (value >= least && value <= most) return value;
    const expected = `${what} (a whole number from ${least} to ${most})`;
    throw this.#file.fault(line, { expected, got: shown(field) });
  }

  /** Reads a finite decimal number. */
  weight(line: number, field: string | undefined): number {
    const { decimal } = this.#file.options;
    const value = field === undefined ? Number.NaN : parseNumeral(field, decimal);
    if (!Number.isNaN(value)) return value;
    const { expected, ...rest } = numeralProblem(field ?? '', decimal);
    throw this.#file.fault(line, { expected: expected.replace('number', 'weight'), ...rest });
  }

  /** Adds an edge between two vertices counted from 0; loops and repetitions are dealt with at the end. */
  add(line: number, u: number, v: number, weight: number): void {
    // A matrix of the largest number of edges holds each of them twice.
    if (this.count === 2 * graphLimits.edges) {
      throw this.#file.fault(line, { expected: `at most ${graphLimits.edges} edges`, got: 'more' });
    }
    this.#sources.push(u);
    this.#targets.push(v);
    this.#weights.push(weight);
    this.#lines.push(line);
  }

  /**
   * The edges as a table: loops dropped, repeated pairs and reverse arcs merged, each with a note.
   *
   * @throws InputError for a pair with two weights unless they are to be summed, for weights whose sum overflows, and,
   * where the file is to be read strictly, for every loop and repetition
   */
  table(format: string, vertexCount: number, facts: EdgeFacts = {}): EdgeTable {
    const { placeOf, names, givesBothArcs = false } = facts;
    const place = (k: number) => (placeOf === undefined ? k : placeOf[k]);
    const merged = mergePairs(this.#file, vertexCount, {
      givesBothArcs,
      sources: Int32Array.from(this.#sources, place),
      targets: Int32Array.from(this.#targets, place),
      values: Float64Array.from(this.#weights),
      lines: Int32Array.from(this.#lines),
    });
    if (merged.values.length > graphLimits.edges) {
      throw this.#file.fault(0, {
        expected: `at most ${graphLimits.edges} edges`,
        got: `${merged.values.length}`,
      });
    }
    this.#checkSum(merged.values, merged.lines);
    const { sources, targets, values: weights, lines } = merged;
    const { notes } = this.#file;
    const table: EdgeTable = { kind: 'edges', format, vertexCount, sources, targets, weights, lines, notes };
    return names === undefined ? table : { ...table, names };
  }

  #checkSum(weights: Float64Array, lines: Int32Array): void {
    let sum = 0;
    for (const [e, weight] of weights.entries()) {
      sum += Math.abs(weight);
      if (sum <= mostWeight) continue;
      throw this.#file.fault(lines[e], {
        expected: 'weights whose sum stays below 2e307',
        got: `${weight}, with which it overflows`,
        help: 'divide all weights by a power of ten',
      });
    }
  }
}
