import { expect, test } from 'vitest';
import { differenceInto, dot, norm } from '../../../../src/numerics/linalg/vectors.ts';
import { CurvaturePairs } from '../../../../src/numerics/optimize/curvaturePairs.ts';
import { runDescent } from '../../../../src/numerics/optimize/descentDriver.ts';
import { gradientDescent } from '../../../../src/numerics/optimize/gradientDescent.ts';
import { hessianDescent } from '../../../../src/numerics/optimize/hessianDescent.ts';
import { lbfgs } from '../../../../src/numerics/optimize/lbfgs.ts';
import { noisyDescent } from '../../../../src/numerics/optimize/noisyDescent.ts';
import type { Objective } from '../../../../src/numerics/optimize/objective.ts';
import { steihaugStep } from '../../../../src/numerics/optimize/steihaug.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { binomialTail } from '../../../../src/numerics/statistics/binomialTail.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import { cosineLattice } from './optimizeProblems.ts';

const root = rootStream('optimize.steps');

test('gradient descent with η = 1/ℓ lowers f by (η/2)‖∇f‖² or more at every step', () => {
  for (let run = 0; run < 20; run++) {
    const stream = root.fork(`gradient ${run}`);
    const n = stream.integer(1, 20);
    const { objective, gradientLipschitz } = cosineLattice(stream, n);
    const start = gaussianInto(new Float64Array(n), stream, 2);
    const stepSize = 1 / gradientLipschitz;
    let value = objective.value(start);
    let square = norm(objective.gradientInto(new Float64Array(n), start)) ** 2;
    const goal = { gradientTolerance: 1e-4, curvatureTolerance: 1 };
    const found = gradientDescent({ stepSize }).minimize(stream, objective, start, goal, (step) => {
      const rounding = 8 * n * Number.EPSILON * (1 + Math.abs(value));
      expect(step.value).toBeLessThanOrEqual(value - (stepSize / 2) * square + rounding);
      value = step.value;
      square = step.gradientNorm ** 2;
    });
    expect(found.outcome).toBe('reached');
  }
});

/** f = Σ a_i cos(ω_i x_i): at 0 the curvatures are −a_i ω_i², everywhere ρ = max a_i ω_i³. */
function steepCosines(amplitudes: Float64Array, frequencies: Float64Array): Objective {
  return {
    dimension: amplitudes.length,
    value: (x) => amplitudes.reduce((total, a, i) => total + a * Math.cos(frequencies[i] * x[i]), 0),
    gradientInto: (out, x) => {
      for (let i = 0; i < x.length; i++) {
        out[i] = -amplitudes[i] * frequencies[i] * Math.sin(frequencies[i] * x[i]);
      }
      return out;
    },
    hessianVectorInto: (out, x, d) => {
      for (let i = 0; i < x.length; i++) {
        out[i] = -amplitudes[i] * frequencies[i] ** 2 * Math.cos(frequencies[i] * x[i]) * d[i];
      }
      return out;
    },
  };
}

for (const method of [trustRegion, lbfgs, hessianDescent]) {
  test(`${method().name}: a step off a saddle lowers f by ¼|λ| min(length, ¾|λ|/ρ)² or more`, () => {
    for (let run = 0; run < 20; run++) {
      const stream = root.fork(`escape ${method().name} ${run}`);
      const n = stream.integer(1, 10);
      const amplitudes = Float64Array.from({ length: n }, () => Math.exp(stream.gaussian()));
      const frequencies = Float64Array.from({ length: n }, () => 1 + 30 * stream.uniform());
      const objective = steepCosines(amplitudes, frequencies);
      const start = new Float64Array(n);
      const steepest = amplitudes.reduce((most, a, i) => Math.max(most, a * frequencies[i] ** 2), 0);
      const rho = amplitudes.reduce((most, a, i) => Math.max(most, a * frequencies[i] ** 3), 0);
      const escapeLength = 0.1 + 2 * stream.uniform();
      const goal = { gradientTolerance: 1e-6, curvatureTolerance: 0.1 };
      const { outcome, steps, value } = method({ stepLimit: 1, escapeLength }).minimize(
        stream,
        objective,
        start,
        goal,
      );
      expect([outcome, steps]).toEqual(['step-limit', 1]);
      // Ten dimensions are a full Krylov space: the Ritz value is λ_min, to a relative 1 % at worst.
      const lambda = 0.99 * steepest;
      const promised = (lambda / 4) * Math.min(escapeLength, (0.75 * lambda) / rho) ** 2;
      expect(value).toBeLessThanOrEqual(objective.value(start) - promised);
    }
  });
}

