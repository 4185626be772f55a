import { expect, test } from 'vitest';
import { blockSpectrum } from '../../../../src/numerics/optimize/certify/blockSpectrum.ts';
import {
  type Certificate,
  type Curvature,
  certify,
  meetsGoal,
} from '../../../../src/numerics/optimize/certify/certificate.ts';
import { hessianBlock } from '../../../../src/numerics/optimize/certify/hessianBlock.ts';
import type { Objective } from '../../../../src/numerics/optimize/objective.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import { rotation, saddleQuartic } from './optimizeProblems.ts';

const root = rootStream('certificate');

/** ½ xᵀQᵀ diag(values) Q x: Hessian with the given spectrum at every point. */
function quadratic(rows: readonly Float64Array[], values: ArrayLike<number>): Objective {
  const n = rows.length;
  const product = (out: Float64Array, x: Float64Array): Float64Array => {
    out.fill(0);
    for (let i = 0; i < n; i++) {
      let along = 0;
      for (let k = 0; k < n; k++) along += rows[i][k] * x[k];
      for (let k = 0; k < n; k++) out[k] += values[i] * along * rows[i][k];
    }
    return out;
  };
  const image = new Float64Array(n);
  return {
    dimension: n,
    value: (x) => product(image, x).reduce((total, entry, k) => total + (entry * x[k]) / 2, 0),
    gradientInto: product,
    hessianVectorInto: (out, _x, direction) => product(out, direction),
  };
}

function measured(objective: Objective, x: Float64Array, options = {}): Certificate {
  const certificate = certify(root.fork('start'), objective, x, options);
  if (certificate.outcome !== 'measured') throw new Error(certificate.outcome);
  return certificate;
}

/** The rotation is orthogonal to a few roundings, which moves the spectrum it was built for by as many. */
function rotationTolerance(n: number, largest: number): number {
  return 32 * n * Number.EPSILON * largest;
}

test('dense: λ_min lies within the stated error of the known one', () => {
  for (let run = 0; run < 40; run++) {
    const stream = root.fork(`dense ${run}`);
    const n = stream.integer(1, 30);
    const values = Float64Array.from({ length: n }, () => stream.gaussian()).sort();
    const objective = quadratic(rotation(stream, n), values);
    const { curvature } = measured(objective, gaussianInto(new Float64Array(n), stream));
    expect([curvature.method, curvature.rigorous, curvature.probability]).toEqual(['dense', true, 1]);
    const largest = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
    const admitted = curvature.error + rotationTolerance(n, largest);
    expect(Math.abs(curvature.lowest - values[0])).toBeLessThanOrEqual(admitted);
    expect(curvature.atLeast).toBe(curvature.lowest - curvature.error);
    // An error that claims nothing would pass the line above: it stays at rounding size.
    expect(curvature.error).toBeLessThanOrEqual(16 * (n + 2) ** 2 * Number.EPSILON * largest);
  }
});

test('a block is bounded by its own eigenvalue, which is no lower than that of the whole', () => {
  for (let run = 0; run < 30; run++) {
    const stream = root.fork(`block ${run}`);
    const n = stream.integer(2, 20);
    const { objective } = saddleQuartic(stream, n);
    const x = gaussianInto(new Float64Array(n), stream);
    const start = stream.integer(0, n - 1);
    const length = stream.integer(1, n - start);
    const block = blockSpectrum(objective, x, start, length);
    if (block.outcome !== 'decomposed') throw new Error(block.outcome);
    const { curvature } = measured(objective, x);
    expect(block.lowest + block.error).toBeGreaterThanOrEqual(curvature.atLeast);
    if (length === 1) {
      const unit = new Float64Array(n);
      unit[start] = 1;
      const column = objective.hessianVectorInto(new Float64Array(n), x, unit);
      expect(block.lowest).toBe(column[start]);
    }
    if (length === n) expect(block.lowest).toBe(curvature.lowest);
  }
});

