import { describe, expect, test } from 'vitest';
import {
  erf,
  gelu,
  hermite,
  sine,
  smoothRelu,
  tanh,
} from '../../../../src/applications/networks/model/activations.ts';
import {
  derivativeForms,
  expectedSuprema,
} from '../../../../src/applications/networks/model/derivativeBounds.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import {
  angular,
  gemanMcClure,
  logCosh,
  logistic,
  pseudoHuber,
  squared,
} from '../../../../src/applications/networks/model/losses.ts';
import {
  type EnclosedRiskOptions,
  enclosedRisk,
} from '../../../../src/applications/networks/risk/enclosedRisk.ts';
import { gaussianRisk } from '../../../../src/applications/networks/risk/gaussianRisk.ts';
import { networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { crossedNodes } from '../../../../src/applications/networks/risk/productNodes.ts';
import { squashedRisk } from '../../../../src/applications/networks/risk/squashedRisk.ts';
import { flipNoise, indexTeacher, signTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import {
  type JointProblem,
  jointCertificate,
} from '../../../../src/applications/networks/study/jointCertificate.ts';
import { lemmaBound } from '../../../../src/lemma/lemmaBound.ts';
import { certify } from '../../../../src/numerics/optimize/certify/certificate.ts';
import { checkDerivatives } from '../../../../src/numerics/optimize/certify/derivativeCheck.ts';
import { hessianBlock } from '../../../../src/numerics/optimize/certify/hessianBlock.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import { gaussianTrapezoid } from '../../../../src/numerics/quadrature/gaussianTrapezoid.ts';
import { trapezoidError } from '../../../../src/numerics/quadrature/trapezoidError.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('networks-enclosures');
const law = gaussianGrid(3, 1);
const activations = [tanh, erf, sine, gelu, smoothRelu(2)];
const losses = [pseudoHuber, logCosh, gemanMcClure, logistic, angular, squared];

function distance(a: Float64Array, b: Float64Array): number {
  return Math.hypot(...a.map((value, i) => value - b[i]));
}

/** A network of up to three layers at a point whose W⊥ is small enough for its functions to be analytic around. */
function smallCase(stream: RandomStream, irrelevant: number, rows: number) {
  const activation = activations[stream.integer(0, 4)];
  // The squared loss needs bounded predictions.
  const loss = losses[stream.integer(0, Number.isFinite(activation.suprema[0]) ? 5 : 4)];
  const link = indexTeacher([tanh]);
  const options: EnclosedRiskOptions = {
    inputDimension: 1 + irrelevant,
    relevantDimension: 1,
    widths: [rows, ...Array.from({ length: stream.integer(0, 2) }, () => stream.integer(1, 3))],
    activation,
    loss,
    teacher: (loss.binaryLabels ? signTeacher(link) : link).label,
    ...(loss.binaryLabels ? { noise: flipNoise(0.1) } : {}),
    regularization: 0.1,
    deeperRegularization: 0.01,
    relevantLaw: law,
  };
  const { layout } = gaussianRisk({ ...options, nodesPerAxis: 2 });
  const x = initialParameters(stream.fork('x'), layout);
  for (let i = 0; i < layout.shift.start; i++) x[i] *= 0.3;
  return { options, layout, x };
}

test('the trapezoidal rule is off by at most its bound, and by a hundredth of it for a pole near the strip', () => {
  let tightest = 0;
  for (let run = 0; run < 60; run++) {
    const stream = root.fork(`pole ${run}`);
    // 1/(1 + (x/p)²) has its poles at ±ip and is at most 1/(1 − (a/p)²) in |Im x| < a.
    const pole = 0.5 + stream.uniform();
    const step = 0.3 + 0.6 * stream.uniform();
    const rule = gaussianTrapezoid(step);
    const fine = gaussianTrapezoid(0.02);
    const mean = ({ nodes, weights }: typeof rule) =>
      nodes.reduce((total, x, i) => total + weights[i] / (1 + (x / pole) ** 2), 0);
    const error = Math.abs(mean(rule) - mean(fine));
    for (const share of [0.5, 0.8, 0.95]) {
      const bound = trapezoidError(step, share * pole).factor / (1 - share ** 2);
      expect(error).toBeLessThanOrEqual(bound + 1e-13);
      tightest = Math.max(tightest, error / bound);
    }
  }
  expect(tightest).toBeGreaterThan(0.01);
});

describe('an enclosed risk', () => {
  test.each([1, 2])('holds the derivatives of the expectation within its errors, %i rows', (rows) => {
    let enclosed = 0;
    for (let run = 0; run < 30; run++) {
      const stream = root.fork(`enclosed ${rows} ${run}`);
      const { options, x } = smallCase(stream, rows + 2, rows);
      const tolerance = 10 ** (-1 - 6 * stream.uniform());
      const found = enclosedRisk(options, x, tolerance);
      if (found === undefined) continue;
      enclosed++;
      const { errors, point, risk } = found;
      expect(Math.max(errors.weightGradient, errors.shiftHessian)).toBeLessThan(2 * tolerance);
      const line = gaussianTrapezoid(0.11, 0.03);
      let nodes = { points: law.points, weights: law.weights };
      for (let j = 0; j < rows; j++) {
        nodes = crossedNodes(nodes, 1 + j, { points: line.nodes, weights: line.weights }, 1);
      }
      const { relevantLaw: _, ...rest } = options;
      const truth = networkRisk({ ...rest, inputDimension: 1 + rows, nodes });
      const n = truth.dimension;
      const [a, b] = [risk, truth].map((one) => one.gradientInto(new Float64Array(n), point));
      const weights = truth.shift.start;
      const rounding = 1e-11;
      expect(distance(a.subarray(0, weights), b.subarray(0, weights))).toBeLessThan(
        errors.weightGradient + rounding,
      );
      expect(distance(a, b)).toBeLessThan(errors.gradient + rounding);
      const [c, d] = [risk, truth].map((one) => one.sumHessianInto(new Float64Array(rows * rows), point));
      // The errors are spectral, the distance is Frobenius: at most √rows apart.
      expect(distance(c, d)).toBeLessThan(Math.sqrt(rows) * errors.shiftHessian + rounding);
      const [e, f] = [risk, truth].map((one) => hessianBlock(one, point, 0, n));
      if (e.outcome !== 'evaluated' || f.outcome !== 'evaluated') throw new Error('not finite');
      expect(distance(e.matrix, f.matrix)).toBeLessThan(Math.sqrt(n) * errors.hessian + rounding);
    }
    expect(enclosed).toBeGreaterThan(15);
  });

  test('is refused for functions without a bound in a strip', () => {
    const { options, x } = smallCase(root.fork('refused'), 2, 1);
    expect(enclosedRisk({ ...options, activation: hermite(2) }, x, 0.1)).toBeUndefined();
    expect(enclosedRisk({ ...options, activation: gelu, loss: squared }, x, 0.1)).toBeUndefined();
  });
});

describe('bounds of derivatives along a direction', () => {
  const ones = [1, 1, 1, 1] as const;

  test('of one unit under a bounded weight are those of the chain rule', () => {
    const forms = derivativeForms({
      widths: [1],
      activation: [ones],
      norms: [2],
      loss: [1, 1, 1],
      squash: [1, 1 / 2, 1 / 4],
      moves: 'everything',
    });
    const r = Math.SQRT2;
    // p = s(a)σ(z) + c: p′ = 2z′ + √2 a′, p″ = 2z′² + 2a′z′ + a′²/2, p‴ = 2z′³ + 3a′z′² + (3/2)a′²z′ + a′³/4.
    const close = (found: Float64Array, expected: readonly number[]) => {
      expect(found).toHaveLength(expected.length);
      expected.forEach((value, i) => {
        expect(found[i]).toBeCloseTo(value, 12);
      });
    };
    close(forms.first, [2, r]);
    close(forms.second, [4 + 2, 2 * r, 2 * r + 2, 2 + 1 / 2]);
    close(forms.third, [
      8 + 12 + 2,
      4 * r,
      4 * r + 12,
      4 + 3,
      4 * r + 6 * r + 3,
      4 + 0,
      4 + 6 * r + 3 / 2,
      2 * r + 1.5 * r + 1 / 4,
    ]);
    // (z′, a′) = (v₁q, v₂): the largest slope is √(4(E q)² + 2); one index 1 in a product brings one factor q.
    const [slope, curvature] = expectedSuprema(forms, [1, 3, 10, 0]);
    expect(slope).toBeCloseTo(Math.sqrt(36 + 2), 12);
    const [a, b, c] = [60, 3 * (2 * r + 1), 2.5];
    expect(curvature).toBeCloseTo((a + c) / 2 + Math.hypot((a - c) / 2, b), 10);
  });

  test('of two layers whose sums alone move are products of slopes', () => {
    const forms = derivativeForms({
      widths: [3, 2],
      activation: [
        [1, 2, 3, 0],
        [1, 5, 7, 0],
      ],
      norms: [11, 13],
      loss: [1, 1, 0],
      squash: [1, 0, 0],
      moves: 'sums',
    });
    const slope = 13 * 5 * 11 * 2;
    expect([...forms.first]).toEqual([slope]);
    // p″ = 13(7(22)² + 5·11·3), ℓ″ = p′² + p″.
    expect([...forms.second]).toEqual([slope ** 2 + 13 * (7 * 22 ** 2 + 5 * 11 * 3)]);
  });
});

describe('a squashed risk', () => {
  const make = (stream: RandomStream, depth: number) =>
    squashedRisk({
      inputDimension: 5,
      relevantDimension: 1,
      widths: Array.from({ length: depth }, () => stream.integer(1, 2)),
      activation: [tanh, erf, sine][stream.integer(0, 2)],
      loss: [pseudoHuber, logCosh, angular, gemanMcClure][stream.integer(0, 3)],
      teacher: indexTeacher([tanh]).label,
      regularization: 0.1,
      deeperRegularization: 0.02,
      relevantPerAxis: 3,
      weightBound: 0.7 + stream.uniform(),
      nodesPerAxis: 16,
    });

  test.each([1, 2, 3])('of depth %i has constants L and K that bound every difference quotient', (depth) => {
    let largest = 0;
    for (let run = 0; run < 40; run++) {
      const stream = root.fork(`constants ${depth} ${run}`);
      const risk = make(stream, depth);
      const { gradientLipschitz, hessianLipschitz } = risk.constants;
      const n = risk.dimension;
      const x = initialParameters(stream.fork('x'), risk.layout, 0.7);
      const v = initialParameters(stream.fork('v'), risk.layout);
      const step = 10 ** (-3 * stream.uniform());
      const y = x.map((value, i) => value + step * v[i]);
      const moved = distance(x, y);
      const [g, h] = [x, y].map((at) => risk.gradientInto(new Float64Array(n), at));
      expect(distance(g, h)).toBeLessThanOrEqual(gradientLipschitz * moved);
      const [p, q] = [x, y].map((at) => risk.hessianVectorInto(new Float64Array(n), at, v));
      expect(distance(p, q)).toBeLessThanOrEqual(hessianLipschitz * moved * Math.hypot(...v));
      largest = Math.max(largest, distance(g, h) / (gradientLipschitz * moved));
    }
    // Not so loose as to say nothing.
    expect(largest).toBeGreaterThan(0.02);
  });

  test('has the derivatives of its values, whatever is frozen', () => {
    for (let run = 0; run < 6; run++) {
      const stream = root.fork(`derivatives ${run}`);
      const risk = make(stream, 1 + (run % 3));
      const x = initialParameters(stream.fork('x'), risk.layout);
      for (let i = 0; i < risk.layout.shift.start; i++) x[i] *= 0.2;
      const { gradient, hessian, asymmetry } = checkDerivatives(stream.fork('check'), risk, x);
      for (const piece of [gradient, hessian]) {
        if (piece.outcome !== 'measured') throw new Error(piece.outcome);
        expect(piece.slope).toBeGreaterThan(1.8);
      }
      expect(asymmetry).toBeLessThan(1e-12);
    }
  });
});

describe('a joint certificate', () => {
  test.each<[string, number | undefined]>([
    ['plain', undefined],
    ['squashed', 1.2],
  ])('is that of the whole Hessian and gradient in d dimensions: %s', (_, bound) => {
    for (let run = 0; run < 8; run++) {
      const stream = root.fork(`joint ${run}`);
      const { options, x } = smallCase(stream, 4, 2);
      const problem: JointProblem = {
        ...options,
        nodesPerAxis: 20,
        hessianLipschitz: 50,
        ...(bound === undefined ? {} : { weightBound: bound }),
      };
      const found = jointCertificate(stream, problem, x);
      if (found.outcome !== 'certified') throw new Error(found.outcome);
      const { relevantLaw: _law, ...rest } = problem;
      const whole =
        bound === undefined
          ? gaussianRisk(problem)
          : squashedRisk({ ...rest, relevantPerAxis: 3, weightBound: bound });
      const measured = certify(stream, whole, x);
      if (measured.outcome !== 'measured') throw new Error(measured.outcome);
      expect(Math.abs(found.gradientNorm - measured.gradientNorm)).toBeLessThan(1e-6);
      expect(Math.abs(found.lowestCurvature - measured.curvature.lowest)).toBeLessThan(1e-5);
      const deficit = Math.max(0, -found.lowestCurvature);
      expect(found.bound).toBe(lemmaBound(found.gradientNorm, deficit, 0.1));
      const rho = Math.max(found.gradientNorm, deficit ** 2 / 50);
      expect(found.paperBound).toBe(lemmaBound(rho, Math.sqrt(50 * rho), 0.1));
    }
  });

  test('is proven where it is an enclosure and estimated where it is not', () => {
    const { options, x } = smallCase(root.fork('proof'), 3, 2);
    // As small as where descents end.
    for (let i = 0; i < x.length; i++) x[i] *= i < 6 ? 0.01 : 0.5;
    const proofOf = (change: Partial<JointProblem>) => {
      const found = jointCertificate(root, { ...options, nodesPerAxis: 12, ...change }, x);
      return found.outcome === 'certified' ? found.proof : found.outcome;
    };
    expect(proofOf({ activation: tanh, loss: logCosh, noise: options.noise ?? flipNoise(0) })).toBe('proven');
    expect(proofOf({ activation: gelu, loss: squared, noise: options.noise ?? flipNoise(0) })).toBe(
      'estimated',
    );
  });
});
