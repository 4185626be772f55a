import { expect, test } from 'vitest';
import {
  emptyDerivatives,
  violationProbability,
} from '../../../../src/applications/embedding/tail/violationProbability.ts';
import { ViolationTable } from '../../../../src/applications/embedding/tail/violationTable.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('violation table');

test.each([1, 2, 5, 20, 80])(
  'a table of violation probabilities in %i dimensions has their values and slopes to 1e-10, at every variance it moves to',
  (k) => {
    const stream = root.fork(`${k}`);
    const [found, wanted] = [emptyDerivatives(), emptyDerivatives()];
    for (const distortion of [0.3, 0.6, 0.9]) {
      const table = new ViolationTable(k, distortion);
      const exact = violationProbability(k, distortion);
      for (let move = 0; move < 8; move++) {
        const variance = 10 ** (-4 * stream.uniform()) / k;
        table.moveTo(variance);
        for (let point = 0; point < 30; point++) {
          const m = 3 * stream.uniform() ** 2;
          const value = exact.value(m, variance);
          // A tail below 1e-40 counts as 0, and a slope is at most some powers of 10 larger.
          expect(Math.abs(table.value(m) - value)).toBeLessThanOrEqual(1e-10 * value + 1e-35);
          exact.slopeInto(wanted, m, variance);
          table.slopeInto(found, m);
          // The two ends' slopes have opposite signs in m and cancel: the scale is that of p(1 − p)/S.
          const scale = Math.abs(wanted.mean) + value / (variance * k);
          expect(Math.abs(found.mean - wanted.mean)).toBeLessThanOrEqual(1e-9 * scale + 1e-30);
          const spread = Math.abs(wanted.variance) + value / variance;
          expect(Math.abs(found.variance - wanted.variance)).toBeLessThanOrEqual(1e-9 * spread + 1e-30);
        }
      }
    }
  },
);
