import { setImmediate as nextTurn } from 'node:timers/promises';
import { lemmaCertificate } from '../../../lemma/lemmaCertificate.ts';
import type { Optimizer } from '../../../numerics/optimize/optimizer.ts';
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
}

/** How to train. */
export interface StudentTraining {
  /** Makes the optimizer of one chunk of steps; its step limit is the length of the chunk. */
  readonly optimizer: () => Optimizer;
  /** No chunk begins after this many seconds. */
  readonly seconds: number;
  /** Milliseconds, for the budget only. */
  readonly clock: () => number;
  readonly observe?: (progress: TrainingProgress) => void;
  /**
   * Ends after the chunk whose certified bound is at most this part of ‖W⊥‖ at the start; with 0 the optimizer goes
   * on to its goal.
   * @defaultValue 0
   */
  readonly sufficient?: number;
  /** Once aborted, no further chunk begins; the result is that of the point reached. */
  readonly signal?: AbortSignal;
}

/** What a training found, certified where it ended. */
export interface Discovered {
  readonly risk: NetworkRisk;
  readonly found: CertifiedStructure;
  readonly loss: number;
  readonly seconds: number;
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
  const { seconds, clock, sufficient = 0, signal } = training;
  const begun = clock();
  const elapsed = () => (clock() - begun) / 1000;
  const risk = studentRisk(stream.fork('risk'), problem);
  const start = initialParameters(stream.fork('start'), risk.layout);
  const { regularization } = problem;
  const goal = { gradientTolerance: 1e-4 * regularization, curvatureTolerance: regularization / 4 };
  let x = start;
  for (let count = 0; elapsed() < seconds && signal?.aborted !== true; count++) {
    const chunk = training.optimizer();
    const { point, outcome, gradientNorm, value } = chunk.minimize(
      stream.fork(`chunk ${count}`),
      risk,
      x,
      goal,
    );
    x = point;
    training.observe?.({ gradientNorm, value, seconds: elapsed() });
    if (outcome !== 'step-limit') break;
    if (sufficient > 0) {
      const certificate = lemmaCertificate(risk, x);
      const wanted = sufficient * irrelevantNorm(risk.layout, start);
      if (certificate.outcome === 'certified' && certificate.bound <= wanted) break;
    }
    await nextTurn();
  }
  const found = certifyStructure(risk, start, x.slice());
  return { risk, found, loss: risk.loss(x), seconds: elapsed() };
}
