import type * as tfjs from '@tensorflow/tfjs-core';
import { checkLength } from '../../../numerics/base/checks.ts';
import type { Loss } from '../model/losses.ts';
import type { NetworkLayout } from '../model/networkLayout.ts';
import { type TensorActivation, tensorActivation } from './tensorActivations.ts';
import type { Tensors } from './tensorBackend.ts';

/** The parameters or the gradient of a network as tensors, in float32. */
export interface NetworkTensors {
  /** The whole first layer, (d + 1) × h₁: the transpose of (W∥, W⊥), and b as its last row. */
  readonly first: tfjs.Tensor2D;
  /** Weights into each deeper layer, h_{l−1} × h_l. */
  readonly deeper: readonly tfjs.Tensor2D[];
  /** Shifts of each deeper layer. */
  readonly shifts: readonly tfjs.Tensor1D[];
  /** a, h_L × 1. */
  readonly output: tfjs.Tensor2D;
  /** c, a single number. */
  readonly outputShift: tfjs.Tensor1D;
}

/** A dense network run by a tensor library: large widths, float32, first derivatives only. */
export interface TensorNetwork {
  readonly layout: NetworkLayout;
  /** Makes tensors of a parameter vector whose first-layer blocks are in the coordinates of the inputs. */
  upload(x: ArrayLike<number>): NetworkTensors;
  /** The parameter vector of the tensors, in the same layout. */
  download(tensors: NetworkTensors): Float64Array;
  /**
   * Mean loss of a minibatch and its gradient, without regularisation.
   *
   * @param inputs n·d, row-major, relevant coordinates first as in the layout
   * @param labels n
   * @returns tensors owned by the caller; everything between is disposed
   */
  gradient(parameters: NetworkTensors, inputs: Float32Array, labels: Float32Array): BatchGradient;
}

/** A minibatch's mean loss with its gradient. */
export interface BatchGradient {
  readonly loss: number;
  readonly gradient: NetworkTensors;
}

/**
 * Runs the network of a layout on a tensor backend, with the backward pass written out.
 *
 *     z₁ = XW₁ᵀ + b₁,  h_l = σ(z_l),  p = h_L a + c,  ∂/∂z_l = ((∂/∂z_{l+1}) W_{l+1}) ⊙ σ'(z_l)
 *
 * The loss's slope is taken in float64 on the n predictions, which have to be fetched anyway for the loss.
 *
 * Guarantee: the gradient agrees with the float64 network's to float32 rounding (checked by the instruments).
 * Cost: per hidden layer three products and two element-wise operations, with one hidden layer two products; no
 * tensor outlives the call but the result.
 */
export function tensorNetwork(
  tensors: Tensors,
  layout: NetworkLayout,
  activationName: string,
  loss: Loss,
): TensorNetwork {
  return new BackendNetwork(tensors, layout, activationName, loss);
}

/** What a forward pass leaves for the backward one. */
interface TensorPass {
  readonly inputs: tfjs.Tensor2D;
  readonly sums: readonly tfjs.Tensor2D[];
  readonly hidden: readonly tfjs.Tensor2D[];
  /** ∂(mean loss)/∂p of every row, and its sum. */
  readonly slopes: Float32Array;
  readonly slopeSum: number;
  readonly loss: number;
}

class BackendNetwork implements TensorNetwork {
  readonly layout: NetworkLayout;
  readonly #tf: typeof tfjs;
  readonly #activation: TensorActivation;
  readonly #loss: Loss;
  // Kept from call to call: no tensor made of them outlives a call.
  #unscaled = new Float32Array(0);
  #rescaled = new Float32Array(0);

  constructor({ tf }: Tensors, layout: NetworkLayout, activationName: string, loss: Loss) {
    this.#tf = tf;
    this.layout = layout;
    this.#activation = tensorActivation(tf, activationName);
    this.#loss = loss;
  }

