import { gelu, sine, smoothRelu } from '../../../../src/applications/networks/model/activations.ts';
import { frozenOutputConstants } from '../../../../src/applications/networks/model/lipschitzConstants.ts';
import { logistic, pseudoHuber } from '../../../../src/applications/networks/model/losses.ts';
import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import { discoverStructure } from '../../../../src/applications/networks/study/discoverStructure.ts';
import { noisyDescent } from '../../../../src/numerics/optimize/noisyDescent.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Chart, Series } from '../../../../src/papers/claims/exhibit.ts';
import { boundedNetwork, theoremDescent } from './boundedNetworks.ts';
import { networkInstance, smoothReluInstance, teachers } from './networks.ts';

/** Steps of perturbed descent from a saddle until ‖W⊥‖ stays below ρ/Δ, against 1/ρ. */
export function stepsAgainstAccuracy(stream: RandomStream): Chart {
  const network = boundedNetwork(stream, 1, sine, logistic, true);
  const { risk, constants, regularization } = network;
  const start = network.start(stream.fork('start'));
  const points: [number, number][] = [];
  for (let halving = 0; halving < 6; halving++) {
    const rho = network.gradientTolerance / 2 ** halving;
    const curvature = Math.sqrt(constants.hessianLipschitz * rho);
    const bound = rho / (2 * regularization - curvature);
    const goal = { gradientTolerance: rho, curvatureTolerance: curvature };
    let last = 0;
    theoremDescent(network, 20_000).minimize(stream.fork(`descent ${halving}`), risk, start, goal, (step) => {
      if (irrelevantNorm(risk.layout, step.point) >= bound) last = step.step;
    });
    points.push([1 / rho, last + 1]);
  }
  return {
    id: 'network.perturbed-descent.steps',
    figure: 'network.perturbed-descent',
    origin: 'measured',
    title: 'Steps from a saddle until the irrelevant weight is below the bound',
    caption: 'Perturbed descent with the constants of Theorem 4.2; the theorem allows growth like 1/ρ².',
    x: { label: '1/ρ', scale: 'log' },
    y: { label: 'steps', scale: 'log' },
    series: [{ name: 'measured', mark: 'line', points }],
    rules: [],
  };
}

const sharpnesses = [1, 2, 5, 10, 20, 50];

/** What smoothing costs: K, the largest useful ρ, and the work until certified, against ι. */
export function sharpnessCharts(stream: RandomStream): Chart[] {
  const work: [number, number][] = [];
  const norms: [number, number][] = [];
  const constants: [number, number][] = [];
  for (const sharpness of sharpnesses) {
    const instance = smoothReluInstance(sharpness, 3, stream);
    const risk = instance.risk();
    const { descent, certificate } = discoverStructure(
      stream.fork(`descent ${sharpness}`),
      risk,
      instance.start(risk),
      {
        optimizer: trustRegion({ stepLimit: 1000 }),
        goal: { gradientTolerance: 1e-6, curvatureTolerance: instance.regularization / 4 },
      },
    );
    work.push([sharpness, descent.gradients + descent.hessianProducts]);
    if (certificate.outcome === 'certified') norms.push([sharpness, certificate.weightNorm]);
    const outer = [1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3)];
    // E‖(x, 1)‖² = 3 and E‖(x, 1)‖³ ≤ (E‖(x, 1)‖⁴)^{3/4} = 13^{3/4} for x ~ N(0, I₂).
    const moments = { second: 3, third: 13 ** 0.75 };
    const { hessianLipschitz } = frozenOutputConstants({
      activation: smoothRelu(sharpness),
      loss: pseudoHuber,
      outputWeights: outer,
      outputShift: 0,
      largestLabel: 1,
      moments,
      regularization: instance.regularization,
    });
    constants.push([sharpness, (4 * instance.regularization ** 2) / hessianLipschitz]);
  }
  const chart = (
    id: string,
    title: string,
    caption: string,
    label: string,
    points: Series['points'],
  ): Chart => ({
    id: `network.relu-smoothing.${id}`,
    figure: 'network.relu-smoothing',
    origin: 'measured' as const,
    title,
    caption,
    rules: [],
    x: { label: 'ι', scale: 'log' },
    y: { label, scale: 'log' },
    series: [{ name: 'smoothed ReLU', mark: 'line', points }],
  });
  return [
    chart(
      'work',
      'Work until certified',
      'Gradients and Hessian products of a trust region.',
      'products',
      work,
    ),
    chart('norm', 'Irrelevant weights where it ended', 'Norm of W⊥ at the certified point.', '‖W⊥‖', norms),
    chart(
      'tolerance',
      'Largest ρ the theorem can use',
      '4λ²/K for one hidden layer of width 3, λ = 0.03.',
      'ρ',
      constants,
    ),
  ];
}

/** How small λ can be in float64, and the way down at one λ. */
export function tinyRegularizationCharts(stream: RandomStream): Chart[] {
  const norms: [number, number][] = [];
  const bounds: [number, number][] = [];
  const path: [number, number][] = [];
  for (let exponent = 1; exponent <= 8; exponent++) {
    const regularization = 10 ** -exponent;
    const instance = networkInstance({
      widths: [4, 4, 4],
      activation: gelu,
      loss: pseudoHuber,
      teacher: teachers.tanh,
      irrelevantDimension: 1,
      regularization,
      stream,
    });
    const risk = instance.risk();
    const goal = { gradientTolerance: 1e-4 * regularization, curvatureTolerance: regularization / 4 };
    const rough = noisyDescent({ stepSize: 0.1, noise: 0.05, stepLimit: 500 });
    const first = rough.minimize(
      stream.fork('noisy'),
      risk,
      instance.start(risk),
      goal,
      ({ step, point }) => {
        if (exponent === 3 && step % 5 === 0) path.push([step + 1, irrelevantNorm(risk.layout, point)]);
      },
    );
    const optimizer = trustRegion({ stepLimit: 300 });
    const { certificate } = discoverStructure(stream.fork('polish'), risk, first.point, {
      optimizer,
      goal,
      observe: ({ step, point }) => {
        if (exponent === 3) path.push([500 + step + 1, irrelevantNorm(risk.layout, point)]);
      },
    });
    if (certificate.outcome !== 'certified') continue;
    norms.push([regularization, certificate.weightNorm]);
    if (Number.isFinite(certificate.bound)) bounds.push([regularization, certificate.bound]);
  }
  return [
    {
      id: 'network.settles-it.regularization',
      figure: 'network.settles-it',
      origin: 'measured',
      title: 'Irrelevant weights and certified bound as the regularization shrinks',
      caption:
        'Three hidden layers of width 4. Where the bound is missing, λ_min + 2λ > 0 could not be certified.',
      x: { label: 'λ', scale: 'log' },
      y: { label: '‖W⊥‖', scale: 'log' },
      series: [
        { name: 'certified bound', mark: 'line', points: bounds },
        { name: 'norm of W⊥', mark: 'dots', points: norms },
      ],
      rules: [],
    },
    {
      id: 'network.settles-it.path',
      figure: 'network.settles-it',
      origin: 'measured',
      title: 'Irrelevant weights along the descent, λ = 10⁻³',
      caption: 'Noisy gradient descent for 500 steps, then a trust region to the certified point.',
      x: { label: 'step', scale: 'log' },
      y: { label: '‖W⊥‖', scale: 'log' },
      series: [{ name: 'norm of W⊥', mark: 'line', points: path.filter(([, norm]) => norm > 0) }],
      rules: [{ axis: 'x', at: 500, label: 'trust region' }],
    },
  ];
}
