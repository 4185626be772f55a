import type { KernelPool } from '../../../numerics/threads/kernelPool.ts';
import type { WorkingPairs } from '../points/workingPairs.ts';
import type { CoordinateRows } from './spreadObjective.ts';

/** Parts of every job: fixed, so that sums are added in the same order whatever the number of threads. */
export const parts = 4;

export const pageBytes = 65536;

/** Bytes of a pair: two offsets, inverse, weight, ratio, two powers. */
export const pairBytes = 48;

const roundedUp = (count: number): number => (count + 3) & ~3;

/** Where everything stands in the shared memory, in bytes; what comes before the pairs has one place for good. */
export class SpreadLayout {
  readonly n: number;
  readonly rank: number;
  readonly k: number;
  /** Sizes rounded up to fours: rows of images, their width, columns of points. */
  readonly rows: number;
  readonly width: number;
  readonly columns: number;
  readonly imageBytes: number;
  readonly slopeBytes: number;
  readonly panelsAt = 0;
  readonly pointsAt: number;
  readonly matrixAt: number;
  readonly imagesAt: number;
  readonly pullsAt: number;
  readonly slopesAt: number;
  readonly endsAt: number;
  readonly pairsAt: number;

  constructor({ pointCount: n, rank }: CoordinateRows, k: number) {
    this.n = n;
    this.rank = rank;
    this.k = k;
    this.rows = roundedUp(n);
    this.width = roundedUp(k);
    this.columns = roundedUp(rank);
    this.imageBytes = 8 * this.rows * this.width;
    this.slopeBytes = 8 * this.columns * this.width;
    this.pointsAt = this.panelsAt + 8 * this.rows * rank;
    this.matrixAt = this.pointsAt + 8 * this.rows * this.columns;
    this.imagesAt = this.matrixAt + 8 * rank * this.width;
    this.pullsAt = this.imagesAt + this.imageBytes;
    this.slopesAt = this.pullsAt + parts * this.imageBytes;
    this.endsAt = this.slopesAt + parts * this.slopeBytes;
    this.pairsAt = this.endsAt + 16 * parts;
  }

  /** Bytes of the images of a point that are not padding. */
  get length(): number {
    return 16 * Math.ceil(this.k / 2);
  }
}

/** Where the numbers of the pairs stand, in bytes. */
export interface PairPlaces {
  readonly powersAt: number;
  readonly inverseAt: number;
  readonly weightAt: number;
  readonly ratioAt: number;
  readonly firstAt: number;
  readonly secondAt: number;
}

export function packPairs(
  pool: KernelPool,
  pairs: WorkingPairs,
  { pairsAt, width }: SpreadLayout,
): PairPlaces {
  const { count } = pairs;
  const numbers = new Float64Array(pool.memory.buffer);
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
  return { powersAt, inverseAt, weightAt, ratioAt, firstAt, secondAt };
}

/** The shared numbers, after the memory has grown to what is needed. */
export function grown({ memory }: KernelPool, bytes: number): Float64Array {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  return new Float64Array(memory.buffer);
}

/** Writes points in panels of four, and row by row; what is padding stays 0. */
export function packPoints(numbers: Float64Array, points: Float64Array, layout: SpreadLayout): void {
  const { n, rank, pointsAt, columns } = layout;
  for (let i = 0; i < n; i++) {
    const panel = (i & ~3) * rank + (i & 3);
    for (let a = 0; a < rank; a++) {
      numbers[panel + 4 * a] = points[i * rank + a];
      numbers[pointsAt / 8 + i * columns + a] = points[i * rank + a];
    }
  }
}
