import type { ViteUserConfig } from 'vitest/config';
import type { Catalogue } from '../claims/catalogue.ts';
import { identityOf } from '../evidence/runIdentity.ts';
import { ClaimsReporter } from './collector.ts';
import { Journal, readJournal } from './journal.ts';
import { provenanceOf } from './provenance.ts';
import { readRequest } from './request.ts';
import { TestOutput } from './testOutput.ts';

/**
 * Configures vitest to judge the claims of one paper as the environment asks.
 *
 * @throws InputError where the environment asks for what there is not, or for the rest of another run.
 */
export function claimsConfig(catalogue: Catalogue): ViteUserConfig {
  endWithParent();
  const request = readRequest(process.env);
  const { journal, resume, replay, blob, merged } = request;
  // Where shards were run stands in them, not here.
  const provenance = () => merged ?? provenanceOf(request);
  const finished = journal && resume ? readJournal(journal, identityOf(provenance())) : {};
  const reporter = new ClaimsReporter({
    catalogue,
    request,
    provenance,
    finished,
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
      provide: { claims: request, finished },
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
