import { eachPairBlock, type PointFrame } from './pairBlocks.ts';

/** How far the squared ratios of pairs are from 1: their range, and what a share of the pairs stays within. */
export interface DistortionSpread {
  /** Pairs of different points that were measured. */
  readonly pairs: number;
  /** Smallest and largest |M(x − y)|²/|x − y|²; infinity and 0 without any pair. */
  readonly least: number;
  readonly most: number;
  /** max | |M(x − y)|²/|x − y|² − 1 |; 0 without any pair. */
  readonly worst: number;
  /** Distortions that a half, 90 % and 99 % of the pairs do not exceed. */
  readonly median: number;
  readonly p90: number;
  readonly p99: number;
}

/** Bits of a positive double that tell one bin from the next: 11 of the exponent, 10 of the fraction. */
const [dropped, bins] = [10, 2 ** 21];

/**
 * Measures the distortion over every pair that touches a point from place `from` on.
 *
 * Guarantee: each quantile is at least the exact one (the smallest distortion that so large a share of the pairs does
 * not exceed) and at most 1 + 2⁻¹⁰ of it, or the worst; the worst is exact up to the rounding of `eachPairBlock`.
 *
 * @param matrix k·dimension, row-major
 * @param from 0: every pair
 * Cost: as `eachPairBlock`; 2²¹ numbers, however many pairs.
 */
export function distortionSpread(
  frame: PointFrame,
  matrix: Float64Array,
  k: number,
  from = 0,
): DistortionSpread {
  const counts = new Float64Array(bins);
  const number = new Float64Array(1);
  const halves = new Uint32Array(number.buffer);
  const high = halfAbove();
  let pairs = 0;
  let least = Infinity;
  let most = 0;
  eachPairBlock(frame, matrix, k, (block) => {
    for (let p = 0; p < block.count; p++) {
      if (block.first[p] < from && block.second[p] < from) continue;
      const ratio = block.ratio[p];
      if (ratio < least) least = ratio;
      if (ratio > most) most = ratio;
      number[0] = Math.abs(ratio - 1);
      counts[halves[high] >>> dropped]++;
      pairs++;
    }
  });
  const worst = pairs === 0 ? 0 : Math.max(most - 1, 1 - least);
  const quantile = (share: number): number => {
    let seen = 0;
    for (let bin = 0; bin < bins && pairs > 0; bin++) {
      seen += counts[bin];
      if (seen < share * pairs) continue;
      // The upper end of the bin, which is the lower end of the next.
      halves[1 - high] = 0;
      halves[high] = (bin + 1) << dropped;
      return Math.min(worst, number[0]);
    }
    return worst;
  };
  return { pairs, least, most, worst, median: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99) };
}

/** Which half of a double, as two 32-bit numbers of this machine, holds its exponent. */
function halfAbove(): 0 | 1 {
  return new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;
}
