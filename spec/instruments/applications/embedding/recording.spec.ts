import { expect, it } from 'vitest';
import { recordedRun, recordPublishedRun } from '../../../paper/domains/embedding/embeddingRecording.ts';

it('the recorded run of the published procedure begins as its seed makes it begin', () => {
  const steps = 20;
  const recorded = recordedRun();
  const replayed = recordPublishedRun(steps);
  for (const name of ['losses', 'distortions', 'deviations'] as const) {
    const curve = replayed[name].filter(([step]) => step < steps);
    expect(curve).toHaveLength(2);
    curve.forEach(([step, value], at) => {
      expect(recorded[name][at][0]).toBe(step);
      // Engines differ in the last bits of logarithm and cosine; 20 steps of rate 0.01 do not magnify that a millionfold.
      expect(Math.abs(recorded[name][at][1] - value)).toBeLessThan(1e6 * Number.EPSILON);
    });
  }
});
