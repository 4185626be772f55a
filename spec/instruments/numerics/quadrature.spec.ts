import { expect, test } from 'vitest';
import { compensatedSum } from '../../../src/numerics/linalg/compensatedSum.ts';
import { gaussHermite, type QuadratureRule } from '../../../src/numerics/quadrature/gaussHermite.ts';
import { gaussianExpectation } from '../../../src/numerics/quadrature/gaussianExpectation.ts';
import { gaussianGrid } from '../../../src/numerics/quadrature/gaussianGrid.ts';
import { gaussianTrapezoid } from '../../../src/numerics/quadrature/gaussianTrapezoid.ts';
import { trialsNeeded } from '../../../src/numerics/statistics/trialsNeeded.ts';
import { rootStream } from '../../../src/papers/claims/rootStream.ts';

const root = rootStream('quadrature');

/** E x^power for x ~ N(0, 1): (power − 1)!! if even, else 0. */
function moment(power: number): number {
  if (power % 2 === 1) return 0;
  let product = 1;
  for (let k = power - 1; k > 1; k -= 2) product *= k;
  return product;
}

/** A node good to one rounding moves x^p by p roundings; the weight adds about as many as the rule has nodes. */
function momentTolerance(nodeCount: number, power: number): number {
  return (2 * power + nodeCount + 8) * Number.EPSILON;
}

const counts = [1, 2, 3, 4, 5, 8, 13, 20, 33, 64, 100, 128, 200, 256];

test('E x^p = (p − 1)!! for every p ≤ 2n − 1, to rounding', () => {
  for (const n of counts) {
    const { nodes, weights } = gaussHermite(n);
    for (let power = 0; power <= Math.min(2 * n - 1, 200); power++) {
      const absolute = compensatedSum(nodes.map((x, i) => weights[i] * Math.abs(x) ** power));
      const value = compensatedSum(nodes.map((x, i) => weights[i] * x ** power));
      expect(Math.abs(value - moment(power))).toBeLessThanOrEqual(momentTolerance(n, power) * absolute);
    }
  }
});

test('degree 2n is beyond the rule: the error of E He_n² is n!, the norm it cannot see', () => {
  for (const n of [1, 2, 3, 5, 8]) {
    const { nodes, weights } = gaussHermite(n);
    const value = compensatedSum(nodes.map((x, i) => weights[i] * x ** (2 * n)));
    let factorial = 1;
    for (let k = 2; k <= n; k++) factorial *= k;
    const tolerance = momentTolerance(n, 2 * n) * moment(2 * n);
    expect(Math.abs(moment(2 * n) - value - factorial)).toBeLessThanOrEqual(tolerance);
  }
});

test('nodes ascend and are symmetric, weights are positive and symmetric', () => {
  for (const n of counts) {
    const { nodes, weights } = gaussHermite(n);
    for (let i = 0; i < n; i++) {
      expect(weights[i]).toBeGreaterThan(0);
      expect(weights[i]).toBe(weights[n - 1 - i]);
      expect(nodes[i] + nodes[n - 1 - i]).toBe(0);
      if (i > 0) expect(nodes[i]).toBeGreaterThan(nodes[i - 1]);
    }
  }
});

test('orthonormal Hermite polynomials stay orthonormal under the rule', () => {
  for (const n of [6, 40, 128]) {
    const { nodes, weights } = gaussHermite(n);
    const table = [nodes.map(() => 1), Float64Array.from(nodes)];
    for (let k = 1; k + 1 < n; k++) {
      table.push(nodes.map((x, i) => (x * table[k][i] - Math.sqrt(k) * table[k - 1][i]) / Math.sqrt(k + 1)));
    }
    for (const [a, b] of [
      [0, n - 1],
      [n - 1, n - 1],
      [n - 2, n - 1],
      [n >> 1, n >> 1],
      [1, n >> 1],
    ]) {
      const product = compensatedSum(nodes.map((_, i) => weights[i] * table[a][i] * table[b][i]));
      // Each recurrence is n steps of four roundings, twice, and the weight.
      expect(Math.abs(product - (a === b ? 1 : 0))).toBeLessThanOrEqual(16 * n * Number.EPSILON);
    }
  }
});

