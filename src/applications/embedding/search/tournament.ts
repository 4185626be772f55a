import type { RandomStream } from '../../../numerics/random/stream.ts';
import { AnnealedDescent, type AnnealingTask } from './annealedDescent.ts';
import { relativeCost } from './annealingSchedule.ts';
import type { MeasuredMatrix } from './measuredMatrix.ts';
import { mostDoublings } from './spreadObjective.ts';

/** What a tournament found. */
export interface TournamentResult {
  readonly best: MeasuredMatrix;
  /** Descents started. */
  readonly starts: number;
}

/** Powers after which the worse half of the field is dropped: the basins that part there differ for good. */
const stages = [3, 5, 7] as const;

/** Most descents at the start. */
const mostStarts = 32;

/** Part of the time left that the first descent may take to its first stage. */
const firstPart = 0.25;

/**
 * Lets descents from several starts compete: all are annealed to β = 2³, the better half of them to 2⁵, the better
 * half of those to 2⁷, and the best one to the end.
 *
 * The first descent tells what a step takes; the field is the largest power of two that the time allows. With too
 * little time for one descent the rounds of a single one are rationed.
 *
 * @param stream source of the starts and samples
 * @param startOf makes the start of a number: k·rank, row-major
 */
export function tournament(
  stream: RandomStream,
  startOf: (source: RandomStream, index: number) => Float64Array,
  task: AnnealingTask,
): TournamentResult {
  const { secondsLeft } = task;
  const begin = (index: number): AnnealedDescent => {
    const source = stream.fork(`start ${index}`);
    return new AnnealedDescent(source.fork('descent'), startOf(source, index), task);
  };
  const first = begin(0);
  first.advance(stages[0], firstPart * secondsLeft());
  const { steps, seconds } = first.effort;
  const starts = first.ended || steps === 0 ? 1 : affordableStarts((secondsLeft() * steps) / seconds);
  let field = [first];
  for (let index = 1; index < starts && secondsLeft() > 0; index++) {
    const next = begin(index);
    next.advance(stages[0], secondsLeft() / 2);
    field.push(next);
  }
  let best = first.best;
  for (let stage = 0; stage <= stages.length; stage++) {
    for (const descent of field) if (descent.best.distortion < best.distortion) best = descent.best;
    field.sort((a, b) => a.value - b.value);
    field = field.slice(0, Math.max(1, Math.floor(field.length / 2)));
    const until = stages[stage + 1] ?? mostDoublings;
    if (field.length === 1 && field[0].value < Infinity) {
      field[0].advance(mostDoublings, secondsLeft());
      if (field[0].best.distortion < best.distortion) best = field[0].best;
      break;
    }
    for (let i = 0; i < field.length; i++) field[i].advance(until, secondsLeft() / (2 * field.length - i));
  }
  return { best, starts };
}

/** The largest field, a power of two, whose rounds take no more than so many steps with all pairs. */
function affordableStarts(steps: number): number {
  let starts = 1;
  while (2 * starts <= mostStarts && costOf(2 * starts) < 0.8 * steps) starts *= 2;
  return starts;
}

/** Steps still to be made, the first descent having come to the first stage. */
function costOf(starts: number): number {
  let cost = -roundsCost(0, stages[0]);
  let field = starts;
  let from = 0;
  for (const stage of stages) {
    cost += field * roundsCost(from, stage);
    field = Math.max(1, field / 2);
    from = stage + 1;
  }
  return cost + roundsCost(from, 14);
}

function roundsCost(from: number, to: number): number {
  let cost = 0;
  for (let j = from; j <= to; j++) cost += relativeCost(j);
  return cost;
}
