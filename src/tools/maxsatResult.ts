import { z } from 'zod';
import {
  type ConstraintProgress,
  type ConstraintSolution,
  clauseRatio,
  constraintProblem,
  satisfiedWeight,
} from '../applications/constraints/index.ts';
import { digits } from './contract/digits.ts';
import { noteLines } from './contract/readerFlags.ts';
import type { Exhibit } from './contract/tool.ts';
import type { ClauseInput } from './maxsat.ts';

/** What the search told, in order. */
export type MaxSatProgress = ConstraintProgress;

/** What `maxsat --json` prints: one object, a contract for other programs. */
export const maxSatResult = z.strictObject({
  variables: z.int().min(0),
  clauses: z.int().min(0),
  totalWeight: z.number(),
  satisfied: z.number(),
  upperBound: z.number(),
  /** satisfied/upperBound; 1 where both are 0. */
  ratio: z.number(),
  /** Value of the relaxation's vectors: not a bound. Null where the run ended before it was solved. */
  sdp: z.number().nullable(),
  guarantee: z.strictObject({
    alpha: z.number(),
    /** alpha·upperBound, which is at least alpha·OPT. */
    value: z.number(),
    holds: z.boolean(),
  }),
  /** Null where the file has no hard clauses; they count in all weights. */
  hard: z.strictObject({ clauses: z.int().min(1), violated: z.int().min(0), weight: z.number() }).nullable(),
  certificate: z.strictObject({
    upperBound: z.strictObject({
      method: z.enum(['factorization', 'lanczos', 'total', 'exhaustive']),
      failureProbability: z.number(),
    }),
    /** Null where the run ended before the descent. */
    derandomization: z
      .strictObject({
        satisfied: z.number(),
        expectedAtStart: z.number(),
        weightNorm: z.number(),
        gradientNorm: z.number(),
        lowestCurvature: z.number(),
        accuracy: z.number(),
        /** Null where infinite. */
        lemmaBound: z.number().nullable(),
        regularization: z.number(),
        smoothing: z.number(),
        rank: z.int(),
        hessianLipschitz: z.number(),
        holds: z.boolean(),
      })
      .nullable(),
  }),
  outcome: z.enum(['optimal', 'budget', 'interrupted']),
  stages: z.array(z.strictObject({ step: z.string(), satisfied: z.number(), seconds: z.number() })),
  progress: z.array(z.strictObject({ seconds: z.number(), satisfied: z.number(), upperBound: z.number() })),
  rounds: z.int(),
  seconds: z.number(),
  seed: z.string(),
  /** 0 or 1 for each variable. */
  assignment: z.array(z.int()),
  notes: z.array(z.string()),
});

export type MaxSatResult = z.infer<typeof maxSatResult>;

/** Puts a solution into the form that is printed and parsed. */
export function maxSatResultOf(
  { problem, hard, notes }: ClauseInput,
  solution: ConstraintSolution,
  course: readonly MaxSatProgress[],
  seed: string,
): MaxSatResult {
  const { weight, upperBound, derandomized, stages } = solution;
  const bound = upperBound.value;
  return {
    variables: problem.variables,
    clauses: problem.weights.length,
    totalWeight: problem.weights.reduce((total, each) => total + each, 0),
    satisfied: weight,
    upperBound: bound,
    ratio: bound === 0 ? 1 : weight / bound,
    sdp: solution.relaxation ?? null,
    guarantee: { alpha: clauseRatio, value: clauseRatio * bound, holds: weight >= clauseRatio * bound },
    hard: hardClauses({ problem, hard, notes }, solution),
    certificate: {
      upperBound: { method: upperBound.method, failureProbability: upperBound.failureProbability },
      derandomization: derandomized === undefined ? null : evidenceOf(derandomized),
    },
    outcome: solution.outcome,
    stages: stages.map(({ step, weight: satisfied, seconds }) => ({ step, satisfied, seconds })),
    progress: course.map(({ seconds, weight: satisfied, upperBound: most }) => {
      return { seconds, satisfied, upperBound: most };
    }),
    rounds: solution.rounds,
    seconds: solution.seconds,
    seed,
    assignment: Array.from(solution.assignment, (value) => (value > 0 ? 1 : 0)),
    notes: [...notes],
  };
}

function evidenceOf(end: NonNullable<ConstraintSolution['derandomized']>) {
  const { weightNorm, gradientNorm, lowestCurvature, accuracy, lemmaBound, hessianLipschitz, holds } =
    end.certificate;
  return {
    satisfied: end.weight,
    expectedAtStart: -end.startValue,
    weightNorm,
    gradientNorm,
    lowestCurvature,
    accuracy,
    lemmaBound: Number.isFinite(lemmaBound) ? lemmaBound : null,
    regularization: end.regularization,
    smoothing: end.smoothing,
    rank: end.rank,
    hessianLipschitz,
    holds,
  };
}

