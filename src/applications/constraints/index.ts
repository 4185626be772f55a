/** The door of the room: what tools, the package and other rooms' specs import of it. */
export { type RandomStream, randomStream } from '../../numerics/random/stream.ts';
export {
  type AssignmentCertificate,
  assignmentGoal,
  certifyAssignment,
} from './bound/assignmentCertificate.ts';
export {
  type Relaxation,
  type RelaxationOptions,
  type RelaxationSolution,
  relaxationOf,
  solveRelaxation,
} from './bound/relaxation.ts';
export {
  type AssignmentBound,
  type RelaxationBoundOptions,
  relaxationBound,
} from './bound/relaxationBound.ts';
export { clauseRatio, conjunctionRatio, rotatedRatio } from './bound/roundingRatios.ts';
export {
  type Assignment,
  type ConstraintList,
  type ConstraintProblem,
  constraintLimits,
  constraintProblem,
  directedCut,
  satisfiedWeight,
  totalWeight,
} from './problem/constraints.ts';
export { type SignQuadratic, signQuadratic } from './problem/signQuadratic.ts';
export { roundAssignment } from './sampler/conditionalRounding.ts';
export {
  type DerandomizedAssignment,
  type DerandomizeOptions,
  derandomizeAssignment,
} from './sampler/derandomizedAssignment.ts';
export {
  type HyperplaneStarts,
  hyperplaneExpectation,
  hyperplaneStarts,
  type RoundingStart,
  rotatedPoint,
  type SeenFromTruth,
  seenFromTruth,
} from './sampler/roundingStarts.ts';
export {
  type SmoothedAssignment,
  type SmoothedAssignmentOptions,
  smoothedAssignment,
} from './sampler/smoothedAssignment.ts';
export { exactAssignment, exactLimit } from './search/exactAssignment.ts';
export { johnsonAssignment } from './search/johnson.ts';
export {
  type ConstraintBudget,
  type ConstraintOptions,
  type ConstraintProgress,
  type ConstraintSolution,
  solveConstraints,
} from './search/solveConstraints.ts';
