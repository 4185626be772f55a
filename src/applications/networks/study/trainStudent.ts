import { setImmediate as nextTurn } from 'node:timers/promises';
import { lemmaCertificate } from '../../../lemma/lemmaCertificate.ts';
import type { Objective } from '../../../numerics/optimize/objective.ts';
import type { Descent, DescentStep, Optimizer } from '../../../numerics/optimize/optimizer.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { initialParameters } from '../model/initialParameters.ts';
import { irrelevantNorm, networkLayout } from '../model/networkLayout.ts';
import { reducedParameters } from '../risk/gaussianRisk.ts';
import type { NetworkRisk } from '../risk/networkRisk.ts';
import { CertificatePlanner, certifyAsPlanned } from './certificatePlan.ts';
import type { CertifiedStructure } from './discoverStructure.ts';
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
  /** For everything, the certificate included: it is planned, and begins by itself in time. */
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
  /** What was trained: with more ignored inputs than units, the network on (x∥, ξ) of `trainStudent`. */
  readonly risk: NetworkRisk;
  readonly outcome: TrainingOutcome;
  readonly found: CertifiedStructure;
  readonly loss: number;
  readonly seconds: number;
  readonly steps: number;
}

/** Thrown in the midst of a chunk to end it where it stands; never leaves a training. */
class ChunkEnded extends Error {}

/**
 * Trains a student to a second-order stationary point and certifies it, within the given time.
 *
 * Ignored inputs enter through W⊥x⊥ = Lξ alone, ξ ~ N(0, I_r), r = min(h₁, d − k), and a descent never leaves the row
 * space of W⊥ that it starts in: so the network on (x∥, ξ) is trained, with the singular values of the one on x.
 *
 * The optimizer runs in chunks, each from where the last one ended, until it reaches the goal, the time is up or the
 * signal is given; the certificate comes after that and is valid wherever it ended. What it takes is known from one
 * gradient, and kept free: where it would take nearly all of the time a coarser rule serves, or it says so and there is
 * none. Between chunks other work of the process gets its turn.
 */
export async function trainStudent(
  stream: RandomStream,
  problem: StudentProblem,
  training: StudentTraining,
): Promise<Discovered> {
  const { seconds, clock, steps: mostSteps = Infinity, sufficient = 0, signal } = training;
  const begun = clock();
  const elapsed = () => (clock() - begun) / 1000;
  const { regularization, teacher, depth, width } = problem;
  const reduced = { ...problem, input: Math.min(problem.input, teacher + width) };
  const risk = studentRisk(stream.fork('risk'), reduced);
  const layout = networkLayout(
    problem.input,
    teacher,
    Array.from({ length: depth }, () => width),
  );
  const start = reducedParameters(layout, initialParameters(stream.fork('start'), layout));
  const goal = { gradientTolerance: 1e-4 * regularization, curvatureTolerance: regularization / 4 };
  const planner = new CertificatePlanner(reduced, seconds, elapsed);
  const isOver = (): boolean => {
    const { rule, seconds: kept } = planner.plan;
    return signal?.aborted === true || elapsed() >= seconds - (rule === 'none' ? 0 : kept);
  };
  const startValue = risk.value(start);
  planner.timed(1, () => risk.gradientInto(new Float64Array(risk.dimension), start));
  let x = start;
  let value = startValue;
  let steps = 0;
  let outcome: TrainingOutcome = 'budget';
  for (let count = 0; steps < mostSteps && !isOver(); count++) {
    const optimizer = training.optimizer(mostSteps - steps);
    const chunk = descendUntil(timedUntil(isOver, risk, planner), (objective, observe) =>
      optimizer.minimize(stream.fork(`chunk ${count}`), objective, x, goal, observe),
    );
    if (chunk === undefined) break;
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
  const ended = { risk, start, point: x.slice() };
  const found = certifyAsPlanned(stream.fork('coarse'), planner.plan, reduced, ended);
  return { risk, outcome, found, loss: risk.loss(x), seconds: elapsed(), steps };
}

type Chunk = Pick<Descent, 'outcome' | 'point' | 'value' | 'gradientNorm' | 'steps'>;

/** The risk, which throws `ChunkEnded` at any evaluation that would begin too late. */
function timedUntil(isOver: () => boolean, risk: NetworkRisk, planner: CertificatePlanner): Objective {
  const inTime = (): NetworkRisk => {
    if (isOver()) throw new ChunkEnded();
    return risk;
  };
  return {
    dimension: risk.dimension,
    value: (x) => planner.timed(0, () => inTime().value(x)),
    gradientInto: (out, x) => planner.timed(1, () => inTime().gradientInto(out, x)),
    hessianVectorInto: (out, x, direction) => inTime().hessianVectorInto(out, x, direction),
  };
}

/**
 * Runs a descent, but no further than to the last step that came in time: then as if its limit were there.
 *
 * @returns nothing if there was no step
 */
function descendUntil(
  objective: Objective,
  descend: (objective: Objective, observe: (step: DescentStep) => void) => Descent,
): Chunk | undefined {
  let last: Chunk | undefined;
  try {
    return descend(objective, ({ step, value, gradientNorm, point }) => {
      last = { outcome: 'step-limit', point: point.slice(), value, gradientNorm, steps: step };
    });
  } catch (error) {
    if (!(error instanceof ChunkEnded)) throw error;
    return last;
  }
}