test('a truncated Newton step stays in the ball, says what it promises, and beats the Cauchy point', () => {
  let onBoundary = 0;
  for (let run = 0; run < 60; run++) {
    const stream = root.fork(`steihaug ${run}`);
    const n = stream.integer(1, 15);
    const { objective, gradientLipschitz } = cosineLattice(stream, n);
    // Every other run stands near a minimum, where curvatures are positive, with a radius that lets it end inside.
    const near = run % 2 === 0;
    const far = gaussianInto(new Float64Array(n), stream, 2);
    const loose = { gradientTolerance: 1e-3, curvatureTolerance: 0.1 };
    const minimum = trustRegion().minimize(stream, objective, far, loose).point;
    const aside = gaussianInto(new Float64Array(n), stream, 0.1 / n);
    const x = near ? minimum.map((entry, i) => entry + aside[i]) : far;
    const radius = near ? 1 : Math.exp(2 * stream.gaussian());
    const buffers = [0, 1, 2, 3].map(() => new Float64Array(n));
    const [step, residual, direction, image] = buffers;
    const task = { objective, start: x, goal: { gradientTolerance: 0, curvatureTolerance: 0 }, stepLimit: 1 };
    runDescent({ ...task, observe: undefined }, (state) => () => {
      const workspace = { step, residual, direction, image };
      const model = steihaugStep(state, radius, 1e-3 * state.gradientNorm, workspace);
      const curved = objective.hessianVectorInto(new Float64Array(n), x, step);
      const decrease = -dot(state.gradient, step) - dot(step, curved) / 2;
      const rounding =
        64 * n * Number.EPSILON * (1 + radius) ** 2 * gradientLipschitz * (1 + state.gradientNorm);
      expect(Math.abs(model.decrease - decrease)).toBeLessThanOrEqual(rounding);
      const cauchy = (state.gradientNorm / 2) * Math.min(radius, state.gradientNorm / gradientLipschitz);
      expect(decrease).toBeGreaterThanOrEqual(cauchy - rounding);
      // One rounding of each square, in the distance to the boundary and in the norm.
      expect(Math.abs(norm(step) - model.length)).toBeLessThanOrEqual(8 * n * Number.EPSILON * radius);
      expect(model.length).toBeLessThanOrEqual(radius);
      if (model.onBoundary) expect(model.length).toBe(radius);
      else {
        const gradient = state.gradient.map((entry, i) => entry + curved[i]);
        expect(norm(gradient)).toBeLessThanOrEqual(1e-3 * state.gradientNorm + rounding);
      }
      if (model.onBoundary) onBoundary++;
      return 'reached';
    });
  }
  // Both endings occurred.
  expect(onBoundary).toBeGreaterThan(0);
  expect(onBoundary).toBeLessThanOrEqual(30);
});

test('a promise below rounding does not excuse a rise that can be measured', () => {
  // The model sees a decrease of 10⁻¹⁴ over a step of 10⁻⁵; on the way f climbs a stair of 2·10⁻¹⁰.
  const stair = (x: number): number => Math.tanh((x - 5e-6) / 1e-7);
  const hidden: Objective = {
    dimension: 1,
    value: (x) => 1e-4 * (x[0] - 1e-5) ** 2 + 1e-10 * stair(x[0]),
    gradientInto: (out, x) => out.fill(2e-4 * (x[0] - 1e-5) + 1e-3 * (1 - stair(x[0]) ** 2)),
    hessianVectorInto: (out, x, d) => out.fill((2e-4 - 2e4 * stair(x[0]) * (1 - stair(x[0]) ** 2)) * d[0]),
  };
  const start = new Float64Array(1);
  const goal = { gradientTolerance: 1e-12, curvatureTolerance: 1 };
  const { value } = trustRegion().minimize(root.fork('stair'), hidden, start, goal);
  expect(value).toBeLessThanOrEqual(hidden.value(start) + 16 * Number.EPSILON);
});

test.each([trustRegion(), lbfgs(), hessianDescent()])(
  '$name reaches ‖∇f‖ ≤ 1e-10 although the last decreases of f are below its rounding',
  (method) => {
    for (let run = 0; run < 10; run++) {
      const stream = root.fork(`fine ${method.name} ${run}`);
      const n = stream.integer(2, 20);
      const { objective } = cosineLattice(stream, n);
      const start = gaussianInto(new Float64Array(n), stream);
      const goal = { gradientTolerance: 1e-10, curvatureTolerance: 1e-3 };
      const found = method.minimize(stream, objective, start, goal);
      expect(found.outcome).toBe('reached');
      expect(found.gradientNorm).toBeLessThanOrEqual(1e-10);
    }
  },
);