  upload(x: ArrayLike<number>): NetworkTensors {
    const tf = this.#tf;
    const { layout } = this;
    checkLength('parameters', x, layout.dimension);
    const d = layout.inputDimension;
    const k = layout.relevantDimension;
    const h1 = layout.widths[0];
    const first = new Float32Array((d + 1) * h1);
    for (let i = 0; i < h1; i++) {
      for (let j = 0; j < k; j++) first[j * h1 + i] = x[layout.relevant.start + i * k + j];
      for (let j = k; j < d; j++) first[j * h1 + i] = x[layout.weights.start + i * (d - k) + j - k];
      first[d * h1 + i] = x[layout.shift.start + i];
    }
    const run = (start: number, length: number) => Float32Array.from({ length }, (_, i) => x[start + i]);
    const top = layout.widths[layout.widths.length - 1];
    return {
      first: tf.tensor2d(first, [d + 1, h1]),
      deeper: layout.deeperWeights.map(
        (block) =>
          tf.tidy(() =>
            tf.transpose(
              tf.tensor2d(run(block.start, block.rows * block.columns), [block.rows, block.columns]),
            ),
          ) as tfjs.Tensor2D,
      ),
      shifts: layout.deeperShifts.map((block) => tf.tensor1d(run(block.start, block.rows))),
      output: tf.tensor2d(run(layout.outputWeights.start, top), [top, 1]),
      outputShift: tf.tensor1d(run(layout.outputShift.start, 1)),
    };
  }

  download(tensors: NetworkTensors): Float64Array {
    const { layout } = this;
    const d = layout.inputDimension;
    const k = layout.relevantDimension;
    const h1 = layout.widths[0];
    const x = new Float64Array(layout.dimension);
    const first = tensors.first.dataSync();
    for (let i = 0; i < h1; i++) {
      for (let j = 0; j < k; j++) x[layout.relevant.start + i * k + j] = first[j * h1 + i];
      for (let j = k; j < d; j++) x[layout.weights.start + i * (d - k) + j - k] = first[j * h1 + i];
      x[layout.shift.start + i] = first[d * h1 + i];
    }
    for (const [l, block] of layout.deeperWeights.entries()) {
      const data = tensors.deeper[l].dataSync();
      for (let i = 0; i < block.rows; i++) {
        for (let j = 0; j < block.columns; j++) {
          x[block.start + i * block.columns + j] = data[j * block.rows + i];
        }
      }
    }
    for (const [l, block] of layout.deeperShifts.entries()) {
      x.set(tensors.shifts[l].dataSync(), block.start);
    }
    x.set(tensors.output.dataSync(), layout.outputWeights.start);
    x.set(tensors.outputShift.dataSync(), layout.outputShift.start);
    return x;
  }

