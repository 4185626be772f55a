import { z } from 'zod';
import { spectrumOf, studyGaussianity } from '../../applications/networks/index.ts';
import type { NumberTable } from '../../formats/tables.ts';
import { singularVectors } from '../../numerics/linalg/singularVectors.ts';
import { threadFunction } from '../../numerics/threads/threadFunction.ts';
import { noteLines } from '../contract/readerFlags.ts';
import type { Exhibit } from '../contract/tool.ts';
import {
  type Compression,
  type CompressionRequest,
  compress,
  compressionResult,
  compressionWords,
} from './compression.ts';
import { spectrumChart } from './spectrumChart.ts';

/** What `discover --json` prints of a user's own inputs and first layer: a contract for other programs. */
export const studyResult = z.strictObject({
  inputs: z
    .strictObject({
      count: z.int(),
      dimension: z.int(),
      mean: z.number(),
      smallestDeviation: z.number(),
      largestDeviation: z.number(),
      worstSkewness: z.number(),
      worstExcessKurtosis: z.number(),
      skewnessNoise: z.number(),
      kurtosisNoise: z.number(),
      /** Counted from 0: columns with one value, which have neither skewness nor kurtosis. */
      constantCoordinates: z.array(z.int()),
    })
    .optional(),
  firstLayer: z
    .strictObject({
      rows: z.int(),
      columns: z.int(),
      singularValues: z.array(z.number()),
      stableRank: z.number(),
      effectiveRank: z.number(),
    })
    .optional(),
  /** Norm of the first layer beyond its k strongest directions. */
  tail: z.number().optional(),
  /** ρ below which, at λ and with γ = 0, the theorem would bound the tail by a hundredth of the first layer. */
  neededTolerance: z.number().optional(),
  /** The first layer with fewer directions. */
  compression: compressionResult.optional(),
  /** k. */
  directions: z.int(),
  /** What was skipped, dropped, converted or taken as a header on reading. */
  notes: z.array(z.string()),
});

export type StudyResult = z.infer<typeof studyResult>;

/** Matrices to be studied, and how. */
export interface StudyTask {
  readonly data?: NumberTable;
  readonly weights?: NumberTable;
  /** k. */
  readonly directions: number;
  /** λ. */
  readonly regularization: number;
  readonly compression: CompressionRequest;
}

/** What a study found: the factors are those of the weights. */
export interface Study {
  readonly result: StudyResult;
  readonly factors?: Compression['factors'];
}

/** Studies a sample of inputs and a matrix of weights, either of which may be missing. */
export function studyTables({ data, weights, directions, regularization, compression }: StudyTask): Study {
  const inputs = data && gaussianityOf(data);
  const notes = [...(data?.notes ?? []), ...(weights?.notes ?? [])];
  const start = inputs === undefined ? {} : { inputs };
  if (weights === undefined) return { result: { ...start, directions, notes } };
  const singular = singularVectors(weights.values, weights.rows, weights.columns);
  const firstLayer = spectrumOf(singular.values, weights.rows, weights.columns);
  const { singularValues } = firstLayer;
  const size = norm(singularValues);
  const { result, factors } = compress(weights, singular, size, compression, data);
  return {
    factors,
    result: {
      ...start,
      firstLayer: { ...firstLayer, singularValues: [...singularValues] },
      tail: norm(singularValues.slice(directions)),
      neededTolerance: (2 * regularization * size) / 100,
      compression: result,
      directions,
      notes,
    },
  };
}

/** The same for a pool of workers: of a large matrix it takes long, and Ctrl-C is to be heard meanwhile. */
export const study = threadFunction(import.meta.url, studyTables);

function gaussianityOf({ values, rows, columns }: NumberTable): StudyResult['inputs'] {
  const { constantCoordinates, ...study } = studyGaussianity(values, rows, columns);
  return { ...study, constantCoordinates: [...constantCoordinates] };
}

/** The Euclidean norm, of numbers of any size. */
function norm(values: readonly number[]): number {
  return values.reduce((sum, value) => Math.hypot(sum, value), 0);
}

/** The result for a reader. */
export function studyWords(result: StudyResult): string[] {
  const { inputs, firstLayer, tail, neededTolerance, compression, notes } = result;
  const lines = noteLines(notes);
  if (inputs !== undefined) {
    const { count, dimension, mean, smallestDeviation, largestDeviation } = inputs;
    const beyond = (value: number, noise: number) =>
      value > noise ? 'beyond sampling noise' : 'within sampling noise';
    lines.push(
      `inputs      ${count} × ${dimension}, |mean| ${mean.toPrecision(3)}, deviations ${smallestDeviation.toPrecision(3)} to ${largestDeviation.toPrecision(3)} (Gaussian: 0, 1, 1)`,
      `skewness    ${inputs.worstSkewness.toPrecision(3)} at worst, ${beyond(inputs.worstSkewness, inputs.skewnessNoise)}`,
      `kurtosis    ${inputs.worstExcessKurtosis.toPrecision(3)} excess at worst, ${beyond(inputs.worstExcessKurtosis, inputs.kurtosisNoise)}`,
    );
    const { constantCoordinates: constant } = inputs;
    if (constant.length > 0) {
      const shown = constant.slice(0, 10).map((column) => column + 1);
      lines.push(
        `constant    ${constant.length === 1 ? 'column' : 'columns'} ${shown.join(', ')}${constant.length > 10 ? ` and ${constant.length - 10} more` : ''}: no skewness, no kurtosis`,
      );
    }
  }
  if (firstLayer !== undefined && tail !== undefined && neededTolerance !== undefined) {
    lines.push(
      `first layer ${firstLayer.rows} × ${firstLayer.columns}, effective rank ${firstLayer.effectiveRank.toPrecision(3)}, stable rank ${firstLayer.stableRank.toPrecision(3)}`,
      `tail        ${tail.toPrecision(3)} beyond the teacher's directions`,
      `the theorem needs Gaussian inputs, trained biases, and |∇f| ≤ ${neededTolerance.toPrecision(2)} to bound the tail by a hundredth of the layer`,
    );
    if (compression !== undefined) lines.push(...compressionWords(compression, firstLayer));
  }
  return lines;
}

/** The result as the report shows it. */
export function studyExhibit(result: StudyResult): Exhibit {
  const { inputs, firstLayer, tail, neededTolerance, directions } = result;
  const { constantCoordinates = [], ...moments } = inputs ?? {};
  return {
    summary: {
      ...moments,
      ...(constantCoordinates.length === 0 ? {} : { constantColumns: constantCoordinates.length }),
      ...(firstLayer === undefined
        ? {}
        : {
            units: firstLayer.rows,
            inputs: firstLayer.columns,
            effectiveRank: firstLayer.effectiveRank,
            stableRank: firstLayer.stableRank,
          }),
      ...(tail === undefined ? {} : { tail }),
      ...(neededTolerance === undefined ? {} : { neededTolerance }),
    },
    charts: firstLayer === undefined ? [] : [spectrumChart(firstLayer.singularValues, directions)],
  };
}
