import { symmetricEigen } from '../../../numerics/linalg/symmetricEigen.ts';

/** Bounds of |σ|, |σ′|, |σ″|, |σ‴| on the set where a layer's sums lie. */
export type Suprema = readonly [number, number, number, number];

/** What is known of a network's layers and loss, for bounds of its derivatives along any direction. */
export interface NetworkSizes {
  /** h_l of every hidden layer. */
  readonly widths: readonly number[];
  /** Of every hidden layer. */
  readonly activation: readonly Suprema[];
  /** ‖W_l‖₂ is at most the entry: one for each hidden layer after the first, then ‖a‖. */
  readonly norms: readonly number[];
  /** Bounds of |ℓ′|, |ℓ″|, |ℓ‴|. */
  readonly loss: readonly [number, number, number];
  /** Bounds of |s′|, |s″|, |s‴| where deeper weights are s(W), entrywise; 1, 0, 0 where they are W itself. */
  readonly squash: readonly [number, number, number];
  /** What moves along the direction: the deeper layers too, or the first layer's sums alone. */
  readonly moves: 'everything' | 'sums';
}

/**
 * Bounds of the derivatives of ℓ(p(θ), y) along θ + tV, as forms in v = (‖V₁‖, …, ‖V_L‖, ‖V_out‖), the norms of the
 * direction's share of each layer with its shift, where the first sums move by at most v₁:
 *
 *     |d/dt| ≤ Σ F_i v_i,   |d²/dt²| ≤ Σ F_ij v_i v_j,   |d³/dt³| ≤ Σ F_ijk v_i v_j v_k.
 *
 * Every entry is at least 0, and each index 1 stands for one factor of the input: for first sums that move by
 * v₁·q, an entry with j indices 1 is multiplied by q^j.
 */
export interface DerivativeForms {
  /** L + 1 (1 where only the sums move). */
  readonly size: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third: Float64Array;
}

/**
 * Bounds the first three derivatives of a network's loss along every direction, by the chain rule layer by layer.
 *
 *     z_l′ = W h′ + W′h + b′,   h′ = σ′z′,   h″ = σ″z′² + σ′z″,   h‴ = σ‴z′³ + 3σ″z′z″ + σ′z‴
 *
 * in Euclidean norms: ‖u ⊙ v‖ ≤ ‖u‖‖v‖, ‖W′h + b′‖ ≤ ‖(W′, b′)‖√(‖h‖² + 1), ‖h‖ ≤ sup|σ|·√h_l.
 *
 * @returns entries that are infinite where a supremum they need is
 * Cost: (L + 1)³ numbers a layer.
 */
export function derivativeForms(sizes: NetworkSizes): DerivativeForms {
  const { widths, activation, norms, loss, moves } = sizes;
  const n = moves === 'everything' ? widths.length + 1 : 1;
  let hidden = throughFunction(unit(n, 0), activation[0]);
  let size = bounded(activation[0][0], widths[0]);
  for (let l = 1; l < widths.length; l++) {
    const sums = throughLayer(hidden, norms[l - 1], sizes, l, size);
    hidden = throughFunction(sums, activation[l]);
    size = bounded(activation[l][0], widths[l]);
  }
  const prediction = throughLayer(hidden, norms[widths.length - 1], sizes, widths.length, size);
  return throughFunction(prediction, [0, ...loss]);
}

/** sup|σ|·√h. */
function bounded(supremum: number, width: number): number {
  return supremum * Math.sqrt(width);
}

function empty(size: number): DerivativeForms {
  return {
    size,
    first: new Float64Array(size),
    second: new Float64Array(size ** 2),
    third: new Float64Array(size ** 3),
  };
}

/** First sums, or one number, that move by v_index. */
function unit(size: number, index: number): DerivativeForms {
  const forms = empty(size);
  forms.first[index] = 1;
  return forms;
}

