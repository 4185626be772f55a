import { checkAbove, checkWithin } from '../../../numerics/base/checks.ts';
import { trustRegion } from '../../../numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { ratioRange } from '../points/extremePairs.ts';
import { outwardInto } from '../points/outward.ts';
import { pointFrame } from '../points/pairBlocks.ts';
import { spannedPoints } from '../points/pairedDirections.ts';
import { type PointSet, type ProjectionMatrix, pairCount } from '../points/points.ts';
import {
  type DerandomizedProjection,
  derandomizeProjection,
  estimatorStart,
  unionBudget,
} from './pessimisticEstimator.ts';
import { scaledUnionStart } from './unionDimension.ts';

/** What the theorem’s descent is made with. */
export interface TheoremOptions {
  /** ε in (0, 1): the distortion to be kept over every pair. */
  readonly distortion: number;
  /** Most operations of one evaluation that are affordable; default 1e9, about a second. */
  readonly affordable?: number;
}

/** How far a descent has come. */
export interface TheoremProgress {
  readonly step: number;
  /** σ, which the descent takes to 0. */
  readonly deviation: number;
  /** The sum of the probabilities that a pair is violated, regularizer included. */
  readonly value: number;
}

/** What the certificate of a derandomized projection rests on. */
export type TheoremCertificate = Pick<
  DerandomizedProjection,
  'weightNorm' | 'weightBound' | 'startValue' | 'violationSum' | 'threshold'
> & {
  /** ‖W‖_F is within the lemma's bound, and Σ p below the threshold of a violation: M keeps every pair within ε. */
  readonly holds: boolean;
};

/**
 * What came of the theorem's descent.
 *
 * - `derandomized`: the descent took the variance away, and M stands. Look at `certificate.holds`.
 * - `interrupted`: the signal fired; M is where the descent stood, and nothing is proved of it but what is measured.
 * - `not-reached`: the descent ended, by its step limit or rounding, with a variance left.
 * - `no-reduction`: the union bound asks for at least as many rows as the differences of the points have rank, so an
 *   isometry to `rank` rows does better: nothing is to be randomized, or derandomized.
 * - `not-affordable`: one evaluation of the union bound would take more operations than allowed.
 * - `trivial`: no two points differ.
 */
export type TheoremEmbedding =
  | {
      readonly outcome: 'derandomized' | 'interrupted' | 'not-reached';
      /** k × d: the image of x is matrix times x. */
      readonly matrix: ProjectionMatrix;
      readonly embeddingDimension: number;
      /** Of the differences of the points: above k. */
      readonly rank: number;
      /** σ at the end. */
      readonly deviation: number;
      readonly certificate: TheoremCertificate;
      /** max | |M(x − y)|²/|x − y|² − 1 | over every pair of different points, measured for the matrix returned. */
      readonly distortion: number;
      readonly steps: number;
    }
  | { readonly outcome: 'no-reduction'; readonly embeddingDimension: number; readonly rank: number }
  | { readonly outcome: 'not-affordable'; readonly pairs: number; readonly reason: string }
  | { readonly outcome: 'trivial' };

/**
 * Runs the descent of Theorem 5.5 on the pairs of a point set: from A ~ N(0, cI/k), k and c from the exact union bound, to a
 * fixed matrix.
 *
 * Guarantee: where `certificate.holds`, every pair is kept within ε, by the sum of violation probabilities at the end;
 * `distortion` is measured besides.
 *
 * @param stream source of the optimizer's perturbations
 * @param options its `signal` is polled at every step
 * @throws RangeError for a distortion outside its interval
 * Source: Theorem 5.5 of N. Tsikouras et al. (2025, arXiv 2510.19382).
 * Cost: some ten to some hundred evaluations, each of n·k·rank + pairs·(k + 2000) operations.
 */
export function embedByTheorem(
  stream: RandomStream,
  points: PointSet,
  { distortion, affordable = 1e9 }: TheoremOptions,
  {
    signal = new AbortController().signal,
    progress = () => {},
  }: { readonly signal?: AbortSignal; readonly progress?: (now: TheoremProgress) => void } = {},
): TheoremEmbedding {
  checkAbove('distortion', distortion, 0);
  checkWithin('distortion', distortion, 0, 1 - Number.EPSILON);
  checkAbove('affordable', affordable, 0);
  const pairs = pairCount(points.pointCount);
  if (pairs * operationsAPair > affordable) return tooMany(pairs);
  const spanned = spannedPoints(stream.fork('axes'), points);
  if ('outcome' in spanned) return tooMany(pairs);
  const { directions } = spanned;
  if (directions.count === 0) return { outcome: 'trivial' };
  const rank = directions.dimension;
  const { rows: k } = scaledUnionStart(directions.count, distortion, unionBudget);
  if (k >= rank) return { outcome: 'no-reduction', embeddingDimension: k, rank };
  const work = directions.count * (k + operationsAPair) + points.pointCount * k * rank;
  if (work > affordable) return tooMany(pairs);
  const found = derandomizeProjection(
    stream.fork('descent'),
    estimatorStart(directions, distortion),
    trustRegion({ stepLimit: 5000 }),
    {
      signal,
      observe: ({ step, value, point }) => progress({ step, value, deviation: Math.abs(point[0]) }),
    },
  );
  const values = outwardInto(
    new Float64Array(k * points.dimension),
    found.matrix,
    spanned.axes,
    points.dimension,
  );
  const { least, most } = ratioRange(pointFrame(points), values, k);
  return {
    outcome: outcomeOf(found, signal),
    matrix: { values, rows: k, columns: points.dimension },
    embeddingDimension: k,
    rank,
    deviation: found.deviation,
    certificate: certificateOf(found),
    distortion: Math.max(most - 1, 1 - least),
    steps: found.descent.steps,
  };
}

/** Operations that a violation probability costs, beside those that grow with k. */
const operationsAPair = 2000;

function tooMany(pairs: number): TheoremEmbedding {
  const reason = 'every evaluation of the union bound visits every pair of points';
  return { outcome: 'not-affordable', pairs, reason };
}

function outcomeOf({ descent }: DerandomizedProjection, signal: AbortSignal) {
  if (signal.aborted) return 'interrupted';
  return descent.outcome === 'step-limit' || descent.outcome === 'non-finite'
    ? 'not-reached'
    : 'derandomized';
}

function certificateOf(found: DerandomizedProjection): TheoremCertificate {
  const { weightNorm, weightBound, startValue, violationSum, threshold } = found;
  // The lemma's bound is attained, up to a few roundings.
  const holds = weightNorm <= weightBound * (1 + 1e-12) && violationSum < threshold;
  return { weightNorm, weightBound, startValue, violationSum, threshold, holds };
}
