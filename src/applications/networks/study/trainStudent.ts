import { setImmediate as nextTurn } from 'node:timers/promises';
import { lemmaCertificate } from '../../../lemma/lemmaCertificate.ts';
import type { Descent, DescentStep, Optimizer } from '../../../numerics/optimize/optimizer.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { initialParameters } from '../model/initialParameters.ts';
import { irrelevantNorm } from '../model/networkLayout.ts';
import type { NetworkRisk } from '../risk/networkRisk.ts';
import { type CertifiedStructure, certifyStructure } from './discoverStructure.ts';
import { type StudentProblem, studentRisk } from './studentProblem.ts';

/** Where a training stands after a chunk of steps. */
export interface TrainingProgress {
  readonly gradientNorm: number;
  readonly value: number;
  /** Since the start. */
  readonly seconds: number;
  readonly steps: number;
}

/** How to train. */
export interface StudentTraining {
  /**
   * Makes the optimizer of one chunk of steps; its step limit is the length of the chunk, and no larger than `left`,
   * the steps that the budget still has.
   */
  readonly optimizer: (left: number) => Optimizer;
  /** No step begins after this many seconds. */
  readonly seconds: number;
  /**
   * Most steps in all.
   * @defaultValue no limit
   */
  readonly steps?: number;
  /** Milliseconds, for the budget only. */
  readonly clock: () => number;
  /** Called as the descent goes on. */
  readonly observe?: (progress: TrainingProgress) => void;
  /**
   * Ends after the chunk whose certified bound is at most this part of ‖W⊥‖ at the start; with 0 the optimizer goes
   * on to its goal.
   * @defaultValue 0
   */
  readonly sufficient?: number;
  /** Once aborted, no further step begins; the result is that of the point reached. */
  readonly signal?: AbortSignal;
}

/**
 * How a training ended.
 *
 * - `reached`: the optimizer's own test for its goal passed. `sufficient`: the certified bound was small enough.
 * - `budget`: time or steps were used up. `interrupted`: the signal came first.
 * - `diverged`: a value was not finite any more, or ended above the start's. `breakdown`: float64 allowed no progress.
 */
export type TrainingOutcome = 'reached' | 'sufficient' | 'budget' | 'interrupted' | 'diverged' | 'breakdown';

/** What a training found, certified where it ended. */
export interface Discovered {
  readonly risk: NetworkRisk;
  readonly outcome: TrainingOutcome;
  readonly found: CertifiedStructure;
  readonly loss: number;
  readonly seconds: number;
  readonly steps: number;
}

/** Thrown by the observer of a chunk to end it where it stands; never leaves a training. */
class ChunkEnded extends Error {
  readonly step: DescentStep;

  constructor({ step, value, gradientNorm, point }: DescentStep) {
    super('the chunk ended early');
    this.step = { step, value, gradientNorm, point: point.slice() };
  }
}

/**
 * Trains a student to a second-order stationary point and certifies it, within about the given time.
 *
 * The optimizer runs in chunks, each from where the last one ended, until it reaches the goal, the time is up or the
 * signal is given; the certificate comes after that and is valid wherever it ended. Between chunks other work of the
 * process gets its turn.
 */
export async function trainStudent(
  stream: RandomStream,
  problem: StudentProblem,
  training: StudentTraining,
): Promise<Discovered> {
  const { seconds, clock, steps: mostSteps = Infinity, sufficient = 0, signal } = training;
  const begun = clock();
  const elapsed = () => (clock() - begun) / 1000;
  const risk = studentRisk(stream.fork('risk'), problem);
  const start = initialParameters(stream.fork('start'), risk.layout);
  const { regularization } = problem;
  const goal = { gradientTolerance: 1e-4 * regularization, curvatureTolerance: regularization / 4 };
  const isOver = () => signal?.aborted === true || elapsed() >= seconds;
  let x = start;
  let value = risk.value(start);
  const startValue = value;
  let steps = 0;
  let outcome: TrainingOutcome = 'budget';
  for (let count = 0; steps < mostSteps && !isOver(); count++) {
    const descend = (observe: (step: DescentStep) => void) =>
      training.optimizer(mostSteps - steps).minimize(stream.fork(`chunk ${count}`), risk, x, goal, observe);
    const chunk = descendUntil(isOver, descend);
    x = chunk.point;
    value = chunk.value;
    steps += chunk.steps;
    training.observe?.({ gradientNorm: chunk.gradientNorm, value, seconds: elapsed(), steps });
    if (chunk.outcome !== 'step-limit') {
      outcome = chunk.outcome === 'non-finite' ? 'diverged' : chunk.outcome;
      break;
    }
    if (sufficient > 0) {
      const certificate = lemmaCertificate(risk, x);
      const wanted = sufficient * irrelevantNorm(risk.layout, start);
      if (certificate.outcome === 'certified' && certificate.bound <= wanted) {
        outcome = 'sufficient';
        break;
      }
    }
    await nextTurn();
  }
  if (outcome === 'budget' && signal?.aborted === true) outcome = 'interrupted';
  if (!(value <= startValue)) outcome = 'diverged';
  const found = certifyStructure(risk, start, x.slice());
  return { risk, outcome, found, loss: risk.loss(x), seconds: elapsed(), steps };
}

/** Runs a descent, but no further than to the first step after which `isOver` holds: then as if its limit were there. */
function descendUntil(
  isOver: () => boolean,
  descend: (observe: (step: DescentStep) => void) => Descent,
): Pick<Descent, 'outcome' | 'point' | 'value' | 'gradientNorm' | 'steps'> {
  try {
    return descend((step) => {
      if (isOver()) throw new ChunkEnded(step);
    });
  } catch (error) {
    if (!(error instanceof ChunkEnded)) throw error;
    const { point, value, gradientNorm, step } = error.step;
    return { outcome: 'step-limit', point, value, gradientNorm, steps: step };
  }
}
