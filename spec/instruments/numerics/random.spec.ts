import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import { ballInto, gaussianInto, sphereInto } from '../../../src/numerics/random/fills.ts';
import { mersenneTwister } from '../../../src/numerics/random/mersenneTwister.ts';
import { type RandomStream, randomStream } from '../../../src/numerics/random/stream.ts';
import { binomialTail } from '../../../src/numerics/statistics/binomialTail.ts';
import { rootStream } from '../../../src/papers/claims/rootStream.ts';

const root = rootStream('random');

/** Each frequency below is refuted if its count lies in a tail of this probability; there are about 40. */
const tailRate = 1e-10;

function expectFrequency(count: number, trials: number, probability: number): void {
  expect(binomialTail(trials, probability, count)).toBeGreaterThan(tailRate);
  expect(binomialTail(trials, 1 - probability, trials - count)).toBeGreaterThan(tailRate);
}

test('MT19937 with seed 5489 gives the published outputs, the first five and the 10,000th', () => {
  const twister = mersenneTwister(5489);
  const outputs = Array.from({ length: 10_000 }, () => twister.uint32());
  expect(outputs.slice(0, 5)).toEqual([3499211612, 581869302, 3890346734, 3586334585, 545404204]);
  expect(outputs[9_999]).toBe(4123659995);
});

test('float32 uniforms are the low 24 bits of the outputs over 2²⁴', () => {
  const [bits, floats] = [mersenneTwister(42), mersenneTwister(42)];
  for (let i = 0; i < 1000; i++) {
    const value = floats.float32();
    expect(value).toBe(Number(BigInt(bits.uint32()) & 0xffffffn) / 16777216);
    expect(Math.fround(value)).toBe(value);
  }
});

test('seeds outside 32 bits are refused', () => {
  for (const seed of [-1, 0.5, 2 ** 32]) expect(() => mersenneTwister(seed)).toThrow(RangeError);
});

test('equal seeds and labels give equal draws; other seeds, labels and orders of forking do not matter or differ', () => {
  const draws = (stream: ReturnType<typeof randomStream>): number[] =>
    Array.from({ length: 5 }, () => stream.uniform());
  expect(draws(randomStream('a').fork('x'))).toEqual(draws(randomStream('a').fork('x')));
  const drawn = randomStream('a');
  drawn.gaussian();
  drawn.fork('y');
  expect(draws(drawn.fork('x'))).toEqual(draws(randomStream('a').fork('x')));
  const different = [
    randomStream('a'),
    randomStream('b'),
    randomStream('a').fork('x'),
    randomStream('a').fork('y'),
    randomStream('a').fork('x').fork('y'),
    randomStream('a').fork('y').fork('x'),
    randomStream('fork:x'),
  ];
  expect(new Set(different.map((stream) => draws(stream)[0])).size).toBe(different.length);
});

test('streams are those of the platform’s own SHA-256, whatever the labels', () => {
  const label = fc.oneof(fc.integer(), fc.string({ unit: 'binary', maxLength: 200 }));
  const labels = fc.array(label, { maxLength: 4 });
  fc.assert(
    fc.property(label, labels, (seed, path) => {
      let key = createHash('sha256').update(`root:${seed}`).digest();
      for (const each of path) key = createHash('sha256').update(key).update(`fork:${each}`).digest();
      const state = [0, 4, 8, 12].map((offset) => key.readInt32LE(offset));
      const stream = path.reduce<RandomStream>((parent, each) => parent.fork(each), randomStream(seed));
      const expected = xoroshiro128plusFromState(state);
      for (let i = 0; i < 3; i++) expect(stream.uniform()).toBe(uniformFloat64(expected));
    }),
    { numRuns: 100 },
  );
});

