import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/**
 * Networks p(x) = Σ_j a_j tanh(w_j·x + b_j) with ‖a‖₁ ≤ A, |b_j| ≤ β, and each w_j of norm at most ω along the k
 * directions of the teacher and at most B along the d − k others.
 */
export interface NetworkClass {
  readonly inputDimension: number;
  readonly relevantDimension: number;
  readonly width: number;
  /** A. */
  readonly outputNorm: number;
  /** ω. */
  readonly relevantNorm: number;
  /** B, which a certificate of Theorem 4.1 bounds. */
  readonly irrelevantNorm: number;
  /** β. */
  readonly shiftBound: number;
}

/** Inputs N(0, I_d), row-major, and labels tanh(x₁) ± 3, the sign a coin of its own. */
interface Sample {
  readonly inputs: Float64Array;
  readonly labels: Float64Array;
}

/** Every label is at least this far from every prediction of at most 1, so that the loss is nearly linear. */
const labelNoise = 3;

/**
 * Bounds the expected largest generalization gap of the class over samples of n inputs.
 *
 *     E sup_p (R(p) − R_n(p)) ≤ 2 E Rad_n ≤ 2A(ω√k + B√(d − k) + β)/√n
 *
 * by symmetrization, by contraction (the loss log cosh and tanh are 1-Lipschitz, and the class is symmetric, since
 * tanh is odd), and by E‖Σ ε_i x_i‖ ≤ √(n·dimension). For B = 0 it is the bound of a class on k inputs.
 *
 * Source: Bartlett and Mendelson, Rademacher and Gaussian complexities, JMLR 3 (2002), Theorems 8 and 12.
 */
export function expectedGapBound(networks: NetworkClass, count: number): number {
  const {
    inputDimension: d,
    relevantDimension: k,
    outputNorm,
    relevantNorm,
    irrelevantNorm,
    shiftBound,
  } = networks;
  const complexity = relevantNorm * Math.sqrt(k) + irrelevantNorm * Math.sqrt(d - k) + shiftBound;
  return (2 * outputNorm * complexity) / Math.sqrt(count);
}

/**
 * What chance may add to a mean gap: at rate δ, by McDiarmid for all training losses and by Hoeffding for all test
 * losses, each in an interval of length 2A, since log cosh has slopes below 1 and |p| ≤ A.
 */
export function gapDeviation(
  { outputNorm }: NetworkClass,
  train: number,
  test: number,
  rate: number,
): number {
  const one = (count: number): number => 2 * outputNorm * Math.sqrt(Math.log(2 / rate) / (2 * count));
  return one(train) + one(test);
}

/** Samples over which a gap is averaged, and their sizes. */
export interface GapExperiment {
  readonly samples: number;
  readonly train: number;
  readonly test: number;
}

/** Mean of test minus training loss of networks that were fitted to samples of their own. */
export function meanGap(stream: RandomStream, networks: NetworkClass, experiment: GapExperiment): number {
  let total = 0;
  for (let s = 0; s < experiment.samples; s++)
    total += fitGap(stream.fork(`sample ${s}`), networks, experiment);
  return total / experiment.samples;
}

/** Fits a network of the class to a sample by projected gradient steps, as hard as it can, and tests it afresh. */
function fitGap(stream: RandomStream, networks: NetworkClass, counts: GapExperiment): number {
  const sample = drawSample(stream.fork('train'), counts.train, networks.inputDimension);
  const size = networks.width * (networks.inputDimension + 2);
  const parameters = gaussianInto(new Float64Array(size), stream.fork('start'), 0.3);
  const gradient = new Float64Array(size);
  const momentum = new Float64Array(size);
  project(parameters, networks);
  for (let step = 0; step < fitSteps; step++) {
    gradient.fill(0);
    meanLoss(networks, parameters, sample, gradient);
    let norm = 0;
    for (let i = 0; i < size; i++) {
      momentum[i] = 0.8 * momentum[i] + gradient[i];
      norm += momentum[i] ** 2;
    }
    const length = (0.6 * networks.relevantNorm) / (Math.sqrt(norm) * (1 + step / 10));
    for (let i = 0; i < size; i++) parameters[i] -= length * momentum[i];
    project(parameters, networks);
  }
  const fresh = drawSample(stream.fork('test'), counts.test, networks.inputDimension);
  return meanLoss(networks, parameters, fresh) - meanLoss(networks, parameters, sample);
}

const fitSteps = 40;

function drawSample(stream: RandomStream, count: number, dimension: number): Sample {
  const inputs = gaussianInto(new Float64Array(count * dimension), stream.fork('inputs'));
  const coin = stream.fork('signs');
  const labels = Float64Array.from(
    { length: count },
    (_, n) => Math.tanh(inputs[n * dimension]) + (coin.uniform() < 0.5 ? -labelNoise : labelNoise),
  );
  return { inputs, labels };
}

/** Mean of log cosh(p(x) − y); its gradient is added to `gradient`. Parameters: W (width·d), then b, then a. */
function meanLoss(
  { inputDimension: d, width }: NetworkClass,
  parameters: Float64Array,
  { inputs, labels }: Sample,
  gradient?: Float64Array,
): number {
  const [shifts, outputs] = [width * d, width * (d + 1)];
  const hidden = new Float64Array(width);
  let total = 0;
  for (let n = 0; n < labels.length; n++) {
    let prediction = 0;
    for (let j = 0; j < width; j++) {
      let t = parameters[shifts + j];
      for (let i = 0; i < d; i++) t += parameters[j * d + i] * inputs[n * d + i];
      hidden[j] = Math.tanh(t);
      prediction += parameters[outputs + j] * hidden[j];
    }
    const difference = prediction - labels[n];
    total += Math.abs(difference) + Math.log1p(Math.exp(-2 * Math.abs(difference))) - Math.LN2;
    if (gradient === undefined) continue;
    const slope = Math.tanh(difference) / labels.length;
    for (let j = 0; j < width; j++) {
      gradient[outputs + j] += slope * hidden[j];
      const inner = slope * parameters[outputs + j] * (1 - hidden[j] ** 2);
      gradient[shifts + j] += inner;
      for (let i = 0; i < d; i++) gradient[j * d + i] += inner * inputs[n * d + i];
    }
  }
  return total / labels.length;
}

/** Moves parameters into the class: blocks of a row to their balls, shifts to their interval, outputs scaled. */
function project(parameters: Float64Array, networks: NetworkClass): void {
  const { inputDimension: d, relevantDimension: k, width, outputNorm, shiftBound } = networks;
  for (let j = 0; j < width; j++) {
    shrink(parameters.subarray(j * d, j * d + k), networks.relevantNorm);
    shrink(parameters.subarray(j * d + k, (j + 1) * d), networks.irrelevantNorm);
  }
  const shifts = parameters.subarray(width * d, width * (d + 1));
  for (let j = 0; j < width; j++) shifts[j] = Math.max(-shiftBound, Math.min(shiftBound, shifts[j]));
  const outputs = parameters.subarray(width * (d + 1));
  const sum = outputs.reduce((total, a) => total + Math.abs(a), 0);
  if (sum > outputNorm) for (let j = 0; j < width; j++) outputs[j] *= outputNorm / sum;
}

function shrink(vector: Float64Array, norm: number): void {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += vector[i] ** 2;
  if (squares <= norm ** 2) return;
  const factor = norm / Math.sqrt(squares);
  for (let i = 0; i < vector.length; i++) vector[i] *= factor;
}
