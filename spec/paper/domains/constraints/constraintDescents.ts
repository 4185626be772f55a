import {
  assignmentGoal,
  type ConstraintProblem,
  certifyAssignment,
  clauseRatio,
  conjunctionRatio,
  type DerandomizedAssignment,
  derandomizeAssignment,
  hyperplaneStarts,
  relaxationBound,
  relaxationOf,
  type SeenFromTruth,
  type SignQuadratic,
  type SmoothedAssignment,
  seenFromTruth,
  signQuadratic,
  smoothedAssignment,
  solveRelaxation,
} from '../../../../src/applications/constraints/index.ts';
import { smoothingLossBound } from '../../../../src/applications/constraints/sampler/smoothingBounds.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** How a descent is run, or run wrongly. */
export interface AssignmentVariant {
  /** τ. */
  readonly smoothing: number;
  /** λ of the objective that is descended. */
  readonly regularization: number;
  /** Coordinates that the descent may not move. */
  readonly frozen: 'nothing' | 'vectors' | 'thresholds';
  /** Descends towards few satisfied constraints. */
  readonly flipped: boolean;
}

/** A method that turns the task into an assignment: the descent, or what a null puts in its place. */
export type AssignmentMethod = (
  stream: RandomStream,
  task: AssignmentTask,
  variant: AssignmentVariant,
) => AssignmentEnd;

/** Where a method ended: the assignment, and what is verified of the point. */
export type AssignmentEnd = Pick<DerandomizedAssignment, 'assignment' | 'certificate' | 'value'>;

/** A problem, its relaxation, and the objective and start that the claim speaks of. */
export interface AssignmentTask {
  readonly problem: ConstraintProblem;
  readonly quadratic: SignQuadratic;
  readonly seen: SeenFromTruth;
  /** α of the problem's kind. */
  readonly alpha: number;
  /** Value of the relaxation's vectors. */
  readonly relaxation: number;
  readonly objective: SmoothedAssignment;
  /** The hyperplane of the smallest v₀·z that is worth no less than all of them. */
  readonly start: Float64Array;
  /** What smoothing and λ can take from the expectation over all hyperplanes. */
  readonly startLoss: number;
}

/** Solves the relaxation and poses the task, with τ and λ that cost at most 2 % of all weights together. */
export function posedConstraints(stream: RandomStream, problem: ConstraintProblem) {
  const quadratic = signQuadratic(problem);
  const relaxation = relaxationOf(quadratic);
  const rank = Math.max(3, Math.min(9, Math.ceil(Math.sqrt(2 * relaxation.size))));
  const solution = solveRelaxation(stream.fork('vectors'), relaxation, { rank, tolerance: 1e-7 });
  const seen = seenFromTruth(solution);
  const variant: AssignmentVariant = {
    smoothing: 0.02,
    regularization: (0.005 * sizeOf(quadratic)) / problem.variables,
    frozen: 'nothing',
    flipped: false,
  };
  const { smoothing, regularization } = variant;
  const objective = smoothedAssignment(quadratic, { rank: seen.rank, smoothing, regularization });
  const task: AssignmentTask = {
    problem,
    quadratic,
    seen,
    alpha: problem.kind === 'clauses' ? clauseRatio : conjunctionRatio,
    relaxation: solution.value,
    objective,
    start: hyperplaneStarts(objective, seen).fair.point,
    startLoss: smoothingLossBound(quadratic, smoothing) + regularization * problem.variables,
  };
  /** How far the vectors may be from the relaxation's optimum. */
  const gap = (): number =>
    Math.max(
      0,
      relaxationBound(stream.fork('bound'), relaxation, solution, Number.MAX_VALUE).value - solution.value,
    );
  return { variant, task, gap };
}

/** Σ|w|, or 1 where there is nothing to satisfy. */
function sizeOf({ totalWeight }: SignQuadratic): number {
  return Math.abs(totalWeight) || 1;
}

/** Descends from the start in the given variant. */
export function descendAssignment(
  stream: RandomStream,
  task: AssignmentTask,
  variant: AssignmentVariant,
): AssignmentEnd {
  const { objective, start } = task;
  const end = derandomizeAssignment(stream, altered(task, variant), start, assignmentGoal(objective));
  return { ...end, value: objective.value(end.point), certificate: certifyAssignment(objective, end.point) };
}

/** The objective as it is given to the descent. */
function altered({ objective }: AssignmentTask, variant: AssignmentVariant): SmoothedAssignment {
  const { smoothing, regularization, frozen, flipped } = variant;
  const { quadratic, rank, shift, dimension } = objective;
  const own = smoothedAssignment(flipped ? negated(quadratic) : quadratic, {
    rank,
    smoothing,
    regularization,
  });
  if (frozen === 'nothing') return own;
  const [from, to] = frozen === 'vectors' ? [0, shift.start] : [shift.start, dimension];
  return {
    ...own,
    gradientInto: (out, x) => own.gradientInto(out, x).fill(0, from, to),
    hessianVectorInto: (out, x, direction) =>
      own.hessianVectorInto(out, x, Float64Array.from(direction).fill(0, from, to)).fill(0, from, to),
  };
}

function negated(quadratic: SignQuadratic): SignQuadratic {
  return {
    ...quadratic,
    constant: -quadratic.constant,
    field: quadratic.field.map((a) => -a),
    weights: quadratic.weights.map((b) => -b),
  };
}
