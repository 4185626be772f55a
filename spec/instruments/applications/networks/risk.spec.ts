import { describe, expect, test } from 'vitest';
import { sine, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { logistic, pseudoHuber, squared } from '../../../../src/applications/networks/model/losses.ts';
import {
  type Block,
  irrelevantNorm,
  networkLayout,
} from '../../../../src/applications/networks/model/networkLayout.ts';
import {
  type NetworkRisk,
  type NetworkRiskOptions,
  networkRisk,
} from '../../../../src/applications/networks/risk/networkRisk.ts';
import { sampleNodes } from '../../../../src/applications/networks/training/inputSamples.ts';
import type { NodeSet } from '../../../../src/lemma/nodeExpectation.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('networks-risk');
const seen = (u: Float64Array, at: number) => u[at];

/** A network of d = 3, k = 1 and two hidden layers unless something else is asked for. */
function risk(change: Partial<NetworkRiskOptions> = {}): NetworkRisk {
  return networkRisk({
    inputDimension: 3,
    relevantDimension: 1,
    widths: [2, 3],
    activation: tanh,
    loss: pseudoHuber,
    teacher: seen,
    regularization: 0,
    nodes: sampleNodes(root.fork('nodes'), 5, 3),
    ...change,
  });
}

/** The nodes of a set one by one, each a distribution of its own. */
function single({ points, weights }: NodeSet, d: number): NodeSet[] {
  return Array.from(weights, (_, n) => ({
    points: points.slice(n * d, n * d + d),
    weights: Float64Array.of(1),
  }));
}

const gradientOf = (of: NetworkRisk, x: Float64Array) => of.gradientInto(new Float64Array(x.length), x);
const weightGradientOf = (of: NetworkRisk, x: Float64Array) =>
  gradientOf(of, x).slice(0, of.layout.shift.start);
const shiftHessianOf = (of: NetworkRisk, x: Float64Array) =>
  of.shiftHessianInto(new Float64Array(of.layout.shift.rows ** 2), x);
const distance = (a: Float64Array, b: Float64Array) => Math.hypot(...a.map((ai, i) => ai - b[i]));

function mean(vectors: readonly Float64Array[]): Float64Array {
  const total = new Float64Array(vectors[0].length);
  for (const vector of vectors) for (let i = 0; i < total.length; i++) total[i] += vector[i] / vectors.length;
  return total;
}

function expectClose(actual: Float64Array, expected: Float64Array): void {
  const size = Math.hypot(...expected);
  expect(size).toBeGreaterThan(0);
  // A few sums of fewer than 2¹² numbers each.
  expect(distance(actual, expected)).toBeLessThanOrEqual(2 ** 12 * Number.EPSILON * size);
}

describe('the layout of a network', () => {
  test('places W⊥, b, W∥, the deeper layers and the output one after the other', () => {
    const layout = networkLayout(5, 2, [4, 3, 6]);
    const shape = ({ name, start, rows, columns }: Block) => [name, start, rows, columns];
    expect(layout.blocks.map(shape)).toEqual([
      ['weights', 0, 4, 3],
      ['shift', 12, 4, 1],
      ['relevant', 16, 4, 2],
      ['deeper-weights', 24, 3, 4],
      ['deeper-shifts', 36, 3, 1],
      ['deeper-weights', 39, 6, 3],
      ['deeper-shifts', 57, 6, 1],
      ['output-weights', 63, 1, 6],
      ['output-shift', 69, 1, 1],
    ]);
    expect(layout).toMatchObject({
      dimension: 70,
      inputDimension: 5,
      relevantDimension: 2,
      widths: [4, 3, 6],
    });
    expect(layout.deeperWeights.map(({ start }) => start)).toEqual([24, 39]);
    expect(layout.deeperShifts.map(({ start }) => start)).toEqual([36, 57]);
    expect([layout.weights, layout.shift, layout.relevant]).toEqual(layout.blocks.slice(0, 3));
    expect([layout.outputWeights, layout.outputShift]).toEqual(layout.blocks.slice(7));
  });

  test('needs an input that the teacher ignores, and 1 to 12 layers', () => {
    expect(() => networkLayout(0, 0, [1])).toThrow('inputDimension: expected an integer in [1,');
    expect(() => networkLayout(2, -1, [1])).toThrow(
      'relevantDimension: expected an integer in [0, 1], got -1',
    );
    expect(() => networkLayout(2, 2, [1])).toThrow('relevantDimension: expected an integer in [0, 1], got 2');
    expect(() => networkLayout(2, 1, [])).toThrow('widths.length: expected an integer in [1, 12], got 0');
    const twelve = Array.from({ length: 12 }, () => 1);
    expect(networkLayout(2, 1, twelve).deeperWeights).toHaveLength(11);
    expect(() => networkLayout(2, 1, [...twelve, 1])).toThrow(
      'widths.length: expected an integer in [1, 12], got 13',
    );
    expect(() => networkLayout(2, 1, [1, 0])).toThrow('widths entry: expected an integer in [1,');
  });

  test('the norm of W⊥ is that of its block alone', () => {
    const layout = networkLayout(2, 0, [1]);
    expect(irrelevantNorm(layout, [3, -4, 100, 100, 100])).toBe(5);
    expect(irrelevantNorm(networkLayout(2, 1, [2]), [3, -4, 7, 7, 7, 7, 7, 7, 7])).toBe(5);
  });
});

describe('a risk is made as its options say', () => {
  const penalties = { regularization: 0.3, relevantRegularization: 0.05, deeperRegularization: 0.7 };

  /** What each coordinate costs beside the loss, at 2 in that coordinate alone. */
  function penaltyOf(of: NetworkRisk, { start, rows, columns }: Block): number[] {
    return Array.from({ length: rows * columns }, (_, i) => {
      const x = new Float64Array(of.dimension);
      x[start + i] = 2;
      return of.value(x) - of.loss(x);
    });
  }

  test('each block has its own penalty, and b has none', () => {
    const built = risk(penalties);
    for (const block of built.layout.blocks) {
      const factor =
        block.name === 'weights' ? 0.3 : block.name === 'relevant' ? 0.05 : block.name === 'shift' ? 0 : 0.7;
      for (const cost of penaltyOf(built, block)) expect(cost).toBeCloseTo(4 * factor, 12);
    }
    // By default that of W∥ is λ as well, and nothing behind the first layer has one.
    const plain = risk({ regularization: 0.3 });
    for (const block of plain.layout.blocks) {
      const factor = block.name === 'weights' || block.name === 'relevant' ? 0.3 : 0;
      for (const cost of penaltyOf(plain, block)) expect(cost).toBeCloseTo(4 * factor, 12);
    }
    expect(plain.regularization).toBe(0.3);
  });

  test('the penalties are in the gradient and in the Hessian product as they are in the value', () => {
    const [without, regularized] = [risk(), risk(penalties)];
    const x = initialParameters(root.fork('penalty'), without.layout);
    const v = initialParameters(root.fork('direction'), without.layout);
    const product = (of: NetworkRisk) => of.hessianVectorInto(new Float64Array(x.length), x, v);
    const [g, h] = [gradientOf(regularized, x), product(regularized)];
    const [g0, h0] = [gradientOf(without, x), product(without)];
    for (const block of without.layout.blocks) {
      const factor =
        block.name === 'weights' ? 0.3 : block.name === 'relevant' ? 0.05 : block.name === 'shift' ? 0 : 0.7;
      for (let i = block.start; i < block.start + block.rows * block.columns; i++) {
        expect(g[i] - g0[i]).toBeCloseTo(2 * factor * x[i], 12);
        expect(h[i] - h0[i]).toBeCloseTo(2 * factor * v[i], 12);
      }
    }
  });

  test('W⊥ and b are the lemma’s weights and shift, and K is told where it is known', () => {
    expect(risk()).toMatchObject({
      dimension: 4 + 2 + 2 + 6 + 3 + 3 + 1,
      weights: { kind: 'matrix', start: 0, rows: 2, columns: 2 },
      shift: { start: 4, length: 2 },
    });
    expect('hessianLipschitz' in risk()).toBe(false);
    expect(risk({ hessianLipschitz: 0 }).hessianLipschitz).toBe(0);
    expect(risk({ hessianLipschitz: 7 }).hessianLipschitz).toBe(7);
  });

  test('frozen blocks have no gradient, no Hessian rows and no Hessian columns; the others keep theirs', () => {
    const frozen = ['shift', 'output-weights'] as const;
    const [free, held] = [risk(penalties), risk({ ...penalties, frozen })];
    const x = initialParameters(root.fork('frozen'), free.layout);
    const v = initialParameters(root.fork('frozen direction'), free.layout);
    const isFrozen = new Uint8Array(x.length);
    for (const { start, rows } of [free.layout.shift]) isFrozen.fill(1, start, start + rows);
    for (const { start, columns } of [free.layout.outputWeights]) isFrozen.fill(1, start, start + columns);
    expect(isFrozen.reduce((sum, one) => sum + one, 0)).toBe(5);
    expect(gradientOf(held, x)).toEqual(gradientOf(free, x).map((g, i) => (isFrozen[i] ? 0 : g)));
    const restricted = v.map((vi, i) => (isFrozen[i] ? 0 : vi));
    const product = free.hessianVectorInto(new Float64Array(x.length), x, restricted);
    const given = v.slice();
    expect(held.hessianVectorInto(new Float64Array(x.length), x, v)).toEqual(
      product.map((h, i) => (isFrozen[i] ? 0 : h)),
    );
    expect(v).toEqual(given);
    expect(Math.hypot(...shiftHessianOf(free, x))).toBeGreaterThan(0);
    expect(held.shiftHessianInto(new Float64Array(4).fill(9), x)).toEqual(new Float64Array(4));
    const other = risk({ ...penalties, frozen: ['output-weights'] });
    expect(shiftHessianOf(other, x)).toEqual(shiftHessianOf(free, x));
  });

  test('what does not fit is refused', () => {
    for (const name of ['regularization', 'relevantRegularization', 'deeperRegularization']) {
      expect(() => risk({ [name]: -1e-9 })).toThrow(`${name}: expected a number in [0,`);
      expect(() => risk({ [name]: Infinity })).toThrow(`${name}: expected a number in [0,`);
    }
    const built = risk();
    const x = new Float64Array(built.dimension);
    expect(() => built.shiftHessianInto(new Float64Array(2), x)).toThrow('out: expected 4 entries, got 2');
    expect(() => built.predictionsInto(new Float64Array(4), x)).toThrow(
      'out.length: expected an integer in [5, 5]',
    );
    expect(() => built.predictionsInto(new Float64Array(6), x)).toThrow(
      'out.length: expected an integer in [5, 5]',
    );
  });

  test('a loss for classes takes labels ±1 only, noise included; others take any', () => {
    const sign = (u: Float64Array, at: number) => (u[at] < 0 ? -1 : 1);
    const labelled = (label: NetworkRiskOptions['teacher'], scales: number[], offsets = [0, 0]) =>
      risk({ loss: logistic, teacher: label, noise: { scales, offsets, weights: [0.5, 0.5] } });
    expect(() => labelled(sign, [1, -1])).not.toThrow();
    expect(() => labelled(() => 0, [1, 1])).toThrow('labels: expected -1 or 1 for this loss, got 0');
    expect(() => labelled(sign, [1, 2])).toThrow('labels: expected -1 or 1 for this loss');
    expect(() => labelled(sign, [1, 1], [0, 0.5])).toThrow('labels: expected -1 or 1 for this loss');
    // One wrong label among right ones is enough.
    let calls = 0;
    expect(() => labelled(() => (++calls === 3 ? 2 : 1), [1, 1])).toThrow('got 2');
    expect(() => risk({ loss: squared, teacher: () => 3 })).not.toThrow();
  });
});

describe('batches', () => {
  // 65536 numbers hold 16 rows of width 4096: 19 nodes are a whole batch and a short one.
  const nodes = sampleNodes(root.fork('many'), 19, 3);
  const options: Partial<NetworkRiskOptions> = { widths: [2, 4096, 2], nodes, activation: sine };
  const at = (of: NetworkRisk) => initialParameters(root.fork('point'), of.layout);
  const parts = () => single(nodes, 3).map((node) => risk({ ...options, nodes: node }));
  const allOf = (of: NetworkRisk, count: number) => {
    const x = at(of);
    const v = initialParameters(root.fork('along'), of.layout);
    return {
      predictions: of.predictionsInto(new Float64Array(count), x),
      loss: Float64Array.of(of.loss(x)),
      gradient: gradientOf(of, x),
      product: of.hessianVectorInto(new Float64Array(x.length), x, v),
      shiftHessian: shiftHessianOf(of, x),
    };
  };

  test('value, predictions and every derivative are the averages of those of single nodes', () => {
    const found = allOf(risk(options), 19);
    const each = parts().map((part) => allOf(part, 1));
    expectClose(
      found.predictions,
      Float64Array.from(each, ({ predictions }) => predictions[0]),
    );
    expectClose(found.loss, mean(each.map(({ loss }) => loss)));
    expectClose(found.gradient, mean(each.map(({ gradient }) => gradient)));
    expectClose(found.product, mean(each.map(({ product }) => product)));
    expectClose(found.shiftHessian, mean(each.map(({ shiftHessian }) => shiftHessian)));
  });

  test('standard errors are deviations of the nodes’ shares over √N', () => {
    const whole = risk(options);
    const x = at(whole);
    const error = whole.expectationErrorAt(x);
    expect(error.method).toBe('sample');
    const standardError = (shares: readonly Float64Array[]) => {
      const center = mean(shares);
      const squares = shares.reduce((sum, share) => sum + distance(share, center) ** 2, 0);
      return Math.sqrt(squares / (shares.length * (shares.length - 1)));
    };
    const weightGradients = parts().map((part) => weightGradientOf(part, x));
    const shiftHessians = parts().map((part) => shiftHessianOf(part, x));
    expect(error.weightGradient / standardError(weightGradients)).toBeCloseTo(1, 9);
    expect(error.shiftHessian / standardError(shiftHessians)).toBeCloseTo(1, 9);
  });
});

describe('how far an average may be from its expectation', () => {
  const nodes = sampleNodes(root.fork('own'), 6, 3);
  const finer = sampleNodes(root.fork('finer'), 9, 3);
  const other = sampleNodes(root.fork('other'), 4, 3);
  // λ is no part of it.
  const common: Partial<NetworkRiskOptions> = { nodes, regularization: 0.5 };
  const point = () => initialParameters(root.fork('uncertain'), networkLayout(3, 1, [2, 3]));

  test('one node says nothing, and equal ones leave no doubt', () => {
    const x = point();
    const [first] = single(nodes, 3);
    expect(risk({ nodes: first }).expectationErrorAt(x)).toEqual({
      weightGradient: Infinity,
      shiftHessian: Infinity,
      method: 'sample',
    });
    const twice = {
      points: Float64Array.from([...first.points, ...first.points]),
      weights: Float64Array.of(0.5, 0.5),
    };
    const error = risk({ nodes: twice }).expectationErrorAt(x);
    // What is left is the root of a rounding.
    expect(error.weightGradient).toBeLessThan(1e-6);
    expect(error.shiftHessian).toBeLessThan(1e-6);
  });

  test('two different nodes are half their difference off', () => {
    const x = point();
    const [a, b] = single(nodes, 3);
    const both = {
      points: Float64Array.from([...a.points, ...b.points]),
      weights: Float64Array.of(0.5, 0.5),
    };
    const error = risk({ nodes: both }).expectationErrorAt(x);
    const [ra, rb] = [risk({ nodes: a }), risk({ nodes: b })];
    expect(error.weightGradient).toBeCloseTo(
      distance(weightGradientOf(ra, x), weightGradientOf(rb, x)) / 2,
      10,
    );
    expect(error.shiftHessian).toBeCloseTo(distance(shiftHessianOf(ra, x), shiftHessianOf(rb, x)) / 2, 10);
  });

  test('beside other rules it is the difference from them, the root of the sum of squares of several', () => {
    const x = point();
    const differences = [finer, other].map((rule) => ({
      gradient: distance(
        weightGradientOf(risk(common), x),
        weightGradientOf(risk({ ...common, nodes: rule }), x),
      ),
      hessian: distance(shiftHessianOf(risk(common), x), shiftHessianOf(risk({ ...common, nodes: rule }), x)),
    }));
    const one = risk({ ...common, refinedNodes: finer }).expectationErrorAt(x);
    expect(one.method).toBe('quadrature');
    expect(one.weightGradient).toBeCloseTo(differences[0].gradient, 12);
    expect(one.shiftHessian).toBeCloseTo(differences[0].hessian, 12);
    const both = risk({ ...common, refinedNodes: finer, alternateNodes: other });
    for (let again = 0; again < 2; again++) {
      const two = both.expectationErrorAt(x);
      expect(two.weightGradient).toBeCloseTo(Math.hypot(...differences.map(({ gradient }) => gradient)), 12);
      expect(two.shiftHessian).toBeCloseTo(Math.hypot(...differences.map(({ hessian }) => hessian)), 12);
    }
    expect(risk({ ...common, refinedNodes: nodes }).expectationErrorAt(x)).toEqual({
      weightGradient: 0,
      shiftHessian: 0,
      method: 'quadrature',
    });
  });

  test('asking for it changes no later answer', () => {
    const x = point();
    const asked = risk(common);
    const y = gaussianInto(new Float64Array(x.length), root.fork('later'));
    const before = gradientOf(asked, x);
    asked.expectationErrorAt(y);
    expect(gradientOf(asked, x)).toEqual(before);
    asked.shiftHessianInto(new Float64Array(4), y);
    expect(gradientOf(asked, x)).toEqual(before);
  });
});
