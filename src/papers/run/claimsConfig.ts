import type { ViteUserConfig } from 'vitest/config';
import type { Catalogue } from '../claims/catalogue.ts';
import { readSettings } from '../claims/settings.ts';
import type { Provenance } from '../evidence/evidence.ts';
import { Journal, readJournal } from '../evidence/journal.ts';
import { identityOf } from '../evidence/runIdentity.ts';
import { ClaimsReporter } from './collector.ts';
import { provenanceOf } from './provenance.ts';
import { TestOutput } from './testOutput.ts';

/** Configures vitest to judge the claims of one paper as the environment asks. */
export function claimsConfig(
  catalogue: Catalogue,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ViteUserConfig {
  endWithParent();
  const settings = readSettings({ CLAIMS_EVIDENCE: 'reports/evidence.json', ...environment });
  const { journal, resume, replay } = settings;
  // Set by `npm run merge`: where the shards were run stands in them, not here.
  const { CLAIMS_PROVENANCE: merged, CLAIMS_BLOB: blob } = environment;
  const provenance = (): Provenance => (merged ? JSON.parse(merged) : provenanceOf(settings));
  const finished = journal && resume ? readJournal(journal, identityOf(provenance())) : {};
  const reporter = new ClaimsReporter({
    catalogue,
    settings,
    provenance,
    finished,
    merged: Boolean(merged),
    ...(journal ? { journal: new Journal(journal) } : {}),
  });
  return {
    test: {
      include: ['spec/**/*.spec.ts'],
      // A native tensor library cannot be loaded twice into one process, so files run in processes of their own.
      pool: 'forks',
      // All cores: vitest leaves one idle otherwise, which on two cores doubles the time.
      maxWorkers: '100%',
      testTimeout: 120_000,
      provide: { claims: settings, finished },
      reporters: [
        ...(replay === undefined ? [new TestOutput({ summary: false })] : []),
        reporter,
        ...(blob ? [['blob', { outputFile: blob }] as ['blob', { outputFile: string }]] : []),
      ],
    },
  };
}

/** Ends this process when the script that started it is gone, killed perhaps, rather than judging for nobody. */
function endWithParent(): void {
  if (process.send === undefined) return;
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
}
