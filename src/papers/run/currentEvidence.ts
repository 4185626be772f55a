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
 * The evidence of a verification with the sources as they are: what lies there where it is current, else that of a
 * verification run now. A verification that fails leaves evidence too.
 *
 * @param say told why a verification is run
 * @throws InputError where the file there cannot be read as evidence, or the verification left none.
 */
export async function currentEvidence(key: RunKey, say: (line: string) => void): Promise<Evidence> {
  const found = readEvidence();
  const reason = found === undefined ? 'there is none' : staleness(found, key, inputsHash());
  if (found !== undefined && reason === undefined) return found;
  say(`Verifying first: of ${evidenceFile}, ${reason}.`);
  // Standard output is the report's own; the run's table goes where messages go.
  const run = $({ stdio: ['ignore', process.stderr, process.stderr], nothrow: true });
  const { exitCode } = await run`npm run --silent verify -- --profile ${key.profile} --seed ${key.seed}`;
  const made = readEvidence();
  if (made !== undefined && staleness(made, key, inputsHash()) === undefined) return made;
  throw new InputError({
    source: evidenceFile,
    expected: 'evidence from the verification',
    got: `none (it ended with exit code ${exitCode})`,
  });
}

function readEvidence(): Evidence | undefined {
  return fs.existsSync(evidenceFile) ? parseEvidence(readText(evidenceFile), evidenceFile) : undefined;
}
