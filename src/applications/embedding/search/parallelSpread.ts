import { checkInteger } from '../../../numerics/base/checks.ts';
import type { Objective } from '../../../numerics/optimize/objective.ts';
import { KernelPool } from '../../../numerics/threads/kernelPool.ts';
import { pairKernel } from '../points/pairKernel.ts';
import type { WorkingPairs } from '../points/workingPairs.ts';
import {
  grown,
  type PairPlaces,
  packPairs,
  packPoints,
  pageBytes,
  pairBytes,
  parts,
  SpreadLayout,
} from './spreadLayout.ts';
import { type CoordinateRows, mostDoublings, SpreadObjective } from './spreadObjective.ts';

/** Where the `part`-th of the runs ends that `count` fours are cut into. */
const cutAt = (part: number, count: number): number => 4 * Math.floor((part * count) / 4 / parts);

/** The arguments of each part of a job, over a run of things cut into parts. */
type ArgumentsOf = (from: number, to: number, part: number) => readonly number[];

/**
 * Points held in shared memory, where vector instructions on several threads evaluate spreads.
 *
 * Guarantee: an objective has the same bits for every number of threads, and differs from `SpreadObjective` by the
 * rounding of sums only.
 *
 * Cost: 16·n·rank + 40·n·k bytes, 48 a pair; a step as that of `SpreadObjective`, in about a sixth of its time a
 * thread.
 */
export class ParallelSpread {
  readonly #points: CoordinateRows;
  readonly #layout: SpreadLayout;
  readonly #pool: KernelPool;

