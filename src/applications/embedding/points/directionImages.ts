import { embedInto } from './embedInto.ts';
import type { Directions } from './pairDirections.ts';
import type { PairedDirections } from './pairedDirections.ts';

/** Unit vectors u_p: written out, or as differences of points. */
export type DirectionSet = Directions | PairedDirections;

/**
 * The images Mu_p of the directions under a k × d matrix, and the sum of pulls Σ_p row_p·u_pᵀ on the matrix. It owns
 * its workspace: one matrix and one sum at a time.
 */
export interface DirectionImages {
  /** Moves to the matrix in the k·d entries of x from `start`; x is read until the next move. */
  moveTo(x: Float64Array, start: number): void;
  /** out ← Mu_p, k entries; returns |Mu_p|². */
  imageInto(out: Float64Array, p: number): number;
  /** Empties the sum of pulls. */
  release(): void;
  /** Adds row·u_pᵀ to the sum. */
  pull(row: Float64Array, p: number): void;
  /** Writes the sum into the k·d entries of out from `start`. */
  collectInto(out: Float64Array, start: number): void;
}

/**
 * Prepares images for matrices of k rows.
 *
 * Cost: for directions that are written out, count·k·d a pass over all images or pulls; for pairs of points n·k·d once
 * and count·k a pass.
 */
export function directionImages(directions: DirectionSet, k: number): DirectionImages {
  return 'values' in directions ? new WrittenImages(directions, k) : new PairedImages(directions, k);
}

class WrittenImages implements DirectionImages {
  readonly #units: Float64Array;
  readonly #d: number;
  readonly #k: number;
  readonly #sum: Float64Array;
  #x: Float64Array = new Float64Array(0);
  #start = 0;

  constructor({ values, dimension }: Directions, k: number) {
    this.#units = values;
    this.#d = dimension;
    this.#k = k;
    this.#sum = new Float64Array(k * dimension);
  }

  moveTo(x: Float64Array, start: number): void {
    this.#x = x;
    this.#start = start;
  }

  imageInto(out: Float64Array, p: number): number {
    const x = this.#x;
    const units = this.#units;
    const d = this.#d;
    const k = this.#k;
    let squared = 0;
    for (let i = 0, at = this.#start; i < k; i++, at += d) {
      let entry = 0;
      for (let c = 0, u = p * d; c < d; c++) entry += x[at + c] * units[u + c];
      out[i] = entry;
      squared += entry * entry;
    }
    return squared;
  }

  release(): void {
    this.#sum.fill(0);
  }

  pull(row: Float64Array, p: number): void {
    const sum = this.#sum;
    const units = this.#units;
    const d = this.#d;
    const k = this.#k;
    for (let i = 0, at = 0; i < k; i++, at += d) {
      const weight = row[i];
      if (weight === 0) continue;
      for (let c = 0, u = p * d; c < d; c++) sum[at + c] += weight * units[u + c];
    }
  }

  collectInto(out: Float64Array, start: number): void {
    out.set(this.#sum, start);
  }
}

class PairedImages implements DirectionImages {
  readonly #pairs: PairedDirections;
  readonly #k: number;
  readonly #embedded: Float64Array;
  readonly #pulls: Float64Array;

  constructor(pairs: PairedDirections, k: number) {
    this.#pairs = pairs;
    this.#k = k;
    this.#embedded = new Float64Array(pairs.pointCount * k);
    this.#pulls = new Float64Array(pairs.pointCount * k);
  }

  moveTo(x: Float64Array, start: number): void {
    const { points, dimension: d } = this.#pairs;
    embedInto(this.#embedded, points, x.subarray(start, start + this.#k * d), d, this.#k);
  }

  imageInto(out: Float64Array, p: number): number {
    const embedded = this.#embedded;
    const k = this.#k;
    const inverse = this.#pairs.inverse[p];
    const a = this.#pairs.first[p] * k;
    const b = this.#pairs.second[p] * k;
    let squared = 0;
    for (let i = 0; i < k; i++) {
      const entry = (embedded[a + i] - embedded[b + i]) * inverse;
      out[i] = entry;
      squared += entry * entry;
    }
    return squared;
  }

  release(): void {
    this.#pulls.fill(0);
  }

  pull(row: Float64Array, p: number): void {
    const pulls = this.#pulls;
    const k = this.#k;
    const inverse = this.#pairs.inverse[p];
    const a = this.#pairs.first[p] * k;
    const b = this.#pairs.second[p] * k;
    for (let i = 0; i < k; i++) {
      const t = row[i] * inverse;
      pulls[a + i] += t;
      pulls[b + i] -= t;
    }
  }

  collectInto(out: Float64Array, start: number): void {
    const { points, pointCount: n, dimension: d } = this.#pairs;
    const pulls = this.#pulls;
    const k = this.#k;
    out.fill(0, start, start + k * d);
    for (let p = 0; p < n; p++) {
      for (let i = 0, at = start; i < k; i++, at += d) {
        const weight = pulls[p * k + i];
        for (let c = 0, row = p * d; c < d; c++) out[at + c] += weight * points[row + c];
      }
    }
  }
}
