import erfc from '@stdlib/math-base-special-erfc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairDirections } from '../../../../src/applications/embedding/points/pairDirections.ts';
import { ballProbability } from '../../../../src/applications/embedding/tail/ballProbability.ts';
import {
  ContourSums,
  emptyRows,
  type RowPairs,
} from '../../../../src/applications/embedding/tail/contourSums.ts';
import { diagonalViolation } from '../../../../src/applications/embedding/tail/diagonalViolation.ts';
import { DiagonalSampler } from '../../../../src/applications/embedding/theorem/diagonalSampler.ts';
import { IsotropicSampler } from '../../../../src/applications/embedding/theorem/isotropicSampler.ts';
import type { SamplerObjective } from '../../../../src/applications/embedding/theorem/samplerObjective.ts';
import { steinResidual } from '../../../../src/lemma/steinResidual.ts';
import { checkDerivatives } from '../../../../src/numerics/optimize/certify/derivativeCheck.ts';
import { gaussLegendre } from '../../../../src/numerics/quadrature/gaussLegendre.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';
import { clopperPearson } from '../../../../src/numerics/statistics/clopperPearson.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));
const below = (t: number) => 0.5 * erfc(-t / Math.SQRT2);

/** Rows with variances over several orders of magnitude, means of the size of 1 or 0. */
function randomRows(stream: RandomStream, k: number): RowPairs {
  const rows = emptyRows(k);
  const still = stream.uniform() < 0.3;
  for (let i = 0; i < k; i++) {
    rows.mean[i] = still ? 0 : stream.gaussian() / Math.sqrt(k);
    rows.variance[i] = 10 ** (-5 * stream.uniform()) / k;
  }
  return rows;
}

/** A radius from 6 deviations of |X|² below its mean to 6 above, and above 0. */
function randomRadius(stream: RandomStream, { mean, variance }: RowPairs): number {
  let centre = 0;
  let square = 0;
  for (let i = 0; i < mean.length; i++) {
    centre += mean[i] ** 2 + variance[i];
    square += 2 * variance[i] ** 2 + 4 * mean[i] ** 2 * variance[i];
  }
  return Math.max(0.01 * centre, centre + 12 * (stream.uniform() - 0.5) * Math.sqrt(square));
}

/** P(X₁² + X₂² ≤ a), the line in closed form and the other coordinate, x = √a sin θ, by 64 panels of 32 nodes. */
function discByQuadrature(a: number, { mean, variance }: RowPairs): number {
  const { nodes, weights } = gaussLegendre(32);
  const [s0, s1] = Array.from(variance, Math.sqrt);
  const panels = 512;
  let total = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (let i = 0; i < nodes.length; i++) {
      const angle = (-0.5 + (panel + 0.5 * (1 + nodes[i])) / panels) * Math.PI;
      const [x, y] = [Math.sqrt(a) * Math.sin(angle), Math.sqrt(a) * Math.cos(angle)];
      const density = Math.exp(-((x - mean[0]) ** 2) / (2 * variance[0])) / (s0 * Math.sqrt(2 * Math.PI));
      const line = below((y - mean[1]) / s1) - below((-y - mean[1]) / s1);
      total += ((0.5 * Math.PI) / panels) * weights[i] * y * density * line;
    }
  }
  return total;
}

/** P(Σ Sⱼ χ²₂ > a) for different Sⱼ, and how much rounding its alternating sum carries. */
function pairedTail(a: number, spreads: readonly number[]): { value: number; noise: number } {
  let value = 0;
  let noise = 0;
  for (const spread of spreads) {
    let term = Math.exp(-a / (2 * spread));
    for (const other of spreads) if (other !== spread) term *= spread / (spread - other);
    value += term;
    noise += (4 * spreads.length + a / spread) * Number.EPSILON * Math.abs(term);
  }
  return { value, noise };
}

/** Relative rounding of a contour sum: some dozen operations a row and node, and the exponent, |log p| ≤ 745. */
const roundingOf = (k: number) => (2000 + 64 * k) * Number.EPSILON;

