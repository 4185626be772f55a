import { z } from 'zod';
import { type Graph, goemansWilliamsonRatio, type MaxCutSolution } from '../applications/maxcut/index.ts';

/** What `maxcut --json` prints: one object, a contract for other programs. */
export const maxCutReport = z.strictObject({
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
    holds: z.boolean(),
    /** False for graphs with negative weights, of which the guarantee does not speak. */
    applies: z.boolean(),
  }),
  /** ‖V‖_F where the descent ended; null where the run ended before. */
  weightNorm: z.number().nullable(),
  certificate: z.strictObject({
    upperBound: z.strictObject({
      method: z.enum(['factorization', 'lanczos', 'degree']),
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
  outcome: z.enum(['optimal', 'budget', 'interrupted']),
  stages: z.array(z.strictObject({ step: z.string(), cut: z.number(), seconds: z.number() })),
  rounds: z.int(),
  seconds: z.number(),
  seed: z.string(),
});

export type MaxCutReport = z.infer<typeof maxCutReport>;

/**
 * Puts a solution into the form that is printed and parsed.
 *
 * @throws ZodError if a number is not finite: a fault of the program, not of its input
 */
export function reportMaxCut(graph: Graph, solution: MaxCutSolution, seed: string): MaxCutReport {
  const { cut, upperBound, derandomized } = solution;
  const bound = upperBound.value;
  const certificate = derandomized?.certificate;
  return maxCutReport.parse({
    vertices: graph.vertexCount,
    edges: graph.edgeCount,
    cut,
    upperBound: bound,
    ratio: bound === 0 ? 1 : cut / bound,
    sdp: solution.sdp ?? null,
    guarantee: {
      alpha: goemansWilliamsonRatio,
      value: goemansWilliamsonRatio * bound,
      holds: cut >= goemansWilliamsonRatio * bound,
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
    stages: solution.stages,
    rounds: solution.rounds,
    seconds: solution.seconds,
    seed,
  });
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The report in a few lines for people; formulas and bounds in words. */
export function describeMaxCut(report: MaxCutReport): string {
  const { certificate, guarantee } = report;
  const { method, failureProbability } = certificate.upperBound;
  const proof =
    method === 'lanczos'
      ? `holds with probability at least 1 − ${failureProbability}`
      : method === 'factorization'
        ? 'proven by factorization'
        : 'the sum of positive weights';
  const lines = [
    `cut          ${round(report.cut)}${report.outcome === 'optimal' ? ' (optimal)' : ''}`,
    `upper bound  ${round(report.upperBound)} (${proof})`,
    `ratio        ${report.ratio.toFixed(5)}`,
    guarantee.applies
      ? `guarantee    ${guarantee.alpha} · bound = ${round(guarantee.value)}: ${guarantee.holds ? 'holds' : 'does not hold'}`
      : 'guarantee    none: the 0.878 guarantee is for non-negative weights, and some are negative',
  ];
  const evidence = certificate.derandomization;
  if (evidence !== null && report.weightNorm !== null) {
    const verdict = evidence.holds ? 'verified' : 'not verified';
    const bound = evidence.lemmaBound === null ? 'no finite bound' : `≤ ${short(evidence.lemmaBound)}`;
    lines.push(
      `certificate  ${verdict}: ‖V‖ = ${short(report.weightNorm)} ${bound} at ρ = ${short(evidence.gradientNorm)}`,
    );
  }
  for (const { step, cut, seconds } of report.stages) {
    lines.push(`  after ${step}: ${round(cut)} (${seconds.toFixed(2)} s)`);
  }
  const ended = report.outcome === 'interrupted' ? 'interrupted after' : 'took';
  lines.push(`${ended} ${report.seconds.toFixed(2)} s, seed ${report.seed}`);
  return lines.join('\n');
}

function round(value: number): string {
  return String(Number(value.toFixed(4)));
}

function short(value: number): string {
  return value.toExponential(2);
}
