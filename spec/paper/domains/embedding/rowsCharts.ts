import { gaussianProjection } from '../../../../src/applications/embedding/points/randomProjections.ts';
import type { Point } from '../../../../src/applications/embedding/published/publishedProcedure.ts';
import {
  bestScaleDistortion,
  countingClock,
  embedPoints,
} from '../../../../src/applications/embedding/search/embedPoints.ts';
import { forcedRows } from '../../../../src/applications/embedding/theorem/forcedRows.ts';
import { simplexBound } from '../../../../src/applications/embedding/theorem/rankBound.ts';
import {
  exactUnionDimension,
  scaledUnionStart,
} from '../../../../src/applications/embedding/theorem/unionDimension.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Chart, Exhibit } from '../../../../src/papers/claims/exhibit.ts';
import { simplex } from './embedding.ts';

/** Rows that the exact union bound asks for, over ε⁻² ln n, over five decades of n and at two scales of the matrix. */
export function unionExhibit(): Exhibit {
  const distortions = [0.1, 0.3, 0.9];
  const counts = [10, 30, 100, 300, 1000, 3000, 10_000, 100_000, 1_000_000];
  const pairs = (n: number) => (n * (n - 1)) / 2;
  const seriesOf = (name: string, mark: 'line' | 'dots', rows: (n: number, epsilon: number) => number) =>
    distortions.map((epsilon) => ({
      name: `ε = ${epsilon}, ${name}`,
      mark,
      points: counts.map((n): Point => [n, (rows(n, epsilon) * epsilon ** 2) / Math.log(n)]),
    }));
  const series = [
    ...seriesOf('variance 1/k', 'line', (n, epsilon) => exactUnionDimension(pairs(n), epsilon, 1)),
    ...seriesOf('best variance', 'dots', (n, epsilon) => scaledUnionStart(pairs(n), epsilon, 1).rows),
  ];
  const atUnit = series
    .slice(0, distortions.length)
    .flatMap(({ points }) => points.map(([, ratio]) => ratio));
  const chart: Chart = {
    id: 'jl-union-rows',
    figure: 'embedding.gaussian-rows',
    origin: 'measured',
    title: 'Rows that the exact union bound asks for, over ε⁻² ln n',
    caption: `n from 10 to a million. At variance 1/k the constant lies between ${Math.min(...atUnit).toFixed(1)} and ${Math.max(...atUnit).toFixed(1)}; the variance at which both tails are as likely asks for a third of the rows at ε = 0.9, and for as many at small ε.`,
    x: { label: 'points n', scale: 'log' },
    y: { label: 'k ε² / ln n', scale: 'linear' },
    series,
    rules: [],
  };
  return { observations: [], charts: [chart] };
}

/** What a simplex forces: by its rank on a small one, and by powers over many decades. */
export function forcedExhibit(stream: RandomStream): Exhibit {
  return { observations: [], charts: [simplexChart(stream), powersChart()] };
}

/** Distortion against rows on a simplex: optimized, Gaussian, the bound, and the shape √(ln n / k). */
function simplexChart(stream: RandomStream): Chart {
  const n = 24;
  const points = simplex(n);
  const budget = () => ({ seconds: 1, clock: countingClock(0.02) });
  const rows = [2, 3, 4, 6, 8, 12, 16, 20];
  const at = (f: (k: number) => number) => rows.map((k): Point => [k, f(k)]);
  return {
    id: 'jl-lower-bound',
    figure: 'embedding.lower-bound',
    origin: 'measured',
    title: 'Distortion of a simplex against the number of rows',
    caption:
      'A regular simplex of 24 points: optimized matrices lie close above the rank bound, Gaussian ones far above. The thin line has the shape √(ln n / k) of Larsen and Nelson.',
    x: { label: 'rows k', scale: 'log' },
    y: { label: 'worst distortion', scale: 'log' },
    series: [
      {
        name: 'optimized',
        mark: 'dots',
        points: at(
          (k) => embedPoints(stream.fork(k), points, { embeddingDimension: k, ...budget() }).distortion,
        ),
      },
      {
        name: 'Gaussian, best scale',
        mark: 'dots',
        points: at((k) => bestScaleDistortion(points, gaussianProjection(stream.fork(`g${k}`), k, n))),
      },
      { name: 'rank bound', mark: 'line', points: at((k) => simplexBound(n, k)) },
      { name: '√(ln n / k)', mark: 'line', points: at((k) => Math.sqrt(Math.log(n) / k)) },
    ],
    rules: [],
  };
}

/** Rows that a simplex and its origin force, over ε⁻² ln n / ln(1/ε). */
function powersChart(): Chart {
  const distortions = [0.02, 0.05, 0.1, 0.2];
  const decades = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  const seriesOf = (name: string, mark: 'line' | 'dots', most?: number) =>
    distortions.map((epsilon) => ({
      name: `ε = ${epsilon}, ${name}`,
      mark,
      points: decades.map((decade): Point => {
        const n = 10 ** decade;
        const unit = Math.log(n) / (epsilon ** 2 * Math.log(1 / epsilon));
        return [n, forcedRows(n, epsilon, most) / unit];
      }),
    }));
  return {
    id: 'jl-forced-rows',
    figure: 'embedding.lower-bound',
    origin: 'measured',
    title: 'Rows that a simplex and its origin force, over ε⁻² ln n / ln(1/ε)',
    caption:
      'From about n = ε⁻² on, the best power of the Gram matrix keeps the constant between 0.05 and 0.1: ln n appears. The first power, which is the rank bound, forces no more than δ⁻² rows and falls behind.',
    x: { label: 'points n', scale: 'log' },
    y: { label: 'k ε² ln(1/ε) / ln n', scale: 'linear' },
    series: [...seriesOf('best power', 'line'), ...seriesOf('first power', 'dots', 1)],
    rules: [],
  };
}
