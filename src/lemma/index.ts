/** The door of this room: the randomized objective, what the lemma says of a point, and descents to such points. */
export type { EigenFailure } from '../numerics/linalg/symmetricEigen.ts';
export type { BlockSpectrum } from '../numerics/optimize/certify/blockSpectrum.ts';
export { type HessianDescentOptions, hessianDescent } from '../numerics/optimize/hessianDescent.ts';
export { type LbfgsOptions, lbfgs } from '../numerics/optimize/lbfgs.ts';
export type {
  Descent,
  DescentOutcome,
  DescentStep,
  Optimizer,
  StationarityGoal,
} from '../numerics/optimize/optimizer.ts';
export { type RandomStream, randomStream } from '../numerics/random/stream.ts';
export { type Derandomized, derandomize } from './derandomize.ts';
export { largestUsefulTolerance, lemmaBound } from './lemmaBound.ts';
export { type LemmaCertificate, lemmaCertificate } from './lemmaCertificate.ts';
export { type NodeSet, nodeExpectation } from './nodeExpectation.ts';
export {
  type ExpectationError,
  expectationSafety,
  type RandomizedObjective,
  type RandomWeights,
  type Shift,
} from './randomizedObjective.ts';
export { ridgeExpectation } from './ridgeExpectation.ts';
export {
  type GaussianRule,
  gemanMcClureInto,
  powerInto,
  quadratureProfile,
  type RidgeProfile,
  sineProfile,
} from './ridgeProfile.ts';
export { type RidgeSum, type RidgeTerm, ridgeHessianLipschitz } from './ridgeSum.ts';
export { shiftCurvature } from './shiftCurvature.ts';
export { type SteinResidual, steinResidual } from './steinResidual.ts';
