import type { RandomStream } from '../../../numerics/random/stream.ts';
import { type PointFrame, pointFrame, withDistances } from '../points/pairBlocks.ts';
import { type PointSet, pairCount } from '../points/points.ts';
import { type PrincipalCoordinates, principalCoordinates } from '../points/principalCoordinates.ts';
import { imagesInto } from '../points/survey/imagesInto.ts';
import { worseShare } from '../points/survey/pairSample.ts';
import { AnnealedDescent } from './annealedDescent.ts';
import { logRange } from './annealingSchedule.ts';
import { isometric, measuredGaussians, measuredPrincipal, principalMatrix } from './baselines.ts';
import type { Embedding } from './embedding.ts';
import { atBestScale, type MeasuredMatrix } from './measuredMatrix.ts';
import { type ManySearch, Meter, type SurveyedMatrix } from './meter.ts';
import { areAllEqual, firstPart, joinedPart, partSize, rowsOf } from './parts.ts';
import { type PartSearch, searchPart, withSpreads } from './searchPart.ts';
import { mostDoublings } from './spreadObjective.ts';
import { inward } from './starts.ts';

/** Shares of the time: passes over all pairs before the search, Gaussian matrices on the part, a sample of pairs. */
const [largePart, passPart, gaussianPart, samplePart] = [0.25, 0.12, 0.05, 0.12] as const;

/** The sample's bound fails with this probability. */
const failure = 1e-6;

/** Axes of a survey: what further ones would tell is bounded instead. */
const mostSurveyAxes = 128;

/** Nanoseconds of a multiplication in plain passes. */
const passNanoseconds = 0.5;

/** Whether plain passes over every pair would take too much of the budget, by the sizes alone. */
export function isLarge({ pointCount: n, dimension: d }: PointSet, k: number, seconds: number): boolean {
  return n > 1000 && pairCount(n) * (d + 3 * k) * passNanoseconds * 1e-9 > largePart * seconds;
}

/**
 * Embeds so many points that passes over every pair are dear: searches on a random part of them, measures over all,
 * takes the points of the worst pairs into the part, and so on.
 *
 * Guarantee: as `embedPoints`. Axes, Gaussian matrix and result are measured over every pair, by threads; or, where that
 * does not fit into the time and is not demanded, over one sample of pairs, with a bound on the share of worse ones.
 *
 * Cost: the time budget, plus what is beyond it of a demanded measurement; 4·n·(128 + k) bytes beside the points.
 */
export function embedMany(stream: RandomStream, points: PointSet, task: ManySearch): Embedding {
  const { embeddingDimension: k, seconds, secondsLeft } = task;
  const { dimension: d } = points;
  if (areAllEqual(points)) return trivialEmbedding(points, k);
  const frame = pointFrame(points);
  const part = firstPart(stream.fork('part'), frame, partSize(points, k, seconds));
  const partFrame = withDistances(pointFrame(rowsOf(points, part)));
  const coordinates = principalCoordinates(stream.fork('axes'), partFrame, Math.max(64, 4 * k));
  const { axes, rank } = coordinates;
  const search: PartSearch = { ...task, frame: partFrame, coordinates, observe: undefined };
  const meter = new Meter(frame, axes.subarray(0, Math.min(rank, mostSurveyAxes) * d), task);
  try {
    const principal = meter.measured(principalMatrix(axes, d, k), passPart * seconds);
    const before = secondsLeft();
    const drawn = measuredGaussians(
      stream.fork('gaussian'),
      partFrame,
      k,
      () => secondsLeft() > before - gaussianPart * seconds,
    ).best;
    const gaussian = principal && meter.measured(drawn.matrix, passPart * seconds);
    if (principal !== undefined && principal.distortion <= isometric)
      return { ...answer(principal, d, principal, gaussian ?? drawn), outcome: 'isometric', starts: 0 };
    // Two passes at the end, so that one may find what the part had missed; or a sample.
    const kept = gaussian === undefined ? samplePart * seconds : 3 * meter.passSeconds;
    const found = searchPart(
      stream,
      { ...search, secondsLeft: () => secondsLeft() - Math.min(kept, 0.5 * seconds) },
      measuredPrincipal(partFrame, coordinates, k),
      drawn,
    );
    const all = [principalMatrix(axes, d, k), drawn.matrix, found.best.matrix];
    const first = gaussian && meter.measured(found.best.matrix, Infinity);
    if (principal === undefined || gaussian === undefined || first === undefined)
      return sampledBest(stream, meter, all, found.starts);
    const refined = refinedFrom(stream, points, { search, meter, part }, first);
    const best = [principal, gaussian, refined].reduce((a, b) => (b.distortion < a.distortion ? b : a));
    return { ...answer(best, d, principal, gaussian), outcome: 'optimized', starts: found.starts };
  } finally {
    meter.close();
  }
}

