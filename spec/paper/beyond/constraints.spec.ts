import {
  constraintValue,
  hyperplaneMeans,
  rotatedMeans,
} from '../../../src/applications/constraints/bound/roundingRatios.ts';
import {
  hyperplaneExpectation,
  hyperplaneStarts,
  rotatedRatio,
} from '../../../src/applications/constraints/index.ts';
import { smoothingLossBound } from '../../../src/applications/constraints/sampler/smoothingBounds.ts';
import { rounding } from '../../../src/numerics/base/tolerance.ts';
import type { RandomStream } from '../../../src/numerics/random/stream.ts';
import { atLeast } from '../../../src/papers/claims/comparison.ts';
import { drawn, streams } from '../../../src/papers/claims/domain.ts';
import {
  assigned,
  assignmentComparisons,
  bareAssignment,
  coinAssignment,
  greedyAssignment,
  roundedWeight,
} from '../domains/constraints/assignmentComparisons.ts';
import { flat, withTriangles } from '../domains/constraints/configurations.ts';
import { descendAssignment, posedConstraints } from '../domains/constraints/constraintDescents.ts';
import { clauseSets, digraphs, frustratedArcs } from '../domains/constraints/constraintSets.ts';
import { corollary, lemma, section } from '../language.ts';

const smallClauses = 'clauses on up to 18 variables';
const smallDigraphs = 'directed graphs of up to 18 vertices';
const expectation = 'expected weight of hyperplanes against α·SDP';
const fixedPart = 'best hyperplane with a fixed v₀·z, smoothed, against all hyperplanes − losses';
const rotatedWorth = 'clause by rotated thresholds against 0.9401 of its relaxation';

