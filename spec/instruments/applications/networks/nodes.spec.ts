import { describe, expect, test } from 'vitest';
import { inputMoments } from '../../../../src/applications/networks/model/lipschitzConstants.ts';
import {
  completedFrame,
  randomFrame,
  rotatedNodes,
} from '../../../../src/applications/networks/risk/frame.ts';
import { type LabelNoise, labelNodes } from '../../../../src/applications/networks/risk/labelledNodes.ts';
import {
  crossedNodes,
  gaussianRiskNodes,
  productNodes,
} from '../../../../src/applications/networks/risk/productNodes.ts';
import { sphericalNodes } from '../../../../src/applications/networks/risk/sphericalNodes.ts';
import type { NodeSet } from '../../../../src/lemma/nodeExpectation.ts';
import { gaussHermite } from '../../../../src/numerics/quadrature/gaussHermite.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('networks-nodes');

function nodeSet(points: readonly number[], weights: readonly number[]): NodeSet {
  return { points: Float64Array.from(points), weights: Float64Array.from(weights) };
}

function inner(rows: Float64Array, d: number, i: number, j: number): number {
  let sum = 0;
  for (let l = 0; l < d; l++) sum += rows[i * d + l] * rows[j * d + l];
  return sum;
}

describe('frames', () => {
  test('nearly dependent directions still give an orthonormal frame, in their order', () => {
    for (let d = 3; d <= 8; d++) {
      const stream = root.fork(`near ${d}`);
      const base = gaussianInto(new Float64Array(d), stream);
      // The later ones are the first and a little of something else.
      const directions = new Float64Array(3 * d);
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < d; j++)
          directions[i * d + j] = base[j] + (i === 0 ? 0 : 1e-7 * stream.gaussian());
      const given = directions.slice();
      const frame = completedFrame(directions, d);
      expect(directions).toEqual(given);
      for (let i = 0; i < d; i++)
        for (let j = 0; j < d; j++)
          expect(Math.abs(inner(frame, d, i, j) - (i === j ? 1 : 0))).toBeLessThan(16 * d * Number.EPSILON);
      const length = Math.sqrt(inner(directions, d, 0, 0));
      for (let j = 0; j < d; j++) expect(frame[j]).toBeCloseTo(directions[j] / length, 12);
    }
  });

  test('a direction is normalized, and what is spanned before is taken off', () => {
    expect([...completedFrame([3, 4], 2).subarray(0, 2)]).toEqual([0.6, 0.8]);
    const frame = completedFrame([2, 0, 0, 5, 0, -3], 3);
    expect([...frame.subarray(0, 6)]).toEqual([1, 0, 0, 0, 0, -1]);
    expect(Math.abs(frame[7])).toBe(1);
  });

  test('axes are completed by the other axes, and no direction by all of them', () => {
    const sorted = (frame: Float64Array, d: number) =>
      Array.from({ length: d }, (_, i) => [...frame.subarray(i * d, i * d + d)].indexOf(1)).sort();
    expect(sorted(completedFrame([], 4), 4)).toEqual([0, 1, 2, 3]);
    for (const axis of [0, 1, 2, 3]) {
      const given = new Float64Array(4);
      given[axis] = 1;
      expect(sorted(completedFrame(given, 4), 4)).toEqual([0, 1, 2, 3]);
    }
  });

  test('the next row comes from the axis that the rows before span least', () => {
    // The third axis has the least part in (3, 2, 1): the second row is what is left of it, to the positive side.
    const frame = completedFrame([3, 2, 1], 3);
    const left = [-3 / 14, -2 / 14, 1 - 1 / 14];
    const length = Math.hypot(...left);
    left.forEach((x, j) => {
      expect(frame[3 + j]).toBeCloseTo(x / length, 12);
    });
  });

  test('dependence is a matter of directions and not of lengths', () => {
    for (const scale of [1e-60, 1, 1e60]) {
      expect(() =>
        completedFrame(
          [1, 1, 1, 1 + 2 ** -52].map((x) => scale * x),
          2,
        ),
      ).toThrow('directions: expected linearly independent rows, row 1 depends on the others');
      const frame = completedFrame(
        [1, 1, 1, 1 + 2 ** -30].map((x) => scale * x),
        2,
      );
      expect(Math.abs(inner(frame, 2, 0, 1))).toBeLessThan(32 * Number.EPSILON);
    }
    expect(() => completedFrame([0, 0], 2)).toThrow('row 0 depends on the others');
  });

  test('sizes that do not fit are refused', () => {
    expect(() => randomFrame(root, 0)).toThrow('dimension: expected an integer in [1,');
    expect(() => completedFrame([], 0)).toThrow('dimension: expected an integer in [1,');
    expect(() => completedFrame([1, 0, 0], 2)).toThrow(
      'direction count: expected an integer in [0, 2], got 1.5',
    );
    expect(() => completedFrame([1, 0, 0, 1, 1, 1], 2)).toThrow(
      'direction count: expected an integer in [0, 2]',
    );
    expect(completedFrame([0, 1, 1, 0], 2)).toEqual(Float64Array.of(0, 1, 1, 0));
    const nodes = nodeSet([1, 2, 3, 4], [0.5, 0.5]);
    expect(() => rotatedNodes(nodes, new Float64Array(3), 2)).toThrow('frame: expected 4 entries, got 3');
    expect(() => rotatedNodes(nodes, Float64Array.of(1), 1)).toThrow('points: expected 2 entries, got 4');
  });

  test('rotated nodes are the inner products with the rows, under the same weights', () => {
    const rotated = rotatedNodes(
      nodeSet([1, 2, 3, 4, 5, 6], [0.25, 0.75]),
      Float64Array.of(0, 1, 0, 0, 0, 1, 1, 0, 0),
      3,
    );
    expect([...rotated.points]).toEqual([2, 3, 1, 5, 6, 4]);
    expect([...rotated.weights]).toEqual([0.25, 0.75]);
    const [c, s] = [0.6, 0.8];
    const turned = rotatedNodes(nodeSet([5, 10], [1]), Float64Array.of(c, s, -s, c), 2);
    expect([...turned.points]).toEqual([11, 2]);
  });
});

