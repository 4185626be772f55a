import type { Provenance } from './evidence.ts';

/** What two runs must share for their verdicts to be put together. */
export type RunIdentity = Pick<Provenance, 'inputs' | 'profile' | 'seed' | 'runs' | 'node'>;

const names: Readonly<Record<keyof RunIdentity, string>> = {
  inputs: 'sources with hash',
  profile: 'profile',
  seed: 'seed',
  runs: 'number of runs',
  node: 'Node',
};

/** Those fields of a provenance that decide verdicts. */
export function identityOf({ inputs, profile, seed, runs, node }: RunIdentity): RunIdentity {
  return { inputs, profile, seed, runs, node };
}

/** The first field in which two runs differ, in words; undefined where they can be put together. */
export function difference(
  expected: RunIdentity,
  got: RunIdentity,
): { readonly expected: string; readonly got: string } | undefined {
  for (const field of Object.keys(names) as (keyof RunIdentity)[]) {
    if (expected[field] !== got[field]) {
      const words = (value: RunIdentity): string => `${names[field]} ${value[field] ?? 'of the profile'}`;
      return { expected: words(expected), got: words(got) };
    }
  }
  return undefined;
}