test('entries of a block are uᵢ·∇²f uⱼ by differences of the gradient', () => {
  const stream = root.fork('entries');
  const { objective } = saddleQuartic(stream, 6);
  const x = gaussianInto(new Float64Array(6), stream);
  const block = hessianBlock(objective, x, 2, 3);
  if (block.outcome !== 'evaluated') throw new Error(block.outcome);
  const step = 2 ** -10;
  const at = (j: number, t: number): Float64Array => {
    const moved = Float64Array.from(x);
    moved[2 + j] += t;
    return objective.gradientInto(new Float64Array(6), moved);
  };
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      // f is a quartic: the five-point difference of its cubic gradient is exact to rounding.
      const difference = (h: number): number => (at(j, h)[2 + i] - at(j, -h)[2 + i]) / (2 * h);
      const fivePoint = (4 * difference(step) - difference(2 * step)) / 3;
      const rounding = (64 * Number.EPSILON * 100) / step;
      expect(Math.abs(block.matrix[i * 3 + j] - fivePoint)).toBeLessThanOrEqual(rounding);
    }
  }
});

test('asymmetry of the products is measured and enters the error', () => {
  const skewed: Objective = {
    dimension: 2,
    value: () => 0,
    gradientInto: (out) => out.fill(0),
    hessianVectorInto: (out, _x, d) => {
      out[0] = d[0] + 0.5 * d[1];
      out[1] = 0.3 * d[0] + d[1];
      return out;
    },
  };
  const block = hessianBlock(skewed, new Float64Array(2), 0, 2);
  if (block.outcome !== 'evaluated') throw new Error(block.outcome);
  // 0.5 and 0.3 have the mean 0.4 in either place.
  expect([...block.matrix]).toEqual([1, 0.4, 0.4, 1]);
  expect(Math.abs(block.asymmetry - 0.1 * Math.SQRT2)).toBeLessThanOrEqual(4 * Number.EPSILON);
  const { curvature } = measured(skewed, new Float64Array(2));
  expect(curvature.error).toBeGreaterThanOrEqual(block.asymmetry);
});

test('beyond the dense limit: an upper bound that is not rigorous, and a lower one that has a probability', () => {
  for (let run = 0; run < 10; run++) {
    const stream = root.fork(`ritz ${run}`);
    const n = 120;
    const values = Float64Array.from({ length: n }, () => stream.gaussian()).sort();
    const objective = quadratic(rotation(stream, n), values);
    const x = gaussianInto(new Float64Array(n), stream);
    const options = { denseLimit: 50, krylovSteps: 60, failureProbability: 1e-9 };
    const { curvature } = measured(objective, x, options);
    expect([curvature.method, curvature.rigorous]).toEqual(['ritz', false]);
    expect(curvature.probability).toBe(1 - 1e-9);
    const rounding = rotationTolerance(n, values[n - 1]);
    expect(curvature.lowest).toBeGreaterThanOrEqual(values[0] - rounding);
    expect(curvature.atLeast).toBeLessThanOrEqual(values[0] + rounding);
    expect(curvature.atLeast).toBeGreaterThan(-Infinity);
    expect(curvature.says).toMatch(/upper bound only/);
    // Few steps say nothing from below, and do not pretend to.
    const short = measured(objective, x, { ...options, krylovSteps: 4 });
    expect(short.curvature.atLeast).toBe(-Infinity);
  }
});

test('the gradient norm and the value are those of the point', () => {
  const { objective, saddle } = saddleQuartic(root.fork('values'), 5);
  const x = saddle.map((_, k) => k / 5);
  const certificate = measured(objective, x);
  expect(certificate.value).toBe(objective.value(x));
  expect(certificate.gradientNorm).toBeCloseTo(
    Math.hypot(...objective.gradientInto(new Float64Array(5), x)),
    12,
  );
});

const base: Curvature = {
  lowest: -0.1,
  error: 0.01,
  method: 'dense',
  rigorous: true,
  atLeast: -0.11,
  probability: 1,
  says: '',
};

test.each([
  ['yes', 0.5, 0.11, base],
  ['unknown', 0.5, 0.1, base],
  ['no', 0.5, 0.08, base],
  ['no', 0.4, 1, base],
  [
    'probably',
    0.5,
    0.2,
    { ...base, method: 'ritz', rigorous: false, atLeast: -0.2, probability: 0.99 } as const,
  ],
  ['unknown', 0.5, 0.2, { ...base, method: 'ritz', rigorous: false, atLeast: -Infinity } as const],
])(
  'a goal is met: %s, for ‖∇f‖ = 0.45 against %d and λ = −0.1 ± 0.01 against −%d',
  (verdict, g, c, curvature) => {
    const certificate: Certificate = { outcome: 'measured', value: 0, gradientNorm: 0.45, curvature };
    expect(meetsGoal(certificate, { gradientTolerance: g, curvatureTolerance: c })).toBe(verdict);
  },
);

