import { describe, expect, test } from 'vitest';
import { plainGradient } from '../../../../scripts/bench/plainGradient.ts';
import {
  type Activation,
  erf,
  gelu,
  hermite,
  sine,
  smoothRelu,
  tanh,
} from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { type Loss, losses, squared } from '../../../../src/applications/networks/model/losses.ts';
import { type NetworkRisk, networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { sampleNodes } from '../../../../src/applications/networks/training/inputSamples.ts';
import { multiplyInto, rowMajor } from '../../../../src/numerics/linalg/matrixView.ts';
import { simdProducts } from '../../../../src/numerics/linalg/simdProducts.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('networks-instruments');
const activations = [
  tanh,
  sine,
  erf,
  gelu,
  smoothRelu(2),
  smoothRelu(20),
  hermite(2),
  hermite(3),
  hermite(5),
];

/**
 * A derivative by central differences with two steps, and how far it can be from the true one: four times the
 * change from halving the step (the truncation error falls by four each time), plus the rounding of f.
 */
function centralDifference(f: (t: number) => number, magnitude: number, step = 2 ** -12) {
  const at = (h: number) => (f(h) - f(-h)) / (2 * h);
  const coarse = at(step);
  const fine = at(step / 2);
  return {
    derivative: fine,
    error: 4 * Math.abs(coarse - fine) + (512 * Number.EPSILON * (magnitude + 1)) / step,
  };
}

function jet(activation: Activation, z: number): [number, number, number] {
  const [v, f, s] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
  activation.jetsInto(v, f, s, Float64Array.of(z), 1);
  return [v[0], f[0], s[0]];
}

describe('activations', () => {
  test.each(activations)('$name: each derivative is that of the one before, on [-6, 6]', (activation) => {
    for (let z = -6; z <= 6; z += 0.0937) {
      const [value, first, second] = jet(activation, z);
      const one = centralDifference((t) => jet(activation, z + t)[0], Math.abs(value));
      const two = centralDifference((t) => jet(activation, z + t)[1], Math.abs(first));
      expect(Math.abs(one.derivative - first)).toBeLessThanOrEqual(one.error);
      expect(Math.abs(two.derivative - second)).toBeLessThanOrEqual(two.error);
    }
  });

  test.each(activations)('$name: the suprema bound every derivative and are attained', (activation) => {
    const largest = [0, 0, 0, 0];
    for (let z = -8; z <= 8; z += 1 / 512) {
      const [value, first, second] = jet(activation, z);
      const third = centralDifference((t) => jet(activation, z + t)[2], Math.abs(second));
      const found = [value, first, second, third.derivative];
      for (let i = 0; i < 4; i++) {
        const slack = i === 3 ? third.error : 8 * Number.EPSILON;
        expect(Math.abs(found[i])).toBeLessThanOrEqual(activation.suprema[i] + slack);
        largest[i] = Math.max(largest[i], Math.abs(found[i]));
      }
    }
    // A bound that is nowhere near attained would make the constants of a theorem needlessly weak.
    for (let i = 0; i < 4; i++) {
      if (Number.isFinite(activation.suprema[i])) {
        expect(largest[i]).toBeGreaterThanOrEqual(0.99 * activation.suprema[i]);
      }
    }
  });

  test('smooth ReLU neither overflows nor loses its tail, far out on both sides', () => {
    const activation = smoothRelu(50);
    expect(jet(activation, 1000)).toEqual([1000, 1, 0]);
    expect(jet(activation, -1000)).toEqual([0, 0, 0]);
    const [tail] = jet(activation, -0.5);
    expect(tail).toBeCloseTo(Math.log1p(Math.exp(-25)) / 50, 25);
  });

  test('Hermite polynomials are the textbook ones', () => {
    for (const z of [-2.5, -1, 0, 0.3, 4]) {
      expect(jet(hermite(4), z)[0]).toBeCloseTo(z ** 4 - 6 * z * z + 3, 10);
      expect(jet(hermite(3), z)[1]).toBeCloseTo(3 * z * z - 3, 10);
    }
  });
});

describe('losses', () => {
  test.each([...losses.values()])('$name: derivatives agree with differences, suprema hold', (loss) => {
    const largest = [0, 0, 0];
    for (let p = -7; p <= 7; p += 1 / 128) {
      for (const y of loss.binaryLabels ? [-1, 1] : [-1, 0.25, 1]) {
        const one = centralDifference((t) => loss.value(p + t, y), loss.value(p, y));
        const two = centralDifference((t) => loss.first(p + t, y), Math.abs(loss.first(p, y)));
        const three = centralDifference((t) => loss.second(p + t, y), Math.abs(loss.second(p, y)));
        expect(Math.abs(one.derivative - loss.first(p, y))).toBeLessThanOrEqual(one.error);
        expect(Math.abs(two.derivative - loss.second(p, y))).toBeLessThanOrEqual(two.error);
        const found = [loss.first(p, y), loss.second(p, y), three.derivative];
        for (let i = 0; i < 3; i++) {
          expect(Math.abs(found[i])).toBeLessThanOrEqual(loss.suprema[i] + three.error + 8 * Number.EPSILON);
          largest[i] = Math.max(largest[i], Math.abs(found[i]));
        }
      }
    }
    for (let i = 0; i < 3; i++) {
      if (Number.isFinite(loss.suprema[i])) {
        expect(largest[i]).toBeGreaterThanOrEqual(0.99 * loss.suprema[i]);
      }
    }
  });
});

describe('blocked products', () => {
  test('equal plain loops, for every size modulo the tile and every transposition', () => {
    const stream = root.fork('products');
    for (let trial = 0; trial < 60; trial++) {
      const [rows, columns, inner] = [1, 2, 3].map(() => stream.integer(1, 13));
      const a = rowMajor(gaussianInto(new Float64Array(rows * inner), stream), 0, rows, inner);
      const b = rowMajor(gaussianInto(new Float64Array(inner * columns), stream), 0, inner, columns);
      const at = rowMajor(transposed(a.data, rows, inner), 0, inner, rows);
      const bt = rowMajor(transposed(b.data, inner, columns), 0, columns, inner);
      const plain = new Float64Array(rows * columns);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          for (let k = 0; k < inner; k++)
            plain[i * columns + j] += a.data[i * inner + k] * b.data[k * columns + j];
        }
      }
      const out = () => rowMajor(new Float64Array(rows * columns), 0, rows, columns);
      // The order of each sum is that of plain loops, so equality is exact.
      expect(multiplyInto(out(), a, b, 'AB', 'set').data).toEqual(plain);
      expect(multiplyInto(out(), at, b, 'AᵀB', 'add').data).toEqual(plain);
      expect(multiplyInto(out(), a, bt, 'ABᵀ', 'set').data).toEqual(plain);
      expect(multiplyInto(out(), at, bt, 'AᵀBᵀ', 'add').data).toEqual(plain);
    }
  });
});

