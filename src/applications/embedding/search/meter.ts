import type { RandomStream } from '../../../numerics/random/stream.ts';
import { distortionOf } from '../points/extremePairs.ts';
import type { PointFrame } from '../points/pairBlocks.ts';
import { pairCount } from '../points/points.ts';
import { samplePairs } from '../points/survey/pairSample.ts';
import { PairSurvey } from '../points/survey/pairSurvey.ts';
import type { WorkingPairs } from '../points/workingPairs.ts';
import type { MeasuredMatrix } from './measuredMatrix.ts';
import type { PartSearch } from './searchPart.ts';

/** A search of many points: as of a part, and whether every pair must be measured in the end. */
export interface ManySearch extends Omit<PartSearch, 'frame' | 'coordinates'> {
  readonly exact: boolean;
}

/** A matrix measured over every pair, with the pairs at the ends. */
export interface SurveyedMatrix extends MeasuredMatrix {
  readonly pairs: WorkingPairs;
}

/** A pass that is given up this much beyond the budget leaves room for a sample within its margin. */
const overrun = 0.03;

/** Pairs at each end whose points may enter the part after a pass. */
const entering = 300;

/** Nanoseconds of a multiplication in a survey on one thread, where the machine has nothing else to do. */
const surveyNanoseconds = 0.1;

/** Measures matrices on many points, within the time. */
export class Meter {
  /** Of the last pass over every pair. */
  passSeconds = 0;
  readonly #frame: PointFrame;
  readonly #axes: Float64Array;
  readonly #task: ManySearch;
  #survey: PairSurvey | undefined;

  /** @param axes orthonormal, along which points are surveyed */
  constructor(frame: PointFrame, axes: Float64Array, task: ManySearch) {
    this.#frame = frame;
    this.#axes = axes;
    this.#task = task;
  }

  get dimension(): number {
    return this.#frame.dimension;
  }

  /**
   * Measures a matrix over every pair.
   *
   * @param limit seconds for it, unless every pair is demanded
   * @returns nothing where there is not so much time
   */
  measured(matrix: Float64Array, limit: number): SurveyedMatrix | undefined {
    const { exact, signal, seconds, secondsLeft, embeddingDimension: k, threads } = this.#task;
    const begun = secondsLeft();
    const mayGoOn = (): boolean => {
      if (signal.aborted) return false;
      const left = secondsLeft();
      return exact || (begun - left < limit && left > -overrun * seconds);
    };
    const least = (this.#operations() * surveyNanoseconds * 1e-9) / threads;
    if (!mayGoOn() || (!exact && least > Math.min(limit, begun))) return undefined;
    this.#survey ??= new PairSurvey(this.#frame, this.#axes, k, threads);
    const from = secondsLeft();
    const found = this.#survey.extremes(matrix, { capacity: entering, mayGoOn });
    this.passSeconds = from - secondsLeft();
    if (found === undefined) return undefined;
    const { pairs, ...range } = found;
    const distortion = distortionOf(range);
    this.#task.observe?.({ doublings: 0, workingPairs: pairs.count, steps: 0, distortion });
    return { matrix, distortion, range, pairs };
  }

  /** Measures matrices over one sample of pairs, as long as there is time. */
  sampled(
    stream: RandomStream,
    matrices: readonly Float64Array[],
  ): { readonly measured: readonly MeasuredMatrix[]; readonly drawn: number } {
    const { secondsLeft, embeddingDimension: k } = this.#task;
    const { ranges, drawn } = samplePairs(stream, this.#frame, matrices, k, () => secondsLeft() > 0);
    const measured = ranges.map((range, m) => ({
      matrix: matrices[m],
      distortion: distortionOf(range),
      range,
    }));
    return { measured, drawn };
  }

  /** Ends the threads. */
  close(): void {
    this.#survey?.close();
  }

  #operations(): number {
    const { pointCount, dimension } = this.#frame;
    return pairCount(pointCount) * (this.#axes.length / dimension + this.#task.embeddingDimension);
  }
}