/** How many hard clauses there are, how many the assignment violates, and what each weighs. */
function hardClauses(
  { problem, hard }: ClauseInput,
  { assignment }: ConstraintSolution,
): MaxSatResult['hard'] {
  const places = Array.from(hard.keys()).filter((c) => hard[c] === 1);
  if (places.length === 0) return null;
  const alone = constraintProblem(problem.variables, 'clauses', {
    first: places.map((c) => problem.first[c]),
    second: places.map((c) => problem.second[c]),
    weights: places.map(() => 1),
  });
  const violated = places.length - satisfiedWeight(alone, assignment);
  return { clauses: places.length, violated, weight: problem.weights[places[0]] };
}

/** The result for a reader; formulas and bounds in words. */
export function maxSatWords(result: MaxSatResult): string[] {
  const { certificate, guarantee, satisfied, upperBound, outcome, stages, seconds, hard } = result;
  const { method, failureProbability } = certificate.upperBound;
  const proofs = {
    factorization: 'proven by factorization',
    lanczos: `holds with probability at least 1 − ${failureProbability}`,
    total: 'the weight of all clauses',
    exhaustive: 'proven by exhaustive search',
  };
  const lines = [
    ...noteLines(result.notes),
    `satisfied    ${digits(satisfied)} of ${digits(result.totalWeight)}${outcome === 'optimal' ? ' (optimal)' : ''}`,
    `upper bound  ${digits(upperBound)} (${proofs[method]})`,
    `ratio        ${result.ratio.toFixed(5)}`,
    `guarantee    ${guarantee.alpha} · bound = ${digits(guarantee.value)}: ${guarantee.holds ? 'holds' : 'does not hold'}`,
  ];
  if (hard !== null) {
    const state = hard.violated === 0 ? 'all satisfied' : `${hard.violated} violated`;
    lines.push(`hard         ${hard.clauses} clauses, weighed ${digits(hard.weight)} each: ${state}`);
  }
  const evidence = certificate.derandomization;
  if (evidence !== null) {
    const bound = evidence.lemmaBound === null ? 'no finite bound' : `≤ ${short(evidence.lemmaBound)}`;
    lines.push(
      `certificate  ${evidence.holds ? 'verified' : 'not verified'}: ‖V‖ = ${short(evidence.weightNorm)} ${bound} at ρ = ${short(evidence.accuracy)}`,
    );
  }
  for (const stage of stages) {
    lines.push(`  after ${stage.step}: ${digits(stage.satisfied)} (${stage.seconds.toFixed(2)} s)`);
  }
  lines.push(
    `${outcome === 'interrupted' ? 'interrupted after' : 'took'} ${seconds.toFixed(2)} s, seed ${result.seed}`,
  );
  return lines;
}

function short(value: number): string {
  return value.toExponential(2);
}

/** The result as the report shows it: its numbers, and satisfied weight and bound over time. */
export function maxSatExhibit(result: MaxSatResult): Exhibit {
  const { certificate, guarantee, upperBound, satisfied, seconds, progress } = result;
  const failure = certificate.upperBound.failureProbability;
  const end = { seconds, satisfied, upperBound };
  const series = (name: string, key: 'satisfied' | 'upperBound') => ({
    name,
    mark: 'line' as const,
    points: [...progress, end].map((at): [number, number] => [at.seconds, at[key]]),
  });
  return {
    summary: {
      variables: result.variables,
      clauses: result.clauses,
      totalWeight: result.totalWeight,
      satisfied,
      upperBound,
      ratio: result.ratio,
      boundHolds: failure > 0 ? `with probability at least 1 − ${failure}` : 'always',
      guarantee: `${guarantee.holds ? 'at least' : 'not'} ${guarantee.alpha} times the bound`,
      outcome: result.outcome,
      seconds,
      seed: result.seed,
    },
    charts: [
      {
        id: 'maxsat.over-time',
        figure: 'maxsat.own-data',
        origin: 'measured',
        title: 'Satisfied weight and upper bound over time',
        caption: `The heaviest assignment found so far, and the upper bound on all. They end at ${satisfied} and ${upperBound}.`,
        x: { label: 'seconds', scale: 'linear' },
        y: { label: 'satisfied weight', scale: 'linear' },
        series: [series('upper bound', 'upperBound'), series('best assignment', 'satisfied')],
        rules: [{ axis: 'y', at: guarantee.value, label: `${guarantee.alpha.toFixed(3)} · bound` }],
      },
    ],
  };
}
