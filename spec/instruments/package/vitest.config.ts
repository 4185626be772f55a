import { defineConfig } from 'vitest/config';

/** `npm run test:package`: it builds, packs and installs, so it is no part of `npm test`. */
export default defineConfig({
  test: {
    include: ['spec/instruments/package/*.spec.ts'],
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
