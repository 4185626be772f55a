import type { RandomizedObjective } from '../../../../src/lemma/randomizedObjective.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { drawn } from '../../../../src/papers/claims/domain.ts';
import {
  type Chart,
  compareWithReported,
  derived,
  type Observation,
} from '../../../../src/papers/claims/exhibit.ts';
import { frozenLoss, frozenMinimiser, frozenShift, toyObjective } from './toy.ts';

/** Starts (w, b) of descents with the bias trained. */
export const toyStarts = drawn((stream) =>
  Float64Array.of(3 * stream.fork('w').uniform() - 1.5, 2 * stream.fork('b').uniform() - 0.5),
);

/** Starts where wx + b is hardly ever above 0, so that the loss is 1 and flat. */
export const plateauStarts = drawn((stream) =>
  Float64Array.of(0.06 * stream.fork('w').uniform() - 0.03, -0.5 + 0.25 * stream.fork('b').uniform()),
);

/** How many of 180 descents from starts anywhere end on the plateau b ≤ 0 in place of (0, 1). */
export function plateauShare(stream: RandomStream): Observation {
  const count = 180;
  let ended = 0;
  for (let i = 0; i < count; i++) {
    const own = stream.fork(i);
    const lambda = 10 ** (-4 * own.fork('λ').uniform());
    const start = Float64Array.of(3 * own.fork('w').uniform() - 1.5, 2 * own.fork('b').uniform() - 0.5);
    const { point } = trustRegion().minimize(own, toyObjective(lambda), start, goal);
    if (point[1] < 0.5) ended++;
  }
  return compareWithReported('figure.trainable-bias.plateau', {
    quantity: 'share of descents that end on the plateau b ≤ 0, where the loss is 1',
    reported: 0,
    origin: derived('(0, 1) being where Figure 2 has descents end'),
    measured: ended / count,
    within: { value: 1 / count, because: 'one descent' },
    finding: `${ended} of ${count} descents end where no unit is active: the weight vanishes there too, and nothing is learned.`,
  });
}

const goal = { gradientTolerance: 1e-11, curvatureTolerance: 1e-6 };

/** Descends from several weights at b = 0 and keeps the lowest end: the numerical global minimiser. */
export function lowestEnd(
  stream: RandomStream,
  objective: RandomizedObjective,
): { w: number; value: number } {
  let best = { w: 0, value: objective.value(new Float64Array(2)) };
  for (const start of [0.25, 0.45, 0.7, 1.1]) {
    const { point, value } = trustRegion().minimize(stream, objective, Float64Array.of(start, 0), goal);
    if (value < best.value) best = { w: Math.abs(point[0]), value };
  }
  return best;
}

/** The λ at which the numerical minimiser of the frozen toy jumps to 0, by bisection. */
export function measuredJump(stream: RandomStream): number {
  let low = 0.3;
  let high = 0.6;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (lowestEnd(stream.fork(i), frozenShift(toyObjective(middle))).w > 0.1) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const regularizations = Array.from({ length: 49 }, (_, i) => 10 ** (-4 + i / 12));

/** Figure 1: the minimising weight over λ, numerical and from the closed form. */
export function frozenBiasCharts(stream: RandomStream): Chart[] {
  const numerical = regularizations.map((lambda, i) => {
    const { w } = lowestEnd(stream.fork(i), frozenShift(toyObjective(lambda)));
    return [lambda, w] as const;
  });
  const weights = Array.from({ length: 61 }, (_, i) => i / 75);
  return [
    {
      id: 'frozen-bias-minimiser',
      figure: 'figure.frozen-bias',
      origin: 'measured',
      title: 'Minimising weight with the bias frozen at 0',
      caption:
        'The weight that minimises the loss stays near 0.47 for small λ, falls slowly, and jumps to 0 near λ = 0.45: without a trained bias, small regularization does not make the weight vanish.',
      x: { label: 'regularization λ', scale: 'log' },
      y: { label: 'minimising |w|', scale: 'linear' },
      series: [
        { name: 'numerical minimiser', mark: 'dots', points: numerical },
        {
          name: 'closed form',
          mark: 'line',
          points: regularizations.map((l) => [l, frozenMinimiser(l)] as const),
        },
      ],
      rules: [{ axis: 'y', at: 0.4738, label: '0.4738' }],
    },
    {
      id: 'frozen-bias-loss',
      figure: 'figure.frozen-bias',
      origin: 'redrawn',
      title: 'The loss stated for Figure 1, in closed form',
      caption:
        'Loss over w at b = 0 for four regularizations. The well near 0.47 is the lowest point until λ reaches 0.45; w = 0 is a local minimum throughout.',
      x: { label: 'weight w', scale: 'linear' },
      y: { label: 'loss', scale: 'linear' },
      series: [0.01, 0.2, 0.45, 0.7].map((lambda) => ({
        name: `λ = ${lambda}`,
        mark: 'line' as const,
        points: weights.map((w) => [w, frozenLoss(w, lambda)] as const),
      })),
      rules: [],
    },
  ];
}

/** Figure 2: the weight along two descents from one start, with the bias trained and frozen. */
export function trainedBiasCharts(stream: RandomStream, regularization: number): Chart[] {
  const path = (objective: RandomizedObjective): (readonly [number, number])[] => {
    const start = Float64Array.of(0.8, 0);
    const points: (readonly [number, number])[] = [[0, 0.8]];
    // A first-order path shows the course; the trust region of the claim gets there in a dozen steps.
    const step = 0.02;
    const x = start.slice();
    const gradient = new Float64Array(2);
    for (let i = 1; i <= 2000; i++) {
      objective.gradientInto(gradient, x);
      for (let j = 0; j < 2; j++) x[j] -= step * gradient[j];
      if (i % 20 === 0) points.push([i, Math.abs(x[0])]);
    }
    return points;
  };
  return [
    {
      id: 'trained-bias-path',
      figure: 'figure.trainable-bias',
      origin: 'measured',
      title: `Weight along gradient descent at λ = ${regularization}`,
      caption:
        'From the same start, the weight goes to 0 when the bias is trained and stays near 0.47 when it is frozen.',
      x: { label: 'step', scale: 'linear' },
      y: { label: '|w|', scale: 'linear' },
      series: [
        { name: 'bias trained', mark: 'line', points: path(toyObjective(regularization)) },
        { name: 'bias frozen at 0', mark: 'line', points: path(frozenShift(toyObjective(regularization))) },
      ],
      rules: [],
    },
    {
      id: 'trained-bias-minimiser',
      figure: 'figure.trainable-bias',
      origin: 'measured',
      title: 'Final weight with the bias trained',
      caption: 'Descents from w = 0.8, b = 0 end with a weight that rounds to 0 at every λ.',
      x: { label: 'regularization λ', scale: 'log' },
      y: { label: 'final |w|', scale: 'linear' },
      series: [
        {
          name: 'trust region',
          mark: 'dots',
          points: regularizations.map((lambda, i) => {
            const start = Float64Array.of(0.8, 0);
            const end = trustRegion().minimize(stream.fork(i), toyObjective(lambda), start, goal);
            return [lambda, Math.abs(end.point[0])] as const;
          }),
        },
      ],
      rules: [],
    },
  ];
}
