import type * as tfjs from '@tensorflow/tfjs-core';

type Tf = typeof tfjs;

/**
 * σ and σ' as tensors, from z.
 *
 * The slope is written out rather than differentiated by the tensor library, whose second derivatives through
 * composites are not to be trusted and whose tape costs as much as a small step's arithmetic.
 */
export interface TensorActivation {
  /** σ(z), and σ'(z) given z and σ(z). Each returns a new tensor owned by the caller. */
  value(z: tfjs.Tensor2D): tfjs.Tensor2D;
  slope(z: tfjs.Tensor2D, value: tfjs.Tensor2D): tfjs.Tensor2D;
  /** AᵀS for S = σ'(z): as `slope` and a product, or cheaper where S need not be formed. */
  throughSlope(a: tfjs.Tensor2D, z: tfjs.Tensor2D, value: tfjs.Tensor2D): tfjs.Tensor2D;
}

/**
 * Finds the tensor form of the activation of this name, as named by `activations.ts`.
 *
 * @throws RangeError when the name is not one of them
 */
export function tensorActivation(tf: Tf, name: string): TensorActivation {
  const pair = valueAndSlope(tf, name);
  return {
    throughSlope: (a, z, value) => tf.tidy(() => product(tf, a, pair.slope(z, value))),
    ...pair,
  };
}

type ValueAndSlope = Pick<TensorActivation, 'value' | 'slope'> & Partial<TensorActivation>;

function valueAndSlope(tf: Tf, name: string): ValueAndSlope {
  const parameter = Number(/\((.*)\)/.exec(name)?.[1]);
  const kind = name.replace(/\(.*/, '');
  switch (kind) {
    case 'tanh':
      return {
        value: (z) => tf.tanh(z),
        slope: (_, t) => tf.tidy(() => tf.sub(1, tf.square(t)) as tfjs.Tensor2D),
        // 1 − t² only after the product, where there is less to subtract from.
        throughSlope: (a, _, t) =>
          tf.tidy(() => {
            // A product with ones: a sum down the columns takes several times as long.
            const sums = product(tf, a, tf.ones([a.shape[0], 1]));
            return tf.sub(sums, product(tf, a, tf.square(t))) as tfjs.Tensor2D;
          }),
      };
    case 'sine':
      return { value: (z) => tf.sin(z), slope: (z) => tf.cos(z) };
    case 'erf':
      return { value: (z) => tf.erf(z), slope: (z) => gaussian(tf, z, 1, 2 / Math.sqrt(Math.PI)) };
    case 'gelu':
      return {
        value: (z) => tf.tidy(() => tf.mul(z, normalMass(tf, z))),
        slope: (z) =>
          tf.tidy(() => {
            const density = gaussian(tf, z, 0.5, 1 / Math.sqrt(2 * Math.PI));
            return tf.add(normalMass(tf, z), tf.mul(z, density)) as tfjs.Tensor2D;
          }),
      };
    case 'relu-smooth':
      return {
        value: (z) =>
          parameter === 1
            ? tf.softplus(z)
            : tf.tidy(() => tf.mul(tf.softplus(tf.mul(z, parameter)), 1 / parameter) as tfjs.Tensor2D),
        slope: (z) => tf.tidy(() => tf.sigmoid(tf.mul(z, parameter)) as tfjs.Tensor2D),
      };
    case 'hermite':
      return {
        value: (z) => tf.tidy(() => hermiteTensor(tf, z, parameter)),
        slope: (z) => tf.tidy(() => tf.mul(hermiteTensor(tf, z, parameter - 1), parameter) as tfjs.Tensor2D),
      };
    default:
      throw new RangeError(`activation: expected one of the known names, got ${name}`);
  }
}

/** AᵀB. */
function product(tf: Tf, a: tfjs.Tensor2D, b: tfjs.Tensor2D): tfjs.Tensor2D {
  return tf.matMul(a, b, true, false) as tfjs.Tensor2D;
}

/** scale·e^{−rate·z²}. */
function gaussian(tf: Tf, z: tfjs.Tensor2D, rate: number, scale: number): tfjs.Tensor2D {
  return tf.tidy(() => tf.mul(tf.exp(tf.mul(tf.square(z), -rate)), scale) as tfjs.Tensor2D);
}

/** Φ(z). */
function normalMass(tf: Tf, z: tfjs.Tensor2D): tfjs.Tensor2D {
  return tf.mul(tf.add(tf.erf(tf.mul(z, Math.SQRT1_2)), 1), 0.5) as tfjs.Tensor2D;
}

/** He_k(z) by its recurrence. */
function hermiteTensor(tf: Tf, z: tfjs.Tensor2D, degree: number): tfjs.Tensor2D {
  let before = tf.zerosLike(z);
  let last = tf.onesLike(z);
  for (let j = 0; j < degree; j++) {
    const next = tf.sub(tf.mul(z, last), tf.mul(before, j)) as tfjs.Tensor2D;
    before = last;
    last = next;
  }
  return last;
}
