import { describe, expect, test } from 'vitest';
import { hermite, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { frozenOutputConstants } from '../../../../src/applications/networks/model/lipschitzConstants.ts';
import { logCosh, squared } from '../../../../src/applications/networks/model/losses.ts';
import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import {
  completedFrame,
  randomFrame,
  rotatedNodes,
} from '../../../../src/applications/networks/risk/frame.ts';
import { networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { crossedNodes, gaussianRiskNodes } from '../../../../src/applications/networks/risk/productNodes.ts';
import { sphericalNodes } from '../../../../src/applications/networks/risk/sphericalNodes.ts';
import { indexTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import { discoverStructure } from '../../../../src/applications/networks/study/discoverStructure.ts';
import {
  heavyTailedLaw,
  type InputLaw,
  laplaceLaw,
  rademacherLaw,
  sampleNodes,
  uniformLaw,
} from '../../../../src/applications/networks/training/inputSamples.ts';
import { lemmaCertificate } from '../../../../src/lemma/lemmaCertificate.ts';
import type { NodeSet } from '../../../../src/lemma/nodeExpectation.ts';
import { steinResidual } from '../../../../src/lemma/steinResidual.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('networks-limits');
const goal = { gradientTolerance: 1e-9, curvatureTolerance: 1e-6 };
const frozenOutput = ['output-weights', 'output-shift'] as const;

/** (u² − 1)², u = wx + b: one He₂ unit read out as it is, label 0. */
function doubleWell(nodes: NodeSet, regularization: number) {
  const risk = networkRisk({
    inputDimension: 1,
    relevantDimension: 0,
    widths: [1],
    activation: hermite(2),
    loss: squared,
    teacher: () => 0,
    regularization,
    frozen: frozenOutput,
    nodes,
    refinedNodes: nodes,
  });
  const at = (w: number, b: number) => Float64Array.of(w, b, 1, 0);
  return { risk, at };
}

describe('hypotheses of the theorem, each dropped', () => {
  test('inputs ±1: a strict local minimum keeps W⊥ = 0.98, which Gaussian inputs do not allow', () => {
    const signs = { points: Float64Array.of(-1, 1), weights: Float64Array.of(0.5, 0.5) };
    const { risk, at } = doubleWell(signs, 0.05);
    const { point, outcome } = trustRegion().minimize(root.fork('signs'), risk, at(1, 0), goal);
    expect(outcome).toBe('reached');
    // With x = ±1 and b = 0 the risk is (w² − 1)² + λw²: w² = 1 − λ/2.
    expect(point[0]).toBeCloseTo(Math.sqrt(1 - 0.025), 8);
    expect(point[1]).toBeCloseTo(0, 8);
    const certificate = lemmaCertificate(risk, point);
    // All of the lemma's measurable hypotheses hold there: only the law of the inputs is wrong.
    expect(certificate).toMatchObject({ outcome: 'certified', curvatureDeficit: 0 });
    if (certificate.outcome === 'certified')
      expect(certificate.weightNorm).toBeGreaterThan(1000 * certificate.bound);

    const gaussian = doubleWell(gaussianGrid(8, 1), 0.05);
    const free = trustRegion().minimize(root.fork('gaussian'), gaussian.risk, gaussian.at(1, 0), goal);
    expect(Math.abs(free.point[0])).toBeLessThan(1e-7);
  });

  test.each([
    ['uniform', uniformLaw],
    ['laplace', laplaceLaw],
    ['student-t(5)', heavyTailedLaw],
    ['rademacher', rademacherLaw],
  ] as [string, InputLaw][])(
    'inputs %s: the Stein identity fails by more than sampling explains',
    (_, law) => {
      // The same network and point; the residual of a Gaussian sample of the same size is the yardstick.
      const count = 20_000;
      const residual = (nodes: NodeSet) => {
        const { risk, at } = doubleWell(nodes, 0.05);
        const { residual: found, gradientNorm, productNorm } = steinResidual(risk, at(0.7, 0.3));
        return found / (gradientNorm + productNorm);
      };
      const gaussian = residual(sampleNodes(root.fork('gaussian sample'), count, 1));
      expect(residual(sampleNodes(root.fork(law.name), count, 1, law))).toBeGreaterThan(3 * gaussian);
    },
  );

  test('no regularization: a direction that nothing uses keeps its weight', () => {
    const risk = networkRisk({
      inputDimension: 2,
      relevantDimension: 1,
      widths: [3],
      activation: tanh,
      loss: logCosh,
      teacher: indexTeacher([tanh]).label,
      regularization: 0,
      ...gaussianRiskNodes(1, 1, 8, 12),
    });
    const x = initialParameters(root.fork('free'), risk.layout);
    // A unit that is not read out: its W⊥ is free.
    x[risk.layout.outputWeights.start] = 0;
    const gradient = risk.gradientInto(new Float64Array(x.length), x);
    expect(gradient[risk.layout.weights.start]).toBe(0);
    expect(Math.abs(x[risk.layout.weights.start])).toBeGreaterThan(0);
  });

  test('n samples in place of the population: W⊥ at the stationary point shrinks like 1/√n', () => {
    const sizes = [100, 400, 1600, 6400];
    const repeats = 12;
    const norms = sizes.map((count) => {
      let squaredSum = 0;
      for (let r = 0; r < repeats; r++) {
        const stream = root.fork(`samples ${count} ${r}`);
        const risk = networkRisk({
          inputDimension: 2,
          relevantDimension: 1,
          widths: [2],
          activation: tanh,
          loss: logCosh,
          teacher: indexTeacher([tanh]).label,
          regularization: 0.05,
          deeperRegularization: 0.05,
          nodes: sampleNodes(stream.fork('nodes'), count, 2),
        });
        const start = initialParameters(root.fork('one start'), risk.layout);
        const { point } = trustRegion({ stepLimit: 200 }).minimize(stream, risk, start, goal);
        squaredSum += irrelevantNorm(risk.layout, point) ** 2 / repeats;
      }
      return Math.sqrt(squaredSum);
    });
    // Two fourfold steps halve the norm twice: the slope between the ends, over log 64. Each root mean square of 12
    // has a relative error of about 1/√24, hence ±3·√2/√24/log 64 = ±0.21 around −1/2.
    const slope = Math.log(norms[3] / norms[0]) / Math.log(64);
    expect(slope).toBeGreaterThan(-0.5 - 0.21);
    expect(slope).toBeLessThan(-0.5 + 0.21);
  });

  test('discovery is not recovery: an He₂ unit on an He₄ teacher forgets W⊥ and learns nothing', () => {
    const risk = networkRisk({
      inputDimension: 2,
      relevantDimension: 1,
      widths: [1],
      activation: hermite(2),
      loss: squared,
      teacher: indexTeacher([hermite(4)]).label,
      regularization: 0.1,
      deeperRegularization: 0.1,
      ...gaussianRiskNodes(1, 1, 12, 8),
    });
    // At W = 0 and a = 0 everything is stationary: E He₄ = 0 and E He₄He₂(wx + b) = O(w⁴).
    const found = discoverStructure(
      root.fork('recovery'),
      risk,
      initialParameters(root.fork('start'), risk.layout, 0.3),
      { optimizer: trustRegion(), goal },
    );
    const { certificate, descent } = found;
    if (certificate.outcome !== 'certified') throw new Error('not certified');
    expect(certificate.weightNorm).toBeLessThanOrEqual(certificate.bound * (1 + 1e-9) + Number.MIN_VALUE);
    expect(certificate.bound).toBeLessThan(1e-6);
    // The loss is that of predicting 0: E He₄² = 4! = 24.
    expect(risk.loss(descent.point)).toBeCloseTo(24, 6);
  });

  test('only the first layer regularized, homogeneous units: scale moves outwards and the infimum is at infinity', () => {
    const risk = networkRisk({
      inputDimension: 2,
      relevantDimension: 1,
      widths: [2],
      activation: hermite(1),
      loss: squared,
      teacher: indexTeacher([hermite(1)]).label,
      regularization: 0.1,
      ...gaussianRiskNodes(1, 1, 6, 6),
    });
    const { layout } = risk;
    const x = initialParameters(root.fork('homogeneous'), layout);
    let before = risk.value(x);
    const loss = risk.loss(x);
    for (let halving = 1; halving <= 20; halving++) {
      for (const { start, rows, columns } of [layout.weights, layout.shift, layout.relevant]) {
        for (let i = start; i < start + rows * columns; i++) x[i] /= 2;
      }
      for (let i = 0; i < 2; i++) x[layout.outputWeights.start + i] *= 2;
      const now = risk.value(x);
      expect(now).toBeLessThan(before);
      expect(Math.abs(risk.loss(x) - loss)).toBeLessThan(1e-12 * (1 + loss));
      before = now;
    }
    // What is left is the loss alone: the penalty has gone to 0 while the output weights have left every ball.
    expect(before - loss).toBeLessThan(1e-9);
    expect(Math.abs(x[layout.outputWeights.start])).toBeGreaterThan(1e4 * Math.abs(x[layout.weights.start]));
  });
});

describe('tools of the network claims', () => {
  test('frames are orthonormal, complete what is given, and rotations keep lengths', () => {
    for (let d = 1; d <= 9; d++) {
      const random = randomFrame(root.fork(`frame ${d}`), d);
      const k = Math.ceil(d / 2);
      const completed = completedFrame(random.subarray(0, k * d), d);
      for (const frame of [random, completed]) {
        for (let i = 0; i < d; i++) {
          for (let j = 0; j < d; j++) {
            let inner = 0;
            for (let l = 0; l < d; l++) inner += frame[i * d + l] * frame[j * d + l];
            expect(Math.abs(inner - (i === j ? 1 : 0))).toBeLessThan(16 * d * Number.EPSILON);
          }
        }
      }
      for (let i = 0; i < k * d; i++) expect(completed[i]).toBeCloseTo(random[i], 12);
      const nodes = sampleNodes(root.fork(`points ${d}`), 3, d);
      const { points } = rotatedNodes(nodes, random, d);
      expect(Math.hypot(...points)).toBeCloseTo(Math.hypot(...nodes.points), 10);
    }
    expect(() => completedFrame([1, 0, 2, 0], 2)).toThrow(RangeError);
  });

  test('spherical nodes integrate what they promise', () => {
    for (const radii of [1, 2] as const) {
      for (const m of [3, 7, 18]) {
        const { points, weights } = sphericalNodes(root.fork(`spherical ${m}`), m, 2, radii);
        const mean = (f: (x: Float64Array) => number) =>
          weights.reduce((sum, w, p) => sum + w * f(points.subarray(p * m, p * m + m)), 0);
        const norm2 = (x: Float64Array) => x.reduce((s, v) => s + v * v, 0);
        const rounded = 1e3 * m ** 3 * Number.EPSILON;
        expect(Math.abs(mean(() => 1) - 1)).toBeLessThan(rounded);
        expect(Math.abs(mean((x) => x[0] * x[1]))).toBeLessThan(rounded);
        expect(Math.abs(mean((x) => x[2] * x[2]) - 1)).toBeLessThan(rounded);
        expect(Math.abs(mean((x) => x[0] * x[1] * x[1]))).toBeLessThan(rounded);
        // E‖x‖⁴ = m(m + 2), E‖x‖⁶ = m(m + 2)(m + 4): only two radii have them.
        const fourth = Math.abs(mean((x) => norm2(x) ** 2) / (m * (m + 2)) - 1);
        const sixth = Math.abs(mean((x) => norm2(x) ** 3) / (m * (m + 2) * (m + 4)) - 1);
        if (radii === 2) {
          expect(fourth).toBeLessThan(rounded);
          expect(sixth).toBeLessThan(rounded);
        } else expect(fourth).toBeGreaterThan(1 / (m + 3));
      }
    }
  });

  test('the constants L and K bound every difference quotient of gradient and Hessian', () => {
    const nodes = crossedNodes(gaussianGrid(5, 1), 1, gaussianGrid(6, 1), 1);
    for (let trial = 0; trial < 200; trial++) {
      const stream = root.fork(`constants ${trial}`);
      const risk = networkRisk({
        inputDimension: 2,
        relevantDimension: 1,
        widths: [3],
        activation: tanh,
        loss: logCosh,
        teacher: () => 1,
        regularization: 0.2,
        frozen: frozenOutput,
        nodes,
        refinedNodes: nodes,
      });
      const { layout } = risk;
      const x = initialParameters(stream.fork('x'), layout, 2);
      const a = x.subarray(layout.outputWeights.start, layout.outputWeights.start + 3);
      const moments = { second: 0, third: 0 };
      nodes.weights.forEach((weight, p) => {
        const size = 1 + nodes.points[2 * p] ** 2 + nodes.points[2 * p + 1] ** 2;
        moments.second += weight * size;
        moments.third += weight * size ** 1.5;
      });
      const { gradientLipschitz, hessianLipschitz } = frozenOutputConstants({
        activation: tanh,
        loss: logCosh,
        outputWeights: a,
        outputShift: x[layout.outputShift.start],
        largestLabel: 1,
        moments,
        regularization: 0.2,
      });
      const step = initialParameters(stream.fork('step'), layout, 0.1);
      step.fill(0, layout.outputWeights.start);
      const v = initialParameters(stream.fork('v'), layout);
      const y = x.map((xi, i) => xi + step[i]);
      const n = x.length;
      const difference = (f: Float64Array, g: Float64Array) => Math.hypot(...f.map((fi, i) => fi - g[i]));
      const length = Math.hypot(...step);
      const gradients = difference(
        risk.gradientInto(new Float64Array(n), y),
        risk.gradientInto(new Float64Array(n), x),
      );
      const products = difference(
        risk.hessianVectorInto(new Float64Array(n), y, v),
        risk.hessianVectorInto(new Float64Array(n), x, v),
      );
      expect(gradients).toBeLessThanOrEqual(gradientLipschitz * length);
      expect(products).toBeLessThanOrEqual(hessianLipschitz * length * Math.hypot(...v));
      // Not far above either: a constant a thousand times too large would make the theorem's steps useless.
      expect(gradientLipschitz * length).toBeLessThan(1000 * gradients);
    }
  });
});
