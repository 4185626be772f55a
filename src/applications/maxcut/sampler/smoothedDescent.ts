import { checkAbove, checkInteger, checkLength } from '../../../numerics/base/checks.ts';
import { gaussianInto } from '../../../numerics/random/fills.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { SmoothedCutObjective } from './smoothedCut.ts';

/** What a smoothed cut is descended with. */
export interface SmoothedDescentOptions {
  /** Step of Adam, in units of the coordinates; default 0.05. */
  readonly stepSize?: number;
  /** Most steps; default 400. */
  readonly steps?: number;
  /** Steps between two evaluations of the objective; default 20. */
  readonly blockSteps?: number;
  /** Standard deviation of the perturbation of μ that leaves the saddle; default 0.01. 0 stays on it. */
  readonly perturbation?: number;
  /** Called at each accepted point. */
  readonly observe?: (step: number, value: number, point: Float64Array) => void;
  /** Asked at each block; true ends the descent as `stopped`. */
  readonly shouldStop?: () => boolean;
}

/** Where a descent of a smoothed cut ended. */
export interface SmoothedDescent {
  /**
   * - `converged`: ‖V‖_F² ≤ 1e-3·n and an accepted block lowered f by at most 1e-7·Σ|w|.
   * - `step-limit`, `stopped`: the steps ran out, or `shouldStop` said so.
   * - `breakdown`: even the smallest step raised f, or a saddle could not be left.
   */
  readonly outcome: 'converged' | 'step-limit' | 'stopped' | 'breakdown';
  /** A fresh array, V then μ. */
  readonly point: Float64Array;
  readonly value: number;
  /** f at the start, before the perturbation. */
  readonly startValue: number;
  readonly steps: number;
  /** Blocks that were undone because f had risen. */
  readonly undone: number;
}

/**
 * Lowers a smoothed cut by blocks of Adam steps, each undone if the objective did not fall.
 *
 * The first block starts with noise on μ. Where a block gains nothing although V has not vanished, the point is taken
 * for a saddle and left along a random hyperplane of V, or with noise again where that does not lower f.
 *
 * Guarantee: the values at `observe`, and the value returned, never rise, and none exceeds f(start): a block that
 * raises f is undone together with its noise, its step halved (it grows back by a quarter a block) and its moments
 * forgotten. Nothing is promised about second order: the certificate decides.
 *
 * @param stream source of the perturbation
 * @param start V then μ; not written to
 * @throws RangeError for a start of the wrong length or options outside their ranges
 * Source: steps of D. Kingma and J. Ba, arXiv 1412.6980v9, algorithm 1.
 * Cost: a gradient a step, a value a block; five arrays of the point's size.
 */
export function descendSmoothedCut(
  stream: RandomStream,
  objective: SmoothedCutObjective,
  start: Float64Array,
  options: SmoothedDescentOptions = {},
): SmoothedDescent {
  const { steps = 400, blockSteps = 20, perturbation = 0.01 } = options;
  checkLength('start', start, objective.dimension);
  checkInteger('steps', steps, 0);
  checkInteger('blockSteps', blockSteps, 1);
  let stepSize = options.stepSize ?? 0.05;
  checkAbove('stepSize', stepSize, 0);
  const largestStep = stepSize;
  const smallestStep = stepSize * 2 ** -12;
  const startValue = objective.value(start);
  const accepted = Float64Array.from(start);
  const point = Float64Array.from(start);
  const gradient = new Float64Array(objective.dimension);
  const mean = new Float64Array(objective.dimension);
  const square = new Float64Array(objective.dimension);
  const idleGain = 1e-7 * objective.graph.absoluteWeight;
  let value = startValue;
  let age = 0;
  let done = 0;
  let undone = 0;
  let kicks = 0;
  const end = (outcome: SmoothedDescent['outcome']): SmoothedDescent => {
    return { outcome, point: accepted, value, startValue, steps: done, undone };
  };
  const restart = (): void => {
    point.set(accepted);
    mean.fill(0);
    square.fill(0);
    age = 0;
  };
  let deviation = perturbation;
  kickInto(point, stream, objective, deviation);
  options.observe?.(0, value, accepted);
  while (done < steps) {
    const block = Math.min(blockSteps, steps - done);
    for (let step = 0; step < block; step++) {
      objective.gradientInto(gradient, point);
      adamInto(point, gradient, mean, square, stepSize, ++age);
    }
    done += block;
    const reached = objective.value(point);
    // Written so that a value that is not a number counts as risen.
    const isLower = reached <= value;
    const isIdle = isLower ? value - reached <= idleGain && block === blockSteps : stepSize < smallestStep;
    if (isLower) {
      value = reached;
      accepted.set(point);
      stepSize = Math.min(largestStep, 1.25 * stepSize);
      deviation = 0;
      options.observe?.(done, value, accepted);
    } else {
      // The noise of a block goes with it, so it is drawn again.
      undone++;
      stepSize /= 2;
      restart();
      kickInto(point, stream, objective, deviation);
    }
    if (isIdle) {
      if (weightSquare(objective, accepted) <= 1e-3 * objective.graph.vertexCount) return end('converged');
      if (perturbation === 0 || kicks === mostKicks) return end('breakdown');
      stepSize = largestStep;
      const escaped = escapeInto(accepted, stream, objective, value);
      deviation = escaped < value ? 0 : perturbation * 2 ** kicks++;
      value = escaped;
      restart();
      kickInto(point, stream, objective, deviation);
    } else if (isLower) {
      kicks = 0;
    }
    if (options.shouldStop?.()) return end('stopped');
  }
  return end('step-limit');
}