test('E cos(ω·x + φ) = e^{−|ω|²/2} cos φ on tensor grids', () => {
  for (let run = 0; run < 30; run++) {
    const stream = root.fork(`cosine ${run}`);
    const d = stream.integer(1, 3);
    const omega = Float64Array.from({ length: d }, () => stream.gaussian());
    const phase = 6 * stream.uniform();
    const grid = gaussianGrid(32, d);
    const terms = new Float64Array(grid.count);
    for (let p = 0; p < grid.count; p++) {
      let angle = phase;
      for (let i = 0; i < d; i++) angle += omega[i] * grid.points[p * d + i];
      terms[p] = grid.weights[p] * Math.cos(angle);
    }
    const square = compensatedSum(omega.map((entry) => entry * entry));
    // Remainder of n-node Gauss–Hermite for cos(ωx): n!·ω^{2n}/(2n)! an axis; the rest is rounding.
    const truncation = omega.reduce((total, w) => total + remainder(32, w), 0);
    const tolerance = truncation + (d * 34 + 40) * Number.EPSILON * (1 + Math.sqrt(square) * 9);
    const known = Math.exp(-square / 2) * Math.cos(phase);
    expect(Math.abs(compensatedSum(terms) - known)).toBeLessThanOrEqual(tolerance);
  }
});

/** n! ω^{2n} / (2n)!. */
function remainder(n: number, omega: number): number {
  let value = 1;
  for (let k = 1; k <= n; k++) value *= (omega * omega) / (n + k);
  return value;
}

test('points of a grid run through all combinations, the last coordinate fastest; weights multiply', () => {
  const { nodes, weights } = gaussHermite(3);
  const grid = gaussianGrid(3, 2);
  expect([grid.count, grid.dimension]).toEqual([9, 2]);
  for (let p = 0; p < 9; p++) {
    const [i, j] = [Math.floor(p / 3), p % 3];
    expect([...grid.points.subarray(2 * p, 2 * p + 2)]).toEqual([nodes[i], nodes[j]]);
    expect(grid.weights[p]).toBe(weights[i] * weights[j]);
  }
  expect(gaussianGrid(7, 0)).toMatchObject({ count: 1, weights: new Float64Array([1]) });
});

test('polynomials converge at once with an error of rounding size that covers the true error', () => {
  for (let run = 0; run < 40; run++) {
    const stream = root.fork(`polynomial ${run}`);
    const powers = Array.from({ length: stream.integer(1, 3) }, () => stream.integer(0, 9));
    const known = powers.reduce((total, power) => total * moment(power), 1);
    const found = gaussianExpectation((x) => x.reduce((t, xi, i) => t * xi ** powers[i], 1), powers.length);
    if (found.outcome === 'non-finite') throw new Error(found.outcome);
    expect(found.outcome).toBe('converged');
    expect(found.nodesPerAxis).toBe(16);
    expect(Math.abs(found.value - known)).toBeLessThanOrEqual(found.error);
  }
});

test('the trapezoidal rule is e^{−2πa/step} off for a pole at distance a, e^{−2π²/step²} for entire functions', () => {
  const mean = (rule: QuadratureRule, f: (x: number) => number): number =>
    compensatedSum(rule.nodes.map((x, i) => rule.weights[i] * f(x)));
  for (let run = 0; run < 20; run++) {
    const stream = root.fork(`trapezoid ${run}`);
    const step = 0.1 + 0.5 * stream.uniform();
    const offset = step * stream.uniform();
    const rule = gaussianTrapezoid(step, offset);
    // Poisson summation: the first alias of x^p e^{−x²/2}, at frequency 2π/step; p = 6 costs a factor (2π/step)⁶.
    const alias = (4 * Math.exp(-2 * (Math.PI / step) ** 2) * (2 * Math.PI) ** 6) / step ** 6;
    for (const power of [1, 2, 4, 6]) {
      // No node lies beyond R = 8.75: on either side at most step·h(R) + ∫_R h is lost, h = x^p φ(x) falling there,
      // and ∫_R x^p φ ≤ R^{p−1} φ(R) · R²/(R² − p).
      const density = Math.exp(-(8.75 ** 2) / 2) / Math.sqrt(2 * Math.PI);
      const cut = 2 * density * 8.75 ** (power - 1) * (8.75 * step + 8.75 ** 2 / (8.75 ** 2 - power));
      const rounding = rule.nodes.length * Number.EPSILON * (1 + moment(power));
      const tolerance = alias + cut + rounding;
      expect(Math.abs(mean(rule, (x) => x ** power) - moment(power))).toBeLessThanOrEqual(tolerance);
    }
    const roundings = 2 * rule.nodes.length * Number.EPSILON;
    const [w, b] = [2 * stream.gaussian(), stream.gaussian()];
    const f = (x: number): number => Math.tanh(w * x + b);
    const distance = Math.PI / 2 / Math.abs(w);
    // Residue 1/w at the pole, density at most e^{a²/2} of the peak there, two poles, both aliases: below 16/|w|.
    const bound = (16 / Math.abs(w)) * Math.exp(distance ** 2 / 2 - (2 * Math.PI * distance) / step);
    expect(Math.abs(mean(rule, f) - trapezoid(f))).toBeLessThanOrEqual(
      Math.min(bound, 4) + alias + roundings,
    );
  }
});

