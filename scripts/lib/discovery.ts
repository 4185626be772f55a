import { readFileSync } from 'node:fs';
import {
  type Discovered,
  type GaussianityStudy,
  type SpectrumStudy,
  type StudentProblem,
  studyGaussianity,
  studySpectrum,
} from '../../src/applications/networks/index.ts';
import { readTable } from '../../src/formats/readTable.ts';
import type { NumberTable } from '../../src/formats/tables.ts';
import { InputError } from '../../src/numerics/base/inputError.ts';

/** What one training found, as JSON and as text. */
export function describeDiscovery(
  { risk, found, loss, seconds }: Discovered,
  problem: StudentProblem,
  { seed, optimizer }: { readonly seed: string; readonly optimizer: string },
): { readonly report: object; readonly text: string } {
  const { certificate, startNorm, spectrum } = found;
  const certified = certificate.outcome === 'certified';
  const bound = certified && Number.isFinite(certificate.bound) ? certificate.bound : undefined;
  const report = {
    input: problem.input,
    teacher: problem.teacher,
    link: problem.link.name,
    widths: risk.layout.widths,
    activation: problem.activation.name,
    loss: problem.loss.name,
    lambda: problem.regularization,
    optimizer,
    seed,
    seconds,
    finalLoss: loss,
    startNorm,
    irrelevantNorm: certified ? certificate.weightNorm : null,
    bound: bound ?? null,
    gradientNorm: certified ? certificate.gradientNorm : null,
    curvatureDeficit: certified ? certificate.curvatureDeficit : null,
    says: certified ? certificate.says : certificate.outcome,
    spectrum,
  };
  const shown = spectrum.slice(0, problem.teacher + 3).map((s) => s.toExponential(2));
  const lines = certified
    ? [
        `|W⊥|      ${certificate.weightNorm.toExponential(3)}   (start ${startNorm.toExponential(3)})`,
        bound === undefined
          ? `bound     none: γ = ${certificate.curvatureDeficit.toExponential(2)} is not below 2λ = ${(2 * problem.regularization).toExponential(2)}`
          : `bound     ${bound.toExponential(3)}   ρ/(2λ − γ), certified`,
        `spectrum  ${shown.join('  ')}${spectrum.length > shown.length ? '  …' : ''}   (${problem.teacher} directions of the teacher)`,
        `loss      ${loss.toPrecision(5)}   |∇f| ${certificate.gradientNorm.toExponential(2)}   ${seconds.toFixed(1)} s`,
        `          ${certificate.says}`,
      ]
    : [`not certified: ${certificate.outcome}`];
  return { report, text: lines.join('\n') };
}

/** What a user's own inputs and first layer look like to the theorem. */
export interface FileStudy {
  readonly inputs?: GaussianityStudy;
  readonly firstLayer?: SpectrumStudy;
  /** Norm of the first layer beyond its k strongest directions. */
  readonly tail?: number;
  /** ρ below which, at λ and with γ = 0, the theorem would bound the tail by a hundredth of the first layer. */
  readonly neededTolerance?: number;
}

/** Reads and studies a sample of inputs and a first-layer matrix, either of which may be missing. */
export function studyFiles(
  data: string | undefined,
  weights: string | undefined,
  directions: number,
  regularization: number,
): FileStudy {
  const inputs = data === undefined ? undefined : readMatrix(data);
  const matrix = weights === undefined ? undefined : readMatrix(weights);
  if (inputs && inputs.rows < 2 && data !== undefined) {
    throw new InputError({ source: data, expected: 'at least 2 rows', got: `${inputs.rows}` });
  }
  if (inputs && matrix && weights !== undefined && inputs.columns !== matrix.columns) {
    throw new InputError({
      source: weights,
      expected: `${inputs.columns} columns, as many as the inputs have`,
      got: `${matrix.columns}`,
    });
  }
  const firstLayer = matrix && studySpectrum(matrix.values, matrix.rows, matrix.columns);
  const tail = firstLayer && Math.hypot(...firstLayer.singularValues.slice(directions));
  return {
    ...(inputs === undefined ? {} : { inputs: studyGaussianity(inputs.values, inputs.rows, inputs.columns) }),
    ...(firstLayer === undefined || tail === undefined
      ? {}
      : {
          firstLayer,
          tail,
          neededTolerance: (2 * regularization * Math.hypot(...firstLayer.singularValues)) / 100,
        }),
  };
}

/** The same as text. */
export function describeStudy({ inputs, firstLayer, tail, neededTolerance }: FileStudy): string {
  const lines: string[] = [];
  if (inputs) {
    const { count, dimension, mean, smallestDeviation, largestDeviation } = inputs;
    const beyond = (value: number, noise: number) =>
      value > noise ? 'beyond sampling noise' : 'within sampling noise';
    lines.push(
      `inputs      ${count} × ${dimension}, |mean| ${mean.toPrecision(3)}, deviations ${smallestDeviation.toPrecision(3)} to ${largestDeviation.toPrecision(3)} (Gaussian: 0, 1, 1)`,
      `skewness    ${inputs.worstSkewness.toPrecision(3)} at worst, ${beyond(inputs.worstSkewness, inputs.skewnessNoise)}`,
      `kurtosis    ${inputs.worstExcessKurtosis.toPrecision(3)} excess at worst, ${beyond(inputs.worstExcessKurtosis, inputs.kurtosisNoise)}`,
    );
  }
  if (firstLayer && tail !== undefined && neededTolerance !== undefined) {
    lines.push(
      `first layer ${firstLayer.rows} × ${firstLayer.columns}, effective rank ${firstLayer.effectiveRank.toPrecision(3)}, stable rank ${firstLayer.stableRank.toPrecision(3)}`,
      `tail        ${tail.toPrecision(3)} beyond the teacher's directions`,
      `the theorem needs Gaussian inputs, trained biases, and |∇f| ≤ ${neededTolerance.toPrecision(2)} to bound the tail by a hundredth of the layer`,
    );
  }
  return lines.join('\n');
}

function readMatrix(file: string): NumberTable {
  return readTable(file, readBytes(file));
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
    throw new InputError({ source: file, expected: 'a file that can be read', got: code });
  }
}
