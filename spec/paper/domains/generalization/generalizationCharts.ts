import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Chart, Series } from '../../../../src/papers/claims/exhibit.ts';
import { expectedGapBound, meanGap, type NetworkClass } from './generalization.ts';

const networks: NetworkClass = {
  inputDimension: 64,
  relevantDimension: 1,
  irrelevantNorm: 1e-3,
  width: 2,
  outputNorm: 1,
  relevantNorm: 3,
  shiftBound: 0.5,
};
const experiment = { samples: 4, test: 3000 };

/** Measured gaps and their bounds, with weights along x⊥ and without, over samples and over inputs. */
export function generalizationCharts(stream: RandomStream): Chart[] {
  const full = (of: NetworkClass): NetworkClass => ({ ...of, irrelevantNorm: of.relevantNorm });
  const chart = (
    id: string,
    label: string,
    values: readonly number[],
    at: (v: number) => [NetworkClass, number],
  ): Chart => {
    const series = (name: string, change: (of: NetworkClass) => NetworkClass): Series[] => [
      {
        name,
        mark: 'line',
        points: values.map((value) => {
          const [of, train] = at(value);
          return [
            value,
            Math.max(1e-4, meanGap(stream.fork(`${id} ${value}`), change(of), { ...experiment, train })),
          ];
        }),
      },
      {
        name: `${name}: bound`,
        mark: 'dots',
        points: values.map((value) => {
          const [of, train] = at(value);
          return [value, expectedGapBound(change(of), train)];
        }),
      },
    ];
    return {
      id: `network.generalization.${id}`,
      figure: 'network.generalization',
      origin: 'measured',
      title: `Generalization gap against the number of ${label}`,
      caption:
        'Networks of two tanh units fitted to labels that are mostly noise. With weights along the ignored inputs the gap grows with their number; within the bound of Theorem 4.1 it is that of a network on one input.',
      x: { label, scale: 'log' },
      y: { label: 'test minus training loss', scale: 'log' },
      series: [...series('‖w⊥‖ ≤ 0.001', (of) => of), ...series('‖w⊥‖ ≤ 3', full)],
      rules: [],
    };
  };
  return [
    chart('samples', 'samples', [150, 300, 600, 1200], (train) => [networks, train]),
    chart('inputs', 'inputs', [4, 16, 64], (inputDimension) => [{ ...networks, inputDimension }, 300]),
  ];
}
