import { describe, expect, test } from 'vitest';
import {
  type Activation,
  erf,
  gelu,
  hermite,
  sine,
  smoothRelu,
  tanh,
} from '../../../../src/applications/networks/model/activations.ts';
import { losses } from '../../../../src/applications/networks/model/losses.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const stream = rootStream('scalar derivatives');
const activations = [
  tanh,
  sine,
  erf,
  gelu,
  ...[0.3, 1, 4].map(smoothRelu),
  ...[1, 2, 3, 5].map(hermite),
] as const;

/** Arguments of both signs, in pairs, with 0 and some near it. */
const places = Array.from({ length: 60 }, (_, i) => stream.fork(i).uniform() * 10 ** stream.integer(-3, 0.5))
  .flatMap((z) => [z, -z])
  .concat(0);

function jets(activation: Activation, z: number): readonly [number, number, number] {
  const [value, first, second] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
  activation.jetsInto(value, first, second, Float64Array.of(z), 1);
  return [value[0], first[0], second[0]];
}

/** f'(z) by the central difference of fourth order; its error is of order h⁴, and rounding ε/h. */
function slope(f: (z: number) => number, z: number): number {
  const h = 1e-3;
  return (8 * (f(z + h) - f(z - h)) - (f(z + 2 * h) - f(z - 2 * h))) / (12 * h);
}

/** 10⁻⁹ of the sizes that enter: h⁴ = 10⁻¹² times a fifth derivative, and rounding 10⁻¹³/h·|f|. */
function expectSlope(derivative: number, f: (z: number) => number, z: number, name: string): void {
  const size = 1 + Math.abs(f(z)) + Math.abs(derivative);
  expect(Math.abs(derivative - slope(f, z)) / size, `${name} at ${z}`).toBeLessThanOrEqual(1e-9);
}

describe('activations', () => {
  test.each(activations.map((each) => [each.name, each] as const))(
    'of kind %s have the derivatives of their values, for arguments of either sign',
    (name, activation) => {
      for (const z of places) {
        const [, first, second] = jets(activation, z);
        expectSlope(first, (at) => jets(activation, at)[0], z, `first derivative of ${name}`);
        expectSlope(second, (at) => jets(activation, at)[1], z, `second derivative of ${name}`);
      }
    },
  );

  test.each([0.3, 1, 4])('smoothed at ι = %f equal log(1 + e^{ιz})/ι, far from 0 too', (iota) => {
    for (const z of [...places, ...places.map((each) => 10 * each)]) {
      const [value, first, second] = jets(smoothRelu(iota), z);
      const e = Math.exp(iota * z);
      const near = (got: number, wanted: number): void =>
        expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-14 * (1 + iota + Math.abs(z)));
      near(value, Math.log(1 + e) / iota);
      near(first, e / (1 + e));
      near(second, (iota * e) / (1 + e) ** 2);
    }
  });
});

describe('losses', () => {
  test.each([...losses])('of kind %s have the derivatives of their values, on either side', (name, loss) => {
    for (const p of places) {
      for (const y of loss.binaryLabels ? [-1, 1] : [-0.7, 0, 0.9]) {
        expectSlope(loss.first(p, y), (at) => loss.value(at, y), p, `first derivative of ${name}`);
        expectSlope(loss.second(p, y), (at) => loss.first(at, y), p, `second derivative of ${name}`);
      }
    }
  });
});
