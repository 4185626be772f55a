import { lbfgs } from '../../optimize/lbfgs.ts';
import type { Objective } from '../../optimize/objective.ts';
import type { RandomStream } from '../../random/stream.ts';
import { type Extremes, extremePairs, type RatioRange } from './extremePairs.ts';
import type { PointFrame } from './pairBlocks.ts';
import { pairCount } from './points.ts';
import type { PrincipalCoordinates } from './principalCoordinates.ts';
import { mostDoublings } from './spreadObjective.ts';
import { joinPairs, randomPairs, type WorkingPairs } from './workingPairs.ts';

export interface AnnealingTask {
  readonly frame: PointFrame;
  readonly coordinates: PrincipalCoordinates;
  /** k, the rows of the matrix. */
  readonly embeddingDimension: number;
  /** Makes the smooth stand-in for the spread over pairs, at β = 2^doublings; only the newest is evaluated. */
  readonly spread: (pairs: WorkingPairs, doublings: number) => Objective;
  /** Asked between rounds: seconds left. */
  readonly secondsLeft: () => number;
  /** Told after each round. */
  readonly observe?: ((round: AnnealingRound) => void) | undefined;
}

export interface AnnealingRound {
  readonly doublings: number;
  readonly workingPairs: number;
  readonly steps: number;
  /** Worst distortion over every pair, at the best scale. */
  readonly distortion: number;
}

export interface Annealed {
  /** k·dimension, row-major, at any scale. */
  readonly matrix: Float64Array;
  readonly distortion: number;
  /** The ends of its ratios, over every pair. */
  readonly range: RatioRange;
  readonly rounds: number;
}

/** β starts at 2³, where the power mean sees every pair. */
const firstDoublings = 3;

/** And ends where β times the range of log ratios reaches this: the slack is then some 1e-3 of the range. */
const lastSharpness = 20_000;

/** Numbers in working pairs times embedding dimension: a step then takes a few milliseconds. */
const workSize = 400_000;

/** A pair enters the work if its weight e^{−β·gap} exceeds e^{−20}. */
const weightExponent = 20;

/** A pass that takes more than this part of the budget is dear. */
const dearPass = 0.02;

/** Most steps a round; L-BFGS has long converged by then. */
const mostSteps = 2000;

/**
 * Minimises the spread of ratios by annealing: β doubles from round to round, L-BFGS minimises the power mean over
 * a working set, and a pass over every pair tells whether the set was enough.
 *
 * The working set holds the pairs near both ends of the range, as far as they carry weight, and a weighted
 * random sample of the others. If a pair outside of it became the worst, it enters, and the round is repeated from where
 * it started: a cutting-plane method.
 *
 * Guarantee: the result is the best matrix of all passes, measured over every pair; it is never worse than `start`.
 *
 * @param stream source of the random pairs
 * @param start k·rank, row-major, in principal coordinates
 * Cost: a round is up to some hundred steps of 2·n·k·rank + 3·k·pairs operations and one pass of n²(d + k)/2.
 */
