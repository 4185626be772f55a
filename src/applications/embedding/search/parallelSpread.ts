import { checkInteger } from '../../../numerics/base/checks.ts';
import type { Objective } from '../../../numerics/optimize/objective.ts';
import { KernelPool } from '../../../numerics/threads/kernelPool.ts';
import { pairKernel } from './pairKernel.ts';
import { mostDoublings, spreadObjective } from './spreadObjective.ts';
import type { WorkingPairs } from './workingPairs.ts';

/** Points held in shared memory, where vector instructions on several threads evaluate spreads. */
export interface ParallelSpread {
  /**
   * The objective of `spreadObjective`, for other sums of the same terms. Only the newest one may be evaluated: the
   * memory is theirs in turn.
   */
  objective(pairs: WorkingPairs, doublings: number): Objective;
  /** Ends the threads. */
  close(): void;
}

/** Parts of every job: fixed, so that sums are added in the same order whatever the number of threads. */
const parts = 4;

const pageBytes = 65536;

/** Bytes of a pair: two offsets, inverse, weight, ratio, two powers. */
const pairBytes = 48;

const roundedUp = (count: number): number => (count + 3) & ~3;

/** Where the `part`-th of the runs ends that `count` fours are cut into. */
const cutAt = (part: number, count: number): number => 4 * Math.floor((part * count) / 4 / parts);

/**
 * Moves points into shared memory and starts threads for them.
 *
 * Guarantee: an objective has the same bits for every number of threads, and differs from `spreadObjective` by the
 * rounding of sums only.
 *
 * @param points n·rank coordinates, row-major; copied
 * @param k rows of the matrix
 * @param threads 1 for the calling one alone
 * Cost: 16·n·rank + 40·n·k bytes, 48 a pair; a step as that of `spreadObjective`, in about a sixth of its time a thread.
 */
