/** The door of the room: what tools, the package and other rooms' specs import of it. */
export { type RandomStream, randomStream } from '../../numerics/random/stream.ts';
export { type CutCertificate, certifyCut } from './bound/cutCertificate.ts';
export { type DualBound, type DualBoundOptions, dualBound } from './bound/dualBound.ts';
export {
  type SemidefiniteOptions,
  type SemidefiniteSolution,
  solveSemidefinite,
} from './bound/semidefinite.ts';
export { cutValue, flip, flipGainsInto, type Sides } from './graph/cut.ts';
export {
  type EdgeFault,
  type EdgeList,
  findEdgeFault,
  type Graph,
  graphFromEdges,
  graphLimits,
} from './graph/graph.ts';
export {
  type QuadraticProblem,
  type QuadraticReduction,
  quadraticEnergy,
  reduceQuadratic,
} from './graph/quadratic.ts';
export {
  type DerandomizedCut,
  type DerandomizedCutOptions,
  derandomizedCut,
} from './sampler/derandomizedCut.ts';
export {
  type SmoothedCutObjective,
  type SmoothedCutOptions,
  smoothedCutObjective,
} from './sampler/smoothedCut.ts';
export type { SmoothedDescent, SmoothedDescentOptions } from './sampler/smoothedDescent.ts';
export { goemansWilliamsonRatio } from './sampler/smoothingBounds.ts';
export { exactCut, exactLimit } from './search/exactCut.ts';
export type { MaxCutOptions, MaxCutProgress, MaxCutSolution, SearchBudget } from './search/maxCutSolution.ts';
export { oneOpt } from './search/oneOpt.ts';
export { solveMaxCut } from './search/solveMaxCut.ts';
export { shareGraph } from './search/taskRunner.ts';
