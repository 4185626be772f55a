import { describe, expect, test } from 'vitest';
import {
  erf,
  gelu,
  hermite,
  sine,
  smoothRelu,
  tanh,
} from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { logCosh, pseudoHuber, squared } from '../../../../src/applications/networks/model/losses.ts';
import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import { gaussianRisk } from '../../../../src/applications/networks/risk/gaussianRisk.ts';
import { type NetworkRisk, networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { productNodes } from '../../../../src/applications/networks/risk/productNodes.ts';
import { indexTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import { steinResidual } from '../../../../src/lemma/steinResidual.ts';
import { lqFactorInto } from '../../../../src/numerics/linalg/lqFactor.ts';
import { checkDerivatives } from '../../../../src/numerics/optimize/certify/derivativeCheck.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('networks-gaussian-risk');
const law = gaussianGrid(3, 1);

describe('an LQ factor', () => {
  test.each([0, 1, 2, 3])(
    'of a wide matrix, of rank %i if it is dependent, is L times orthonormal rows',
    (rank) => {
      for (let run = 0; run < 20; run++) {
        const stream = root.fork(`lq ${rank} ${run}`);
        const rows = 4;
        const columns = stream.integer(4, 30);
        const left = Array.from({ length: rows * rank }, () => stream.gaussian());
        const right = Array.from({ length: rank * columns }, () => stream.gaussian());
        const offset = stream.integer(0, 3);
        const a = new Float64Array(offset + rows * columns);
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            for (let r = 0; r < rank; r++)
              a[offset + i * columns + j] += left[i * rank + r] * right[r * columns + j];
          }
        }
        const l = new Float64Array(rows * rows);
        const q = new Float64Array(rows * columns);
        lqFactorInto(l, q, a, rows, offset);
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            let product = 0;
            for (let r = 0; r < rows; r++) product += l[i * rows + r] * q[r * columns + j];
            expect(Math.abs(product - a[offset + i * columns + j])).toBeLessThan(1e-13);
          }
          for (let r = 0; r < rows; r++) {
            let inner = 0;
            for (let j = 0; j < columns; j++) inner += q[i * columns + j] * q[r * columns + j];
            expect(Math.abs(inner - (i === r ? 1 : 0))).toBeLessThan(1e-14 * columns);
            if (r > i) expect(l[i * rows + r]).toBe(0);
          }
        }
      }
    },
  );
});

/** One network, its risk by quadrature over all inputs and by quadrature over the sums alone. */
function bothRoads(stream: RandomStream, polynomial: boolean) {
  const depth = polynomial ? 1 : stream.integer(1, 3);
  const rows = stream.integer(1, 2);
  const ignored = rows + stream.integer(1, 2);
  const activations = polynomial ? [hermite(2), hermite(3)] : [tanh, erf, sine, gelu, smoothRelu(1)];
  const losses = polynomial ? [squared] : [squared, pseudoHuber, logCosh];
  const options = {
    inputDimension: 1 + ignored,
    relevantDimension: 1,
    widths: [rows, ...Array.from({ length: depth - 1 }, () => stream.integer(1, 3))],
    activation: activations[stream.integer(0, activations.length - 1)],
    loss: losses[stream.integer(0, losses.length - 1)],
    teacher: indexTeacher([tanh]).label,
    regularization: 0.1,
    deeperRegularization: 0.01,
  };
  const nodesPerAxis = 12;
  const direct = networkRisk({ ...options, ...productNodes(law, 1, ignored, nodesPerAxis) });
  const reduced = gaussianRisk({ ...options, relevantLaw: law, nodesPerAxis });
  const x = initialParameters(stream.fork('x'), direct.layout);
  // Small enough for a rule of 12 nodes to see every digit of the sums' expectation.
  if (!polynomial) for (let i = 0; i < direct.layout.shift.start; i++) x[i] *= 0.1;
  return { direct, reduced, x };
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.hypot(...a.map((value, i) => value - b[i]));
}