describe('labelled nodes', () => {
  const nodes = nodeSet([1, 2, 3, 4], [0.5, 0.5]);
  const first = (x: Float64Array, at: number) => x[at];
  const labelled = (d: number, k: number, set = nodes, noise?: LabelNoise) =>
    labelNodes(set, d, k, first, noise);

  test('a teacher may see nothing or everything', () => {
    const nothing = labelNodes(nodes, 2, 0, () => 5);
    expect([...nothing.relevant]).toEqual([]);
    expect([...nothing.irrelevant]).toEqual([1, 2, 3, 4]);
    expect([...nothing.labels]).toEqual([5, 5]);
    const everything = labelNodes(nodes, 2, 2, (x, at) => x[at] * x[at + 1]);
    expect([...everything.relevant]).toEqual([1, 2, 3, 4]);
    expect([...everything.irrelevant]).toEqual([]);
    expect([...everything.labels]).toEqual([2, 12]);
  });

  test('without noise the largest label is that of the nodes, whatever its sign', () => {
    expect(labelled(2, 1).largestLabel).toBe(3);
    expect(labelNodes(nodes, 2, 1, (x, at) => -x[at]).largestLabel).toBe(3);
    expect(labelNodes(nodes, 2, 1, (x, at) => 5 - x[at]).largestLabel).toBe(4);
    expect(labelNodes(nodes, 2, 1, () => 0).largestLabel).toBe(0);
  });

  test('sizes that do not fit are refused', () => {
    expect(() => labelled(0, 0)).toThrow('inputDimension: expected an integer in [1,');
    expect(() => labelled(2, -1)).toThrow('relevantDimension: expected an integer in [0, 2], got -1');
    expect(() => labelled(2, 3)).toThrow('relevantDimension: expected an integer in [0, 2], got 3');
    expect(() => labelled(2, 1, nodeSet([], []))).toThrow('node count: expected an integer in [1,');
    expect(() => labelled(3, 1)).toThrow('points: expected 6 entries, got 4');
    const noise = { scales: [1, 1], offsets: [0, 0], weights: [0.5, 0.5] };
    expect(() => labelled(2, 1, nodes, { ...noise, offsets: [0] })).toThrow(
      'noise.offsets: expected 2 entries, got 1',
    );
    expect(() => labelled(2, 1, nodes, { ...noise, scales: [1] })).toThrow(
      'noise.scales: expected 2 entries, got 1',
    );
    expect(() => labelNodes(nodes, 2, 1, () => Infinity)).toThrow('largest label: expected a number in [0,');
    expect(() => labelNodes(nodes, 2, 1, () => Number.NaN)).toThrow(
      'largest label: expected a number in [0,',
    );
  });

  test('weights are probabilities: none below 0, of sum 1 but for rounding', () => {
    const weighted = (...weights: number[]) => labelled(1, 1, nodeSet(weights, weights));
    expect(() => weighted(1.5, -0.5)).toThrow('weights[1]: expected a number in [0,');
    expect(() => weighted(0.5, 0.5 + 1e-11)).toThrow('sum of weights');
    expect(() => weighted(0.5, 0.5 - 1e-11)).toThrow('sum of weights');
    expect(weighted(0, 1).count).toBe(2);
    // Sums of 10, 100 or 1000 rounded tenths, hundredths, thousandths are not 1 to the last bit.
    for (const count of [10, 100, 1000])
      expect(weighted(...Array.from({ length: count }, () => 1 / count)).count).toBe(count);
    expect(weighted(1 - Number.EPSILON).count).toBe(1);
    expect(weighted(1 + Number.EPSILON).count).toBe(1);
    const noise = (weights: number[]) =>
      labelled(2, 1, nodes, { scales: weights.map(() => 1), offsets: weights.map(() => 0), weights });
    expect(() => noise([0.5, 0.4])).toThrow('sum of noise.weights');
    expect(() => noise([1.1, -0.1])).toThrow('noise.weights[1]: expected a number in [0,');
    expect(() => noise([])).toThrow('sum of noise.weights');
  });

  test('moments of the inputs count the constant one beside them', () => {
    // ‖(2, 1, 2)‖ = 3 is ‖(x, 1)‖ for x = (2, 2), and ‖(4, 8, 1)‖ = 9.
    const moments = inputMoments(labelled(2, 1, nodeSet([2, 2, 4, 8], [0.25, 0.75])));
    expect(moments.second).toBeCloseTo(0.25 * 9 + 0.75 * 81, 12);
    expect(moments.third).toBeCloseTo(0.25 * 27 + 0.75 * 729, 10);
    // However the coordinates are split between relevant and irrelevant ones.
    for (const k of [0, 2])
      expect(inputMoments(labelNodes(nodeSet([2, 2, 4, 8], [0.25, 0.75]), 2, k, () => 0))).toEqual(moments);
  });
});

