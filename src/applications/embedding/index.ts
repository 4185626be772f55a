/**
 * The door of the room: what tools, the package and other rooms' specs import of it.
 *
 * Two programs: `embedPoints` and `smallestEmbedding` search, within a time budget, for a matrix of small distortion,
 * and never run Theorem 5.5; `embedByTheorem` runs its descent, where the union bound over all pairs is affordable.
 */
export { type RandomStream, randomStream } from '../../numerics/random/stream.ts';
export { distortionOf, type RatioRange, ratioRange } from './points/extremePairs.ts';
export { type PointFrame, pointFrame, withDistances } from './points/pairBlocks.ts';
export { type Directions, pairDirections, pointDirections, worstOver } from './points/pairDirections.ts';
export { type PointSet, type ProjectionMatrix, pairCount } from './points/points.ts';
export { type PrincipalCoordinates, principalCoordinates } from './points/principalCoordinates.ts';
export { gaussianProjection, sparseProjection } from './points/randomProjections.ts';
export { ratioHistogram } from './points/ratioHistogram.ts';
export type { AnnealingRound } from './search/annealedDescent.ts';
export type { ProjectionBaselines } from './search/baselines.ts';
export type { Embedding, EmbeddingOutcome, SampleBound } from './search/embedding.ts';
export {
  bestScaleDistortion,
  countingClock,
  type EmbedOptions,
  embedPoints,
} from './search/embedPoints.ts';
export { type SmallestEmbeddingOptions, smallestEmbedding } from './search/smallestEmbedding.ts';
export {
  embedByTheorem,
  type TheoremCertificate,
  type TheoremEmbedding,
  type TheoremOptions,
  type TheoremProgress,
} from './theorem/embedByTheorem.ts';
export type { DerandomizedProjection } from './theorem/pessimisticEstimator.ts';
export { rankBound, simplexBound } from './theorem/rankBound.ts';
export { exactUnionDimension, worstCaseDimension } from './theorem/unionDimension.ts';
