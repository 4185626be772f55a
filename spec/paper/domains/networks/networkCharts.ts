import { gelu, smoothRelu } from '../../../../src/applications/networks/model/activations.ts';
import { frozenOutputConstants } from '../../../../src/applications/networks/model/lipschitzConstants.ts';
import { pseudoHuber } from '../../../../src/applications/networks/model/losses.ts';
import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import { discoverStructure } from '../../../../src/applications/networks/study/discoverStructure.ts';
import { noisyDescent } from '../../../../src/numerics/optimize/noisyDescent.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Chart, Series } from '../../../../src/papers/claims/exhibit.ts';
import { networkInstance, smoothReluInstance, teachers } from './networks.ts';

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
