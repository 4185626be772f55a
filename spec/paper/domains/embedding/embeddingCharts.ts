import { pointDirections, worstOver } from '../../../../src/applications/embedding/points/pairDirections.ts';
import type { PointSet } from '../../../../src/applications/embedding/points/points.ts';
import { gaussianProjection } from '../../../../src/applications/embedding/points/randomProjections.ts';
import type { Point } from '../../../../src/applications/embedding/published/publishedProcedure.ts';
import { countingClock, embedPoints } from '../../../../src/applications/embedding/search/embedPoints.ts';
import { exactRow } from '../../../../src/applications/embedding/theorem/exactRow.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import {
  type Chart,
  compareWithReported,
  derived,
  type Exhibit,
  fromProgram,
  printed,
} from '../../../../src/papers/claims/exhibit.ts';
import { exactObjectiveRun, gaussianMeans, pairRange, paperPoints } from './embeddingFigures.ts';
import { recordedRun } from './embeddingRecording.ts';

/** A budget in steps of the search, so that the charts depend on the seed alone. */
function searchBudget() {
  return { seconds: 1, clock: countingClock(0.02) };
}

/** The ε at which the union bound over the paper's 100 points asks for the paper's 30 rows. */
const exactDistortion = 0.82;

const stepAxis = { label: 'step', scale: 'linear' } as const;

/** Figure 6: the worst distortion along the optimization, the exact objective beside the published procedure. */
export function distortionExhibit(stream: RandomStream): Exhibit {
  const points = paperPoints(stream.fork('points'), 100, 500);
  const directions = pointDirections(points);
  const published = recordedRun();
  const exact = exactObjectiveRun(stream.fork('exact'), directions, exactDistortion);
  const { single, ofTwenty } = gaussianMeans(stream.fork('gaussian'), directions, 30, 20);
  const found = exactRow(directions);
  // A hundred random points in R^500 are independent; without a row the distortion is that of no matrix.
  const row = found.outcome === 'solved' ? found.row : new Float64Array(directions.dimension);
  const { least, most } = pairRange(points, row);
  const spread = { value: 0.15, because: 'means over 20 draws of a maximum; the published seed is not set' };
  const rounded = { value: 1e-12, because: 'rounding of a solution of 100 equations' };
  const common = {
    figure: 'figure.jl-distortion',
    x: stepAxis,
    y: { label: 'worst distortion on the points', scale: 'log' },
  } as const;
  return {
    observations: [
      compareWithReported('figure.jl-distortion.baseline', {
        quantity: 'mean over draws of the largest distortion among 20 Gaussian matrices, on points',
        reported: 1,
        origin: printed('Figure 6, random baseline'),
        measured: ofTwenty,
        within: spread,
        qualified: true,
        finding: `One Gaussian matrix has mean ${single.toFixed(2)}: the baseline is a maximum over 20.`,
      }),
      compareWithReported('figure.jl-distortion.one-row', {
        quantity: 'worst distortion on the 100 points of a single row a with ⟨a, x⟩ = 1',
        reported: 0,
        origin: derived('100 independent points: ⟨a, x⟩ = 1 has an exact solution a'),
        measured: worstOver(directions, row),
        within: rounded,
        finding: `On pairs the same row has |Mu|² in [${least.toExponential(1)}, ${most.toExponential(1)}]: distances collapse.`,
      }),
      compareWithReported('figure.jl-distortion.pairs', {
        quantity: 'least |Mu|² over the 4950 unit differences of the points, M trained as published',
        reported: 0.004,
        origin: fromProgram('the program of Figure 6, run again: 0.004 to 0.039'),
        measured: published.leastPair,
        within: {
          value: 0.0025,
          because: 'one draw of the points against another; runs here ended between 0.0019 and 0.0037',
        },
        qualified: true,
        finding: `Figure 6 measures points, Theorem 5.5 is about distances, and these collapse: |Mu|² lies in [${published.leastPair.toFixed(4)}, ${published.mostPair.toFixed(4)}] over the pairs, while the points are kept to within ${published.distortion.toFixed(3)} (${published.steps} recorded steps).`,
      }),
    ],
    charts: [
      {
        ...common,
        id: 'jl-distortion',
        origin: 'measured',
        title: 'Worst distortion along the optimization: the published procedure',
        caption: `${published.pointCount} points in ${published.dimension} dimensions, ${published.rows} rows, at the published size (recorded). What Figure 6 draws is its loss, the largest ||Ax|² − 1| over the points and over 20 sampled matrices; that of the mean M alone ends at ${published.distortion.toFixed(3)}.`,
        series: [
          { name: 'loss', mark: 'line', points: positive(published.losses) },
          { name: 'the mean alone', mark: 'line', points: positive(published.distortions) },
        ],
        rules: [],
      },
      {
        ...common,
        id: 'jl-distortion.exact',
        origin: 'measured',
        title: 'Worst distortion along the optimization: the exact objective',
        caption: `100 points in 500 dimensions, no sampling, ${exact.matrix.length / 500} rows: as many as the union bound asks for at ε = ${exactDistortion}, which is met, and the descent has no reason to go below.`,
        series: [{ name: 'exact objective', mark: 'line', points: positive(exact.distortions) }],
        rules: [{ axis: 'y', at: exactDistortion, label: 'ε' }],
      },
      {
        ...common,
        id: 'jl-distortion.reported',
        origin: 'redrawn',
        title: 'Distortion: the levels the paper reports',
        caption:
          'Figure 6 has its random baseline near 1 and ends near 0 (approximate; the distortion of M at the end of its program, run again, is 0.018 to 0.031). Only the levels are redrawn.',
        series: [
          {
            name: 'reported baseline',
            mark: 'line',
            points: [
              [0, 1],
              [5000, 1],
            ],
          },
          {
            name: 'end of the published program, low and high',
            mark: 'dots',
            points: [
              [5000, 0.018],
              [5000, 0.031],
            ],
          },
        ],
        rules: [],
      },
      histogramChart(stream.fork('histogram')),
    ],
  };
}