describe('vector products', () => {
  test('equal plain loops bit for bit, for every size modulo the tile, transposition and accumulation', () => {
    const stream = root.fork('vector products');
    // One memory for all: what a larger product left behind must not be seen by a smaller one.
    const simd = simdProducts();
    for (let trial = 0; trial < 80; trial++) {
      const [rows, columns, inner] = [1, 2, 3].map(() => stream.integer(1, trial % 10 === 0 ? 200 : 21));
      const a = rowMajor(gaussianInto(new Float64Array(rows * inner), stream), 0, rows, inner);
      const b = rowMajor(gaussianInto(new Float64Array(inner * columns), stream), 0, inner, columns);
      const at = rowMajor(transposed(a.data, rows, inner), 0, inner, rows);
      const bt = rowMajor(transposed(b.data, inner, columns), 0, columns, inner);
      const before = gaussianInto(new Float64Array(rows * columns), stream);
      const out = () => rowMajor(before.slice(), 0, rows, columns);
      for (const mode of ['set', 'add'] as const) {
        const expected = multiplyInto(out(), a, b, 'AB', mode).data;
        expect(simd.multiplyInto(out(), a, b, 'AB', mode).data).toEqual(expected);
        expect(simd.multiplyInto(out(), at, b, 'AᵀB', mode).data).toEqual(expected);
        expect(simd.multiplyInto(out(), a, bt, 'ABᵀ', mode).data).toEqual(expected);
        expect(simd.multiplyInto(out(), at, bt, 'AᵀBᵀ', mode).data).toEqual(expected);
      }
    }
  });
});

function transposed(data: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = data[i * columns + j];
  return out;
}

interface Case {
  readonly risk: NetworkRisk;
  readonly x: Float64Array;
  readonly label: string;
}