function products(risk: NetworkRisk, x: Float64Array, stream: RandomStream): Float64Array {
  const direction = initialParameters(stream.fork('direction'), risk.layout);
  return risk.hessianVectorInto(new Float64Array(risk.dimension), x, direction);
}

describe('a risk by quadrature over the sums of the ignored inputs', () => {
  test.each([
    [true, 1e-12],
    [false, 1e-8],
  ])('agrees with quadrature over all inputs (polynomials: %s) to %d', (polynomial, tolerance) => {
    for (let run = 0; run < 25; run++) {
      const stream = root.fork(`roads ${polynomial} ${run}`);
      const { direct, reduced, x } = bothRoads(stream, polynomial);
      const gradient = direct.gradientInto(new Float64Array(direct.dimension), x);
      const scale = tolerance * (1 + Math.hypot(...gradient));
      expect(Math.abs(reduced.value(x) - direct.value(x))).toBeLessThan(scale);
      expect(distance(reduced.gradientInto(new Float64Array(x.length), x), gradient)).toBeLessThan(scale);
      const product = products(direct, x, stream);
      expect(distance(products(reduced, x, stream), product)).toBeLessThan(
        tolerance * (1 + Math.hypot(...product)),
      );
      const rows = direct.shift.length;
      const block = (risk: NetworkRisk) => risk.shiftHessianInto(new Float64Array(rows * rows), x);
      expect(distance(block(reduced), block(direct))).toBeLessThan(tolerance * (1 + Math.hypot(...product)));
    }
  });

  test('has its own derivatives and obeys the Stein identity with 784 ignored inputs', () => {
    for (let run = 0; run < 4; run++) {
      const stream = root.fork(`many ${run}`);
      const risk = gaussianRisk({
        inputDimension: 785,
        relevantDimension: 1,
        widths: [2, 4, 3],
        activation: tanh,
        loss: pseudoHuber,
        teacher: indexTeacher([tanh]).label,
        regularization: 0.05,
        relevantLaw: law,
        nodesPerAxis: 24,
      });
      const x = initialParameters(stream.fork('x'), risk.layout);
      // Derivatives belong to the values as far as the nodes resolve them: with W⊥ a tenth of a start's, by far.
      for (let i = 0; i < risk.layout.shift.start; i++) x[i] *= 0.1;
      expect(irrelevantNorm(risk.layout, x)).toBeGreaterThan(0.1);
      const check = checkDerivatives(stream.fork('check'), risk, x);
      for (const piece of [check.gradient, check.hessian]) {
        if (piece.outcome !== 'measured') throw new Error(piece.outcome);
        expect(piece.slope).toBeGreaterThan(1.8);
      }
      expect(check.asymmetry).toBeLessThan(1e-12);
      const { residual, gradientNorm, expectationError } = steinResidual(risk, x);
      expect(residual).toBeLessThan(expectationError + 1e-10 * gradientNorm);
      expect(expectationError).toBeLessThan(1e-6 * gradientNorm);
    }
  });

  test('holds frozen blocks still, and moves nothing else', () => {
    const { direct, x } = bothRoads(root.fork('frozen'), false);
    const { layout } = direct;
    for (const frozen of [['weights'], ['shift'], ['weights', 'output-weights']] as const) {
      const risk = gaussianRisk({
        inputDimension: layout.inputDimension,
        relevantDimension: 1,
        widths: layout.widths,
        activation: tanh,
        loss: squared,
        teacher: indexTeacher([tanh]).label,
        regularization: 0.1,
        frozen,
        relevantLaw: law,
        nodesPerAxis: 12,
      });
      const product = products(risk, x, root.fork('frozen direction'));
      const gradient = risk.gradientInto(new Float64Array(risk.dimension), x);
      for (const { name, start, rows, columns } of layout.blocks) {
        const isFrozen = (frozen as readonly string[]).includes(name);
        for (const vector of [product, gradient]) {
          const size = Math.hypot(...vector.subarray(start, start + rows * columns));
          if (isFrozen) expect(size).toBe(0);
          else expect(size).toBeGreaterThan(0);
        }
      }
    }
  });
});
