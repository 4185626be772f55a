import { z } from 'zod';

/** How many and how large the instances are: `smoke` in seconds, `quick` in minutes, `full` overnight. */
export const profiles = ['smoke', 'quick', 'full'] as const;
/** The name of a profile. */
export type Profile = (typeof profiles)[number];

/** The seed of a run that names none: the paper's arXiv number. */
export const defaultSeed = '2510.19382';

const count = (least: number) => {
  const error = `expected an integer from ${least} to 999999999`;
  return z.int({ error }).min(least, { error }).max(999_999_999, { error });
};

/** What one run of the suite is asked to judge, and how. */
export const settingsSchema = z.strictObject({
  profile: z.enum(profiles).default('quick'),
  /** Root of all randomness of the run. */
  seed: z.string().min(1).default(defaultSeed),
  /** Overrides the number of instances of every claim. */
  runs: count(1).optional(),
  /** Overrides how many evaluations a counterexample may be made smaller with; 0 leaves it as it was found. */
  shrinks: count(0).optional(),
  /** Judge only, and leave out exhibits: they have no verdict. */
  withoutExhibits: z.boolean().optional(),
  /** Judge this claim only. */
  claim: z.string().optional(),
  /** With `claim`: judge this raw instance only, written as JSON. */
  replay: z.string().optional(),
  /** With `replay`: the instance is one of this sabotage. */
  sabotage: z.string().optional(),
});

/** What a run was asked for. */
export type Settings = Readonly<z.output<typeof settingsSchema>>;
