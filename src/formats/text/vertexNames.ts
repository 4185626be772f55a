import { graphLimits } from '../tables.ts';
import type { TextFile } from './textFile.ts';

/** Vertices in the order of a graph, and what they are called. */
export interface NamedVertices {
  readonly count: number;
  /** Place of the vertex that came k-th. */
  readonly placeOf: Int32Array;
  /** Absent where vertices are counted from 0 or 1 without a gap. */
  readonly names?: readonly string[];
}

/** Numbers the vertices that a file calls by name or by a number of its own, in the order in which they come. */
export class VertexNames {
  readonly #places = new Map<string, number>();
  readonly #file: TextFile;

  constructor(file: TextFile) {
    this.#file = file;
  }

  get count(): number {
    return this.#places.size;
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  /** The number of a vertex, a new one if the name is new. */
  number(line: number, name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const next = this.#places.size;
    if (next === graphLimits.vertices) {
      throw this.#file.fault(line, { expected: `at most ${graphLimits.vertices} vertices`, got: 'more' });
    }
    this.#places.set(name, next);
    return next;
  }

  /**
   * Puts the vertices in order: by number where every name is a whole number, else as they came.
   *
   * Numbers stay text, so that no two that differ become one, however large.
   */
  finish(): NamedVertices {
    const names = [...this.#places.keys()];
    if (!names.every((name) => /^(0|[1-9]\d*)$/.test(name))) {
      return { count: names.length, placeOf: Int32Array.from(names.keys()), names };
    }
    const order = Array.from(names.keys()).sort((a, b) => compareNumbers(names[a] ?? '', names[b] ?? ''));
    const placeOf = new Int32Array(names.length);
    for (const [place, k] of order.entries()) placeOf[k] = place;
    const sorted = order.map((k) => names[k] ?? '');
    const [first, last] = [sorted[0] ?? '1', sorted.at(-1) ?? '1'];
    const isDense =
      first.length === 1 && Number(first) <= 1 && Number(last) === Number(first) + names.length - 1;
    if (isDense) return { count: names.length, placeOf };
    this.#file.notes.push(`${names.length} vertices between ${first} and ${last} numbered without gaps`);
    return { count: names.length, placeOf, names: sorted };
  }
}

/** Whole numbers without leading zeros, by size. */
function compareNumbers(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