/** A random architecture with a random activation and loss. */
function randomCase(
  stream: RandomStream,
  change: (loss: Loss, activation: Activation) => [Loss, Activation],
): Case {
  const d = stream.integer(1, 4);
  const k = stream.integer(0, d - 1);
  const depth = stream.integer(1, 6);
  const widths = Array.from({ length: depth }, () => stream.integer(1, 7));
  const drawn = [...losses.values()][stream.integer(0, losses.size - 1)];
  const [loss, activation] = change(drawn, activations[stream.integer(0, 5)]);
  const nodes = sampleNodes(stream.fork('nodes'), stream.integer(1, 40), d);
  const risk = networkRisk({
    inputDimension: d,
    relevantDimension: k,
    widths,
    activation,
    loss,
    teacher: (u, at) => {
      const s = k === 0 ? 0.4 : u[at];
      return loss.binaryLabels ? (s >= 0 ? 1 : -1) : Math.tanh(s);
    },
    noise: loss.binaryLabels
      ? { scales: [1, -1], offsets: [0, 0], weights: [0.9, 0.1] }
      : { scales: [1, 1], offsets: [-0.2, 0.2], weights: [0.5, 0.5] },
    regularization: stream.uniform(),
    relevantRegularization: stream.uniform(),
    deeperRegularization: stream.uniform(),
    nodes,
  });
  return {
    risk,
    x: initialParameters(stream.fork('start'), risk.layout),
    label: `${widths} ${activation.name} ${loss.name} d=${d} k=${k}`,
  };
}

/** Largest excess of |derivative − difference| over the difference's own error: above 0 means a wrong derivative. */
function worstDerivativeExcess(
  { risk, x }: Case,
  stream: RandomStream,
): { gradient: number; product: number } {
  const n = risk.dimension;
  const v = gaussianInto(new Float64Array(n), stream);
  const w = gaussianInto(new Float64Array(n), stream);
  const g = risk.gradientInto(new Float64Array(n), x);
  const hv = risk.hessianVectorInto(new Float64Array(n), x, v);
  const moved = (t: number) => x.map((xi, i) => xi + t * v[i]);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((s, ai, i) => s + ai * b[i], 0);
  const step = 2 ** -13 / Math.sqrt(n);
  const slope = centralDifference((t) => risk.value(moved(t)), Math.abs(risk.value(x)), step);
  const scratch = new Float64Array(n);
  const size = Math.sqrt(dot(w, w)) * Math.sqrt(dot(g, g));
  const bend = centralDifference((t) => dot(risk.gradientInto(scratch, moved(t)), w), size, step);
  return {
    gradient: Math.abs(dot(g, v) - slope.derivative) - slope.error,
    product: Math.abs(dot(hv, w) - bend.derivative) - bend.error,
  };
}

const unchanged = (loss: Loss, activation: Activation): [Loss, Activation] => [loss, activation];

