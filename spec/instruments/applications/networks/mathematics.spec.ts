import { describe, expect, test } from 'vitest';
import {
  type Activation,
  erf,
  gelu,
  hermite,
  sine,
  smoothRelu,
  tanh,
} from '../../../../src/applications/networks/model/activations.ts';
import { frozenOutputConstants } from '../../../../src/applications/networks/model/lipschitzConstants.ts';
import type { Loss } from '../../../../src/applications/networks/model/losses.ts';
import {
  angular,
  gemanMcClure,
  logCosh,
  logistic,
  losses,
  pseudoHuber,
  squared,
} from '../../../../src/applications/networks/model/losses.ts';
import { labelNodes } from '../../../../src/applications/networks/risk/labelledNodes.ts';
import {
  flipNoise,
  indexTeacher,
  signTeacher,
  twoPointNoise,
} from '../../../../src/applications/networks/risk/teacher.ts';
import { multiplyInto, rowMajor } from '../../../../src/numerics/linalg/matrixView.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

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
      frozenOutputConstants({
        activation: tanh,
        loss: logCosh,
        outputWeights: weights,
        outputShift: 0.5,
        largestLabel: 2,
        moments,
        regularization: 0.25,
      }),
      bounds(logCosh, logCosh.suprema[0]),
    );
  });

  test('bound the residual of the squared loss by the largest output and label', () => {
    const residual = one * tanh.suprema[0] + 0.5 + 2;
    const expected = bounds(squared, squared.suprema[1] * residual);
    close(
      frozenOutputConstants({
        activation: tanh,
        loss: squared,
        outputWeights: weights,
        outputShift: -0.5,
        largestLabel: 2,
        moments,
        regularization: 0.25,
      }),
      expected,
    );
  });

  test('are infinite where the residual or a derivative of the activation has no bound', () => {
    const unbounded = frozenOutputConstants({
      activation: gelu,
      loss: squared,
      outputWeights: weights,
      outputShift: 0,
      largestLabel: 1,
      moments,
      regularization: 0,
    });
    expect(unbounded).toEqual({ gradientLipschitz: Infinity, hessianLipschitz: Infinity });
    // The slope of GELU is bounded, though its values are not: enough for a loss of bounded slope.
    close(
      frozenOutputConstants({
        activation: gelu,
        loss: logCosh,
        outputWeights: [1],
        outputShift: 0,
        largestLabel: 1,
        moments,
        regularization: 0,
      }),
      {
        gradientLipschitz: 3 * (gelu.suprema[1] ** 2 + gelu.suprema[2]),
      },
    );
  });

  test('need a unit and a penalty', () => {
    const of = (a: number[], penalty: number) =>
      frozenOutputConstants({
        activation: tanh,
        loss: logCosh,
        outputWeights: a,
        outputShift: 0,
        largestLabel: 1,
        moments,
        regularization: penalty,
      });
    expect(() => of([], 0)).toThrow('outputWeights.length: expected an integer in [1,');
    expect(() => of([1], -1e-9)).toThrow('regularization: expected a number in [0,');
    expect(() => of([1], Infinity)).toThrow('regularization: expected a number in [0,');
    expect(of([0], 0)).toEqual({ gradientLipschitz: 0, hessianLipschitz: 0 });
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

describe('losses, by their formulas', () => {
  const predictions = [-3, -0.7, 0, 0.25, 2, 5];
  const residuals = (of: (r: number) => number, loss: Loss) => {
    for (const y of [-1, 0, 0.25, 2])
      for (const p of predictions) expect(loss.value(p, y)).toBeCloseTo(of(p - y), 12);
  };

  test('of the residual', () => {
    residuals((r) => r * r, squared);
    residuals((r) => Math.sqrt(1 + r * r) - 1, pseudoHuber);
    residuals((r) => Math.log(Math.cosh(r)), logCosh);
    residuals((r) => 1 - 1 / (1 + r * r), gemanMcClure);
  });

  test('of the margin', () => {
    for (const p of predictions) {
      expect(logistic.value(p, 1)).toBeCloseTo(Math.log(1 + Math.exp(-p)), 12);
      expect(logistic.value(p, -1)).toBeCloseTo(Math.log(1 + Math.exp(p)), 12);
    }
  });

  test('neither overflow nor cancel', () => {
    for (const p of [-1e4, 1e4]) {
      expect(logistic.value(p, 1)).toBe(p < 0 ? 1e4 : 0);
      expect(logistic.first(p, 1)).toBeCloseTo(p < 0 ? -1 : 0, 15);
      expect(logistic.first(p, -1)).toBeCloseTo(p < 0 ? 0 : 1, 15);
      expect(logistic.second(p, 1)).toBe(0);
      expect(logCosh.value(p, 0)).toBeCloseTo(1e4 - Math.LN2, 10);
    }
    // r²/2 to the last bits, where 1 + r² is 1.
    expect(pseudoHuber.value(1e-9, 0) / 5e-19).toBeCloseTo(1, 12);
  });

  test('are convex where they say so, and six', () => {
    for (const loss of losses.values()) {
      const curvatures = Array.from({ length: 801 }, (_, i) => loss.second((i - 400) / 50, 1));
      expect(curvatures.every((curvature) => curvature >= 0)).toBe(loss.convex);
    }
    expect([...losses.keys()]).toEqual(
      [squared, logistic, pseudoHuber, logCosh, gemanMcClure, angular].map(({ name }) => name),
    );
    expect([...losses.values()].filter(({ binaryLabels }) => binaryLabels)).toEqual([logistic]);
  });
});

describe('activations, by their formulas', () => {
  const inputs = Float64Array.of(-3, -0.8, 0, 0.5, 2.5);
  const filled = (activation: Activation, count: number) => {
    const jets = [0, 1, 2].map(() => new Float64Array(inputs.length).fill(99));
    activation.jetsInto(jets[0], jets[1], jets[2], inputs, count);
    return jets.map((jet) => [...jet]);
  };
  const all = [tanh, sine, erf, gelu, smoothRelu(3), hermite(1), hermite(4)];

  test('have the values they are named after', () => {
    // erf by its series, Φ by erf.
    const erfOf = (z: number) => {
      let [sum, term] = [0, z];
      for (let n = 0; n < 80; n++) {
        sum += term / (2 * n + 1);
        term *= -(z * z) / (n + 1);
      }
      return (2 / Math.sqrt(Math.PI)) * sum;
    };
    const formulas: [Activation, (z: number) => number][] = [
      [tanh, (z) => (Math.exp(z) - Math.exp(-z)) / (Math.exp(z) + Math.exp(-z))],
      [sine, (z) => Math.sin(z)],
      [erf, erfOf],
      [gelu, (z) => (z / 2) * (1 + erfOf(z / Math.SQRT2))],
      [smoothRelu(3), (z) => Math.log(1 + Math.exp(3 * z)) / 3],
      [hermite(1), (z) => z],
      [hermite(2), (z) => z * z - 1],
      [hermite(4), (z) => z ** 4 - 6 * z * z + 3],
    ];
    for (const [activation, formula] of formulas)
      filled(activation, 5)[0].forEach((value, i) => {
        expect(value).toBeCloseTo(formula(inputs[i]), 11);
      });
  });

  test.each(all)('$name writes the entries that it is asked for and no other', (activation) => {
    const whole = filled(activation, 5);
    filled(activation, 3).forEach((jet, order) => {
      expect(jet).toEqual([...whole[order].slice(0, 3), 99, 99]);
    });
  });

  test('parameters have a range', () => {
    expect(() => smoothRelu(0)).toThrow('sharpness: expected a finite number above 0');
    expect(() => hermite(0)).toThrow('degree: expected an integer in [1, 12], got 0');
    expect(() => hermite(13)).toThrow('degree: expected an integer in [1, 12], got 13');
    expect(hermite(12).suprema).toEqual([Infinity, Infinity, Infinity, Infinity]);
    expect([1, 2, 3, 4].map((degree) => hermite(degree).suprema)).toEqual([
      [Infinity, 1, 0, 0],
      [Infinity, Infinity, 2, 0],
      [Infinity, Infinity, Infinity, 6],
      [Infinity, Infinity, Infinity, Infinity],
    ]);
  });
});

describe('teachers', () => {
  test('are the mean of their links, each of its own direction, from where they are told to read', () => {
    const teacher = indexTeacher([hermite(1), hermite(2), hermite(1)]);
    expect(teacher.relevantDimension).toBe(3);
    expect(teacher.label(Float64Array.of(100, 3, 2, 4, 100), 1)).toBeCloseTo((3 + (4 - 1) + 4) / 3, 14);
    expect(teacher.name).toBe('hermite(1) + hermite(2) over 3 directions');
    expect(indexTeacher([tanh])).toMatchObject({ name: 'tanh over 1 direction', relevantDimension: 1 });
    expect(() => indexTeacher([])).toThrow('links.length: expected an integer in [1,');
  });

  test('of classes say the sign, and 1 for zero', () => {
    const sign = signTeacher(indexTeacher([hermite(1), hermite(1)]));
    expect(sign).toMatchObject({ name: 'sign of hermite(1) over 2 directions', relevantDimension: 2 });
    const values = Float64Array.of(5, -4, -5, 4, 1, -1);
    expect([0, 2, 4].map((at) => sign.label(values, at))).toEqual([1, -1, 1]);
  });

  test('noise has the mean and the deviation that it is named after', () => {
    const moments = ({ scales, offsets, weights: shares }: ReturnType<typeof flipNoise>, label: number) => {
      const labels = scales.map((scale, j) => scale * label + offsets[j]);
      const mean = labels.reduce((sum, y, j) => sum + shares[j] * y, 0);
      const variance = labels.reduce((sum, y, j) => sum + shares[j] * (y - mean) ** 2, 0);
      return [mean, Math.sqrt(variance)];
    };
    const near = (found: readonly number[], expected: readonly number[]) => {
      expected.forEach((value, i) => {
        expect(found[i]).toBeCloseTo(value, 12);
      });
    };
    near(moments(twoPointNoise(0.3), 2), [2, 0.3]);
    // ±1 with probability p of the other: mean (1 − 2p)y, variance 4p(1 − p).
    near(moments(flipNoise(0.2), -1), [-0.6, 0.8]);
  });
});

describe('products of matrices that lie in longer arrays', () => {
  const stream = randomStream('networks-mathematics').fork('products');
  const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 13];

  test.each([
    ['AB', false, false],
    ['ABᵀ', false, true],
    ['AᵀB', true, false],
    ['AᵀBᵀ', true, true],
  ] as const)(
    'equal plain loops bit for bit and leave what is around them alone: %s',
    (form, left, right) => {
      for (const rows of sizes) {
        for (const columns of sizes) {
          const inner = stream.integer(1, 6);
          const view = (r: number, c: number) => {
            const offset = stream.integer(0, 3);
            return rowMajor(gaussianInto(new Float64Array(offset + r * c + 2), stream), offset, r, c);
          };
          const a = left ? view(inner, rows) : view(rows, inner);
          const b = right ? view(columns, inner) : view(inner, columns);
          const before = view(rows, columns);
          const entry = (m: typeof a, i: number, j: number, transposed: boolean) =>
            m.data[m.offset + (transposed ? j * m.columns + i : i * m.columns + j)];
          for (const mode of ['set', 'add'] as const) {
            const expected = before.data.slice();
            for (let i = 0; i < rows; i++) {
              for (let j = 0; j < columns; j++) {
                let sum = 0;
                for (let k = 0; k < inner; k++) sum += entry(a, i, k, left) * entry(b, k, j, right);
                const at = before.offset + i * columns + j;
                expected[at] = mode === 'add' ? expected[at] + sum : sum;
              }
            }
            const out = { ...before, data: before.data.slice() };
            expect(multiplyInto(out, a, b, form, mode)).toBe(out);
            expect(out.data).toEqual(expected);
          }
        }
      }
    },
  );
});
