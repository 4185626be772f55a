import { z } from 'zod';
import {
  goemansWilliamsonRatio,
  type MaxCutProgress,
  type MaxCutSolution,
} from '../../applications/maxcut/index.ts';
import { digits } from '../contract/digits.ts';
import { noteLines } from '../contract/readerFlags.ts';
import type { CutInput } from './cutInput.ts';
import { quadraticAnswer, quadraticAnswerOf, quadraticWords } from './quadraticAnswer.ts';

/** What `maxcut --json` prints: one object, a contract for other programs. */
export const maxCutResult = z.strictObject({
  vertices: z.int().min(0),
  edges: z.int().min(0),
  cut: z.number(),
  upperBound: z.number(),
  /** cut/upperBound; 1 where both are 0. */
  ratio: z.number(),
  /** Value of the relaxation's vectors: not a bound. Null where the run ended before it was solved. */
  sdp: z.number().nullable(),
  guarantee: z.strictObject({
    alpha: z.number(),
    /** alpha·upperBound, which is at least alpha·OPT. */
    value: z.number(),
    /** Null where the search ended before the relaxation was solved, and the cut does not reach `value` anyway. */
    holds: z.boolean().nullable(),
    /** False for graphs with negative weights, of which the guarantee does not speak. */
    applies: z.boolean(),
  }),
  /** ‖V‖_F where the descent ended; null where the run ended before. */
  weightNorm: z.number().nullable(),
  certificate: z.strictObject({
    upperBound: z.strictObject({
      method: z.enum(['factorization', 'lanczos', 'degree', 'branch', 'exhaustive']),
      failureProbability: z.number(),
    }),
    derandomization: z
      .strictObject({
        cut: z.number(),
        gradientNorm: z.number(),
        weightGradientNorm: z.number(),
        curvature: z.number(),
        regularization: z.number(),
        smoothing: z.number(),
        rank: z.int(),
        hessianLipschitz: z.number(),
        /** Null where infinite. */
        localBound: z.number().nullable(),
        lemmaBound: z.number().nullable(),
        holds: z.boolean(),
      })
      .nullable(),
  }),
  outcome: z.enum(['optimal', 'target', 'budget', 'interrupted']),
  /** The value that was asked for, in the terms of the problem, and when it was reached; null where none was. */
  target: z.strictObject({ value: z.number(), seconds: z.number().nullable() }).nullable(),
  stages: z.array(z.strictObject({ step: z.string(), cut: z.number(), seconds: z.number() })),
  /** When each best cut was found, and when each upper bound was known. */
  improvements: z.array(z.strictObject({ seconds: z.number(), cut: z.number() })),
  bounds: z.array(z.strictObject({ seconds: z.number(), upperBound: z.number() })),
  rounds: z.int(),
  /** Of the search; the file was read before, in `readSeconds`. */
  seconds: z.number(),
  readSeconds: z.number(),
  seed: z.string(),
  /** The side of each vertex by its name, in the order of the file; null where vertices are counted. */
  sides: z.array(z.tuple([z.string(), z.int()])).nullable(),
  /** The answer in the terms of a quadratic problem, whose graph has one vertex more; null for a graph. */
  quadratic: quadraticAnswer.nullable(),
  /** What was skipped, merged, relabelled or taken as a header on reading. */
  notes: z.array(z.string()),
});

export type MaxCutResult = z.infer<typeof maxCutResult>;

/** What a search told, in order, and what it was to reach, in the terms of the problem and as a cut. */
export interface SearchCourse {
  readonly progress: readonly MaxCutProgress[];
  readonly target?: { readonly value: number; readonly cut: number };
  readonly readSeconds: number;
}

