import { sine } from '../../../../src/applications/networks/model/activations.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { logLogSlope } from '../../../../src/numerics/statistics/logLogSlope.ts';
import type { Chart } from '../../../../src/papers/claims/exhibit.ts';
import { type PerturbedNetwork, perturbedNetwork, theoremDescent } from './perturbedNetworks.ts';

const repetitions = 3;

/** Steps of perturbed descent from a saddle to its own end, against 1/ρ and against d. */
export function growthCharts(stream: RandomStream): Chart[] {
  const accuracies = [1, 2, 4, 8, 16, 32];
  const inputs = [4, 10, 32, 100, 320, 1000];
  const byAccuracy = accuracies.map((divisor): [number, number] => {
    const network = saddle(stream, 3);
    const gradientTolerance = network.goal.gradientTolerance / divisor;
    const curvatureTolerance = Math.sqrt(network.risk.hessianLipschitz * gradientTolerance);
    const goal = { gradientTolerance, curvatureTolerance };
    return [1 / gradientTolerance, steps(stream.fork(`ρ ${divisor}`), { ...network, goal })];
  });
  const byInputs = inputs.map((d): [number, number] => [d, steps(stream.fork(`d ${d}`), saddle(stream, d))]);
  return [
    chart('steps', '1/ρ', byAccuracy, 'the theorem allows a slope of 2', byAccuracy),
    chart(
      'inputs',
      'd',
      byInputs,
      'over log d, of which the theorem allows 4',
      byInputs.map(([d, count]) => [Math.log(d), count]),
    ),
  ];
}

function saddle(stream: RandomStream, ignored: number): PerturbedNetwork {
  return perturbedNetwork(stream, {
    depth: 1,
    activation: sine,
    ignored,
    regularization: 0.2,
    onSaddle: true,
  });
}

/** The geometric mean over repetitions. */
function steps(stream: RandomStream, network: PerturbedNetwork): number {
  let total = 0;
  for (let i = 0; i < repetitions; i++) {
    const { risk, start, goal } = network;
    const end = theoremDescent(network).minimize(stream.fork(i), risk, start, goal);
    total += Math.log(end.steps) / repetitions;
  }
  return Math.exp(total);
}

function chart(
  id: string,
  label: string,
  points: readonly (readonly [number, number])[],
  allowed: string,
  fitted: readonly (readonly [number, number])[],
): Chart {
  const { slope, standardError } = logLogSlope(
    fitted.map(([x]) => x),
    fitted.map(([, y]) => y),
  );
  return {
    id: `network.perturbed-descent.${id}`,
    figure: 'network.perturbed-descent',
    origin: 'measured',
    title: `Steps from a saddle to the end of the descent, against ${label}`,
    caption: `Perturbed descent with the constants of Theorem 4.2, all parameters trained. Slope of log T: ${slope.toFixed(4)} ± ${(1.96 * standardError).toFixed(4)}; ${allowed}.`,
    x: { label, scale: 'log' },
    y: { label: 'steps', scale: 'log' },
    series: [{ name: 'measured', mark: 'line', points: points.map(([x, y]) => [x, y]) }],
    rules: [],
  };
}