  gradient(parameters: NetworkTensors, inputs: Float32Array, labels: Float32Array): BatchGradient {
    const n = labels.length;
    const d = this.layout.inputDimension;
    checkLength('inputs', inputs, n * d);
    if (this.#unscaled.length !== n * (d + 1)) {
      this.#unscaled = new Float32Array(n * (d + 1));
      this.#rescaled = new Float32Array(n * (d + 1));
    }
    let loss = 0;
    const gradient: NetworkTensors = this.#tf.tidy(() => {
      const pass = this.#forward(parameters, inputs, labels);
      loss = pass.loss;
      const { first, deeper, shifts, output, outputShift } =
        pass.sums.length === 1
          ? this.#shallowGradient(parameters, inputs, pass)
          : this.#deepGradient(parameters, pass);
      return { first, deeper: [...deeper], shifts: [...shifts], output, outputShift };
    });
    return { loss, gradient };
  }

  #forward(parameters: NetworkTensors, inputs: Float32Array, labels: Float32Array): TensorPass {
    const tf = this.#tf;
    const n = labels.length;
    const d = this.layout.inputDimension;
    // A column of ones beside X makes the shift a row of the weights, here and in the gradient.
    const X = tf.tensor2d(withOnesInto(this.#unscaled, inputs, d), [n, d + 1]);
    const sums: tfjs.Tensor2D[] = [];
    const hidden: tfjs.Tensor2D[] = [];
    for (let l = 0; l < this.layout.widths.length; l++) {
      const sum =
        l === 0
          ? tf.matMul(X, parameters.first)
          : tf.add(tf.matMul(hidden[l - 1], parameters.deeper[l - 1]), parameters.shifts[l - 1]);
      sums.push(sum as tfjs.Tensor2D);
      hidden.push(this.#activation.value(sums[l]));
    }
    const predictions = tf.matMul(hidden[hidden.length - 1], parameters.output).dataSync();
    const [shift] = parameters.outputShift.dataSync();
    const slopes = new Float32Array(n);
    let slopeSum = 0;
    let loss = 0;
    for (let i = 0; i < n; i++) {
      const prediction = predictions[i] + shift;
      loss += this.#loss.value(prediction, labels[i]) / n;
      slopes[i] = this.#loss.first(prediction, labels[i]) / n;
      slopeSum += slopes[i];
    }
    return { inputs: X, sums, hidden, slopes, slopeSum, loss };
  }

  /** ∂/∂z = g aᵀ ⊙ σ' need not be formed: g goes to X's rows and a to the product's columns, which are few. */
  #shallowGradient(parameters: NetworkTensors, inputs: Float32Array, pass: TensorPass): NetworkTensors {
    const tf = this.#tf;
    const { slopes } = pass;
    const d = this.layout.inputDimension;
    const n = slopes.length;
    const { output, outputShift } = this.#outputGradient(pass);
    const scaled = tf.tensor2d(withOnesInto(this.#rescaled, inputs, d, slopes), [n, d + 1]);
    const product = this.#activation.throughSlope(scaled, pass.sums[0], pass.hidden[0]);
    const a = tf.reshape(parameters.output, [1, this.layout.widths[0]]);
    const first = tf.mul(product, a) as tfjs.Tensor2D;
    return { first, deeper: [], shifts: [], output, outputShift };
  }

  #deepGradient(parameters: NetworkTensors, pass: TensorPass): NetworkTensors {
    const tf = this.#tf;
    const { sums, hidden, slopes } = pass;
    const { output, outputShift } = this.#outputGradient(pass);
    const deeper: tfjs.Tensor2D[] = [];
    const shifts: tfjs.Tensor1D[] = [];
    let above = tf.matMul(tf.tensor2d(slopes, [slopes.length, 1]), parameters.output, false, true);
    for (let l = sums.length - 1; l > 0; l--) {
      const slope = tf.mul(above, this.#activation.slope(sums[l], hidden[l])) as tfjs.Tensor2D;
      shifts.unshift(tf.sum(slope, 0) as tfjs.Tensor1D);
      deeper.unshift(tf.matMul(hidden[l - 1], slope, true, false) as tfjs.Tensor2D);
      above = tf.matMul(slope, parameters.deeper[l - 1], false, true);
    }
    const slope = tf.mul(above, this.#activation.slope(sums[0], hidden[0]));
    const first = tf.matMul(pass.inputs, slope, true, false) as tfjs.Tensor2D;
    return { first, deeper, shifts, output, outputShift };
  }

  #outputGradient({ hidden, slopes, slopeSum }: TensorPass): Pick<NetworkTensors, 'output' | 'outputShift'> {
    const tf = this.#tf;
    const g = tf.tensor2d(slopes, [slopes.length, 1]);
    const output = tf.matMul(hidden[hidden.length - 1], g, true, false) as tfjs.Tensor2D;
    return { output, outputShift: tf.tensor1d([slopeSum]) };
  }
}

/** Writes (X, 1), n × (d + 1), with row i multiplied by scales[i] where there are any. */
function withOnesInto(
  out: Float32Array,
  inputs: Float32Array,
  d: number,
  scales?: Float32Array,
): Float32Array {
  for (let i = 0, from = 0, to = 0; to < out.length; i++) {
    const scale = scales === undefined ? 1 : scales[i];
    for (let j = 0; j < d; j++) out[to++] = scale * inputs[from++];
    out[to++] = scale;
  }
  return out;
}

/** Every tensor of a set, to dispose or count. */
export function tensorsOf(set: NetworkTensors): tfjs.Tensor[] {
  return [set.first, ...set.deeper, ...set.shifts, set.output, set.outputShift];
}
