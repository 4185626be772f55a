import { $, fs } from 'zx';
import { InputError } from '../../numerics/base/inputError.ts';
import type { Settings } from '../claims/settings.ts';
import { type Evidence, parseEvidence } from '../evidence/evidence.ts';
import { evidenceFile } from './paper.ts';
import { inputsHash } from './provenance.ts';
import { readText } from './readText.ts';

/** What tells runs of the same sources apart. */
export type RunKey = Pick<Settings, 'profile' | 'seed'>;

/** Why evidence cannot stand for a run with the sources as they are now; undefined where it can. */
export function staleness(
  { provenance }: Evidence,
  { profile, seed }: RunKey,
  inputs: string,
): string | undefined {
  if (provenance.inputs !== inputs) return 'the sources have changed since';
  if (provenance.profile !== profile) return `it is of profile ${provenance.profile}`;
  if (provenance.seed !== seed) return `it is of seed ${provenance.seed}`;
  if (provenance.runs !== null) return `it is of ${provenance.runs} runs a claim`;
  return undefined;
}

/**
 * Sees to it that the evidence in its usual place is of the sources as they are: where it is not, a verification is run
 * now. One that fails leaves evidence too.
 *
 * @param say told why a verification is run
 * @throws InputError where the file there cannot be read as evidence, or the verification left none.
 */
export async function makeCurrent(key: RunKey, say: (line: string) => void): Promise<void> {
  const reason = whyNotCurrent(key);
  if (reason === undefined) return;
  say(`Verifying first: of ${evidenceFile}, ${reason}.`);
  // Standard output is the report's own; the run's table goes where messages go.
  const run = $({ stdio: ['ignore', process.stderr, process.stderr], nothrow: true });
  const { exitCode } = await run`npm run --silent verify -- --profile ${key.profile} --seed ${key.seed}`;
  if (whyNotCurrent(key) === undefined) return;
  throw new InputError({
    source: evidenceFile,
    expected: 'evidence from the verification',
    got: `none (it ended with exit code ${exitCode})`,
  });
}

function whyNotCurrent(key: RunKey): string | undefined {
  if (!fs.existsSync(evidenceFile)) return 'there is none';
  return staleness(parseEvidence(readText(evidenceFile), evidenceFile), key, inputsHash());
}
