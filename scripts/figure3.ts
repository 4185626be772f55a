import { mkdirSync, writeFileSync } from 'node:fs';
import { irrelevantNorm } from '../src/applications/networks/model/networkLayout.ts';
import { loadTensors } from '../src/applications/networks/tensors/tensorBackend.ts';
import {
  publishedLayout,
  publishedSettings,
  publishedStart,
  trainPublished,
} from '../src/applications/networks/training/publishedSettings.ts';
import { randomStream } from '../src/numerics/random/stream.ts';

/**
 * Trains every published setting behind Figure 3 on 20 seeds and writes fixtures/networks/figure3.json:
 * `npx tsx scripts/figure3.ts [seeds]`. About half an hour on two cores; the file is rewritten after every run.
 */
const seeds = Number(process.argv[2] ?? 20);
const checkpoint = 200;
const tensors = await loadTensors();
const runs: object[] = [];
const scatters: object[] = [];
mkdirSync('fixtures/networks', { recursive: true });
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
    runs.push({ setting: setting.name, seed, backend, outcome, steps, perturbations, initial, early, final });
    if (seed === 0) {
      const { weights, relevant } = publishedLayout;
      const cloud = (x: Float64Array) =>
        Array.from({ length: 250 }, (_, i) =>
          [x[relevant.start + i], x[weights.start + i]].map((value) => Number(value.toPrecision(4))),
        );
      scatters.push({ setting: setting.name, start: cloud(start), end: cloud(run.point) });
    }
    writeFileSync(
      'fixtures/networks/figure3.json',
      `${JSON.stringify({ checkpoint, runs, scatters }, null, 1)}\n`,
    );
  }
}
