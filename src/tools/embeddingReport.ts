import { ratioRange } from '../applications/embedding/points/extremePairs.ts';
import type { PointSet, ProjectionMatrix } from '../applications/embedding/points/points.ts';
import { principalCoordinates } from '../applications/embedding/points/principalCoordinates.ts';
import { gaussianProjection } from '../applications/embedding/points/randomProjections.ts';
import { distortionOf } from '../applications/embedding/search/annealedDescent.ts';
import type { Embedding } from '../applications/embedding/search/embedPoints.ts';
import { pointFrame } from '../applications/embedding/search/pairBlocks.ts';
import type { RandomStream } from '../numerics/random/stream.ts';

/** What an embedding is held against: projections that do not look at distortion. */
export interface ProjectionBaselines {
  /** Smallest worst distortion of the Gaussian matrices, each as drawn. */
  readonly gaussianBest: number;
  readonly gaussianMean: number;
  readonly gaussianTrials: number;
  /** Worst distortion of the projection to the principal axes, at its best scale; 1 where a pair collapses. */
  readonly pca: number;
}

/**
 * Measures Gaussian matrices and the principal projection on the same pairs.
 *
 * @param trials most Gaussian matrices, at least 1
 * @param seconds no further matrix is drawn after this time
 * Cost: one pass over every pair a matrix.
 */
export function projectionBaselines(
  stream: RandomStream,
  points: PointSet,
  k: number,
  trials: number,
  seconds: number,
): ProjectionBaselines {
  const started = performance.now();
  const frame = pointFrame(points);
  let best = Infinity;
  let total = 0;
  let count = 0;
  while (count < trials && (count === 0 || performance.now() - started < 1000 * seconds)) {
    const matrix = gaussianProjection(stream.fork(count), k, points.dimension);
    const { least, most } = ratioRange(frame, matrix.values, k);
    const distortion = most >= least ? Math.max(most - 1, 1 - least) : 0;
    best = Math.min(best, distortion);
    total += distortion;
    count++;
  }
  return {
    gaussianBest: best,
    gaussianMean: total / count,
    gaussianTrials: count,
    pca: distortionOf(ratioRange(frame, principalProjection(stream, points, k).values, k)),
  };
}

/** The projection to the k leading principal axes; zero rows where the points span fewer. */
export function principalProjection(stream: RandomStream, points: PointSet, k: number): ProjectionMatrix {
  const { axes } = principalCoordinates(stream.fork('axes'), pointFrame(points), k);
  const values = new Float64Array(k * points.dimension);
  values.set(axes.subarray(0, Math.min(axes.length, values.length)));
  return { values, rows: k, columns: points.dimension };
}

/** The JSON that `embed` prints. */
export interface EmbeddingReport {
  readonly points: number;
  readonly dimension: number;
  readonly k: number;
  readonly distortion: number;
  readonly gaussianBest: number;
  readonly gaussianMean: number;
  readonly gaussianTrials: number;
  readonly pca: number;
  /** Deviation of the sampler that the matrix came from: 0, the matrix is deterministic. */
  readonly sigma: number;
  readonly certificate: {
    readonly outcome: Embedding['outcome'];
    /** Pairs of different points: each was measured in float64. */
    readonly pairs: number;
    readonly coincidentPairs: number;
    readonly leastRatio: number | null;
    readonly mostRatio: number | null;
  };
  readonly seconds: number;
  readonly seed: string;
}

/** Puts an embedding and its baselines into the form that is printed. */
export function reportEmbedding(
  points: PointSet,
  embedding: Embedding,
  baselines: ProjectionBaselines,
  seconds: number,
  seed: string,
): EmbeddingReport {
  const { ratios } = embedding;
  const n = points.pointCount;
  const measuredPairs = ratios.most >= ratios.least;
  return {
    points: n,
    dimension: points.dimension,
    k: embedding.matrix.rows,
    distortion: embedding.distortion,
    gaussianBest: baselines.gaussianBest,
    gaussianMean: baselines.gaussianMean,
    gaussianTrials: baselines.gaussianTrials,
    pca: baselines.pca,
    sigma: 0,
    certificate: {
      outcome: embedding.outcome,
      pairs: (n * (n - 1)) / 2 - ratios.coincidentPairs,
      coincidentPairs: ratios.coincidentPairs,
      leastRatio: measuredPairs ? ratios.least : null,
      mostRatio: measuredPairs ? ratios.most : null,
    },
    seconds,
    seed,
  };
}

/** Says the same in lines for a reader. */
export function describeEmbedding(report: EmbeddingReport): string {
  const { certificate } = report;
  const lines = [
    `${report.points} points in ${report.dimension} dimensions, embedded in ${report.k}`,
    `worst distortion over ${certificate.pairs} pairs  ${report.distortion.toPrecision(6)}`,
    `best of ${report.gaussianTrials} Gaussian matrices      ${report.gaussianBest.toPrecision(6)}`,
    `mean of the Gaussian matrices      ${report.gaussianMean.toPrecision(6)}`,
    `principal components, best scale   ${report.pca.toPrecision(6)}`,
  ];
  if (certificate.coincidentPairs > 0) {
    lines.push(`${certificate.coincidentPairs} pairs of equal points have no direction and were skipped`);
  }
  if (certificate.outcome === 'isometric')
    lines.push('the points span no more dimensions: all distances are kept');
  if (certificate.outcome === 'trivial') lines.push('no two points differ: any matrix will do');
  lines.push(`${report.seconds.toFixed(1)} s, seed ${report.seed}`);
  return lines.join('\n');
}