/** A matrix at its best scale beside its baselines. */
function answer(
  best: MeasuredMatrix,
  dimension: number,
  principal: MeasuredMatrix,
  { distortion }: MeasuredMatrix,
): Omit<Embedding, 'outcome' | 'starts'> {
  const gaussian = { gaussianBest: distortion, gaussianMean: distortion, gaussianTrials: 1 };
  return { ...atBestScale(best, dimension), baselines: { ...gaussian, pca: principal.distortion } };
}

/** Most rounds of a pass and a descent with what it found. */
const mostRounds = 8;

/** Lets the points of the worst pairs into the part and descends again from where the search ended, as time allows. */
function refinedFrom(
  stream: RandomStream,
  points: PointSet,
  { search, meter, part }: { readonly search: PartSearch; readonly meter: Meter; readonly part: Int32Array },
  first: SurveyedMatrix,
): MeasuredMatrix {
  const { embeddingDimension: k, secondsLeft } = search;
  let [best, last, indices] = [first, first, part];
  for (let round = 0; round < mostRounds && last.distortion > 0; round++) {
    const time = secondsLeft() - 1.3 * meter.passSeconds;
    const joined = joinedPart(indices, last.pairs);
    // A descent shorter than the pass that follows would hardly be worth it.
    if (time < Math.max(0.3 * meter.passSeconds, 0.02 * search.seconds) || joined.length === indices.length)
      break;
    indices = joined;
    const frame = withDistances(pointFrame(rowsOf(points, indices)));
    const coordinates = alongAxes(search.coordinates, frame);
    const sharpness = 200 / logRange(last.distortion);
    const doublings = Math.max(3, Math.min(mostDoublings, Math.floor(Math.log2(sharpness))));
    const start = inward(last.matrix, coordinates, k);
    let found = last.matrix;
    withSpreads({ ...search, frame, coordinates }, (task) => {
      const descent = new AnnealedDescent(stream.fork(`refined ${round}`), start, { ...task, doublings });
      descent.advance(mostDoublings, time);
      found = descent.best.matrix;
    });
    const next = meter.measured(found, Infinity);
    if (next === undefined) break;
    if (next.distortion < best.distortion) best = next;
    last = next;
  }
  return best;
}

/** The coordinates of other points along known axes. */
function alongAxes({ axes, rank, complete }: PrincipalCoordinates, frame: PointFrame): PrincipalCoordinates {
  const { centred, pointCount, dimension } = frame;
  const values = imagesInto(new Float64Array(pointCount * rank), centred, axes, dimension, rank);
  const energies = new Float64Array(rank);
  for (let at = 0; at < values.length; at++) energies[at % rank] += values[at] ** 2;
  return { values, pointCount, rank, axes, energies, complete };
}

/** The best of the axes, a Gaussian matrix and what was found, by one sample of pairs for all. */
function sampledBest(
  stream: RandomStream,
  meter: Meter,
  [axes, gaussian, found]: readonly Float64Array[],
  starts: number,
): Embedding {
  const { measured, drawn } = meter.sampled(stream.fork('sample'), [axes, gaussian, found]);
  const best = measured.reduce((a, b) => (b.distortion < a.distortion ? b : a));
  const [principal, drawnGaussian] = measured;
  return {
    ...answer(best, meter.dimension, principal, drawnGaussian),
    outcome: 'optimized',
    starts,
    sample: { pairs: drawn, worseShare: worseShare(drawn, failure), confidence: 1 - failure },
  };
}

/** No two points differ: there is nothing to embed, and no pair to measure. */
function trivialEmbedding({ pointCount, dimension }: PointSet, k: number): Embedding {
  return {
    outcome: 'trivial',
    matrix: { values: new Float64Array(k * dimension), rows: k, columns: dimension },
    distortion: 0,
    ratios: { least: Infinity, most: 0, coincidentPairs: pairCount(pointCount) },
    starts: 0,
    baselines: { gaussianBest: 0, gaussianMean: 0, gaussianTrials: 1, pca: 0 },
  };
}
