import { InputError } from '../base/inputError.ts';

/** How many and how large the instances are: `smoke` in seconds, `quick` in minutes, `full` overnight. */
export type Profile = 'smoke' | 'quick' | 'full';

/** What one run of the suite is asked to do. */
export interface Settings {
  readonly profile: Profile;
  /** Root of all randomness of the run. */
  readonly seed: string;
  /** Overrides the number of instances of every claim. */
  readonly runs?: number;
  /** Judge this claim only. */
  readonly claim?: string;
  /** With `claim`: judge this raw instance only. */
  readonly replay?: string;
  /** With `replay`: the instance is one of this sabotage. */
  readonly sabotage?: string;
  /** Where the evidence goes; absent when a partial run must not replace it. */
  readonly evidence?: string;
  /** Where finished claims are kept until the run is complete. */
  readonly journal?: string;
  /** With `journal`: take what it holds as judged. */
  readonly resume?: boolean;
}

const profiles: readonly Profile[] = ['smoke', 'quick', 'full'];

/** The seed of a run that names none: the paper's arXiv number. */
export const defaultSeed = '2510.19382';

/**
 * Reads the settings from the environment: CLAIMS_PROFILE, CLAIMS_SEED, CLAIMS_RUNS, CLAIMS_CLAIM, CLAIMS_REPLAY,
 * CLAIMS_SABOTAGE, CLAIMS_EVIDENCE, CLAIMS_JOURNAL, CLAIMS_RESUME.
 *
 * @throws InputError for a profile that does not exist or a number of runs that is not a positive integer.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const { CLAIMS_PROFILE: profile = 'quick', CLAIMS_RUNS: runs } = environment;
  const known = profiles.find((name) => name === profile);
  if (known === undefined) {
    throw new InputError({
      source: 'profile',
      expected: `one of ${profiles.join(', ')}`,
      got: `"${profile}"`,
    });
  }
  const optional: Record<string, string> = {};
  for (const name of ['claim', 'replay', 'sabotage', 'evidence', 'journal'] as const) {
    const value = environment[`CLAIMS_${name.toUpperCase()}`];
    if (value) optional[name] = value;
  }
  return {
    profile: known,
    seed: environment.CLAIMS_SEED || defaultSeed,
    ...(runs ? { runs: readRuns(runs) } : {}),
    ...(environment.CLAIMS_RESUME ? { resume: true } : {}),
    ...optional,
  };
}

function readRuns(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new InputError({ source: 'runs', expected: 'an integer from 1 to 999999999', got: `"${text}"` });
  }
  return Number(text);
}
