import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import { catalogue } from './spec/paper/catalogue.ts';
import { claimsConfig } from './src/papers/run/claimsConfig.ts';

export default defineConfig(
  mergeConfig(claimsConfig(catalogue), {
    test: {
      setupFiles: ['spec/setup.ts'],
      // Builds, packs and installs: `npm run test:package`.
      exclude: [...configDefaults.exclude, 'spec/instruments/package/**'],
    },
  }),
);
