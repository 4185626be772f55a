import { z } from 'zod';
import { studyGaussianity, studySpectrum } from '../applications/networks/index.ts';
import type { NumberTable } from '../formats/tables.ts';
import { noteLines } from './contract/readerFlags.ts';
import type { Exhibit } from './contract/tool.ts';
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
  /** k. */
  directions: z.int(),
  /** What was skipped, dropped, converted or taken as a header on reading. */
  notes: z.array(z.string()),
});

export type StudyResult = z.infer<typeof studyResult>;

/** Studies a sample of inputs and a first-layer matrix, either of which may be missing. */
export function studyTables(
  { data, weights }: { readonly data?: NumberTable; readonly weights?: NumberTable },
  directions: number,
  regularization: number,
): StudyResult {
  const inputs = data && gaussianityOf(data);
  const notes = [...(data?.notes ?? []), ...(weights?.notes ?? [])];
  if (weights === undefined) return { ...(inputs === undefined ? {} : { inputs }), directions, notes };
  const firstLayer = studySpectrum(weights.values, weights.rows, weights.columns);
  const { singularValues } = firstLayer;
  return {
    ...(inputs === undefined ? {} : { inputs }),
    firstLayer: { ...firstLayer, singularValues: [...singularValues] },
    tail: norm(singularValues.slice(directions)),
    neededTolerance: (2 * regularization * norm(singularValues)) / 100,
    directions,
    notes,
  };
}

function gaussianityOf({ values, rows, columns }: NumberTable): StudyResult['inputs'] {
  const { constantCoordinates, ...study } = studyGaussianity(values, rows, columns);
  return { ...study, constantCoordinates: [...constantCoordinates] };
}

/** The Euclidean norm, of numbers of any size. */
function norm(values: readonly number[]): number {
  return values.reduce((sum, value) => Math.hypot(sum, value), 0);
}

/** The result for a reader. */
export function studyWords({ inputs, firstLayer, tail, neededTolerance, notes }: StudyResult): string[] {
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
