import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certifyCut, shiftHessian } from '../../../../src/applications/maxcut/bound/cutCertificate.ts';
import { cutValue } from '../../../../src/applications/maxcut/graph/cut.ts';
import { type Graph, graphFromEdges } from '../../../../src/applications/maxcut/graph/graph.ts';
import { derandomizedCut } from '../../../../src/applications/maxcut/sampler/derandomizedCut.ts';
import {
  type SmoothedCutObjective,
  smoothedCutObjective,
} from '../../../../src/applications/maxcut/sampler/smoothedCut.ts';
import { descendSmoothedCut } from '../../../../src/applications/maxcut/sampler/smoothedDescent.ts';
import { checkDerivatives } from '../../../../src/numerics/optimize/certify/derivativeCheck.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import { type RandomStream, randomStream } from '../../../../src/numerics/random/stream.ts';
import { normalCdf, normalDensity } from '../../../../src/numerics/statistics/normal.ts';

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

function randomGraph(stream: RandomStream, n: number, probability: number): Graph {
  const sources: number[] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (stream.uniform() >= probability) continue;
      sources.push(i);
      targets.push(j);
      weights.push(2 * stream.uniform() - 0.5);
    }
  }
  return graphFromEdges(n, { sources, targets, weights });
}

function randomObjective(stream: RandomStream): { objective: SmoothedCutObjective; point: Float64Array } {
  const graph = randomGraph(stream.fork('graph'), stream.integer(2, 8), 0.7);
  const objective = smoothedCutObjective(graph, {
    rank: stream.integer(1, 4),
    smoothing: 0.3 + stream.uniform(),
    regularization: stream.uniform(),
  });
  return { objective, point: gaussianInto(new Float64Array(objective.dimension), stream.fork('point')) };
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}

describe('the smoothed cut', () => {
  it('has the value of its definition (rank 1, by Simpson over z)', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const graph = randomGraph(stream.fork('graph'), 4, 0.9);
        const options = { rank: 1, smoothing: 0.4, regularization: 0.2 };
        const objective = smoothedCutObjective(graph, options);
        const x = gaussianInto(new Float64Array(objective.dimension), stream);
        const side = (i: number, z: number): number => normalCdf((x[i] * z + x[4 + i]) / options.smoothing);
        const different = (z: number): number => {
          let sum = 0;
          for (let i = 0; i < 4; i++) {
            for (let p = graph.offsets[i]; p < graph.offsets[i + 1]; p++) {
              const [a, b] = [side(i, z), side(graph.neighbours[p], z)];
              sum += (graph.weights[p] * (a * (1 - b) + b * (1 - a))) / 2;
            }
          }
          return sum * normalDensity(z);
        };
        // The integrand is analytic and vanishes at ±10: Simpson with 4000 panels converges to rounding.
        let expected = 0;
        for (let k = 0; k <= 4000; k++) {
          expected += (k === 0 || k === 4000 ? 1 : k % 2 === 1 ? 4 : 2) * different(-10 + k / 200);
        }
        const square = inner(x.slice(0, 4), x.slice(0, 4));
        expect(Math.abs(objective.value(x) - (0.2 * square - expected / 600))).toBeLessThan(1e-12);
      }),
      { numRuns: 20 },
    );
  });

  it('has the gradient and the Hessian of its value', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const { objective, point } = randomObjective(stream);
        const check = checkDerivatives(stream.fork('line'), objective, point, 0.1);
        // A right derivative has a Taylor remainder of slope 2, a wrong one of slope 1.
        for (const piece of [check.gradient, check.hessian]) {
          if (piece.outcome === 'measured') expect(piece.slope).toBeGreaterThan(1.5);
          else expect(piece.outcome).toBe('below-rounding');
        }
      }),
      { numRuns: 100 },
    );
  });

  it("obeys Stein's identity with the Hessian of the certificate", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { objective, point } = randomObjective(randomStream(seed));
        const { graph, rank, regularization } = objective;
        const gradient = objective.gradientInto(new Float64Array(point.length), point);
        const { diagonal, offDiagonal } = shiftHessian(objective, point);
        const error = objective.expectationErrorAt(point).weightGradient;
        let squared = 0;
        for (let i = 0; i < graph.vertexCount; i++) {
          for (let q = 0; q < rank; q++) {
            let product = (diagonal[i] + 2 * regularization) * point[i * rank + q];
            for (let p = graph.offsets[i]; p < graph.offsets[i + 1]; p++) {
              product += offDiagonal[p] * point[graph.neighbours[p] * rank + q];
            }
            squared += (product - gradient[i * rank + q]) ** 2;
          }
        }
        // Both sides carry the stated error.
        expect(Math.sqrt(squared)).toBeLessThanOrEqual(2 * error);
      }),
      { numRuns: 500 },
    );
  });

  it('has a certificate whose curvature bounds every Rayleigh quotient of the shift block', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const { objective, point } = randomObjective(stream);
        const direction = new Float64Array(point.length);
        gaussianInto(direction.subarray(objective.shift.start), stream.fork('direction'));
        const product = objective.hessianVectorInto(new Float64Array(point.length), point, direction);
        const quotient = inner(product, direction) / inner(direction, direction);
        expect(-quotient).toBeLessThanOrEqual(certifyCut(objective, point).curvature + 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  it('is constant under flipping all of μ', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { objective, point } = randomObjective(randomStream(seed));
        const flipped = point.map((x, i) => (i < objective.shift.start ? x : -x));
        expect(Math.abs(objective.value(flipped) - objective.value(point))).toBeLessThan(1e-12);
      }),
    );
  });
});

describe('the derandomized cut', () => {
  it('descends through values that never rise, however long the steps', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const { objective, point } = randomObjective(stream);
        const values: number[] = [];
        const descent = descendSmoothedCut(stream.fork('descent'), objective, point, {
          stepSize: 3,
          steps: 100,
          blockSteps: 5,
          observe: (_, value) => values.push(value),
        });
        expect(values.every((value, i) => i === 0 || value <= values[i - 1])).toBe(true);
        expect(descent.value).toBe(objective.value(descent.point));
        expect(descent.value).toBeLessThanOrEqual(objective.value(point));
      }),
      { numRuns: 100 },
    );
  });

  it('never ends above its start, is worth what its objective says, and is certified', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed);
        const graph = randomGraph(stream.fork('graph'), stream.integer(5, 30), 0.3);
        const found = derandomizedCut(stream, graph);
        const rounding = 1e-12 * (1 + graph.absoluteWeight);
        expect(found.finalValue).toBeLessThanOrEqual(found.startValue + rounding);
        expect(found.cut).toBe(cutValue(graph, found.sides));
        const weight = found.regularization * found.certificate.weightNorm ** 2;
        expect(found.cut).toBeGreaterThanOrEqual(-found.finalValue + weight - 1e-6 - rounding);
        expect(found.certificate.holds).toBe(true);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
