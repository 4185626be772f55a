import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import { loadTensors } from '../../../../src/applications/networks/tensors/tensorBackend.ts';
import {
  publishedLayout,
  publishedSettings,
  publishedStart,
  trainPublished,
} from '../../../../src/applications/networks/training/publishedSettings.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

/** Step at which the norm is recorded besides the first and the last. */
const checkpoint = 200;

/**
 * Trains every published setting behind Figure 3 on some seeds: `npm run record -- figure3`.
 *
 * @returns the recording so far, after every run
 */
export async function* recordFigure3(seeds: number): AsyncGenerator<object> {
  const tensors = await loadTensors();
  const runs: object[] = [];
  const scatters: object[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    for (const setting of publishedSettings) {
      const stream = randomStream('figure3').fork(setting.name).fork(seed);
      const start = publishedStart(stream.fork('start'));
      const initial = irrelevantNorm(publishedLayout, start);
      let early = Number.NaN;
      const run = trainPublished(stream, tensors, setting, setting.steps, (step, norm) => {
        if (step === checkpoint) early = norm;
      });
      const { outcome, perturbations, backend, steps } = run;
      const final = irrelevantNorm(publishedLayout, run.point);
      runs.push({
        setting: setting.name,
        seed,
        backend,
        outcome,
        steps,
        perturbations,
        initial,
        early,
        final,
      });
      if (seed === 0) scatters.push({ setting: setting.name, start: cloud(start), end: cloud(run.point) });
      yield { checkpoint, runs, scatters };
    }
  }
}

/** The first weights of a relevant input beside those of an irrelevant one. */
function cloud(x: Float64Array): number[][] {
  const { weights, relevant } = publishedLayout;
  return Array.from({ length: 250 }, (_, i) =>
    [x[relevant.start + i], x[weights.start + i]].map((value) => Number(value.toPrecision(4))),
  );
}
