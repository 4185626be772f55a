import { z } from 'zod';
import { InputError } from '../../numerics/base/inputError.ts';
import { certificateShape, chartShape, observationShape } from './shape/exhibit.ts';
import { judgedFields, nullFields, sabotageFields, verdictShape } from './shape/judgement.ts';
import { count, id, number } from './shape/scalars.ts';

/** Version of the shape below; raised whenever a reader of the old shape would misread the new one. */
export const evidenceVersion = 2;

const judged = {
  verdict: verdictShape,
  ...judgedFields,
  /** One command that judges exactly the worst instance again; empty where nothing was judged. */
  replay: z.string(),
};
const sabotage = z.object({ name: z.string(), ...judged, ...sabotageFields });
const nullMethod = z.object({ name: z.string(), ...nullFields });
const hypothesis = z.object({
  words: z.string(),
  /** The sabotage whose refutation shows that the claim needs it. */
  shownBy: z.object({ id, sabotage: z.string() }).nullable(),
  /** That sabotage was refuted, and restoring the hypothesis restores the claim. */
  needed: z.boolean(),
});
const claim = z.object({
  id,
  kind: z.enum(['definition', 'lemma', 'theorem', 'corollary', 'observation', 'instrument']),
  label: z.string(),
  title: z.string(),
  statement: z.object({ words: z.string(), tex: z.string() }),
  hypotheses: z.array(hypothesis).readonly(),
  uses: z.array(id).readonly(),
  /** Spec file that states the claim; empty where none does. */
  file: z.string(),
  ...judged,
  /** Some null passes more than half of the instances: the claim says little about its method. */
  weak: z.boolean(),
  /** Why the claim is accepted although it is not green; empty where that is not needed. */
  accepted: z.string(),
  /** Holds and is not weak, every sabotage refuted, every ancestor holds and had its sabotages refuted. */
  green: z.boolean(),
  /** What keeps a claim that holds from being green. */
  blockedBy: z.array(z.string()).readonly(),
  sabotages: z.array(sabotage).readonly(),
  nulls: z.array(nullMethod).readonly(),
});
const provenance = z.object({
  commit: z.string(),
  dirty: z.boolean(),
  /** Hash of everything the verdicts depend on: sources, specs, fixtures, lock file. */
  inputs: z.string(),
  lockFile: z.string(),
  node: z.string(),
  os: z.string(),
  cpu: z.string(),
  cores: count,
  profile: z.enum(['smoke', 'quick', 'full']),
  seed: z.string(),
  runs: count.nullable(),
  backend: z.string(),
  finished: z.string(),
});

/** The shape of `reports/evidence.json`. */
export const evidenceSchema = z.object({
  schemaVersion: z.literal(evidenceVersion),
  paper: z.object({
    title: z.string(),
    authors: z.array(z.string()).readonly(),
    version: z.string(),
    url: z.string(),
  }),
  provenance,
  /** Milliseconds by claim id, sabotages and exhibits included. */
  timings: z.record(id, number),
  /** All probabilities of refuting a true claim, added up, against the budget for one run. */
  falseAlarm: z.object({ budget: number, spent: number }),
  claims: z.array(claim).readonly(),
  observations: z.array(observationShape).readonly(),
  charts: z.array(chartShape).readonly(),
  /** Numbers from which inequalities can be checked again. */
  certificates: z.array(certificateShape).readonly(),
  /** Damaged or hostile inputs that were tried, by what they were given to. */
  badInputs: z.record(z.string(), count),
});

/** What a run leaves: verdicts, worst instances, observations, charts, certificates, and where it was run. */
export type Evidence = z.output<typeof evidenceSchema>;
export type NullEvidence = z.output<typeof nullMethod>;
export type ClaimEvidence = z.output<typeof claim>;
export type SabotageEvidence = z.output<typeof sabotage>;
export type Provenance = Evidence['provenance'];

/**
 * Reads evidence from the text of a file.
 *
 * @param source the file's name, for the error
 * @throws InputError in one line: not JSON, another schema version, or the first place where the shape is wrong.
 */
export function parseEvidence(text: string, source: string): Evidence {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError({
      source,
      expected: 'JSON written by npm run verify',
      got: 'text that is not JSON',
    });
  }
  const expected = `evidence of schema version ${evidenceVersion}`;
  const version = z.object({ schemaVersion: z.number() }).safeParse(value).data?.schemaVersion;
  if (version !== undefined && version !== evidenceVersion) {
    const remedy = version < evidenceVersion ? '; npm run verify writes it anew' : '';
    throw new InputError({ source, expected, got: `version ${version}${remedy}` });
  }
  const parsed = evidenceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue.path.length > 0 ? issue.path.map(String).join('.') : 'the whole file';
  throw new InputError({
    source,
    expected,
    got: `${place}: ${issue.message}`,
  });
}

/** What has to be equal between two runs with one seed: everything but timings and provenance. */
export function repeatable({
  provenance: _provenance,
  timings: _timings,
  ...rest
}: Evidence): Omit<Evidence, 'provenance' | 'timings'> {
  return rest;
}