section('Constraints on two literals: beyond the paper', () => {
  lemma('constraints.goemans-williamson', {
    let: { instance: clauseSets(3, 18), stream: streams() },
    strata: {
      [smallClauses]: { quota: 2, let: { instance: clauseSets(3, 18) } },
      [smallDigraphs]: { quota: 2, let: { instance: digraphs(3, 18) } },
    },
    define: ({ instance: { problem, optimum }, stream }) => {
      const { task, gap } = posedConstraints(stream, problem);
      return {
        task,
        gap,
        optimum: optimum(),
        value: hyperplaneExpectation(task.quadratic, task.seen),
        weighed: task.quadratic,
      };
    },
    then: ({ task, gap, optimum, value, weighed }) => {
      const { objective, seen, alpha, relaxation } = task;
      const rounded = roundedWeight(task);
      const { best } = hyperplaneStarts(objective, seen);
      const penalty = objective.regularization * task.problem.variables;
      return [
        atLeast(expectation, value, alpha * relaxation, rounded),
        atLeast(
          fixedPart,
          penalty - best.value,
          hyperplaneExpectation(weighed, seen) - smoothingLossBound(weighed, objective.smoothing),
          rounded,
        ),
        ...(optimum === undefined
          ? []
          : [
              atLeast('SDP against OPT', relaxation, optimum, {
                value: gap() + rounded.value,
                because: 'distance of the vectors from the dual bound',
              }),
            ]),
      ];
    },
    sabotage: {
      'coins in place of hyperplanes': {
        breaks: expectation,
        share: 0.7,
        instances: 10,
        define: ({ task }) => ({ value: task.quadratic.constant }),
      },
      'true is one side of the plane, wherever v₀ is': {
        breaks: expectation,
        drops: 'v₀ is fixed',
        strata: [smallDigraphs],
        share: 0.2,
        instances: 10,
        define: ({ task }) => ({
          value: hyperplaneExpectation(
            { ...task.quadratic, field: new Float64Array(task.problem.variables) },
            task.seen,
          ),
        }),
      },
      'negative weights': {
        breaks: expectation,
        drops: 'weights of constraints are not negative',
        strata: [smallDigraphs],
        share: 0.8,
        instances: 8,
        define: ({ stream }) => framed(stream, 'negative'),
        restored: { define: ({ stream }) => framed(stream, 'none') },
      },
    },
    instances: { smoke: 8, quick: 32, full: 600 },
  });

  lemma('constraints.rotated', {
    let: { at: drawn(withTriangles) },
    define: ({ at }) => ({ means: rotatedMeans(at) }),
    then: ({ at, means }) =>
      atLeast(
        rotatedWorth,
        constraintValue('clauses', means),
        rotatedRatio * constraintValue('clauses', at),
        rounding(64, 1),
      ),
    sabotage: {
      'three vectors without the triangle inequalities': {
        breaks: rotatedWorth,
        drops: 'the triangle inequalities',
        share: 0.9,
        define: (_) => ({ at: flat(0.125), means: rotatedMeans(flat(0.125)) }),
        restored: { define: (_) => ({ at: flat(0.5), means: rotatedMeans(flat(0.5)) }) },
      },
      'hyperplanes in place of thresholds, one literal twice': {
        breaks: rotatedWorth,
        share: 0.9,
        define: (_) => {
          const at = { one: 0.689, other: 0.689, both: 1 };
          return { at, means: hyperplaneMeans(at) };
        },
      },
    },
    instances: { smoke: 100, quick: 1000, full: 50_000 },
  });

  corollary('constraints.derandomized', {
    let: { instance: clauseSets(4, 18), stream: streams() },
    strata: (profile) => {
      const [least, most] = profile === 'full' ? [200, 1000] : [60, 160];
      return {
        [smallClauses]: { quota: 3, let: { instance: clauseSets(4, 18) } },
        [smallDigraphs]: { quota: 3, let: { instance: digraphs(4, 18) } },
        'random clauses on many variables': {
          quota: 2,
          let: { instance: clauseSets(least, most, ['uniform', 'real weights', 'single literals']) },
        },
        'structured clauses on many variables': {
          quota: 2,
          let: { instance: clauseSets(least, most, ['rings', 'cuts']) },
        },
        'directed graphs of many vertices': { quota: 2, let: { instance: digraphs(least, most) } },
      };
    },
    define: ({ instance: { problem, optimum }, stream }) => ({
      optimum: optimum(),
      method: descendAssignment,
      ...posedConstraints(stream, problem),
    }),
    then: ({ task, variant, gap, optimum, method, stream }) => {
      const end = method(stream.fork('descent'), task, variant);
      const made = assignmentComparisons(task, end);
      if (optimum === undefined) return made;
      const lost = task.startLoss + Math.min(end.certificate.spreadLoss, 1e-3 * task.quadratic.totalWeight);
      const [start] = made;
      return [
        ...made,
        atLeast(assigned.optimum, start.left, task.alpha * optimum - lost, {
          value: gap() + roundedWeight(task).value,
          because: 'distance of the vectors from the dual bound',
        }),
      ];
    },
    sabotage: {
      'V frozen': {
        breaks: assigned.vectors,
        drops: 'the vectors are trained',
        strata: [smallClauses, smallDigraphs],
        share: 0.8,
        instances: 8,
        define: ({ variant }) => ({ variant: { ...variant, frozen: 'vectors' as const } }),
      },
      'μ frozen': {
        breaks: assigned.gradient,
        drops: 'the thresholds are trained',
        strata: ['random clauses on many variables', 'directed graphs of many vertices'],
        share: 0.6,
        instances: 4,
        define: ({ variant }) => ({ variant: { ...variant, frozen: 'thresholds' as const } }),
      },
      'λ = 0': {
        breaks: assigned.vectors,
        drops: 'λ > 0',
        strata: [smallClauses, smallDigraphs],
        share: 0.8,
        instances: 8,
        define: ({ variant }) => ({ variant: { ...variant, regularization: 0 } }),
      },
      'the expectation with its sign flipped': {
        breaks: assigned.start,
        strata: [smallClauses, 'random clauses on many variables'],
        share: 0.8,
        instances: 8,
        define: ({ variant }) => ({ variant: { ...variant, flipped: true } }),
      },
      'negative weights': {
        breaks: assigned.relaxation,
        drops: 'weights of constraints are not negative',
        strata: [smallDigraphs],
        share: 0.8,
        instances: 8,
        define: ({ stream }) => framed(stream, 'negative'),
        restored: { define: ({ stream }) => framed(stream, 'none') },
      },
    },
    nulls: {
      'every variable by a coin': {
        compares: [assigned.start],
        draws: 100,
        define: ({ task }, own) => ({
          method: () => bareAssignment(coinAssignment(own, task.problem.variables)),
        }),
      },
      'greedy after Johnson, in random order': {
        compares: [assigned.start],
        draws: 100,
        define: ({ task }, own) => ({ method: () => bareAssignment(greedyAssignment(own, task)) }),
      },
    },
    instances: { smoke: 8, quick: 24, full: 240 },
  });
});

/** The frustrated cycle in place of the instance. */
function framed(stream: RandomStream, offset: 'negative' | 'none') {
  const posed = posedConstraints(stream, frustratedArcs(stream.fork('arcs'), offset));
  const { quadratic, seen } = posed.task;
  return { ...posed, value: hyperplaneExpectation(quadratic, seen), weighed: quadratic, optimum: undefined };
}
