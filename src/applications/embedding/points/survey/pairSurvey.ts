import { KernelPool } from '../../../../numerics/threads/kernelPool.ts';
import { type Extremes, TopPairs, topPairs } from '../extremePairs.ts';
import { type PointFrame, squaredLengths } from '../pairBlocks.ts';
import { ExactRatios } from './exactRatios.ts';
import { imagesInto } from './imagesInto.ts';
import { surveyKernel } from './surveyKernel.ts';

const pageBytes = 65536;

/** Rows and columns of a block of pairs, and blocks at a time: some milliseconds for all threads. */
const [blockRows, blockColumns, blocksAtOnce] = [64, 512, 16] as const;

/** Bytes of a block: scratch, ends of the rows, high and low bounds. */
const endsBytes = 256;
const highBytes = endsBytes + 32 * blockRows;
const lowBytes = highBytes + 4 * blockRows * blockColumns;
const blockBytes = lowBytes + 4 * blockRows * blockColumns;

/** Squared distances below this part of the squared lengths are left to float64. */
const near = 1e-6;

/** Lengths in float32 are at least this, so that squares near underflow are left to float64 too. */
const leastLength = 1e-24;

const unitRoundoff = 2 ** -24;

/** Which pairs a survey keeps. */
export interface SurveyWish {
  /** Most pairs kept at each end, at least 1. */
  readonly capacity: number;
  /** Asked every few milliseconds; a survey that may not go on is given up. */
  readonly mayGoOn: () => boolean;
}

/**
 * Passes over every pair of many points, on several threads: float32 bounds by vector instructions, and float64 for the
 * few pairs that the bounds leave open.
 *
 * Points are taken along `axes`, by H = (h_i), and by t_i, what the axes leave of their lengths. By Cauchy–Schwarz
 *
 *     |h_i − h_j|² + (t_i − t_j)² ≤ |x_i − x_j|² ≤ |h_i − h_j|² + (t_i + t_j)²,
 *
 * so fewer axes than the points span make a pass cheaper and leave more pairs to float64.
 *
 * Guarantee: `extremes` has the range of the ratios as `ratioRange` finds it, to a few roundings of float64: a pair is
 * left out only where its float32 bounds, widened by their rounding, lie within the range found so far.
 *
 * Cost: 4·n·(r + k) bytes, r the number of axes; a pass n²(r + k)/2 multiplications at an eighth of a nanosecond each
 * and thread, and some microseconds for each pair near the ends.
 */
export class PairSurvey {
  readonly #frame: PointFrame;
  readonly #lengths: Float64Array;
  readonly #pool: KernelPool;
  readonly #rank: number;
  readonly #k: number;
  /** Points rounded up to full panels and rows. */
  readonly #padded: number;
  readonly #imagesAt: number;
  readonly #sideAt: number;
  readonly #blocksAt: number;

