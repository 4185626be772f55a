import { expect, test } from 'vitest';
import { erf, sine, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { logCosh } from '../../../../src/applications/networks/model/losses.ts';
import { networkLayout } from '../../../../src/applications/networks/model/networkLayout.ts';
import { gaussianRisk } from '../../../../src/applications/networks/risk/gaussianRisk.ts';
import { resolvedRisk } from '../../../../src/applications/networks/risk/resolvedRisk.ts';
import { indexTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import { steinResidual } from '../../../../src/lemma/steinResidual.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('networks-resolved-risk');

test('a risk in the principal axes of W⊥ is that of the network, by Gauss–Hermite rules of many nodes', () => {
  for (let run = 0; run < 12; run++) {
    const stream = root.fork(run);
    const problem = {
      inputDimension: 1 + stream.integer(1, 30),
      relevantDimension: 1,
      widths: run % 2 === 0 ? [2, 3] : [1, 2, 2],
      activation: [tanh, erf, sine][run % 3],
      loss: logCosh,
      teacher: indexTeacher([tanh]).label,
      regularization: 0.05,
      relevantLaw: gaussianGrid(3, 1),
    };
    const layout = networkLayout(problem.inputDimension, 1, problem.widths);
    const x = initialParameters(stream.fork('x'), layout);
    // Small enough for Gauss–Hermite rules, which do not see how near the poles are: one axis has 128 nodes, two 64.
    for (let i = 0; i < layout.shift.start; i++) x[i] *= 0.3;
    const hermite = gaussianRisk({ ...problem, nodesPerAxis: run % 2 === 0 ? 64 : 128 });
    const { risk, point } = resolvedRisk(problem, x);
    expect(Math.abs(risk.value(point) - hermite.value(x))).toBeLessThan(1e-9);
    const rows = layout.shift.rows;
    const [one, two] = [
      risk.shiftHessianInto(new Float64Array(rows * rows), point),
      hermite.shiftHessianInto(new Float64Array(rows * rows), x),
    ];
    one.forEach((entry, i) => {
      expect(Math.abs(entry - two[i])).toBeLessThan(1e-9);
    });
    const norm = (gradient: Float64Array, end: number) => Math.hypot(...gradient.subarray(0, end));
    const resolved = norm(risk.gradientInto(new Float64Array(point.length), point), risk.shift.start);
    const direct = norm(hermite.gradientInto(new Float64Array(x.length), x), layout.shift.start);
    expect(Math.abs(resolved - direct)).toBeLessThan(1e-9);
  }
});

test('its rules resolve the Stein identity, however large W⊥ is, within the error that they tell', () => {
  for (let run = 0; run < 8; run++) {
    const stream = root.fork(`stein ${run}`);
    const problem = {
      inputDimension: 40,
      relevantDimension: 1,
      widths: [1, 2],
      activation: tanh,
      loss: logCosh,
      teacher: indexTeacher([tanh]).label,
      regularization: 0.05,
      relevantLaw: gaussianGrid(3, 1),
    };
    const layout = networkLayout(40, 1, problem.widths);
    const x = initialParameters(stream.fork('x'), layout);
    for (let i = 0; i < layout.shift.start; i++) x[i] *= 1 + run;
    const { risk, point } = resolvedRisk(problem, x);
    const { residual, gradientNorm, expectationError } = steinResidual(risk, point);
    expect(residual).toBeLessThan(1e-9 * gradientNorm);
    expect(residual).toBeLessThan(expectationError + 1e-12 * gradientNorm);
    expect(expectationError).toBeLessThan(1e-3 * gradientNorm);
  }
});
