import { z } from 'zod';
import {
  type PointSet,
  type ProjectionMatrix,
  pairCount,
} from '../../applications/embedding/points/points.ts';
import { ratioHistogram } from '../../applications/embedding/points/ratioHistogram.ts';
import type { ProjectionBaselines } from '../../applications/embedding/search/baselines.ts';
import type { Embedding } from '../../applications/embedding/search/embedding.ts';
import type { OwnData } from '../../papers/evidence/ownData.ts';
import type { Precision } from '../contract/matrixFile.ts';
import { noteLines } from '../contract/readerFlags.ts';
import { inverseResult, inverseWords } from './embeddingFiles.ts';
import { type HeldOutResult, heldOutResult, spreadWords } from './heldOut.ts';

/** What `embed --json` prints: one object, a contract for other programs. */
export const embedResult = z.strictObject({
  points: z.int().min(1),
  dimension: z.int().min(1),
  k: z.int().min(1),
  distortion: z.number(),
  gaussianBest: z.number(),
  gaussianMean: z.number(),
  gaussianTrials: z.int().min(1),
  pca: z.number(),
  /** Deviation of the sampler that the matrix came from: 0, the matrix is deterministic. */
  sigma: z.number(),
  certificate: z.strictObject({
    outcome: z.enum(['optimized', 'isometric', 'trivial']),
    /** Pairs of different points that were measured in float64: each there is, or a sample. */
    pairs: z.int(),
    coincidentPairs: z.int(),
    leastRatio: z.number().nullable(),
    mostRatio: z.number().nullable(),
    /** Where there was no time for every pair: with the confidence, at most this share of all is worse. */
    sample: z.strictObject({ pairs: z.int(), worseShare: z.number(), confidence: z.number() }).nullable(),
  }),
  /** What Theorem 5.5 says, where its descent was asked for; null after a search. */
  theorem: z
    .strictObject({
      outcome: z.enum(['derandomized', 'interrupted', 'not-reached']),
      /** The distortion that the union bound was asked for; k follows from it. */
      epsilon: z.number(),
      /** Of the differences of the points: above k. */
      rank: z.int(),
      deviation: z.number(),
      steps: z.int(),
      /** ‖W‖_F = √(kd)·σ and the lemma's bound on it. */
      weightNorm: z.number(),
      weightBound: z.number(),
      /** The sum of violation probabilities at the start and the end, and what a violated pair alone would add. */
      startValue: z.number(),
      violationSum: z.number(),
      threshold: z.number(),
      holds: z.boolean(),
    })
    .nullable(),
  /** The pairs that the search did not see, where points were held out: then all else is of the others. */
  heldOut: heldOutResult.nullable(),
  /** Of the pseudo-inverse, where it was asked for. */
  inverse: inverseResult.nullable(),
  /** Of the matrix: what is printed was measured after rounding to it. */
  precision: z.enum(['float32', 'float64']),
  /** When each smaller distortion was found. */
  improvements: z.array(z.strictObject({ seconds: z.number(), distortion: z.number() })),
  interrupted: z.boolean(),
  seconds: z.number(),
  seed: z.string(),
  /** What was skipped, dropped, converted or taken as a header on reading. */
  notes: z.array(z.string()),
});

export type EmbedResult = z.infer<typeof embedResult>;

/** What a search found, and how it went. */
export interface Embedded {
  readonly points: PointSet;
  readonly embedding: Pick<Embedding, 'outcome' | 'matrix' | 'distortion' | 'ratios' | 'sample'>;
  readonly theorem: EmbedResult['theorem'];
  readonly baselines: ProjectionBaselines;
  readonly heldOut: HeldOutResult | null;
  readonly inverse: EmbedResult['inverse'];
  readonly precision: Precision;
  readonly improvements: EmbedResult['improvements'];
  readonly interrupted: boolean;
  readonly seconds: number;
  readonly seed: string;
  readonly notes: readonly string[];
}

