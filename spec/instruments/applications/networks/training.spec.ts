import { describe, expect, test } from 'vitest';
import { hermite, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { logistic, squared } from '../../../../src/applications/networks/model/losses.ts';
import { irrelevantNorm, networkLayout } from '../../../../src/applications/networks/model/networkLayout.ts';
import {
  activationsByName,
  type StudentProblem,
  studentRisk,
} from '../../../../src/applications/networks/study/studentProblem.ts';
import {
  type TrainingProgress,
  trainStudent,
} from '../../../../src/applications/networks/study/trainStudent.ts';
import { lemmaCertificate } from '../../../../src/lemma/lemmaCertificate.ts';
import type { Descent, Optimizer, StationarityGoal } from '../../../../src/numerics/optimize/optimizer.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('networks-training');
const small: StudentProblem = {
  input: 3,
  teacher: 1,
  link: tanh,
  depth: 2,
  width: 4,
  activation: tanh,
  loss: squared,
  regularization: 0.01,
};

/** Trains a small student in chunks of a few steps, by a clock that counts its readings; tells how many it took. */
async function trained(seed: number, sufficient: number) {
  let chunks = 0;
  let readings = 0;
  const { found } = await trainStudent(root.fork(seed), small, {
    optimizer: () => trustRegion({ stepLimit: 4 }),
    seconds: 3600,
    clock: () => readings++,
    observe: () => chunks++,
    sufficient,
  });
  const { certificate, startNorm } = found;
  const bound = certificate.outcome === 'certified' ? certificate.bound : Number.POSITIVE_INFINITY;
  return { chunks, ratio: bound / startNorm };
}

test.each([1, 2, 3])(
  'a training ends with the first chunk whose bound suffices, else at its goal (%i)',
  async (seed) => {
    const early = await trained(seed, 0.01);
    const late = await trained(seed, 0);
    expect(early.ratio).toBeLessThanOrEqual(0.01);
    expect(early.chunks).toBeLessThanOrEqual(late.chunks);
    // The goal, ‖∇f‖ ≤ 10⁻⁴λ, is much harder than a hundredth of the start.
    expect(late.ratio).toBeLessThan(early.ratio / 10);
  },
);

describe('the risk of a student', () => {
  const of = (change: Partial<StudentProblem>) => studentRisk(root.fork('risk'), { ...small, ...change });

  test('has the layers that were asked for', () => {
    const { layout, regularization } = of({ input: 5, teacher: 2, depth: 3, width: 6 });
    expect(layout).toMatchObject({ inputDimension: 5, relevantDimension: 2, widths: [6, 6, 6] });
    expect(regularization).toBe(0.01);
  });

  test.each([
    // x∥ on a grid of 10 or 5² points, or 24 drawn ones a direction; x⊥ on 12 or 12², or ± the axes at two radii.
    [2, 1, 10 * 12],
    [3, 1, 10 * 144],
    [3, 2, 25 * 12],
    [4, 2, 25 * 144],
    [4, 3, 72 * 12],
    [4, 1, 10 * 12],
    [5, 2, 25 * 12],
    [8, 4, 96 * 16],
  ])('with %i inputs of which %i matter, averages over %i nodes', (input, teacher, count) => {
    const risk = of({ input, teacher, depth: 1, width: 1 });
    const x = new Float64Array(risk.dimension);
    // Only an array of that length is taken.
    expect(risk.predictionsInto(new Float64Array(count), x)).toHaveLength(count);
    expect(() => risk.predictionsInto(new Float64Array(count + 1), x)).toThrow(RangeError);
    // At W⊥ = 0 no rule for x⊥ is wrong, and the error is told by other rules and not by a sample's spread.
    x.fill(0.5, risk.layout.shift.start);
    const { weightGradient, shiftHessian, method } = risk.expectationErrorAt(x);
    expect(method).toBe('quadrature');
    expect(weightGradient).toBeLessThan(1e-12);
    expect(shiftHessian).toBeLessThan(1e-12);
  });

  test.each([
    // E He₂² = 2 and E He₄² = 24, a k-th of that for the mean of k.
    [1, 2, 2],
    [2, 2, 1],
    [1, 4, 24],
    [2, 4, 12],
  ])('has the mean of %i links as its labels, averaged exactly (He of degree %i: %f)', (k, degree, mean) => {
    const risk = of({ input: k + 1, teacher: k, link: hermite(degree), depth: 1, width: 1 });
    expect(risk.loss(new Float64Array(risk.dimension))).toBeCloseTo(mean, 9);
  });

  test('classes are the sign of the teacher, one in ten of them flipped', () => {
    const risk = of({ input: 2, loss: logistic, depth: 1, width: 1 });
    const { layout } = risk;
    for (const a of [3, -2]) {
      // p = a·tanh(10⁶u) is ±a at every node.
      const x = new Float64Array(layout.dimension);
      x[layout.relevant.start] = 1e6;
      x[layout.outputWeights.start] = a;
      const expected = 0.9 * Math.log1p(Math.exp(-a)) + 0.1 * Math.log1p(Math.exp(a));
      expect(risk.loss(x)).toBeCloseTo(expected, 12);
    }
  });

  test.each([
    [0.5, 1e-3],
    [1e-3, 1e-3],
    [1e-5, 1e-5],
  ])('with λ = %d the deeper layers are held by %d', (regularization, deeper) => {
    const risk = of({ input: 2, regularization });
    const x = new Float64Array(risk.dimension);
    for (const { start, rows, columns, name } of risk.layout.blocks) {
      x.fill(0).fill(1, start, start + rows * columns);
      const factor =
        name === 'shift' ? 0 : name === 'weights' || name === 'relevant' ? regularization : deeper;
      expect(risk.value(x) - risk.loss(x)).toBeCloseTo(factor * rows * columns, 12);
    }
  });
});

describe('chunks of a training', () => {
  /** Takes one step of size `length` along every coordinate, and a second of time; notes what it was asked. */
  function recorder(outcome: (chunk: number) => Descent['outcome'], length = 1) {
    const asked: { start: Float64Array; goal: StationarityGoal; draw: number }[] = [];
    let now = 5000;
    const optimizer = (): Optimizer => ({
      name: 'a step and a second',
      minimize(stream, objective, start, goal) {
        asked.push({ start: start.slice(), goal, draw: stream.uniform() });
        const point = start.map((x) => x + length);
        const value = objective.value(point);
        now += 1000;
        return {
          outcome: outcome(asked.length),
          point,
          value,
          gradientNorm: asked.length,
          steps: 1,
          gradients: 0,
          hessianProducts: 0,
        };
      },
    });
    return { asked, optimizer, clock: () => now };
  }

  async function run(
    seconds: number,
    outcome: (chunk: number) => Descent['outcome'],
    { sufficient = 0, length = 1, signal = new AbortController().signal } = {},
  ) {
    const { asked, optimizer, clock } = recorder(outcome, length);
    const seen: TrainingProgress[] = [];
    const stream = root.fork('chunks');
    const problem = { ...small, input: 2, width: 2, depth: 1 };
    const discovered = await trainStudent(stream, problem, {
      optimizer,
      seconds,
      clock,
      observe: (progress) => seen.push(progress),
      sufficient,
      signal,
    });
    const start = initialParameters(stream.fork('start'), discovered.risk.layout);
    return { asked, seen, discovered, start };
  }

  test('each starts where the one before ended, with a stream of its own, until the time is up', async () => {
    const { asked, seen, discovered, start } = await run(3, () => 'step-limit');
    expect(asked).toHaveLength(3);
    asked.forEach(({ start: from, goal }, i) => {
      expect(from).toEqual(start.map((x) => [x, x + 1, x + 1 + 1][i]));
      expect(goal.gradientTolerance).toBeCloseTo(1e-6, 18);
      expect(goal.curvatureTolerance).toBeCloseTo(0.0025, 15);
    });
    expect(new Set(asked.map(({ draw }) => draw)).size).toBe(3);
    const points = [1, 2, 3].map((i) => start.map((x) => [x + 1, x + 1 + 1, x + 1 + 1 + 1][i - 1]));
    // ‖∇f‖ as the chunk told it, the value where it ended, and seconds since the start.
    expect(seen).toMatchObject(
      points.map((point, i) => ({
        gradientNorm: i + 1,
        value: discovered.risk.value(point),
        seconds: i + 1,
      })),
    );
    const { found, loss, seconds } = discovered;
    expect(found.point).toEqual(points[2]);
    expect(found.startNorm).toBe(irrelevantNorm(discovered.risk.layout, start));
    expect(loss).toBe(discovered.risk.loss(points[2]));
    expect(seconds).toBe(3);
  });

  test('without time there is none, and the certificate is that of the start', async () => {
    const { asked, seen, discovered, start } = await run(0, () => 'step-limit');
    expect([asked.length, seen.length, discovered.seconds]).toEqual([0, 0, 0]);
    expect(discovered.found.point).toEqual(start);
    const { certificate, startNorm } = discovered.found;
    expect(certificate).toMatchObject({ outcome: 'certified', weightNorm: startNorm });
  });

  test.each(['reached', 'breakdown', 'non-finite'] as const)(
    'none follows one that is %s',
    async (outcome) => {
      const { asked, seen } = await run(100, (chunk) => (chunk === 2 ? outcome : 'step-limit'));
      expect([asked.length, seen.length]).toEqual([2, 2]);
    },
  );

  test('a part of the start that is no bound yet does not end a training', async () => {
    // Steps of nothing: the bound stays what it is at the start, above ‖W⊥‖ itself.
    const { asked } = await run(4, () => 'step-limit', { sufficient: 0.5, length: 0 });
    expect(asked).toHaveLength(4);
  });

  test('none begins after the signal, and the certificate is that of the point reached', async () => {
    const stop = new AbortController();
    const end = (chunk: number) => {
      if (chunk === 2) stop.abort();
      return 'step-limit' as const;
    };
    const { asked, discovered, start } = await run(100, end, { signal: stop.signal });
    expect(asked).toHaveLength(2);
    expect(discovered.found.point).toEqual(start.map((x) => x + 1 + 1));
  });
});

describe('the time of a training', () => {
  /** A clock that moves whenever it is read, so with every evaluation, and an optimizer that never ends by itself. */
  async function endless(problem: StudentProblem, seconds: number, tick: number) {
    let now = 0;
    const optimizer = (): Optimizer => ({
      name: 'no end',
      minimize(_, objective, start, __, observe) {
        const gradient = new Float64Array(start.length);
        for (let step = 1; ; step++) {
          objective.gradientInto(gradient, start);
          observe?.({ step, value: objective.value(start), gradientNorm: 1, point: start });
        }
      },
    });
    const clock = () => {
      now += tick;
      return 1000 * now;
    };
    return { ...(await trainStudent(root.fork('time'), problem, { optimizer, seconds, clock })), now };
  }

  test.each([0.5, 3, 40])(
    'ends a chunk in its midst, in %d seconds, with the last step that came in time',
    async (budget) => {
      const { now, steps, outcome, found } = await endless(small, budget, 0.001);
      expect(outcome).toBe('budget');
      expect(steps).toBeGreaterThan(0);
      // A certificate is worth many gradients: time is kept free for it, and for it alone.
      expect(now).toBeLessThanOrEqual(budget + 0.01);
      expect(now).toBeGreaterThan(budget / 2);
      expect(found.certificate.outcome).toBe('certified');
    },
  );

  test('is not overrun by a certificate: one that would take far longer is not begun, and its time is told', async () => {
    const { now, found } = await endless({ ...small, width: 16, depth: 4 }, 2, 0.1);
    expect(now).toBeLessThanOrEqual(2.5);
    if (found.certificate.outcome !== 'not-affordable') throw new Error(found.certificate.outcome);
    expect(found.certificate.seconds).toBeGreaterThan(2);
    expect(found.startNorm).toBeGreaterThan(0);
  });

  test('is shorter where units are fewer than ignored inputs: what they see of them is trained, and certified', async () => {
    const problem = { ...small, input: 12, width: 3, depth: 1, regularization: 0.05 };
    const optimizer = (left: number) => trustRegion({ stepLimit: Math.min(20, left) });
    const training = { optimizer, seconds: 3600, steps: 40, clock: () => 0 };
    const { risk, found } = await trainStudent(root.fork('few units'), problem, training);
    expect(risk.layout.inputDimension).toBe(4);
    const { certificate, startNorm, spectrum } = found;
    const whole = networkLayout(12, 1, [3]);
    const start = initialParameters(root.fork('few units').fork('start'), whole);
    expect(startNorm).toBeCloseTo(irrelevantNorm(whole, start), 12);
    if (certificate.outcome !== 'certified') throw new Error(certificate.outcome);
    expect(certificate.weightNorm).toBeLessThanOrEqual(certificate.bound);
    expect(certificate.bound).toBeLessThan(startNorm / 100);
    // All but the teacher's direction are bounded.
    expect(spectrum[1]).toBeLessThanOrEqual(certificate.bound);
    // A coarser rule's certificate of the same point covers it too.
    const coarse = lemmaCertificate(
      studentRisk(root.fork('coarse'), { ...problem, input: 4 }, 'coarse'),
      found.point,
    );
    if (coarse.outcome !== 'certified') throw new Error(coarse.outcome);
    expect(coarse.weightNorm).toBeLessThanOrEqual(coarse.bound);
    expect(coarse.bound).toBeLessThan(startNorm / 100);
  });
});

test('activations go by the names that a user types', () => {
  const name = (typed: string) => activationsByName.get(typed)?.name;
  for (const same of ['tanh', 'sine', 'erf', 'gelu']) expect(name(same)).toBe(same);
  expect(['relu', 'relu-smooth', 'he2', 'he3', 'he4'].map(name)).toEqual([
    'relu-smooth(10)',
    'relu-smooth(2)',
    ...['hermite(2)', 'hermite(3)', 'hermite(4)'],
  ]);
  expect(activationsByName.size).toBe(9);
});
