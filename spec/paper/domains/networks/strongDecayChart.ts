import { hermite, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { logCosh } from '../../../../src/applications/networks/model/losses.ts';
import type { BlockName } from '../../../../src/applications/networks/model/networkLayout.ts';
import { networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { gaussianRiskNodes } from '../../../../src/applications/networks/risk/productNodes.ts';
import { indexTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import { discoverStructure } from '../../../../src/applications/networks/study/discoverStructure.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Chart } from '../../../../src/papers/claims/exhibit.ts';

/**
 * ‖W⊥‖ where descents on the population risk end, against λ: output layer and biases frozen as in the earlier
 * result, and everything trained as in this paper. The student sees an even teacher through odd units.
 */
export function decayChart(stream: RandomStream): Chart {
  const series = [
    { name: 'output and biases frozen', frozen: ['shift', 'output-weights', 'output-shift'] as BlockName[] },
    { name: 'everything trained', frozen: [] as BlockName[] },
  ].map(({ name, frozen }) => ({
    name,
    mark: 'line' as const,
    points: [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001].map((regularization): [number, number] => {
      const risk = networkRisk({
        inputDimension: 2,
        relevantDimension: 1,
        widths: [8],
        activation: tanh,
        loss: logCosh,
        teacher: indexTeacher([hermite(2)]).label,
        regularization,
        deeperRegularization: 1e-3,
        frozen,
        ...gaussianRiskNodes(1, 1, 12, 24),
      });
      const start = initialParameters(stream.fork('start'), risk.layout);
      const goal = { gradientTolerance: 1e-5 * regularization, curvatureTolerance: regularization / 4 };
      const optimizer = trustRegion({ stepLimit: 200 });
      const { certificate } = discoverStructure(stream.fork('descent'), risk, start, { optimizer, goal });
      // 10⁻⁹ stands for anything smaller: a logarithmic axis has no zero.
      return [
        regularization,
        certificate.outcome === 'certified' ? Math.max(1e-9, certificate.weightNorm) : Number.NaN,
      ];
    }),
  }));
  return {
    id: 'baseline.strong-decay.needed',
    figure: 'baseline.strong-decay',
    origin: 'measured',
    title: 'The regularization that each result needs',
    caption:
      'Norm of W⊥ where a descent ends. Frozen biases need strong decay; trained ones any decay at all.',
    x: { label: 'λ', scale: 'log' },
    y: { label: '‖W⊥‖', scale: 'log' },
    series: series.map((one) => ({ ...one, points: one.points.filter(([, norm]) => Number.isFinite(norm)) })),
    rules: [],
  };
}
