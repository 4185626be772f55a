import type { Catalogue } from '../claims/catalogue.ts';

/** One paper as the commands need it: its claims, and where it meets the file system. */
export interface Paper {
  readonly catalogue: Catalogue;
  /** Names or folders of the specs that state its claims. */
  readonly claimSpecs: readonly string[];
}

/** The folder of everything that runs leave. */
export const reportsFolder = 'reports';

/** Where a verification of everything leaves its evidence. */
export const evidenceFile = 'reports/evidence.json';

/** Where the parts of a sharded run are put, for `npm run merge`. */
export const shardsFolder = 'reports/shards';

/** What `npm run alarms` found; committed. */
export const alarmFile = 'reports/false-alarms.json';

/** What `npm run mutate` found; committed. */
export const mutationFile = 'reports/mutation.json';

/** The page whose table says what a run found. */
export const readmeFile = 'README.md';