describe('quadratic forms with unequal variances', () => {
  it('agree with noncentral χ² where the variances are equal, at noncentralities up to 1e10', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), seeds, (k, seed) => {
        const stream = randomStream(seed);
        const { mean } = randomRows(stream, k);
        const common = 10 ** (-10 * stream.uniform());
        const rows = { mean, variance: new Float64Array(k).fill(common) };
        const a = randomRadius(stream, rows);
        const square = mean.reduce((total, entry) => total + entry * entry, 0);
        const sums = new ContourSums(k);
        const ball = ballProbability(k);
        for (const side of [-1, 1] as const) {
          const wanted = side === 1 ? ball.outside(a, square, common) : ball.inside(a, square, common);
          // |μ|² and a are known to an epsilon, which moves the boundary by that over the deviation of |X|.
          const moved = (8 * Number.EPSILON * (a + square)) / Math.sqrt(common * (square + common));
          const tolerance = (roundingOf(k) + 10 * moved) * Math.max(wanted, Number.MIN_VALUE);
          expect(Math.abs(sums.tail(side, a, rows) - wanted)).toBeLessThanOrEqual(
            wanted > 0.5 ? roundingOf(k) + 10 * moved : tolerance,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('agree with the closed form for pairs of equal variances', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), seeds, (pairs, seed) => {
        const stream = randomStream(seed);
        const spreads = Array.from({ length: pairs }, (_, j) => 3 ** -j * (1 + stream.uniform()));
        const variance = Float64Array.from({ length: 2 * pairs }, (_, i) => spreads[i >> 1]);
        const a = 20 * stream.uniform();
        const { value, noise } = pairedTail(a, spreads);
        const got = new ContourSums(2 * pairs).tail(1, a, { mean: new Float64Array(2 * pairs), variance });
        expect(Math.abs(got - value)).toBeLessThanOrEqual(noise + roundingOf(2 * pairs));
      }),
    );
  });

  it('agree with quadrature in the plane, variances up to a thousand apart', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const rows = {
          mean: Float64Array.of(stream.gaussian(), stream.gaussian()),
          variance: Float64Array.of(10 ** -stream.uniform(), 10 ** (-3 * stream.uniform())),
        };
        const a = randomRadius(stream, rows);
        const wanted = discByQuadrature(a, rows);
        // A panel is below a tenth of the least deviation, so 32 nodes are exact; sums of 16,384 terms are not.
        const tolerance = 16_384 * Number.EPSILON;
        expect(Math.abs(new ContourSums(2).tail(-1, a, rows) - wanted)).toBeLessThan(tolerance);
      }),
      { numRuns: 30 },
    );
  });

  it('lose nothing to truncation, by the change when every second node is left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), seeds, (k, seed) => {
        const stream = randomStream(seed);
        const rows = randomRows(stream, k);
        const change = new ContourSums(k).coarseChange(randomRadius(stream, rows), rows);
        expect(change ** 2).toBeLessThan(roundingOf(k));
      }),
      { numRuns: 1000 },
    );
  });

  it('stay finite for rows as far off as a line search may go', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), seeds, (k, seed) => {
        const stream = randomStream(seed);
        const rows = emptyRows(k);
        for (let i = 0; i < k; i++) {
          rows.mean[i] = stream.gaussian() * 10 ** (8 * stream.uniform());
          rows.variance[i] = 10 ** (20 * stream.uniform() - 4);
        }
        const p = diagonalViolation(k, 0.6);
        const slope = p.slopeInto(emptyRows(k), rows);
        expect(p.value(rows)).toBeGreaterThanOrEqual(0);
        expect(p.value(rows)).toBeLessThanOrEqual(1 + roundingOf(k));
        expect([...slope.mean, ...slope.variance].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

function randomSampler(stream: RandomStream): { objective: SamplerObjective; point: Float64Array } {
  const dimension = stream.integer(1, 4);
  const pointCount = stream.integer(2, 5);
  const points = gaussianInto(new Float64Array(pointCount * dimension), stream.fork('points'));
  const embeddingDimension = stream.integer(1, 5);
  const objective = new DiagonalSampler(pairDirections({ values: points, pointCount, dimension }), {
    embeddingDimension,
    distortion: 0.1 + 0.8 * stream.uniform(),
    smoothing: 0.1 + 0.3 * stream.uniform(),
    regularization: stream.uniform(),
  });
  const deviation = 1 / Math.sqrt(embeddingDimension);
  return {
    objective,
    point: gaussianInto(new Float64Array(objective.dimension), stream.fork('point'), deviation),
  };
}

describe('the diagonal sampler', () => {
  it('has gradients and Hessian products whose Taylor remainders are of second order', () => {
    for (let run = 0; run < 30; run++) {
      const stream = randomStream('diagonal derivatives').fork(run);
      const { objective, point } = randomSampler(stream);
      const { gradient, hessian, asymmetry } = checkDerivatives(stream.fork('check'), objective, point);
      // Over a decade with noise of at most 1 % at its short end, a slope is uncertain by less than 0.1.
      expect(gradient.outcome === 'measured' ? gradient.slope : 2).toBeGreaterThan(1.9);
      expect(hessian.outcome === 'measured' ? hessian.slope : 2).toBeGreaterThan(1.9);
      expect(asymmetry).toBeLessThanOrEqual(roundingOf(objective.options.embeddingDimension));
    }
  });

  it('satisfies Stein’s identity, which is one heat equation per entry, at every point', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { objective, point } = randomSampler(randomStream(seed));
        const { residual, summands, gradientNorm, productNorm } = steinResidual(objective, point);
        expect(residual).toBeLessThanOrEqual(summands * Number.EPSILON * (gradientNorm + productNorm));
      }),
    );
  });

  it('is the isotropic sampler where all deviations are equal', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { objective, point } = randomSampler(randomStream(seed));
        const { start, length } = objective.shift;
        const common = Float64Array.of(point[0], ...point.subarray(start));
        point.fill(point[0], 0, start);
        const isotropic = new IsotropicSampler(objective.directions, objective.options);
        const wanted = isotropic.gradientInto(new Float64Array(1 + length), common);
        const got = objective.gradientInto(new Float64Array(2 * length), point);
        const size = objective.directions.count * objective.options.smoothing ** -2;
        const tolerance = roundingOf(objective.options.embeddingDimension) * size;
        expect(Math.abs(objective.value(point) - isotropic.value(common))).toBeLessThan(tolerance);
        const along = got.subarray(0, start).reduce((total, entry) => total + entry, 0);
        expect(Math.abs(along - wanted[0])).toBeLessThan(length * tolerance);
        for (let i = 0; i < length; i++) {
          expect(Math.abs(got[start + i] - wanted[1 + i])).toBeLessThan(tolerance);
        }
      }),
    );
  });

  it('is the expectation of its definition: sampled matrices, exact interval at error rate 1e-9', () => {
    const stream = randomStream('diagonal simulation');
    for (let round = 0; round < 3; round++) {
      const source = stream.fork(round);
      const points = gaussianInto(new Float64Array(2 * 4), source.fork('points'));
      const directions = pairDirections({ values: points, pointCount: 2, dimension: 4 });
      const options = { embeddingDimension: 3, distortion: 0.5, smoothing: 0.2, regularization: 0 };
      const objective = new DiagonalSampler(directions, options);
      const point = gaussianInto(new Float64Array(24), source.fork('point'), 0.5);
      const trials = 20_000;
      let violated = 0;
      for (let trial = 0; trial < trials; trial++) {
        let squared = 0;
        for (let i = 0; i < 3; i++) {
          let entry = options.smoothing * source.gaussian();
          for (let c = i * 4; c < i * 4 + 4; c++) {
            entry += (point[12 + c] + point[c] * source.gaussian()) * directions.values[c % 4];
          }
          squared += entry * entry;
        }
        if (Math.abs(squared - 1) > options.distortion) violated++;
      }
      const { lower, upper } = clopperPearson(violated, trials, 1e-9);
      expect(objective.value(point)).toBeGreaterThanOrEqual(lower);
      expect(objective.value(point)).toBeLessThanOrEqual(upper);
    }
  });

  it('bounds its own shift curvature from below', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const { objective, point } = randomSampler(stream);
        const v = gaussianInto(new Float64Array(objective.dimension), stream.fork('direction'));
        v.fill(0, 0, objective.shift.start);
        const image = objective.hessianVectorInto(new Float64Array(objective.dimension), point, v);
        const squared = v.reduce((total, x) => total + x * x, 0);
        const bent = v.reduce((total, x, i) => total + x * image[i], 0);
        expect(bent).toBeGreaterThanOrEqual(objective.stateAt(point).shiftCurvature * squared * (1 + 1e-10));
      }),
    );
  });

  it('keeps its threshold for every mean that violates', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), seeds, (k, seed) => {
        const stream = randomStream(seed);
        const distortion = 0.05 + 0.85 * stream.uniform();
        const base = 10 ** (-6 * stream.uniform());
        const rows = emptyRows(k);
        gaussianInto(rows.mean, stream.fork('mean'));
        for (let i = 0; i < k; i++) rows.variance[i] = base * (1 + stream.uniform());
        const outside = stream.uniform() < 0.5;
        const part = stream.uniform();
        const square = outside ? 1 + distortion + part : (1 - distortion) * part;
        const scale = Math.sqrt(square / rows.mean.reduce((total, x) => total + x * x, 0));
        for (let i = 0; i < k; i++) rows.mean[i] *= scale;
        const p = diagonalViolation(k, distortion);
        expect(p.value(rows)).toBeGreaterThanOrEqual(
          p.threshold(rows.variance) * (1 - roundingOf(k) - 1e-11),
        );
      }),
      { numRuns: 300 },
    );
  });
});
