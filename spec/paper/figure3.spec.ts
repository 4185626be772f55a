import { loadTensors } from '../../src/applications/networks/tensors/tensorBackend.ts';
import { rounding } from '../../src/numerics/base/tolerance.ts';
import { gaveUp } from '../../src/papers/claims/claim.ts';
import { atMost, equals } from '../../src/papers/claims/comparison.ts';
import { choice, integer, map, record, streams } from '../../src/papers/claims/domain.ts';
import {
  certifiedChart,
  finishedRuns,
  type RecordedRun,
  recorded,
  replayedNorm,
  scatterCharts,
  shrinkageObservations,
  trainStrongDecay,
} from './domains/networks/figure3.ts';
import { decayChart } from './domains/networks/strongDecayChart.ts';
import { observation, section } from './language.ts';

const tensors = await loadTensors();

section('Figure 3 and the earlier result', () => {
  observation('figure.structure-discovery', {
    let: { recording: choice(recordedRuns()) },
    define: ({ recording }) => ({ setting: recording.setting }),
    then: ({ recording, setting }) => {
      const { run } = recording;
      const norm = replayedNorm(tensors, recording, setting);
      if (run.early === null) return gaveUp('nothing was recorded at the checkpoint');
      return [
        // Each step adds at most a few float32 roundings of ‖W⊥‖, and backends sum in different orders.
        equals('norm of W⊥ when trained again to the checkpoint', norm, run.early, {
          value: 8 * recorded.checkpoint * 2 ** -24 * run.early,
          because: `8 float32 roundings in each of ${recorded.checkpoint} steps`,
        }),
        atMost('norm of W⊥ at the end against the start', run.final, run.initial, rounding(1, 0)),
      ];
    },
    sabotage: {
      'no weight decay': { define: ({ setting }) => ({ setting: { ...setting, decay: 0 } }) },
      'another step size': {
        define: ({ setting }) => ({ setting: { ...setting, weightRate: 1.1 * setting.weightRate } }),
      },
    },
    instances: { smoke: 2, quick: 8, full: 40 },
    exhibit: (stream) => ({
      observations: shrinkageObservations(),
      charts: [...scatterCharts(tensors.backend), certifiedChart(stream)],
    }),
  });

  observation('baseline.strong-decay', {
    let: {
      student: map(
        record({
          dimension: integer(2, 6),
          width: integer(4, 24),
          huber: choice({ 'log-cosh': false, 'pseudo-huber': true }),
          stream: streams(),
        }),
        (parts) => ({ ...parts, strength: 1.5 }),
      ),
    },
    then: ({ student }) => {
      const { outcome, norm, startNorm } = trainStrongDecay(tensors, student);
      if (outcome !== 'finished') return gaveUp('the training left the finite numbers');
      return atMost('norm of W⊥ against a fifth of the start', norm, startNorm / 5, rounding(1, 0), {
        startNorm,
      });
    },
    sabotage: {
      'weak decay': { let: ({ student }) => ({ student: { ...student, strength: 0.01 } }) },
    },
    instances: { smoke: 4, quick: 10, full: 100 },
    exhibit: (stream) => ({ observations: [], charts: [decayChart(stream)] }),
  });
});

/** Every recorded run that ended with finite numbers, by setting and seed. */
function recordedRuns(): Record<string, RecordedRun> {
  const names = [...new Set(recorded.runs.map((run) => run.setting))];
  const runs = names.flatMap((name) => finishedRuns(name));
  return Object.fromEntries(
    runs.map((recording) => [`${recording.run.setting}, seed ${recording.run.seed}`, recording]),
  );
}
