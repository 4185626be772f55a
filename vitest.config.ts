import { defineConfig, mergeConfig } from 'vitest/config';
import { claimsConfig } from './scripts/lib/claimsConfig.ts';
import { catalogue } from './spec/paper/catalogue.ts';

export default defineConfig(
  mergeConfig(claimsConfig(catalogue), { test: { setupFiles: ['spec/setup.ts'] } }),
);
