import { existsSync } from 'node:fs';
import { $ } from 'zx';
import { InputError } from '../../numerics/base/inputError.ts';
import type { Profile } from '../claims/settings.ts';
import { type Evidence, parseEvidence } from '../evidence/evidence.ts';
import { inputsHash } from './provenance.ts';
import { readText } from './readText.ts';

/** Where a verification of everything leaves its evidence. */
export const evidenceFile = 'reports/evidence.json';

/** Which evidence a report is to be made from. */
export interface EvidenceWish {
  readonly profile: Profile;
  readonly seed: string;
}

/** Why evidence cannot stand for a run with the sources as they are now; undefined where it can. */
export function staleness(
  { provenance }: Evidence,
  { profile, seed }: EvidenceWish,
  inputs: string,
): string | undefined {
  if (provenance.inputs !== inputs) return 'the sources have changed since';
  if (provenance.profile !== profile) return `it is of profile ${provenance.profile}`;
  if (provenance.seed !== seed) return `it is of seed ${provenance.seed}`;
  if (provenance.runs !== null) return `it is of ${provenance.runs} runs a claim`;
  return undefined;
}

/**
 * The evidence of a verification with the sources as they are: what lies there where it is current, else that of a
 * verification run now. A verification that fails leaves evidence too.
 *
 * @param say told why a verification is run
 * @throws InputError where the file there cannot be read as evidence, or the verification left none.
 */
export async function currentEvidence(wish: EvidenceWish, say: (line: string) => void): Promise<Evidence> {
  const reason = existsSync(evidenceFile)
    ? staleness(parseEvidence(readText(evidenceFile), evidenceFile), wish, inputsHash())
    : 'there is none';
  if (reason === undefined) return parseEvidence(readText(evidenceFile), evidenceFile);
  say(`Verifying first: of ${evidenceFile}, ${reason}.`);
  // Standard output is the report's own; the run's table goes where messages go.
  const run = $({ stdio: ['ignore', process.stderr, process.stderr], nothrow: true });
  const { exitCode } = await run`npm run --silent verify -- --profile ${wish.profile} --seed ${wish.seed}`;
  const made = existsSync(evidenceFile) ? parseEvidence(readText(evidenceFile), evidenceFile) : undefined;
  if (made === undefined || staleness(made, wish, inputsHash()) !== undefined) {
    throw new InputError({
      source: evidenceFile,
      expected: 'evidence from the verification',
      got: `none (it ended with exit code ${exitCode})`,
    });
  }
  return made;
}
