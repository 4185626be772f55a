import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Chart } from '../../../../src/papers/claims/exhibit.ts';
import { decays, survivingNorm } from './strongDecay.ts';

/**
 * ‖W⊥‖ where descents on the population risk end, against λ: output layer and biases frozen as in the earlier
 * result, and everything trained as in this paper.
 */
export function decayChart(stream: RandomStream): Chart {
  return {
    id: 'baseline.strong-decay.needed',
    figure: 'baseline.strong-decay',
    origin: 'measured',
    title: 'The regularization that each result needs',
    caption:
      'Norm of W⊥ where a descent ends, two GELU units on labels 1. Frozen biases need strong decay; trained ones any decay at all.',
    x: { label: 'λ', scale: 'log' },
    y: { label: '‖W⊥‖', scale: 'log' },
    series: (['output and biases frozen', 'everything trained'] as const).map((train) => ({
      name: train,
      mark: 'line',
      // 10⁻⁹ stands for anything smaller: a logarithmic axis has no zero.
      points: decays
        .map((decay): [number, number] => [decay, Math.max(1e-9, survivingNorm(stream, decay, train))])
        .filter(([, norm]) => Number.isFinite(norm)),
    })),
    rules: [],
  };
}
