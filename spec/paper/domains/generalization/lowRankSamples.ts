import { tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { squared } from '../../../../src/applications/networks/model/losses.ts';
import { networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { indexTeacher, twoPointNoise } from '../../../../src/applications/networks/risk/teacher.ts';
import { sampleNodes } from '../../../../src/applications/networks/training/inputSamples.ts';
import { lbfgs } from '../../../../src/numerics/optimize/lbfgs.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Chart } from '../../../../src/papers/claims/exhibit.ts';

const dimension = 12;

/**
 * An experiment: squared test error of students trained on n noisy samples of a one-directional teacher in 12
 * dimensions, one with a full first layer and one whose first layer is confined to the teacher's direction.
 */
export function lowRankSamplesChart(stream: RandomStream): Chart {
  const sizes = [40, 80, 160, 320];
  const noise = twoPointNoise(0.2);
  const test = sampleNodes(stream.fork('test'), 2000, dimension);
  const error = (count: number, confined: boolean): number => {
    const own = stream.fork(`train ${count}`);
    const sample = sampleNodes(own.fork('nodes'), count, dimension);
    const signs = own.fork('signs');
    const labels = new Map<number, number>();
    const teacher = indexTeacher([tanh]).label;
    // One noise draw a sample: the label is looked up by the input that it belongs to.
    for (let n = 0; n < count; n++) {
      const u = sample.points[n * dimension];
      labels.set(u, teacher(sample.points, n * dimension) + (signs.uniform() < 0.5 ? 0.2 : -0.2));
    }
    const options = {
      inputDimension: dimension,
      relevantDimension: 1,
      widths: [6],
      activation: tanh,
      loss: squared,
      regularization: 1e-3,
      deeperRegularization: 1e-3,
      ...(confined ? { frozen: ['weights' as const] } : {}),
    };
    const risk = networkRisk({
      ...options,
      nodes: sample,
      teacher: (u, at) => labels.get(u[at]) ?? teacher(u, at),
    });
    const start = initialParameters(own.fork('start'), risk.layout);
    if (confined) start.fill(0, 0, risk.layout.shift.start);
    const goal = { gradientTolerance: 1e-5, curvatureTolerance: 1e-3 };
    const { point } = lbfgs({ stepLimit: 200 }).minimize(own, risk, start, goal);
    return networkRisk({ ...options, nodes: test, teacher, regularization: 0 }).loss(point);
  };
  return {
    id: 'network.low-rank.samples',
    figure: 'network.low-rank',
    origin: 'measured',
    title: 'Experiment: samples that a student of low rank saves',
    caption: `Teacher tanh of one direction in ${dimension} dimensions, labels ± ${noise.offsets[1]}. An experiment, not a theorem: the direction is given to the confined student.`,
    x: { label: 'training samples', scale: 'log' },
    y: { label: 'test error', scale: 'log' },
    series: [
      { name: 'full first layer', mark: 'line', points: sizes.map((n) => [n, error(n, false)]) },
      { name: 'first layer of rank one', mark: 'line', points: sizes.map((n) => [n, error(n, true)]) },
    ],
    rules: [],
  };
}