test('what is not finite is an outcome', () => {
  const parts = ['value', 'gradient', 'hessian'];
  for (const part of parts) {
    const broken = (name: string): number => (name === part ? Number.NaN : 1);
    const objective: Objective = {
      dimension: 3,
      value: () => broken('value'),
      gradientInto: (out) => out.fill(broken('gradient')),
      hessianVectorInto: (out) => out.fill(broken('hessian')),
    };
    const x = new Float64Array(3);
    expect(certify(root, objective, x)).toEqual({ outcome: 'non-finite' });
    expect(certify(root, objective, x, { denseLimit: 0 })).toEqual({ outcome: 'non-finite' });
  }
});

test('blocks outside the point are refused', () => {
  const { objective, saddle } = saddleQuartic(root.fork('refused'), 4);
  expect(() => hessianBlock(objective, saddle, 2, 3)).toThrow(RangeError);
  expect(() => hessianBlock(objective, saddle, 0, 0)).toThrow(RangeError);
  expect(() => certify(root, objective, new Float64Array(3))).toThrow(RangeError);

  expect(() => hessianBlock(objective, saddle, -1, 1)).toThrow(
    'start: expected an integer in [0, 3], got -1',
  );
  expect(() => hessianBlock(objective, saddle, 4, 1)).toThrow('start: expected an integer in [0, 3], got 4');
  expect(hessianBlock(objective, saddle, 3, 1).outcome).toBe('evaluated');
  expect(hessianBlock(objective, saddle, 0, 4).outcome).toBe('evaluated');
});

test('a block has the size and the asymmetry of its entries, computed by hand', () => {
  // Rows 1, 2 | 4, 7 in the middle of four: ‖H‖² = 70, ‖(H − Hᵀ)/2‖² = 2·1².
  const middle = [1, 2, 4, 7];
  const objective: Objective = {
    dimension: 4,
    value: () => 0,
    gradientInto: (out) => out.fill(0),
    hessianVectorInto: (out, _x, v) => {
      out[0] = 100 * v[1];
      out[1] = middle[0] * v[1] + middle[1] * v[2];
      out[2] = middle[2] * v[1] + middle[3] * v[2];
      out[3] = 100 * v[2];
      return out;
    },
  };
  const block = hessianBlock(objective, new Float64Array(4), 1, 2);
  if (block.outcome !== 'evaluated') throw new Error(block.outcome);
  expect([...block.matrix]).toEqual([1, 3, 3, 7]);
  expect(block.size).toBeCloseTo(Math.sqrt(70), 13);
  expect(block.asymmetry).toBeCloseTo(Math.SQRT2, 13);
  const spectrum = blockSpectrum(objective, new Float64Array(4), 1, 2);
  if (spectrum.outcome !== 'decomposed') throw new Error(spectrum.outcome);
  // Of 1, 3 | 3, 7: 4 ± √18; the asymmetry is part of the error, and little else is.
  expect(spectrum.lowest).toBeCloseTo(4 - Math.sqrt(18), 12);
  expect(spectrum.highest).toBeCloseTo(4 + Math.sqrt(18), 12);
  expect(spectrum.error).toBeGreaterThanOrEqual(Math.SQRT2);
  expect(spectrum.error).toBeLessThan(Math.SQRT2 + 1e-12);
});

test('the whole Hessian is formed up to the limit and no further; options have ranges', () => {
  const objective = quadratic(rotation(root.fork('limit'), 6), [1, 2, 3, 4, 5, 6]);
  const x = new Float64Array(6).fill(1);
  expect(measured(objective, x, { denseLimit: 6 }).curvature.method).toBe('dense');
  const ritz = measured(objective, x, { denseLimit: 5, krylovSteps: 1, failureProbability: 1 }).curvature;
  expect(ritz).toMatchObject({ method: 'ritz', rigorous: false });
  expect(measured(objective, x, { denseLimit: 0 }).curvature.method).toBe('ritz');
  expect(() => measured(objective, x, { denseLimit: -1 })).toThrow('denseLimit: expected an integer in [0,');
  expect(() => measured(objective, x, { krylovSteps: 0 })).toThrow('krylovSteps: expected an integer in [1,');
  for (const failureProbability of [0, 1.5])
    expect(() => measured(objective, x, { failureProbability })).toThrow(
      'failureProbability: expected a number',
    );
});
