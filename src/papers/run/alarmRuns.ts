import { fs, path, tempdir } from 'zx';
import type { Catalogue } from '../claims/catalogue.ts';
import type { AlarmRecord, Red } from '../evidence/alarmRecord.ts';
import { type ClaimPart, partKey, problemOf, readPart } from '../evidence/shape/part.ts';
import type { RunKey } from './currentEvidence.ts';
import type { Paper } from './paper.ts';
import { runVitest } from './runVitest.ts';

/** What is counted up over the runs. */
export type AlarmCounts = Pick<AlarmRecord, 'seeds' | 'redRuns' | 'reds' | 'claims'>;

/**
 * Judges every claim and sabotage of the paper under one root seed, exhibits left out: they have no verdict.
 *
 * @returns the parts that were judged; a part that is missing did not come to its end.
 */
export async function judgedParts({ claimSpecs }: Paper, key: RunKey): Promise<readonly ClaimPart[]> {
  const folder = tempdir();
  const journal = path.join(folder, 'parts.ndjson');
  try {
    const request = { ...key, journal, withoutExhibits: true, shrinks: 0 };
    const { exitCode, output } = await runVitest(claimSpecs, request, true);
    if (exitCode > 1 || !fs.existsSync(journal)) {
      throw new Error(
        `the run with seed ${key.seed} ended with exit code ${exitCode}: ${output.slice(-2000)}`,
      );
    }
    const lines = fs.readFileSync(journal, 'utf8').split('\n').slice(1, -1);
    return lines.map((line) => readPart(line));
  } finally {
    fs.removeSync(folder);
  }
}

/**
 * Finds what is red in one run: a claim that does not hold, a sabotage that is not refuted, a claim that a null
 * satisfies, a part that is missing; but for what the catalogue accepts.
 *
 * @returns in catalogue order
 */
export function redParts(
  { entries, accepted }: Catalogue,
  seed: string,
  parts: readonly ClaimPart[],
): readonly Red[] {
  const byKey = new Map(parts.map((part) => [partKey(part), part]));
  return entries.flatMap(({ id, unstated }) => {
    if (unstated !== undefined) return [];
    const { sabotages = [], nulls = [] } = parts.find((part) => part.id === id) ?? {};
    const names = [
      {},
      ...sabotages.map((sabotage) => ({ sabotage })),
      ...nulls.map((nullMethod) => ({ nullMethod })),
    ];
    return names.flatMap((name): Red[] => {
      const part = byKey.get(partKey({ id, ...name }));
      const about = { seed, claim: id, ...name };
      if (part === undefined) return [{ ...about, verdict: 'inconclusive', reason: 'did not run' }];
      const problem = problemOf(part);
      if (problem === undefined || accepted?.[id]?.problems.includes(problem)) return [];
      const { verdict, reason } = part.judgement;
      return [{ ...about, verdict, reason }];
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
