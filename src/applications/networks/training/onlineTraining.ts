import type * as tfjs from '@tensorflow/tfjs-core';
import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { Activation } from '../model/activations.ts';
import type { Loss } from '../model/losses.ts';
import { type BlockName, irrelevantNorm, type NetworkLayout } from '../model/networkLayout.ts';
import type { Teacher } from '../risk/teacher.ts';
import type { Tensors } from '../tensors/tensorBackend.ts';
import { type NetworkTensors, tensorNetwork, tensorsOf } from '../tensors/tensorNetwork.ts';

/** Online gradient descent on fresh minibatches, as in the paper's experiments. */
export interface OnlineTrainingOptions {
  readonly layout: NetworkLayout;
  readonly activation: Activation;
  readonly loss: Loss;
  readonly teacher: Teacher;
  /** Fresh samples a step. */
  readonly batchSize: number;
  /** T, at least 0. */
  readonly steps: number;
  /** Decay of the first layer: (decay/2)‖(W∥, W⊥)‖², so decay = 2λ. */
  readonly decay: number;
  /** Step size of every weight matrix at step t, counted from 0. */
  readonly weightRate: (step: number) => number;
  /** Step size of every shift. */
  readonly shiftRate: (step: number) => number;
  readonly frozen: readonly BlockName[];
  /**
   * Noise of this deviation is added to the first layer and its shift, those that are trained, when the norm of the
   * minibatch loss's gradient in the first layer, without the decay's share, is below the threshold.
   */
  readonly perturbation: { readonly deviation: number; readonly gradientThreshold: number };
  /** Not written to. */
  readonly start: Float64Array;
  /** Called every `observeEvery` steps, and at the end, with ‖W⊥‖ and the minibatch loss. */
  readonly observe?: (step: number, irrelevant: number, loss: number) => void;
  /** @defaultValue 100 */
  readonly observeEvery?: number;
}

/** How an online training run ended. */
export interface OnlineTraining {
  readonly outcome: 'finished' | 'non-finite';
  /** Parameters at the end, or at the last finite observation. */
  readonly point: Float64Array;
  readonly steps: number;
  /** How often noise was added. */
  readonly perturbations: number;
  /** What ran it. */
  readonly backend: string;
}

/**
 * Trains a network on fresh minibatches by gradient descent with the paper's perturbation rule.
 *
 * Inputs are standard Gaussian in the frame whose first k directions are the teacher's. Since N(0, I) looks the
 * same in every frame, this is training in any other frame, rotated.
 *
 * @param stream source of the inputs (`inputs`) and of the noise (`noise`)
 * @param tensors the backend; float32
 * @throws RangeError for a batch size below 1 or a negative decay
 * Source: Tsikouras et al., arXiv 2510.19382v2, experiments, and the authors' program.
 * Cost: one gradient of the minibatch a step; the count of live tensors does not grow.
 */
export function trainOnline(
  stream: RandomStream,
  tensors: Tensors,
  options: OnlineTrainingOptions,
): OnlineTraining {
  const { layout, batchSize, steps, decay, perturbation, teacher } = options;
  checkInteger('batchSize', batchSize, 1);
  checkInteger('steps', steps, 0);
  checkWithin('decay', decay, 0, Number.MAX_VALUE);
  checkAbove('perturbation.deviation', perturbation.deviation, -Number.MIN_VALUE);
  checkInteger('teacher.relevantDimension', teacher.relevantDimension, 0, layout.relevantDimension);
  const { tf, backend } = tensors;
  const network = tensorNetwork(tensors, layout, options.activation.name, options.loss);
  const batches = new Batches(stream.fork('inputs'), options);
  const step = new OnlineStep(stream.fork('noise'), tensors, options);
  const every = options.observeEvery ?? 100;
  let parameters = network.upload(options.start);
  let point: Float64Array = options.start.slice();
  let perturbations = 0;
  let t = 0;
  let outcome: OnlineTraining['outcome'] = 'finished';
  const look = (loss: number): boolean => {
    const now = network.download(parameters);
    if (!now.every(Number.isFinite)) return false;
    point = now;
    options.observe?.(t, irrelevantNorm(layout, now), loss);
    return true;
  };
  for (; t < steps; t++) {
    batches.draw();
    const { loss, gradient } = network.gradient(parameters, batches.inputs, batches.labels);
    if (t % every === 0 && !look(loss)) {
      outcome = 'non-finite';
      tf.dispose(tensorsOf(gradient));
      break;
    }
    const kick = step.wantsKick(gradient);
    if (kick) perturbations++;
    parameters = step.from(parameters, gradient, t, kick);
  }
  if (outcome === 'finished' && steps > 0 && !look(Number.NaN)) outcome = 'non-finite';
  tf.dispose(tensorsOf(parameters));
  return { outcome, point, steps: t, perturbations, backend };
}