  /**
   * @param axes r·dimension, row-major, orthonormal, r at least 1
   * @param k rows of the matrices
   * @param threads 1 for the calling one alone
   */
  constructor(frame: PointFrame, axes: Float64Array, k: number, threads: number) {
    const { pointCount: n, dimension: d, centred } = frame;
    const rank = axes.length / d;
    const padded = blockRows * Math.ceil(n / blockRows);
    this.#frame = frame;
    this.#lengths = squaredLengths(frame);
    this.#rank = rank;
    this.#k = k;
    this.#padded = padded;
    this.#imagesAt = 4 * padded * rank;
    this.#sideAt = this.#imagesAt + 4 * padded * k;
    this.#blocksAt = this.#sideAt + 12 * padded;
    const bytes = this.#blocksAt + blocksAtOnce * blockBytes;
    this.#pool = new KernelPool(new WebAssembly.Module(surveyKernel), Math.ceil(bytes / pageBytes), threads);
    const heads = imagesInto(new Float64Array(n * rank), centred, axes, d, rank);
    const numbers = new Float32Array(this.#pool.memory.buffer);
    packInto(numbers, 0, heads, rank, 1);
    const side = this.#sideAt / 4;
    for (let i = 0; i < n; i++) {
      let kept = 0;
      for (let a = i * rank; a < (i + 1) * rank; a++) kept += heads[a] * heads[a];
      numbers[side + i] = Math.sqrt(Math.max(0, this.#lengths[i] - kept));
      numbers[side + padded + i] = Math.max(leastLength, this.#lengths[i]);
    }
  }

  /**
   * Finds the range of the ratios and the pairs at its ends, over every pair.
   *
   * @param matrix k·dimension, row-major
   * @returns nothing if it had to be given up
   */
  extremes(matrix: Float64Array, { capacity, mayGoOn }: SurveyWish): Extremes | undefined {
    const { pointCount: n } = this.#frame;
    const exact = new ExactRatios(this.#frame, matrix, this.#k, this.#lengths);
    const unit = this.#packImages(exact.images);
    const scan = new BlockScan(exact, {
      numbers: new Float32Array(this.#pool.memory.buffer),
      unit,
      margin: this.#margin(),
      capacity,
    });
    let blocks: (readonly number[])[] = [];
    const flush = (): boolean => {
      this.#pool.run('survey', blocks);
      for (const block of blocks) scan.take(block, n);
      blocks = [];
      return mayGoOn();
    };
    for (let top = 0; top < n; top += blockRows) {
      for (let left = 0; left < top + blockRows; left += blockColumns) {
        const right = Math.min(left + blockColumns, top + blockRows);
        blocks.push(this.#block(blocks.length, top, left, right));
        if (blocks.length === blocksAtOnce && !flush()) return undefined;
      }
    }
    if (!flush()) return undefined;
    return scan.found(n);
  }

  /** Ends the threads. */
  close(): void {
    this.#pool.close();
  }

  #block(place: number, top: number, left: number, right: number): readonly number[] {
    const at = this.#blocksAt + place * blockBytes;
    const padded = this.#padded;
    return [
      ...[0, this.#rank, this.#imagesAt, this.#k, this.#sideAt, 4 * padded, near],
      ...[top, top + blockRows, left, right],
      ...[at + highBytes, at + lowBytes, 4 * blockColumns, at + endsBytes],
    ];
  }

  /** Writes images divided by their largest entry, which is returned. */
  #packImages(images: Float64Array): number {
    const k = this.#k;
    let largest = 0;
    for (let at = 0; at < images.length; at++) largest = Math.max(largest, Math.abs(images[at]));
    const unit = largest > 0 && Number.isFinite(largest) ? largest : 1;
    const numbers = new Float32Array(this.#pool.memory.buffer);
    packInto(numbers, this.#imagesAt / 4, images, k, 1 / unit);
    const side = this.#sideAt / 4 + 2 * this.#padded;
    for (let i = 0; i < images.length / k; i++) {
      let squared = 0;
      for (let c = i * k; c < (i + 1) * k; c++) squared += (images[c] / unit) ** 2;
      numbers[side + i] = Math.max(leastLength, squared);
    }
    return unit;
  }

  /**
   * Relative error of a float32 bound: coordinates are rounded at the points' lengths, at most 1/√near times a distance,
   * in both distances, and squares are summed.
   */
  #margin(): number {
    const lost = (4 * Math.SQRT2 * unitRoundoff) / Math.sqrt(near);
    return 1.02 * (lost + (this.#rank + this.#k + 12) * unitRoundoff);
  }
}

/** Writes points in panels of eight, coordinate by coordinate, times a scale; what is padding stays 0. */
function packInto(
  out: Float32Array,
  start: number,
  values: Float64Array,
  width: number,
  scale: number,
): void {
  const n = values.length / width;
  for (let i = 0; i < n; i++) {
    const panel = start + (i & ~7) * width + (i & 7);
    for (let a = 0; a < width; a++) out[panel + 8 * a] = scale * values[i * width + a];
  }
}

interface ScanTask {
  readonly numbers: Float32Array;
  /** Images were divided by it. */
  readonly unit: number;
  readonly margin: number;
  readonly capacity: number;
}

/** Goes through the bounds of blocks and computes the pairs that may be extreme. */
class BlockScan {
  readonly #exact: ExactRatios;
  readonly #task: ScanTask;
  readonly #high: TopPairs;
  readonly #low: TopPairs;
  #least = Infinity;
  #most = 0;
  #coincident = 0;

  constructor(exact: ExactRatios, task: ScanTask) {
    this.#exact = exact;
    this.#task = task;
    this.#high = new TopPairs(task.capacity);
    this.#low = new TopPairs(task.capacity);
  }

  take(block: readonly number[], n: number): void {
    const { numbers } = this.#task;
    const [top, bottom, left, right, highAt, lowAt, rowBytes, endsAt] = block.slice(7);
    for (let i = top; i < Math.min(bottom, n); i++) {
      const ends = endsAt / 4 + 8 * (i - top);
      let most = 0;
      let least = Infinity;
      for (let lane = ends; lane < ends + 4; lane++) {
        most = Math.max(most, numbers[lane]);
        least = Math.min(least, numbers[lane + 4]);
      }
      if (most < this.#highBar() && least > this.#lowBar()) continue;
      const row = ((i - top) * rowBytes) / 4;
      this.#takeRow(i, left, Math.min(right, i), highAt / 4 + row, lowAt / 4 + row);
    }
  }

  found(pointCount: number): Extremes {
    const range = { least: this.#least, most: this.#most, coincidentPairs: this.#coincident };
    return { ...range, pairs: topPairs(this.#high, this.#low, range, Infinity, pointCount) };
  }

  /** Bounds in float32, of images divided by their unit, that may belong to a ratio worth computing. */
  #highBar(): number {
    const { unit, margin } = this.#task;
    return Math.min(this.#most, this.#high.bar) / (unit * unit) / (1 + margin);
  }

  #lowBar(): number {
    const { unit, margin } = this.#task;
    return Math.max(this.#least, -this.#low.bar) / (unit * unit) / (1 - margin);
  }

  #takeRow(i: number, from: number, to: number, highAt: number, lowAt: number): void {
    const { numbers } = this.#task;
    let highBar = this.#highBar();
    let lowBar = this.#lowBar();
    for (let j = from; j < to; j++) {
      const place = j - from;
      if (numbers[highAt + place] < highBar && numbers[lowAt + place] > lowBar) continue;
      const ratio = this.#exact.ratio(i, j);
      if (ratio < 0) {
        this.#coincident++;
        continue;
      }
      this.#least = Math.min(this.#least, ratio);
      this.#most = Math.max(this.#most, ratio);
      const { squared } = this.#exact;
      // A pair so close that its square underflows counts for the range but cannot be worked with.
      if (Number.isFinite(1 / squared)) {
        if (ratio > this.#high.bar) this.#high.add(ratio, i, j, squared);
        if (-ratio > this.#low.bar) this.#low.add(-ratio, i, j, squared);
      }
      highBar = this.#highBar();
      lowBar = this.#lowBar();
    }
  }
}