export function parallelSpread(
  points: Float64Array,
  rank: number,
  k: number,
  threads: number,
): ParallelSpread {
  const n = points.length / rank;
  const rows = roundedUp(n);
  const width = roundedUp(k);
  const columns = roundedUp(rank);
  const dimension = k * rank;
  const imageBytes = 8 * rows * width;
  const slopeBytes = 8 * columns * width;
  // The layout: everything before the pairs has one place for good.
  const panelsAt = 0;
  const pointsAt = panelsAt + 8 * rows * rank;
  const matrixAt = pointsAt + 8 * rows * columns;
  const imagesAt = matrixAt + 8 * rank * width;
  const pullsAt = imagesAt + imageBytes;
  const slopesAt = pullsAt + parts * imageBytes;
  const endsAt = slopesAt + parts * slopeBytes;
  const pairsAt = endsAt + 16 * parts;
  const pool = new KernelPool(pairModule(), Math.ceil(pairsAt / pageBytes), threads);
  packPoints(new Float64Array(pool.memory.buffer), points, n, rank, pointsAt / 8, columns);
  const length = 16 * Math.ceil(k / 2);
  const forPoints = (argumentsOf: (from: number, to: number, part: number) => readonly number[]) =>
    Array.from({ length: parts }, (_, part) => argumentsOf(cutAt(part, rows), cutAt(part + 1, rows), part));
  const embedParts = forPoints((from, to) => [imagesAt, panelsAt, matrixAt, width, rank, from, to]);
  const collectParts = forPoints((from, to, part) => [
    ...[slopesAt + part * slopeBytes, pointsAt, columns, pullsAt, imageBytes, parts, width],
    ...[from, to],
  ]);

  return { objective, close: () => pool.close() };

  function objective(pairs: WorkingPairs, doublings: number): Objective {
    checkInteger('doublings', doublings, 0, mostDoublings);
    const { count } = pairs;
    const numbers = grown(pool, pairsAt + pairBytes * count);
    const powersAt = pairsAt;
    const inverseAt = powersAt + 16 * count;
    const weightAt = inverseAt + 8 * count;
    const ratioAt = weightAt + 8 * count;
    const firstAt = ratioAt + 8 * count;
    const secondAt = firstAt + 4 * count;
    numbers.set(pairs.inverseSquared.subarray(0, count), inverseAt / 8);
    numbers.set(pairs.weight.subarray(0, count), weightAt / 8);
    const offsets = new Uint32Array(pool.memory.buffer, firstAt, 2 * count);
    for (let p = 0; p < count; p++) {
      offsets[p] = 8 * width * pairs.first[p];
      offsets[count + p] = 8 * width * pairs.second[p];
    }
    const negligible = 2 ** -40 / Math.max(1, count);
    const beta = 2 ** doublings;
    const known = new Float64Array(dimension).fill(Number.NaN);
    let knownValue = 0;
    let highSum = 0;
    let lowSum = 0;
    let curvature: Objective | undefined;
    const forPairs = (argumentsOf: (from: number, to: number, part: number) => readonly number[]) =>
      Array.from({ length: parts }, (_, part) =>
        argumentsOf(
          Math.floor((part * count) / parts),
          Math.floor(((part + 1) * count) / parts),
          endsAt + 16 * part,
        ),
      );
    const ratioParts = forPairs((from, to, ends) => [
      ...[imagesAt, length, firstAt, secondAt, inverseAt, ratioAt],
      ...[from, to, ends],
    ]);

    /** Ratios and powers at x, unless they are known. */
    const visit = (x: Float64Array): number => {
      let same = 0;
      while (same < dimension && known[same] === x[same]) same++;
      if (same === dimension) return knownValue;
      known.set(x);
      for (let c = 0; c < k; c++)
        for (let a = 0; a < rank; a++) numbers[matrixAt / 8 + a * width + c] = x[c * rank + a];
      pool.run('embed', embedParts);
      pool.run('ratios', ratioParts);
      let least = Infinity;
      let most = 0;
      for (let at = endsAt / 8; at < pairsAt / 8; at += 2) {
        least = Math.min(least, numbers[at]);
        most = Math.max(most, numbers[at + 1]);
      }
      if (!(least > 0)) {
        knownValue = Infinity;
        return knownValue;
      }
      pool.run(
        'powers',
        forPairs((from, to, sums) => [
          ...[ratioAt, weightAt, powersAt, 1 / most, least, doublings],
          ...[from, to, sums],
        ]),
      );
      highSum = 0;
      lowSum = 0;
      for (let at = endsAt / 8; at < pairsAt / 8; at += 2) {
        highSum += numbers[at];
        lowSum += numbers[at + 1];
      }
      knownValue = Math.log(most / least) + (Math.log(highSum) + Math.log(lowSum)) / beta;
      return knownValue;
    };

    return {
      dimension,
      value: visit,
      gradientInto: (out, x) => {
        visit(x);
        pool.run(
          'pull',
          forPairs((from, to, ends) => [
            ...[
              imagesAt,
              pullsAt + ((ends - endsAt) / 16) * imageBytes,
              imageBytes,
              length,
              firstAt,
              secondAt,
            ],
            ...[inverseAt, ratioAt, powersAt, 1 / highSum, 1 / lowSum, negligible, from, to],
          ]),
        );
        pool.run('collect', collectParts);
        for (let c = 0; c < k; c++) {
          for (let a = 0; a < rank; a++) {
            let slope = 0;
            for (let part = 0; part < parts; part++)
              slope += numbers[(slopesAt + part * slopeBytes) / 8 + a * width + c];
            out[c * rank + a] = slope;
          }
        }
        return out;
      },
      hessianVectorInto: (out, x, direction) => {
        // Wanted only where the gradient vanishes altogether.
        curvature ??= spreadObjective(points, rank, k, pairs, doublings);
        return curvature.hessianVectorInto(out, x, direction);
      },
    };
  }
}

/** The shared numbers, after the memory has grown to what is needed. */
function grown({ memory }: KernelPool, bytes: number): Float64Array {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  return new Float64Array(memory.buffer);
}

/** Writes points in panels of four from 0, and row by row from `at`; what is padding stays 0. */
function packPoints(
  numbers: Float64Array,
  points: Float64Array,
  n: number,
  rank: number,
  at: number,
  columns: number,
): void {
  for (let i = 0; i < n; i++) {
    const panel = (i & ~3) * rank + (i & 3);
    for (let a = 0; a < rank; a++) {
      numbers[panel + 4 * a] = points[i * rank + a];
      numbers[at + i * columns + a] = points[i * rank + a];
    }
  }
}

function pairModule(): WebAssembly.Module {
  return new WebAssembly.Module(pairKernel);
}
