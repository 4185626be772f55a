import { lbfgs } from '../../../numerics/optimize/lbfgs.ts';
import type { Objective } from '../../../numerics/optimize/objective.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { type Extremes, extremePairs, type RatioRange } from '../points/extremePairs.ts';
import { pairCount } from '../points/points.ts';
import type { PrincipalCoordinates } from '../points/principalCoordinates.ts';
import type { PointFrame } from './pairBlocks.ts';
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
  /** Polled at every step: once aborted, the round ends where it stands. */
  readonly signal: AbortSignal;
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

/** A matrix with what a pass over every pair has told of it. */
export interface MeasuredMatrix {
  /** k·dimension, row-major, at any scale. */
  readonly matrix: Float64Array;
  readonly distortion: number;
  /** The ends of its ratios, over every pair. */
  readonly range: RatioRange;
}

/** A descent that can be interrupted: it goes on from where it stands. */
export interface AnnealedDescent {
  /**
   * Anneals up to a power β = 2^doublings, or until the ratios at the ends are told apart, or time is over.
   *
   * @param doublings the last power; `mostDoublings` to go to the end
   * @param seconds for all rounds up to there; a round needs less where it ends by itself
   */
  advance(doublings: number, seconds: number): void;
  /** L_β after the last round: the smaller, the better the basin; Infinity before the first one. */
  readonly value: number;
  /** Whether nothing is left to be gained. */
  readonly ended: boolean;
  /** Steps of L-BFGS so far, and the seconds they took. */
  readonly effort: { readonly steps: number; readonly seconds: number };
  /** The best matrix of all passes. */
  readonly best: MeasuredMatrix;
}

/** At the end, β times the range of log ratios is this: the slack is then some 1e-3 of the range. */
const lastSharpness = 20_000;

/** Numbers in working pairs times embedding dimension: a step then takes a few milliseconds. */
const workSize = 4_000_000;

/** A pair enters the work if its weight e^{−β·gap} exceeds e^{−20}. */
const weightExponent = 20;

/** A pass that takes more than this part of the budget is expensive. */
const expensivePass = 0.02;

/** Most steps of a round where the working pairs are a part of all. */
const sampledSteps = 300;

/** Steps of the first round, which tells what a step takes. */
const firstSteps = 50;

/**
 * Minimises the spread of ratios by annealing: β doubles from round to round, L-BFGS minimises the power mean over
 * a working set, and a pass over every pair tells whether the set was enough.
 *
 * At β = 1 there is, as far as seen, one minimiser up to rotation; as β grows, basins part. So the rounds that decide
 * are the early ones, and they are run nearly to convergence where time allows.
 *
 * The working set holds the pairs near both ends of the range, as far as they carry weight, and a weighted
 * random sample of the others. If a pair outside of it became the worst, it enters, and the round is repeated
 * with it: a cutting-plane method.
 *
 * Guarantee: `best` is the best matrix of all passes, measured over every pair; it is never worse than `start`.
 *
 * @param stream source of the random pairs
 * @param start k·rank, row-major, in principal coordinates
 * Cost: a round is up to some hundred steps of 2·n·k·rank + 3·k·pairs operations and one pass of n²(d + k)/2.
 */
