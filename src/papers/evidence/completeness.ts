import type { Profile } from '../claims/settings.ts';

/** A claim as its spec states it. */
export interface StatedClaim {
  readonly id: string;
  readonly sabotages: readonly string[];
  readonly nulls: readonly string[];
  readonly strata: readonly string[];
  /** How many instances it is judged on, by profile. */
  readonly instances: ReadonlyMap<Profile, number>;
}
