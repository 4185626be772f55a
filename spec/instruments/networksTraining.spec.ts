import { expect, test } from 'vitest';
import { tanh } from '../../src/applications/networks/activations.ts';
import { squared } from '../../src/applications/networks/losses.ts';
import { type StudentProblem, trainStudent } from '../../src/applications/networks/studentProblem.ts';
import { trustRegion } from '../../src/optimize/trustRegion.ts';
import { randomStream } from '../../src/random/stream.ts';

/** Trains a small student in legs of a few steps, by a clock that counts its readings; tells how many legs it took. */
function trained(seed: number, sufficient: number) {
  const problem: StudentProblem = {
    ...{ input: 3, teacher: 1, link: tanh, depth: 2, width: 4, activation: tanh, loss: squared },
    regularization: 0.01,
  };
  let legs = 0;
  let readings = 0;
  const { found } = trainStudent(
    randomStream('networks-training').fork(seed),
    problem,
    () => trustRegion({ stepLimit: 4 }),
    3600,
    () => readings++,
    () => legs++,
    sufficient,
  );
  const { certificate, startNorm } = found;
  const bound = certificate.outcome === 'certified' ? certificate.bound : Number.POSITIVE_INFINITY;
  return { legs, ratio: bound / startNorm };
}

test.each([1, 2, 3])(
  'a training ends with the first leg whose bound suffices, else at its goal (%i)',
  (seed) => {
    const early = trained(seed, 0.01);
    const late = trained(seed, 0);
    expect(early.ratio).toBeLessThanOrEqual(0.01);
    expect(early.legs).toBeLessThanOrEqual(late.legs);
    // The goal, ‖∇f‖ ≤ 10⁻⁴λ, is much harder than a hundredth of the start.
    expect(late.ratio).toBeLessThan(early.ratio / 10);
  },
);