test('labels that differ anywhere give streams that differ, whatever their length', () => {
  const root = randomStream('labels');
  const first = (...labels: readonly (string | number)[]): number =>
    labels.reduce<RandomStream>((stream, label) => stream.fork(label), root).uniform();
  for (const length of [1, 2, 7, 8, 15, 16, 31, 32, 63, 64, 100, 255, 256, 1000, 5000]) {
    const base = 'x'.repeat(length);
    // One character other at any place, one more, one less, one as a label of its own.
    const labels = [0, Math.floor(length / 2), length - 1].map(
      (at) => `${base.slice(0, at)}y${base.slice(at + 1)}`,
    );
    const draws = [...new Set([...labels, base, `${base}x`, base.slice(1), `${base} `, `${base}\u0000`])].map(
      (label) => first(label),
    );
    draws.push(first(base, 'z'), first('z', base), first(base, base, 'z'));
    expect(new Set(draws).size, `labels of length ${length}`).toBe(draws.length);
  }
  const numbers = [0, 1, 2, 10, 11, 1e21, -1, 0.1, 0.10000000000000002, 2 ** 32, 2 ** 53].map((n) =>
    first(n),
  );
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('root seeds that differ anywhere give streams that differ, whatever their length', () => {
  for (const length of [1, 2, 8, 16, 40, 64, 128, 1000, 5000]) {
    const base = 'x'.repeat(length);
    const others = [0, length >> 1, length - 1].map((at) => `${base.slice(0, at)}y${base.slice(at + 1)}`);
    const seeds = [...new Set([...others, base, `${base}x`, `${base} `, base.slice(1)])];
    const draws = seeds.map((seed) => randomStream(seed).uniform());
    expect(new Set(draws).size, `seeds of length ${length}`).toBe(seeds.length);
  }
});

test('equal labels give streams that differ wherever their parents do', () => {
  // Far more parents than one or two bytes of a parent's identity could tell apart.
  const parents = Array.from({ length: 2000 }, (_, i) => root.fork(i));
  expect(new Set(parents.map((parent) => parent.fork('child').uniform())).size).toBe(parents.length);
  expect(new Set(parents.map((parent) => parent.fork('a').fork('b').uniform())).size).toBe(parents.length);
});

test('uniforms fall below t with probability t, and forks side by side are uncorrelated in sign', () => {
  const trials = 20_000;
  const [left, right] = [root.fork('left'), root.fork('right')];
  const below = [0.001, 0.25, 0.5, 0.9].map((t) => ({ t, count: 0 }));
  let agree = 0;
  for (let i = 0; i < trials; i++) {
    const [a, b] = [left.uniform(), right.uniform()];
    for (const level of below) if (a < level.t) level.count++;
    if (a < 0.5 === b < 0.5) agree++;
  }
  for (const { t, count } of below) expectFrequency(count, trials, t);
  expectFrequency(agree, trials, 0.5);
});

test('integers in [−2, 3] are equally frequent and reach both ends', () => {
  const stream = root.fork('integers');
  const counts = new Map<number, number>();
  for (let i = 0; i < 12_000; i++) {
    const value = stream.integer(-2, 3);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
  for (const count of counts.values()) expectFrequency(count, 12_000, 1 / 6);
});

test('normal draws fall below z with probability Φ(z), consecutive ones independently', () => {
  // Φ at these points to twelve digits, from tables.
  const levels = [
    { z: -2, probability: 0.02275013194818 },
    { z: -0.5, probability: 0.308537538726 },
    { z: 0, probability: 0.5 },
    { z: 1, probability: 0.841344746069 },
    { z: 3, probability: 0.99865010196837 },
  ];
  const trials = 200_000;
  const stream = root.fork('normal');
  const counts = levels.map(() => 0);
  let sameSign = 0;
  let previous = 1;
  for (let i = 0; i < trials; i++) {
    const value = stream.gaussian();
    levels.forEach(({ z }, level) => {
      if (value < z) counts[level]++;
    });
    if (value < 0 === previous < 0) sameSign++;
    previous = value;
  }
  levels.forEach(({ probability }, level) => {
    expectFrequency(counts[level], trials, probability);
  });
  expectFrequency(sameSign, trials, 0.5);
});

test('the deviation of a fill multiplies its draws', () => {
  const [a, b] = [new Float64Array(9), new Float64Array(9)];
  gaussianInto(a, randomStream('scale'));
  gaussianInto(b, randomStream('scale'), 3);
  expect(b).toEqual(a.map((entry) => 3 * entry));
});

test('sphere points have the radius, and each coordinate of either sign half the time', () => {
  const stream = root.fork('sphere');
  for (const d of [1, 2, 5, 40]) {
    const x = new Float64Array(d);
    let positive = 0;
    for (let i = 0; i < 4000; i++) {
      sphereInto(x, stream, 2.5);
      const length = Math.sqrt(x.reduce((total, entry) => total + entry * entry, 0));
      expect(Math.abs(length / 2.5 - 1)).toBeLessThanOrEqual((d + 4) * Number.EPSILON);
      if (x[d - 1] > 0) positive++;
    }
    expectFrequency(positive, 4000, 0.5);
  }
});

test('ball points lie within t·radius with probability t^d', () => {
  const stream = root.fork('ball');
  for (const d of [1, 2, 3, 10]) {
    const x = new Float64Array(d);
    const counts = [0.3, 0.7, 0.95].map((t) => ({ t, count: 0 }));
    for (let i = 0; i < 8000; i++) {
      ballInto(x, stream, 4);
      const length = Math.sqrt(x.reduce((total, entry) => total + entry * entry, 0));
      expect(length).toBeLessThanOrEqual(4 * (1 + (d + 4) * Number.EPSILON));
      for (const level of counts) if (length < 4 * level.t) level.count++;
    }
    for (const { t, count } of counts) expectFrequency(count, 8000, t ** d);
  }
});