export function annealedDescent(stream: RandomStream, start: Float64Array, task: AnnealingTask): Annealed {
  const { frame, coordinates, embeddingDimension: k, spread, secondsLeft, observe } = task;
  const { rank } = coordinates;
  const total = pairCount(frame.pointCount);
  // Up to about half as many numbers as the product of points and matrix handles cost little beside it.
  const affordable = Math.max(workSize / k, (frame.pointCount * rank) / 4);
  const capacity = Math.max(1000, Math.min(total, Math.ceil(affordable)));
  // Few enough pairs are all worked with: no pair can then come in from outside.
  const workWithAll = total <= capacity;
  const matrix: Float64Array = new Float64Array(k * frame.dimension);
  const survey = (x: Float64Array, width: number): Extremes =>
    extremePairs(
      frame,
      outwardInto(matrix, x, coordinates, frame.dimension),
      k,
      Math.ceil(capacity / 2),
      workWithAll ? Infinity : width,
    );

  let doublings = firstDoublings;
  let point: Float64Array = Float64Array.from(start);
  const entered = secondsLeft();
  const extremes = survey(point, Infinity);
  // Where a pass over every pair is dear against the budget, β makes two doublings at a time.
  const passSeconds = entered - secondsLeft();
  const stride = passSeconds > entered * dearPass ? 2 : 1;
  let best: Annealed = {
    matrix: Float64Array.from(matrix),
    distortion: distortionOf(extremes),
    range: extremes,
    rounds: 0,
  };
  let pairs = withRandom(stream.fork('start'), extremes.pairs);
  const budget = secondsLeft();
  let steps = 30;
  let rounds = 0;

  function withRandom(source: RandomStream, near: WorkingPairs): WorkingPairs {
    const rest = total - near.count;
    const count = Math.min(rest, Math.max(near.count, Math.ceil(capacity / 2 ** Math.max(0, doublings - 7))));
    return joinPairs(near, randomPairs(source, coordinates, count, rest), frame.pointCount);
  }

  while (
    best.distortion > 0 &&
    doublings <= mostDoublings &&
    sharpness(doublings, best.distortion) < lastSharpness &&
    secondsLeft() > passSeconds
  ) {
    const before = secondsLeft();
    const descent = lbfgs({ memory: 20, stepLimit: steps }).minimize(
      stream.fork(`round ${rounds}`),
      spread(pairs, doublings),
      point,
      { gradientTolerance: 0, curvatureTolerance: 0 },
    );
    const perStep = Math.max(1e-6, before - secondsLeft()) / Math.max(1, descent.steps);
    rounds++;
    const seen = survey(descent.point, widthAt(doublings + stride, best.distortion));
    const distortion = distortionOf(seen);
    observe?.({ doublings, workingPairs: pairs.count, steps: descent.steps, distortion });
    if (distortion < best.distortion)
      best = { matrix: Float64Array.from(matrix), distortion, range: seen, rounds };
    const again = distortion > Math.tanh(descent.value / 2) && pairs.count < total;
    if (again) {
      // The smooth value bounds the spread over the working pairs: a pair outside of them is beyond it.
      pairs = joinPairs(pairs, seen.pairs, frame.pointCount);
    } else {
      point = descent.point;
      doublings += stride;
      pairs = withRandom(stream.fork(`pairs ${rounds}`), seen.pairs);
    }
    // A tenth of what is left is kept back: steps are counted ahead, and the next ones may take longer.
    const seconds = Math.min(
      budget * shareAt(doublings, best.distortion),
      0.9 * (secondsLeft() - passSeconds),
    );
    steps = again
      ? Math.max(20, Math.floor(descent.steps / 2))
      : Math.max(20, Math.min(mostSteps, Math.floor(seconds / perStep)));
    // A round that would end late is not begun.
    if (steps * perStep > secondsLeft() - passSeconds)
      steps = Math.floor((0.9 * (secondsLeft() - passSeconds)) / perStep);
    if (steps < 1) break;
  }
  return { ...best, rounds };
}

/**
 * How far from an end of the range of log ratios a pair may lie and still enter the work: as far as it carries
 * weight, and a part of the range for those that become extreme during a round, less when the steps are small.
 */
function widthAt(doublings: number, distortion: number): number {
  const part = sharpness(doublings, distortion) < 1000 ? 0.2 : 0.1;
  return weightExponent / 2 ** doublings + part * logRange(distortion);
}

/**
 * The part of the time for a round. While β·range is small the minimiser is easy and only roughly wanted; between
 * about 60 and 600 it is decided which pairs end at the ends; after that few pairs and short steps remain.
 */
function shareAt(doublings: number, distortion: number): number {
  const s = sharpness(doublings, distortion);
  return s < 60 ? 0.04 : s < 600 ? 0.18 : 0.05;
}

function sharpness(doublings: number, distortion: number): number {
  return 2 ** doublings * logRange(distortion);
}

/** log(most/least) from δ = tanh(½ log(most/least)). */
function logRange(distortion: number): number {
  return 2 * Math.atanh(Math.min(distortion, 1 - Number.EPSILON));
}

/** δ = (most − least)/(most + least), the worst distortion at the best scale; 0 without any pair. */
export function distortionOf(range: { readonly least: number; readonly most: number }): number {
  return range.most >= range.least ? (range.most - range.least) / (range.most + range.least) : 0;
}

/** out ← M·axes: the matrix that acts on original coordinates. */
export function outwardInto(
  out: Float64Array,
  matrix: Float64Array,
  coordinates: PrincipalCoordinates,
  dimension: number,
): Float64Array {
  const { axes, rank } = coordinates;
  const k = matrix.length / rank;
  out.fill(0);
  for (let i = 0; i < k; i++) {
    for (let a = 0; a < rank; a++) {
      const weight = matrix[i * rank + a];
      if (weight === 0) continue;
      for (let c = 0; c < dimension; c++) out[i * dimension + c] += weight * axes[a * dimension + c];
    }
  }
  return out;
}
