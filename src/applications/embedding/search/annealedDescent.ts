import { interruptible } from '../../../numerics/optimize/interruptible.ts';
import { lbfgs } from '../../../numerics/optimize/lbfgs.ts';
import type { Objective } from '../../../numerics/optimize/objective.ts';
import type { Descent } from '../../../numerics/optimize/optimizer.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { distortionOf, type Extremes, extremePairs, type RatioRange } from '../points/extremePairs.ts';
import { outwardInto } from '../points/outward.ts';
import type { PointFrame } from '../points/pairBlocks.ts';
import { pairCount } from '../points/points.ts';
import type { PrincipalCoordinates } from '../points/principalCoordinates.ts';
import { joinPairs, randomPairs, type WorkingPairs } from '../points/workingPairs.ts';
import { lastSharpness, logRange, relativeCost, wantedSteps, widthAt } from './annealingSchedule.ts';
import type { MeasuredMatrix } from './measuredMatrix.ts';
import { mostDoublings } from './spreadObjective.ts';

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
  /** The power of the first round; default: as low as is worth while. */
  readonly doublings?: number;
  /** Told after each round. */
  readonly observe?: ((round: AnnealingRound) => void) | undefined;
}

/** One round of an annealed descent. */
export interface AnnealingRound {
  readonly doublings: number;
  readonly workingPairs: number;
  readonly steps: number;
  /** Worst distortion over every pair, at the best scale. */
  readonly distortion: number;
}

/** Numbers in working pairs times embedding dimension: a step then takes a few milliseconds. */
const workSize = 4_000_000;

/** A pass that takes more than this part of the budget is expensive. */
const expensivePass = 0.02;

/** Most steps of a round where the working pairs are a part of all. */
const sampledSteps = 300;

/** Steps of the first round, which tells what a step takes. */
const firstSteps = 50;

/**
 * A descent that minimises the spread of ratios by annealing, and can be interrupted: it goes on from where it stands.
 *
 * β doubles from round to round, L-BFGS minimises the power mean over a working set, and a pass over every pair tells
 * whether the set was enough. At β = 1 there is, as far as seen, one minimiser up to rotation; as β grows, basins
 * part. So the rounds that decide are the early ones, and they are run nearly to convergence where time allows.
 *
 * The working set holds the pairs near both ends of the range, as far as they carry weight, and a weighted
 * random sample of the others. If a pair outside of it became the worst, it enters, and the round is repeated
 * with it: a cutting-plane method.
 *
 * Guarantee: `best` is the best matrix of all passes, measured over every pair; it is never worse than the start.
 *
 * Cost: a round is up to some hundred steps of 2·n·k·rank + 3·k·pairs operations and one pass of n²(d + k)/2.
 */
export class AnnealedDescent {
  /** Steps of L-BFGS so far, and the seconds they took. */
  readonly effort = { steps: 0, seconds: 0 };
  readonly #stream: RandomStream;
  readonly #task: AnnealingTask;
  /** Number of all pairs, and of those that may be worked with. */
  readonly #total: number;
  readonly #capacity: number;
  readonly #stride: number;
  readonly #passSeconds: number;
  readonly #matrix: Float64Array;
  #point: Float64Array;
  #best: MeasuredMatrix;
  #doublings: number;
  #pairs: WorkingPairs;
  #value = Infinity;
  #rounds = 0;
  /** Seconds that one step takes for one working pair. */
  #perPairStep = 0;

  /**
   * @param stream source of the random pairs
   * @param start k·rank, row-major, in principal coordinates
   */
  constructor(stream: RandomStream, start: Float64Array, task: AnnealingTask) {
    const { frame, coordinates, embeddingDimension: k, secondsLeft } = task;
    this.#stream = stream;
    this.#task = task;
    this.#total = pairCount(frame.pointCount);
    // Up to about half as many numbers as the product of points and matrix handles cost little beside it.
    const affordable = Math.max(workSize / k, (frame.pointCount * coordinates.rank) / 4);
    this.#capacity = Math.max(1000, Math.min(this.#total, Math.ceil(affordable)));
    this.#matrix = new Float64Array(k * frame.dimension);
    const entered = secondsLeft();
    const extremes = this.#survey(start, Infinity);
    this.#passSeconds = entered - secondsLeft();
    // Where a pass over every pair is expensive against the budget, β makes two doublings at a time.
    this.#stride = this.#passSeconds > entered * expensivePass ? 2 : 1;
    this.#point = Float64Array.from(start);
    this.#best = this.#measured(extremes);
    // Where only a part of the pairs is worked with, steps are expensive, and the first powers are left out.
    this.#doublings = task.doublings ?? (this.#capacity < this.#total || this.#stride === 2 ? 3 : 0);
    this.#pairs = this.#withRandom(stream.fork('start'), extremes.pairs);
  }

  /** L_β after the last round: the smaller, the better the basin; Infinity before the first one. */
  get value(): number {
    return this.#value;
  }

  /** The best matrix of all passes. */
  get best(): MeasuredMatrix {
    return this.#best;
  }

  /** Whether nothing is left to be gained. */
  get ended(): boolean {
    const { distortion } = this.#best;
    return (
      !(distortion > 0) ||
      this.#doublings > mostDoublings ||
      2 ** this.#doublings * logRange(distortion) > 2 * lastSharpness
    );
  }

