import { describe, expect, test } from 'vitest';
import { tanh } from '../../src/applications/networks/activations.ts';
import { labelNodes } from '../../src/applications/networks/labelledNodes.ts';
import { frozenOutputConstants } from '../../src/applications/networks/lipschitzConstants.ts';
import type { Loss } from '../../src/applications/networks/losses.ts';
import { logCosh, squared } from '../../src/applications/networks/losses.ts';

const moments = { second: 3, third: 7 };
const weights = [3, -4, 1];
// ‖a‖₁ = 8, ‖a‖² = 26, ‖a‖_∞ = 4.
const [one, square, most] = [8, 26, 4];

describe('Lipschitz constants of a risk whose output layer is frozen', () => {
  const bounds = (loss: Loss, l1: number) => {
    const [, s1, s2, s3] = tanh.suprema;
    const [, l2, l3] = loss.suprema;
    const norm = Math.sqrt(square);
    return {
      gradientLipschitz: 3 * (l2 * s1 ** 2 * square + l1 * s2 * most) + 2 * 0.25,
      hessianLipschitz: 7 * (l3 * s1 ** 3 * norm ** 3 + 3 * l2 * s1 * s2 * norm * most + l1 * s3 * most),
    };
  };
  const close = (actual: object, expected: Readonly<Record<string, number>>) => {
    for (const [name, value] of Object.entries(expected))
      expect(Number(Object.entries(actual).find(([key]) => key === name)?.[1]) / value).toBeCloseTo(1, 12);
  };

  test('are those of the chain rule where the slope of the loss is bounded', () => {
    close(
      frozenOutputConstants(tanh, logCosh, weights, 0.5, 2, moments, 0.25),
      bounds(logCosh, logCosh.suprema[0]),
    );
  });

  test('bound the residual of the squared loss by the largest output and label', () => {
    const residual = one * tanh.suprema[0] + 0.5 + 2;
    const expected = bounds(squared, squared.suprema[1] * residual);
    close(frozenOutputConstants(tanh, squared, weights, -0.5, 2, moments, 0.25), expected);
  });
});

describe('labelled nodes', () => {
  const points = Float64Array.of(1, 10, 100, 2, 20, 200);
  const nodes = { points, weights: Float64Array.of(0.25, 0.75) };
  const noise = {
    weights: [0.5, 0.5],
    scales: [1, -2],
    offsets: [0.5, 1],
  };

  test('split each point, label it by what the teacher sees, and know the largest noisy label', () => {
    const labelled = labelNodes(nodes, 3, 2, (x, at) => x[at] + x[at + 1], noise);
    expect([...labelled.relevant]).toEqual([1, 10, 2, 20]);
    expect([...labelled.irrelevant]).toEqual([100, 200]);
    expect([...labelled.labels]).toEqual([11, 22]);
    // |22 + 0.5| and |−2·22 + 1|.
    expect(labelled.largestLabel).toBe(43);
    expect(labelled.count).toBe(2);
  });
});