describe('products of distributions', () => {
  test('put every point of one beside every point of the other', () => {
    const product = crossedNodes(
      nodeSet([1, 2, 3, 4], [0.25, 0.75]),
      2,
      nodeSet([5, 6, 7], [0.2, 0.3, 0.5]),
      1,
    );
    expect([...product.points]).toEqual([1, 2, 5, 1, 2, 6, 1, 2, 7, 3, 4, 5, 3, 4, 6, 3, 4, 7]);
    [0.05, 0.075, 0.125, 0.15, 0.225, 0.375].forEach((weight, p) => {
      expect(product.weights[p]).toBeCloseTo(weight, 14);
    });
    expect(product.weights).toHaveLength(6);
  });

  test('grids beside a law have n, 2n and n + 1 nodes an axis, and integrate as far as those do', () => {
    const law = nodeSet([2, 3], [0.25, 0.75]);
    const rules = productNodes(law, 1, 2, 3);
    expect(rules.nodes.weights).toHaveLength(2 * 9);
    expect(rules.refinedNodes.weights).toHaveLength(2 * 36);
    expect(rules.alternateNodes.weights).toHaveLength(2 * 16);
    // E u = 2.75 and E x⁶ = 15; with 3 nodes degree 5 is the last exact one, and E x⁶ comes out as 9.
    const moment = ({ points, weights }: NodeSet, power: number, axis: number) =>
      weights.reduce((sum, w, p) => sum + w * points[3 * p] * points[3 * p + axis] ** power, 0);
    for (const axis of [1, 2]) {
      for (const rule of Object.values(rules)) expect(moment(rule, 4, axis)).toBeCloseTo(2.75 * 3, 10);
      expect(moment(rules.nodes, 6, axis)).toBeCloseTo(2.75 * 9, 10);
      expect(moment(rules.refinedNodes, 6, axis)).toBeCloseTo(2.75 * 15, 10);
      expect(moment(rules.alternateNodes, 6, axis)).toBeCloseTo(2.75 * 15, 10);
    }
  });

  test('Gaussian relevant inputs have a grid of their own, the same beside all three', () => {
    const rules = gaussianRiskNodes(2, 1, 3, 2);
    expect(rules.nodes.weights).toHaveLength(9 * 2);
    expect(rules.refinedNodes.weights).toHaveLength(9 * 4);
    expect(rules.alternateNodes.weights).toHaveLength(9 * 3);
    const product = ({ points, weights }: NodeSet) =>
      weights.reduce(
        (sum, w, p) => sum + w * points[3 * p] ** 4 * points[3 * p + 1] ** 2 * points[3 * p + 2] ** 2,
        0,
      );
    for (const rule of Object.values(rules)) expect(product(rule)).toBeCloseTo(3, 12);
  });

  test('sizes are checked: at least one irrelevant input, and a finer rule that exists', () => {
    const point = nodeSet([], [1]);
    expect(() => productNodes(point, 0, 0, 2)).toThrow('irrelevantDimension: expected an integer in [1,');
    expect(() => productNodes(point, 0, 1, 0)).toThrow(
      'nodesPerAxis: expected an integer in [1, 128], got 0',
    );
    expect(() => productNodes(point, 0, 1, 129)).toThrow(
      'nodesPerAxis: expected an integer in [1, 128], got 129',
    );
    expect(productNodes(point, 0, 1, 1).refinedNodes.weights).toHaveLength(2);
  });
});

