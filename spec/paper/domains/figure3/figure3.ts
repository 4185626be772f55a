import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { smoothRelu, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { squared } from '../../../../src/applications/networks/model/losses.ts';
import { networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { gaussianRiskNodes } from '../../../../src/applications/networks/risk/productNodes.ts';
import { indexTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import { discoverStructure } from '../../../../src/applications/networks/study/discoverStructure.ts';
import type { Tensors } from '../../../../src/applications/networks/tensors/tensorBackend.ts';
import {
  type PublishedSetting,
  publishedSettings,
  trainPublished,
} from '../../../../src/applications/networks/training/publishedSettings.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';
import {
  type Chart,
  compareWithReported,
  derived,
  type Observation,
  printed,
} from '../../../../src/papers/claims/exhibit.ts';

const cloud = z.array(z.tuple([z.number(), z.number()]));
const recording = z.object({
  checkpoint: z.number(),
  runs: z.array(
    z.object({
      setting: z.string(),
      seed: z.number(),
      backend: z.string(),
      outcome: z.enum(['finished', 'non-finite']),
      steps: z.number(),
      perturbations: z.number(),
      initial: z.number(),
      early: z.number().nullable(),
      final: z.number(),
    }),
  ),
  scatters: z.array(z.object({ setting: z.string(), start: cloud, end: cloud })),
});

/** The recorded training runs of every published setting; how they were made stands in figure3Recording.ts. */
export const recorded = recording.parse(
  JSON.parse(readFileSync(new URL('../../../../fixtures/networks/figure3.json', import.meta.url), 'utf8')),
);

/** One recorded run, with the setting it was made in. */
export interface RecordedRun {
  readonly setting: PublishedSetting;
  readonly run: (typeof recorded.runs)[number];
}

/** The runs of a setting that ended with finite numbers. */
export function finishedRuns(name: string): readonly RecordedRun[] {
  const setting = publishedSettings.find((known) => known.name === name);
  if (setting === undefined) throw new RangeError(`setting: expected a published one, got ${name}`);
  return recorded.runs
    .filter((run) => run.setting === name && run.outcome === 'finished')
    .map((run) => ({ setting, run }));
}

/** Trains a recorded run again from its seed, to the checkpoint, and returns ‖W⊥‖ there. */
export function replayedNorm(
  tensors: Tensors,
  { setting, run }: RecordedRun,
  changed: PublishedSetting,
): number {
  const stream = randomStream('figure3').fork(setting.name).fork(run.seed);
  let norm = Number.NaN;
  trainPublished(stream, tensors, changed, recorded.checkpoint, (_, now) => {
    norm = now;
  });
  return norm;
}

/** What weight decay alone leaves of ‖W⊥‖: (1 − ηλ)^T. */
export function decayAlone({ weightRate, decay, steps }: PublishedSetting): number {
  return (1 - weightRate * decay) ** steps;
}

/** Mean of final/initial over the finished runs of a setting, with half a 95 % interval (normal, over seeds). */
export function shrinkage(name: string): {
  readonly mean: number;
  readonly half: number;
  readonly count: number;
} {
  const ratios = finishedRuns(name).map(({ run }) => run.final / run.initial);
  const mean = ratios.reduce((a, b) => a + b, 0) / ratios.length;
  const variance = ratios.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, ratios.length - 1);
  return { mean, half: 1.96 * Math.sqrt(variance / ratios.length), count: ratios.length };
}

/** What was published about the shrinking beside what was measured. */
export function shrinkageObservations(): Observation[] {
  return publishedSettings
    .filter(({ name }) => finishedRuns(name).length > 0)
    .map((setting) => {
      const { name } = setting;
      const { mean, half, count } = shrinkage(name);
      return compareWithReported(`figure.structure-discovery.${name.replaceAll(/[^a-z]+/g, '-')}`, {
        quantity: `final over initial ‖W⊥‖, ${name}`,
        reported: 0,
        origin:
          name === 'as published'
            ? printed('Figure 3: the irrelevant weights vanish')
            : derived('Figure 3 redrawn with the settings of another version of the program'),
        measured: mean,
        within: {
          value: 0.05,
          because: 'a twentieth of the start would still look like nothing in the figure',
        },
        finding: `${mean.toFixed(4)} ± ${half.toFixed(4)} over ${count} seeds; weight decay alone would leave ${decayAlone(setting).toFixed(3)}`,
      });
    });
}

/** The weights of 250 units before and after, as in the paper's figure: across is the teacher's direction. */
export function scatterCharts(backend: string): Chart[] {
  return recorded.scatters
    .filter(({ setting }) => finishedRuns(setting).length > 0)
    .map(({ setting, start, end }) => ({
      id: `figure.structure-discovery.${setting.replaceAll(/[^a-z]+/g, '-')}`,
      figure: 'figure.structure-discovery',
      origin: 'measured' as const,
      title: `First-layer weights, ${setting}`,
      caption: `One dot a unit, at the start and at the end. Discovery would put every dot on the horizontal axis. Recorded on ${backends()}, replayed on ${backend}.`,
      x: { label: 'along the teacher', scale: 'linear' as const },
      y: { label: 'across', scale: 'linear' as const },
      series: [
        { name: 'start', mark: 'dots' as const, points: start },
        { name: 'end', mark: 'dots' as const, points: end },
      ],
      rules: [],
    }));
}

/** The same experiment where the theorem can be certified: float64, 32 units, everything trained, λ as given. */
export function certifiedSetting(stream: RandomStream, regularization: number) {
  const risk = networkRisk({
    inputDimension: 2,
    relevantDimension: 1,
    widths: [32],
    activation: smoothRelu(2),
    loss: squared,
    teacher: indexTeacher([tanh]).label,
    regularization,
    deeperRegularization: regularization,
    ...gaussianRiskNodes(1, 1, 12, 10),
  });
  const start = initialParameters(stream.fork('start'), risk.layout);
  const goal = { gradientTolerance: 1e-4 * regularization, curvatureTolerance: regularization / 4 };
  return discoverStructure(stream.fork('descent'), risk, start, {
    optimizer: trustRegion({ stepLimit: 300 }),
    goal,
  });
}

/** How often training left the finite numbers in the recording, in words. */
function divergences(): string {
  return publishedSettings
    .map(({ name }) => {
      const runs = recorded.runs.filter((run) => run.setting === name);
      const lost = runs.filter((run) => run.outcome === 'non-finite').length;
      return lost === 0
        ? ''
        : `In the published runs, '${name}' diverged on ${lost} of ${runs.length} seeds.`;
    })
    .join('');
}

function backends(): string {
  return [...new Set(recorded.runs.map((run) => run.backend))].join(', ');
}

/** Certified shrinking of the same experiment against λ. */
export function certifiedChart(stream: RandomStream): Chart {
  const found: [number, number][] = [];
  const bounds: [number, number][] = [];
  for (const regularization of [1e-1, 3e-2, 1e-2, 3e-3, 1e-3]) {
    const { certificate, startNorm } = certifiedSetting(stream, regularization);
    if (certificate.outcome !== 'certified' || !Number.isFinite(certificate.bound)) continue;
    found.push([regularization, certificate.weightNorm / startNorm]);
    bounds.push([regularization, certificate.bound / startNorm]);
  }
  return {
    id: 'figure.structure-discovery.certified',
    figure: 'figure.structure-discovery',
    origin: 'measured',
    title: 'The same teacher where the theorem is certified',
    caption: `Width 32, everything trained, float64, second-order points: the irrelevant weights do vanish. ${divergences()}`,
    x: { label: 'λ', scale: 'log' },
    y: { label: 'final over initial ‖W⊥‖', scale: 'log' },
    series: [
      { name: 'certified bound', mark: 'line', points: bounds },
      { name: 'measured', mark: 'dots', points: found },
    ],
    rules: [],
  };
}
