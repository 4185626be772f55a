import { loadTensors } from '../../src/applications/networks/tensors/tensorBackend.ts';
import { rounding } from '../../src/numerics/base/tolerance.ts';
import { gaveUp } from '../../src/papers/claims/claim.ts';
import { atLeast, atMost, equals } from '../../src/papers/claims/comparison.ts';
import { choice, integer, map, record, streams } from '../../src/papers/claims/domain.ts';
import {
  certifiedChart,
  decayAlone,
  finishedRuns,
  type RecordedRun,
  recorded,
  replayedNorm,
  scatterCharts,
  shrinkageObservations,
} from './domains/figure3/figure3.ts';
import { neededDecay, type StrongDecay, trainStrongDecay } from './domains/figure3/strongDecay.ts';
import { decayChart } from './domains/figure3/strongDecayChart.ts';
import { observation, section } from './language.ts';

const tensors = await loadTensors();

const again = 'norm of W⊥ when trained again to the checkpoint';
const faster = 'final over initial ‖W⊥‖ against 0.98 of what decay alone leaves';
const remaining = 'final over initial ‖W⊥‖ against a twentieth';
const irrelevant = 'norm of W⊥ against a fiftieth of the start';
const relevant = 'norm of W∥ against a twentieth of the start';
const aligned = 'share of ‖W‖² along the teacher against nine tenths';
const needed = 'λ needed with output and biases frozen over λ needed with everything trained';
/** What a trained first layer is judged by. */
const learned = [irrelevant, relevant, aligned];
/** In place of the λ needed, where only the training is looked at. */
const unasked = { frozen: 1, trained: 0.1 };

section('Figure 3 and the earlier result', () => {
  observation('figure.structure-discovery', {
    let: { recording: choice(recordedRuns('as published')) },
    define: ({ recording }) => ({
      norm: () => replayedNorm(tensors, recording, recording.setting),
      final: recording.run.final,
      most: 0.98 * decayAlone(recording.setting),
    }),
    strata: {
      'as published': { quota: 2 },
      'later version of the program': {
        quota: 1,
        let: { recording: choice(recordedRuns('later version')) },
      },
      'earlier version of the program': {
        quota: 1,
        let: { recording: choice(recordedRuns('earlier version')) },
      },
    },
    then: ({ recording: { run }, norm, final, most }) => {
      if (run.early === null) return gaveUp('nothing was recorded at the checkpoint');
      return [
        // Each step adds at most a few float32 roundings of ‖W⊥‖, and backends sum in different orders.
        equals(again, norm(), run.early, {
          value: 8 * recorded.checkpoint * 2 ** -24 * run.early,
          because: `8 float32 roundings in each of ${recorded.checkpoint} steps`,
        }),
        atMost(faster, final / run.initial, most, rounding(1, 1)),
        atLeast(remaining, final / run.initial, 0.05, rounding(1, 1)),
      ];
    },
    sabotage: {
      'no weight decay': {
        breaks: again,
        share: 0.9,
        instances: 3,
        define: ({ recording }) => ({
          norm: () => replayedNorm(tensors, recording, { ...recording.setting, decay: 0 }),
        }),
      },
      'another step size': {
        breaks: again,
        share: 0.9,
        instances: 3,
        define: ({ recording }) => ({
          norm: () =>
            replayedNorm(tensors, recording, {
              ...recording.setting,
              weightRate: 1.1 * recording.setting.weightRate,
            }),
        }),
      },
      'the irrelevant weights vanish: a twentieth is left at most': {
        breaks: faster,
        share: 0.9,
        instances: 3,
        define: ({ recording: { run } }) => ({ most: 0.05, norm: () => run.early ?? 0 }),
      },
    },
    nulls: {
      'decay alone': {
        compares: [faster],
        instances: 3,
        define: ({ recording: { run, setting } }) => ({
          final: decayAlone(setting) * run.initial,
          norm: () => run.early ?? 0,
        }),
      },
    },
    instances: { smoke: 3, quick: 8, full: 40 },
    exhibit: (stream) => ({
      observations: shrinkageObservations(),
      charts: [...scatterCharts(tensors.backend), certifiedChart(stream)],
    }),
  });

  observation('baseline.strong-decay', {
    let: { student: students('log-cosh') },
    define: ({ student }) => ({
      method: () => trainStrongDecay(tensors, student),
      needs: () => ({
        frozen: neededDecay(student.stream, 'output and biases frozen'),
        trained: neededDecay(student.stream, 'everything trained'),
      }),
    }),
    strata: {
      'log-cosh': { quota: 1 },
      'pseudo-huber': { quota: 1, let: { student: students('pseudo-huber') } },
    },
    then: ({ method, needs }) => {
      const { outcome, start, end } = method();
      const { frozen, trained } = needs();
      if (outcome !== 'finished') return gaveUp('the training left the finite numbers');
      const whole = end.relevant ** 2 + end.irrelevant ** 2;
      return [
        atMost(irrelevant, end.irrelevant, start.irrelevant / 50, rounding(1, 0)),
        atLeast(relevant, end.relevant, start.relevant / 20, rounding(1, 0)),
        atLeast(aligned, end.relevant ** 2, 0.9 * whole, rounding(4, whole)),
        atLeast(needed, frozen / trained, 10, rounding(1, 0)),
      ];
    },
    sabotage: {
      'weak decay': {
        breaks: irrelevant,
        share: 0.6,
        instances: 6,
        drops: 'strong weight decay',
        define: ({ student }) => ({
          method: () => trainStrongDecay(tensors, { ...student, strength: 0.01 }),
          needs: () => unasked,
        }),
      },
      'everything trained held to need as much': {
        breaks: needed,
        share: 0.9,
        instances: 2,
        define: ({ student }) => ({
          needs: () => {
            const frozen = neededDecay(student.stream, 'output and biases frozen');
            return { frozen, trained: frozen };
          },
        }),
      },
    },
    nulls: {
      'all weights zero': {
        compares: learned,
        define: ({ student }) => ({
          needs: () => unasked,
          method: () => ({
            ...trainStrongDecay(tensors, { ...student, steps: 1 }),
            end: { irrelevant: 0, relevant: 0 },
          }),
        }),
      },
      'the untrained start': {
        compares: learned,
        define: ({ student }) => ({
          needs: () => unasked,
          method: () => {
            const trained = trainStrongDecay(tensors, { ...student, steps: 1 });
            return { ...trained, end: trained.start };
          },
        }),
      },
    },
    instances: { smoke: 2, quick: 6, full: 100 },
    exhibit: (stream) => ({ observations: [], charts: [decayChart(stream)] }),
  });
});

/** The recorded runs of a setting that ended with finite numbers. */
function recordedRuns(setting: string): Record<string, RecordedRun> {
  return Object.fromEntries(
    finishedRuns(setting).map((recording) => [`${setting}, seed ${recording.run.seed}`, recording]),
  );
}

function students(loss: 'log-cosh' | 'pseudo-huber') {
  return map(
    record({ dimension: integer(2, 6), width: integer(4, 24), stream: streams() }),
    (parts): StrongDecay => ({ ...parts, huber: loss === 'pseudo-huber', strength: 1.5, steps: 1500 }),
  );
}
