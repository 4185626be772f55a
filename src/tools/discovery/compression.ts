import { z } from 'zod';
import { type LowRankFactors, lowRankFactors, rankForChange } from '../../applications/networks/index.ts';
import { formatNpz } from '../../formats/arrays/npz.ts';
import { formatSafetensors } from '../../formats/arrays/safetensors.ts';
import type { MatrixValues } from '../../formats/tables.ts';
import type { SingularVectors } from '../../numerics/linalg/singularVectors.ts';
import { type Precision, rounded } from '../contract/matrixFile.ts';

/** What `discover --weights --json` prints of the layer with fewer directions. */
export const compressionResult = z.strictObject({
  /** Directions kept, in falling order of their singular values, and dropped. */
  rank: z.int(),
  dropped: z.int(),
  /** At least ‖W − left·right‖_F: the root mean square by which W·x moves for standard Gaussian x. */
  change: z.number(),
  /** That as a part of ‖W‖_F. */
  relativeChange: z.number(),
  /** The largest singular value dropped: W·x moves by at most this for |x| = 1, before factors are rounded. */
  nextSingularValue: z.number(),
  /** On the inputs given: the root mean square change of W·x as a part of that of W·x itself; null without inputs. */
  changeOnInputs: z.number().nullable(),
  numbersBefore: z.int(),
  numbersAfter: z.int(),
  precision: z.enum(['float32', 'float64']),
});

export type CompressionResult = z.infer<typeof compressionResult>;

/** How much of a layer is to be kept. */
export interface CompressionRequest {
  /** Directions to keep; undefined: as few as `change` allows. */
  readonly rank: number | undefined;
  /** Largest part of the layer's norm that may be dropped. */
  readonly change: number;
  readonly precision: Precision;
}

/** A layer in two factors, and what that changes. */
export interface Compression {
  readonly result: CompressionResult;
  readonly factors: Pick<LowRankFactors, 'left' | 'right' | 'rank'>;
}

/**
 * Keeps a layer's strongest directions.
 *
 * @param singular of the layer
 * @param norm ‖W‖_F
 * @param inputs rows of inputs to the layer, to measure the change on
 * @throws InputError where float32 cannot hold a factor
 */
export function compress(
  weights: MatrixValues,
  singular: SingularVectors,
  norm: number,
  { rank: asked, change: allowed, precision }: CompressionRequest,
  inputs?: MatrixValues,
): Compression {
  const { rows, columns, values } = weights;
  const rank = asked ?? rankForChange(singular.values, allowed);
  const hold = (factor: Float64Array) => rounded('--float32', factor, precision);
  const { left, right, change } = lowRankFactors(values, { rows, columns }, singular, rank, hold);
  return {
    factors: { left, right, rank },
    result: {
      rank,
      dropped: singular.size - rank,
      change,
      relativeChange: norm === 0 ? 0 : change / norm,
      nextSingularValue: singular.values[rank] ?? 0,
      changeOnInputs: inputs === undefined ? null : changeOnInputs(weights, { left, right, rank }, inputs),
      numbersBefore: rows * columns,
      numbersAfter: rank * (rows + columns),
      precision,
    },
  };
}

/** √(Σ|W x − left·(right·x)|² / Σ|W x|²) over the inputs, each in units of its largest coordinate; 0 where W x is 0. */
function changeOnInputs(
  { values, rows, columns }: MatrixValues,
  { left, right, rank }: Compression['factors'],
  inputs: MatrixValues,
): number {
  const unit = largest(values);
  const inputUnit = largest(inputs.values);
  const x = new Float64Array(columns);
  const along = new Float64Array(rank);
  let [changed, total] = [0, 0];
  for (let n = 0; n < inputs.rows; n++) {
    for (let j = 0; j < columns; j++) x[j] = inputs.values[n * columns + j] / inputUnit;
    for (let r = 0; r < rank; r++) {
      along[r] = 0;
      for (let j = 0; j < columns; j++) along[r] += (right[r * columns + j] / unit) * x[j];
    }
    for (let i = 0; i < rows; i++) {
      let exact = 0;
      for (let j = 0; j < columns; j++) exact += (values[i * columns + j] / unit) * x[j];
      let kept = 0;
      // Either factor may carry the scale of the weights: the product of both is in these units.
      for (let r = 0; r < rank; r++) kept += left[i * rank + r] * along[r];
      changed += (exact - kept) ** 2;
      total += exact ** 2;
    }
  }
  return total === 0 ? 0 : Math.sqrt(changed / total);
}

function largest(values: Float64Array): number {
  let size = 0;
  for (let i = 0; i < values.length; i++) size = Math.max(size, Math.abs(values[i]));
  return size || 1;
}

/** The compression for a reader. */
export function compressionWords(
  result: CompressionResult,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): string[] {
  const { rank, dropped, change, relativeChange, nextSingularValue, changeOnInputs: onInputs } = result;
  const percent = (part: number) => `${(100 * part).toPrecision(3)} %`;
  const { numbersBefore: before, numbersAfter: after } = result;
  const saved = after < before ? `in place of ${before}` : `where the layer has ${before}: nothing is saved`;
  return [
    `directions  keep ${rank}, drop ${dropped}${dropped > 0 ? `: singular values up to ${nextSingularValue.toPrecision(3)}` : ''}`,
    `change      W·x moves by at most ${change.toPrecision(3)} in root mean square for Gaussian x, ${percent(relativeChange)} of the layer`,
    ...(onInputs === null ? [] : [`            by ${percent(onInputs)} of W·x on the inputs given`]),
    `factors     left ${rows} × ${rank}, right ${rank} × ${columns}: ${after} numbers ${saved}`,
  ];
}

/**
 * Puts the factors into the form that the name of their file asks for: arrays `left` (rows × rank) and `right`
 * (rank × columns).
 */
export function formatFactors(
  file: string,
  { left, right, rank }: Compression['factors'],
  precision: Precision,
): Uint8Array {
  const matrices = {
    left: { values: left, rows: left.length / rank, columns: rank },
    right: { values: right, rows: rank, columns: right.length / rank },
  };
  return file.endsWith('.safetensors')
    ? formatSafetensors(matrices, precision)
    : formatNpz(matrices, precision);
}