describe('spherical nodes', () => {
  test('on a line, two radii are the Gauss–Hermite rule of four nodes', () => {
    const { points, weights } = sphericalNodes(root.fork('line'), 1, 1, 2);
    const order = [...points.keys()].sort((a, b) => points[a] - points[b]);
    const rule = gaussHermite(4);
    expect(points).toHaveLength(4);
    order.forEach((p, i) => {
      expect(points[p]).toBeCloseTo(rule.nodes[i], 12);
      expect(weights[p]).toBeCloseTo(rule.weights[i], 12);
    });
  });

  test.each([
    [1, 1, 1],
    [2, 3, 2],
    [5, 2, 1],
    [5, 2, 2],
  ] as const)(
    'in %i dimensions, %i frames and %i radii have 2·m·frames·radii points in opposite pairs',
    (m, frames, radii) => {
      const { points, weights } = sphericalNodes(root.fork(`pairs ${m}`), m, frames, radii);
      const count = 2 * m * frames * radii;
      expect(weights).toHaveLength(count);
      expect(points).toHaveLength(count * m);
      expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
      for (const w of weights) expect(w).toBeGreaterThan(0);
      for (let p = 0; p < count; p += 2)
        for (let j = 0; j < m; j++) expect(points[p * m + j]).toBe(-points[(p + 1) * m + j]);
      // ‖x‖² is m on the average, with one radius everywhere.
      const squares = Array.from({ length: count }, (_, p) => inner(points, m, p, p));
      expect(squares.reduce((sum, s, p) => sum + weights[p] * s, 0)).toBeCloseTo(m, 10);
      if (radii === 1) for (const s of squares) expect(s).toBeCloseTo(m, 10);
      // Different frames are drawn differently.
      const directions = new Set(squares.map((s, p) => (points[p * m] / Math.sqrt(s)).toFixed(9)));
      if (m > 1) expect(directions.size).toBe(2 * m * frames);
    },
  );

  test('sizes that do not fit are refused', () => {
    expect(() => sphericalNodes(root, 0, 1, 1)).toThrow('dimension: expected an integer in [1,');
    expect(() => sphericalNodes(root, 1, 0, 1)).toThrow('frames: expected an integer in [1,');
  });
});