test('noise is normal, of the given deviation times the step size, and halves every half-life', () => {
  // On a slope f = x₀ the gradient never vanishes, and what is not −η e₀ is noise.
  const n = 20;
  const slope: Objective = {
    dimension: n,
    value: (x) => x[0],
    gradientInto: (out) => {
      out.fill(0);
      out[0] = 1;
      return out;
    },
    hessianVectorInto: (out) => out.fill(0),
  };
  const [stepSize, noise, halfLife, stepLimit] = [0.5, 0.3, 40, 400];
  const levels = [
    { z: -1, probability: 0.158655253931 },
    { z: 0, probability: 0.5 },
    { z: 0.67448975, probability: 0.75 },
  ].map((level) => ({ ...level, count: 0 }));
  const previous = new Float64Array(n);
  const change = new Float64Array(n);
  const goal = { gradientTolerance: 0.1, curvatureTolerance: 0 };
  const method = noisyDescent({ stepSize, noise, halfLife, stepLimit });
  method.minimize(root.fork('noise'), slope, previous, goal, ({ step, point }) => {
    differenceInto(change, point, previous);
    previous.set(point);
    change[0] += stepSize;
    const deviation = stepSize * noise * 2 ** (-(step - 1) / halfLife);
    for (const level of levels) for (const entry of change) if (entry < level.z * deviation) level.count++;
  });
  const trials = n * stepLimit;
  for (const { probability, count } of levels) {
    expect(binomialTail(trials, probability, count)).toBeGreaterThan(1e-10);
    expect(binomialTail(trials, 1 - probability, trials - count)).toBeGreaterThan(1e-10);
  }
});

test('the two-loop recursion is the product with H of (7.16), formed densely', () => {
  for (let run = 0; run < 30; run++) {
    const stream = root.fork(`pairs ${run}`);
    const n = stream.integer(1, 8);
    const memory = stream.integer(1, 6);
    const pairs = new CurvaturePairs(memory, n);
    const kept: { s: Float64Array; y: Float64Array }[] = [];
    const zero = new Float64Array(n);
    for (let k = stream.integer(1, 15); k > 0; k--) {
      const s = gaussianInto(new Float64Array(n), stream);
      const y = gaussianInto(new Float64Array(n), stream);
      // Half of these have s·y < 0 and are left out; their place in a full ring is lost all the same.
      pairs.push(s, zero, y, zero);
      if (dot(s, y) > 0) kept.push({ s, y });
      kept.splice(0, kept.length - (dot(s, y) > 0 ? memory : memory - 1));
    }
    const x = gaussianInto(new Float64Array(n), stream);
    const got = pairs.applyInverseHessianInto(Float64Array.from(x));
    if (kept.length === 0) {
      expect([pairs.isEmpty, got]).toEqual([true, x]);
      continue;
    }
    const known = denseInverse(kept, n).map((row) => dot(row, x));
    // Each update multiplies rounding by at most (‖s‖‖y‖/s·y)² on either side.
    const growth = kept.reduce((total, { s, y }) => total * (1 + (norm(s) * norm(y)) / dot(s, y)) ** 2, 1);
    const tolerance = 32 * n * kept.length * Number.EPSILON * growth * (1 + norm(got));
    known.forEach((entry, i) => {
      expect(Math.abs(got[i] - entry)).toBeLessThanOrEqual(tolerance);
    });
  }
});

function denseInverse(pairs: readonly { s: Float64Array; y: Float64Array }[], n: number): Float64Array[] {
  const last = pairs[pairs.length - 1];
  const first = dot(last.s, last.y) / dot(last.y, last.y);
  const identity = (i: number, j: number): number => (i === j ? 1 : 0);
  const square = (entry: (i: number, j: number) => number): Float64Array[] =>
    Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (__, j) => entry(i, j)));
  const product = (a: Float64Array[], b: Float64Array[]): Float64Array[] =>
    square((i, j) => a[i].reduce((total, entry, k) => total + entry * b[k][j], 0));
  let inverse = square((i, j) => first * identity(i, j));
  for (const { s, y } of pairs) {
    const rho = 1 / dot(s, y);
    const left = square((i, j) => identity(i, j) - rho * s[i] * y[j]);
    const right = square((i, j) => identity(i, j) - rho * y[i] * s[j]);
    const middle = product(product(left, inverse), right);
    inverse = square((i, j) => middle[i][j] + rho * s[i] * s[j]);
  }
  return inverse;
}