describe('network risk', () => {
  test('value is the definition, node by node', () => {
    const stream = root.fork('value');
    const nodes = sampleNodes(stream.fork('nodes'), 23, 3);
    const teacher = (u: Float64Array, at: number) => Math.sin(u[at] + u[at + 1]);
    const options = {
      inputDimension: 3,
      relevantDimension: 2,
      widths: [4, 3],
      activation: tanh,
      loss: squared,
    };
    const risk = networkRisk({ ...options, teacher, regularization: 0.3, nodes });
    const x = initialParameters(stream, risk.layout);
    // W⊥ 4×1, b 4, W∥ 4×2, W₂ 3×4, b₂ 3, a 3, c.
    let expected = 0;
    for (let n = 0; n < 23; n++) {
      const u = nodes.points.subarray(3 * n, 3 * n + 3);
      const h1 = [0, 1, 2, 3].map((i) =>
        Math.tanh(x[i] * u[2] + x[4 + i] + x[8 + 2 * i] * u[0] + x[9 + 2 * i] * u[1]),
      );
      const h2 = [0, 1, 2].map((i) =>
        Math.tanh(h1.reduce((s, h, j) => s + x[16 + 4 * i + j] * h, x[28 + i])),
      );
      const p = h2.reduce((s, h, j) => s + x[31 + j] * h, x[34]);
      expected += (p - Math.sin(u[0] + u[1])) ** 2 / 23;
    }
    for (const i of [0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15]) expected += 0.3 * x[i] * x[i];
    expect(risk.dimension).toBe(35);
    expect(Math.abs(risk.value(x) - expected)).toBeLessThanOrEqual(23 * 40 * Number.EPSILON * (1 + expected));
  });

  test('gradient and Hessian product agree with differences on random architectures', () => {
    for (let trial = 0; trial < 120; trial++) {
      const stream = root.fork(`derivatives ${trial}`);
      const drawn = randomCase(stream, unchanged);
      const { gradient, product } = worstDerivativeExcess(drawn, stream);
      expect(gradient, drawn.label).toBeLessThanOrEqual(0);
      expect(product, drawn.label).toBeLessThanOrEqual(0);
    }
  });

  test('the Hessian is symmetric, and its shift block is the same by both roads', () => {
    for (let trial = 0; trial < 40; trial++) {
      const stream = root.fork(`symmetry ${trial}`);
      const { risk, x, label } = randomCase(stream, unchanged);
      const n = risk.dimension;
      const v = gaussianInto(new Float64Array(n), stream);
      const w = gaussianInto(new Float64Array(n), stream);
      const hv = risk.hessianVectorInto(new Float64Array(n), x, v);
      const hw = risk.hessianVectorInto(new Float64Array(n), x, w);
      const dot = (a: Float64Array, b: Float64Array) => a.reduce((s, ai, i) => s + ai * b[i], 0);
      const size = Math.sqrt(dot(hv, hv) * dot(w, w)) + Math.sqrt(dot(hw, hw) * dot(v, v));
      const slack = 4096 * n * Number.EPSILON * (size + 1);
      expect(Math.abs(dot(hv, w) - dot(hw, v)), label).toBeLessThanOrEqual(slack);
      const { start, length } = risk.shift;
      const block = risk.shiftHessianInto(new Float64Array(length * length), x);
      for (let i = 0; i < length; i++) {
        const column = risk.hessianVectorInto(new Float64Array(n), x, unit(n, start + i));
        const scale = Math.sqrt(dot(column, column)) + 1;
        for (let j = 0; j < length; j++) {
          expect(Math.abs(block[i * length + j] - column[start + j]), label).toBeLessThanOrEqual(
            4096 * n * Number.EPSILON * scale,
          );
        }
      }
    }
  });

  /** A network of one wide layer, its nodes spread over several batches. */
  const wideRisk = (width: number, count: number) => () => {
    const nodes = sampleNodes(root.fork('wide nodes'), count, 2);
    const options = { inputDimension: 2, relevantDimension: 1, activation: tanh, loss: squared };
    return networkRisk({
      ...options,
      widths: [width],
      nodes,
      teacher: (u, at) => u[at],
      regularization: 0.1,
    });
  };
  test.each([
    ['one batch', () => randomCase(root.fork('reuse'), unchanged).risk],
    ['several batches, each with its own pass', wideRisk(256, 700)],
    ['more batches than are remembered', wideRisk(1000, 600)],
  ])(
    'what was computed at one point is not taken for another, nor for a buffer that changed: %s',
    (_, build) => {
      const stream = root.fork('reuse points');
      const risk = build();
      const n = risk.dimension;
      const x = initialParameters(stream, risk.layout);
      const v = gaussianInto(new Float64Array(n), stream);
      const buffer = x.slice();
      const fresh = (y: Float64Array) => {
        const again = build();
        return {
          value: again.value(y),
          gradient: again.gradientInto(new Float64Array(n), y),
          product: again.hessianVectorInto(new Float64Array(n), y, v),
        };
      };
      for (let trial = 0; trial < 3; trial++) {
        const expected = fresh(buffer);
        // In this order each call finds the state that the one before left behind.
        expect(risk.hessianVectorInto(new Float64Array(n), buffer, v)).toEqual(expected.product);
        expect(risk.value(buffer)).toBe(expected.value);
        expect(risk.gradientInto(new Float64Array(n), buffer)).toEqual(expected.gradient);
        const copy = buffer.slice();
        buffer.fill(7);
        expect(risk.hessianVectorInto(new Float64Array(n), copy, v)).toEqual(expected.product);
        if (n < 100) risk.expectationErrorAt(copy);
        expect(risk.gradientInto(new Float64Array(n), copy)).toEqual(expected.gradient);
        gaussianInto(buffer, stream);
      }
      // One entry at a time: every one of them has to be noticed; of a large network some.
      const point = x.slice();
      for (let i = 0; i < n; i += n < 100 ? 1 : Math.ceil(n / 12)) {
        risk.gradientInto(new Float64Array(n), point);
        point[i] += 0.5;
        expect(risk.value(point)).toBe(build().value(point));
      }
    },
  );

  test('batches do not change the answer', () => {
    // 256 rows of width 256 fill a batch; 1000 nodes take four, the last one short.
    const stream = root.fork('batches');
    const nodes = sampleNodes(stream.fork('nodes'), 1000, 2);
    const options = {
      inputDimension: 2,
      relevantDimension: 1,
      widths: [256],
      activation: tanh,
      loss: squared,
    };
    const common = { ...options, teacher: (u: Float64Array, at: number) => u[at], regularization: 0 };
    const whole = networkRisk({ ...common, nodes });
    const x = initialParameters(stream, whole.layout);
    const total = whole.gradientInto(new Float64Array(x.length), x);
    const sum = new Float64Array(x.length);
    for (let n = 0; n < 1000; n++) {
      const single = networkRisk({
        ...common,
        nodes: { points: nodes.points.slice(2 * n, 2 * n + 2), weights: Float64Array.of(1) },
      });
      single.gradientInto(new Float64Array(x.length), x).forEach((g, i) => {
        sum[i] += g / 1000;
      });
    }
    for (let i = 0; i < x.length; i++) expect(Math.abs(sum[i] - total[i])).toBeLessThan(1e5 * Number.EPSILON);
  });

  test('the gradient is that of plain loops to rounding, at a size where vector instructions are used', () => {
    const stream = root.fork('plain loops');
    const [n, d, h] = [40, 21, 50];
    const nodes = sampleNodes(stream.fork('nodes'), n, d);
    const options = { inputDimension: d, relevantDimension: 1, widths: [h], activation: tanh, loss: squared };
    const risk = networkRisk({ ...options, teacher: (u, at) => u[at], regularization: 0, nodes });
    const { layout } = risk;
    const x = initialParameters(stream, layout);
    // Plain loops keep W whole: the relevant column first, as in the inputs.
    const whole = (y: Float64Array) => {
      const W = Array.from({ length: h * d }, (_, e) => {
        const [i, j] = [Math.floor(e / d), e % d];
        return j === 0 ? y[layout.relevant.start + i] : y[layout.weights.start + i * (d - 1) + j - 1];
      });
      const rest = [layout.shift, layout.outputWeights].flatMap(({ start }) => [
        ...y.subarray(start, start + h),
      ]);
      return Float64Array.from([...W, ...rest, y[layout.outputShift.start]]);
    };
    const labels = Float64Array.from({ length: n }, (_, i) => nodes.points[i * d]);
    const plain = plainGradient(whole(x), nodes.points, labels, h);
    const ours = whole(risk.gradientInto(new Float64Array(x.length), x));
    const size = Math.hypot(...plain);
    for (let i = 0; i < plain.length; i++) {
      expect(Math.abs(ours[i] - plain[i])).toBeLessThanOrEqual(8 * (n + d + h) * Number.EPSILON * size);
    }
  });

  const wrong: [string, (loss: Loss, activation: Activation) => [Loss, Activation]][] = [
    ['the slope of the activation off by 1 %', (l, a) => [l, scaled(a, 1.01, 1)]],
    ['the curvature of the activation off by 1 %', (l) => [l, scaled(tanh, 1, 1.01)]],
    ['the curvature of the activation left out', (l) => [l, scaled(sine, 1, 0)]],
    ['the slope of the loss without its factor', (_, a) => [{ ...squared, first: (p, y) => p - y }, a]],
    ['the curvature of the loss taken as 1', (_, a) => [{ ...squared, second: () => 1 }, a]],
  ];
  test.each(wrong)('a broken derivative is caught: %s', (_, change) => {
    let caught = 0;
    for (let trial = 0; trial < 20; trial++) {
      const stream = root.fork(`broken ${trial}`);
      const { gradient, product } = worstDerivativeExcess(randomCase(stream, change), stream);
      if (gradient > 0 || product > 0) caught++;
    }
    expect(caught).toBeGreaterThanOrEqual(19);
  });
});

function unit(dimension: number, index: number): Float64Array {
  const e = new Float64Array(dimension);
  e[index] = 1;
  return e;
}

function scaled(activation: Activation, slope: number, curvature: number): Activation {
  return {
    ...activation,
    jetsInto(value, first, second, inputs, count) {
      activation.jetsInto(value, first, second, inputs, count);
      for (let i = 0; i < count; i++) {
        first[i] *= slope;
        second[i] *= curvature;
      }
    },
  };
}