/** E f by the trapezoidal rule on [−10, 10]: for analytic f its error falls as e^{−2π·128·(distance of poles)}. */
function trapezoid(f: (x: number) => number): number {
  const perUnit = 128;
  const terms = new Float64Array(20 * perUnit + 1);
  for (let k = 0; k < terms.length; k++) {
    const x = k / perUnit - 10;
    terms[k] = (Math.exp((-x * x) / 2) * f(x)) / perUnit;
  }
  return compensatedSum(terms) / Math.sqrt(2 * Math.PI);
}

test('for tanh, whose poles slow it down, the estimate covers the error in 98 of 100 functions or more', () => {
  // The error is estimated, not bounded: a share is asserted, and judged by exact binomial tails.
  const plan = trialsNeeded({ asserted: 0.98, gap: 0.12, falseAlarmRate: 1e-9, missRate: 1e-3 });
  let covered = 0;
  let tight = 0;
  for (let run = 0; run < plan.trials; run++) {
    const stream = root.fork(`tanh ${run}`);
    const [w, b] = [3 * stream.gaussian(), stream.gaussian()];
    const f = (x: number): number => Math.tanh(w * x + b) ** 2;
    const found = gaussianExpectation((x) => f(x[0]), 1, { mostNodes: 32, tolerance: 1e-9 });
    if (found.outcome === 'non-finite') throw new Error(found.outcome);
    const error = Math.abs(found.value - trapezoid(f));
    if (error <= found.error) covered++;
    if (found.error <= 100 * error + 1e-9) tight++;
    if (found.outcome === 'converged') expect(found.error).toBeLessThanOrEqual(1e-9);
    else expect(found.nodesPerAxis).toBe(32);
  }
  expect(covered).toBeGreaterThanOrEqual(plan.fewestSuccesses);
  // An estimate that always says "1" would cover as well: most of them are within two orders of magnitude.
  expect(tight).toBeGreaterThanOrEqual(plan.trials / 2);
});

test('the estimate is twice |E_n − E_{n/2}| + |E_n − E_{n−1}|, the second being what doubling alone can miss', () => {
  const mean = (nodeCount: number, f: (x: number) => number): number => {
    const { nodes, weights } = gaussHermite(nodeCount);
    return compensatedSum(nodes.map((x, i) => weights[i] * f(x)));
  };
  for (let run = 0; run < 20; run++) {
    const stream = root.fork(`estimate ${run}`);
    const [w, b] = [2 + 2 * stream.uniform(), stream.gaussian()];
    const f = (x: number): number => Math.tanh(w * x + b);
    const found = gaussianExpectation((x) => f(x[0]), 1, { nodesPerAxis: 8, mostNodes: 16 });
    if (found.outcome !== 'node-limit') throw new Error(found.outcome);
    const known = 2 * (Math.abs(mean(16, f) - mean(8, f)) + Math.abs(mean(16, f) - mean(15, f)));
    // The rounding term: (n + 6) roundings of Σ w|f| ≤ 1.
    expect(found.error - known).toBeGreaterThanOrEqual(-8 * Number.EPSILON);
    expect(found.error - known).toBeLessThanOrEqual(32 * Number.EPSILON);
  }
});

test('a value that is not finite is an outcome, an impossible grid is refused', () => {
  expect(gaussianExpectation((x) => 1 / (x[0] - x[0]), 1)).toEqual({ outcome: 'non-finite' });
  expect(() => gaussHermite(257)).toThrow(RangeError);
  expect(() => gaussHermite(0)).toThrow(RangeError);
  expect(() => gaussianGrid(100, 4)).toThrow(RangeError);
});
