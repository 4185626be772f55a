import { eachPairBlock, type PointFrame } from './pairBlocks.ts';
import { joinPairs, type WorkingPairs } from './workingPairs.ts';

/** The range of |M(x_i − x_j)|²/|x_i − x_j|² over all pairs of different points. */
export interface RatioRange {
  /** Infinity if there is no pair of different points. */
  readonly least: number;
  /** 0 if there is no pair of different points. */
  readonly most: number;
  /** Pairs of equal points, left out. */
  readonly coincidentPairs: number;
}

/** The range together with the pairs nearest to its ends. */
export interface Extremes extends RatioRange {
  readonly pairs: WorkingPairs;
}

/** δ = (most − least)/(most + least), the worst distortion at the best scale; 0 without any pair. */
export function distortionOf(range: { readonly least: number; readonly most: number }): number {
  return range.most >= range.least ? (range.most - range.least) / (range.most + range.least) : 0;
}

/** Finds the range of the squared ratios, over every pair. Cost as `eachPairBlock`. */
export function ratioRange(frame: PointFrame, matrix: Float64Array, k: number): RatioRange {
  let least = Infinity;
  let most = 0;
  const coincidentPairs = eachPairBlock(frame, matrix, k, (block) => {
    for (let p = 0; p < block.count; p++) {
      const ratio = block.ratio[p];
      if (ratio < least) least = ratio;
      if (ratio > most) most = ratio;
    }
  });
  return { least, most, coincidentPairs };
}

/**
 * Finds the range and the pairs with the largest and the smallest ratios, in one pass over every pair.
 *
 * @param capacity most pairs kept at each end, at least 1
 * @param width only pairs are kept whose log ratio is within this of an end
 * Cost: as `eachPairBlock`; 8·capacity numbers.
 */
export function extremePairs(
  frame: PointFrame,
  matrix: Float64Array,
  k: number,
  capacity: number,
  width = Infinity,
): Extremes {
  const low = new TopPairs(capacity);
  const high = new TopPairs(capacity);
  let least = Infinity;
  let most = 0;
  const coincidentPairs = eachPairBlock(frame, matrix, k, (block) => {
    for (let p = 0; p < block.count; p++) {
      const ratio = block.ratio[p];
      if (ratio < least) least = ratio;
      if (ratio > most) most = ratio;
      // A pair so close that its square underflows counts for the range but cannot be worked with.
      if (!Number.isFinite(1 / block.squared[p])) continue;
      if (ratio > high.bar) high.add(ratio, block.first[p], block.second[p], block.squared[p]);
      if (-ratio > low.bar) low.add(-ratio, block.first[p], block.second[p], block.squared[p]);
    }
  });
  const range = { least, most, coincidentPairs };
  return { ...range, pairs: topPairs(high, low, range, width, frame.pointCount) };
}

/** The kept pairs of both ends whose log ratio is within `width` of an end. */
export function topPairs(
  high: TopPairs,
  low: TopPairs,
  { least, most }: RatioRange,
  width: number,
  pointCount: number,
): WorkingPairs {
  return joinPairs(high.toPairs(most * Math.exp(-width)), low.toPairs(-least * Math.exp(width)), pointCount);
}

/** The pairs with the largest scores seen so far: a buffer of twice the capacity, halved whenever it is full. */
export class TopPairs {
  /** Scores at or below this cannot be among the largest. */
  bar = -Infinity;
  readonly #capacity: number;
  readonly #scores: Float64Array;
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #squared: Float64Array;
  #count = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#scores = new Float64Array(2 * capacity);
    this.#first = new Int32Array(2 * capacity);
    this.#second = new Int32Array(2 * capacity);
    this.#squared = new Float64Array(2 * capacity);
  }

  add(score: number, first: number, second: number, squared: number): void {
    if (this.#count === this.#scores.length) this.#halve();
    const at = this.#count++;
    this.#scores[at] = score;
    this.#first[at] = first;
    this.#second[at] = second;
    this.#squared[at] = squared;
  }

  #halve(): void {
    const sorted = this.#scores.slice(0, this.#count).sort();
    this.bar = sorted[this.#count - this.#capacity];
    // Of equal scores at the bar only as many as there is room for: they must not crowd out larger ones.
    let above = this.#count - this.#capacity;
    while (above < this.#count && sorted[above] === this.bar) above++;
    this.#keepAbove(this.bar, above - (this.#count - this.#capacity));
  }

  /** Keeps scores above `least`, and so many equal to it. */
  #keepAbove(least: number, equal: number): void {
    let kept = 0;
    let left = equal;
    for (let p = 0; p < this.#count; p++) {
      const score = this.#scores[p];
      if (!(score > least) && !(score === least && left-- > 0)) continue;
      this.#scores[kept] = score;
      this.#first[kept] = this.#first[p];
      this.#second[kept] = this.#second[p];
      this.#squared[kept] = this.#squared[p];
      kept++;
    }
    this.#count = kept;
  }

  /** The kept pairs with scores of at least `least`. */
  toPairs(least: number): WorkingPairs {
    if (this.#count > this.#capacity) this.#halve();
    this.#keepAbove(least, Infinity);
    const count = this.#count;
    return {
      first: this.#first.slice(0, count),
      second: this.#second.slice(0, count),
      inverseSquared: this.#squared.slice(0, count).map((squared) => 1 / squared),
      weight: new Float64Array(count).fill(1),
      count,
    };
  }
}