/** Figure 7: the deviation along the optimization. */
export function varianceExhibit(stream: RandomStream): Exhibit {
  const directions = pointDirections(paperPoints(stream.fork('points'), 100, 500));
  const published = recordedRun();
  const exact = exactObjectiveRun(stream.fork('exact'), directions, exactDistortion);
  const common = { figure: 'figure.jl-variance', x: stepAxis, y: { label: 'σ', scale: 'log' } } as const;
  return {
    observations: [],
    charts: [
      {
        ...common,
        id: 'jl-variance',
        origin: 'measured',
        title: 'Deviation along the optimization: the published procedure',
        caption: `σ by step at the published size (recorded), ${published.pointCount} points in ${published.dimension} dimensions, ${published.rows} rows: it falls without a regularizer, and is ${published.deviations[published.deviations.length - 1][1].toFixed(3)} at the end. The published program draws σ under the label σ².`,
        series: [{ name: 'published procedure', mark: 'line', points: positive(published.deviations) }],
        rules: [],
      },
      {
        ...common,
        id: 'jl-variance.exact',
        origin: 'measured',
        title: 'Deviation along the optimization: the exact objective',
        caption: `σ by step, 100 points in 500 dimensions, ${exact.matrix.length / 500} rows: the regularizer takes it to 0.`,
        series: [{ name: 'exact objective', mark: 'line', points: positive(exact.deviations) }],
        rules: [],
      },
      {
        ...common,
        id: 'jl-variance.reported',
        origin: 'redrawn',
        title: 'Deviation: the level the paper reports',
        caption:
          'Figure 7 falls towards 0 within its 5000 steps (approximate; its program, run again, ends at σ = 0.013, drawn under the label σ²). Only that level is redrawn.',
        series: [{ name: 'end of the published program', mark: 'dots', points: [[5000, 0.013]] }],
        rules: [],
      },
    ],
  };
}

/** A logarithmic axis has no place for 0. */
function positive(points: readonly Point[]): Point[] {
  return points.filter(([, y]) => y > 0);
}

/** All pairwise ratios of an optimized and of a Gaussian matrix on the same clustered points, as histograms. */
function histogramChart(stream: RandomStream): Chart {
  const points = cloud(stream.fork('points'), 120, 20);
  const { matrix, distortion } = embedPoints(stream, points, { embeddingDimension: 8, ...searchBudget() });
  const gaussian = gaussianProjection(stream.fork('gaussian'), 8, 20);
  return {
    id: 'jl-histogram',
    figure: 'figure.jl-distortion',
    origin: 'measured',
    title: 'Squared distances kept, over every pair',
    caption: `|M(x − y)|²/|x − y|² over all 7140 pairs of 120 points in 20 dimensions, 8 rows: the optimized matrix stays within ${distortion.toFixed(2)} of 1, a Gaussian one does not.`,
    x: { label: '|M(x − y)|²/|x − y|²', scale: 'linear' },
    y: { label: 'share of the pairs', scale: 'linear' },
    series: [
      { name: 'optimized', mark: 'line', points: histogram(points, matrix.values) },
      { name: 'Gaussian', mark: 'line', points: histogram(points, gaussian.values) },
    ],
    rules: [{ axis: 'x', at: 1, label: 'distance kept' }],
  };
}

function histogram(points: PointSet, matrix: Float64Array): Point[] {
  const { values, pointCount: n, dimension: d } = points;
  const bins = 40;
  const counts = new Float64Array(bins);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let squared = 0;
      let image = 0;
      for (let c = 0; c < d; c++) squared += (values[i * d + c] - values[j * d + c]) ** 2;
      for (let r = 0; r < matrix.length; r += d) {
        let entry = 0;
        for (let c = 0; c < d; c++) entry += matrix[r + c] * (values[i * d + c] - values[j * d + c]);
        image += entry * entry;
      }
      counts[Math.min(bins - 1, Math.floor((image / squared / 3) * bins))]++;
    }
  }
  return Array.from(counts, (count, bin): Point => [((bin + 0.5) * 3) / bins, count / ((n * (n - 1)) / 2)]);
}

function cloud(stream: RandomStream, pointCount: number, dimension: number): PointSet {
  const values = Float64Array.from({ length: pointCount * dimension }, () => stream.gaussian());
  return { values, pointCount, dimension };
}
