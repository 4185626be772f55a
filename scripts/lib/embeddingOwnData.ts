import type { PointSet, ProjectionMatrix } from '../../src/applications/embedding/points/points.ts';
import { ratioHistogram } from '../../src/applications/embedding/points/ratioHistogram.ts';
import type { OwnData } from '../../src/papers/evidence/ownData.ts';
import type { EmbeddingReport } from '../../src/tools/embeddingReport.ts';
import type { OwnResult } from './writeOwnData.ts';

/** The distances that two matrices keep, over every pair, as a chart with its own text alternative. */
export function distancesKept(
  points: PointSet,
  matrix: ProjectionMatrix,
  gaussian: ProjectionMatrix,
): OwnData['charts'][number] {
  const [bins, most] = [60, 3];
  const series = (name: string, of: ProjectionMatrix) => ({
    name,
    mark: 'line' as const,
    points: Array.from(ratioHistogram(points, of, bins, most), (share, bin): [number, number] => [
      ((bin + 0.5) * most) / bins,
      share,
    ]),
  });
  return {
    id: 'distances-kept',
    figure: 'embedding',
    origin: 'measured',
    title: 'Squared distances kept, over every pair',
    caption: `${matrix.rows} rows; 1 is a distance kept exactly, the last bin holds all beyond ${most}.`,
    x: { label: '|M(x − y)|²/|x − y|²', scale: 'linear' },
    y: { label: 'share of the pairs', scale: 'linear' },
    series: [series('optimized', matrix), series('Gaussian', gaussian)],
    rules: [{ axis: 'x', at: 1, label: 'kept' }],
  };
}

/** An embedding as a result to be shown. */
export function embeddingOwnData(report: EmbeddingReport, chart: OwnData['charts'][number]): OwnResult {
  const { certificate } = report;
  return {
    summary: {
      points: report.points,
      dimension: report.dimension,
      embeddingDimension: report.k,
      distortion: report.distortion,
      pairs: certificate.pairs,
      bestGaussian: report.gaussianBest,
      meanGaussian: report.gaussianMean,
      gaussianMatrices: report.gaussianTrials,
      principalComponents: report.pca,
      outcome: certificate.outcome,
      seconds: report.seconds,
      seed: report.seed,
    },
    charts: [chart],
  };
}
