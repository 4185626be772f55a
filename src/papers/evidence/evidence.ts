import { z } from 'zod';
import { InputError } from '../../numerics/base/inputError.ts';

/** Version of the shape below; raised whenever a reader of the old shape would misread the new one. */
export const evidenceVersion = 1;

/** A number, or the text that stands for one that JSON cannot write. */
const number = z.union([z.number(), z.enum(['Infinity', '-Infinity', 'NaN'])]).transform(Number);
const count = z.number().int().nonnegative();
const id = z.string().regex(/^[a-z0-9.-]+$/);

const tolerance = z.object({ value: number, because: z.string() });
const comparison = z.object({
  what: z.string(),
  left: number,
  relation: z.enum(['≤', '≥', '=']),
  right: number,
  tolerance,
  numbers: z.record(z.string(), number),
});
const witness = z.object({
  instance: z.json(),
  comparison,
  margin: number,
  tightness: number,
  path: z.string(),
});
const verdict = z.enum(['holds', 'refuted', 'vacuous', 'inconclusive', 'unstated']);
const judged = {
  verdict,
  reason: z.string(),
  instances: count,
  hypothesisUnmet: count,
  gaveUp: count,
  trials: count,
  tightness: number,
  worst: witness.nullable(),
  histogram: z.array(count),
  coverage: z.record(z.string(), z.object({ observed: number, demanded: number })),
  falseAlarmRate: number,
  seed: count,
  /** One command that judges exactly the worst instance again; empty where nothing was judged. */
  replay: z.string(),
};
const claim = z.object({
  id,
  kind: z.enum(['definition', 'lemma', 'theorem', 'corollary', 'observation', 'instrument']),
  label: z.string(),
  title: z.string(),
  statement: z.object({ words: z.string(), tex: z.string() }),
  hypotheses: z.array(
    z.object({
      words: z.string(),
      /** The sabotage whose refutation shows that the claim needs it. */
      shownBy: z.object({ id, sabotage: z.string() }).nullable(),
    }),
  ),
  uses: z.array(id),
  /** Spec file that states the claim; empty where none does. */
  file: z.string(),
  ...judged,
  /** Holds, every sabotage refuted, every ancestor green. */
  green: z.boolean(),
  /** What keeps a claim that holds from being green. */
  blockedBy: z.array(z.string()),
  sabotages: z.array(z.object({ name: z.string(), ...judged })),
});
const observation = z.object({
  id,
  quantity: z.string(),
  reported: number,
  source: z.string(),
  measured: number,
  tolerance,
  verdict: z.enum(['reproduced', 'qualified', 'not-reproduced']),
  finding: z.string(),
});
const axis = z.object({ label: z.string(), scale: z.enum(['linear', 'log']) });
const chart = z.object({
  id: z.string(),
  figure: id,
  origin: z.enum(['measured', 'redrawn']),
  title: z.string(),
  caption: z.string(),
  x: axis,
  y: axis,
  series: z.array(
    z.object({
      name: z.string(),
      mark: z.enum(['line', 'dots', 'bars']),
      points: z.array(z.tuple([number, number])),
    }),
  ),
  rules: z.array(z.object({ axis: z.enum(['x', 'y']), at: number, label: z.string() })),
});
const certificate = z.object({
  id,
  /** What the numbers mean; `npm run recheck` knows each kind. */
  kind: z.string().regex(/^[a-z-]+$/),
  says: z.string(),
  numbers: z.record(z.string(), number),
  arrays: z.record(z.string(), z.array(number)),
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
  paper: z.object({ title: z.string(), authors: z.array(z.string()), version: z.string(), url: z.string() }),
  provenance,
  /** Milliseconds by claim id, sabotages and exhibits included. */
  timings: z.record(id, number),
  /** All probabilities of refuting a true claim, added up, against the budget for one run. */
  falseAlarm: z.object({ budget: number, spent: number }),
  claims: z.array(claim),
  observations: z.array(observation),
  charts: z.array(chart),
  /** Numbers from which inequalities can be checked again; evidence from before there were any has none. */
  certificates: z.array(certificate).default([]),
  /** Damaged or hostile inputs that were tried, by what they were given to. */
  badInputs: z.record(z.string(), count).default({}),
});

export type Evidence = z.output<typeof evidenceSchema>;
export type ClaimEvidence = Evidence['claims'][number];
export type SabotageEvidence = ClaimEvidence['sabotages'][number];
export type WitnessEvidence = z.output<typeof witness>;
export type CertificateEvidence = Evidence['certificates'][number];
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
  const parsed = evidenceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue.path.length > 0 ? issue.path.map(String).join('.') : 'the whole file';
  throw new InputError({
    source,
    expected: `evidence of schema version ${evidenceVersion}`,
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