export function annealedDescent(
  stream: RandomStream,
  start: Float64Array,
  task: AnnealingTask,
): AnnealedDescent {
  const { frame, coordinates, embeddingDimension: k, spread, secondsLeft, signal, observe } = task;
  const { rank } = coordinates;
  const total = pairCount(frame.pointCount);
  // Up to about half as many numbers as the product of points and matrix handles cost little beside it.
  const affordable = Math.max(workSize / k, (frame.pointCount * rank) / 4);
  const capacity = Math.max(1000, Math.min(total, Math.ceil(affordable)));
  const matrix: Float64Array = new Float64Array(k * frame.dimension);
  const survey = (x: Float64Array, width: number): Extremes =>
    extremePairs(
      frame,
      outwardInto(matrix, x, coordinates, frame.dimension),
      k,
      Math.ceil(capacity / 2),
      width,
    );

  const entered = secondsLeft();
  const extremes = survey(start, Infinity);
  const passSeconds = entered - secondsLeft();
  // Where a pass over every pair is expensive against the budget, β makes two doublings at a time.
  const stride = passSeconds > entered * expensivePass ? 2 : 1;
  let point: Float64Array = Float64Array.from(start);
  let best = measuredNow(extremes);
  // Where only a part of the pairs is worked with, steps are expensive, and the first powers are left out.
  let doublings = capacity < total || stride === 2 ? 3 : 0;
  let pairs = withRandom(stream.fork('start'), extremes.pairs);
  let value = Infinity;
  let rounds = 0;
  const effort = { steps: 0, seconds: 0 };
  /** Seconds that one step takes for one working pair. */
  let perPairStep = 0;

  return {
    advance,
    effort,
    get value() {
      return value;
    },
    get ended() {
      return hasEnded();
    },
    get best() {
      return best;
    },
  };

  function hasEnded(): boolean {
    return (
      !(best.distortion > 0) ||
      doublings > mostDoublings ||
      2 ** doublings * logRange(best.distortion) > 2 * lastSharpness
    );
  }

  function advance(until: number, seconds: number): void {
    const deadline = secondsLeft() - seconds;
    let again = false;
    while (!hasEnded() && doublings <= until) {
      const left = secondsLeft();
      const wanted = again ? 0.5 : 1;
      const steps = Math.floor(wanted * stepsFor(until, Math.min(left - deadline, left) - passSeconds));
      if (steps < 1) return;
      again = round(steps);
    }
  }

  /** Steps for the next round: its share of the time, up to where more of them gain little. */
  function stepsFor(until: number, seconds: number): number {
    if (perPairStep === 0) return seconds > 0 ? firstSteps : 0;
    const last = Math.min(until, Math.log2((2 * lastSharpness) / logRange(best.distortion)));
    let shares = 0;
    for (let j = doublings; j <= last; j += stride) shares += relativeCost(j);
    // A little is kept back: steps are counted ahead, and the next ones may take longer.
    const affordableSteps = (0.96 * seconds) / (perPairStep * Math.max(1, pairs.count));
    const share = (affordableSteps * relativeCost(doublings)) / Math.max(shares, relativeCost(doublings));
    // Where most pairs are outside of the work, many steps would fit what is in it: a new pass helps more.
    const wanted = capacity < total ? Math.min(sampledSteps, wantedSteps(doublings)) : wantedSteps(doublings);
    // Too few steps would waste the pass that follows.
    return Math.min(wanted, Math.max(share, Math.min(20, affordableSteps)));
  }

  /** One round; true if it has to be repeated with the pairs that came in from outside. */
  function round(steps: number): boolean {
    const before = secondsLeft();
    const descent = lbfgs({ memory: 20, stepLimit: steps }).minimize(
      stream.fork(`round ${rounds}`),
      interruptible(spread(pairs, doublings), signal),
      point,
      { gradientTolerance: 0, curvatureTolerance: 0 },
    );
    const spent = Math.max(1e-6, before - secondsLeft());
    effort.steps += descent.steps;
    effort.seconds += spent;
    perPairStep = spent / Math.max(1, descent.steps) / Math.max(1, pairs.count);
    rounds++;
    const seen = survey(descent.point, widthAt(doublings + stride, best.distortion));
    const distortion = distortionOf(seen);
    observe?.({ doublings, workingPairs: pairs.count, steps: descent.steps, distortion });
    if (distortion < best.distortion) best = measuredNow(seen);
    if (distortion > Math.tanh(descent.value / 2)) {
      // The smooth value bounds the spread over the working pairs: a pair outside of them is beyond it.
      const joined = joinPairs(pairs, seen.pairs, frame.pointCount);
      if (joined.count > pairs.count) {
        // From the better of both ends, as the joined pairs see them: what was gained on the others is not lost.
        const judge = spread(joined, doublings);
        if (judge.value(descent.point) < judge.value(point)) point = descent.point;
        pairs = joined;
        return true;
      }
    }
    point = descent.point;
    value = descent.value;
    doublings += stride;
    pairs = withRandom(stream.fork(`pairs ${rounds}`), seen.pairs);
    return false;
  }

  function measuredNow(range: RatioRange): MeasuredMatrix {
    const { least, most, coincidentPairs } = range;
    return {
      matrix: Float64Array.from(matrix),
      distortion: distortionOf(range),
      range: { least, most, coincidentPairs },
    };
  }

  function withRandom(source: RandomStream, near: WorkingPairs): WorkingPairs {
    const rest = total - near.count;
    const count = Math.min(
      rest,
      Math.max(Math.ceil(near.count / 8), Math.ceil(capacity / 4 ** Math.max(0, doublings - 6))),
    );
    return joinPairs(near, randomPairs(source, coordinates, count, rest), frame.pointCount);
  }
}

/** The objective, infinite everywhere once aborted: no step is then accepted, and a descent ends. */
function interruptible(objective: Objective, signal: AbortSignal): Objective {
  return {
    dimension: objective.dimension,
    value: (x) => (signal.aborted ? Infinity : objective.value(x)),
    gradientInto: (out, x) => objective.gradientInto(out, x),
    hessianVectorInto: (out, x, direction) => objective.hessianVectorInto(out, x, direction),
  };
}

/**
 * How far from an end of the range of log ratios a pair may lie and still enter the work: as far as it carries
 * weight, and a part of the range for those that become extreme during a round, less when the steps are small.
 */
function widthAt(doublings: number, distortion: number): number {
  // Up to β = 2⁶ every pair counts.
  if (doublings <= 6) return Infinity;
  const sharpness = 2 ** doublings * logRange(distortion);
  const part = sharpness < 1000 ? 0.2 : 0.1;
  return weightExponent / 2 ** doublings + part * logRange(distortion);
}

/** Steps after which a round gains little more: the first minimisers are easy. */
export function wantedSteps(doublings: number): number {
  return doublings < 2 ? 100 : doublings < 3 ? 200 : doublings < 4 ? 300 : 600;
}

/** What a round costs beside others: few pairs are left in the work when β is large. */
export function relativeCost(doublings: number): number {
  return doublings <= 8 ? wantedSteps(doublings) : wantedSteps(doublings) / 4;
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