/** Puts a solution into the form that is printed and parsed. */
export function maxCutResultOf(
  input: CutInput,
  solution: MaxCutSolution,
  { progress, target, readSeconds }: SearchCourse,
  seed: string,
): MaxCutResult {
  const { graph, names, quadratic, notes } = input;
  const { cut, upperBound, derandomized } = solution;
  const bound = upperBound.value;
  const certificate = derandomized?.certificate;
  return {
    vertices: graph.vertexCount,
    edges: graph.edgeCount,
    cut,
    upperBound: bound,
    ratio: bound === 0 ? 1 : cut / bound,
    sdp: solution.sdp ?? null,
    guarantee: {
      alpha: goemansWilliamsonRatio,
      value: goemansWilliamsonRatio * bound,
      holds: guaranteeHolds(solution),
      applies: !graph.hasNegativeWeight,
    },
    weightNorm: certificate?.weightNorm ?? null,
    certificate: {
      upperBound: { method: upperBound.method, failureProbability: upperBound.failureProbability },
      derandomization:
        derandomized === undefined || certificate === undefined
          ? null
          : {
              cut: derandomized.cut,
              gradientNorm: certificate.gradientNorm,
              weightGradientNorm: certificate.weightGradientNorm,
              curvature: certificate.curvature,
              regularization: certificate.regularization,
              smoothing: derandomized.smoothing,
              rank: derandomized.rank,
              hessianLipschitz: certificate.hessianLipschitz,
              localBound: finiteOrNull(certificate.localBound),
              lemmaBound: finiteOrNull(certificate.lemmaBound),
              holds: certificate.holds,
            },
    },
    outcome: solution.outcome,
    target:
      target === undefined
        ? null
        : {
            value: target.value,
            seconds: progress.find((now) => now.cut >= target.cut)?.seconds ?? null,
          },
    stages: [...solution.stages],
    improvements: changes(
      progress.map(({ seconds, cut }) => ({ seconds, cut })),
      'cut',
    ),
    bounds: changes(
      progress.map(({ seconds, upperBound }) => ({ seconds, upperBound })),
      'upperBound',
    ),
    rounds: solution.rounds,
    seconds: solution.seconds,
    readSeconds,
    seed,
    sides:
      names === undefined || quadratic !== undefined
        ? null
        : names.map((name, i): [string, number] => [name, solution.sides[i] > 0 ? 1 : 0]),
    quadratic: quadraticAnswerOf(input, solution),
    notes: [...notes],
  };
}

/** A cut that is known to be maximum has it; without a bound of its own a search cannot tell that it fails. */
function guaranteeHolds({ cut, upperBound, outcome, isBoundFinal }: MaxCutSolution): boolean | null {
  if (outcome === 'optimal' || cut >= goemansWilliamsonRatio * upperBound.value) return true;
  return isBoundFinal ? false : null;
}

/** The entries at which a value is another than before. */
function changes<Key extends string, Entry extends Readonly<Record<Key, number>>>(
  entries: readonly Entry[],
  key: Key,
): Entry[] {
  return entries.filter((entry, i) => i === 0 || entry[key] !== entries[i - 1][key]);
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The result for a reader; formulas and bounds in words. */
export function maxCutWords(result: MaxCutResult): string[] {
  const { certificate, guarantee, cut, upperBound, outcome, stages, seconds } = result;
  const { method, failureProbability } = certificate.upperBound;
  const proof =
    method === 'lanczos'
      ? `holds with probability at least 1 − ${failureProbability}`
      : method === 'factorization'
        ? 'proven by factorization'
        : method === 'exhaustive'
          ? 'proven by exhaustive search'
          : method === 'branch'
            ? 'proven by branch and bound'
            : 'the sum of positive weights';
  const verdict =
    guarantee.holds === null ? 'bound not yet computed' : guarantee.holds ? 'holds' : 'does not hold';
  const lines = [
    ...noteLines(result.notes),
    ...quadraticWords(result.quadratic),
    `cut          ${digits(cut)}${outcome === 'optimal' ? ' (optimal)' : ''}`,
    `upper bound  ${digits(upperBound)} (${proof})`,
    `ratio        ${result.ratio.toFixed(5)}`,
    guarantee.applies
      ? `guarantee    ${guarantee.alpha} · bound = ${digits(guarantee.value)}: ${verdict}`
      : 'guarantee    none: the 0.878 guarantee is for non-negative weights, and some are negative',
  ];
  const evidence = certificate.derandomization;
  if (evidence === null && outcome === 'budget') {
    lines.push('certificate  none: the budget is too short for the descent');
  }
  if (evidence !== null && result.weightNorm !== null) {
    const bound = evidence.lemmaBound === null ? 'no finite bound' : `≤ ${short(evidence.lemmaBound)}`;
    lines.push(
      `certificate  ${evidence.holds ? 'verified' : 'not verified'}: ‖V‖ = ${short(result.weightNorm)} ${bound} at ρ = ${short(evidence.gradientNorm)}`,
    );
  }
  for (const stage of stages) {
    lines.push(`  after ${stage.step}: ${digits(stage.cut)} (${stage.seconds.toFixed(2)} s)`);
  }
  if (result.target !== null) {
    const { value, seconds: after } = result.target;
    const reached = after === null ? 'not reached' : `reached after ${after.toFixed(2)} s`;
    lines.push(`target       ${digits(value)}: ${reached}`);
  }
  lines.push(
    `${outcome === 'interrupted' ? 'interrupted after' : 'took'} ${seconds.toFixed(2)} s, seed ${result.seed}${result.readSeconds < 1 ? '' : ` (and ${result.readSeconds.toFixed(1)} s to read)`}`,
  );
  return lines;
}

function short(value: number): string {
  return value.toExponential(2);
}
