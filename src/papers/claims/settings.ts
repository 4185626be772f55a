import { InputError } from '../../numerics/base/inputError.ts';

/** How many and how large the instances are: `smoke` in seconds, `quick` in minutes, `full` overnight. */
export type Profile = 'smoke' | 'quick' | 'full';

/** What one run of the suite is asked to do. */
export interface Settings {
  readonly profile: Profile;
  /** Root of all randomness of the run. */
  readonly seed: string;
  /** Overrides the number of instances of every claim. */
  readonly runs?: number;
  /** Overrides how many evaluations a counterexample may be made smaller with; 0 leaves it as it was found. */
  readonly shrinks?: number;
  /** Judge only, and leave out exhibits: they have no verdict. */
  readonly withoutExhibits?: boolean;
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
 * Reads the settings from the environment: CLAIMS_PROFILE, CLAIMS_SEED, CLAIMS_RUNS, CLAIMS_SHRINKS, CLAIMS_CLAIM,
 * CLAIMS_REPLAY, CLAIMS_SABOTAGE, CLAIMS_EVIDENCE, CLAIMS_JOURNAL, CLAIMS_RESUME, CLAIMS_EXHIBITS ("no" leaves them
 * out).
 *
 * @throws InputError for a profile that does not exist, a number of runs that is not a positive integer, or a number
 * of shrinks that is not an integer.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const { CLAIMS_PROFILE: profile = 'quick', CLAIMS_RUNS: runs, CLAIMS_SHRINKS: shrinks } = environment;
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
    ...(runs ? { runs: readCount('runs', runs, 1) } : {}),
    ...(shrinks ? { shrinks: readCount('shrinks', shrinks, 0) } : {}),
    ...(environment.CLAIMS_EXHIBITS === 'no' ? { withoutExhibits: true } : {}),
    ...(environment.CLAIMS_RESUME ? { resume: true } : {}),
    ...optional,
  };
}

function readCount(source: string, text: string, least: number): number {
  if (!/^(0|[1-9]\d{0,8})$/.test(text) || Number(text) < least) {
    throw new InputError({ source, expected: `an integer from ${least} to 999999999`, got: `"${text}"` });
  }
  return Number(text);
}
