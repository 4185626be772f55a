import type { Discovered, StudentProblem } from '../../src/applications/networks/index.ts';
import type { OwnData } from '../../src/papers/evidence/ownData.ts';
import type { FileStudy } from './discovery.ts';
import type { OwnResult } from './writeOwnData.ts';

/** One line of the descent: when, and the norm of the gradient there. */
export type DescentTrace = readonly (readonly [seconds: number, gradientNorm: number])[];

/** What a training found, as a result to be shown: the spectrum of the first layer and the course of the descent. */
export function discoveryOwnData(
  { found, loss, seconds }: Discovered,
  problem: StudentProblem,
  { seed, optimizer }: { readonly seed: string; readonly optimizer: string },
  trace: DescentTrace,
): OwnResult {
  const { certificate, startNorm, spectrum } = found;
  const certified = certificate.outcome === 'certified';
  return {
    summary: {
      inputs: problem.input,
      teacherDirections: problem.teacher,
      hiddenLayers: problem.depth,
      width: problem.width,
      activation: problem.activation.name,
      loss: problem.loss.name,
      regularization: problem.regularization,
      optimizer,
      startNorm,
      ...(certified
        ? { irrelevantNorm: certificate.weightNorm, bound: boundOf(certificate.bound) }
        : { irrelevantNorm: 'not certified' }),
      says: certified ? certificate.says : certificate.outcome,
      finalLoss: loss,
      seconds,
      seed,
    },
    charts: [
      spectrumChart(spectrum, problem.teacher),
      {
        id: 'discover.descent',
        figure: 'discover.descent',
        origin: 'measured',
        title: 'Norm of the gradient over time',
        caption: 'After each chunk of the descent.',
        x: { label: 'seconds', scale: 'linear' },
        y: { label: '‖∇f‖', scale: 'log' },
        series: [{ name: 'gradient', mark: 'line', points: trace.map(([x, y]) => [x, y]) }],
        rules: [],
      },
    ],
  };
}

/** What a study of a user's own sample and first layer found, as a result to be shown. */
export function studyOwnData({ inputs, firstLayer, tail, neededTolerance }: FileStudy, k: number): OwnResult {
  return {
    summary: {
      ...(inputs === undefined ? {} : { ...inputs }),
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
    charts: firstLayer === undefined ? [] : [spectrumChart(firstLayer.singularValues, k)],
  };
}

function boundOf(bound: number): number | string {
  return Number.isFinite(bound) ? bound : 'none: the curvature at the end is too negative';
}

function spectrumChart(spectrum: readonly number[], k: number): OwnData['charts'][number] {
  return {
    id: 'discover.spectrum',
    figure: 'discover.spectrum',
    origin: 'measured',
    title: 'Singular values of the first layer',
    caption: `In falling order; the line stands behind the ${k} directions that a teacher sees.`,
    x: { label: 'place', scale: 'linear' },
    y: { label: 'singular value', scale: 'log' },
    series: [{ name: 'first layer', mark: 'dots', points: spectrum.map((value, i) => [i + 1, value]) }],
    rules: [{ axis: 'x', at: k + 0.5, label: `${k}` }],
  };
}