/** Perturbations in a row that may bring nothing, each twice as large as the one before. */
const mostKicks = 12;

/**
 * Leaves a saddle along a random hyperplane of V: μ ← μ + t·Vz, z ~ N(0, I), for the first t = 4, 2, 1, … that lowers f.
 *
 * Where ∇_V f = 0, Stein's identity gives HV = −2λV, so f curves downwards along Vz for every z.
 *
 * @returns the value reached; the old one, and the point as it was, if 8 draws lead nowhere
 */
function escapeInto(
  point: Float64Array,
  stream: RandomStream,
  objective: SmoothedCutObjective,
  value: number,
): number {
  const { start, length } = objective.shift;
  const k = objective.rank;
  const normal = new Float64Array(k);
  const trial = Float64Array.from(point);
  for (let draw = 0; draw < 8; draw++) {
    gaussianInto(normal, stream);
    for (let t = 4; t > 1e-3; t /= 2) {
      for (let i = 0; i < length; i++) {
        let product = 0;
        for (let q = 0; q < k; q++) product += normal[q] * point[i * k + q];
        trial[start + i] = point[start + i] + t * product;
      }
      const reached = objective.value(trial);
      if (reached < value) {
        point.set(trial);
        return reached;
      }
    }
  }
  return value;
}

/**
 * Adds noise to μ: isotropic, and along a random hyperplane of V.
 *
 *     μ_i ← μ_i + deviation·(ξ_i + v_i·z),   ξ ~ N(0, I_n), z ~ N(0, I_k)
 *
 * The second part is there because of Stein's identity: where ∇_V f = 0, HV = −2λV, so f curves downwards along Vz
 * for every z.
 */
function kickInto(
  point: Float64Array,
  stream: RandomStream,
  { rank: k, shift }: SmoothedCutObjective,
  deviation: number,
): void {
  if (deviation === 0) return;
  const normal = gaussianInto(new Float64Array(k), stream);
  for (let i = 0; i < shift.length; i++) {
    let noise = stream.gaussian();
    for (let q = 0; q < k; q++) noise += normal[q] * point[i * k + q];
    point[shift.start + i] += deviation * noise;
  }
}

/** ‖V‖_F². */
export function weightSquare({ weights }: SmoothedCutObjective, point: Float64Array): number {
  let squared = 0;
  const end = weights.start + weights.rows * weights.columns;
  for (let c = weights.start; c < end; c++) squared += point[c] * point[c];
  return squared;
}

function adamInto(
  point: Float64Array,
  gradient: Float64Array,
  mean: Float64Array,
  square: Float64Array,
  stepSize: number,
  age: number,
): void {
  const meanScale = 1 / (1 - 0.9 ** age);
  const squareScale = 1 / (1 - 0.999 ** age);
  for (let c = 0; c < point.length; c++) {
    const g = gradient[c];
    mean[c] += 0.1 * (g - mean[c]);
    square[c] += 0.001 * (g * g - square[c]);
    point[c] -= (stepSize * meanScale * mean[c]) / (Math.sqrt(square[c] * squareScale) + 1e-8);
  }
}