/** Fresh minibatches, in buffers that each draw overwrites. */
class Batches {
  readonly inputs: Float32Array;
  readonly labels: Float32Array;
  readonly #stream: RandomStream;
  readonly #teacher: Teacher;
  readonly #relevant: Float64Array;

  constructor(stream: RandomStream, { layout, teacher, batchSize }: OnlineTrainingOptions) {
    this.#stream = stream;
    this.#teacher = teacher;
    this.#relevant = new Float64Array(layout.relevantDimension);
    this.inputs = new Float32Array(batchSize * layout.inputDimension);
    this.labels = new Float32Array(batchSize);
  }

  draw(): void {
    const { inputs, labels } = this;
    const relevant = this.#relevant;
    const d = inputs.length / labels.length;
    for (let n = 0; n < labels.length; n++) {
      for (let j = 0; j < d; j++) {
        const x = this.#stream.gaussian();
        inputs[n * d + j] = x;
        if (j < relevant.length) relevant[j] = x;
      }
      labels[n] = this.#teacher.label(relevant, 0);
    }
  }
}

/** One step of perturbed online descent on tensors. */
class OnlineStep {
  readonly #noise: RandomStream;
  readonly #tf: typeof tfjs;
  readonly #options: OnlineTrainingOptions;
  /** d and the width of the first layer. */
  readonly #inputs: number;
  readonly #width: number;

  constructor(noise: RandomStream, { tf }: Tensors, options: OnlineTrainingOptions) {
    this.#noise = noise;
    this.#tf = tf;
    this.#options = options;
    this.#inputs = options.layout.inputDimension;
    this.#width = options.layout.widths[0];
  }

  /** Whether the norm of the first layer's gradient, its shift left out, is below the threshold. */
  wantsKick(gradient: NetworkTensors): boolean {
    const tf = this.#tf;
    const norm = tf.tidy(
      () => tf.norm(tf.slice(gradient.first, [0, 0], [this.#inputs, this.#width])).dataSync()[0],
    );
    return norm < this.#options.perturbation.gradientThreshold;
  }

  /** The parameters after step t; the old ones and the gradient are disposed. */
  from(at: NetworkTensors, gradient: NetworkTensors, t: number, kick: boolean): NetworkTensors {
    const tf = this.#tf;
    const { decay, weightRate, shiftRate } = this.#options;
    const w = weightRate(t);
    const b = shiftRate(t);
    const next: NetworkTensors = tf.tidy(() => {
      const move = <T extends tfjs.Tensor>(name: BlockName, value: T, slope: T, rate: number): T =>
        (this.#isFrozen(name) ? tf.clone(value) : tf.sub(value, tf.mul(slope, rate))) as T;
      const shrunk = tf.mul(at.first, this.#rows(1 - w * decay, 1));
      const moved = tf.sub(shrunk, tf.mul(gradient.first, this.#rows(w, this.#isFrozen('shift') ? 0 : b)));
      return {
        first: (kick ? tf.add(moved, this.#kick()) : moved) as NetworkTensors['first'],
        deeper: at.deeper.map((value, l) => move('deeper-weights', value, gradient.deeper[l], w)),
        shifts: at.shifts.map((value, l) => move('deeper-shifts', value, gradient.shifts[l], b)),
        output: move('output-weights', at.output, gradient.output, w),
        outputShift: move('output-shift', at.outputShift, gradient.outputShift, b),
      };
    });
    tf.dispose(tensorsOf(at));
    tf.dispose(tensorsOf(gradient));
    return next;
  }

  #isFrozen(name: BlockName): boolean {
    return this.#options.frozen.includes(name);
  }

  /** One factor for every row of weights, another for the row of the shift. */
  #rows(weights: number, shift: number): tfjs.Tensor2D {
    const d = this.#inputs;
    const factors = new Float32Array(d + 1).fill(weights);
    factors[d] = shift;
    return this.#tf.tensor2d(factors, [d + 1, 1]);
  }

  /** Gaussian noise for the first layer, and for its shift unless that is frozen. */
  #kick(): tfjs.Tensor2D {
    const d = this.#inputs;
    const width = this.#width;
    const values = new Float32Array((d + 1) * width);
    const shift = d * width;
    const draw = () => this.#options.perturbation.deviation * this.#noise.gaussian();
    if (!this.#isFrozen('shift')) for (let i = shift; i < values.length; i++) values[i] = draw();
    for (let i = 0; i < shift; i++) values[i] = draw();
    return this.#tf.tensor2d(values, [d + 1, width]);
  }
}
