import { defineConfig } from 'vitest/config';
import { provenanceOf } from './scripts/lib/provenance.ts';
import { catalogue } from './spec/paper/catalogue.ts';
import { readSettings } from './src/claims/settings.ts';
import { ClaimsReporter } from './src/report/collector.ts';

const settings = readSettings({ CLAIMS_EVIDENCE: 'reports/evidence.json', ...process.env });

const reporter = new ClaimsReporter({ catalogue, settings, provenance: () => provenanceOf(settings) });

export default defineConfig({
  test: {
    include: ['spec/**/*.spec.ts'],
    // A native tensor library cannot be loaded twice into one process, so files run in processes of their own.
    pool: 'forks',
    testTimeout: 120_000,
    provide: { claims: settings },
    reporters: settings.replay === undefined ? [['default', { summary: false }], reporter] : [reporter],
  },
});