  /**
   * @param points copied
   * @param k rows of the matrix
   * @param threads 1 for the calling one alone
   */
  constructor(points: CoordinateRows, k: number, threads: number) {
    this.#points = points;
    this.#layout = new SpreadLayout(points, k);
    const { pairsAt } = this.#layout;
    this.#pool = new KernelPool(new WebAssembly.Module(pairKernel), Math.ceil(pairsAt / pageBytes), threads);
    packPoints(new Float64Array(this.#pool.memory.buffer), points.values, this.#layout);
  }

  /**
   * The objective of `SpreadObjective`, for other sums of the same terms. Only the newest one may be evaluated: the
   * memory is theirs in turn.
   */
  objective(pairs: WorkingPairs, doublings: number): Objective {
    checkInteger('doublings', doublings, 0, mostDoublings);
    return new SharedObjective(this.#pool, this.#layout, this.#points, pairs, doublings);
  }

  /** Ends the threads. */
  close(): void {
    this.#pool.close();
  }
}

/** One objective in the shared memory. */
class SharedObjective implements Objective {
  readonly dimension: number;
  readonly #pool: KernelPool;
  readonly #layout: SpreadLayout;
  readonly #points: CoordinateRows;
  readonly #pairs: WorkingPairs;
  readonly #doublings: number;
  readonly #numbers: Float64Array;
  readonly #places: PairPlaces;
  readonly #embedParts: readonly (readonly number[])[];
  readonly #collectParts: readonly (readonly number[])[];
  readonly #known: Float64Array;
  #knownValue = 0;
  #highSum = 0;
  #lowSum = 0;
  #curvature: Objective | undefined;

  constructor(
    pool: KernelPool,
    layout: SpreadLayout,
    points: CoordinateRows,
    pairs: WorkingPairs,
    doublings: number,
  ) {
    const { rank, k, width, columns, imageBytes, slopeBytes } = layout;
    const { pointsAt, panelsAt, matrixAt, imagesAt, pullsAt, slopesAt, pairsAt } = layout;
    this.dimension = k * rank;
    this.#pool = pool;
    this.#layout = layout;
    this.#points = points;
    this.#pairs = pairs;
    this.#doublings = doublings;
    this.#numbers = grown(pool, pairsAt + pairBytes * pairs.count);
    this.#places = packPairs(pool, pairs, layout);
    this.#embedParts = this.#forPoints((from, to) => [
      ...[imagesAt, panelsAt, matrixAt, width, rank],
      ...[from, to],
    ]);
    this.#collectParts = this.#forPoints((from, to, part) => [
      ...[slopesAt + part * slopeBytes, pointsAt, columns, pullsAt, imageBytes, parts, width],
      ...[from, to],
    ]);
    this.#known = new Float64Array(this.dimension).fill(Number.NaN);
  }

  value(x: Float64Array): number {
    this.#visit(x);
    return this.#knownValue;
  }

  gradientInto(out: Float64Array, x: Float64Array): Float64Array {
    this.#visit(x);
    const { rank, k, width, imagesAt, imageBytes, pullsAt, slopesAt, slopeBytes, length } = this.#layout;
    const { firstAt, secondAt, inverseAt, ratioAt, powersAt } = this.#places;
    const numbers = this.#numbers;
    const negligible = 2 ** -40 / Math.max(1, this.#pairs.count);
    const sums = [1 / this.#highSum, 1 / this.#lowSum, negligible];
    this.#pool.run(
      'pull',
      this.#forPairs((from, to, part) => [
        ...[imagesAt, pullsAt + part * imageBytes, imageBytes, length, firstAt, secondAt],
        ...[inverseAt, ratioAt, powersAt, ...sums, from, to],
      ]),
    );
    this.#pool.run('collect', this.#collectParts);
    for (let c = 0; c < k; c++) {
      for (let a = 0; a < rank; a++) {
        let slope = 0;
        for (let part = 0; part < parts; part++)
          slope += numbers[(slopesAt + part * slopeBytes) / 8 + a * width + c];
        out[c * rank + a] = slope;
      }
    }
    return out;
  }

  hessianVectorInto(out: Float64Array, x: Float64Array, direction: Float64Array): Float64Array {
    // Wanted only where the gradient vanishes altogether.
    this.#curvature ??= new SpreadObjective(this.#points, this.#layout.k, this.#pairs, this.#doublings);
    return this.#curvature.hessianVectorInto(out, x, direction);
  }

  /** Ratios, powers and the value at x, unless they are known. */
  #visit(x: Float64Array): void {
    const known = this.#known;
    const { rank, k, width, matrixAt, imagesAt, endsAt, pairsAt, length } = this.#layout;
    const { firstAt, secondAt, inverseAt, weightAt, ratioAt, powersAt } = this.#places;
    const numbers = this.#numbers;
    const pool = this.#pool;
    let same = 0;
    while (same < known.length && known[same] === x[same]) same++;
    if (same === known.length) return;
    known.set(x);
    for (let c = 0; c < k; c++)
      for (let a = 0; a < rank; a++) numbers[matrixAt / 8 + a * width + c] = x[c * rank + a];
    pool.run('embed', this.#embedParts);
    pool.run(
      'ratios',
      this.#forPairs((from, to, part) => [
        ...[imagesAt, length, firstAt, secondAt, inverseAt, ratioAt],
        ...[from, to, endsAt + 16 * part],
      ]),
    );
    let least = Infinity;
    let most = 0;
    for (let at = endsAt / 8; at < pairsAt / 8; at += 2) {
      least = Math.min(least, numbers[at]);
      most = Math.max(most, numbers[at + 1]);
    }
    this.#knownValue = Infinity;
    if (!(least > 0)) return;
    pool.run(
      'powers',
      this.#forPairs((from, to, part) => [
        ...[ratioAt, weightAt, powersAt, 1 / most, least, this.#doublings],
        ...[from, to, endsAt + 16 * part],
      ]),
    );
    this.#highSum = 0;
    this.#lowSum = 0;
    for (let at = endsAt / 8; at < pairsAt / 8; at += 2) {
      this.#highSum += numbers[at];
      this.#lowSum += numbers[at + 1];
    }
    const sums = Math.log(this.#highSum) + Math.log(this.#lowSum);
    this.#knownValue = Math.log(most / least) + sums / 2 ** this.#doublings;
  }

  #forPoints(argumentsOf: ArgumentsOf): readonly (readonly number[])[] {
    const { rows } = this.#layout;
    return Array.from({ length: parts }, (_, part) =>
      argumentsOf(cutAt(part, rows), cutAt(part + 1, rows), part),
    );
  }

  #forPairs(argumentsOf: ArgumentsOf): readonly (readonly number[])[] {
    const { count } = this.#pairs;
    return Array.from({ length: parts }, (_, part) =>
      argumentsOf(Math.floor((part * count) / parts), Math.floor(((part + 1) * count) / parts), part),
    );
  }
}
