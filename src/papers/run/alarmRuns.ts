import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalogue } from '../claims/catalogue.ts';
import type { Profile } from '../claims/settings.ts';
import type { AlarmRecord, Red } from '../evidence/alarmRecord.ts';
import { type ClaimPart, partKey, readPart } from '../evidence/shape/part.ts';
import { runVitest } from './runVitest.ts';

/** The specs that state claims. */
const claimSpecs = ['spec/paper', 'spec/instruments/lemma/derivatives.spec.ts'];

/** What is counted up over the runs. */
export type AlarmCounts = Pick<AlarmRecord, 'seeds' | 'redRuns' | 'reds' | 'claims'>;

/**
 * Judges every claim and sabotage of the paper under one root seed, exhibits left out: they have no verdict.
 *
 * @returns the parts that were judged; a part that is missing did not come to its end.
 */
export async function judgedParts(profile: Profile, seed: string): Promise<readonly ClaimPart[]> {
  const folder = mkdtempSync(join(tmpdir(), 'alarms-'));
  const journal = join(folder, 'parts.ndjson');
  const environment = {
    CLAIMS_PROFILE: profile,
    CLAIMS_SEED: seed,
    CLAIMS_JOURNAL: journal,
    CLAIMS_EXHIBITS: 'no',
    CLAIMS_SHRINKS: '0',
    CLAIMS_EVIDENCE: '',
    CLAIMS_RUNS: '',
    CLAIMS_CLAIM: '',
    CLAIMS_REPLAY: '',
    CLAIMS_RESUME: '',
    CLAIMS_BLOB: '',
    CLAIMS_PROVENANCE: '',
  };
  try {
    const { exitCode, output } = await runVitest(claimSpecs, environment, true);
    if (exitCode > 1 || !existsSync(journal)) {
      throw new Error(`the run with seed ${seed} ended with exit code ${exitCode}: ${output.slice(-2000)}`);
    }
    const lines = readFileSync(journal, 'utf8').split('\n').slice(1, -1);
    return lines.map((line) => readPart(line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Finds what is red in one run: a claim that does not hold, a sabotage that is not refuted, a part that is missing.
 *
 * @returns in catalogue order
 */
export function redParts({ entries }: Catalogue, seed: string, parts: readonly ClaimPart[]): readonly Red[] {
  const byKey = new Map(parts.map((part) => [partKey(part), part.judgement]));
  const missing = { verdict: 'inconclusive', reason: 'did not run' };
  return entries.flatMap(({ id, unstated }) => {
    if (unstated !== undefined) return [];
    const sabotages = parts.find((part) => part.id === id)?.sabotages ?? [];
    return [undefined, ...sabotages].flatMap((sabotage): Red[] => {
      const of = sabotage === undefined ? {} : { sabotage };
      const { verdict, reason } = byKey.get(partKey({ id, ...of })) ?? missing;
      const wanted = sabotage === undefined ? 'holds' : 'refuted';
      return verdict === wanted ? [] : [{ seed, claim: id, ...of, verdict, reason }];
    });
  });
}

/** Adds one run to the counts. */
export function addRun(
  counts: AlarmCounts,
  catalogue: Catalogue,
  seed: string,
  reds: readonly Red[],
): AlarmCounts {
  const stated = catalogue.entries.filter(({ unstated }) => unstated === undefined);
  return {
    seeds: [...counts.seeds, seed],
    redRuns: counts.redRuns + (reds.length > 0 ? 1 : 0),
    reds: [...counts.reds, ...reds],
    claims: Object.fromEntries(
      stated.map(({ id }) => {
        const { runs, red } = counts.claims[id] ?? { runs: 0, red: 0 };
        return [id, { runs: runs + 1, red: red + (reds.some(({ claim }) => claim === id) ? 1 : 0) }];
      }),
    ),
  };
}
