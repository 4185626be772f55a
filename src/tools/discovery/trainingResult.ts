import { z } from 'zod';
import type { Discovered, TrainingProgress } from '../../applications/networks/index.ts';
import type { Exhibit } from '../contract/tool.ts';
import type { TrainingRequest } from '../discover.ts';
import { spectrumChart } from './spectrumChart.ts';

/** Where a training stood, and when. */
export type Trace = TrainingProgress;

/** What of a training crosses threads. */
export interface Training extends Omit<Discovered, 'risk'> {
  readonly widths: readonly number[];
}

const outcomes = ['reached', 'sufficient', 'budget', 'interrupted', 'diverged', 'breakdown'] as const;

/** What `discover --json` prints of a training: one object, a contract for other programs. */
export const trainingResult = z.strictObject({
  input: z.int(),
  teacher: z.int(),
  link: z.string(),
  widths: z.array(z.int()),
  activation: z.string(),
  loss: z.string(),
  lambda: z.number(),
  optimizer: z.string(),
  seed: z.string(),
  outcome: z.enum(outcomes),
  steps: z.int(),
  seconds: z.number(),
  /** Null where it is not finite, as everything below. */
  finalLoss: z.number().nullable(),
  startNorm: z.number(),
  irrelevantNorm: z.number().nullable(),
  /** Null where the lemma bounds nothing: the curvature at the end is too negative. */
  bound: z.number().nullable(),
  gradientNorm: z.number().nullable(),
  curvatureDeficit: z.number().nullable(),
  /** How certain the bound is; or why there is none. */
  says: z.string(),
  spectrum: z.array(z.number()),
  improvements: z.array(
    z.strictObject({
      seconds: z.number(),
      steps: z.int(),
      value: z.number().nullable(),
      gradientNorm: z.number().nullable(),
    }),
  ),
});

export type TrainingResult = z.infer<typeof trainingResult>;

/** Puts a training into the form that is printed. */
export function trainingResultOf(
  { widths, outcome, found, loss, seconds, steps }: Training,
  request: TrainingRequest,
  trace: readonly Trace[],
  seed: string,
): TrainingResult {
  const { certificate, startNorm, spectrum } = found;
  const certified = certificate.outcome === 'certified' ? certificate : undefined;
  return {
    input: request.input,
    teacher: request.teacher,
    link: request.link,
    widths: [...widths],
    activation: request.activation,
    loss: request.loss,
    lambda: request.regularization,
    optimizer: request.optimizer,
    seed,
    outcome,
    steps,
    seconds,
    finalLoss: finite(loss),
    startNorm,
    irrelevantNorm: finite(certified?.weightNorm),
    bound: finite(certified?.bound),
    gradientNorm: finite(certified?.gradientNorm),
    curvatureDeficit: finite(certified?.curvatureDeficit),
    says:
      certificate.outcome === 'certified'
        ? certificate.says
        : certificate.outcome === 'not-affordable'
          ? `not certified: that would take about ${Math.ceil(certificate.seconds)} s; give --seconds ${Math.ceil(2 * certificate.seconds)}`
          : `not certified: ${certificate.outcome}`,
    spectrum: spectrum.every(Number.isFinite) ? [...spectrum] : [],
    improvements: trace.map((at) => ({
      seconds: at.seconds,
      steps: at.steps,
      value: finite(at.value),
      gradientNorm: finite(at.gradientNorm),
    })),
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** How a training ended, where a reader should know. */
const endings: Partial<Record<TrainingResult['outcome'], string>> = {
  diverged: 'the descent diverged: it ended above its start or where f is not finite; try another optimizer',
  breakdown: 'the descent ended early: no further progress was possible in float64',
  interrupted: 'interrupted: this is where the descent stood',
};

/** The result of a training for a reader. */
export function trainingWords(result: TrainingResult): string[] {
  const { bound, curvatureDeficit: deficit, irrelevantNorm, gradientNorm, spectrum, teacher } = result;
  const ending = endings[result.outcome];
  const last = ending === undefined ? [] : [ending];
  if (irrelevantNorm === null || deficit === null || gradientNorm === null) return [result.says, ...last];
  const shown = spectrum.slice(0, teacher + 3).map((value) => value.toExponential(2));
  return [
    `|W⊥|      ${irrelevantNorm.toExponential(3)}   (start ${result.startNorm.toExponential(3)})`,
    bound === null
      ? `bound     none: γ = ${deficit.toExponential(2)} is not below 2λ = ${(2 * result.lambda).toExponential(2)}`
      : `bound     ${bound.toExponential(3)}   ρ/(2λ − γ), certified`,
    `spectrum  ${shown.join('  ')}${spectrum.length > shown.length ? '  …' : ''}   (${teacher} directions of the teacher)`,
    `loss      ${result.finalLoss?.toPrecision(5) ?? 'not finite'}   |∇f| ${gradientNorm.toExponential(2)}   ${result.seconds.toFixed(1)} s`,
    `          ${result.says}`,
    ...last,
  ];
}

/** The result of a training as the report shows it: the spectrum of the first layer and the course of the descent. */
export function trainingExhibit(result: TrainingResult): Exhibit {
  const noBound = 'none: the curvature at the end is too negative';
  const course = result.improvements.flatMap(({ seconds, gradientNorm }): [number, number][] =>
    gradientNorm === null ? [] : [[seconds, gradientNorm]],
  );
  return {
    summary: {
      inputs: result.input,
      teacherDirections: result.teacher,
      hiddenLayers: result.widths.length,
      width: result.widths[0] ?? 0,
      activation: result.activation,
      loss: result.loss,
      regularization: result.lambda,
      optimizer: result.optimizer,
      outcome: result.outcome,
      startNorm: result.startNorm,
      irrelevantNorm: result.irrelevantNorm ?? 'not certified',
      ...(result.irrelevantNorm === null ? {} : { bound: result.bound ?? noBound }),
      says: result.says,
      finalLoss: result.finalLoss ?? 'not finite',
      seconds: result.seconds,
      seed: result.seed,
    },
    charts: [
      spectrumChart(result.spectrum, result.teacher),
      {
        id: 'discover.descent',
        figure: 'discover.descent',
        origin: 'measured',
        title: 'Norm of the gradient over time',
        caption: 'After each chunk of the descent.',
        x: { label: 'seconds', scale: 'linear' },
        y: { label: '‖∇f‖', scale: 'log' },
        series: [{ name: 'gradient', mark: 'line', points: course }],
        rules: [],
      },
    ],
  };
}