/** The forms of f(z), with |f′|, |f″|, |f‴| at most the entries 1 to 3. */
function throughFunction(z: DerivativeForms, [, s1, s2, s3]: Suprema): DerivativeForms {
  const n = z.size;
  const out = empty(n);
  for (let i = 0; i < n; i++) {
    out.first[i] = times(s1, z.first[i]);
    for (let j = 0; j < n; j++) {
      out.second[i * n + j] = times(s2, z.first[i] * z.first[j]) + times(s1, z.second[i * n + j]);
      for (let k = 0; k < n; k++) {
        const at = (i * n + j) * n + k;
        out.third[at] =
          times(s3, z.first[i] * z.first[j] * z.first[k]) +
          times(3 * s2, z.first[i] * z.second[j * n + k]) +
          times(s1, z.third[at]);
      }
    }
  }
  return out;
}

/** The forms of s(W)h + b, of which ‖W‖ and ‖h‖ are bounded and layer `index` of the direction moves W and b. */
function throughLayer(
  h: DerivativeForms,
  norm: number,
  { squash, moves }: NetworkSizes,
  index: number,
  size: number,
): DerivativeForms {
  const n = h.size;
  const out = empty(n);
  for (let i = 0; i < n; i++) out.first[i] = times(norm, h.first[i]);
  for (let i = 0; i < n * n; i++) out.second[i] = times(norm, h.second[i]);
  for (let i = 0; i < n ** 3; i++) out.third[i] = times(norm, h.third[i]);
  if (moves === 'sums') return out;
  const [t1, t2, t3] = squash;
  const l = index;
  out.first[l] += Math.hypot(times(t1, size), 1);
  out.second[l * n + l] += times(t2, size);
  out.third[(l * n + l) * n + l] += times(t3, size);
  for (let i = 0; i < n; i++) {
    out.second[l * n + i] += times(2 * t1, h.first[i]);
    out.third[(l * n + l) * n + i] += times(3 * t2, h.first[i]);
    for (let j = 0; j < n; j++) out.third[(l * n + i) * n + j] += times(3 * t1, h.second[i * n + j]);
  }
  return out;
}

/** a·b with 0·∞ = 0: what is not there does not grow. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

/**
 * The largest values of the three forms over unit v, where first sums move by v₁·q for a random q.
 *
 * @param moments E q^j for j = 0 … 3, moments[0] = 1
 * @returns bounds of E of each: of the first by its norm, of the second by its largest eigenvalue, of the third by the
 * Frobenius norm of its symmetrisation
 */
export function expectedSuprema(
  { size: n, first, second, third }: DerivativeForms,
  moments: readonly [number, number, number, number],
): readonly [number, number, number] {
  const power = (...indices: number[]) => moments[indices.filter((i) => i === 0).length];
  let slope = 0;
  for (let i = 0; i < n; i++) slope += times(power(i), first[i]) ** 2;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      matrix[i * n + j] = times(power(i, j), (second[i * n + j] + second[j * n + i]) / 2);
    }
  }
  let cube = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) {
        const at = (a: number, b: number, c: number) => third[(a * n + b) * n + c];
        const symmetric =
          (at(i, j, k) + at(i, k, j) + at(j, i, k) + at(j, k, i) + at(k, i, j) + at(k, j, i)) / 6;
        cube += times(power(i, j, k), symmetric) ** 2;
      }
    }
  }
  return [Math.sqrt(slope), largestEigenvalue(matrix, n), Math.sqrt(cube)];
}

/** Of a symmetric matrix of entries that are at least 0; infinity where one of them is. */
function largestEigenvalue(matrix: Float64Array, size: number): number {
  if (!matrix.every(Number.isFinite)) return Number.POSITIVE_INFINITY;
  const eigen = symmetricEigen(matrix, size);
  if (eigen.outcome !== 'decomposed') return Math.hypot(...matrix);
  return eigen.values[size - 1] + eigen.error;
}
