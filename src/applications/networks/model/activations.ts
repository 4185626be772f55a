import erfc from '@stdlib/math-base-special-erfc';
import { checkAbove, checkInteger } from '../../../numerics/base/checks.ts';

/**
 * A smooth activation σ, evaluated with its first two derivatives over a whole array.
 *
 * `suprema` bounds |σ'|, |σ''| and |σ'''| over the real line where such bounds exist (and |σ| itself, first);
 * `Infinity` where there is none. From them follow the Lipschitz constants of a network.
 */
export interface Activation {
  /** Stable name with its parameter: `relu-smooth(2)`. */
  readonly name: string;
  /** Bounds of |σ|, |σ'|, |σ''|, |σ'''|. */
  readonly suprema: readonly [number, number, number, number];
  /**
   * Writes σ(z_i), σ'(z_i), σ''(z_i) for i < count. No output may alias `inputs`.
   *
   * Cost: one transcendental call an entry; allocates nothing.
   */
  jetsInto(
    value: Float64Array,
    first: Float64Array,
    second: Float64Array,
    inputs: Float64Array,
    count: number,
  ): void;
}

/** tanh z. */
export const tanh: Activation = {
  name: 'tanh',
  // |σ''| = 2t(1 − t²) peaks at t = 1/√3; |σ'''| = |2(1 − t²)(3t² − 1)| peaks at t = 0.
  suprema: [1, 1, 4 / (3 * Math.sqrt(3)), 2],
  jetsInto(value, first, second, inputs, count) {
    for (let i = 0; i < count; i++) {
      const t = Math.tanh(inputs[i]);
      const s = 1 - t * t;
      value[i] = t;
      first[i] = s;
      second[i] = -2 * t * s;
    }
  },
};

/** sin z. */
export const sine: Activation = {
  name: 'sine',
  suprema: [1, 1, 1, 1],
  jetsInto(value, first, second, inputs, count) {
    for (let i = 0; i < count; i++) {
      const s = Math.sin(inputs[i]);
      value[i] = s;
      first[i] = Math.cos(inputs[i]);
      second[i] = -s;
    }
  },
};

/** erf z. */
export const erf: Activation = {
  name: 'erf',
  // σ' = (2/√π) e^{−z²}; |σ''| = 2|z|σ' peaks at z = 1/√2; |σ'''| = |4z² − 2|σ' peaks at z = 0.
  suprema: [1, 2 / Math.sqrt(Math.PI), Math.sqrt(8 / (Math.PI * Math.E)), 4 / Math.sqrt(Math.PI)],
  jetsInto(value, first, second, inputs, count) {
    const scale = 2 / Math.sqrt(Math.PI);
    for (let i = 0; i < count; i++) {
      const z = inputs[i];
      const density = scale * Math.exp(-z * z);
      // Odd to the last bit, as the function is.
      value[i] = z < 0 ? erfc(-z) - 1 : 1 - erfc(z);
      first[i] = density;
      second[i] = -2 * z * density;
    }
  },
};

/** GELU: z·Φ(z), with the exact normal distribution function. */
export const gelu: Activation = {
  name: 'gelu',
  // σ' = Φ + zφ peaks at z = √2; σ'' = (2 − z²)φ at z = 0; σ''' = (z³ − 4z)φ at z² = (7 − √33)/2.
  suprema: geluSuprema(),
  jetsInto(value, first, second, inputs, count) {
    const scale = 1 / Math.sqrt(2 * Math.PI);
    for (let i = 0; i < count; i++) {
      const z = inputs[i];
      const mass = 0.5 * erfc(-z * Math.SQRT1_2);
      const density = scale * Math.exp(-0.5 * z * z);
      value[i] = z * mass;
      first[i] = mass + z * density;
      second[i] = (2 - z * z) * density;
    }
  },
};

function geluSuprema(): readonly [number, number, number, number] {
  const density = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  const z1 = Math.SQRT2;
  const z3 = Math.sqrt((7 - Math.sqrt(33)) / 2);
  return [
    Infinity,
    0.5 * erfc(-z1 * Math.SQRT1_2) + z1 * density(z1),
    2 * density(0),
    Math.abs(z3 ** 3 - 4 * z3) * density(z3),
  ];
}

/**
 * Builds ReLU_ι(z) = (1/ι) log(1 + e^{ιz}), the smooth stand-in for max(0, z).
 *
 * Guarantee: 0 ≤ ReLU_ι(z) − max(0, z) ≤ log(2)/ι; |σ''| ≤ ι/4; |σ'''| ≤ ι²/(6√3).
 * @param sharpness ι, in (0, ∞)
 * @throws RangeError when `sharpness` is not positive
 * Source: Tsikouras et al., arXiv 2510.19382v2, section 4. Notation: sharpness ↔ ι.
 */
export function smoothRelu(sharpness: number): Activation {
  checkAbove('sharpness', sharpness, 0);
  const iota = sharpness;
  return {
    name: `relu-smooth(${iota})`,
    suprema: [Infinity, 1, iota / 4, (iota * iota) / (6 * Math.sqrt(3))],
    jetsInto(value, first, second, inputs, count) {
      for (let i = 0; i < count; i++) {
        const u = iota * inputs[i];
        // e^{−|u|} never overflows, and both the value and the sigmoid follow from it.
        const e = Math.exp(-Math.abs(u));
        const small = 1 / (1 + e);
        const s = u >= 0 ? small : e * small;
        value[i] = (Math.max(u, 0) + Math.log1p(e)) / iota;
        first[i] = s;
        second[i] = iota * e * small * small;
      }
    },
  };
}

/**
 * Builds the probabilists' Hermite polynomial He_k, by He_{j+1} = z·He_j − j·He_{j−1} and He_k' = k·He_{k−1}.
 *
 * @param degree k, an integer in [1, 12]
 * @throws RangeError when `degree` is outside
 */
export function hermite(degree: number): Activation {
  checkInteger('degree', degree, 1, 12);
  return {
    name: `hermite(${degree})`,
    suprema: [
      Infinity,
      degree === 1 ? 1 : Infinity,
      degree === 1 ? 0 : degree === 2 ? 2 : Infinity,
      degree <= 2 ? 0 : degree === 3 ? 6 : Infinity,
    ],
    jetsInto(value, first, second, inputs, count) {
      for (let i = 0; i < count; i++) {
        const z = inputs[i];
        // a, b, c hold He_{j−2}, He_{j−1}, He_j; at j = degree they are what is wanted.
        let a = 0;
        let b = 0;
        let c = 1;
        for (let j = 0; j < degree; j++) {
          const next = z * c - j * b;
          a = b;
          b = c;
          c = next;
        }
        value[i] = c;
        first[i] = degree * b;
        second[i] = degree * (degree - 1) * a;
      }
    },
  };
}