/** Puts an embedding and its baselines into the form that is printed. */
export function embedResultOf(found: Embedded): EmbedResult {
  const { points, embedding, baselines } = found;
  const { ratios } = embedding;
  const isMeasured = ratios.most >= ratios.least;
  return {
    points: points.pointCount,
    dimension: points.dimension,
    k: embedding.matrix.rows,
    distortion: embedding.distortion,
    gaussianBest: baselines.gaussianBest,
    gaussianMean: baselines.gaussianMean,
    gaussianTrials: baselines.gaussianTrials,
    pca: baselines.pca,
    sigma: found.theorem?.deviation ?? 0,
    theorem: found.theorem,
    certificate: {
      outcome: embedding.outcome,
      pairs: (embedding.sample?.pairs ?? pairCount(points.pointCount)) - ratios.coincidentPairs,
      coincidentPairs: ratios.coincidentPairs,
      leastRatio: isMeasured ? ratios.least : null,
      mostRatio: isMeasured ? ratios.most : null,
      sample: embedding.sample ?? null,
    },
    heldOut: found.heldOut,
    inverse: found.inverse,
    precision: found.precision,
    improvements: found.improvements,
    interrupted: found.interrupted,
    seconds: found.seconds,
    seed: found.seed,
    notes: [...found.notes],
  };
}

/** The result for a reader. */
export function searchedWords(result: EmbedResult): string[] {
  const { certificate } = result;
  const lines = [
    ...noteLines(result.notes),
    `${result.points} points in ${result.dimension} dimensions, embedded in ${result.k}`,
    `worst distortion over ${certificate.pairs} ${certificate.sample === null ? '' : 'sampled '}pairs  ${result.distortion.toPrecision(6)}`,
  ];
  if (certificate.sample !== null) {
    const { worseShare, confidence } = certificate.sample;
    lines.push(
      `sampled: with confidence ${confidence} at most ${worseShare.toExponential(1)} of all pairs are worse; --exact measures every one`,
    );
  }
  // The theorem promises ε and minimizes nothing: matrices at their best scale are no measure of it.
  if (result.theorem === null) {
    lines.push(
      'at their best scale:',
      `  best of ${result.gaussianTrials} Gaussian matrices    ${result.gaussianBest.toPrecision(6)}`,
      `  mean of the Gaussian matrices    ${result.gaussianMean.toPrecision(6)}`,
      `  principal components             ${result.pca.toPrecision(6)}`,
    );
  }
  if (result.theorem !== null) lines.push(...theoremWords(result.theorem));
  if (result.heldOut !== null) lines.push(...heldOutWords(result.heldOut));
  if (result.inverse !== null) lines.push(inverseWords(result.inverse));
  if (certificate.coincidentPairs > 0) {
    lines.push(`${certificate.coincidentPairs} pairs of equal points have no direction and were skipped`);
  }
  if (certificate.outcome === 'isometric')
    lines.push('the points span no more dimensions: all distances are kept');
  if (certificate.outcome === 'trivial') lines.push('no two points differ: any matrix will do');
  lines.push(
    `${result.interrupted ? 'interrupted after ' : ''}${result.seconds.toFixed(1)} s, seed ${result.seed}`,
  );
  return lines;
}

function heldOutWords({ points, pairs, distortion, pca }: HeldOutResult): string[] {
  return [
    `${points} points held out: over ${pairs} pairs never seen`,
    `  this matrix           ${spreadWords(distortion)}`,
    `  principal components  ${spreadWords(pca)}`,
  ];
}

function theoremWords(theorem: NonNullable<EmbedResult['theorem']>): string[] {
  const { outcome, epsilon, rank, deviation, steps, violationSum, threshold, holds } = theorem;
  const said = holds
    ? `every pair within ${epsilon}: Σ P = ${violationSum.toExponential(2)} < ${threshold.toPrecision(3)}`
    : `not shown (${outcome})`;
  return [
    `Theorem 5.5, points of rank ${rank}     σ = ${deviation.toExponential(2)} after ${steps} steps`,
    `certificate                        ${said}`,
  ];
}

/** The numbers of a result as the report shows them. */
export function searchedSummary(result: EmbedResult): OwnData['summary'] {
  const { certificate } = result;
  return {
    points: result.points,
    dimension: result.dimension,
    embeddingDimension: result.k,
    distortion: result.distortion,
    pairs: certificate.pairs,
    bestGaussian: result.gaussianBest,
    meanGaussian: result.gaussianMean,
    gaussianMatrices: result.gaussianTrials,
    principalComponents: result.pca,
    outcome: certificate.outcome,
    ...(result.heldOut === null
      ? {}
      : {
          pointsHeldOut: result.heldOut.points,
          distortionHeldOut: result.heldOut.distortion.worst ?? 'no pair',
          principalComponentsHeldOut: result.heldOut.pca.worst ?? 'no pair',
        }),
    seconds: result.seconds,
    seed: result.seed,
  };
}

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
