import { defineConfig } from 'vitest/config';
import { defaultSeed } from '../../src/papers/claims/settings.ts';
import { mutationParts } from './mutationPlan.ts';
import { announced } from './mutationSample.ts';

/** Configures vitest as mutation testing runs it: the specs of one part, few instances, a fixed seed, no report. */
const part = mutationParts.find(({ name }) => name === announced().part);
if (part === undefined) throw new RangeError('expected the name of a part');

export default defineConfig({
  test: {
    include: [...part.specs],
    setupFiles: ['spec/setup.ts', 'scripts/mutate/mutationSetup.ts'],
    // One process for all files of a run: most of a mutant's time would go into starting processes otherwise.
    isolate: false,
    testTimeout: 120_000,
    provide: {
      claims: { profile: 'smoke', seed: defaultSeed, runs: 2, shrinks: 0, withoutExhibits: true },
      finished: {},
    },
    reporters: [{}],
  },
});