  /**
   * Anneals up to a power β = 2^doublings, or until the ratios at the ends are told apart, or time is over.
   *
   * @param doublings the last power; `mostDoublings` to go to the end
   * @param seconds for all rounds up to there; a round needs less where it ends by itself
   */
  advance(doublings: number, seconds: number): void {
    const { secondsLeft } = this.#task;
    const deadline = secondsLeft() - seconds;
    let again = false;
    while (!this.ended && this.#doublings <= doublings) {
      const left = secondsLeft();
      const wanted = again ? 0.5 : 1;
      const steps = Math.floor(
        wanted * this.#stepsFor(doublings, Math.min(left - deadline, left) - this.#passSeconds),
      );
      if (steps < 1) return;
      again = this.#round(steps);
    }
  }

  /** Steps for the next round: its share of the time, up to where more of them gain little. */
  #stepsFor(until: number, seconds: number): number {
    if (this.#perPairStep === 0) return seconds > 0 ? firstSteps : 0;
    const doublings = this.#doublings;
    const last = Math.min(until, Math.log2((2 * lastSharpness) / logRange(this.#best.distortion)));
    let shares = 0;
    for (let j = doublings; j <= last; j += this.#stride) shares += relativeCost(j);
    // A little is kept back: steps are counted ahead, and the next ones may take longer.
    const affordableSteps = (0.96 * seconds) / (this.#perPairStep * Math.max(1, this.#pairs.count));
    const share = (affordableSteps * relativeCost(doublings)) / Math.max(shares, relativeCost(doublings));
    // Where most pairs are outside of the work, many steps would fit what is in it: a new pass helps more.
    const isSampled = this.#capacity < this.#total;
    const wanted = isSampled ? Math.min(sampledSteps, wantedSteps(doublings)) : wantedSteps(doublings);
    // Too few steps would waste the pass that follows.
    return Math.min(wanted, Math.max(share, Math.min(20, affordableSteps)));
  }

  /** One round; true if it has to be repeated with the pairs that came in from outside. */
  #round(steps: number): boolean {
    const { spread, signal, observe, frame } = this.#task;
    const descent = this.#descend(steps, interruptible(spread(this.#pairs, this.#doublings), signal));
    const seen = this.#survey(descent.point, widthAt(this.#doublings + this.#stride, this.#best.distortion));
    const distortion = distortionOf(seen);
    observe?.({
      doublings: this.#doublings,
      workingPairs: this.#pairs.count,
      steps: descent.steps,
      distortion,
    });
    if (distortion < this.#best.distortion) this.#best = this.#measured(seen);
    if (distortion > Math.tanh(descent.value / 2)) {
      // The smooth value bounds the spread over the working pairs: a pair outside of them is beyond it.
      const joined = joinPairs(this.#pairs, seen.pairs, frame.pointCount);
      if (joined.count > this.#pairs.count) {
        // From the better of both ends, as the joined pairs see them: what was gained on the others is not lost.
        const judge = spread(joined, this.#doublings);
        if (judge.value(descent.point) < judge.value(this.#point)) this.#point = descent.point;
        this.#pairs = joined;
        return true;
      }
    }
    this.#point = descent.point;
    this.#value = descent.value;
    this.#doublings += this.#stride;
    this.#pairs = this.#withRandom(this.#stream.fork(`pairs ${this.#rounds}`), seen.pairs);
    return false;
  }

  #descend(steps: number, objective: Objective): Descent {
    const { secondsLeft } = this.#task;
    const before = secondsLeft();
    const descent = lbfgs({ memory: 20, stepLimit: steps }).minimize(
      this.#stream.fork(`round ${this.#rounds}`),
      objective,
      this.#point,
      { gradientTolerance: 0, curvatureTolerance: 0 },
    );
    const spent = Math.max(1e-6, before - secondsLeft());
    this.effort.steps += descent.steps;
    this.effort.seconds += spent;
    this.#perPairStep = spent / Math.max(1, descent.steps) / Math.max(1, this.#pairs.count);
    this.#rounds++;
    return descent;
  }

  /** One pass over every pair; leaves the matrix, in original coordinates, in #matrix. */
  #survey(x: Float64Array, width: number): Extremes {
    const { frame, coordinates, embeddingDimension: k } = this.#task;
    outwardInto(this.#matrix, x, coordinates.axes, frame.dimension);
    return extremePairs(frame, this.#matrix, k, Math.ceil(this.#capacity / 2), width);
  }

  #measured(range: RatioRange): MeasuredMatrix {
    const { least, most, coincidentPairs } = range;
    return {
      matrix: Float64Array.from(this.#matrix),
      distortion: distortionOf(range),
      range: { least, most, coincidentPairs },
    };
  }

  #withRandom(source: RandomStream, near: WorkingPairs): WorkingPairs {
    const { coordinates, frame } = this.#task;
    const rest = this.#total - near.count;
    const sampled = Math.ceil(this.#capacity / 4 ** Math.max(0, this.#doublings - 6));
    const count = Math.min(rest, Math.max(Math.ceil(near.count / 8), sampled));
    return joinPairs(near, randomPairs(source, coordinates, count, rest), frame.pointCount);
  }
}
